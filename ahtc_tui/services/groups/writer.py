"""A group as records: new ones, changed fields, its chair and its terms, within somebody else's transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.post_holders import find_day_before
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.groups.model import GroupKind, GroupState, SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts.writer import find_area_key, set_aliases
from ahtc_tui.store.contacts.party_lookup import find_party, mint_ref
from ahtc_tui.store.groups import chairs_and_terms
from ahtc_tui.store.groups import seats as stored_seats
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.groups import GroupDraft, TermsDraft
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

PARTY_FIELDS = {"name", "name_cy", "short", "area", "source", "note"}
"""Fields that stand in the common part."""

ORGANISATION_FIELDS = {"owner", "lead"}
GROUP_FIELDS = {"parent", "predecessor"}
SEPARATE_FIELDS = {"aliases", "chair"}


def insert_group(ledger: Ledger, draft: GroupDraft, today: date) -> RowKey:
    """A new group under a reference made of its name; returns its key."""
    party, own = _build_values(ledger.cursor, draft)
    ref = mint_ref(ledger.cursor, draft.name or "")
    key = ledger.add("parties", {"ref": ref, "kind": "group", **party})
    ledger.add("groups", {"kind": GroupKind.FORUM.value, "state": GroupState.ACTIVE.value, **own}, key)
    _write_aliases_and_chair(ledger, key, ref, draft, today)
    return key


def change_group(ledger: Ledger, key: RowKey, ref: str, draft: GroupDraft, today: date) -> None:
    """Write the given fields of one group. Raises Refused where it would stand under or come after itself."""
    party, own = _build_values(ledger.cursor, draft)
    for column in GROUP_FIELDS:
        related = own.get(column)
        if related is not None and chairs_and_terms.is_under(ledger.cursor, related, key, column):
            raise Refused(_("A group cannot be a part of itself, or come after itself."))
    if party:
        ledger.update("parties", key, party)
    if own:
        ledger.update("groups", key, own)
    _write_aliases_and_chair(ledger, key, ref, draft, today)


def _write_aliases_and_chair(ledger: Ledger, key: RowKey, ref: str, draft: GroupDraft, today: date) -> None:
    if draft.aliases is not None:
        set_aliases(ledger, key, draft.aliases)
    if "chair" in draft.given_fields:
        set_chair(ledger, key, ref, draft.chair, None, today)


def set_chair(ledger: Ledger, key: RowKey, ref: str, words: str | None, first: DateAsKnown | None, today: date) -> None:
    """Give a group its chair: a seat, and the end of the seat of whoever had it.

    Without a first day it is today where somebody had the chair before, and not known where nobody had.
    """
    chair = find_party(ledger.cursor, words, ("person", "post", "organisation")) if words else None
    previous = chairs_and_terms.find_chair(ledger.cursor, key)
    seats = stored_seats.read_chair_seats(ledger.cursor, key, today)
    if chair and any(party == chair.key for _seat, party in seats):
        ledger.update("groups", key, {"chair": chair.key})
        return
    ended = find_day_before(first or DateAsKnown(today)).stored_text
    for seat, _party in seats:
        ledger.update("seats", seat, {"to_on": ended})
    if previous and not seats:
        _keep_former_chair(ledger, key, ref, previous, ended)
    ledger.update("groups", key, {"chair": chair.key if chair else None})
    if chair:
        values = {"group": key, "party": chair.key, "role": SeatRole.CHAIR.value}
        values["ref"] = stored_seats.mint_ref(ledger.cursor, f"{ref}/{chair.ref}")
        begins = first or (DateAsKnown(today) if previous or seats else None)
        ledger.add("seats", {**values, "from_on": begins.stored_text if begins else None})


def _keep_former_chair(ledger: Ledger, key: RowKey, ref: str, chair: RowKey, ended: str) -> None:
    """A chair that was only named on the group becomes a seat that is over, so that it is not forgotten."""
    slug = read_field(ledger.cursor, "parties", chair, "ref")
    values = {"group": key, "party": chair, "role": SeatRole.CHAIR.value, "to_on": ended}
    ledger.add("seats", {**values, "ref": stored_seats.mint_ref(ledger.cursor, f"{ref}/{slug}")})


def write_terms(ledger: Ledger, key: RowKey, draft: TermsDraft) -> bool:
    """Add a version of a group's terms of reference, or write to the one with that name; whether it is new."""
    fields = {name: value for name, value in draft.given_fields.items() if name != "version"}
    values = {
        name: value.stored_text if isinstance(value, DateAsKnown) else value or None for name, value in fields.items()
    }
    existing = chairs_and_terms.find_version(ledger.cursor, key, draft.version)
    if existing:
        ledger.update("terms_of_reference", existing, values)
    else:
        ledger.add("terms_of_reference", {"group": key, "version": draft.version, **values})
    return existing is None


def _build_values(cursor: Cursor, draft: GroupDraft) -> tuple[dict[str, Any], dict[str, Any]]:
    """The given fields as the two tables store them: the common part, and what only a group has."""
    party: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for name, value in draft.given_fields.items():
        if name not in SEPARATE_FIELDS:
            column = "lead_organisation" if name == "lead" else name
            (party if name in PARTY_FIELDS else own)[column] = _resolve_value(cursor, name, value)
    return party, own


def _resolve_value(cursor: Cursor, field: str, value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if not value:
        return None
    if field in GROUP_FIELDS:
        return record_lookup.find_group_key(cursor, value)
    if field in ORGANISATION_FIELDS:
        return record_lookup.find_organisation_key(cursor, value)
    if field == "area":
        return find_area_key(cursor, value)
    return value if isinstance(value, int) else str(value)
