"""The Delivery Plan: aims, objectives, and how their actions stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.actions.model import CLOSED_STATUSES
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import Meaning

UNRATED_KEY = "none"
"""What counts by letter call an action without a rating."""


def count_open(total: int, by_status: Sequence[tuple[str, int]]) -> int:
    """How many of so many are neither done nor cancelled."""
    return total - sum(number for status, number in by_status if status in CLOSED_STATUSES)


class Basis(StrEnum):
    """Whether an objective is the plan's own or a working grouping of ours. A grouping is never shown as the plan's."""

    STATED = "stated"
    GROUPING = "grouping"

    @property
    def label(self) -> str:
        """The words that people read beside every objective."""
        return _("the plan's own") if self is Basis.STATED else _("working grouping, not the plan's own")


@dataclass(frozen=True, slots=True)
class AimRow:
    """One aim."""

    ref: str
    text: str
    source: str | None


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective with counts of its actions."""

    key: RowKey
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
        return count_open(self.total, self.by_status)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of the plan, and what its letters mean."""

    key: RowKey
    ref: str
    title: str
    version: str | None
    agreed_on: DateAsKnown | None
    owner: str | None
    brag: tuple[Meaning, ...]
    note: str | None
    in_force: bool

    @property
    def descriptions(self) -> list[str]:
        """Which version it is and since when, as far as is known: "version 2", "agreed November 2013"."""
        parts = [_("version {name}").format(name=self.version)] if self.version else []
        return parts + ([_("agreed {day}").format(day=self.agreed_on)] if self.agreed_on else [])


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan on one page."""

    title: str | None
    aims: tuple[AimRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    total: int
    """All actions, those under no objective included."""
    by_status: tuple[tuple[str, int], ...]
    by_brag: tuple[tuple[str, int], ...]
    late: int
    version: PlanVersion | None = None

    @property
    def open(self) -> int:
        """How many are still to be worked on."""
        return count_open(self.total, self.by_status)


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A point on the way to an objective."""

    key: RowKey
    ref: str
    title: str
    due: DateAsKnown | None
    met_on: DateAsKnown | None
    objective: int
    """The number of its objective."""
    note: str | None


@dataclass(frozen=True, slots=True)
class ObjectiveCard:
    """Everything about one objective."""

    row: ObjectiveRow
    aims: tuple[str, ...]
    actions: tuple[tuple[str, str, str], ...]
    """Reference, title and status of each of its actions."""
    milestones: tuple[MilestoneRow, ...]
    note: str | None
    aim_refs: tuple[str, ...] = ()
    """The references of its aims, in the same order."""
