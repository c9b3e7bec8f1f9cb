"""Content of a brief for a group."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.groups.membership import Membership
from ahtc_tui.domain.groups.model import GroupCard, LastMinutes


@dataclass(frozen=True, slots=True)
class Brief:
    """Our seats, our actions, other open actions, the last minutes and figures."""

    card: GroupCard
    our_seats: tuple[Membership, ...]
    our_actions: tuple[ActionRow, ...]
    """Open actions that we lead."""
    other_actions: tuple[ActionRow, ...]
    minutes: LastMinutes | None
    figures: tuple[FigureRow, ...]
