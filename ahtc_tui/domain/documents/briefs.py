"""A brief for a group, as data: our seats, what we promised, what is open, the last minutes, figures."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.groups.membership import Membership
from ahtc_tui.domain.groups.model import GroupCard, LastMinutes


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that a brief says."""

    card: GroupCard
    our_seats: tuple[Membership, ...]
    our_actions: tuple[ActionRow, ...]
    """What we promised: open actions on us."""
    other_actions: tuple[ActionRow, ...]
    minutes: LastMinutes | None
    figures: tuple[FigureRow, ...]
