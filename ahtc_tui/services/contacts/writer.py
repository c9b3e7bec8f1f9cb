"""Adds and changes contacts in the transaction of the caller. Commands, forms and imports use these functions only."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.fields import FIELD_NAMES
from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, OrganisationKind, PartyKind
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput, ErasedBefore, Refused
from ahtc_tui.domain.fields.model import list_columns
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.store.contacts import queries
from ahtc_tui.store.contacts.names import find_shown_address, find_shown_alias
from ahtc_tui.store.contacts.party_lookup import mint_ref
from ahtc_tui.store.privacy.erasure_register import ErasedMarks
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.contacts import ContactDraft
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

TABLES: dict[PartyKind, Table] = {
    PartyKind.PERSON: "people",
    PartyKind.POST: "posts",
    PartyKind.ORGANISATION: "organisations",
}

PARTY_FIELDS = {
    *("name", "name_cy", "short", "area", "email", "phone", "salutation", "postal_address", "source", "note"),
    *list_columns(ContactRow, ContactCard, table="parties"),
}
"""Fields stored in `parties`; the others are stored in the table of the kind."""

SEPARATE_FIELDS = {"kind", "aliases"}
LOOKUPS = {
    "organisation": record_lookup.find_organisation_key,
    "police": record_lookup.find_organisation_key,
    "area": record_lookup.find_area_key,
    "forum_area": record_lookup.find_area_key,
}
"""Fields that name another record, and the function that finds its key."""
COLUMNS_OF_ORGANISATION = {"type": "kind", "organisation": "parent"}
"""Columns of an organisation that are named other than the fields."""


def insert_contact(ledger: Ledger, draft: ContactDraft) -> RowKey:
    """Add a contact under a reference derived from its name, and return its key. Raises BadInput, NotFound."""
    kind = draft.kind or PartyKind.PERSON
    if draft.name is None:
        raise BadInput(_("A contact needs a name."))
    party, own = _build_values(ledger.cursor, draft, kind)
    if kind is PartyKind.ORGANISATION:
        own.setdefault("kind", OrganisationKind.OTHER.value)
    ref = mint_ref(ledger.cursor, draft.name)
    key = ledger.add("parties", {"ref": ref, "kind": kind.value, **party})
    ledger.add(TABLES[kind], own, key)
    if draft.aliases:
        set_aliases(ledger, key, draft.aliases)
    return key


def change_contact(ledger: Ledger, key: RowKey, kind: PartyKind, draft: ContactDraft) -> tuple[str, ...]:
    """Write the given fields of a contact and return the names of those that differed.

    Raises NotFound, BadInput, Refused for another kind or for an organisation that would be its own part.
    """
    if draft.kind is not None and draft.kind is not kind:
        raise Refused(
            _("The kind of a contact cannot be changed. Add a new contact instead of this {kind}.").format(
                kind=kind.label
            )
        )
    party, own = _build_values(ledger.cursor, draft, kind)
    if own.get("parent") is not None and queries.is_under(ledger.cursor, own["parent"], key):
        raise Refused(_("An organisation cannot be part of itself."))
    changed = update_party(ledger, key, party) if party else ()
    changed += ledger.update(TABLES[kind], key, own) if own else ()
    if draft.aliases is not None and set_aliases(ledger, key, draft.aliases):
        changed += ("aliases",)
    return changed


def update_party(ledger: Ledger, key: RowKey, values: dict[str, Any]) -> tuple[str, ...]:
    """Write fields of a party, and return those that differed; name and address correct what is valid today."""
    changed: tuple[str, ...] = ()
    if "name" in values and (alias := find_shown_alias(ledger.cursor, key)):
        changed += ledger.update("aliases", alias, {"name": values.pop("name")})
    if "postal_address" in values and (address := find_shown_address(ledger.cursor, key)):
        changed += ledger.update("addresses", address, {"postal_address": values.pop("postal_address") or ""})
    return changed + ledger.update("parties", key, values) if values else changed


def set_aliases(ledger: Ledger, key: RowKey, names: str) -> bool:
    """Replace the undated aliases of a party by these, separated by semicolons; return whether any changed."""
    new_names = dict.fromkeys(name for part in names.split(";") if (name := part.strip()))
    existing = queries.read_undated_aliases(ledger.cursor, key)
    for name, alias in existing.items():
        if name not in new_names:
            ledger.remove("aliases", alias)
    added = [name for name in new_names if name not in existing]
    for name in added:
        ledger.add("aliases", {"party": key, "name": name})
    return bool(added or set(existing) - set(new_names))


def _build_values(cursor: Cursor, draft: ContactDraft, kind: PartyKind) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the given fields as columns of `parties` and of the table of the kind."""
    for name in draft.given_fields:
        if name not in FIELD_NAMES[kind] and name not in SEPARATE_FIELDS:
            raise BadInput(_('{kind} records have no field "{field}".').format(kind=kind.label, field=name))
    values = record_lookup.resolve_columns(cursor, draft, LOOKUPS, SEPARATE_FIELDS)
    if draft.other_roles:
        roles = [role for part in draft.other_roles.split(";") if (role := part.strip())]
        values["other_roles"] = json.dumps(roles, ensure_ascii=False)
    columns = COLUMNS_OF_ORGANISATION if kind is PartyKind.ORGANISATION else {}
    party = {name: value for name, value in values.items() if name in PARTY_FIELDS}
    return party, {columns.get(name, name): value for name, value in values.items() if name not in PARTY_FIELDS}


def refuse_erased(cursor: Cursor, draft: ContactDraft) -> None:
    """Raise ErasedBefore where a new person has the name or e-mail address of an erased person."""
    if draft.kind not in (None, PartyKind.PERSON):
        return
    day = ErasedMarks(cursor).find_day((draft.name, draft.email))
    if day is not None:
        sentence = _("A person with this name or address was erased on {day}.")
        raise ErasedBefore(sentence.format(day=format_long_date(date.fromisoformat(day))))
