"""Drafts of persons, posts and organisations.

Other records (an organisation, an area) are given by name and resolved by the service.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from ahtc_tui.domain.contacts.addressing import strip_opening
from ahtc_tui.domain.contacts.contact_points import read_point, read_points
from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, OrganisationKind, PartyKind, PreferredLanguage
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDate,
    FactDate,
    Flag,
    Line,
    Prose,
    Title,
    build_choice_validator,
    forbid_empty,
    with_columns,
)
from ahtc_tui.domain.i18n import gettext_noop


def _check_address(value: str) -> str:
    """Return a single e-mail address with its kind, or empty text."""
    if value:
        read_point(value, "email")
    return value


def _check_addresses(value: str) -> str:
    read_points(value, "email")
    return value


@with_columns(ContactRow, ContactCard)
class ContactDraft(Draft):
    """Writable fields of a contact; `fields.CONTACT_FIELDS` lists the fields of each kind."""

    kind: Annotated[PartyKind | None, build_choice_validator(PartyKind, gettext_noop("kind of contact"))] = None
    name: Title | None = None
    name_cy: Line | None = None
    short: Line | None = None
    aliases: Line | None = None
    """Other names, separated by semicolons; names with dates are stored as aliases."""
    email: Annotated[Line, AfterValidator(_check_address)] | None = None
    other_emails: Annotated[Line, AfterValidator(_check_addresses)] | None = None
    """Further addresses, separated by semicolons, each with its kind in brackets."""
    phone: Line | None = None
    other_phones: Line | None = None
    salutation: Annotated[Line, AfterValidator(strip_opening)] | None = None
    """Words after "Dear" in a letter; a typed "Dear" is removed."""
    postal_address: Line | None = None
    """Parts separated by semicolons, else by commas."""
    area: Line | None = None
    organisation: Line | None = None
    """Organisation of a person or post; parent of an organisation."""
    role: Line | None = None
    other_roles: Line | None = None
    """Further roles, separated by semicolons."""
    postnominal: Line | None = None
    language: Annotated[
        PreferredLanguage | None, build_choice_validator(PreferredLanguage, gettext_noop("language"))
    ] = None
    lawful_basis: Line | None = None
    told_on: FactDate = None
    review_on: DueDate = None
    collective: Flag = None
    type: Annotated[
        OrganisationKind | None, build_choice_validator(OrganisationKind, gettext_noop("type of organisation"))
    ] = None
    police: Line | None = None
    forum_area: Line | None = None
    first_responder: Flag = None
    first_responder_since: FactDate = None
    competent_authority: Flag = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Name and type cannot be empty."), "name", "type")


build_contact_draft = ContactDraft.read
