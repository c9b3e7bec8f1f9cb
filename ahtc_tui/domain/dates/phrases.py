"""Readers of phrases around dates: days before, weeks, ranges, named days, financial years and coming periods.

Each takes text that the parser has folded, and returns None where it is another phrase. A phrase is known by the latest
day that it allows: "before 1 March 2014" by 28 February, "w/c 3 March 2014" by the Sunday of that week.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.components import expand_year
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, add_months, find_month_end, format_long_date
from ahtc_tui.domain.dates.names import fold_words
from ahtc_tui.domain.dates.quarters import find_quarter_end
from ahtc_tui.domain.i18n import _

PhraseReader = Callable[[str, date], DateAsKnown | None]
"""Reads the date within a phrase."""

SUNDAY = 6
ONE_DAY = timedelta(days=1)

_BEFORE = re.compile(r"(?:due )?(?:before|prior to|ahead of|in advance of|cyn)(?: the| yr?)? (?P<rest>\S.*)")
_WEEK = re.compile(
    r"(?:by |in |during |erbyn |yn (?:ystod )?)?(?:the |yr )?(?:w/?c|w c|w/?b|week (?:commencing|beginning|starting)"
    r"|wythnos (?:yn |sy['’]n )(?:dechrau|cychwyn)|(?P<of>week of|wythnos))(?: on| the| ar| yr?)* (?P<day>.+)"
)
_WEEK_END = re.compile(
    r"(?:by |in |erbyn |yn )?(?:the |yr )?(?:w/e|week ending|wythnos (?:yn |sy['’]n )gorffen)(?: on| ar)? (?P<day>.+)"
)
_TIME = (
    r"(?P<time>[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am|pm|yb|yh)|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|noon|midday"
    r"|close of (?:business|play)|cob|canol dydd|hanner dydd)"
)
_TIME_BEFORE_DAY = re.compile(
    rf"(?:due )?(?:(?:by|before|no later than|at|erbyn|cyn|am) )?{_TIME}(?: on| ar)?(?: the| yr?)? (?P<day>.+)"
)
_TIME_AFTER_DAY = re.compile(
    rf"(?P<day>.+?)(?:(?: (?:at|by|before|am|erbyn|cyn))? |(?<=-[0-9]{{2}})t(?=[0-9]{{2}}:)){_TIME}"
)
_RANGE = re.compile(
    r"(?:between |from |rhwng |o )?(?P<first>[0-9]{1,2}(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?|[a-z]{3,})"
    r"(?: ?[-–/] ?| (?:to|and|or|until|hyd at|hyd|tan|i|ac?|neu) )(?P<last>.+)"
)
_DAYS_APART = re.compile(
    r"(?:between |from |rhwng |o )?(?P<first>[0-9].*?[a-z0-9])(?: ?[–-] ?| (?:to|and|until|hyd at|hyd|tan|i|ac?) )"
    r"(?P<last>[0-9]{1,2}[a-z]{0,3} .+)"
)
_FINANCIAL_YEAR = re.compile(
    r"(?:financial year|fy|(?:b|f)lwyddyn ariannol)(?: ?(?P<year>[0-9]{4})[/-](?:[0-9]{2}|[0-9]{4}))?"
)
_NAMED_DAY = re.compile(
    rf"(?:by |at |on |erbyn |adeg )?(?:the |yr? )?(?:dydd )?(?P<name>{'|'.join(names.list_named_days())})"
    r"(?: of)?(?: (?P<year>[0-9]{4}))?"
)
_NEW_YEAR = re.compile(rf"(?:the |y )?(?:{'|'.join(names.NEW_YEAR)})(?: (?P<year>[0-9]{{4}}))?")
_WEEKS_AHEAD = {"this week": 0, "wythnos hon": 0, **dict.fromkeys(
    ("next week", "wythnos nesaf", "end of next week", "diwedd wythnos nesaf", "diwedd yr wythnos nesaf"), 1
)}  # fmt: skip
_MONTHS_AHEAD = {"this month": 0, "y mis hwn": 0, "mis hwn": 0, "next month": 1, "mis nesaf": 1}
_QUARTERS_AHEAD = {"this quarter": 0, "chwarter hwn": 0, "chwarter yma": 0, "next quarter": 1, "chwarter nesaf": 1}
_YEARS_AHEAD = {"this year": 0, "eleni": 0, "next year": 1, "flwyddyn nesaf": 1, "blwyddyn nesaf": 1}


def read_day_before(text: str, today: date, read_inner: PhraseReader) -> DateAsKnown | None:
    """Read "before 1 March 2014" as the day before; before the end of a period is by its end."""
    match = _BEFORE.fullmatch(text)
    if not match:
        return None
    known_date = read_inner(match["rest"], today)
    if known_date is None or not known_date.has_day:
        return None
    if match["rest"].split()[0] in names.ENDS:
        return replace(known_date, words="")
    return DateAsKnown(known_date.earliest - ONE_DAY)


def read_day_with_time(text: str, today: date, read_inner: PhraseReader) -> DateAsKnown | None:
    """Read a day with a time of day, which stays in the words of the date: "by 5pm on 7 February 2014"."""
    match = _TIME_BEFORE_DAY.fullmatch(text) or _TIME_AFTER_DAY.fullmatch(text)
    known_date = read_inner(match["day"], today) if match else None
    if match is None or known_date is None or known_date.precision is not Precision.DAY or known_date.words:
        return None
    names_day = re.search(r"[a-z]{3} [0-9]{4}", match["day"])
    return replace(known_date, words="" if names_day else f"{format_long_date(known_date.latest)}, {match['time']}")


def has_time(words: str) -> bool:
    """Return whether the words of a date name a time of day as well: "10 December, 2pm"."""
    text = fold_words(words)
    return (_TIME_BEFORE_DAY.fullmatch(text) or _TIME_AFTER_DAY.fullmatch(text)) is not None


def read_week(text: str, today: date, read_inner: PhraseReader) -> DateAsKnown | None:
    """Read a week by its first day, or a day in it, as its last day, with words where the text has no year.

    A week by its last day is that day.
    """
    match = _WEEK_END.fullmatch(text) or _WEEK.fullmatch(text)
    day = read_inner(match["day"], today) if match else None
    if match is None or day is None or day.precision is not Precision.DAY or day.words:
        return None
    if match.re is _WEEK_END:
        return day
    monday = day.latest - timedelta(days=day.latest.weekday()) if match["of"] else day.latest
    words = "" if re.search("[0-9]{4}", text) else _("w/c {day}").format(day=format_long_date(monday))
    return DateAsKnown(monday + timedelta(days=SUNDAY), words=words)


def read_range(text: str, today: date, read_inner: PhraseReader) -> DateAsKnown | None:
    """Read two days or months as the second: "3-4 March 2014", "March or April 2014", "3 Rhagfyr hyd 28 Ionawr".

    The second of two whole days is the next one after the first where it has no year.
    """
    if days := _DAYS_APART.fullmatch(text):
        first = read_inner(days["first"], today)
        if first is not None and first.precision is Precision.DAY and not first.words:
            last = read_inner(days["last"], first.latest)
            is_later = last is not None and last.precision is Precision.DAY and last.latest > first.latest
            return last if is_later else None
    match = _RANGE.fullmatch(text)
    is_day = match is not None and match["first"][0].isdigit()
    if match is None or not (
        re.search(r"[a-z]{3}", match["last"]) if is_day else names.find_month_number(match["first"])
    ):
        return None
    last = read_inner(match["last"], today)
    precision = Precision.DAY if is_day else Precision.MONTH
    return last if last is not None and last.precision is precision and not last.words else None


def read_financial_year(text: str, today: date) -> DateAsKnown | None:
    """Read "financial year 2013/14", or the present one, as the March in which it ends."""
    match = _FINANCIAL_YEAR.fullmatch(text)
    if not match:
        return None
    year = expand_year(match["year"]) + 1 if match["year"] else today.year + (today.month > 3)
    return DateAsKnown(date(year, 3, 31), Precision.MONTH)


def read_named_day(text: str, today: date) -> DateAsKnown | None:
    """Read a day that has a name, such as Easter or St David's Day."""
    match = _NAMED_DAY.fullmatch(names.fold_named_day(text))
    if not match:
        return None
    name = names.list_named_days()[match["name"]]
    if match["year"]:
        return DateAsKnown(_find_named_day(name, expand_year(match["year"])))
    day = _find_named_day(name, today.year)
    return DateAsKnown(day if day >= today else _find_named_day(name, today.year + 1))


