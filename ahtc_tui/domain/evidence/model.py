"""Figures with their sources, data sets and web pages. Aggregates only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import (
    BilingualTitle,
    Language,
    _,
    choose_printed_text,
    get_current_language,
    gettext_noop,
    ngettext,
    ngettext_noop,
)
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum

NON_PERSON_UNITS = frozenset((
    "forces", "areas", "authorities", "councils", "fora", "forums", "groups", "boards", "organisations",
    "bodies", "posts", "sessions", "courses", "events", "meetings", "conferences", "documents", "reports",
    "recommendations", "places", "visits", "%", "percent", "cent", "points",
))  # fmt: skip
"""Units that do not count people."""

COUNTED_UNITS = {
    "referrals": (gettext_noop("referrals"), ngettext_noop("{n} referral", "{n} referrals")),
    "people": (gettext_noop("people"), ngettext_noop("1 person", "{n} people")),
    "potential victims": (
        gettext_noop("potential victims"),
        ngettext_noop("{n} potential victim", "{n} potential victims"),
    ),
    "forces": (gettext_noop("forces"), ngettext_noop("{n} force", "{n} forces")),
    "areas": (gettext_noop("areas"), ngettext_noop("1 area", "{n} areas")),
    "authorities": (gettext_noop("authorities"), ngettext_noop("{n} authority", "{n} authorities")),
}
"""Units of the reference data that have Welsh: the name of the unit, and the unit after a number."""

SPARKS = "▁▂▃▄▅▆▇█"
EIGHTHS = " ▏▎▍▌▋▊▉█"


class Tier(LabelledEnum):
    """Tier of a data set: the NRM and criminal justice cases are primary, others secondary (paragraph 2.5)."""

    PRIMARY = "primary", gettext_noop("Primary")
    SECONDARY = "secondary", gettext_noop("Secondary")


@dataclass(frozen=True, slots=True)
class FigureRow(BilingualTitle):
    """A figure. Figures of different sources may disagree; all are kept."""

    key: RowKey
    ref: str
    title: str
    value: int | float
    at_least: bool
    """Whether the value is a lower bound ("over" in the source)."""
    out_of: int | None
    unit: str
    period: DateAsKnown
    area: str | None
    data_set: str | None
    part_of: str | None
    caveat: str | None
    source: str | None
    later: bool = False
    """Whether it was published after the paper that the reference data come from."""
    superseded: bool = False
    """Whether a newer figure replaces it."""
    sources: int = 1
    """Number of sources with a value for it; values of sources are never added."""
    used: bool = True
    """Whether it is the used one of several sources: the one with parts, else the first entered."""
    part_of_key: RowKey | None = None
    hidden_below: int | None = None
    """Limit of small counts where the value is hidden in what leaves the office; the value is 0 then."""
    is_withheld: bool = False
    """Whether it is hidden because a small count could be worked out from it."""
    title_cy: str | None = None
    is_published: bool = True
    """Whether it was published by the day for which it is read."""

    @property
    def use(self) -> str | None:
        """Readable use among several sources; None for a single source."""
        if self.sources < 2:
            return None
        return _("used ({n} sources)").format(n=self.sources) if self.used else _("not used")

    def is_small(self, limit: int) -> bool:
        """Return whether it counts so few people that it could identify one and must be checked before publication."""
        counted = self.unit.casefold().rsplit(" ", 1)[-1]
        return 0 < self.value < limit and not self.at_least and counted not in NON_PERSON_UNITS

    @property
    def series_key(self) -> tuple[str, str | None, str]:
        """Title, area and unit, which figures of other periods share."""
        return (self.title, self.area, self.unit)

    @property
    def value_text(self) -> str:
        """Formatted value: "1,186", "over 100", "4 of 6"."""
        if self.is_withheld:
            return _("withheld")
        if self.hidden_below is not None:
            return _("fewer than {n}").format(n=self.hidden_below)
        text = f"{self.value:,}"
        if self.at_least:
            text = _("over {value}").format(value=text)
        return _("{value} of {whole}").format(value=text, whole=f"{self.out_of:,}") if self.out_of else text

    @property
    def shown_unit(self) -> str:
        """Unit in the current language, where it has Welsh."""
        known = COUNTED_UNITS.get(self.unit.casefold())
        return _(known[0]) if known else self.unit

    @property
    def amount(self) -> str:
        """Formatted value with its unit: "1,186 referrals", "over 100 people", "4 of 6 areas"."""
        known = COUNTED_UNITS.get(self.unit.casefold())
        if known is None or get_current_language() is Language.BOTH:
            return f"{self.value_text} {self.shown_unit}"
        if self.is_withheld:
            return self.value_text
        count = self.hidden_below or int(self.out_of or self.value)
        return ngettext(*known[1], count).replace(str(count), self.value_text, 1)

    @property
    def hidden_reason(self) -> str | None:
        """Explanation of a hidden value."""
        if self.hidden_below is None:
            return None
        if self.is_withheld:
            sentence = _("Withheld, because a count of fewer than {n} people could be worked out from it.")
        else:
            sentence = _("Counts of fewer than {n} people are not printed, to protect them.")
        return sentence.format(n=self.hidden_below)

    @property
    def printed_caveat(self) -> str | None:
        """Caveat for a document, after the explanation of a hidden value."""
        caveat = choose_printed_text(self.caveat, None) if self.caveat else None
        return " ".join(filter(None, (self.hidden_reason, caveat))) or None

    @property
    def with_source(self) -> str:
        """Value, unit, source and use on one line, for comparing sources."""
        source = self.source or _("source not stated")
        if self.sources <= 1:
            return f"{self.amount}   {source}"
        return "   ".join((self.amount, source, _("used") if self.used else _("not used")))


@dataclass(frozen=True, slots=True)
class FigureCard:
    """A figure with related records, for the detail pane."""

    row: FigureRow
    data_set_ref: str | None
    part_of_ref: str | None
    parts: tuple[str, ...]
    """Reference and title of each part."""
    supersedes: str | None
    superseded_by: str | None
    published_on: DateAsKnown | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DataSetRow(BilingualTitle):
    """A data set in lists: its holder, how often it appears, and how many figures were taken from it."""

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
    title_cy: str | None = None

    def find_state(self, today: date) -> DataSetState:
        """Return the state on a day: late or missing only if the next due day is past."""
        past = self.next_due is not None and self.next_due.latest < today
        if not past:
            return DataSetState.IN_TIME if self.next_due else DataSetState.NO_DATE
        return DataSetState.LATE if self.last_received else DataSetState.MISSING


class DataSetState(LabelledEnum):
    """Whether a data set arrived by its due day."""

    NO_DATE = "no_date", gettext_noop("no date set")
    IN_TIME = "in_time", gettext_noop("in time")
    LATE = "late", gettext_noop("late")
    MISSING = "missing", gettext_noop("not received")


@dataclass(frozen=True, slots=True)
class WebPageRow:
    """A public web page that the office maintains."""

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
        """Next review day; None without a cycle, `date.min` if it was never reviewed."""
        if self.cycle_days is None:
            return None
        return self.last_reviewed.latest + timedelta(days=self.cycle_days) if self.last_reviewed else date.min

    def is_overdue(self, today: date) -> bool:
        """Return whether the review is overdue."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class EvidenceExport:
    """Result of an export, with small counts to check before publication."""

    file: Path
    figures: int
    limit: int
    small: tuple[str, ...]


