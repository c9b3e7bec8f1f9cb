"""The facts of a group, as the screen and the command line show them."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.fields.model import CardRow, build_plain_rows, build_row
from ahtc_tui.domain.groups.fields import GROUP_FIELDS, list_undated_names
from ahtc_tui.domain.groups.model import GroupCard
from ahtc_tui.domain.i18n import _


def build_state_rows(card: GroupCard) -> Iterator[CardRow]:
    """Yield what a group is; the screen has it in one line."""
    row = card.row
    yield build_row(_("Kind"), row.kind)
    yield build_row(_("Status"), row.state)
    yield build_row(_("Area"), row.area)
    yield build_row(_("Time-limited"), _("for a limited time") if card.time_limited else None)
    yield build_row(_("Restricted"), _("restricted") if card.restricted else None)


def build_fact_rows(card: GroupCard) -> Iterator[CardRow]:
    """Yield the facts of a group; rows without a value as well."""
    row = card.row
    yield build_row(_("Purpose"), card.purpose)
    yield build_row(_("Welsh name"), card.name_cy if card.name_cy != row.name else None)
    yield build_row(_("Also called"), *list_undated_names(card), *card.renames)
    yield build_row(_("Chair"), row.chair)
    yield build_row(_("Owner"), card.owner)
    yield build_row(_("Lead"), card.lead_organisation)
    yield build_row(_("Part of"), card.parent)
    yield build_row(_("Sub-groups"), *card.subgroups)
    yield build_row(_("Covers"), ", ".join((*card.forces, *card.authorities)))
    yield build_row(_("Meets"), card.frequency)
    yield build_row(_("Quorum"), card.quorum)
    yield build_row(_("Follows"), card.predecessor)
    yield build_row(_("Followed by"), *card.successors)
    yield build_row(_("Next meeting"), row.next_meeting or _("none planned"))
    yield build_row(_("Last meeting"), card.last_meeting)
    yield build_row(_("Reference pattern"), card.ref_pattern)
    yield from build_plain_rows(GROUP_FIELDS, card)
    yield build_row(_("Note"), card.note)
