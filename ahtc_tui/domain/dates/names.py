"""Names of months, weekdays, seasons, periods and units of time in both languages; folding of typed dates."""

from __future__ import annotations

import re
from functools import cache

from ahtc_tui.domain.i18n import ngettext_noop, pgettext_noop

# One row for each month or weekday: English, Welsh, and the Welsh mutations after "o", "yn" or "a".
# Names match by a prefix of at least three letters.
MONTHS = (
    "january ionawr",
    "february chwefror",
    "march mawrth fawrth",
    "april ebrill",
    "may mai fai",
    "june mehefin fehefin",
    "july gorffennaf orffennaf ngorffennaf",
    "august awst",
    "september medi fedi",
    "october hydref",
    "november tachwedd dachwedd nhachwedd thachwedd",
    "december rhagfyr ragfyr",
)
WEEKDAYS = (
    "monday llun lun",
    "tuesday mawrth fawrth",
    "wednesday mercher fercher",
    "thursday iau",
    "friday gwener wener",
    "saturday sadwrn",
    "sunday sul",
)
SEASON_ENDS = {
    **dict.fromkeys(("spring", "gwanwyn", "wanwyn", "ngwanwyn"), 5),
    **dict.fromkeys(("summer", "haf"), 8),
    "autumn": 11,
    **dict.fromkeys(("winter", "gaeaf", "aeaf", "ngaeaf"), 2),
}
"""Last month of each season; winter ends in the following year. "Hydref" is October, "yr hydref" is autumn."""
NEAR_DAYS = {
    **{"today": 0, "tomorrow": 1, "yesterday": -1},
    **{"heddiw": 0, "yfory": 1, "fory": 1, "trennydd": 2, "drennydd": 2, "ddoe": -1, "echdoe": -2},
}
ENDS_OF_THIS_WEEK = ("eow", "end of week", "end of the week", "end of this week", "diwedd yr wythnos")
ENDS_OF_THIS_MONTH = (
    "eom",
    "end of month",
    "end of the month",
    "end of this month",
    "diwedd y mis",
    "diwedd y mis hwn",
)
ENDS_OF_THIS_QUARTER = ("eoq", "end of quarter", "end of the quarter", "end of this quarter", "diwedd y chwarter")
ENDS_OF_THIS_YEAR = ("eoy", "end of year", "end of the year", "end of this year", "diwedd y flwyddyn", "diwedd eleni")
NEW_YEAR = ("new year", "blwyddyn newydd", "flwyddyn newydd")
"""Names of the months January to March, where no year follows."""
NAMED_DAYS: dict[str, tuple[tuple[int, int] | int, tuple[str, ...]]] = {
    pgettext_noop("day", "New Year's Day"): ((1, 1), ("new years day", "dydd calan")),
    pgettext_noop("day", "New Year's Eve"): ((12, 31), ("new years eve", "nos galan")),
    pgettext_noop("day", "Christmas"): ((12, 25), ("christmas", "nadolig")),
    pgettext_noop("day", "Christmas Day"): ((12, 25), ("christmas day", "dydd nadolig")),
    pgettext_noop("day", "Christmas Eve"): ((12, 24), ("christmas eve", "noswyl nadolig")),
    pgettext_noop("day", "Boxing Day"): ((12, 26), ("boxing day", "gwyl san steffan")),
    pgettext_noop("day", "St David's Day"): ((3, 1), ("st davids day", "gwyl dewi")),
    pgettext_noop("day", "Easter"): (0, ("easter", "easter sunday", "pasg", "sul y pasg")),
    pgettext_noop("day", "Good Friday"): (-2, ("good friday", "gwener y groglith")),
    pgettext_noop("day", "Easter Monday"): (1, ("easter monday", "llun y pasg")),
}
"""Month and day, or days after Easter Sunday, and the folded names of days that have a name."""
PHRASES = (
    ("in the New Year", "yn y Flwyddyn Newydd"),
    ("early in the New Year", "yn gynnar yn y Flwyddyn Newydd"),
    ("the New Year", "y Flwyddyn Newydd"),
    ("as soon as possible", "cyn gynted â phosibl"),
    ("immediately", "ar unwaith"),
    ("in due course", "maes o law"),
    ("soon", "yn fuan"),
    ("ongoing", "parhaus"),
    ("to be confirmed", "i'w gadarnhau"),
    ("to be agreed", "i'w gytuno"),
    ("next meeting", "y cyfarfod nesaf"),
    ("at the next meeting", "yn y cyfarfod nesaf"),
    ("by the next meeting", "erbyn y cyfarfod nesaf"),
    ("before the next meeting", "cyn y cyfarfod nesaf"),
    ("each meeting", "pob cyfarfod"),
)
"""Words in place of a date, in English and Welsh."""
SAME_PHRASES = {
    "asap": "as soon as possible",
    "a s a p": "as soon as possible",
    "continuing": "ongoing",
    "every meeting": "each meeting",
    "new year": "the New Year",
    "shortly": "soon",
    "tba": "to be agreed",
    "tbc": "to be confirmed",
    "cyn gynted â phosib": "cyn gynted â phosibl",
    "the next meeting": "next meeting",
    "blwyddyn newydd": "y Flwyddyn Newydd",
}
"""Other words for a phrase."""
ENDS = ("end", "diwedd", "ddiwedd")
MIDDLES = ("middle", "mid", "canol", "ganol")
BEGINNINGS = ("start", "beginning", "early in", "early", "dechrau", "ddechrau", "gynnar yn")
LATE = ("late in", "late", "hwyr yn")
PARTS = (*ENDS, *MIDDLES, *BEGINNINGS, *LATE)
WORKING_DAY = ("working day", "diwrnod gwaith", "ddiwrnod gwaith")
ANY_DAY = ("day", "diwrnod", "ddiwrnod")
ORDINALS = {
    **dict.fromkeys(("first", "1st", "cyntaf", "gyntaf", "1af"), 1),
    **dict.fromkeys(("second", "2nd", "ail", "2il"), 2),
    **dict.fromkeys(("third", "3rd", "trydydd", "thrydydd", "3ydd"), 3),
    **dict.fromkeys(("fourth", "4th", "pedwerydd", "phedwerydd", "4ydd"), 4),
    **dict.fromkeys(("fifth", "5th", "pumed", "phumed", "5ed"), 5),
    **dict.fromkeys(("last", "olaf"), -1),
}
"""Ordinals before an English or after a Welsh weekday of a month; "ail" precedes."""
WELSH = {
    *("gwanwyn", "haf", "gaeaf", "ch"),
    *("diwedd", "ddiwedd", "canol", "ganol", "dechrau", "ddechrau"),
    *("erbyn", "mis", "ar", "ym", "yn", "yng", "cyn", "tan", "hyd", "tua", "rhwng", "neu", "dydd", "wythnos"),
    *(
        "flwyddyn",
        "blwyddyn",
        "newydd",
        "nadolig",
        "pasg",
        "calan",
        "chwarter",
        "hanner",
        "ariannol",
        "hwyrach",
        "nesaf",
        "hydref",
        "hwn",
        "hon",
    ),
    *("mewn", "ymhen", "diwrnod", "fis", "i", "heddiw", "yfory", "fory", "ddoe"),
}
"""Welsh words of dates other than month names."""
SAME_MEANING = {
    "yr hydref": "autumn",
    "tymor y ": "",
    "first quarter": "q1",
    "chwarter cyntaf": "q1",
    "second quarter": "q2",
    "ail chwarter": "q2",
    "third quarter": "q3",
    "trydydd chwarter": "q3",
    "fourth quarter": "q4",
    "last quarter": "q4",
    "pedwerydd chwarter": "q4",
    "chwarter olaf": "q4",
    "first half": "h1",
    "hanner cyntaf": "h1",
    "second half": "h2",
    "ail hanner": "h2",
}
"""Phrases, and the word that the parser reads in their place."""
COUNTS = {
    **{
        word: count
        for count, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
    },
    **{"a": 1, "an": 1, "un": 1, "dau": 2, "dwy": 2, "tri": 3, "tair": 3, "pedwar": 4, "pedair": 4},
    **{"pum": 5, "chwe": 6, "saith": 7, "wyth": 8, "naw": 9, "deg": 10, "deng": 10},
    **{"ddau": 2, "ddwy": 2, "dri": 3, "dair": 3, "bedwar": 4, "bedair": 4, "bum": 5, "ddeg": 10, "ddeng": 10},
}
"""Numbers as words before a unit of time."""
UNITS = {
    **dict.fromkeys(
        ("wd", "working day", "working days", "diwrnod gwaith", "ddiwrnod gwaith", "niwrnod gwaith"),
        ("working days", 1),
    ),
    **dict.fromkeys(("d", "day", "days", "diwrnod", "ddiwrnod", "niwrnod"), ("days", 1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "wythnos"), ("weeks", 1)),
    **dict.fromkeys(("fortnight", "fortnights", "pythefnos", "bythefnos"), ("weeks", 2)),
    **dict.fromkeys(("deufis", "ddeufis"), ("months", 2)),
    **dict.fromkeys(("m", "mth", "mths", "month", "months", "mis", "fis"), ("months", 1)),
    **dict.fromkeys(
        ("y", "yr", "yrs", "year", "years", "blynedd", "flynedd", "mlynedd", "blwyddyn", "flwyddyn"), ("years", 1)
    ),
}
"""Units of time, each with its unit in the calendar and a factor; a unit of two words precedes its first word."""
UNITS_WITH_COUNT = ("pythefnos", "bythefnos", "deufis", "ddeufis")
"""Welsh units that need no number."""
BEFORE = ("before", "prior to", "ahead of", "cyn")
AFTER = ("after", "from", "following", "ar ôl", "ar ol", "wedi")
AMOUNT = (
    rf"\+? ?(?:(?P<count>[0-9]{{1,3}}) ?|(?P<word>{'|'.join(COUNTS)}) )?(?P<unit>{'|'.join(UNITS)})"
    r"(?:['’]s?)?(?: time)?"
)
"""A number and a unit of time, which `read_unit_and_count` reads."""
AMOUNTS = {
    "days": ngettext_noop("1 day", "{n} days"),
    "working days": ngettext_noop("1 working day", "{n} working days"),
    "weeks": ngettext_noop("1 week", "{n} weeks"),
    "months": ngettext_noop("1 month", "{n} months"),
    "years": ngettext_noop("1 year", "{n} years"),
}
"""Text of an amount by its unit in the calendar."""
NAMED_MEETING = r"(?P<words>.*\S) \((?P<name>[^()]*[0-9][^()]*)\)"
"""Words relative to the next meeting of a group, and the reference of that meeting."""

