"""A brief for a group, as data: our seats, what we promised, what is open, the last minutes, figures."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions import ActionRow
from ahtc_tui.domain.evidence import FigureRow
from ahtc_tui.domain.groups import GroupCard, LastMinutes
from ahtc_tui.domain.membership import Membership


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that a brief says."""

    card: GroupCard
    ours: tuple[Membership, ...]
    mine: tuple[ActionRow, ...]
    """What we promised: open actions on us."""
    others: tuple[ActionRow, ...]
    minutes: LastMinutes | None
    figures: tuple[FigureRow, ...]
