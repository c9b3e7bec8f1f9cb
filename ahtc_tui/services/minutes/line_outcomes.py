"""What a line of the minutes makes: an action of the log or a decision of the register. Never the line itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import PartyRole
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import LineKind
from ahtc_tui.services.actions.writer import set_parties
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.records.fields import list_referrers, read_field, read_fields
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.minutes.model import TypedLine
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

TABLES = {LineKind.ACTION: "actions", LineKind.DECISION: "decisions"}


@dataclass(frozen=True, slots=True)
class ResolvedLine:
    """A line with the parties that its names mean."""

    kind: LineKind
    text: str
    """The words; a name that means nobody, or several, stays in them."""
    owners: tuple[RowKey, ...]
    due: DateAsKnown | None


def resolve_line(cursor: Cursor, spoken: TypedLine) -> ResolvedLine:
    """A typed line with its owners looked up."""
    owners, unresolved = [], []
    for word in spoken.owners:
        try:
            owners.append(find_party(cursor, word.replace(".", " "), CONTACT_KINDS).key)
        except (NotFound, BadInput):
            unresolved.append(f"@{word}")
    return ResolvedLine(spoken.kind, " ".join((spoken.text, *unresolved)), tuple(dict.fromkeys(owners)), spoken.due)


def create_outcome(ledger: Ledger, meeting: RowKey, line: RowKey, resolved: ResolvedLine, today: date) -> None:
    """Make what a line of this kind makes; what the same line made before comes back with its reference."""
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


def update_outcome(ledger: Ledger, line: RowKey, resolved: ResolvedLine) -> None:
    """The action or decision of a line says what the line says now, and keeps its reference."""
    for table in TABLES.values():
        for key in list_referrers(ledger.cursor, table, "line", line):
            _update_record(ledger, table, key, line, resolved)


def remove_outcome(ledger: Ledger, line: RowKey) -> None:
    """Remove what a line made."""
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
    values |= {"lead": resolved.owners[0] if resolved.owners else None, "due": due, "original_due": due}
    values["raised_on"] = day if day and day[:4] != "9999" else today.isoformat()
    action = ledger.add("actions", values)
    set_parties(ledger, action, resolved.owners[1:], PartyRole.SUPPORT)
    return action


def _update_record(ledger: Ledger, table: str, key: RowKey, line: RowKey, resolved: ResolvedLine) -> None:
    """Owners and date only where the words name them."""
    if table == "decisions":
        welsh = read_field(ledger.cursor, "minute_lines", line, "text_cy")
        ledger.update(table, key, {"text": resolved.text, "text_cy": welsh})
        return
    ledger.update(table, key, {"title": resolved.text, **_build_due_values(ledger.cursor, key, resolved)})
    if resolved.owners:
        ledger.update(table, key, {"lead": resolved.owners[0]})
        set_parties(ledger, key, resolved.owners[1:], PartyRole.SUPPORT)


def _build_due_values(cursor: Cursor, key: RowKey, resolved: ResolvedLine) -> dict[str, str]:
    """Putting the minutes right puts right what was agreed; a date that slipped since stays where it is."""
    if resolved.due is None:
        return {}
    stored_dates = read_fields(cursor, "actions", key, ("due", "original_due"))
    slipped = stored_dates["original_due"] and stored_dates["due"] != stored_dates["original_due"]
    agreed = {"original_due": resolved.due.stored_text}
    return agreed if slipped else agreed | {"due": resolved.due.stored_text}
