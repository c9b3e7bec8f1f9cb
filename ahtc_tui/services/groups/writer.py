"""A group as records: new ones, changed fields, its chair and its terms, within somebody else's transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.post_holders import day_before
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.groups.model import GroupKind, GroupState, SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts.writer import area, set_aliases
from ahtc_tui.store.contacts.party_lookup import find_party, new_ref
from ahtc_tui.store.groups import chairs_and_terms
from ahtc_tui.store.groups import seats as stored_seats
from ahtc_tui.store.records.fields import field_of

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.groups import GroupDraft, TermsDraft
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

OF_PARTY = {"name", "name_cy", "short", "area", "source", "note"}
"""Fields that stand in the common part."""

ORGANISATIONS = {"owner", "lead"}
GROUPS = {"parent", "predecessor"}
APART = {"aliases", "chair"}


def make(ledger: Ledger, draft: GroupDraft, today: date) -> bytes:
    """A new group under a reference made of its name; returns its key."""
    party, own = _columns(ledger.cursor, draft)
    ref = new_ref(ledger.cursor, draft.name or "")
    key = ledger.add("parties", {"ref": ref, "kind": "group", **party})
    ledger.add("groups", {"kind": GroupKind.FORUM.value, "state": GroupState.ACTIVE.value, **own}, key)
    _apart(ledger, key, ref, draft, today)
    return key


def change(ledger: Ledger, key: bytes, ref: str, draft: GroupDraft, today: date) -> None:
    """Write the given fields of one group. Raises Refused where it would stand under or come after itself."""
    party, own = _columns(ledger.cursor, draft)
    for column in GROUPS:
        other = own.get(column)
        if other is not None and chairs_and_terms.stands_under(ledger.cursor, other, key, column):
            raise Refused(_("A group cannot be a part of itself, or come after itself."))
    if party:
        ledger.change("parties", key, party)
    if own:
        ledger.change("groups", key, own)
    _apart(ledger, key, ref, draft, today)


def _apart(ledger: Ledger, key: bytes, ref: str, draft: GroupDraft, today: date) -> None:
    if draft.aliases is not None:
        set_aliases(ledger, key, draft.aliases)
    if "chair" in draft.given:
        set_chair(ledger, key, ref, draft.chair, None, today)


def set_chair(ledger: Ledger, key: bytes, ref: str, words: str | None, first: DateAsKnown | None, today: date) -> None:
    """Give a group its chair: a seat, and the end of the seat of whoever had it.

    Without a first day it is today where somebody had the chair before, and not known where nobody had.
    """
    chair = find_party(ledger.cursor, words, ("person", "post", "organisation")) if words else None
    before = chairs_and_terms.chair_of(ledger.cursor, key)
    seats = stored_seats.chair_seats(ledger.cursor, key, today)
    if chair and any(party == chair.key for _seat, party in seats):
        ledger.change("groups", key, {"chair": chair.key})
        return
    ended = day_before(first or DateAsKnown(today)).stored
    for seat, _party in seats:
        ledger.change("seats", seat, {"to_on": ended})
    if before and not seats:
        _remember(ledger, key, ref, before, ended)
    ledger.change("groups", key, {"chair": chair.key if chair else None})
    if chair:
        values = {"group": key, "party": chair.key, "role": SeatRole.CHAIR.value}
        values["ref"] = stored_seats.free_ref(ledger.cursor, f"{ref}/{chair.ref}")
        begins = first or (DateAsKnown(today) if before or seats else None)
        ledger.add("seats", {**values, "from_on": begins.stored if begins else None})


def _remember(ledger: Ledger, key: bytes, ref: str, chair: bytes, ended: str) -> None:
    """A chair that was only named on the group becomes a seat that is over, so that it is not forgotten."""
    slug = field_of(ledger.cursor, "parties", chair, "ref")
    values = {"group": key, "party": chair, "role": SeatRole.CHAIR.value, "to_on": ended}
    ledger.add("seats", {**values, "ref": stored_seats.free_ref(ledger.cursor, f"{ref}/{slug}")})


def write_terms(ledger: Ledger, key: bytes, draft: TermsDraft) -> bool:
    """Add a version of a group's terms of reference, or write to the one with that name; whether it is new."""
    given = {name: value for name, value in draft.given.items() if name != "version"}
    values = {name: value.stored if isinstance(value, DateAsKnown) else value or None for name, value in given.items()}
    standing = chairs_and_terms.version_key(ledger.cursor, key, draft.version)
    if standing:
        ledger.change("terms_of_reference", standing, values)
    else:
        ledger.add("terms_of_reference", {"group": key, "version": draft.version, **values})
    return standing is None


def _columns(cursor: Cursor, draft: GroupDraft) -> tuple[dict[str, Any], dict[str, Any]]:
    """The given fields as the two tables store them: the common part, and what only a group has."""
    party: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for name, value in draft.given.items():
        if name not in APART:
            column = "lead_organisation" if name == "lead" else name
            (party if name in OF_PARTY else own)[column] = _value(cursor, name, value)
    return party, own


def _value(cursor: Cursor, field: str, value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if not value:
        return None
    if field in GROUPS:
        return record_lookup.group(cursor, value)
    if field in ORGANISATIONS:
        return find_party(cursor, value, ("organisation",)).key
    if field == "area":
        return area(cursor, value)
    return value if isinstance(value, int) else str(value)
