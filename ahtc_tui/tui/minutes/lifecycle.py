"""The life cycle of minutes: state, issued copies, their differences, amendments, and what is carried
forward.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Input

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_short_date
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.i18n import Language, _, ngettext, pgettext
from ahtc_tui.domain.minutes.checks import Gap as Missing
from ahtc_tui.domain.minutes.lifecycle import AmendmentRow, Difference, IssueRow, MinutesState, MinutesStatus
from ahtc_tui.domain.minutes.model import Carried
from ahtc_tui.domain.plan.model import ObjectiveRow
from ahtc_tui.services.documents.meeting_documents import list_minutes_warnings
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import carry_forward, lifecycle
from ahtc_tui.services.minutes import checks as gaps
from ahtc_tui.services.minutes.service import assign_objectives
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Card, Fact, Gap, Heading, Item, Line, Para, Section
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import MeetingHead
from ahtc_tui.tui.widgets.plain import fit_cell, format_heading, join_lines
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource
from ahtc_tui.tui.widgets.select import build_select


class ObjectivesForm(FormScreen):
    """A choice of objective for each action; an action without a choice has none."""

    def __init__(self, desk: Desk, actions: Sequence[ActionRow], objectives: Sequence[ObjectiveRow]) -> None:
        super().__init__(_("Which objectives do the actions serve?"), desk.seen)
        self._desk, self._actions, self._objectives = desk, actions, objectives

    def rows(self) -> Iterable[FormRow]:
        options = [(f"{row.number}. {join_lines(row.shown_title)}", str(row.number)) for row in self._objectives]
        for number, action in enumerate(self._actions):
            field = build_select(options, None)
            yield FormRow(f"action_{number}", action.ref, field, hint=join_lines(action.shown_title))

    async def accept(self, values: dict[str, Any]) -> None:
        """Save the choices in one step."""
        refs = {f"action_{number}": action.ref for number, action in enumerate(self._actions)}
        if numbers := {refs[name]: value for name, value in values.items() if value}:
            await self._desk.run(assign_objectives, numbers)


class RepeatedItemsForm(FormScreen):
    """A choice for each item that was carried too often; an item without a choice stays on the next agenda."""

    def __init__(self, desk: Desk, ref: str, items: carry_forward.RepeatedItems) -> None:
        super().__init__(_("These items were carried to {ref} again").format(ref=ref), desk.seen)
        self._desk, self._ref, self._items = desk, ref, items

    def rows(self) -> Iterable[FormRow]:
        others = self._items.others.items()
        options = [
            (_("Drop it"), carry_forward.DROP),
            (_("Move it to the forward plan"), carry_forward.FORWARD_PLAN),
            *((_("Join it to {item}").format(item=join_lines(title)), key.hex()) for key, title in others),
        ]
        for number, title in enumerate(self._items.repeated.values()):
            yield FormRow(
                f"item_{number}", join_lines(title), build_select(options, None), _("empty: it stays on the agenda")
            )

    async def accept(self, values: dict[str, Any]) -> None:
        """Save the choices in one step."""
        chosen = {key: values.get(f"item_{number}") for number, key in enumerate(self._items.repeated)}
        if answers := {key: answer for key, answer in chosen.items() if answer}:
            await self._desk.run(carry_forward.decide_repeated_items, self._ref, answers)


MAX_SENTENCES = 3
"""Limit of warnings in a toast."""

ITEM_WIDTH = 27
"""Cells of the title of an item, before the reason."""


def issue_columns() -> Sequence[Column[IssueRow]]:
    """Return the columns: version, date, state, readers and language."""
    return (
        Column(pgettext("number", "No."), 3, lambda row: str(row.version), "right"),
        Column(_("Issued"), 12, lambda row: format_short_date(row.issued_on)),
        Column(_("Status"), 10, lambda row: _(row.state.value)),
        Column(_("For"), None, lambda row: row.cut.label, style=lambda _row: "muted"),
        Column(_("Language"), 8, lambda row: row.language.value, style=lambda _row: "muted", optional=True),
    )


class LifecycleScreen(RowActions, DismissOnce, Screen[None]):
    """The issued copies, with state, differences and amendments in the detail pane."""

    AUTO_FOCUS = "RecordList"
    row_actions = frozenset(("write",))
    BINDINGS = build_bindings("life.*")

    app = app(DeskApp)
    head = query_one(MeetingHead)
    list_pane = query_one(RecordList)
    card_pane = query_one(Card)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._minutes_status: MinutesStatus | None = None
        self._amendments: list[AmendmentRow] = []
        self._gaps: list[Missing] = []
        self._copies = 0
        """Number of copies; the cursor moves to a newer one."""

    def compose(self) -> ComposeResult:
        yield MeetingHead()
        with Horizontal(id="panes"):
            empty_text = _("No copies issued yet. Press . and i to issue one.")
            yield RecordList(issue_columns(), markable=False, openable=False, empty_text=empty_text)
            yield Card()
        yield Hints()

    def on_mount(self) -> None:
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self.reload()

    def on_screen_resume(self) -> None:
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read state, copies, amendments and gaps."""
        with errors_as_toasts(self.app):
            desk = self.app.desk
            self._minutes_status = await desk.run(lifecycle.show_minutes_state, self._ref)
            self._amendments = await desk.run(lifecycle.list_amendments, self._ref)
            self._gaps = await desk.show(gaps.list_gaps, self._ref)
            copies = await desk.run(lifecycle.list_issues, self._ref)
            row = (await desk.run(meetings.show_meeting, self._ref)).row
            if not self.is_current:
                return
            self.head.show(
                [_("Minutes {ref}   {state}").format(ref=self._ref, state=self._minutes_status)], row.marking
            )
            source: ListSource[IssueRow] = ListSource(copies, lambda row: (row.version, row.cut, row.language))
            if len(copies) > self._copies:
                self._copies = len(copies)
                self.list_pane.show(source, key=source.key_of(copies[-1]))
            else:
                self.list_pane.update_rows(source)
            if not copies:
                self._read_card(None)

    @on(RecordList.Highlighted)
    def _show_highlighted(self, event: RecordList.Highlighted) -> None:
        self._read_card(event.row)

    @work(exclusive=True, group="card")
    async def _read_card(self, row: IssueRow | None) -> None:
        """Compare the selected copy with the one before it."""
        with errors_as_toasts(self.app):
            differences: list[Difference] = []
            if row is not None and row.version > 1:
                differences = await self.app.desk.run(lifecycle.compare_copies, self._ref, row.version - 1, row.version)
            if self.is_current:
                self.card_pane.show(tuple(self._build_sections(row, differences)))

    def _build_sections(self, row: IssueRow | None, differences: list[Difference]) -> Iterator[Section]:
        if self._minutes_status:
            yield Fact(_("Status"), str(self._minutes_status))
            locked = (
                _("locked; press f2 e on a line to amend it")
                if self._minutes_status.is_locked
                else pgettext("state", "open")
            )
            yield Fact(_("Lines"), locked)
        if self._gaps:
            yield Gap()
            yield Heading(format_heading(_("Gaps"), len(self._gaps)))
            yield from (Item(str(gap)) for gap in self._gaps)
        if self._amendments:
            yield Gap()
            yield Heading(format_heading(_("Amendments"), len(self._amendments)))
            for amendment in self._amendments:
                yield Para(f"{amendment.place}  {amendment.shown_was} → {amendment.shown_now}")
                author = f"{amendment.author}, {format_long_date(amendment.made_on)}" + (
                    f": {amendment.reason}" if amendment.reason else ""
                )
                yield Line(author, muted=True)
        if row is not None and row.version > 1:
            yield Gap()
            yield Heading(
                format_heading(
                    _("Version {n} compared with version {before}").format(n=row.version, before=row.version - 1)
                )
            )
            yield from _build_difference_sections(differences)

    @work(group="write")
    async def action_state(self) -> None:
        """Set the status of the minutes."""
        if self._minutes_status is not None:
            with errors_as_toasts(self.app):
                status, desk = await self.app.desk.open_record(lifecycle.show_minutes_state, self._ref)
                await self.app.push_screen_wait(StateForm(desk, status))
                self.app.changed.publish(None)

    @work(group="write")
    async def action_issue(self) -> None:
        """Issue a copy, after a question if there are gaps."""
        question = ngettext("Issue a copy with 1 gap?", "Issue a copy with {n} gaps?", len(self._gaps))
        if not self._gaps or await self.app.push_screen_wait(Confirm(question, default=False)):
            with errors_as_toasts(self.app):
                row = await self.app.desk.run(lifecycle.issue_minutes, self._ref)
                show_toast(self.app, _("Version {n} issued").format(n=row.version))
                self.app.changed.publish(None)

    @work(group="write")
    async def action_issue_as(self) -> None:
        """Issue a copy for other readers or in another language."""
        await self.app.push_screen_wait(IssueForm(self.app, self._ref, len(self._gaps)))
        self.app.changed.publish(None)

    @work(group="export")
    async def action_write(self) -> None:
        """Write the selected copy as it was issued."""
        row: IssueRow | None = self.list_pane.highlighted
        if row is None:
            return
        ending = self.app.document_ending.replace(".html", ".docx")  # issued copies are not kept as a page
        with errors_as_toasts(self.app):
            self.app.announce_file(await self.app.desk.run_long(lifecycle.export_issued_copy, self._ref, row, ending))


