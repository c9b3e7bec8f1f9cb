"""Facts with a period: who held a post, what a body was called, who filled a seat, which figure was current.

Facts of one subject are kept as they were entered, in any order; none is rewritten when another is entered. On a day
the fact that began last is valid, of those whose period includes the day. So the order of entry never matters, a fact
changes nothing outside its period, and one without a known end lasts until the next fact begins. A day without a fact
is a gap, a day with several that began together an overlap. `store.sql_fragments` states the same rule in SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, find_month_end
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Period:
    """A first and a last date, both included; None where it is not known."""

    start: DateAsKnown | None = None
    end: DateAsKnown | None = None

    @property
    def first(self) -> date:
        """First day: of the month or year where no day is known, `date.min` where the beginning is not known."""
        return self.start.earliest if self.start else date.min

    @property
    def last(self) -> date:
        """Last day, `date.max` where the end is not known."""
        return self.end.latest if self.end else date.max

    def includes(self, day: date) -> bool:
        """Return whether the period includes a day."""
        return self.first <= day <= self.last

    def check(self) -> None:
        """Raise BadInput for words without a day, and for a period that ends before it begins."""
        for known_date in (self.start, self.end):
            if known_date is not None:
                refuse_words(known_date)
        if self.last < self.first:
            sentence = _("{last} is before {first}. A term must end after it starts.")
            raise BadInput(sentence.format(last=self.end, first=self.start))

    def format_stored(self) -> tuple[str | None, str | None]:
        """Return the stored text of both dates. Raises BadInput as `check`."""
        self.check()
        return self.start.stored_text if self.start else None, self.end.stored_text if self.end else None

    def __str__(self) -> str:
        """Period in words: "from May 2012 until 9 February 2014"; empty if nothing is known."""
        since = [_("from {day}").format(day=soften_date(self.start))] if self.start else []
        until = [_("until {day}").format(day=soften_date(self.end))] if self.end else []
        return " ".join([*since, *until])


def refuse_words(known_date: DateAsKnown) -> None:
    """Raise BadInput for words without a day, or a day with a time, which no period can begin or end with."""
    if known_date.precision is Precision.WORDS:
        raise BadInput(_('"{words}" is not a date. Enter a day, a month or a year.').format(words=known_date))
    if known_date.words:
        from ahtc_tui.domain.dates.parser import refuse_time

        refuse_time(known_date)


def find_day_before(known_date: DateAsKnown) -> DateAsKnown:
    """Return the date before the first day of another, with its precision: "February 2014" before "March 2014"."""
    refuse_words(known_date)
    if known_date.earliest == date.min:
        raise BadInput(_("Nothing comes before {date}.").format(date=known_date))
    before = known_date.earliest - timedelta(days=1)
    match known_date.precision:
        case Precision.MONTH:
            return DateAsKnown(find_month_end(before.year, before.month), Precision.MONTH)
        case Precision.YEAR:
            return DateAsKnown(date(before.year, 12, 31), Precision.YEAR)
    return DateAsKnown(before)


def find_day_after(known_date: DateAsKnown) -> DateAsKnown:
    """Return the day after the last day of a date."""
    refuse_words(known_date)
    return DateAsKnown(known_date.latest + timedelta(days=1))


def format_term(
    first: DateAsKnown | None, last: DateAsKnown | None, acting: bool = False, replaced: bool = False
) -> str:
    """Return a term in words: "from May 2012 until 9 February 2014, acting"; empty if nothing is known.

    `replaced` states that it is over and nobody recorded its last day.
    """
    remarks = (_("acting") if acting else "", _("last day not recorded") if replaced else "")
    return ", ".join(filter(None, (str(Period(first, last)), *remarks)))


@dataclass(frozen=True, slots=True)
class Span(Generic[F]):
    """Days, all with the same valid facts: none in a gap, several where facts overlap."""

    first: date
    last: date
    facts: tuple[F, ...]


def _always(_earlier: object, _later: object) -> bool:
    return True


class Timeline(Generic[F]):
    """The facts of one subject.

    `replaces` states whether a fact that began later takes the place of an earlier one, where not every fact does: an
    acting holder of a post does not end the term of its holder.
    """

    def __init__(
        self,
        facts: Iterable[F],
        read_period: Callable[[F], Period],
        replaces: Callable[[F, F], bool] = _always,
    ) -> None:
        self._facts: Sequence[tuple[F, Period]] = [(fact, read_period(fact)) for fact in facts]
        self._replaces = replaces

    def list_valid(self, day: date) -> tuple[F, ...]:
        """Return the facts that are valid on a day, the one that began last at the end; none in a gap."""
        current = [(fact, period) for fact, period in self._facts if period.includes(day)]
        valid = [
            (fact, period)
            for fact, period in current
            if not any(other.first > period.first and self._replaces(fact, later) for later, other in current)
        ]
        return tuple(fact for fact, _period in sorted(valid, key=lambda pair: pair[1].first))

    def list_spans(self) -> list[Span[F]]:
        """Return the whole of time in spans, gaps included, from `date.min` to `date.max`."""
        starts = {date.min}
        for _fact, period in self._facts:
            starts.add(period.first)
            if period.last < date.max:
                starts.add(period.last + timedelta(days=1))
        spans: list[Span[F]] = []
        ordered = sorted(starts)
        for number, first in enumerate(ordered):
            last = ordered[number + 1] - timedelta(days=1) if number + 1 < len(ordered) else date.max
            facts = self.list_valid(first)
            if spans and spans[-1].facts == facts:
                spans[-1] = Span(spans[-1].first, last, facts)
            else:
                spans.append(Span(first, last, facts))
        return spans

    def is_replaced(self, fact: F) -> bool:
        """Return whether a fact is over only because another one follows: its own last day is not known."""
        return next(period for known, period in self._facts if known is fact).end is None and bool(self.find_end(fact))

    def find_end(self, fact: F) -> DateAsKnown | None:
        """Return the date until which a fact is valid: its own end, else the one before the fact that replaces it."""
        own = next(period for known, period in self._facts if known is fact)
        if own.end is not None:
            return own.end
        spans = [span for span in self.list_spans() if fact in span.facts]
        if not spans or spans[-1].last == date.max:
            return None
        following = spans[-1].last + timedelta(days=1)
        starts = [period.start for _fact, period in self._facts if period.start and period.first == following]
        return find_day_before(starts[0]) if starts else DateAsKnown(spans[-1].last)
