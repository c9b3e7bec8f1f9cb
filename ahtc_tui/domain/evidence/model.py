"""Figures with their sources and the data sets behind them. Aggregates only, never a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey

NON_PERSON_UNITS = frozenset((
    "forces", "areas", "authorities", "councils", "fora", "forums", "groups", "boards", "organisations",
    "bodies", "posts", "sessions", "courses", "events", "meetings", "conferences", "documents", "reports",
    "recommendations", "places", "visits", "%", "percent", "cent", "points",
))  # fmt: skip
"""Units that count no people."""


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

    key: RowKey
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
    superseded: bool = False
    """A newer figure stands in its place; this one is kept."""
    sources: int = 1
    """How many sources say something of it; none replaces another, and they are never added."""
    used: bool = True
    """What lists by period and charts take of several sources: that whose parts are kept, else the first entered."""

    @property
    def use(self) -> str | None:
        """Whether it is the one of several sources that is used; None where only one says anything."""
        if self.sources < 2:
            return None
        return _("used ({n} sources)").format(n=self.sources) if self.used else _("not used")

    def is_small(self, limit: int) -> bool:
        """A count of people so small that it might point to one: look before it leaves. A share is as small."""
        counted = self.unit.casefold().rsplit(" ", 1)[-1]
        return 0 < self.value < limit and not self.at_least and counted not in NON_PERSON_UNITS

    @property
    def series_key(self) -> tuple[str, str | None, str]:
        """What figures of other periods have in common with it."""
        return (self.title, self.area, self.unit)

    @property
    def value_text(self) -> str:
        """The value as it prints: "1,186", "over 100", "4 of 6"."""
        text = f"{self.value:,}"
        if self.at_least:
            text = _("over {value}").format(value=text)
        return _("{value} of {whole}").format(value=text, whole=f"{self.out_of:,}") if self.out_of else text

    @property
    def with_source(self) -> str:
        """The value with its source and whether it is the one used: what stands beside another source."""
        source = self.source or _("source not stated")
        usage = (_("used") if self.used else _("not used")) if self.sources > 1 else None
        return "   ".join(filter(None, (f"{self.value_text} {self.unit}", source, usage)))


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

    def find_state(self, today: date) -> DataSetState:
        """Whether it has come: late or missing only when its next day is past."""
        past = self.next_due is not None and self.next_due.latest < today
        if not past:
            return DataSetState.IN_TIME if self.next_due else DataSetState.NO_DATE
        return DataSetState.LATE if self.last_received else DataSetState.MISSING


class DataSetState(StrEnum):
    """How a data set stands against the day that it should come."""

    NO_DATE = "no_date"
    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            "no_date": _("no date set"),
            "in_time": _("in time"),
            "late": _("LATE"),
            "missing": _("MISSING"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class WebPageRow:
    """A public page that the office keeps current."""

    ref: str
    subject: str
    link: str | None
    owner: str | None
    last_reviewed: DateAsKnown | None
    cycle_days: int | None
    languages: str | None
    source: str | None
    note: str | None

    @property
    def due_on(self) -> date | None:
        """When it is to be looked at again; None without a cycle. A page never looked at is due from the first day."""
        if self.cycle_days is None:
            return None
        return self.last_reviewed.latest + timedelta(days=self.cycle_days) if self.last_reviewed else date.min

    def is_overdue(self, today: date) -> bool:
        """Its review is past."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class EvidenceExport:
    """What was written, and which counts somebody should look at before it leaves."""

    file: Path
    figures: int
    limit: int
    small: tuple[str, ...]


def find_small_counts(rows: Iterable[FigureRow], limit: int) -> tuple[str, ...]:
    """Which counts of people under a limit somebody should look at before they leave."""
    return tuple(row.ref for row in rows if row.is_small(limit))


def explain_used_source(card: FigureCard, alternatives: Sequence[FigureRow]) -> str | None:
    """Which of several sources is used, and by what rule; None where only one says anything."""
    row = card.row
    if row.use is None:
        return None
    if not row.used:
        used = ", ".join(f"{figure.value_text} ({figure.ref})" for figure in alternatives if figure.used)
        return _("no: {taken} is. Never add them.").format(taken=used)
    reason = _("its parts are kept with it") if card.parts else _("it was entered first")
    return _("yes: {reason}. Never add them.").format(reason=reason)


def format_used_periods(series: Iterable[FigureRow]) -> str | None:
    """Of which periods another source says something else than the bar; None where none does."""
    periods = ", ".join(str(row.period) for row in series if row.sources > 1)
    return _("{periods}: the source that is used, of several.").format(periods=periods) if periods else None


def group_histories(rows: Iterable[FigureRow]) -> list[list[FigureRow]]:
    """The figures that have two periods or more, period by period; of several sources the one that is used."""
    rows_by_series: dict[tuple[str, str | None, str], list[FigureRow]] = {}
    for row in rows:
        if row.used:
            rows_by_series.setdefault(row.series_key, []).append(row)
    series = (sorted(periods, key=lambda row: row.period) for periods in rows_by_series.values())
    return [periods for periods in series if len(periods) > 1]


SPARKS = "▁▂▃▄▅▆▇█"
EIGHTHS = " ▏▎▍▌▋▊▉█"


def draw_sparkline(values: Sequence[float]) -> str:
    """One block a value, from nought to the largest; nothing for fewer than two."""
    top = max(values, default=0)
    if len(values) < 2 or top <= 0:
        return ""
    return "".join(SPARKS[min(7, int(value / top * 8))] if value else " " for value in values)


def draw_bar(value: float, top: float, width: int) -> str:
    """A bar of at most `width` cells, exact to an eighth of a cell; something wherever there is anything."""
    if value <= 0 or top <= 0:
        return ""
    full_cells, eighths = divmod(max(1, round(min(value / top, 1) * width * 8)), 8)
    return "█" * full_cells + (EIGHTHS[eighths] if eighths else "")
