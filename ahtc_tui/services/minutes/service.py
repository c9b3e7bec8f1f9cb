"""What is typed at a meeting: items and lines. Each line is one transaction, and on disk when the call returns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.date_as_known import read_stored_date as stored_day
from ahtc_tui.domain.documents.meeting_document import flatten_text
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import LineKind, LineRow, MeetingState
from ahtc_tui.domain.minutes.model import read_line
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda import add_item as add_item
from ahtc_tui.services.minutes import line_outcomes as outcomes
from ahtc_tui.services.minutes.lifecycle import find_line
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.minutes import queries as stored
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def tick_item(workspace: Workspace, ref: str, position: int, discussed: bool = True) -> None:
    """Say that an item was dealt with, or was not after all."""
    with workspace.database.write(f"item {position} of {ref.upper()}") as ledger:
        meeting, _ref = record_lookup.find_meeting(ledger.cursor, ref)
        ledger.update("agenda_items", _find_item(ledger.cursor, meeting, position), {"discussed": int(discussed)})


def add_line(workspace: Workspace, ref: str, typed: str, item: int | None = None, welsh: str | None = None) -> LineRow:
    """Write a line under an item (the one last spoken of unless said); an action or decision gets its reference.

    Owners that nobody answers to stay in the text as they were typed, so that nothing is lost. Raises BadInput for an
    empty line, NotFound for an item that is not there, Refused for a cancelled meeting.
    """
    with workspace.database.write(f"minute {ref.upper()}: {' '.join(typed.split())[:50]}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        spoken = read_line(typed, _find_reference_day(ledger.cursor, meeting, workspace.today()))
        _refuse_cancelled(ledger.cursor, meeting, ref)
        item_key = (
            _find_item(ledger.cursor, meeting, item)
            if item is not None
            else stored.find_last_item(ledger.cursor, meeting)
        )
        position = stored.find_next_line(ledger.cursor, meeting, item_key)
        resolved = outcomes.resolve_line(ledger.cursor, spoken)
        values = {"meeting": meeting, "item": item_key, "position": position, "kind": resolved.kind.value}
        text_cy = flatten_text(welsh) or (resolved.text if spoken.welsh else None)
        key = ledger.add("minute_lines", {**values, "text": resolved.text, "text_cy": text_cy})
        outcomes.create_outcome(ledger, meeting, key, resolved, workspace.today())
        return _find_line(ledger.cursor, workspace, meeting, key)


def change_line_kind(workspace: Workspace, ref: str, key: RowKey, kind: LineKind) -> LineRow:
    """Make a line another kind: what it made before is taken away; what it is now is made, or comes back."""
    with workspace.database.write(f"line of {ref.upper()} as {kind}") as ledger:
        meeting, _ref = record_lookup.find_meeting(ledger.cursor, ref)
        line = _find_line(ledger.cursor, workspace, meeting, key)
        if line.kind is not kind:
            day = _find_reference_day(ledger.cursor, meeting, workspace.today())
            resolved = outcomes.resolve_line(ledger.cursor, read_line(f"{kind.value[0]}: {line.text}", day))
            outcomes.remove_outcome(ledger, key)
            ledger.update("minute_lines", key, {"kind": kind.value, "action": None, "text": resolved.text})
            outcomes.create_outcome(ledger, meeting, key, resolved, workspace.today())
        return _find_line(ledger.cursor, workspace, meeting, key)


def edit_line(workspace: Workspace, ref: str, key: RowKey, typed: str, welsh: str | None = None) -> LineRow:
    """Put other words in a line's place; its action or decision says the same, and keeps its reference.

    Welsh that translated other words goes, unless it is said anew: history keeps it. A line that was Welsh keeps it.
    """
    with workspace.database.write(f"edit line of {ref.upper()}") as ledger:
        meeting, _ref = record_lookup.find_meeting(ledger.cursor, ref)
        line = _find_line(ledger.cursor, workspace, meeting, key)
        spoken = read_line(typed, _find_reference_day(ledger.cursor, meeting, workspace.today()), line.kind)
        if spoken.kind is not line.kind:
            raise Refused(_("A line becomes another kind by its own key, so that its reference is not lost."))
        resolved = outcomes.resolve_line(ledger.cursor, spoken)
        words: dict[str, str | None] = {"text": resolved.text}
        if welsh is not None or line.text not in (resolved.text, line.text_cy):
            words["text_cy"] = flatten_text(welsh) or None
        ledger.update("minute_lines", key, words)
        outcomes.update_outcome(ledger, key, resolved)
        return _find_line(ledger.cursor, workspace, meeting, key)


def edit_paragraph(workspace: Workspace, ref: str, paragraph: str, typed: str, welsh: str | None = None) -> LineRow:
    """The same for the line under a number as the paper has it, "3.2". Raises NotFound for no such line."""
    with workspace.database.read() as cursor:
        meeting, _ref = record_lookup.find_meeting(cursor, ref)
        key = find_line(cursor, workspace, meeting, paragraph)[0].key
    return edit_line(workspace, ref, key, typed, welsh)


def move_line(workspace: Workspace, ref: str, key: RowKey, step: int) -> None:
    """Move a line up (-1) or down (1) under its item; at the end it stays."""
    with workspace.database.write(f"move line of {ref.upper()}") as ledger:
        meeting, _ref = record_lookup.find_meeting(ledger.cursor, ref)
        line = _find_line(ledger.cursor, workspace, meeting, key)
        siblings = [row for row in read_card(ledger.cursor, meeting, workspace.today()).lines if row.item == line.item]
        index = siblings.index(line)
        if 0 <= index + step < len(siblings):
            neighbour = siblings[index + step]
            ledger.update("minute_lines", key, {"position": neighbour.position})
            ledger.update("minute_lines", neighbour.key, {"position": line.position})


def remove_line(workspace: Workspace, ref: str, key: RowKey) -> None:
    """Take a line out of the minutes, and what it made with it."""
    with workspace.database.write(f"remove line of {ref.upper()}") as ledger:
        outcomes.remove_outcome(ledger, key)
        ledger.remove("minute_lines", key)


def _find_reference_day(cursor: Cursor, meeting: RowKey, today: date) -> date:
    """The day from which "end nov" counts: the meeting's own, today while that is not known to the day."""
    meeting_day = stored_day(read_field(cursor, "meetings", meeting, "day"))
    return meeting_day.latest if meeting_day and meeting_day.precision is Precision.DAY else today


def _find_item(cursor: Cursor, meeting: RowKey, position: int) -> RowKey:
    item = stored.find_item(cursor, meeting, position)
    if item is None:
        raise NotFound(_("The agenda has no item {n}.").format(n=position))
    return item


def _refuse_cancelled(cursor: Cursor, meeting: RowKey, ref: str) -> None:
    if read_field(cursor, "meetings", meeting, "state") == MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled: it has no minutes.").format(ref=ref))


def _find_line(cursor: Cursor, workspace: Workspace, meeting: RowKey, key: RowKey) -> LineRow:
    rows = read_card(cursor, meeting, workspace.today()).lines
    line = next((row for row in rows if row.key == key), None)
    if line is None:
        raise NotFound(_("That line is not in the minutes any more."))
    return line