def _build_difference_sections(differences: Iterable[Difference]) -> Iterator[Section]:
    for difference in differences:
        yield Line(difference.heading or _("Heading"), muted=True)
        yield from (Para(f"- {line}") for line in difference.was)
        yield from (Para(f"+ {line}") for line in difference.now)


class IssueForm(FormScreen):
    """Readers, language and marking of a copy."""

    def __init__(self, desk_app: DeskApp, ref: str, gap_count: int) -> None:
        super().__init__(_("Issue a copy of the minutes of {ref}").format(ref=ref))
        self._desk_app, self._ref, self._gap_count = desk_app, ref, gap_count

    def rows(self) -> Iterable[FormRow]:
        cut_labels = {Cut.CHAIR: _("the chair"), Cut.CIRCULATED: _("the members")}
        language_labels = {Language.EN: _("English"), Language.CY: _("Welsh"), Language.BOTH: _("Welsh and English")}
        gap_note = ngettext("Will be issued with 1 gap", "Will be issued with {n} gaps", self._gap_count)
        hint = gap_note if self._gap_count else ""
        yield FormRow(
            "cut",
            _("For"),
            build_select([(label, member.value) for member, label in cut_labels.items()], "circulated", blank=False),
        )
        languages = [(language_labels[member], member.value) for member in Language]
        yield FormRow("language", _("Language"), build_select(languages, "en", blank=False))
        markings = [(member.label, member.value) for member in Marking]
        yield FormRow("marking", _("Marking"), build_select(markings, "official", blank=False), hint)

    async def accept(self, values: dict[str, Any]) -> None:
        """Issue the copy and show the warnings about it."""
        options = (Cut(values["cut"]), Language(values["language"]), Marking(values["marking"]))
        row = await self._desk_app.desk.run(lifecycle.issue_minutes, self._ref, *options)
        doubts = await self._desk_app.desk.run(list_minutes_warnings, self._ref, *options[:2])
        more = [_("and {n} more").format(n=len(doubts) - MAX_SENTENCES)] if len(doubts) > MAX_SENTENCES else []
        show_toast(
            self._desk_app, "\n".join((_("Version {n} issued").format(n=row.version), *doubts[:MAX_SENTENCES], *more))
        )


