"""The fields of a contact that a card can say, and how two numbers are compared."""

from __future__ import annotations

import re
from typing import Any

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.imports.contacts import Card
from ahtc_tui.store.imports.contacts import Entry

FIELDS = {
    PartyKind.PERSON: ("name", "email", "phone", "role", "postnominal", "language", "organisation"),
    PartyKind.POST: ("name", "email", "phone", "organisation"),
    PartyKind.ORGANISATION: ("name", "email", "phone"),
}
"""The fields of each kind that a card can say."""


def said(card: Card, entry: Entry, organisation: bytes | None) -> dict[str, Any]:
    """What a card says of the fields that an entry has; None where it says nothing."""
    email, phone = addresses(card)
    found = {
        "name": card.name,
        "email": email,
        "phone": phone,
        "role": card.role or None,
        "postnominal": card.postnominal or None,
        "language": language(card),
        "organisation": organisation,
    }
    return {name: found[name] for name in FIELDS[entry.kind]}


def addresses(card: Card) -> tuple[str | None, str | None]:
    """The e-mail address and the number to keep."""
    return next(iter(card.emails), None), next((phone[:100] for phone in card.phones), None)


def left_out(card: Card) -> list[str]:
    """Further addresses and numbers of a card: the register has one of each."""
    kept = addresses(card)
    return [text for text in (*card.emails[1:], *card.phones[1:]) if text not in kept]


def language(card: Card) -> str | None:
    """The language wish, where it is one of the two."""
    return card.language if card.language in ("en", "cy") else None


def digits(phone: str) -> str:
    """A number to compare: its digits, the country as 0."""
    bare = re.sub(r"[^0-9+]", "", phone.replace("(0)", ""))
    return re.sub(r"^(\+44|0044)", "0", bare)
