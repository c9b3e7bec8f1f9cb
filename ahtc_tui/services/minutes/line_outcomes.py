"""What a line of the minutes makes: an action of the log or a decision of the register. Never the line itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import PartRole
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.meetings.model import LineKind
from ahtc_tui.services.actions.child_records import put_helpers
from ahtc_tui.services.record_lookup import PEOPLE
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.records.fields import field_of, fields_of, naming
from ahtc_tui.store.records.references import mint

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.minutes.model import SpokenLine
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

TABLES = {LineKind.ACTION: "actions", LineKind.DECISION: "decisions"}


@dataclass(frozen=True, slots=True)
class Said:
    """A line with the parties that its names mean."""

    kind: LineKind
    text: str
    """The words; a name that means nobody, or several, stays in them."""
    owners: tuple[bytes, ...]
    due: DateAsKnown | None


def understood(cursor: Cursor, spoken: SpokenLine) -> Said:
    """A typed line with its owners looked up."""
    found, lost = [], []
    for word in spoken.owners:
        try:
            found.append(find_party(cursor, word.replace(".", " "), PEOPLE).key)
        except (NotFound, BadInput):
            lost.append(f"@{word}")
    return Said(spoken.kind, " ".join((spoken.text, *lost)), tuple(dict.fromkeys(found)), spoken.due)


def make(ledger: Ledger, meeting: bytes, line: bytes, said: Said, today: date) -> None:
    """Make what a line of this kind makes; what the same line made before comes back with its reference."""
    if said.kind not in TABLES:
        return
    table = TABLES[said.kind]
    gone = naming(ledger.cursor, table, "line", line, removed=True)
    if gone:
        ledger.restore(table, gone[-1])
        _say(ledger, table, gone[-1], line, said)
    made = gone[-1] if gone else _new(ledger, meeting, line, said, today)
    if said.kind is LineKind.ACTION:
        ledger.change("minute_lines", line, {"action": made})


def say_again(ledger: Ledger, line: bytes, said: Said) -> None:
    """The action or decision of a line says what the line says now, and keeps its reference."""
    for table in TABLES.values():
        for key in naming(ledger.cursor, table, "line", line):
            _say(ledger, table, key, line, said)


def take_away(ledger: Ledger, line: bytes) -> None:
    """Remove what a line made."""
    for table in TABLES.values():
        for key in naming(ledger.cursor, table, "line", line):
            ledger.remove(table, key)


def _new(ledger: Ledger, meeting: bytes, line: bytes, said: Said, today: date) -> bytes:
    held = fields_of(ledger.cursor, "meetings", meeting, ("ref", "number", "group", "day"))
    number, day = held["number"], held["day"]
    made: dict[str, Any] = {"meeting": meeting, "group": held["group"], "line": line}
    if said.kind is LineKind.DECISION:
        year = (day or today.isoformat())[:4]
        pattern = f"D-{year}-{number:02}/{{n}}" if number else f"D-{year}/{{n}}"
        made |= {"ref": mint(ledger.cursor, "decisions", pattern), "decided_on": day}
        made |= {"text": said.text, "text_cy": field_of(ledger.cursor, "minute_lines", line, "text_cy")}
        return ledger.add("decisions", made)
    due = said.due.stored if said.due else None
    made |= {"ref": mint(ledger.cursor, "actions", f"{held['ref']}/{{n:02}}"), "title": said.text}
    made |= {"lead": said.owners[0] if said.owners else None, "due": due, "original_due": due}
    made["raised_on"] = day if day and day[:4] != "9999" else today.isoformat()
    action = ledger.add("actions", made)
    put_helpers(ledger, action, said.owners[1:], PartRole.SUPPORT)
    return action


def _say(ledger: Ledger, table: str, key: bytes, line: bytes, said: Said) -> None:
    """Owners and date only where the words name them."""
    if table == "decisions":
        welsh = field_of(ledger.cursor, "minute_lines", line, "text_cy")
        ledger.change(table, key, {"text": said.text, "text_cy": welsh})
        return
    ledger.change(table, key, {"title": said.text, **_agreed_due(ledger.cursor, key, said)})
    if said.owners:
        ledger.change(table, key, {"lead": said.owners[0]})
        put_helpers(ledger, key, said.owners[1:], PartRole.SUPPORT)


def _agreed_due(cursor: Cursor, key: bytes, said: Said) -> dict[str, str]:
    """Putting the minutes right puts right what was agreed; a date that slipped since stays where it is."""
    if said.due is None:
        return {}
    stands = fields_of(cursor, "actions", key, ("due", "original_due"))
    slipped = stands["original_due"] and stands["due"] != stands["original_due"]
    agreed = {"original_due": said.due.stored}
    return agreed if slipped else agreed | {"due": said.due.stored}
