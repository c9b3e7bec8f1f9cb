"""A person leaves: everything that they hold, who takes each over, and the key that passes it on in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from textual import work

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.contacts.departures import PEOPLE_ONLY, PERSONAL_KINDS, Departure, HeldItem, Outcome
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.documents.handover import HandOver, format_handover_counts
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, drop_language_mark, gettext_noop, ngettext, pgettext
from ahtc_tui.services import departures
from ahtc_tui.services.documents import handover
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.contacts.commands import open_appointment_form
from ahtc_tui.tui.contacts.detail_screen import DetailScreen, build_group
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import format_heading, join_lines
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class HandOverScreen(DetailScreen):
    """The records that pass on with a post."""

    BINDINGS = build_bindings("handover.*", "desk.undo", "desk.redo", "desk.help", "desk.exit")

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self._hand_over: HandOver | None = None

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        with errors_as_toasts(self.app):
            self._hand_over = await self.app.desk.show(handover.build_hand_over, self._ref)
            self.page.show(build_sections(self._hand_over), page=self._ref)

    @work(group="write")
    async def action_new(self) -> None:
        """Appoint a new holder."""
        if (post := self._hand_over) is not None:
            await open_appointment_form(self.app, post.post_ref, post.post, post.holder)

    @work(group="export")
    async def action_export(self) -> None:
        """Write the list to the exports folder."""
        with errors_as_toasts(self.app):
            ending = self.app.document_ending
            path, _document = await self.app.desk.run_long(handover.export_hand_over, self._ref, ending)
            self.app.announce_file(path)


def build_sections(hand_over: HandOver) -> Iterator[Section]:
    """Return the sections of the list from top to bottom."""
    yield Title(_("Handover"), hand_over.post)
    yield Gap()
    yield Fact(_("Holder"), hand_over.holder or _("not known"))
    yield Fact(_("In numbers"), format_handover_counts(hand_over))
    yield from build_group(_("Held personally: to be reassigned"), hand_over.in_person)
    duties = [_format_action(action) for action in hand_over.continuing_duties]
    yield from build_group(_("Continuing duties"), duties, always=True)
    yield from build_group(_("Open actions"), [_format_action(action) for action in hand_over.tasks], always=True)
    yield from build_group(_("Supporting role"), [_format_action(action) for action in hand_over.helped])
    yield from build_group(_("Seats"), [f"{seat.group}, {seat.role.label}" for seat in hand_over.seats], always=True)
    dates = [f"{entry.day}  {entry.ref}  {drop_language_mark(entry.what)}" for entry in hand_over.dates]
    yield from build_group(_("Next dates"), dates, always=True)
    closed = [f"{_format_action(action)}  ({action.lead_holder or '–'})" for action in hand_over.closed_actions]
    yield from build_group(_("Completed actions"), closed, always=True)
    holders = [f"{holding.holder_label}  {holding.term}" for holding in hand_over.holdings]
    yield from build_group(_("Holders"), holders, always=True)


def _format_action(action: ActionRow) -> str:
    return f"{action.ref}  {action.shown_title}"


async def open_departure(app: DeskApp, ref: str | None) -> None:
    """Ask who leaves and when, by default the person with this reference; then open what they hold."""
    form = LastDayForm(app.desk.today, await list_candidates(app, PartyKind.PERSON), ref)
    values = await app.push_screen_wait(form)
    if values is not None:
        app.push_screen(DepartureScreen(values["person"], values["on"] or DateAsKnown(app.desk.today)))


class LastDayForm(FormScreen):
    """The person who leaves, and the last day."""

    save_label = gettext_noop("show")

    def __init__(self, today: date, people: Sequence[Candidate], ref: str | None) -> None:
        super().__init__(_("A person leaves"))
        self._today, self._people, self._ref = today, people, ref

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("person", _("Person"), OwnerField(self._people, self._ref), required=True)
        field = DateField(partial(read_date, today=self._today), str(DateAsKnown(self._today)))
        yield FormRow("on", _("Last day"), field, required=True)

    async def accept(self, values: dict[str, Any]) -> None:
        """Raise BadInput where no person is chosen."""
        if not values["person"]:
            raise BadInput(_("Choose the person."))


class HeirForm(FormScreen):
    """Who takes something over."""

    def __init__(self, item: HeldItem, candidates: Sequence[Candidate]) -> None:
        super().__init__(join_lines(f"{item.kind.label}: {item.what}"))
        self._item, self._candidates = item, candidates
        self.heir: str | None = None

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("heir", _("Passes to"), OwnerField(self._candidates, self._item.heir_ref), required=True)

    async def accept(self, values: dict[str, Any]) -> None:
        """Keep the choice. Raises BadInput where nobody is chosen."""
        self.heir = values.get("heir") or self._item.heir_ref
        if not self.heir:
            raise BadInput(_("Choose who takes it over."))


class DepartureScreen(RecordScreen[HeldItem]):
    """What a person holds who leaves. Answers are kept on the screen until they are saved in one step."""

    noun = "contacts"
    closes_on_back = True
    marks_conflicts = False
    empty_hint = gettext_noop("This person holds nothing on that date.")
    row_actions = frozenset(("take_proposed", "edit", "end_item", "leave_item"))
    BINDINGS = build_bindings("leaving.*", "desk.leave")

    def __init__(self, ref: str, on: DateAsKnown) -> None:
        super().__init__()
        self._ref, self._on = ref, on
        self._answers: dict[str, str | None] | None = None
        """The answers by item; at first every item passes as proposed."""
        self._report: Departure | None = None

    def build_columns(self) -> Sequence[Column[HeldItem]]:
        return (
            Column(
                pgettext("person", "Holds"), 18, lambda row: row.kind.label, style=lambda _row: "muted", sort="kind"
            ),
            Column(_("What"), None, _format_item),
            Column(_("Passes to"), 26, _format_heir, least=14),
        )

    def ref_of(self, row: HeldItem) -> str:
        return row.id

    async def load_source(self, text: str) -> PageSource[HeldItem]:
        matches = build_text_test(text)
        if self._answers is None:
            held = await self.desk.run(departures.show_departure, self._ref, self._on)
            self._answers = {row.id: departures.PROPOSED for row in held.items if row.heir}
        self._report = await self.desk.run(departures.preview_departure, self._ref, self._on, self._answers)
        rows = [row for row in self._report.items if matches(f"{row.kind.label} {row.ref} {row.what} {row.to}")]
        return ListSource(rows, lambda row: str(row.id))

    async def load_sections(self, row: HeldItem) -> Iterable[Section]:
        return tuple(_build_sections(row, self._report))

    def name_rows(self, total: int) -> str:
        return ngettext("thing held by this person", "things held by this person", total)

    def order_text(self) -> str:
        """Return who leaves when, and for how many items nothing is chosen."""
        if self._report is None:
            return ""
        waiting = len(self._report.open_items)
        leaving = _("{name} leaves on {day}").format(name=self._report.person, day=soften_date(self._on))
        return f"{leaving}: " + ngettext("{n} to decide", "{n} to decide", waiting)

    @work(group="form")
    async def action_edit(self) -> None:
        """Choose who takes over the selected item."""
        if (row := self.selected_row) is None:
            return
        if row.kind in PERSONAL_KINDS:
            self.app.notify(_("Nobody takes this over. It is personal."))
            return
        kinds = (PartyKind.PERSON,) if row.kind in PEOPLE_ONLY else CONTACT_KINDS
        form = HeirForm(row, (await list_candidates(self.app, *kinds)).without(self._ref))
        if await self.app.push_screen_wait(form) is not None and form.heir:
            self._answer(row, form.heir)

    def action_take_proposed(self) -> None:
        """Take the proposal for the selected item."""
        if (row := self.selected_row) is not None:
            self._answer(row, departures.PROPOSED if row.heir else departures.NOBODY)

    def action_end_item(self) -> None:
        """Let the selected item end without anybody."""
        if (row := self.selected_row) is not None:
            self._answer(row, departures.NOBODY)

    def action_leave_item(self) -> None:
        """Leave the selected item as it is."""
        if (row := self.selected_row) is not None:
            self._answer(row, departures.KEEP)

    @work(group="write")
    async def action_pass_on(self) -> None:
        """Save the answers in one step and close the screen."""
        if self._report is None or self._answers is None:
            return
        open_items = len(self._report.open_items)
        question = ngettext(
            "{n} item has no answer and stays as it is. Save the others?",
            "{n} items have no answer and stay as they are. Save the others?",
            open_items,
        )
        if open_items and not await self.app.push_screen_wait(Confirm(question)):
            return
        with errors_as_toasts(self.app):
            report = await self.desk.run(departures.write_departure, self._ref, self._on, self._answers)
            self._answers = None
            self.dismiss()
            day = soften_date(report.on)
            self.app.announce_write(_("{name} leaves on {day}").format(name=report.person, day=day))

    def _answer(self, row: HeldItem, answer: str) -> None:
        self._answers = {**(self._answers or {}), row.id: answer}
        self.load_rows(self.filter_bar.text)
        self.list_pane.action_step(1)


def _format_item(row: HeldItem) -> str:
    """Return the item, after its reference unless that is derived from its name."""
    ref = row.ref if row.ref and row.ref != row.ref.lower() else ""
    return join_lines(f"{ref} {row.what}".strip())


def _format_heir(row: HeldItem) -> str:
    if row.outcome is not None:
        return row.to or row.outcome.label
    return f"{row.heir}?" if row.heir else "–"


def _build_sections(row: HeldItem, report: Departure | None) -> Iterator[Section]:
    yield Title(row.ref or "", row.kind.label)
    yield Gap()
    yield Para(row.what)
    yield Gap()
    yield Fact(_("Proposal"), f"{row.heir}, {row.because.label}" if row.heir else row.because.label)
    if row.outcome is not None:
        answer = _("passes to {name}").format(name=row.to) if row.outcome is Outcome.PASSED else row.outcome.label
        yield Fact(_("Answer"), answer)
    if report and report.follows:
        yield Gap()
        yield Heading(format_heading(_("Stays with the post")))
        yield from (Para(text) for text in report.follows)
