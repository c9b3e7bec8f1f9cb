"""The matrix screen: the status of every practice in every place, chosen from a menu.

A cell without a record shows "not said".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.evidence.practice import (
    NO_INFORMATION,
    AdoptionRow,
    AdoptionStatus,
    MatrixRow,
    PlaceKind,
    PlaceRow,
    PracticeMatrix,
    count_cells,
    find_gaps,
    format_cell,
)
from ahtc_tui.domain.evidence.sessions import SessionRow
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.evidence import practice
from ahtc_tui.services.output_folders import export_to_folder
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.base.party_options import list_meeting_candidates
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.evidence.forms import CellForm, SessionForm
from ahtc_tui.tui.evidence.matrix_table import LETTERS, MatrixTable
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_error_toast
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain, sanitize_text

KINDS = (PlaceKind.FORCE, PlaceKind.FORUM, PlaceKind.AUTHORITY)
"""Kinds of organisation that a practice is meant for."""
PERIOD = "12m"
NO_PLACE = gettext_noop("There are no places yet. `ahtc practice set PRACTICE BODY planned` adds an organisation.")

CLEAR = "x"
"""Letter that removes the entry of the cell."""
STATUS_OF_LETTER: dict[str, AdoptionStatus | None] = {letter: status for status, letter in LETTERS.items()} | {
    CLEAR: None
}


class StatusChoice(Pick):
    """Dismisses with the letter of a status, with CLEAR, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            letter,
            f"dismiss('{letter}')",
            status.value if status else CLEAR,
            id=f"status.{letter}",
        )
        for letter, status in STATUS_OF_LETTER.items()
    ]

    def __init__(self, question: str, adoption: AdoptionRow | None) -> None:
        """`question` names the cell; the cursor starts on its status."""
        options = [
            (letter, " ".join((status.symbol, status.label) if status else (NO_INFORMATION, _("No information"))))
            for letter, status in STATUS_OF_LETTER.items()
        ]
        current = adoption.status if adoption else None
        super().__init__(question, options, list(STATUS_OF_LETTER.values()).index(current))


