"""Fields of imported contacts, and the normal form of phone numbers."""

from __future__ import annotations

import re
from typing import Any

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.imports.contacts import ImportedContact
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.imports.contacts import STATED, RegisterEntry

CONTACT_FIELDS = {
    PartyKind.PERSON: ("name", "email", "phone", "role", "postnominal", "language", "organisation", *STATED),
    PartyKind.POST: ("name", "email", "phone", "organisation", *STATED),
    PartyKind.ORGANISATION: ("name", "email", "phone", *STATED),
}
"""Fields that an import can set, by kind of contact."""


def contact_values(contact: ImportedContact, entry: RegisterEntry, organisation: RowKey | None) -> dict[str, Any]:
    """Return the values of an imported contact for the fields of an entry; None where it has none."""
    email, phone = pick_addresses(contact)
    values = {
        "name": contact.name,
        "email": email,
        "phone": phone,
        "role": contact.role or None,
        "postnominal": contact.postnominal or None,
        "language": read_language(contact),
        "organisation": organisation,
        **{name: contact.stated.get(name) for name in STATED},
    }
    return {name: values[name] for name in CONTACT_FIELDS[entry.kind]}


def pick_addresses(contact: ImportedContact) -> tuple[str | None, str | None]:
    """Return the first e-mail address and the first phone number, or None for each."""
    return next(iter(contact.emails), None), next((phone[:100] for phone in contact.phones), None)


def list_left_out(contact: ImportedContact) -> list[str]:
    """Return further addresses and numbers, for which the register has no field."""
    kept = pick_addresses(contact)
    return [text for text in (*contact.emails[1:], *contact.phones[1:]) if text not in kept]


def read_language(contact: ImportedContact) -> str | None:
    """Return the preferred language if it is "en" or "cy"."""
    return contact.language if contact.language in ("en", "cy") else None


def normalize_phone(phone: str) -> str:
    """Return the digits of a phone number, with 0 for the prefix of the United Kingdom."""
    bare = re.sub(r"[^0-9+]", "", phone.replace("(0)", ""))
    return re.sub(r"^(\+44|0044)", "0", bare)
