"""The cascade: every practice in every place, a cell written with one letter. An absent cell says "not said"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.evidence.practice import (
    AdoptionRow,
    AdoptionStatus,
    MatrixRow,
    PlaceKind,
    cell_words,
    count_cells,
    gaps,
)
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.evidence import practice, sessions
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.evidence.forms import CellForm, SessionForm
from ahtc_tui.tui.evidence.matrix_table import LETTERS, NOT_SAID, Cascade
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.evidence import MATRIX
from ahtc_tui.tui.widgets.confirm import complain, say, told
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, safe

if TYPE_CHECKING:
    from ahtc_tui.domain.evidence.practice import PracticeMatrix
    from ahtc_tui.domain.evidence.sessions import SessionRow

KINDS = (PlaceKind.FORCE, PlaceKind.FORUM, PlaceKind.AUTHORITY)
"""The places that a practice is meant to reach."""
PERIOD = "12m"
NO_PLACE = _("There is no place yet. `ahtc practice set PRACTICE BODY planned` brings a body of the register in.")


class MatrixScreen(Screen[str]):
    """Closes with the reference of the practice that was opened."""

    DEFAULT_CSS = """
    MatrixScreen VerticalScroll { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    MatrixScreen.-reading Cascade { max-height: 40%; }
    MatrixScreen #signs { height: auto; padding: 0 2; color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*MATRIX)]
    AUTO_FOCUS = "Cascade"

    app = app(DeskApp)
    table = query_one(Cascade)
    said = query_one("#said", Plain)

    def __init__(self, matrix: PracticeMatrix) -> None:
        super().__init__()
        self._matrix = matrix
        self._panel = "cell"
        """What stands under the table: the cell, who has not got the practice, or its sessions."""

    def compose(self) -> ComposeResult:
        """Modes, the table, what the cell says in words, the signs."""
        yield ModeBar("evidence")
        yield Cascade(self._matrix)
        with VerticalScroll(can_focus=False):
            yield Plain(id="said")
        yield Plain(_signs(), id="signs")
        yield Hints()

    def on_mount(self) -> None:
        """Hear of what is undone."""
        self.app.changed.subscribe(self, lambda _nothing: self.reload())

    @work(exclusive=True, group="matrix")
    async def reload(self) -> None:
        """Read the table anew."""
        with told(self.app):
            self.table.show(await self.app.desk.ask(practice.matrix))

    @on(Cascade.Moved)
    def _moved(self) -> None:
        self._show_panel()

    def _show_panel(self) -> None:
        row = self.table.practice
        if row is None:
            self.said.update(_("There is no practice yet. In the list of Evidence n writes one."))
        elif self._panel == "sessions":
            self._read_sessions(row)
        else:
            lines = self._gap_lines(row) if self._panel == "gaps" else self._cell_lines(row)
            self.said.update(Content.assemble((f"{safe(row.practice.title)}\n", "bold"), safe("\n".join(lines))))

    def _cell_lines(self, row: MatrixRow) -> Iterator[str]:
        """The place under the cursor, and what it says."""
        places = self.table.places
        if not places:
            yield NO_PLACE
            return
        if len(places) > 1:
            count = count_cells(row.cells[at] for at in places)
            words = _("{n} authorities: {said} said, {adopted} adopted. f shows each.")
            yield words.format(n=count.of, said=count.said, adopted=count.adopted)
            return
        place, said = self._matrix_place(places[0]), row.cells[places[0]]
        yield f"{place}   {cell_words(said)}"
        if said is not None:
            since = _("since {day}").format(day=said.since) if said.since else _("no date")
            contact = _("contact: {name}").format(name=said.contact) if said.contact else _("no contact")
            yield "   ".join((since, contact, _("source: {words}").format(words=said.source or _("not stated"))))
            yield _("Evidence: {words}").format(words=said.evidence or "–")

    def _matrix_place(self, number: int) -> str:
        return self.table.matrix.places[number].name

    def _gap_lines(self, row: MatrixRow) -> Iterator[str]:
        """Who has not got the practice, by kind of place."""
        missing = gaps(self.table.matrix, row, KINDS)
        of = sum(len(self.table.matrix.block(kind)) for kind in KINDS)
        yield _("NOT YET  {n} of {all}").format(n=len(missing), all=of)
        for kind, some in groupby(missing, key=lambda gap: gap.place.kind):
            names = [
                f"{gap.place.plain_name} ({gap.cell.status.label.lower()})" if gap.cell else gap.place.plain_name
                for gap in some
            ]
            yield f"{kind.label}  {len(names)}: {', '.join(names)}"

    @work(exclusive=True, group="sessions")
    async def _read_sessions(self, row: MatrixRow) -> None:
        with told(self.app):
            held = await self.app.desk.ask(sessions.list_sessions, "", row.practice.ref)
            missing = await self.app.desk.ask(sessions.missing_authorities, PERIOD, row.practice.ref)
            people = _people_words(sum(one.people for one in held))
            lines = [_("SESSIONS  {n}, {people}.  t adds one").format(n=len(held), people=people)]
            lines += [_session_words(one) for one in held]
            names = ", ".join(one.plain_name for one in missing) or _("none")
            lines.append(_("AUTHORITIES WITH NO SESSION IN 12 MONTHS  {n}: ").format(n=len(missing)) + names)
            self.said.update(Content.assemble((f"{safe(row.practice.title)}\n", "bold"), safe("\n".join(lines))))

    def _turn(self, panel: str) -> None:
        self._panel = "cell" if self._panel == panel else panel
        self.set_class(self._panel != "cell", "-reading")
        self._show_panel()

    def action_gaps(self) -> None:
        """Who has not got the practice under the cursor; again for the cell."""
        self._turn("gaps")

    def action_sessions(self) -> None:
        """The sessions of the practice and whom they missed; again for the cell."""
        self._turn("sessions")

    def action_fold(self) -> None:
        """Each authority, or all as a count."""
        self.table.show(self.table.matrix, folded=not self.table.folded)

    def _under_cursor(self) -> tuple[MatrixRow, int, AdoptionRow | None] | None:
        """The practice, the place and what is said there; None, with a word, where no single cell is under it."""
        row, places = self.table.practice, self.table.places
        if row is None or len(places) != 1:
            complain(self.app, _("Choose one authority: f shows each.") if places else NO_PLACE)
            return None
        return row, places[0], row.cells[places[0]]

    @work(group="write")
    async def action_set(self, status: str) -> None:
        """Write the cell under the cursor; the same again changes nothing. Never exclusive: it is a write."""
        if (here := self._under_cursor()) is None:
            return
        row, place, said = here
        key, name = self.table.matrix.places[place].key, self._matrix_place(place)
        if (said.status.value if said else "") == status:
            return
        with told(self.app):
            if status:
                from ahtc_tui.domain.drafts.practice import adoption_draft

                draft = adoption_draft(status, None, None, None, self.app.desk.today)
                await self.app.desk.ask(practice.set_adoption, row.practice.ref, key, draft)
            else:
                await self.app.desk.ask(practice.clear_adoption, row.practice.ref, key)
            words = AdoptionStatus(status).label.lower() if status else _("not said")
            say(self.app, _("{place}: {words}   z undoes it").format(place=name, words=words), undo=False)
            self.app.changed.publish(None)

    @work(group="form")
    async def action_edit_cell(self) -> None:
        """The cell in full: status, date, evidence, contact."""
        if (here := self._under_cursor()) is None:
            return
        row, place, said = here
        form = CellForm(self.app.desk, row.practice, self.table.matrix.places[place], said)
        if await self.app.push_screen_wait(form):
            self.app.changed.publish(None)

    @work(group="form")
    async def action_new_session(self) -> None:
        """A session of the practice under the cursor."""
        if (row := self.table.practice) is not None:
            form = SessionForm(self.app.desk, row.practice)
            if await self.app.push_screen_wait(form):
                self.app.changed.publish(None)

    @work(group="export")
    async def action_export(self) -> None:
        """The cascade as a workbook among the exports."""
        from ahtc_tui.services.exports.evidence import matrix_to_folder

        with told(self.app):
            path = await self.app.desk.work(matrix_to_folder)
            say(self.app, _("Written: {path}").format(path=self.app.desk.within(path)), undo=False)

    def action_open(self) -> None:
        """The card of the practice."""
        if self.table.practice is not None:
            self.dismiss(self.table.practice.practice.ref)

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)


def _signs() -> str:
    short = {AdoptionStatus.NOT_APPLICABLE: _("n.a.")}
    said = [f"{one.symbol}{key} {short.get(one, one.label.lower())}" for one, key in LETTERS.items()]
    return " ".join([*said, _("{sign}x not said").format(sign=NOT_SAID)])


def _session_words(held: SessionRow) -> str:
    """Day, kind, place, and how many from whom."""
    counts = ", ".join(f"{count.organisation} {count.people}" for count in held.numbers)
    people = f"{_people_words(held.people)}: {counts}" if counts else _people_words(held.people)
    return "   ".join((str(held.held_on or "–"), held.kind.label, held.where or "–", people))


def _people_words(n: int) -> str:
    return say_number(n, _("1 person"), _("{n} people"))
