"""A seat as records: new ones, changed fields, and who is named for it, within somebody else's transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.contacts.post_holders import find_day_before, format_stored_term
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.groups import seats as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.groups import SeatDraft
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

SEAT_FIELDS = ("role", "voting", "on_behalf_of", "basis", "note")
"""Fields of the seat itself, but for its dates; the others say who comes."""


class Member(NamedTuple):
    """Whose a seat is: a party of the register, or a class of organisations by its words."""

    party: RowKey | None
    org_class: str | None
    slug: str


def insert_seat(ledger: Ledger, group: RowKey, ref: str, member: Member, draft: SeatDraft) -> RowKey:
    """A new seat, with its term counted where the member had one before."""
    values = _build_values(ledger.cursor, draft)
    values["from_on"], values["to_on"] = format_stored_term(draft.from_on, draft.to_on)
    values.setdefault("role", SeatRole.MEMBER.value)
    earlier = stored.count_terms(ledger.cursor, group, member.party, member.org_class)
    if earlier:
        values["term"] = earlier + 1
    identity = {"ref": stored.mint_ref(ledger.cursor, ref), "group": group}
    return ledger.add("seats", {**values, **identity, "party": member.party, "org_class": member.org_class})


def change_seat(ledger: Ledger, key: RowKey, draft: SeatDraft) -> None:
    """Write the given fields of a seat."""
    values = _build_values(ledger.cursor, draft)
    dates: dict[str, DateAsKnown | None] = {
        name: getattr(draft, name) for name in ("from_on", "to_on") if name in draft.given_fields
    }
    if values:
        ledger.update("seats", key, values)
    if dates:
        set_term(ledger, key, dates)


def set_term(ledger: Ledger, key: RowKey, dates: dict[str, DateAsKnown | None]) -> None:
    """Write one or both ends of a seat's term. Raises BadInput where it would end before it begins."""
    before = stored.read_stored_seat(ledger.cursor, key)
    term_dates = {name: dates.get(name, read_stored_date(before[name])) for name in ("from_on", "to_on")}
    first, last = format_stored_term(term_dates["from_on"], term_dates["to_on"])
    ledger.update("seats", key, {"from_on": first, "to_on": last})


def _build_values(cursor: Cursor, draft: SeatDraft) -> dict[str, Any]:
    """The given fields of the seat itself as the table stores them, but for its dates."""
    values: dict[str, Any] = {}
    for name in SEAT_FIELDS:
        if name not in draft.given_fields:
            continue
        value = getattr(draft, name)
        if name == "on_behalf_of":
            value = record_lookup.find_party_key(cursor, value)
        elif name == "voting":
            value = None if value is None else int(value)
        values[name] = str(value) if name == "role" else (value if value != "" else None)
    return values


def write_occupants(ledger: Ledger, seat: RowKey, draft: SeatDraft, today: date) -> None:
    """Name who comes for a body, which ends whoever came before; and a deputy, beside those there are."""
    occupancies = stored.read_occupancies(ledger.cursor, seat, today)
    if draft.deputy:
        first, last = format_stored_term(draft.deputy_from, draft.deputy_to)
        person = find_party(ledger.cursor, draft.deputy, ("person",)).key
        values = {"rule": draft.deputy_rule or None, "from_on": first, "to_on": last}
        existing = [
            occupancy["id"] for occupancy in occupancies if occupancy["person"] == person and occupancy["deputy"]
        ]
        if existing:
            ledger.update(
                "occupancies", existing[0], {name: value for name, value in values.items() if value} or values
            )
        else:
            ledger.add("occupancies", {**values, "seat": seat, "person": person, "deputy": 1})
    if draft.person is not None:
        _write_occupant(ledger, seat, draft, [occupancy for occupancy in occupancies if not occupancy["deputy"]], today)


def _write_occupant(
    ledger: Ledger, seat: RowKey, draft: SeatDraft, occupancies: list[dict[str, Any]], today: date
) -> None:
    """Somebody comes for a body from the first day that is given, else from today; nobody, where no name is given."""
    person = find_party(ledger.cursor, draft.person, ("person",)).key if draft.person else None
    begins = draft.from_on or DateAsKnown(today)
    ends = find_day_before(begins).stored_text
    for occupancy in occupancies:
        if occupancy["person"] == person:
            return
        if occupancy["from_on"] and occupancy["from_on"] > ends:
            ledger.remove("occupancies", occupancy["id"])
        else:
            ledger.update("occupancies", occupancy["id"], {"to_on": ends})
    if person:
        since = begins.stored_text if draft.from_on or occupancies else None
        ledger.add("occupancies", {"seat": seat, "person": person, "from_on": since})
