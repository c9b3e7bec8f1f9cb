"""The list of actions: filter, order, columns and saved views."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort, read_action_filter
from ahtc_tui.domain.actions.saved_views import SavedView
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import saved_views
from ahtc_tui.tui.actions.list import ActionSource, Placed, action_columns
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from ahtc_tui.tui.widgets.record_line import Column
    from ahtc_tui.tui.widgets.record_pages import PageSource, SortKey

SORT_ORDERS = (Sort.DUE, Sort.URGENCY, Sort.REF)
NO_VIEW = SavedView("")
"""Open actions by due date."""


class FilteringScreen(RecordScreen[Placed]):
    """The list of actions with its filter and saved views; it writes no action."""

    def __init__(self) -> None:
        super().__init__()
        self._view = NO_VIEW
        self._sort = Sort.DUE
        self._which = ActionScope.OPEN

    def on_mount(self) -> None:
        """Start with the saved view that is the context."""
        super().on_mount()
        self.load_context_view()

    @work(group="view", exclusive=True)
    async def load_context_view(self) -> None:
        """Apply the view that is the context, if there is one and no filter is typed."""
        with errors_as_toasts(self.app):
            views = await self.desk.run(saved_views.list_views)
        for view in views:
            if view.context and self._view is NO_VIEW and not self.filter_bar.text:
                self._apply_view(view)

    def build_columns(self) -> Sequence[Column[Placed]]:
        return action_columns(self.desk.today, self._view.columns)

    async def load_source(self, text: str) -> PageSource[Placed]:
        """Interrupt the read in progress and return a source for the filter."""
        self.desk.interrupt_read()
        return ActionSource(self.desk, self.build_filter(text), self._sort)

    async def find_key_in(self, source: PageSource[Placed], ref: str) -> SortKey | None:
        """Return the key of an action, read from the database because only a few pages are in memory."""
        return await source.find_key(ref) if isinstance(source, ActionSource) else None

    def build_filter(self, text: str) -> ActionFilter:
        """Parse the filter text. Raises BadInput."""
        from ahtc_tui.domain.dates.parser import read_date

        return read_action_filter(text, partial(read_date, today=self.desk.today), ActionFilter(self._which))

    def empty_text(self, text: str) -> str:
        hints = {
            ActionScope.OPEN: _("Nothing open. n writes one, a shows closed ones, 8 i brings in a log."),
            ActionScope.CLOSED: _("No closed action. a shows all."),
            ActionScope.ALL: _("No action yet. n writes one, 8 i brings in a log."),
        }
        return super().empty_text(text) if text else hints[self._which]

    def order_text(self) -> str:
        """Return which actions are shown, their order, the view and the number of marks."""
        marked = len(self.list_pane.marked)
        order = {Sort.DUE: _("by due ↓"), Sort.URGENCY: _("by urgency ↓"), Sort.REF: _("by ref ↓")}[self._sort]
        parts = [f"{self._which}", order]
        parts += [_("view: {name}").format(name=self._view.name)] if self._view.name else []
        parts += [_("{n} marked").format(n=marked)] if marked else []
        return "   ".join(parts)

    @on(RecordList.SortAsked)
    def _sort_by_column(self, event: RecordList.SortAsked) -> None:
        self._sort_by(Sort(event.sort))

    def action_next_sort(self) -> None:
        """Switch to the next order: due date, urgency, reference."""
        self._sort_by(SORT_ORDERS[(SORT_ORDERS.index(self._sort) + 1) % len(SORT_ORDERS)])

    def _sort_by(self, sort: Sort) -> None:
        self._sort = sort
        self.load_rows(self.filter_bar.text)

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
            name = await self.app.push_screen_wait(Pick(_("Look through"), options))
            if name is not None:
                self._apply_view(views.get(name, NO_VIEW))

    def _apply_view(self, view: SavedView) -> None:
        self._view, self._which, self._sort = view, view.which, view.sort
        self.list_pane.set_columns(self.build_columns())
        if self.filter_bar.text == view.words:
            self.load_rows(view.words)
        else:
            self.filter_bar.set_text(view.words)

    @work(group="write")
    async def action_save_view(self) -> None:
        """Save filter, order and columns as a view."""
        from ahtc_tui.tui.actions.form import ViewForm

        view = SavedView(
            self._view.name, self.filter_bar.text, self._which, self._sort, self._view.columns, self._view.context
        )
        form = ViewForm(self.desk, view)
        if await self.app.push_screen_wait(form) is not None and form.saved is not None:
            show_toast(self.app, _("View {name} saved").format(name=form.saved.name))
            self._apply_view(form.saved)
