"""A seat as records: new ones, changed fields, and who is named for it, within somebody else's transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.contacts.post_holders import day_before, term
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, from_stored
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.services import record_lookup
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.groups import seats as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.groups import SeatDraft
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

OWN = ("role", "voting", "on_behalf_of", "basis", "note")
"""Fields of the seat itself, but for its dates; the others say who comes."""


class Member(NamedTuple):
    """Whose a seat is: a party of the register, or a class of organisations by its words."""

    party: bytes | None
    org_class: str | None
    slug: str


def make(ledger: Ledger, group: bytes, ref: str, whose: Member, draft: SeatDraft) -> bytes:
    """A new seat, with its term counted where the member had one before."""
    values = _columns(ledger.cursor, draft)
    values["from_on"], values["to_on"] = term(draft.from_on, draft.to_on)
    values.setdefault("role", SeatRole.MEMBER.value)
    earlier = stored.terms(ledger.cursor, group, whose.party, whose.org_class)
    if earlier:
        values["term"] = earlier + 1
    identity = {"ref": stored.free_ref(ledger.cursor, ref), "group": group}
    return ledger.add("seats", {**values, **identity, "party": whose.party, "org_class": whose.org_class})


def change(ledger: Ledger, key: bytes, draft: SeatDraft) -> None:
    """Write the given fields of a seat."""
    values = _columns(ledger.cursor, draft)
    dates: dict[str, DateAsKnown | None] = {
        name: getattr(draft, name) for name in ("from_on", "to_on") if name in draft.given
    }
    if values:
        ledger.change("seats", key, values)
    if dates:
        set_term(ledger, key, dates)


def set_term(ledger: Ledger, key: bytes, dates: dict[str, DateAsKnown | None]) -> None:
    """Write one or both ends of a seat's term. Raises BadInput where it would end before it begins."""
    before = stored.stored_seat(ledger.cursor, key)
    both = {name: dates.get(name, from_stored(before[name])) for name in ("from_on", "to_on")}
    first, last = term(both["from_on"], both["to_on"])
    ledger.change("seats", key, {"from_on": first, "to_on": last})


def _columns(cursor: Cursor, draft: SeatDraft) -> dict[str, Any]:
    """The given fields of the seat itself as the table stores them, but for its dates."""
    values: dict[str, Any] = {}
    for name in OWN:
        if name not in draft.given:
            continue
        value = getattr(draft, name)
        if name == "on_behalf_of":
            value = record_lookup.party(cursor, value)
        elif name == "voting":
            value = None if value is None else int(value)
        values[name] = str(value) if name == "role" else (value if value != "" else None)
    return values


def name_people(ledger: Ledger, seat: bytes, draft: SeatDraft, today: date) -> None:
    """Name who comes for a body, which ends whoever came before; and a deputy, beside those there are."""
    named = stored.occupancies(ledger.cursor, seat, today)
    if draft.deputy:
        first, last = term(draft.deputy_from, draft.deputy_to)
        who = find_party(ledger.cursor, draft.deputy, ("person",)).key
        values = {"rule": draft.deputy_rule or None, "from_on": first, "to_on": last}
        same = [one["id"] for one in named if one["person"] == who and one["deputy"]]
        if same:
            ledger.change("occupancies", same[0], {name: value for name, value in values.items() if value} or values)
        else:
            ledger.add("occupancies", {**values, "seat": seat, "person": who, "deputy": 1})
    if draft.person is not None:
        _name(ledger, seat, draft, [one for one in named if not one["deputy"]], today)


def _name(ledger: Ledger, seat: bytes, draft: SeatDraft, named: list[dict[str, Any]], today: date) -> None:
    """Somebody comes for a body from the first day that is given, else from today; nobody, where no name is given."""
    who = find_party(ledger.cursor, draft.person, ("person",)).key if draft.person else None
    begins = draft.from_on or DateAsKnown(today)
    ends = day_before(begins).stored
    for one in named:
        if one["person"] == who:
            return
        if one["from_on"] and one["from_on"] > ends:
            ledger.remove("occupancies", one["id"])
        else:
            ledger.change("occupancies", one["id"], {"to_on": ends})
    if who:
        since = begins.stored if draft.from_on or named else None
        ledger.add("occupancies", {"seat": seat, "person": who, "from_on": since})
