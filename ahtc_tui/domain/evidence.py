"""Figures with their sources, the data sets behind them, and web pages to keep current. Aggregates only, never a case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.dates import DateAsKnown


class Tier(StrEnum):
    """Primary data sets are the NRM and the criminal justice cases; all others are secondary (paragraph 2.5)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


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

    @property
    def value_text(self) -> str:
        """The value as it prints: "1,186", "over 100", "4 of 6"."""
        text = f"{self.value:,}"
        if self.at_least:
            text = f"over {text}"
        return f"{text} of {self.out_of:,}" if self.out_of else text


@dataclass(frozen=True, slots=True)
class DataSetRow:
    """One data set."""

    ref: str
    title: str
    tier: Tier
    holder: str | None
    source: str | None
