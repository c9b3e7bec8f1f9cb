"""The card of a person, post or organisation: how to reach them, what they hold, where they sit, what they lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ahtc_tui.domain.contacts.engagement import say_spoken, say_tier
from ahtc_tui.domain.contacts.model import ContactCard, HoldingRow, OrganisationKind, PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Para, Section, Title, sources

Ground = Sequence[tuple[str, str | None]]
"""Why a person is held: labels and words."""


def sections(card: ContactCard, ground: Ground, today: date) -> Iterator[Section]:
    """The card from top to bottom."""
    row = card.row
    name = f"{row.name} {card.postnominal}" if card.postnominal else row.name
    yield Title(row.short or "", name)
    yield Para(_what(card))
    yield Gap()
    yield from _facts(card, ground, today)
    if row.kind is PartyKind.PERSON:
        yield from _group(_("IN POST"), [_held(held, held.post) for held in card.holdings])
    else:
        yield from _group(_("HELD BY"), [_held(held, held.person or _("not named")) for held in card.holdings])
    yield from _group(_("SEATS"), card.seats)
    yield from _group(_("SEATS THAT ARE OVER"), card.passed)
    yield from _group(_("LEADS"), [said.replace(" ", "  ", 1) for said in card.leads])
    yield from _group(_("SUPPORTS"), [said.replace(" ", "  ", 1) for said in card.supports])
    yield from _group(_("PEOPLE AND POSTS"), card.members)
    yield Gap()
    yield from sources(row.source, card.source_notes)


def _what(card: ContactCard) -> str:
    row = card.row
    kind = OrganisationKind(row.organisation_kind).label if row.organisation_kind else row.kind.label
    filled = _("filled by whoever is there") if card.collective else None
    return "   ".join(part for part in (row.role or kind, *card.other_roles, filled) if part)


def _facts(card: ContactCard, ground: Ground, today: date) -> Iterator[Section]:
    row = card.row
    nobody = _("nobody known") if row.kind is PartyKind.POST and not card.collective else None
    dated = card.renames
    also = [name for name in card.aliases if not any(name in words for words in dated)]
    for label, value in (
        (_("Holder"), row.holder or nobody),
        (_("E-mail"), row.email or _("no address")),
        (_("Phone"), row.phone),
        (_("Last spoke"), say_spoken(row.last_on, row.last_kind, today) if row.last_on or card.tier else None),
        (_("Speak"), say_tier(card.tier, card.limit)),
        (_("Apologies"), _("twice running: {group}").format(group=card.apologies) if card.apologies else None),
        (_("Organisation"), row.organisation if row.kind is not PartyKind.ORGANISATION else None),
        (_("Part of"), card.parent),
        (_("Area"), row.area),
        (_("Police"), card.police),
        (_("Forum area"), card.forum_area),
        (_("First responder"), _responder(card)),
        (_("Authority"), _("decides whether somebody was trafficked") if card.competent_authority else None),
        (_("Language"), card.language.label if card.language else None),
        (_("Welsh name"), card.name_cy),
        (_("Also called"), "; ".join((*also, *dated))),
        (_("Note"), card.note),
        *ground,
    ):
        if value:
            yield Fact(label, value)


def _responder(card: ContactCard) -> str | None:
    if not card.first_responder:
        return None
    since = card.first_responder_since
    return _("since {day}").format(day=since) if since else _("yes")


def _held(held: HoldingRow, whom: str) -> str:
    said = [whom]
    if held.from_on:
        said.append(_("from {day}").format(day=held.from_on))
    if held.to_on:
        said.append(_("until {day}").format(day=held.to_on))
    if held.acting:
        said.append(_("acting"))
    return ", ".join(said)


def _group(heading: str, lines: Sequence[str]) -> Iterator[Section]:
    """A heading with its count and its lines; nothing where there are none."""
    if lines:
        yield Gap()
        yield Heading(f"{heading}  {len(lines)}")
        yield from (Item(line) for line in lines)