class StateForm(FormScreen):
    """State of the minutes, the meeting that agreed them, and corrections they are subject to."""

    fields_of_column: ClassVar = dict.fromkeys(
        ("minutes_state", "agreed_at", "agreed_subject_to", "agreed_actions"), ("state", "at", "subject_to")
    )
    writes_all_fields = True

    def __init__(self, desk: Desk, minutes_status: MinutesStatus) -> None:
        super().__init__(_("Minutes of {ref}").format(ref=minutes_status.ref), desk.seen)
        self._desk, self._minutes_status = desk, minutes_status

    def rows(self) -> Iterable[FormRow]:
        states = list(MinutesState)
        next_state = states[min(states.index(self._minutes_status.state) + 1, len(states) - 1)]
        yield FormRow(
            "state",
            _("Status"),
            build_select([(state.label, state.value) for state in states], next_state.value, blank=False),
        )
        agreed_at = Input(self._minutes_status.agreed_at or "", placeholder=_("the agreeing meeting"), compact=True)
        yield FormRow("at", _("Agreed at"), agreed_at)
        yield FormRow("subject_to", _("Subject to"), Input(self._minutes_status.subject_to or "", compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        state = MinutesState(values["state"])
        agreed = state is MinutesState.AGREED
        agreed_at, subject_to = (values["at"] if agreed else None), (values["subject_to"] if agreed else None)
        status = await self._desk.run(lifecycle.set_state, self._minutes_status.ref, state, agreed_at, subject_to)
        if status.destroyed_quotations:
            show_toast(self.app, lifecycle.format_destroyed(status.destroyed_quotations), undo=False)


def format_verdicts(verdicts: Sequence[Carried]) -> str:
    """Return the items that are carried forward, then those that are not, one line each with the reason."""
    groups = {True: _("Carried forward"), False: _("Not carried forward")}
    blocks = []
    for goes_forward, heading in groups.items():
        group_verdicts = [verdict for verdict in verdicts if verdict.goes_forward is goes_forward]
        lines = [
            f"{verdict.position or '–':>2}  {fit_cell(verdict.shown_item, ITEM_WIDTH)}  {verdict.reason}"
            for verdict in group_verdicts
        ]
        blocks += ["\n".join((format_heading(heading, len(group_verdicts)), *lines))] if group_verdicts else []
    return "\n\n".join(blocks)
