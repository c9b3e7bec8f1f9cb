"""The mode Actions: the list of actions, their cards and the commands on one or several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partialmethod
from typing import TYPE_CHECKING

from textual import on, work

from ahtc_tui.domain.actions.card import build_fact_rows, build_state_rows, find_other_rating
from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, read_action_filter
from ahtc_tui.domain.actions.model import ActionCard, ActionRow
from ahtc_tui.domain.actions.saved_views import ALL_COLUMNS, SavedView
from ahtc_tui.domain.actions.urgency import TERM_LABELS, compute_urgency, compute_urgency_terms
from ahtc_tui.domain.dates.formatting import format_short_date, format_short_moment
from ahtc_tui.domain.dates.quarters import format_quarter
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.history import ChangeRow, format_change
from ahtc_tui.domain.i18n import _, choose_language, ngettext
from ahtc_tui.domain.plan.changes_since import count_silent_quarters, group_updates_by_quarter
from ahtc_tui.domain.plan.model import format_rating_mark
from ahtc_tui.services import history
from ahtc_tui.services.actions import saved_views
from ahtc_tui.services.actions import service as actions
from ahtc_tui.tui.actions import commands
from ahtc_tui.tui.actions.list import NATURAL_ORDERS, ActionSource, Placed, action_columns, read_order
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.repeated_command import RepeatingScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Gap, Heading, Item, Line, Para, Section, Title, build_facts
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.tui.widgets.column_widths import Column
    from ahtc_tui.tui.widgets.record_pages import PageSource, SortKey


def build_sections(card: ActionCard, today: date) -> Iterator[Section]:
    """Yield the card from top to bottom."""
    row = card.row
    yield Title(row.ref, row.shown_title)
    yield Gap()
    yield Para("   ".join(_format_state(card)))
    if suggestion := find_other_rating(row, today):
        rating, reason = suggestion
        yield Para(_("dates suggest {rating}: {reason}").format(rating=rating, reason=reason), muted=True)
    yield Gap()
    yield from build_facts(build_fact_rows(card, today))
    if card.detail:
        yield Gap()
        yield Para(choose_language(card.detail, card.detail_cy))
    yield Gap()
    yield from _build_updates(card, today)
    if card.slips:
        yield Gap()
        yield Heading(format_heading(_("Slips")))
        for slip in card.slips:
            reason = slip.reason or _("no reason given")
            yield Item(f"{slip.from_due or '–'} → {slip.to_due or '–'}  {reason}")
    if card.chases:
        yield Gap()
        yield Heading(format_heading(_("Chased")))
        yield from (Item(f"{format_short_date(day)}  {to}") for day, to in card.chases)
    yield Gap()
    yield Line(ngettext("HISTORY  1 change (. h)", "HISTORY  {n} changes (. h)", card.changes), muted=True)


def build_history(ref: str, changes: Sequence[ChangeRow]) -> Iterator[Section]:
    """Yield the changes of an action, the newest first."""
    yield Heading(format_heading(_("History"), ref))
    for change in changes:
        yield Item(f"{format_short_moment(change.at.astimezone())}  {change.user}  {format_change(change)}")
    if not changes:
        yield Line(_("No changes since it was loaded."), muted=True)


def build_urgency_sections(row: ActionRow, today: date) -> Iterator[Section]:
    """Yield the terms of the urgency with their contributions, and their sum."""
    yield Heading(format_heading(_("Urgency"), row.ref))
    yield Gap()
    for name, weight in compute_urgency_terms(row, today):
        yield Line(f"{weight:+8.2f}  " + _(TERM_LABELS[name]))
    yield Line(f"{compute_urgency(row, today):8.2f}  " + _("total"))
    if not row.is_open:
        yield Gap()
        yield Para(_("Closed actions have no urgency."), muted=True)


def _build_updates(card: ActionCard, today: date) -> Iterator[Section]:
    """Yield the updates by quarter, with a line for each quarter without one."""
    quarters = group_updates_by_quarter(card, today)
    missing = count_silent_quarters(quarters)
    yield Heading(format_heading(_("Updates")))
    if missing:
        yield Line(_("No update given in {n} of {all} quarters.").format(n=missing, all=len(quarters)), muted=True)
    for quarter in quarters:
        for update in quarter.updates:
            yield Item(f"{format_short_date(update.said_on)}  {format_rating_mark(update.brag)}  {update.text}")
        if not quarter.updates:
            yield Line("  ".join((format_quarter(quarter.end), _("no update given"))), muted=True)
    if not card.updates:
        yield Line(_("none yet, press U to add one"), muted=True)


def _format_state(card: ActionCard) -> Iterator[str]:
    status, rating, *estimates = build_state_rows(card)
    yield from rating.values
    yield from (value.lower() for value in status.values)
    yield from (f"{label.lower()} {value.lower()}" for label, values in estimates for value in values)


NO_VIEW = SavedView("")
"""Open actions by due date."""


MOVES = ("later", "earlier", "next_week")
"""Actions that move the due date."""


class ActionsScreen(RepeatingScreen[Placed]):
    """The list of actions with its commands."""

    noun = "actions"
    filter_noun = FilterNoun.ACTIONS
    markable = True
    usual_order = ("due", False)
    usually_hidden = frozenset(ALL_COLUMNS) - set(NO_VIEW.columns)
    row_actions = frozenset(
        (
            "copy_ref",
            "next_sort",
            "done",
            "propose",
            "close",
            "reopen",
            "edit",
            "update",
            "why",
            "history",
            "repeat",
            *MOVES,
        )
    )
    BINDINGS = build_bindings("action.*", "date.*", "import.open")

    def __init__(self) -> None:
        super().__init__()
        self._view = NO_VIEW
        self._which = self._listed_scope = ActionScope.OPEN
        """Which actions a filter without a status selects, and which are listed now."""
        self._refs: dict[int, str] = {}
        """References of marked rows, by the identity of the row."""

    def on_mount(self) -> None:
        """Start with the saved view that is the context."""
        super().on_mount()
        if not self.is_overlay:
            self.load_context_view()

    @work(group="view", exclusive=True)
    async def load_context_view(self) -> None:
        """Apply the view that is the context, if there is one and no filter was typed since the start."""
        remembered_filter, _ref = self.app.places_at_start.by_list.get(self._arrangement_name, ("", ""))
        with errors_as_toasts(self.app):
            views = await self.desk.run(saved_views.list_views)
        for view in views:
            if view.context and self._view is NO_VIEW and self.filter_bar.text in ("", remembered_filter):
                self._apply_view(view)

    def build_columns(self) -> Sequence[Column[Placed]]:
        return action_columns(self.desk.today, self._view.columns)

    async def load_source(self, text: str) -> PageSource[Placed]:
        """Interrupt the read in progress and return a source for the filter."""
        self.desk.interrupt_read()
        action_filter = self.build_filter(text)
        if text:
            await self.desk.run_read(actions.check_filter, action_filter)
        self._listed_scope = action_filter.which
        return ActionSource(self.desk, action_filter, read_order(self.list_pane.order))

    async def find_key_in(self, source: PageSource[Placed], ref: str) -> SortKey | None:
        """Return the key of an action, read from the database because only a few pages are in memory."""
        return await source.find_key(ref) if isinstance(source, ActionSource) else None

    def build_filter(self, text: str) -> ActionFilter:
        """Parse the filter text. Raises BadInput."""
        return read_action_filter(text, today=self.desk.today, default=self._which)

    def empty_text(self, text: str) -> str:
        hints = {
            ActionScope.OPEN: _(
                "Nothing open. Press n to add an action, . and a to show closed ones, or 8 and i to import a log."
            ),
            ActionScope.CLOSED: _("No closed actions. Press . and a to show all."),
            ActionScope.ALL: _("No actions yet. Press n to add one, or 8 and i to import a log."),
        }
        return super().empty_text(text) if text else hints[self._which]

    def name_rows(self, total: int) -> str:
        match self._listed_scope:
            case ActionScope.OPEN:
                return ngettext("open action", "open actions", total)
            case ActionScope.CLOSED:
                return ngettext("closed action", "closed actions", total)
        return ngettext("action", "actions", total)

    def order_text(self) -> str:
        """Return the order of the actions, the view and the number of marks."""
        marked = len(self.list_pane.marked)
        parts = [self.format_order()]
        parts += [_("view: {name}").format(name=self._view.name)] if self._view.name else []
        parts += [_("{n} marked").format(n=marked)] if marked else []
        return "   ".join(parts)

    @on(RecordList.SortAsked)
    def _load_in_order(self) -> None:
        self.load_rows(self.filter_bar.text)

    def action_next_sort(self) -> None:
        """Switch to the next order: due date, urgency, reference."""
        orders = list(NATURAL_ORDERS)
        order = self.list_pane.order
        name, descending = orders[(orders.index(order) + 1) % len(orders) if order in orders else 0]
        self.list_pane.set_order(name, descending=descending)

    def action_next_which(self) -> None:
        """Switch between open, closed and all actions."""
        order = list(ActionScope)
        self._which = order[(order.index(self._which) + 1) % len(order)]
        self.load_rows(self.filter_bar.text)

    def select_record(self, ref: str) -> None:
        """Select an action, open or closed."""
        self._which = ActionScope.ALL
        super().select_record(ref)

    @work(group="write")
    async def action_view(self) -> None:
        """Choose a saved view, or none."""
        with errors_as_toasts(self.app):
            views = {view.name: view for view in await self.desk.run(saved_views.list_views)}
            options = [(view.name, view.words or f"{view.which}") for view in views.values()]
            options.append((_("No view"), _("open actions by due date")))
            name = await self.app.push_screen_wait(Pick(_("Apply a view"), options))
            if name is not None:
                self._apply_view(views.get(name, NO_VIEW))

    def _apply_view(self, view: SavedView) -> None:
        self._view, self._which = view, view.which
        order = next(order for order, sort in NATURAL_ORDERS.items() if sort is view.sort)
        self.list_pane.restore_arrangement(order, frozenset(ALL_COLUMNS) - set(view.columns))
        self.list_pane.set_columns(self.build_columns())
        if self.filter_bar.text == view.words:
            self.load_rows(view.words)
        else:
            self.filter_bar.set_text(view.words)

    @work(group="write")
    async def action_save_view(self) -> None:
        """Save filter, order and columns as a view."""
        from ahtc_tui.tui.actions.form import ViewForm

        columns = tuple(column.sort for column in self.list_pane.list_shown_columns())
        sort = NATURAL_ORDERS.get(self.list_pane.order)
        sentence = (
            _("View {name} saved")
            if sort
            else _("View {name} saved. It can be sorted by due date, urgency or reference only")
        )
        kept_sort = sort or self._view.sort
        view = SavedView(self._view.name, self.filter_bar.text, self._which, kept_sort, columns, self._view.context)
        form = ViewForm(self.desk, view)
        if await self.app.push_screen_wait(form) is not None and form.saved is not None:
            show_toast(self.app, sentence.format(name=form.saved.name))
            self._apply_view(form.saved)

    async def load_sections(self, row: Placed) -> Iterable[Section]:
        if self.card_page == "history":
            return tuple(build_history(row[1].ref, await self.desk.show(history.list_changes, row[1].ref)))
        if self.card_page == "why":
            return tuple(build_urgency_sections(row[1], self.desk.today))
        return tuple(build_sections(await self.desk.show(actions.show_action, row[1].ref), self.desk.today))

    def ref_of(self, row: Placed) -> str:
        return row[1].ref

    @property
    def _current_row(self) -> ActionRow | None:
        return self.selected_row[1] if self.selected_row else None

    @on(RecordList.Marked)
    def _show_marks(self, event: RecordList.Marked) -> None:
        refs = self._refs | {place[1]: action.ref for place, action in event.rows}
        self._refs = {number: ref for number, ref in sorted(refs.items()) if number in event.keys}
        self.filter_bar.set_status(self.list_pane.record_count, order=self.order_text())

    @work(group="write")
    async def action_new(self) -> None:
        """Add an action."""
        from ahtc_tui.tui.actions.form import ActionForm

        form = ActionForm(self.desk, await commands.list_choices(self.app))
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._added_ref = form.written.ref
            self.app.announce_write(_("{ref} added").format(ref=form.written.ref))

    @work(group="write")
    async def action_edit(self) -> None:
        """Edit the selected action, or all marked ones with a preview."""
        from ahtc_tui.tui.actions.bulk_edit import BulkForm

        row, refs = self._current_row, list(self._refs.values())
        if len(refs) > 1:
            form = BulkForm(await self.desk.check_from_now(), await list_candidates(self.app), refs)
            await self.app.open_form(form, _("{n} actions edited").format(n=len(refs)))
        elif row is not None:
            await commands.edit_action(self.app, row.ref)

    async def run_command(self, command: str, ref: str) -> None:
        await commands.COMMANDS[command](self.app, ref)

    def list_selected_refs(self) -> list[str]:
        row = self._current_row
        return list(self._refs.values()) or ([row.ref] if row else [])

    action_update = partialmethod(RepeatingScreen.run_on_row, "update")
    action_done = partialmethod(RepeatingScreen.run_on_row, "done")
    action_propose = partialmethod(RepeatingScreen.run_on_row, "propose")
    action_close = partialmethod(RepeatingScreen.run_on_row, "close")
    action_earlier = partialmethod(RepeatingScreen.run_on_row, "earlier")
    action_later = partialmethod(RepeatingScreen.run_on_row, "later")
    action_next_week = partialmethod(RepeatingScreen.run_on_row, "next_week")

    @work(group="write")
    async def action_reopen(self) -> None:
        """Reopen a closed action."""
        if (row := self._current_row) is not None:
            with errors_as_toasts(self.app):
                await self.desk.run(actions.reopen_action, row.ref)
                self.app.announce_write(_("{ref} reopened").format(ref=row.ref))

    def action_history(self) -> None:
        """Show the history of the action instead of its card."""
        if self.selected_row is not None:
            self.open_row(self.selected_row, "history")

    def action_why(self) -> None:
        """Show the terms of the urgency instead of the card."""
        if self.selected_row is not None:
            self.open_row(self.selected_row, "why")

    @work(group="export")
    async def action_export(self) -> None:
        """Write the filtered list as an Excel action log to the exports folder."""
        from ahtc_tui.services.exports import action_log

        with errors_as_toasts(self.app):
            action_filter = self.build_filter(self.filter_bar.text)
            path = await self.desk.run_long(
                action_log.export_log_to_folder, action_filter, read_order(self.list_pane.order), self.filter_bar.text
            )
            self.app.announce_file(path)

    @work(group="export")
    async def action_returns(self) -> None:
        """Write a return and a covering note for each lead of the marked rows, else of the filtered list."""
        from ahtc_tui.services.exports import report_menu

        with errors_as_toasts(self.app):
            refs = tuple(self._refs.values())
            action_filter = None if refs else self.build_filter(self.filter_bar.text)
            result = await self.desk.run(report_menu.make_returns, action_filter, refs)
            show_toast(self.app, "\n".join((result.text, *result.tasks)), undo=result.undo)
            self.app.changed.publish(None)