def read_new_year(text: str, today: date) -> DateAsKnown | None:
    """Read the New Year as January to March of the next year; "New Year 2014" is January of that year."""
    match = _NEW_YEAR.fullmatch(text)
    if match and match["year"]:
        return DateAsKnown(find_month_end(expand_year(match["year"]), 1), Precision.MONTH)
    return DateAsKnown(find_month_end(today.year + 1, 3), Precision.SEASON) if match else None


def _find_named_day(name: str, year: int) -> date:
    rule = names.NAMED_DAYS[name][0]
    if isinstance(rule, tuple):
        return date(year, *rule)
    from dateutil.easter import easter  # type: ignore[import-untyped]

    sunday: date = easter(year)
    return sunday + timedelta(days=rule)


def read_relative_period(text: str, today: date) -> DateAsKnown | None:
    """Read "next week", "next month", "this quarter" or "this year" as the period that it is on `today`."""
    period = text.removeprefix("the ").removeprefix("y ") if text not in _MONTHS_AHEAD else text
    week = text if text in _WEEKS_AHEAD else text.removeprefix("yr ").removeprefix("the ")
    if week in _WEEKS_AHEAD:
        monday = today + timedelta(days=7 * _WEEKS_AHEAD[week] - today.weekday())
        return DateAsKnown(monday + timedelta(days=6), words=_("w/c {day}").format(day=format_long_date(monday)))
    if period in _MONTHS_AHEAD:
        first = add_months(today.replace(day=1), _MONTHS_AHEAD[period])
        return DateAsKnown(find_month_end(first.year, first.month), Precision.MONTH)
    if period in _QUARTERS_AHEAD:
        last = find_quarter_end(add_months(today.replace(day=1), 3 * _QUARTERS_AHEAD[period]))
        quarter = _("Q{number}").format(number=last.month // 3)
        return DateAsKnown(last, Precision.SEASON, words=f"{quarter} {last.year}")
    if period in _YEARS_AHEAD:
        return DateAsKnown(date(today.year + _YEARS_AHEAD[period], 12, 31), Precision.YEAR)
    return None