# Patterns of strings: they are compiled on first use, and most commands read no date.
_AT_THE_LATEST = r" (?:at the latest|fan bellaf|ar y diweddaraf)$"
_TWICE = r"([a-z]{3,})/([a-z]{3,})"
_MIDNIGHT = r"[ t]00:00(?::00)?$"
_WITHOUT_COUNT = r"\b(ymhen|o fewn|mewn) (?=(?:diwrnod|wythnos|mis|blwyddyn)\b)"


def find_month_number(name: str) -> int | None:
    """Return the month number for a name or its prefix ("sept", "Rhag"), or None."""
    return _number_prefixes(MONTHS).get(name)


def find_weekday_number(name: str) -> int | None:
    """Return the weekday number for a name or its prefix, 1 for Monday to 7 for Sunday, or None."""
    return _number_prefixes(WEEKDAYS).get(name)


def read_unit_and_count(match: re.Match[str]) -> tuple[str, int]:
    """Return the unit in the calendar and the number of a match of `AMOUNT`, which is 1 where none is given."""
    unit, factor = UNITS[match["unit"]]
    count = int(match["count"]) if match["count"] else COUNTS.get(match["word"] or "", 1)
    return unit, count * factor


@cache
def _number_prefixes(rows: tuple[str, ...]) -> dict[str, int]:
    """Return the number of the first row with a name that begins so, by each beginning."""
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        for name in row.split():
            for length in range(1, len(name) + 1):
                numbers.setdefault(name[:length], number)
    return numbers


