"""Figures with their sources and the data sets behind them. Aggregates only, never a case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.dates import DateAsKnown
from ahtc_tui.domain.words import _


class Tier(StrEnum):
    """Primary data sets are the NRM and the criminal justice cases; all others are secondary (paragraph 2.5)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _(self.value.capitalize())


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure. Two sources may disagree: both stand."""

    key: bytes
    ref: str
    title: str
    value: int | float
    at_least: bool
    """The source says "over": the value is a lower bound."""
    out_of: int | None
    unit: str
    period: DateAsKnown
    area: str | None
    data_set: str | None
    part_of: str | None
    caveat: str | None
    source: str | None
    later: bool = False
    """Published after the paper that the reference data come from."""

    @property
    def value_text(self) -> str:
        """The value as it prints: "1,186", "over 100", "4 of 6"."""
        text = f"{self.value:,}"
        if self.at_least:
            text = _("over {value}").format(value=text)
        return _("{value} of {whole}").format(value=text, whole=f"{self.out_of:,}") if self.out_of else text


@dataclass(frozen=True, slots=True)
class FigureCard:
    """Everything about one figure."""

    row: FigureRow
    data_set_ref: str | None
    part_of_ref: str | None
    parts: tuple[str, ...]
    """Reference and title of each figure that is a part of this one."""
    supersedes: str | None
    superseded_by: str | None
    published_on: DateAsKnown | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DataSetRow:
    """One data set."""

    ref: str
    title: str
    tier: Tier
    holder: str | None
    source: str | None
    figures: int = 0
    frequency: str | None = None
    last_received: DateAsKnown | None = None
    next_due: DateAsKnown | None = None
    note: str | None = None
