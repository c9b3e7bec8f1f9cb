"""Names of months, weekdays, seasons and parts of periods, in English and Welsh."""

from __future__ import annotations

# One row for each month or weekday: English, Welsh, and the Welsh mutations after "o", "yn" or "a".
# Names match by a prefix of at least three letters.
_MONTHS = (
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
_WEEKDAYS = (
    "monday llun",
    "tuesday mawrth",
    "wednesday mercher",
    "thursday iau",
    "friday gwener",
    "saturday sadwrn",
    "sunday sul",
)
SEASON_ENDS = {"spring": 5, "gwanwyn": 5, "summer": 8, "haf": 8, "autumn": 11, "winter": 2, "gaeaf": 2}
"""Last month of each season; winter ends in the following year. "Hydref" is read as October, not as autumn."""
NEAR_DAYS = {"today": 0, "heddiw": 0, "tomorrow": 1, "yfory": 1, "yesterday": -1, "ddoe": -1}
ENDS_OF_THIS_MONTH = ("eom", "end of month", "end of the month", "end of this month")
ENDS_OF_THIS_YEAR = ("eoy", "end of year", "end of the year", "end of this year")
WITHOUT_A_DAY = ("in the new year", "new year")
ENDS = ("end", "diwedd", "ddiwedd")
PARTS = (*ENDS, "middle", "mid", "canol", "ganol", "start", "beginning", "early", "dechrau", "ddechrau", "late")
WELSH = {
    *("gwanwyn", "haf", "gaeaf", "ch"),
    *("diwedd", "ddiwedd", "canol", "ganol", "dechrau", "ddechrau"),
    *("erbyn", "mis", "ar", "ym", "yn", "yng"),
}
"""Welsh words of dates other than month names."""


def find_month_number(name: str) -> int | None:
    """Month number for a name or its prefix ("sept", "Rhag"), or None."""
    return _find_row_number(name, _MONTHS)


def find_weekday_number(name: str) -> int | None:
    """Weekday number for a name or its prefix, 1 for Monday to 7 for Sunday, or None."""
    return _find_row_number(name, _WEEKDAYS)


def _find_row_number(name: str, rows: tuple[str, ...]) -> int | None:
    numbers = (
        number for number, row in enumerate(rows, 1) if any(full_name.startswith(name) for full_name in row.split())
    )
    return next(numbers, None)