class MatrixScreen(RowActions, DismissOnce, Screen[str]):
    """Matrix of practices and places; returns the reference of the opened practice."""

    DEFAULT_CSS = """
    MatrixScreen VerticalScroll { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    MatrixScreen.-reading MatrixTable { max-height: 40%; }
    MatrixScreen #signs { height: auto; padding: 0 2; color: $foreground-muted; }
    """
    row_actions = frozenset(("choose_status", "edit_cell", "gaps", "sessions", "new_session", "open"))
    BINDINGS = build_bindings("cascade.*", "desk.undo", "desk.redo", "desk.help", "desk.exit")
    AUTO_FOCUS = "MatrixTable"

    app = app(DeskApp)
    table = query_one(MatrixTable)
    details = query_one("#details", Plain)

    def __init__(self, matrix: PracticeMatrix) -> None:
        super().__init__()
        self._matrix = matrix
        self._panel = "cell"
        """Content below the table: the cell, the gaps of the practice, or its sessions."""

    @property
    def has_no_row(self) -> bool:
        """Whether there is no practice."""
        return bool(self.query(MatrixTable)) and self.table.practice is None

    def compose(self) -> ComposeResult:
        yield ModeBar("evidence")
        yield MatrixTable(self._matrix)
        with VerticalScroll(can_focus=False):
            yield Plain(id="details")
        yield Plain(_format_legend(), id="signs")
        yield Hints()

    def on_mount(self) -> None:
        """Reload after every write, including undo."""
        self.app.changed.subscribe(self, lambda _nothing: self.reload())

    @work(exclusive=True, group="matrix")
    async def reload(self) -> None:
        """Reload the matrix."""
        with errors_as_toasts(self.app):
            self.table.show_matrix(await self.app.desk.show(practice.show_matrix))
            self.refresh_bindings()

    @on(MatrixTable.Moved)
    def _cursor_moved(self) -> None:
        self._show_panel()

    def _show_panel(self) -> None:
        row = self.table.practice
        if row is None:
            self.details.update(_("There are no practices yet. Press n in the Evidence list to add one."))
        elif self._panel == "sessions":
            self._read_sessions(row)
        else:
            lines = self._describe_gaps(row) if self._panel == "gaps" else self._describe_cell(row)
            self.details.update(
                Content.assemble(
                    (f"{sanitize_text(row.practice.shown_title)}\n", "bold"), sanitize_text("\n".join(lines))
                )
            )

    def _describe_cell(self, row: MatrixRow) -> Iterator[str]:
        """Return the selected place and its status."""
        places = self.table.places
        if not places:
            yield _(NO_PLACE)
            return
        if len(places) > 1:
            count = count_cells(row.cells[number] for number in places)
            words = _("{n} authorities: {recorded} recorded, {adopted} adopted. Press . and f to show each.")
            yield words.format(n=count.of, recorded=count.answered, adopted=count.adopted)
            return
        place, adoption = self.table.matrix.places[places[0]].name, row.cells[places[0]]
        yield f"{place}   {format_cell(adoption)}"
        if adoption is not None:
            since = _("since {day}").format(day=adoption.since) if adoption.since else _("no date")
            contact = _("contact: {name}").format(name=adoption.contact) if adoption.contact else _("no contact")
            yield "   ".join(
                (since, contact, _("source: {words}").format(words=format_source(adoption.source) or _("not stated")))
            )
            yield _("Evidence: {words}").format(words=adoption.evidence or "–")

    def _describe_gaps(self, row: MatrixRow) -> Iterator[str]:
        """Return the places without the practice, by kind."""
        missing = find_gaps(self.table.matrix, row, KINDS)
        total = sum(len(self.table.matrix.list_columns(kind)) for kind in KINDS)
        yield ngettext(
            "Not yet in {missing} of 1 place", "Not yet in {missing} of {n} places", total, missing=len(missing)
        )
        for kind, place_gaps in groupby(missing, key=lambda gap: gap.place.kind):
            names = [
                f"{gap.place.plain_name} ({gap.cell.status.label.lower()})" if gap.cell else gap.place.plain_name
                for gap in place_gaps
            ]
            yield f"{kind.label}  {len(names)}: {', '.join(names)}"

    @work(exclusive=True, group="sessions")
    async def _read_sessions(self, row: MatrixRow) -> None:
        with errors_as_toasts(self.app):
            held_sessions = await self.app.desk.show(practice.list_sessions, "", row.practice.ref)
            missing = await self.app.desk.show(practice.list_missing_authorities, PERIOD, row.practice.ref)
            lines = [_("No sessions yet. Press n to add one.")]
            if count := len(held_sessions):
                people = _format_people(sum(session.people for session in held_sessions))
                total = ngettext("1 session with {people}.", "{n} sessions with {people}.", count, people=people)
                lines = [" ".join((total, _("Press n to add one."))), *map(_format_session, held_sessions)]
            lines.append(_format_missing([authority.plain_name for authority in missing]))
            self.details.update(
                Content.assemble(
                    (f"{sanitize_text(row.practice.shown_title)}\n", "bold"), sanitize_text("\n".join(lines))
                )
            )

    def _toggle_panel(self, panel: str) -> None:
        self._panel = "cell" if self._panel == panel else panel
        self.set_class(self._panel != "cell", "-reading")
        self._show_panel()

    def action_gaps(self) -> None:
        """Show the places without the selected practice; again for the cell."""
        self._toggle_panel("gaps")

    def action_sessions(self) -> None:
        """Show the sessions of the practice and the places they missed; again for the cell."""
        self._toggle_panel("sessions")

    def action_fold(self) -> None:
        """Show each authority, or one column for all."""
        self.table.show_matrix(self.table.matrix, folded=not self.table.folded)

    @work(group="form")
    async def action_choose_status(self) -> None:
        """Set the status of the selected cell after a choice; the same status again writes nothing."""
        with errors_as_toasts(self.app):
            if (opened := await self._open_cell()) is None:
                return
            (row, place, adoption), desk = opened
            question = _("{place}: {practice}").format(place=place.name, practice=row.practice.shown_title)
            letter = await self.app.push_screen_wait(StatusChoice(question, adoption))
            status = STATUS_OF_LETTER.get(letter or "", adoption.status if adoption else None)
            if status == (adoption.status if adoption else None):
                return
            if status:
                from ahtc_tui.domain.drafts.evidence import build_adoption_draft

                draft = build_adoption_draft(status, None, None, None, desk.today)
                await desk.run(practice.set_adoption, row.practice.ref, place.key, draft)
            else:
                await desk.run(practice.clear_adoption, row.practice.ref, place.key)
            words = status.label.lower() if status else _("no information")
            self.app.announce_write(_('{place} is marked "{words}"').format(place=place.name, words=words))

    @work(group="form")
    async def action_edit_cell(self) -> None:
        """Edit status, date, evidence and contact of the cell."""
        with errors_as_toasts(self.app):
            if (opened := await self._open_cell()) is None:
                return
            (row, place, adoption), desk = opened
            form = CellForm(desk, row.practice, place, adoption)
            if await self.app.push_screen_wait(form):
                self.app.changed.publish(None)

    async def _open_cell(self) -> tuple[tuple[MatrixRow, PlaceRow, AdoptionRow | None], Desk] | None:
        """Read the matrix again; return the selected cell with the desk of its form, or None after a message."""
        stored, desk = await self.app.desk.open_record(practice.show_matrix)
        self.table.show_matrix(await self.app.desk.show(practice.show_matrix))
        row, places = self.table.practice, self.table.places
        if row is None or len(places) != 1:
            show_error_toast(
                self.app, _("Choose one authority. Press . and f to show each.") if places else _(NO_PLACE)
            )
            return None
        place = self.table.matrix.places[places[0]]
        return (row, place, stored.find_cell(row.practice.ref, place.key)), desk

    @work(group="form")
    async def action_new_session(self) -> None:
        """Add a session of the selected practice."""
        if (row := self.table.practice) is not None:
            form = SessionForm(self.app.desk, row.practice, await list_meeting_candidates(self.app))
            if await self.app.push_screen_wait(form):
                self.app.changed.publish(None)

    @work(group="export")
    async def action_export(self) -> None:
        """Write the matrix as a workbook to the exports folder."""
        from ahtc_tui.services.exports.plan import export_matrix

        with errors_as_toasts(self.app):
            path, _count = await self.app.desk.run_long(export_to_folder, "matrix", export_matrix)
            self.app.announce_file(path)

    def action_open(self) -> None:
        """Open the card of the practice."""
        if self.table.practice is not None:
            self.dismiss(self.table.practice.practice.ref)

    def action_close(self) -> None:
        self.dismiss(None)


def _format_legend() -> str:
    parts = [f"{status.symbol}{key} {status.label.lower()}" for status, key in LETTERS.items()]
    return " ".join([*parts, _("{sign} no information").format(sign=NO_INFORMATION)])


def _format_session(session: SessionRow) -> str:
    counts = ", ".join(f"{count.organisation} {count.people}" for count in session.numbers)
    people = f"{_format_people(session.people)}: {counts}" if counts else _format_people(session.people)
    return "   ".join((str(session.held_on or "–"), session.kind.label, session.location or "–", people))


def _format_missing(names: Sequence[str]) -> str:
    """Return the local authorities without a session of a practice in the period."""
    if not names:
        return _("Every local authority had a session in the last 12 months.")
    total = ngettext(
        "1 local authority had no session in the last 12 months",
        "{n} local authorities had no session in the last 12 months",
        len(names),
    )
    return f"{total}: {', '.join(names)}"


def _format_people(number: int) -> str:
    return ngettext("1 person", "{n} people", number)