def explain_used_source(card: FigureCard, alternatives: Sequence[FigureRow]) -> str | None:
    """Return which of several sources is used, and by which rule; None for a single source."""
    row = card.row
    if row.use is None:
        return None
    if not row.used:
        used = ", ".join(f"{figure.value_text} ({figure.ref})" for figure in alternatives if figure.used)
        return _("no: {taken} is used. Do not add them together.").format(taken=used)
    reason = _("it includes the parts") if card.parts else _("it was entered first")
    return _("yes: {reason}. Do not add them together.").format(reason=reason)


def format_used_periods(series: Iterable[FigureRow]) -> str | None:
    """Return a sentence with the periods that have several sources, or None."""
    periods = ", ".join(str(row.period) for row in series if row.sources > 1)
    return _("{periods}: the source used, where several exist.").format(periods=periods) if periods else None


def group_histories(rows: Iterable[FigureRow]) -> list[list[FigureRow]]:
    """Return the figures with at least two periods, grouped and sorted by period; of several sources the used one."""
    rows_by_series: dict[tuple[str, str | None, str], list[FigureRow]] = {}
    for row in rows:
        if row.used:
            rows_by_series.setdefault(row.series_key, []).append(row)
    series = (sorted(periods, key=lambda row: row.period) for periods in rows_by_series.values())
    return [periods for periods in series if len(periods) > 1]


def draw_sparkline(values: Sequence[float]) -> str:
    """Return one block per value, scaled from 0 to the largest; empty for fewer than two values."""
    top = max(values, default=0)
    if len(values) < 2 or top <= 0:
        return ""
    return "".join(SPARKS[min(7, int(value / top * 8))] if value else " " for value in values)


def draw_bar(value: float, top: float, width: int) -> str:
    """Return a bar of at most `width` cells with a resolution of an eighth, at least an eighth for positive values."""
    if value <= 0 or top <= 0:
        return ""
    full_cells, eighths = divmod(max(1, round(min(value / top, 1) * width * 8)), 8)
    return "█" * full_cells + (EIGHTHS[eighths] if eighths else "")
