"""Fields of imported contacts."""

from __future__ import annotations

from typing import Any

from ahtc_tui.domain.contacts.contact_points import OTHER_FIELDS, POINT_COLUMNS, format_points
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.imports.contacts import ImportedContact
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.imports.contacts import STATED, RegisterEntry

POINT_FIELDS = (*POINT_COLUMNS, *OTHER_FIELDS)
CONTACT_FIELDS = {
    PartyKind.PERSON: ("name", *POINT_FIELDS, "role", "postnominal", "language", "organisation", *STATED),
    PartyKind.POST: ("name", *POINT_FIELDS, "organisation", *STATED),
    PartyKind.ORGANISATION: ("name", *POINT_FIELDS, *STATED),
}
"""Fields that an import can set, by kind of contact."""


def contact_values(contact: ImportedContact, entry: RegisterEntry, organisation: RowKey | None) -> dict[str, Any]:
    """Return the values of an imported contact for the fields of an entry; None where it has none."""
    values = {
        "name": contact.name,
        **point_values(contact),
        "role": contact.role or None,
        "postnominal": contact.postnominal or None,
        "language": read_language(contact),
        "organisation": organisation,
        **{name: contact.stated.get(name) for name in STATED},
    }
    return {name: values[name] for name in CONTACT_FIELDS[entry.kind]}


def point_values(contact: ImportedContact) -> dict[str, str | None]:
    """Return the first email address and telephone number, and the others of each; None where there is none."""
    values: dict[str, str | None] = {}
    for other_field, column in OTHER_FIELDS.items():
        points = contact.list_points(column)
        values[column] = points[0].value if points else None
        values[other_field] = format_points(points[1:]) or None
    return values


def read_language(contact: ImportedContact) -> str | None:
    """Return the preferred language if it is "en" or "cy"."""
    return contact.language if contact.language in ("en", "cy") else None
