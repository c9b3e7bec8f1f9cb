"""Parser of dates as written in Wales, day first, and of texts that are a mistyped date. It does not read the clock and
does not guess days.

A date without a year is its next occurrence on or after today, since forms ask for due dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.calendar_names import format_month
from ahtc_tui.domain.dates.components import (
    GAP,
    MONTH,
    SEPARATOR,
    NotADate,
    build_checked_day,
    check_month,
    check_year,
    expand_year,
    read_amount,
    read_distance,
    resolve_day,
    resolve_month_end,
)
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, add_months, find_month_end
from ahtc_tui.domain.dates.names import fold_words
from ahtc_tui.domain.dates.phrases import (
    has_time,
    read_day_before,
    read_day_with_time,
    read_financial_year,
    read_named_day,
    read_new_year,
    read_range,
    read_relative_period,
    read_week,
)
from ahtc_tui.domain.dates.quarters import find_quarter_end
from ahtc_tui.domain.dates.wording import format_part
from ahtc_tui.domain.dates.working_days import is_working_day
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

SHORTEST_NAME = 4
"""Letters of the shortest name that is compared: "May" and "Iau" resemble too many words."""
MONTH_ENDINGS = ("uary", "ember", "tober", "fror", "hefin", "ffennaf", "wedd", "fyr")

_DATE_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "ar",
        "at",
        "before",
        "by",
        "commencing",
        "beginning",
        "ending",
        "due",
        "during",
        "for",
        "from",
        "in",
        "latest",
        "later",
        "next",
        "no",
        "not",
        "of",
        "on",
        "or",
        "prior",
        "than",
        "the",
        "this",
        "to",
        "until",
        "w",
        "c",
        "wc",
        "wb",
        "we",
        "week",
        "weeks",
        "within",
        "st",
        "nd",
        "rd",
        "th",
        "af",
        "il",
        "ydd",
        "ed",
        "fed",
        "eg",
        "ain",
        "o",
        "y",
        "yr",
        "na",
        "nag",
        "financial",
        "fy",
        "quarter",
        "half",
        "first",
        "second",
        "third",
        "fourth",
        "last",
        "q",
        "eom",
        "eoy",
        "eow",
    ]
)
_DAY_AND_WORD = re.compile(
    r"(?:[^\W\d]+ )*?(?P<day>[0-9]{1,2}) ?(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?(?: of| o)? (?P<word>[^\W\d]{3,})"
    r"(?:,? ['’]?(?P<year>[0-9]{4}|[0-9]{2}))?"
)


@lru_cache(maxsize=1)
def _list_names() -> tuple[str, ...]:
    """Return the names of months, weekdays and seasons that are long enough to be compared."""
    rows = (*names.MONTHS, *names.WEEKDAYS, *names.SEASON_ENDS)
    return tuple(name for row in rows for name in row.split() if len(name) >= SHORTEST_NAME)


def is_mistyped_date(words: str) -> bool:
    """Return whether text that is not a date was meant as one."""
    text = " ".join(re.findall(r"[^\W\d_]+|[0-9]+", words.casefold()))
    unknown_words = [word for word in text.split() if not word.isdigit() and not _is_date_word(word)]
    if not unknown_words or all(_resembles_name(word) for word in unknown_words):
        return True
    match = _DAY_AND_WORD.fullmatch(text)
    if match is None or unknown_words != [match["word"]] or not 1 <= int(match["day"]) <= 39:
        return False
    return match["year"] is not None or match["word"].endswith(MONTH_ENDINGS)


def _is_date_word(word: str) -> bool:
    if word in _DATE_WORDS or word in names.PARTS or word in names.WELSH or word in names.SEASON_ENDS:
        return True
    if word in names.NEAR_DAYS or word in names.UNITS or word in names.COUNTS:
        return True
    return len(word) > 2 and bool(names.find_month_number(word) or names.find_weekday_number(word))


@lru_cache(maxsize=1024)
def _resembles_name(word: str) -> bool:
    """Return whether a word is a name with a letter that is wrong, missing, added or out of place."""
    from rapidfuzz.distance import OSA

    return len(word) >= SHORTEST_NAME and any(
        OSA.distance(word, name) <= (2 if len(name) > 6 else 1) for name in _list_names()
    )


DateReader = Callable[[str, date], DateAsKnown | None]

FRIDAY = 4
LONGEST_DATE = 300
"""Characters of the longest text that is read as a date: the patterns take long for longer ones."""

_YEAR = r"(?P<year>[0-9]{4}|['’]?[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2}) ?(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?"
_WEEKDAY = r"(?:(?:d?dydd |nos )?(?P<weekday>[a-z]{3,}) ?)?(?:the |yr? )?"

_DAY_OF_MONTH = re.compile(rf"{_WEEKDAY}{_DAY}(?: of?\b)?{GAP}{MONTH}(?:{GAP}{_YEAR})?")
_MONTH_AND_DAY = re.compile(rf"(?:(?P<weekday>[a-z]{{3,}}) )?{MONTH} {_DAY}{SEPARATOR}(?P<year>[0-9]{{4}})")
_NUMBERS = re.compile(rf"{_WEEKDAY}{_DAY}{SEPARATOR}(?P<month>[0-9]{{1,2}})(?:{SEPARATOR}{_YEAR})?")
_WEEKDAY_ALONE = re.compile(r"(?:next |this |d?dydd |nos )?(?P<weekday>[a-z]{3,})(?: nesaf| yma| hwn)?")
_PREPOSITION = "|".join((
    *("by", "on or before", "on", "in", "during", "for", "until", "till", "up to", "within", "at the latest by"),
    *("no later than", "not later than", "about", "around", "circa", "erbyn", "ar", "ym", "yn ystod"),
    *("yn", "yng"),
    *("hyd at", "hyd", "tan", "mewn", "ymhen", "o fewn", "tua", "d?dim hwyrach nag?", "heb fod yn hwyrach nag?"),
    *("i", "o"),
))  # fmt: skip
_ARTICLE = r"(?:the |[mf]is (?!nesaf|h[wo]n|yma)|yr? )?"
_LEAD = re.compile(rf"(?:due )?(?:(?:{_PREPOSITION}) )*{_ARTICLE}")
_RELATIVE = re.compile(r"\b(?:next|this|nesaf|hwn|hon|yma|eleni)\b")

_YEAR_FIRST = re.compile(
    rf"(?P<year>[0-9]{{4}}){SEPARATOR}(?P<month>[0-9]{{1,2}})(?:{SEPARATOR}(?P<day>[0-9]{{1,2}}))?"
)
_MONTH_NUMBER = re.compile(rf"(?P<month>[0-9]{{1,2}}){SEPARATOR}(?P<year>[0-9]{{4}})")
_MONTH_NAME = re.compile(rf"{MONTH}(?: of)?(?:{GAP}(?P<year>[0-9]{{4}})|(?:-|[ -]?['’])(?P<short>[0-9]{{2}}))?")
_MONTH_OR_DAY = re.compile(rf"{MONTH} (?P<number>[0-9]{{1,2}})")
_SEASON = re.compile(
    rf"(?P<season>{'|'.join(names.SEASON_ENDS)})(?: of)?(?: ?(?P<year>[0-9]{{4}})(?P<split>[/-][0-9]{{2,4}})?)?"
)
_YEARS = r"(?P<year>[0-9]{4})(?P<split>[/-][0-9]{2,4})?"
_QUARTER = re.compile(rf"(?:q|ch|quarter|chwarter) ?(?P<quarter>[1-4])(?: of)?(?: ?{_YEARS})?")
_HALF = re.compile(rf"h(?P<half>[12])(?: of| o)? ?{_YEARS}")
_WEEKDAY_OF_MONTH = re.compile(
    rf"(?:(?P<before>{'|'.join(names.ORDINALS)}) )?(?:d?dydd )?(?P<day>{'|'.join(names.WORKING_DAY)}|[a-z]{{3,}})"
    rf"(?: (?P<after>{'|'.join(names.ORDINALS)}))?(?: of| in| o| yn| yng| ym)? {_ARTICLE}(?P<month>.+)"
)
_PART = re.compile(rf"(?P<part>{'|'.join(names.PARTS)})(?: of)?[ -]{_ARTICLE}(?P<whole>.+)")


def read_date(text: str, today: date) -> DateAsKnown:
    """Read a date. Raises BadInput if the text is not a date or the date does not exist."""
    words = " ".join(text.split())
    if known_date := _try_read_date(words, today):
        return known_date
    raise _build_not_a_date_error(words)


def read_date_alone(text: str, today: date) -> DateAsKnown:
    """Read a date for a place that holds no time of day. Raises BadInput as `read_date`, and for a date with a time."""
    known_date = read_date(text, today)
    refuse_time(known_date)
    return known_date


def refuse_time(known_date: DateAsKnown) -> None:
    """Raise BadInput for a date with a time of day, which would be lost."""
    if known_date.words and known_date.precision is Precision.DAY and has_time(known_date.words):
        sentence = _('"{words}" has a time. Enter the date without it.')
        raise BadInput(sentence.format(words=known_date.words))


def read_date_or_words(text: str, today: date) -> DateAsKnown:
    """Read a date, or keep words without a day ("ASAP").

    Raises BadInput if the date does not exist, or for a date with a wrong word in it ("12 smarch 2014").
    """
    words = " ".join(text.split())
    if known_date := _try_read_date(words, today):
        return known_date
    has_letters = any(letter.isalpha() for letter in words)
    if has_letters and (len(words) > LONGEST_DATE or not is_mistyped_date(words)):
        return DateAsKnown(NO_DAY, Precision.WORDS, words)
    raise _build_not_a_date_error(words)


def strip_lead(text: str) -> str:
    """Return folded text without its prepositions and article: "by the end of 2013" is "end of 2013"."""
    return _LEAD.sub("", text, count=1)


def shift_day(day: date, text: str) -> date:
    """Return a day moved by an amount, such as "+3w" or "-10 days"; a date is the day itself. Raises BadInput."""
    words = " ".join(text.split())
    is_back = words[:1] in ("-", "−")
    text = fold_words(words[1:] if is_back else words)
    amount = read_amount(text) if re.match(r"\+? ?[0-9]", text) else None
    if amount:
        return amount.add_to(day, back=is_back)
    try:
        known_date = read_date(words, day)
    except NotADate:
        known_date = None
    if known_date is None or known_date.precision is not Precision.DAY:
        raise BadInput(_('"{text}" cannot move a date. Enter +3w, -10d or a date.').format(text=words))
    return known_date.latest


def _try_read_date(words: str, today: date) -> DateAsKnown | None:
    if not words:
        raise BadInput(_("Enter a date, like 24 November 2013, fri or +2w."))
    if len(words) > LONGEST_DATE:
        return None
    text = fold_words(words)
    if known_date := _try_readers(_EXACT_READERS, text, today):
        return known_date
    if known_date := _try_phrases(text, words, today):
        return known_date
    return _read_after_preposition(text, words, today)


def _read_after_preposition(text: str, words: str, today: date) -> DateAsKnown | None:
    known_date = _try_readers((*_EXACT_READERS, *_LOOSE_READERS), strip_lead(text), today)
    if known_date is None or known_date.precision is Precision.DAY:
        return known_date
    return known_date if _RELATIVE.search(text) or known_date.words else replace(known_date, words=words)


def _read_near_day(text: str, today: date) -> DateAsKnown | None:
    return _add_days(today, names.NEAR_DAYS[text]) if text in names.NEAR_DAYS else None


def _read_amount(text: str, today: date) -> DateAsKnown | None:
    if amount := read_amount(text):
        return DateAsKnown(amount.add_to(today))
    day = read_distance(text, lambda anchor: _try_read_date(anchor, today))
    return DateAsKnown(day) if day else None


def _add_days(today: date, count: int) -> DateAsKnown:
    day = today + timedelta(days=count)
    return DateAsKnown(day.replace(year=check_year(day.year)))


def _read_end_of_this(text: str, today: date) -> DateAsKnown | None:
    if text in names.ENDS_OF_THIS_WEEK:
        return _add_days(today, (FRIDAY - today.weekday()) % 7)
    if text in names.ENDS_OF_THIS_MONTH:
        return DateAsKnown(find_month_end(today.year, today.month))
    if text in names.ENDS_OF_THIS_QUARTER:
        return DateAsKnown(find_quarter_end(today))
    return DateAsKnown(date(today.year, 12, 31)) if text in names.ENDS_OF_THIS_YEAR else None


def _read_weekday(text: str, today: date) -> DateAsKnown | None:
    match = _WEEKDAY_ALONE.fullmatch(text)
    weekday = names.find_weekday_number(match["weekday"]) if match else None
    if weekday is None:
        return None
    days_until = (weekday - today.isoweekday()) % 7 or 7  # never today
    return _add_days(today, days_until)


def _read_weekday_of_month(text: str, today: date) -> DateAsKnown | None:
    """Read "last Friday of March 2014", "second working day of next month" or "dydd Llun cyntaf mis Ebrill"."""
    match = _WEEKDAY_OF_MONTH.fullmatch(text)
    if not match or bool(match["before"]) is bool(match["after"]):
        return None
    text = "this month" if match["month"] in ("month", "mis") else match["month"]
    month = _try_readers((_read_year_first, _read_month_name, read_relative_period), text, today)
    weekday = names.find_weekday_number(match["day"])
    if (
        month is None
        or month.precision is not Precision.MONTH
        or not (weekday or match["day"] in (*names.WORKING_DAY, *names.ANY_DAY))
    ):
        return None
    ordinal = names.ORDINALS[match["before"] or match["after"]]
    day = _find_day_of_month(month.earliest, match["day"], ordinal)
    is_yearless = not re.search("[0-9]{4}", match["month"]) and not _RELATIVE.search(text)
    if day and day < today and is_yearless:
        day = _find_day_of_month(add_months(month.earliest, 12), match["day"], ordinal)
    if day is None:
        sentence = _('{month} has no "{day}".')
        raise BadInput(sentence.format(month=month, day=f"{match['before'] or match['after']} {match['day']}"))
    return DateAsKnown(day)


def _find_day_of_month(first: date, name: str, ordinal: int) -> date | None:
    """Return the day of a month with an ordinal: a weekday, a working day, or any day."""
    weekday = names.find_weekday_number(name)
    days = [first + timedelta(days=n) for n in range(find_month_end(first.year, first.month).day)]
    if name in names.WORKING_DAY:
        days = [day for day in days if is_working_day(day)]
    elif weekday:
        days = [day for day in days if day.isoweekday() == weekday]
    index = ordinal - 1 if ordinal > 0 else ordinal
    return days[index] if -len(days) <= index < len(days) else None


def _read_day_of_month(text: str, today: date) -> DateAsKnown | None:
    match = _DAY_OF_MONTH.fullmatch(text) or _MONTH_AND_DAY.fullmatch(text)
    month = names.find_month_number(match["month"]) if match else None
    return build_checked_day(match, month, today) if match and month else None


def _read_numeric_date(text: str, today: date) -> DateAsKnown | None:
    match = _NUMBERS.fullmatch(text)
    return build_checked_day(match, check_month(match["month"]), today) if match else None


def _try_readers(readers: Iterable[DateReader], text: str, today: date) -> DateAsKnown | None:
    """Return the result of the first reader that accepts the text, or None."""
    return next((known_date for reader in readers if (known_date := reader(text, today))), None)


def _read_year_first(text: str, today: date) -> DateAsKnown | None:
    """Read "2013-11-24", "2013-11" or "11/2013"."""
    match = _YEAR_FIRST.fullmatch(text) or _MONTH_NUMBER.fullmatch(text)
    if not match:
        return None
    year, month = expand_year(match["year"]), check_month(match["month"])
    if day := match.groupdict().get("day"):
        return DateAsKnown(resolve_day(int(day), month, year, today))
    return DateAsKnown(find_month_end(year, month), Precision.MONTH)


def _read_month_name(text: str, today: date) -> DateAsKnown | None:
    """Read a month by name with or without a year. Raises BadInput if the number may be a day or a year."""
    ambiguous = _MONTH_OR_DAY.fullmatch(text)
    match = ambiguous or _MONTH_NAME.fullmatch(text)
    month = names.find_month_number(match["month"]) if match else None
    if not match or not month:
        return None
    if ambiguous:
        sentence = _('"{text}" may be a day or a year. Enter the day first, as in {day} {month}, or the year in full.')
        raise BadInput(sentence.format(text=text, day=ambiguous["number"], month=format_month(month)))
    return DateAsKnown(resolve_month_end(month, match["year"] or match["short"], today), Precision.MONTH)


def _read_year(text: str, today: date) -> DateAsKnown | None:
    """Read a year of four digits."""
    return DateAsKnown(date(expand_year(text), 12, 31), Precision.YEAR) if re.fullmatch("[0-9]{4}", text) else None


def _read_season(text: str, today: date) -> DateAsKnown | None:
    """Read a season; a winter with two years ends in the second."""
    match = _SEASON.fullmatch(text)
    month = names.SEASON_ENDS[match["season"]] if match else 0
    is_winter = month == 2
    if not match or (match["split"] and not is_winter):
        return None
    year = str(expand_year(match["year"]) + (1 if is_winter else 0)) if match["year"] else None
    return DateAsKnown(resolve_month_end(month, year, today), Precision.SEASON)


def _read_quarter(text: str, today: date) -> DateAsKnown | None:
    """Read a quarter or half of a year, or of a financial year from April ("Q4 2013/14" ends in March 2014)."""
    match = _QUARTER.fullmatch(text) or _HALF.fullmatch(text)
    if not match:
        return None
    parts = match.groupdict()
    month, year = int(parts["quarter"]) * 3 if "quarter" in parts else int(parts["half"]) * 6, match["year"]
    if match["split"]:
        month, year = month % 12 + 3, str(expand_year(year) + month // 12)
    return DateAsKnown(resolve_month_end(month, year, today), Precision.SEASON)


def _read_part_of_period(text: str, today: date) -> DateAsKnown | None:
    """Read "end of" or "mid" with a month, season or year. The latest day remains the end of the period."""
    match = _PART.fullmatch(text)
    period = (
        _try_readers(
            (
                *(_read_year_first, _read_month_name, _read_year, _read_season, _read_quarter),
                *(read_relative_period, read_financial_year, read_new_year),
            ),
            match["whole"],
            today,
        )
        if match
        else None
    )
    if not match or not period or period.precision is Precision.DAY:
        return None
    if period.precision is not Precision.YEAR:
        return period
    if match["part"] in names.ENDS:
        return replace(period, precision=Precision.MONTH)
    month = 12
    if match["part"] in names.BEGINNINGS:
        month = 4
    elif match["part"] in names.MIDDLES:
        month = 8
    words = "" if match["whole"].isdigit() else format_part(match["part"], str(period.latest.year))
    return DateAsKnown(find_month_end(period.latest.year, month), Precision.SEASON, words)


_EXACT_READERS: tuple[DateReader, ...] = (
    _read_near_day, _read_end_of_this, _read_amount, _read_day_of_month, _read_numeric_date, _read_year_first,
    _read_month_name, _read_year, _read_weekday, read_relative_period, _read_weekday_of_month,
)  # fmt: skip
_LOOSE_READERS: tuple[DateReader, ...] = (
    _read_season, _read_quarter, read_financial_year, read_named_day, read_new_year, _read_part_of_period,
)  # fmt: skip


def _try_phrases(text: str, words: str, today: date) -> DateAsKnown | None:
    """Read a phrase around a date: "before 1 March 2014", "w/c 3 March 2014", "March or April 2014".

    A phrase with a year keeps its words, and a week without one has its year added to them.
    """
    readers = (read_day_with_time, read_day_before, read_week, read_range)
    known_date = next((known_date for reader in readers if (known_date := reader(text, today, _try_read_date))), None)
    if known_date is None or re.search(r"[0-9]{4}", text):
        return replace(known_date, words=known_date.words or words) if known_date else None
    dated = f"{words} {known_date.latest.year}"
    week = read_week(fold_words(dated), today, _try_read_date)
    return replace(week, words=dated) if week and week.latest == known_date.latest else known_date


def _build_not_a_date_error(words: str) -> NotADate:
    sentence = _('"{text}" is not a date. Enter one like 24 November 2013, 24/11/13, fri or +2w.')
    return NotADate(sentence.format(text=words if len(words) <= 40 else words[:39] + "…"))
