"""The life of the minutes of one meeting: state, issued copies, what differs between them, what was amended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Input

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.documents.meeting_document import Cut, Language
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.minutes.checks import Gap as Missing
from ahtc_tui.domain.minutes.lifecycle import AmendmentRow, Difference, IssueRow, MinutesState, Standing
from ahtc_tui.services.documents.meeting_documents import to_read_first
from ahtc_tui.services.minutes import checks as gaps
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.minutes import LIFE
from ahtc_tui.tui.widgets.confirm import Confirm, say, told
from ahtc_tui.tui.widgets.detail_pane import Card, Fact, Gap, Heading, Line, Para, Section
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

SAID = 3
"""Sentences that a message has room for."""


def columns() -> Sequence[Column[IssueRow]]:
    """Version, day, state, cut and language."""
    return (
        Column("", 3, lambda row: str(row.version), "right"),
        Column(_("Issued"), 10, lambda row: row.issued_on.isoformat()),
        Column(_("State"), 10, lambda row: _(row.state.value)),
        Column(_("For"), None, lambda row: row.cut.value, style=lambda _row: "muted"),
        Column("", 4, lambda row: row.language.value, style=lambda _row: "muted", hide_below=40),
    )


class LifecycleScreen(Screen[None]):
    """The issued copies at the left; state, differences and amendments at the right."""

    AUTO_FOCUS = "RecordList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*LIFE)]

    app = app(DeskApp)
    head = query_one("#life-head", Plain)
    list_pane = query_one(RecordList)
    card_pane = query_one(Card)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._standing: Standing | None = None
        self._amendments: list[AmendmentRow] = []
        self._gaps: list[Missing] = []

    def compose(self) -> ComposeResult:
        """Head, copies, card, hints."""
        yield Plain(id="life-head")
        with Horizontal(id="panes"):
            yield RecordList(columns(), markable=False, empty_text=_("No copy was issued yet: i issues one."))
            yield Card()
        yield Hints()

    def on_mount(self) -> None:
        """Listen for changes and read."""
        self.app.changed.subscribe(self, lambda _nothing: self.read())
        self.read()

    def on_screen_resume(self) -> None:
        """What was written in a form over it shows."""
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read state, copies, amendments and gaps anew."""
        with told(self.app):
            desk = self.app.desk
            self._standing = await desk.ask(lifecycle.standing, self._ref)
            self._amendments = await desk.ask(lifecycle.amendments, self._ref)
            self._gaps = await desk.ask(gaps.gaps, self._ref)
            copies = await desk.ask(lifecycle.issued, self._ref)
            if not self.is_current:
                return
            at = (len(copies) - 1, copies[-1].version) if copies else None
            self.head.update(f" {_('Minutes')} {self._ref}   {self._standing}")
            self.list_pane.show(ListSource(copies, lambda row: row.version), at=at)
            self._read_card(copies[-1] if copies else None)

    @on(RecordList.Highlighted)
    def _highlighted(self, event: RecordList.Highlighted) -> None:
        self._read_card(event.row)

    @work(exclusive=True, group="card")
    async def _read_card(self, row: IssueRow | None) -> None:
        """The copy under the cursor beside the one before it."""
        with told(self.app):
            differing: list[Difference] = []
            if row is not None and row.version > 1:
                differing = await self.app.desk.ask(lifecycle.compare, self._ref, row.version - 1, row.version)
            if self.is_current:
                self.card_pane.show(tuple(self._sections(row, differing)))

    def _sections(self, row: IssueRow | None, differing: list[Difference]) -> Iterator[Section]:
        if self._standing:
            yield Fact(_("State"), str(self._standing))
            locked = _("locked: f2 on a line of the minutes amends it") if self._standing.locked else _("open")
            yield Fact(_("Lines"), locked)
        if self._gaps:
            yield Gap()
            yield Heading(_("GAPS  {n}").format(n=len(self._gaps)))
            yield from (Para(str(gap)) for gap in self._gaps)
        if self._amendments:
            yield Gap()
            yield Heading(_("AMENDMENTS  {n}").format(n=len(self._amendments)))
            for one in self._amendments:
                yield Para(f"{one.paragraph}  {one.was} → {one.now}")
                said = f"{one.made_by}, {long_date(one.made_on)}" + (f": {one.reason}" if one.reason else "")
                yield Line(said, muted=True)
        if row is not None and row.version > 1:
            yield Gap()
            yield Heading(_("VERSION {n} BESIDE VERSION {before}").format(n=row.version, before=row.version - 1))
            yield from _differences(differing)

    @work(group="write")
    async def action_state(self) -> None:
        """Say how far the minutes are."""
        if self._standing is not None:
            await self.app.push_screen_wait(StateForm(self.app, self._standing))
            self.app.changed.publish(None)

    @work(group="write")
    async def action_issue(self) -> None:
        """Freeze a copy; what is missing is asked about first."""
        question = say_number(len(self._gaps), _("Issue a copy with 1 gap?"), _("Issue a copy with {n} gaps?"))
        if not self._gaps or await self.app.push_screen_wait(Confirm(question, default=False)):
            with told(self.app):
                row = await self.app.desk.ask(lifecycle.issue, self._ref)
                say(self.app, _("Version {n} issued").format(n=row.version))
                self.app.changed.publish(None)

    @work(group="write")
    async def action_issue_as(self) -> None:
        """A copy for other readers, or in another language."""
        await self.app.push_screen_wait(IssueForm(self.app, self._ref, len(self._gaps)))
        self.app.changed.publish(None)

    @work(group="export")
    async def action_write(self) -> None:
        """The copy under the cursor as it was issued."""
        row: IssueRow | None = self.list_pane.highlighted
        if row is not None:
            with told(self.app):
                path = await self.app.desk.work(lifecycle.issued_to_folder, self._ref, row.version)
                say(self.app, _("Written: {path}").format(path=self.app.desk.within(path)), undo=False)


