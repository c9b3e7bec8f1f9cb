"""The card of a contact: contact details, posts, seats and actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ahtc_tui.domain.contacts.engagement import format_last_contact, format_tier
from ahtc_tui.domain.contacts.model import ContactCard, HoldingRow, OrganisationKind, PartyKind
from ahtc_tui.domain.dates.periods import format_term
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Para, Section, Title, build_source_sections

Ground = Sequence[tuple[str, str | None]]
"""The reasons for holding a person: labels and text."""


def build_sections(card: ContactCard, ground: Ground, today: date) -> Iterator[Section]:
    """Return the sections of the card from top to bottom."""
    row = card.row
    name = f"{row.name} {card.postnominal}" if card.postnominal else row.name
    yield Title(row.short or "", name)
    yield Para(_format_roles(card))
    yield Gap()
    yield from _build_facts(card, ground, today)
    if row.kind is PartyKind.PERSON:
        yield from _build_group(_("IN POST"), [_format_holding(holding, holding.post) for holding in card.holdings])
    else:
        yield from _build_group(
            _("HOLDERS"), [_format_holding(holding, holding.holder_label) for holding in card.holdings]
        )
    yield from _build_group(_("SEATS"), card.seats)
    yield from _build_group(_("FORMER SEATS"), card.passed)
    yield from _build_group(_("INTERESTS"), card.interests)
    yield from _build_group(_("LEADS"), [action.replace(" ", "  ", 1) for action in card.leads])
    yield from _build_group(_("SUPPORTS"), [action.replace(" ", "  ", 1) for action in card.supports])
    yield from _build_group(_("PEOPLE AND POSTS"), card.members)
    yield Gap()
    yield from build_source_sections(row.source, card.source_notes)


def _format_roles(card: ContactCard) -> str:
    row = card.row
    kind = OrganisationKind(row.organisation_kind).label if row.organisation_kind else row.kind.label
    filled = _("filled by any member of staff") if card.collective else None
    return "   ".join(part for part in (row.role or kind, *card.other_roles, filled) if part)


def _build_facts(card: ContactCard, ground: Ground, today: date) -> Iterator[Section]:
    row = card.row
    last_contact = format_last_contact(row.last_on, row.last_kind, today) if row.last_on or card.tier else None
    unknown = _("not known") if row.kind is PartyKind.POST and not card.collective else None
    renames = card.renames
    other_names = [name for name in card.aliases if not any(name in words for words in renames)]
    for label, value in (
        (_("Holder"), row.holder or unknown),
        (_("Email"), row.email or _("no address")),
        (_("Phone"), row.phone),
        (_("Address"), card.postal_address),
        (_("Salutation"), card.salutation),
        (_("Last contact"), last_contact),
        (_("Tier"), format_tier(card.tier, card.limit)),
        (_("Apologies"), _("twice running: {group}").format(group=card.apologies) if card.apologies else None),
        (_("Organisation"), row.organisation if row.kind is not PartyKind.ORGANISATION else None),
        (_("Part of"), card.parent),
        (_("Area"), row.area),
        (_("Police"), card.police),
        (_("Forum area"), card.forum_area),
        (_("First responder"), _format_responder(card)),
        (_("Authority"), _("decides whether a person was trafficked") if card.competent_authority else None),
        (_("Language"), card.language.label if card.language else None),
        (_("Welsh name"), card.name_cy if card.name_cy != row.name else None),
        (_("Also called"), "; ".join((*other_names, *renames))),
        (_("Note"), card.note),
        *ground,
    ):
        if value:
            yield Fact(label, value)


def _format_responder(card: ContactCard) -> str | None:
    if not card.first_responder:
        return None
    since = card.first_responder_since
    return _("since {day}").format(day=since) if since else _("yes")


def _format_holding(holding: HoldingRow, name: str) -> str:
    return ", ".join(filter(None, (name, format_term(holding.from_on, holding.to_on, holding.acting))))


def _build_group(heading: str, lines: Sequence[str]) -> Iterator[Section]:
    """Return a heading with a count and the lines; no heading if there are none."""
    if lines:
        yield Gap()
        yield Heading(f"{heading}  {len(lines)}")
        yield from (Item(line) for line in lines)
