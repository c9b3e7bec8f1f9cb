"""Writes of lines of minutes with their actions and decisions, within the open transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import PartyRole
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Votes
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.roll_call import TypedRollCall
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.services.actions.writer import set_parties
from ahtc_tui.services.meetings.attendance import count_voting_present
from ahtc_tui.services.minutes.roll_call import check_roll_call, refuse_votes_above_seats
from ahtc_tui.store.minutes import queries
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import list_referrers, read_field, read_fields
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

TABLES: dict[LineKind, Table] = {LineKind.ACTION: "actions", LineKind.DECISION: "decisions"}


@dataclass(frozen=True, slots=True)
class ResolvedLine:
    """A line with its owner names looked up."""

    kind: LineKind
    text: str
    """The text; unknown and ambiguous names stay in it."""
    owners: tuple[RowKey, ...]
    due: DateAsKnown | None
    welsh: bool
    votes: Votes | None = None
    roll: TypedRollCall | None = None


def write_line(
    ledger: Ledger, meeting: RowKey, item: RowKey | None, line: ResolvedLine, today: date, welsh: str | None
) -> RowKey:
    """Add a line under an item with its action or decision. Raises Refused for a vote without a quorum."""
    position = queries.find_next_line(ledger.cursor, meeting, item)
    refuse_inquorate_vote(ledger.cursor, meeting, item, line.kind, today)
    values = {"meeting": meeting, "item": item, "position": position, "kind": line.kind.value}
    values["votes"] = resolve_votes(ledger.cursor, meeting, item, line, today)
    text_cy = clean_line(welsh) or (line.text if line.welsh else None)
    key = ledger.add("minute_lines", {**values, "text": line.text, "text_cy": text_cy})
    create_outcome(ledger, meeting, key, line, today)
    return key


def resolve_votes(cursor: Cursor, meeting: RowKey, item: RowKey | None, line: ResolvedLine, today: date) -> str | None:
    """Return a vote as stored, checked against the seats of the group. Raises NotFound, BadInput, Refused."""
    position = read_field(cursor, "agenda_items", item, "position")
    if line.roll:
        return check_roll_call(cursor, meeting, position, line.roll, today).format_stored()
    if line.votes:
        refuse_votes_above_seats(cursor, meeting, line.votes, today)
    return str(line.votes) if line.votes else None


def refuse_inquorate_vote(cursor: Cursor, meeting: RowKey, item: RowKey | None, kind: LineKind, today: date) -> None:
    """Raise Refused for a vote where fewer votes than the quorum of the group are present at the item."""
    quorum = queries.read_quorum(cursor, meeting) if kind is LineKind.VOTE else None
    if not quorum:
        return
    position = read_field(cursor, "agenda_items", item, "position")
    voting = count_voting_present(cursor, meeting, today, position)
    if voting < quorum:
        sentence = _("No vote can be taken without a quorum. It needs {n} members, and {m} are present.")
        raise Refused(sentence.format(n=quorum, m=voting))


def change_kind(ledger: Ledger, meeting: RowKey, line: RowKey, resolved: ResolvedLine, today: date) -> None:
    """Give a line another kind: remove its action or decision, and create or restore the record of the new kind."""
    remove_outcome(ledger, line)
    ledger.update("minute_lines", line, {"kind": resolved.kind.value, "action": None})
    create_outcome(ledger, meeting, line, resolved, today)


def create_outcome(ledger: Ledger, meeting: RowKey, line: RowKey, resolved: ResolvedLine, today: date) -> None:
    """Create the action or decision of a line; one that this line had before is restored with its reference."""
    if resolved.kind not in TABLES:
        return
    table = TABLES[resolved.kind]
    removed = list_referrers(ledger.cursor, table, "line", line, removed=True)
    if removed:
        ledger.restore(table, removed[-1])
        _update_record(ledger, table, removed[-1], line, resolved)
    key = removed[-1] if removed else _add_outcome(ledger, meeting, line, resolved, today)
    if resolved.kind is LineKind.ACTION:
        ledger.update("minute_lines", line, {"action": key})


def update_outcome(ledger: Ledger, line: RowKey, resolved: ResolvedLine, former_text: str) -> None:
    """Copy the text of a line to its action or decision, which keeps its reference.

    A record whose text is not the one that the line had before was changed by itself, and keeps its text.
    """
    for table in TABLES.values():
        column = "title" if table == "actions" else "text"
        for key in list_referrers(ledger.cursor, table, "line", line):
            stored_text = read_field(ledger.cursor, table, key, column)
            kept = resolved if stored_text == former_text else replace(resolved, text=stored_text)
            _update_record(ledger, table, key, line, kept)


def remove_outcome(ledger: Ledger, line: RowKey) -> None:
    """Remove the action or decision of a line."""
    for table in TABLES.values():
        for key in list_referrers(ledger.cursor, table, "line", line):
            ledger.remove(table, key)


def _add_outcome(ledger: Ledger, meeting: RowKey, line: RowKey, resolved: ResolvedLine, today: date) -> RowKey:
    meeting_fields = read_fields(ledger.cursor, "meetings", meeting, ("ref", "number", "group", "day"))
    number, day = meeting_fields["number"], meeting_fields["day"]
    values: dict[str, Any] = {"meeting": meeting, "group": meeting_fields["group"], "line": line}
    if resolved.kind is LineKind.DECISION:
        year = (day or today.isoformat())[:4]
        pattern = f"D-{year}-{number:02}/{{n}}" if number else f"D-{year}/{{n}}"
        values |= {"ref": mint_ref(ledger.cursor, "decisions", pattern), "decided_on": day}
        values |= {"text": resolved.text, "text_cy": read_field(ledger.cursor, "minute_lines", line, "text_cy")}
        return ledger.add("decisions", values)
    due = resolved.due.stored_text if resolved.due else None
    values |= {"ref": mint_ref(ledger.cursor, "actions", f"{meeting_fields['ref']}/{{n:02}}"), "title": resolved.text}
    values |= {"title_cy": read_field(ledger.cursor, "minute_lines", line, "text_cy")}
    values |= {"lead": resolved.owners[0] if resolved.owners else None, "due": due, "original_due": due}
    values["raised_on"] = day if day and day[:4] != "9999" else today.isoformat()
    action = ledger.add("actions", values)
    set_parties(ledger, action, resolved.owners[1:], PartyRole.SUPPORT)
    return action


def _update_record(ledger: Ledger, table: Table, key: RowKey, line: RowKey, resolved: ResolvedLine) -> None:
    """Change the action or decision; owners and date change only if the line gives them."""
    if table == "decisions":
        welsh = read_field(ledger.cursor, "minute_lines", line, "text_cy")
        ledger.update(table, key, {"text": resolved.text, "text_cy": welsh})
        return
    words = read_fields(ledger.cursor, "minute_lines", line, ("text", "text_cy"))
    titles = {"title": resolved.text, **({"title_cy": words["text_cy"]} if words["text"] == resolved.text else {})}
    ledger.update(table, key, {**titles, **_build_due_values(ledger.cursor, key, resolved)})
    if resolved.owners:
        ledger.update(table, key, {"lead": resolved.owners[0]})
        set_parties(ledger, key, resolved.owners[1:], PartyRole.SUPPORT)


def _build_due_values(cursor: Cursor, key: RowKey, resolved: ResolvedLine) -> dict[str, str]:
    """Return the due date values: the agreed date changes, but a date that has slipped since does not."""
    if resolved.due is None:
        return {}
    stored_dates = read_fields(cursor, "actions", key, ("due", "original_due"))
    slipped = stored_dates["original_due"] and stored_dates["due"] != stored_dates["original_due"]
    agreed = {"original_due": resolved.due.stored_text}
    return agreed if slipped else agreed | {"due": resolved.due.stored_text}
