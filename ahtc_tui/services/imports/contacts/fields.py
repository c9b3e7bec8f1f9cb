"""The fields of a contact that a card can say, and how two numbers are compared."""

from __future__ import annotations

import re
from typing import Any

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.imports.contacts import ImportedContact
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.imports.contacts import RegisterEntry

CONTACT_FIELDS = {
    PartyKind.PERSON: ("name", "email", "phone", "role", "postnominal", "language", "organisation"),
    PartyKind.POST: ("name", "email", "phone", "organisation"),
    PartyKind.ORGANISATION: ("name", "email", "phone"),
}
"""The fields of each kind that a card can say."""


def contact_values(contact: ImportedContact, entry: RegisterEntry, organisation: RowKey | None) -> dict[str, Any]:
    """What a card says of the fields that an entry has; None where it says nothing."""
    email, phone = pick_addresses(contact)
    values = {
        "name": contact.name,
        "email": email,
        "phone": phone,
        "role": contact.role or None,
        "postnominal": contact.postnominal or None,
        "language": read_language(contact),
        "organisation": organisation,
    }
    return {name: values[name] for name in CONTACT_FIELDS[entry.kind]}


def pick_addresses(contact: ImportedContact) -> tuple[str | None, str | None]:
    """The e-mail address and the number to keep."""
    return next(iter(contact.emails), None), next((phone[:100] for phone in contact.phones), None)


def list_left_out(contact: ImportedContact) -> list[str]:
    """Further addresses and numbers of a card: the register has one of each."""
    kept = pick_addresses(contact)
    return [text for text in (*contact.emails[1:], *contact.phones[1:]) if text not in kept]


def read_language(contact: ImportedContact) -> str | None:
    """The language wish, where it is one of the two."""
    return contact.language if contact.language in ("en", "cy") else None


def normalize_phone(phone: str) -> str:
    """A number to compare: its digits, the country as 0."""
    bare = re.sub(r"[^0-9+]", "", phone.replace("(0)", ""))
    return re.sub(r"^(\+44|0044)", "0", bare)