def fold_words(words: str) -> str:
    """Case-fold; drop commas, full stops after letters, and a time of midnight, which spreadsheets add to a date."""
    text = re.sub(r"(?<=[a-z])['’]r\b", " y", words.casefold().replace(",", " "))
    text = re.sub(_TWICE, _merge_bilingual_month, re.sub(r"(?<=[a-z])\.", " ", text))
    text = re.sub(_AT_THE_LATEST, "", re.sub(_MIDNIGHT, "", " ".join(text.split())))
    for phrase, meaning in SAME_MEANING.items():
        text = text.replace(phrase, meaning)
    return re.sub(_WITHOUT_COUNT, r"\1 un ", re.sub(r"\bnesa\b", "nesaf", text))


def fold_named_day(text: str) -> str:
    """Return folded text as NAMED_DAYS has it: without apostrophes and the circumflex of "gŵyl"."""
    return text.replace("'", "").replace("’", "").replace("ŵ", "w")


@cache
def list_named_days() -> dict[str, str]:
    """Return the English name of each named day by its folded names, the longest first."""
    named = {name: english for english, (_rule, folded) in NAMED_DAYS.items() for name in folded}
    return dict(sorted(named.items(), key=lambda pair: -len(pair[0])))


def _merge_bilingual_month(match: re.Match[str]) -> str:
    """Reduce one month in two languages, "rhagfyr/december", to one name; leave other text unchanged."""
    first, second = (find_month_number(name) for name in match.groups())
    return match[1] if first is not None and first == second else match[0]
