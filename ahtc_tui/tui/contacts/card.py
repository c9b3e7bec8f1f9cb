"""The card of a contact: contact details, posts, seats and actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ahtc_tui.domain.contacts.card import Ground, build_fact_rows, build_kind_rows, build_lists, format_name
from ahtc_tui.domain.contacts.model import ContactCard
from ahtc_tui.tui.widgets.detail_pane import (
    Gap,
    Heading,
    Item,
    Para,
    Section,
    Title,
    build_facts,
    build_source_sections,
)
from ahtc_tui.tui.widgets.plain import format_heading


def build_sections(card: ContactCard, ground: Ground, today: date) -> Iterator[Section]:
    """Return the sections of the card from top to bottom."""
    row = card.row
    yield Title(row.short or "", format_name(card))
    yield Para("   ".join(text for _label, values in build_kind_rows(card) for text in values))
    yield Gap()
    yield from build_facts(build_fact_rows(card, ground, today))
    for label, lines in build_lists(card):
        if lines:
            yield Gap()
            yield Heading(format_heading(label, len(lines)))
            yield from (Item(line) for line in lines)
    yield Gap()
    yield from build_source_sections(row.source, card.source_notes)