def _differences(differing: Iterable[Difference]) -> Iterator[Section]:
    for one in differing:
        yield Line(one.heading or _("Head"), muted=True)
        yield from (Para(f"- {line}") for line in one.was)
        yield from (Para(f"+ {line}") for line in one.now)


class IssueForm(FormScreen):
    """For whom a copy is, in which language and with which marking."""

    def __init__(self, desk_app: DeskApp, ref: str, gaps: int) -> None:
        super().__init__(_("Issue a copy of the minutes of {ref}").format(ref=ref))
        self._desk_app, self._ref, self._missing = desk_app, ref, gaps

    def rows(self) -> Iterable[FormRow]:
        """Readers, language, marking."""
        from ahtc_tui.tui.widgets.select import choices

        cuts = {Cut.CHAIR: _("the chair"), Cut.CIRCULATED: _("the members"), Cut.PUBLISHED: _("the public")}
        tongues = {Language.EN: _("English"), Language.CY: _("Welsh"), Language.BOTH: _("Welsh and English")}
        said = say_number(self._missing, _("1 gap: it goes out as it is"), _("{n} gaps: it goes out as it is"))
        hint = said if self._missing else ""
        yield FormRow("cut", _("For"), choices([(cuts[each], each.value) for each in Cut], "circulated", blank=False))
        languages = [(tongues[each], each.value) for each in Language]
        yield FormRow("language", _("Language"), choices(languages, "en", blank=False))
        markings = [(each.label, each.value) for each in Marking]
        yield FormRow("marking", _("Marking"), choices(markings, "official", blank=False), hint)

    async def accept(self, values: dict[str, Any]) -> None:
        """Freeze it, or keep the form open with the sentence."""
        asked = (Cut(values["cut"]), Language(values["language"]), Marking(values["marking"]))
        row = await self._desk_app.desk.ask(lifecycle.issue, self._ref, *asked)
        doubts = await self._desk_app.desk.ask(to_read_first, self._ref, *asked[:2])
        more = [_("and {n} more").format(n=len(doubts) - SAID)] if len(doubts) > SAID else []
        say(self._desk_app, "\n".join((_("Version {n} issued").format(n=row.version), *doubts[:SAID], *more)))


class StateForm(FormScreen):
    """How far the minutes are, which meeting agreed them, and what that is subject to."""

    def __init__(self, desk_app: DeskApp, standing: Standing) -> None:
        super().__init__(_("Minutes of {ref}").format(ref=standing.ref))
        self._desk_app, self._standing = desk_app, standing

    def rows(self) -> Iterable[FormRow]:
        """State, meeting, words."""
        from ahtc_tui.tui.widgets.select import choices

        states = list(MinutesState)
        following = states[min(states.index(self._standing.state) + 1, len(states) - 1)]
        yield FormRow(
            "state", _("State"), choices([(each.label, each.value) for each in states], following.value, blank=False)
        )
        at = Input(self._standing.agreed_at or "", placeholder=_("the meeting that agreed them"), compact=True)
        yield FormRow("at", _("Agreed at"), at)
        yield FormRow("subject_to", _("Subject to"), Input(self._standing.subject_to or "", compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write it, or keep the form open with the sentence."""
        state = MinutesState(values["state"])
        agreed = state is MinutesState.AGREED
        at, words = (values["at"] if agreed else None), (values["subject_to"] if agreed else None)
        await self._desk_app.desk.ask(lifecycle.set_state, self._standing.ref, state, at, words)
