"""The card of a contact: its facts and its lists, as the screen and the command line show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ahtc_tui.domain.contacts.engagement import format_last_contact, format_tier
from ahtc_tui.domain.contacts.fields import ALL_FIELDS, list_undated_names
from ahtc_tui.domain.contacts.model import ContactCard, HoldingRow, OrganisationKind, PartyKind
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.fields.model import CardRow, build_plain_rows, build_row
from ahtc_tui.domain.i18n import _, pgettext

Ground = Sequence[tuple[str, str | None]]
"""The reasons for holding a person: labels and text."""


def format_name(card: ContactCard) -> str:
    """Return the name with the letters after it."""
    return f"{card.row.name} {card.postnominal}" if card.postnominal else card.row.name


def build_kind_rows(card: ContactCard) -> Iterator[CardRow]:
    """Yield what a contact is and does; the screen has it in one line."""
    row = card.row
    yield build_row(_("Kind"), row.kind)
    yield build_row(_("Type"), OrganisationKind(row.organisation_kind) if row.organisation_kind else None)
    yield build_row(_("Role"), row.role, *card.other_roles)
    yield build_row(_("Several people"), _("filled by any member of staff") if card.collective else None)


def build_fact_rows(card: ContactCard, ground: Ground, today: date) -> Iterator[CardRow]:
    """Yield the facts of a contact; rows without a value as well."""
    row = card.row
    has_holder = row.kind is PartyKind.POST and not card.collective
    last_contact = format_last_contact(row.last_on, row.last_kind, today) if row.last_on or card.tier else None
    yield build_row(_("Holder"), row.holder or (_name_no_holder(card, today) if has_holder else None))
    yield build_row(_("Email"), *(card.emails or (_("no address"),)))
    yield build_row(_("Phone"), *card.phones)
    yield build_row(_("Address"), card.postal_address)
    yield build_row(_("Addresses over time"), *card.addresses)
    yield build_row(_("Salutation"), card.salutation)
    yield build_row(_("Last contact"), last_contact)
    yield build_row(_("Tier"), format_tier(card.tier, card.limit))
    yield build_row(
        _("Apologies"), _("twice running: {group}").format(group=card.apologies) if card.apologies else None
    )
    yield build_row(_("Organisation"), row.organisation if row.kind is not PartyKind.ORGANISATION else None)
    yield build_row(_("Part of"), card.parent)
    yield build_row(_("Area"), row.area)
    yield build_row(_("Police"), card.police)
    yield build_row(_("Forum area"), card.forum_area)
    yield build_row(_("First Responder"), _format_responder(card))
    authority = _("decides whether a person was trafficked") if card.competent_authority else None
    yield build_row(_("Competent Authority"), authority)
    yield build_row(_("Language"), card.language)
    yield build_row(_("Welsh name"), card.name_cy if card.name_cy != row.name else None)
    yield build_row(_("Also called"), *list_undated_names(card), *card.renames)
    yield from build_plain_rows(ALL_FIELDS, card)
    yield build_row(_("Note"), card.note)
    yield from (build_row(label, text) for label, text in ground)


def build_lists(card: ContactCard) -> Iterator[CardRow]:
    """Yield the holders or posts, the seats, interests, actions and members."""
    if card.row.kind is PartyKind.PERSON:
        yield build_row(_("In post"), *(_format_holding(holding, holding.post) for holding in card.holdings))
    else:
        holders = (_format_holding(holding, holding.holder_label) for holding in card.holdings)
        yield build_row(_("Held by"), *holders)
    yield build_row(_("Seats"), *card.seats)
    yield build_row(_("Former seats"), *card.passed)
    yield build_row(_("Interests"), *card.interests)
    yield build_row(pgettext("contact", "Leads"), *card.leads)
    yield build_row(_("Supports"), *card.supports)
    yield build_row(_("People and posts"), *card.members)


def _name_no_holder(card: ContactCard, today: date) -> str:
    """Return why a post has no holder on a day: it is vacant, or nobody is known."""
    current = (
        holding
        for holding in card.holdings
        if Period(holding.from_on, holding.to_on).includes(today) and not holding.replaced
    )
    return _("vacant") if any(holding.vacant for holding in current) else _("not known")


def _format_responder(card: ContactCard) -> str | None:
    if not card.first_responder:
        return None
    since = card.first_responder_since
    return _("since {day}").format(day=since) if since else _("yes")


def _format_holding(holding: HoldingRow, name: str) -> str:
    return ", ".join(filter(None, (name, holding.term)))
