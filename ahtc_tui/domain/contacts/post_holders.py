"""Terms of persons in posts, and the report of an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, find_month_end
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


def find_first_day(known_date: DateAsKnown) -> date:
    """Return the first day that a start date allows: "November 2012" starts on the 1st, "2012" on 1 January.

    Raises BadInput for words without a day.
    """
    day = known_date.latest
    match known_date.precision:
        case Precision.DAY:
            return day
        case Precision.MONTH:
            return day.replace(day=1)
        case Precision.WORDS:
            raise BadInput(_('"{words}" is not a date: enter a day, a month or a year.').format(words=known_date))
    return date(day.year, 1, 1)


def find_day_before(known_date: DateAsKnown) -> DateAsKnown:
    """Return the last day of the predecessor of a holder who starts on a date, with the precision of that date."""
    start = find_first_day(known_date)
    if start == date.min:
        raise BadInput(_("Nothing comes before {day}.").format(day=known_date))
    before = start - timedelta(days=1)
    match known_date.precision:
        case Precision.MONTH:
            return DateAsKnown(find_month_end(before.year, before.month), Precision.MONTH)
        case Precision.YEAR:
            return DateAsKnown(date(before.year, 12, 31), Precision.YEAR)
    return DateAsKnown(before)


def format_stored_term(first: DateAsKnown | None, last: DateAsKnown | None) -> tuple[str | None, str | None]:
    """Stored text of a first and a last day. Raises BadInput if the last day is before the first."""
    if first is not None:
        find_first_day(first)
    if last is not None and last.precision is Precision.WORDS:
        raise BadInput(_('"{words}" is not a date: enter a day, a month or a year.').format(words=last))
    if first is not None and last is not None and last.latest < find_first_day(first):
        raise BadInput(_("{last} is before {first}: a term must end after it starts.").format(last=last, first=first))
    return first.stored_text if first else None, last.stored_text if last else None


def format_term(first: DateAsKnown | None, last: DateAsKnown | None, acting: bool = False) -> str:
    """Return a term in words: "from May 2012 until 9 February 2014, acting"; empty if nothing is known."""
    since = [_("from {day}").format(day=soften_date(first))] if first else []
    until = [_("until {day}").format(day=soften_date(last))] if last else []
    period = " ".join([*since, *until])
    return ", ".join(filter(None, (period, _("acting") if acting else "")))


@dataclass(frozen=True, slots=True)
class Holding:
    """A holding with its person and term, as the rules need it."""

    key: RowKey
    person: RowKey | None
    name: str | None
    ordinal: int | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    acting: bool

    @property
    def start(self) -> date:
        """First day, or `date.min` if unknown."""
        return find_first_day(self.from_on) if self.from_on else date.min

    def is_held_on(self, day: date) -> bool:
        """Return whether the person holds the post on a day."""
        return self.start <= day and (self.to_on is None or self.to_on.latest >= day)


@dataclass(frozen=True, slots=True)
class AppointmentReport:
    """Effects of an appointment, or of the end of a term without a successor."""

    post: str
    post_ref: str
    person: str | None
    """New holder; None if the post becomes vacant."""
    person_ref: str | None
    from_on: DateAsKnown
    to_on: DateAsKnown | None
    acting: bool
    former: tuple[str, ...]
    """Holders until the day before."""
    former_until: DateAsKnown | None
    actions: tuple[str, ...]
    """Open actions that the post leads or supports; they stay with the post."""
    seats: tuple[str, ...]
    invites: tuple[str, ...]
    """Future meetings that the post is invited to."""
    kept: tuple[str, ...]
    """Closed actions, which keep the name of the former holder."""
    questions: tuple[str, ...]
    """Records of the former holder in person, to be decided by a person."""
