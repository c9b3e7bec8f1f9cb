"""Wording of vague dates in the language of the interface: "end feb 2014" is "diwedd Chwefror 2014" in Welsh.

Words of the other language are split into a preposition, a part and a period, and put together again; those relative
to a meeting ("two weeks before LG-2014-01") likewise, into an amount, a side and a reference. Words in the language of
the interface, and other texts ("when funding allows"), are kept as they were typed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.calendar_names import format_month
from ahtc_tui.domain.dates.names import fold_words
from ahtc_tui.domain.i18n import Language, _, get_current_language, ngettext, pgettext
from ahtc_tui.domain.text.cleaning import capitalise

# The patterns are compiled on first use: most commands show no phrase of the other language.
_BEFORE = "|".join(names.BEFORE)
_BY = (
    r"due|by|on or before|until|till|up to|within|at the latest by|no later than|not later than"
    r"|erbyn|hyd at|hyd|tan|d?dim hwyrach nag?|heb fod yn hwyrach nag?"
)
_IN = r"in|during|for|on|at|i|o|ar|ym|yn ystod|yn|yng"
_WEEK = r"w/?c|week (?:commencing|beginning|starting)|wythnos (?:yn|sy['’]n) (?:dechrau|cychwyn)"
_WEEK_OF = r"week of(?: the)?|wythnos(?: yr?)?"
_WEEK_END = r"w/e|week ending|wythnos (?:yn|sy['’]n) gorffen"
_ARTICLE = r"(?:the |mis |fis |yr? )?"
_PHRASE = (
    rf"(?:between |rhwng |from |in the |the |yr? )?(?:(?P<before>{_BEFORE}) |(?P<week>{_WEEK}) "
    rf"|(?P<week_end>{_WEEK_END}) |(?P<week_of>{_WEEK_OF}) |(?P<by>{_BY}) |(?:{_IN}) )?{_ARTICLE}"
    rf"(?:(?P<part>{'|'.join(names.PARTS)})(?: of)?[ -]{_ARTICLE})?(?P<period>\S.*)"
)
_DAY = (
    r"(?:(?:dydd )?(?P<weekday>[a-z]{3,}) )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?(?: of| o)?"
    r" (?P<month>[a-z]{3,}.*)"
)
_DAY_NUMBERS = (
    r"(?P<first>[0-9]{1,2})[a-z]{0,3}(?: ?[-–/] ?| (?:to|and|hyd|tan|i|ac?) )(?P<last>[0-9]{1,2})[a-z]{0,3}(?: of| o)?"
    r" (?P<month>[a-z]{3,}.*)"
)
_DAYS = r"(?P<first>[0-9].* .*?)(?: ?[-–] ?| (?:to|until|and|hyd at|hyd|tan|i|ac?) )(?P<last>[0-9]{1,2}[a-z]{0,3} .+)"
_NAMED_DAY = (
    rf"(?:dydd )?(?P<name>{'|'.join((*names.list_named_days(), *names.NEW_YEAR))})(?: of)?(?: (?P<years>[0-9]{{4}}))?"
)
_MONTH = r"(?P<name>[a-z]{3,})(?: (?P<year>[0-9]{4}))?"
_MONTHS = r"(?P<first>[a-z]{3,}(?: [0-9]{4})?)(?: ?[-–/] ?| (?:to|and|or|hyd|i|ac?|neu) )(?P<last>[a-z]{3,}.*)"
_SEASON = rf"(?P<name>{'|'.join(names.SEASON_ENDS)})(?: of)?(?: (?P<years>[0-9]{{4}}(?:[/-][0-9]{{2,4}})?))?"
_QUARTER = r"(?:q|ch|quarter|chwarter) ?(?P<number>[1-4])(?: of)?(?: (?P<years>[0-9]{4}(?:[/-][0-9]{2,4})?))?"
_HALF = r"h(?P<number>[12])(?: of| o)? ?(?P<years>[0-9]{4}(?:[/-][0-9]{2,4})?)"
_FINANCIAL_YEAR = r"(?:financial year|fy|(?:b|f)lwyddyn ariannol)(?: (?P<years>[0-9]{4}[/-][0-9]{2,4}))?"
_YEARS = r"[0-9]{4}"
_REFERENCE = r"[a-z]\w*-[\w/-]*[0-9]\w*(?: [0-9]{4}-[0-9]{2}-[0-9]{2})?"
_SIDE = "|".join((*names.BEFORE, *names.AFTER))
_RELATIVE = rf"(?:(?P<by>{_BY}) )?{_ARTICLE}(?:(?:{names.AMOUNT} )?(?P<side>{_SIDE}) {_ARTICLE})?(?P<anchor>\S.*)"


def count_months(words: str) -> int:
    """Return how long a season is: six months for half a year, four for "early 2014", else three."""
    folded = fold_words(words)
    if re.search(r"\bh[12]\b", folded):
        return 6
    return 4 if re.search(rf"\b(?:{'|'.join(names.PARTS)})(?: of)?[ -][0-9]{{4}}$", folded) else 3


def rewrite_words(words: str) -> str | None:
    """Return the phrase of a date in full in the language of the interface; None for another phrase."""
    return _rewrite(words, get_current_language())


@lru_cache(maxsize=4096)
def _rewrite(words: str, language: Language) -> str | None:
    del language  # the key of the cache: the messages below are in it
    match = re.fullmatch(_PHRASE, fold_words(words))
    period = _format_period(match["period"]) if match else None
    if match is None or period is None:
        return None
    if match["part"] in names.ENDS and (match["before"] or match["by"]):
        period = _("the end of {period}").format(period=period)
    elif match["part"]:
        period = format_part(match["part"], period)
    if match["before"]:
        return _("before {date}").format(date=period)
    if match["week"]:
        return _("w/c {day}").format(day=period)
    if match["week_of"]:
        return _("the week of {day}").format(day=period)
    if match["week_end"]:
        return _("w/e {day}").format(day=period)
    return _("by {day}").format(day=period) if match["by"] else period


def translate_words(words: str) -> str:
    """Return the words of a date in the language of the interface; unchanged where they are in it already.

    Words in two languages, and texts that are not a date, are unchanged as well.
    """
    language = get_current_language()
    if language is Language.BOTH or is_welsh(words) is (language is Language.CY):
        return words
    return _rewrite(words, language) or translate_phrase(words)


def translate_phrase(words: str) -> str:
    """Return words in place of a date in the language of the interface: "ASAP" is "cyn gynted â phosibl" in Welsh.

    Words in that language and other words are unchanged; a capital at the beginning is kept.
    """
    language = get_current_language()
    phrase = None
    if language is not Language.BOTH:
        is_same = is_welsh(words) is (language is Language.CY)
        phrase = _find_phrase(words, language) or (None if is_same else _rewrite_relative(words, language))
    if phrase is None:
        return words
    return capitalise(phrase) if words[:1].isupper() else phrase


def is_phrase(words: str) -> bool:
    """Return whether words have a translation as a whole: "in the New Year", "maes o law"."""
    return any(_find_phrase(words, language) for language in (Language.EN, Language.CY))


@lru_cache(maxsize=4096)
def _find_phrase(words: str, language: Language) -> str | None:
    folded = fold_words(words)
    folded = fold_words(names.SAME_PHRASES.get(folded, folded))
    for english, welsh in names.PHRASES:
        wanted, other = (welsh, english) if language is Language.CY else (english, welsh)
        if folded == fold_words(other):
            return wanted
    return None


@lru_cache(maxsize=4096)
def _rewrite_relative(words: str, language: Language) -> str | None:
    """Return words relative to a meeting in the language of the interface; None for other words.

    The next meeting of a group is "the next meeting" with its reference, since its group may have no name in the other
    language.
    """
    del language  # the key of the cache
    named = re.fullmatch(names.NAMED_MEETING, words)
    match = re.fullmatch(_RELATIVE, fold_words(named["words"] if named else words))
    if match is None:
        return None
    is_before = match["side"] in names.BEFORE
    if match["side"] and not is_before and not match["unit"]:
        return None
    if named and re.search(r"\b(?:next|nesaf)\b", match["anchor"]):
        day = _("the next meeting ({ref})").format(ref=named["name"])
    elif not named and re.fullmatch(_REFERENCE, match["anchor"]):
        day = match["anchor"].upper()
    else:
        return None
    if match["unit"]:
        unit, count = names.read_unit_and_count(match)
        amount = ngettext(*names.AMOUNTS[unit], count)
        sentence = _("{amount} before {day}") if is_before else _("{amount} after {day}")
        day = sentence.format(amount=amount, day=day)
    elif match["side"]:
        day = _("before {date}").format(date=day)
    return _("by {day}").format(day=day) if match["by"] else day


@lru_cache(maxsize=4096)
def is_welsh(words: str) -> bool:
    """Return whether a phrase has Welsh words of dates: "erbyn diwedd 2013", "Chwefror 2014"."""
    return any(
        word in names.WELSH or (names.find_month_number(word) is not None and _is_welsh_month(word))
        for word in re.findall("[a-z]{2,}", words.casefold())
    )


def _is_welsh_month(word: str) -> bool:
    return len(word) > 2 and not any(row.split()[0].startswith(word) for row in names.MONTHS)


def format_part(part: str, period: str) -> str:
    """Return a part of a month, season or year in the language of the interface: "early 2014"."""
    if part in names.ENDS:
        return _("end of {period}").format(period=period)
    if part in names.MIDDLES:
        return _("mid-{period}").format(period=period)
    if part in names.LATE:
        return _("late in {year}").format(year=period) if period.isdigit() else _("late {period}").format(period=period)
    return _("early {period}").format(period=period)


def _format_period(text: str) -> str | None:
    """Return a day, month, season, quarter or year in the language of the interface; None for other text."""
    if re.fullmatch(_YEARS, text):
        return text
    if match := re.fullmatch(_SEASON, text):
        return " ".join(part for part in (_format_season(match["name"]), match["years"]) if part)
    if match := re.fullmatch(_QUARTER, text):
        quarter = _("Q{number}").format(number=match["number"])
        return " ".join(part for part in (quarter, match["years"]) if part)
    if match := re.fullmatch(_HALF, text):
        half = _("first half of {years}") if match["number"] == "1" else _("second half of {years}")
        return half.format(years=match["years"])
    if match := re.fullmatch(_FINANCIAL_YEAR, text):
        years = match["years"]
        return _("financial year {years}").format(years=years) if years else _("the financial year")
    match = re.fullmatch(_NAMED_DAY, names.fold_named_day(text))
    if match and (match["years"] or match["name"] not in names.NEW_YEAR):
        named_day = names.list_named_days().get(match["name"])
        name = pgettext("day", named_day) if named_day else pgettext("day", "New Year")
        return " ".join(part for part in (name, match["years"]) if part)
    return _format_days(text) or _format_month(text) or _format_months(text)


def _format_days(text: str) -> str | None:
    """Return one day, or the first and the last: "3 to 4 March 2014", "3 December 2013 to 28 January 2014"."""
    if match := re.fullmatch(_DAY_NUMBERS, text):
        month = _format_month(match["month"])
        days = pgettext("days", "{first} to {last}").format(first=match["first"], last=match["last"])
        return f"{days} {month}" if month else None
    if match := re.fullmatch(_DAYS, text):
        first, last = _format_days(match["first"]), _format_days(match["last"])
        return pgettext("days", "{first} to {last}").format(first=first, last=last) if first and last else None
    match = re.fullmatch(_DAY, text)
    if match and match["weekday"] and not names.find_weekday_number(match["weekday"]):
        return None
    month = _format_month(match["month"]) if match else None
    return f"{match['day']} {month}" if match and month else None


def _format_month(text: str) -> str | None:
    match = re.fullmatch(_MONTH, text)
    number = names.find_month_number(match["name"]) if match else None
    return " ".join(part for part in (format_month(number), match["year"]) if part) if match and number else None


def _format_months(text: str) -> str | None:
    match = re.fullmatch(_MONTHS, text)
    first, last = (_format_month(match["first"]), _format_month(match["last"])) if match else (None, None)
    return f"{first}/{last}" if first and last else None


def _format_season(name: str) -> str:
    return {
        5: pgettext("season", "spring"),
        8: pgettext("season", "summer"),
        11: pgettext("season", "autumn"),
        2: pgettext("season", "winter"),
    }[names.SEASON_ENDS[name]]
