"""The Delivery Plan: aims, objectives, and how their actions stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Whether an objective is the plan's own or a working grouping of ours. A grouping is never shown as the plan's."""

    STATED = "stated"
    GROUPING = "grouping"


@dataclass(frozen=True, slots=True)
class AimRow:
    """One aim."""

    ref: str
    text: str
    source: str | None


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective with counts of its actions."""

    key: bytes
    ref: str
    number: int
    title: str
    basis: Basis
    total: int
    by_status: tuple[tuple[str, int], ...]
    by_brag: tuple[tuple[str, int], ...]
    """Counts by letter; "none" counts the unrated."""
    late: int
    source: str | None

    @property
    def open(self) -> int:
        """How many are still to be worked on."""
        counts = dict(self.by_status)
        return self.total - counts.get("done", 0) - counts.get("cancelled", 0)


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan on one page."""

    aims: tuple[AimRow, ...]
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveCard:
    """Everything about one objective."""

    row: ObjectiveRow
    aims: tuple[str, ...]
    actions: tuple[tuple[str, str, str], ...]
    """Reference, title and status of each of its actions."""
