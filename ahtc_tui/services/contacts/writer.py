"""Adds and changes contacts in the transaction of the caller. Commands, forms and imports use these functions only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.contact_points import (
    OTHER_FIELDS,
    POINT_COLUMNS,
    has_point,
    list_other_points,
    normalize_point,
    read_point,
    read_points,
)
from ahtc_tui.domain.contacts.fields import FIELD_NAMES
from ahtc_tui.domain.contacts.model import ContactCard, ContactPoint, ContactRow, OrganisationKind, PartyKind
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput, ErasedBefore, NotFound, Refused
from ahtc_tui.domain.fields.model import list_columns
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.store.contacts import queries
from ahtc_tui.store.contacts.contact_points import list_point_rows
from ahtc_tui.store.contacts.contact_points import read_points as read_stored_points
from ahtc_tui.store.contacts.names import find_shown_address, find_shown_alias
from ahtc_tui.store.contacts.party_lookup import Party, mint_ref
from ahtc_tui.store.privacy.erasure_register import ErasedMarks
from ahtc_tui.store.records.cursor import Table

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
    *("name", "name_cy", "short", "area", "salutation", "postal_address", "source", "note"),
    *list_columns(ContactRow, ContactCard, table="parties"),
}
"""Fields stored in `parties`; the others are stored in the table of the kind."""

SEPARATE_FIELDS = {"kind", "aliases", *POINT_COLUMNS, *OTHER_FIELDS}
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
    typed = draft.given_fields
    party |= {name: read_point(str(typed[name]), name).value for name in POINT_COLUMNS if typed.get(name)}
    key = ledger.add("parties", {"ref": ref, "kind": kind.value, **party})
    ledger.add(TABLES[kind], own, key)
    if draft.aliases:
        set_aliases(ledger, key, draft.aliases)
    write_point_fields(ledger, key, typed)
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
    return changed + write_point_fields(ledger, key, draft.given_fields)


def update_party(ledger: Ledger, key: RowKey, values: dict[str, Any]) -> tuple[str, ...]:
    """Write fields of a party, and return those that differed; names and address correct what is valid today."""
    changed: tuple[str, ...] = ()
    names = [name for name in ("name", "name_cy") if name in values]
    if names and (alias := find_shown_alias(ledger.cursor, key)):
        changed += ledger.update("aliases", alias, {name: values.pop(name) or "" for name in names})
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


def write_point_fields(ledger: Ledger, key: RowKey, fields: Mapping[str, object]) -> tuple[str, ...]:
    """Write the given ones of `email`, `other_emails`, `phone` and `other_phones`; return the columns that changed.

    A preferred value that was another one before changes places with it; an empty one makes the next one preferred.
    """
    changed: tuple[str, ...] = ()
    for other_field, column in OTHER_FIELDS.items():
        if column not in fields and other_field not in fields:
            continue
        points = read_stored_points(ledger.cursor, key)[column]
        first, others = points[:1], list_other_points(points)
        if not (first and first[0].preferred):
            first = ()
        if column in fields:
            typed = str(fields[column] or "")
            preferred = (read_point(typed, column),) if typed else ()
            if preferred and has_point(others, preferred[0].value):
                others = (*others, *first)
            first = preferred
        if other_field in fields:
            others = read_points(str(fields[other_field] or ""), column)
        changed += write_points(ledger, key, column, (*first, *others))
    return changed


def change_points(
    ledger: Ledger, party: Party, added: Iterable[tuple[str, str]], removed: Iterable[tuple[str, str]]
) -> None:
    """Add and remove single telephone numbers and email addresses, each as its field and its text.

    One that is there already takes the kind of the text. Raises BadInput, NotFound for one to remove that is not there.
    """
    for column, text in (*removed, *added):
        point = read_point(text, column)
        points = read_stored_points(ledger.cursor, party.key)[column]
        rest = tuple(known for known in points if not has_point((known,), point.value))
        if (column, text) in added:
            rest = tuple(point if has_point((known,), point.value) else known for known in points)
            rest = rest if has_point(rest, point.value) else (*rest, point)
        elif rest == points:
            sentence = _('{ref} does not have "{value}". Show what it has with `contacts show {ref}`.')
            raise NotFound(sentence.format(ref=party.ref, value=point.value))
        write_points(ledger, party.key, column, rest)


def write_points(ledger: Ledger, key: RowKey, column: str, points: Iterable[ContactPoint]) -> tuple[str, ...]:
    """Make these the email addresses or telephone numbers of a party, the first one preferred.

    Return the column if any changed.
    """
    wanted: dict[str, ContactPoint] = {}
    for point in points:
        wanted.setdefault(normalize_point(point.value), point)
    first = next(iter(wanted), None)
    changed = ledger.update("parties", key, {column: wanted[first].value if first else None})
    if first and wanted[first].kind is None:
        del wanted[first]
    for row in list_point_rows(ledger.cursor, key):
        if not (value := getattr(row, column)):
            continue
        name = normalize_point(value)
        if name not in wanted:
            ledger.remove("contact_points", row.key)
            changed += (column,)
        else:
            point = wanted.pop(name)
            kind = point.kind.value if point.kind else None
            changed += ledger.update("contact_points", row.key, {column: point.value, "kind": kind})
    for point in wanted.values():
        kind = point.kind.value if point.kind else None
        ledger.add("contact_points", {"party": key, column: point.value, "kind": kind})
        changed += (column,)
    return (column,) if changed else ()


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
    emails = read_points("; ".join(filter(None, (draft.email, draft.other_emails))), "email")
    day = ErasedMarks(cursor).find_day((draft.name, *(point.value for point in emails)))
    if day is not None:
        sentence = _("A person with this name or address was erased on {day}.")
        raise ErasedBefore(sentence.format(day=format_long_date(date.fromisoformat(day))))
