"""When a meeting is and when an action is due, in the words of a formal paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import MONTHS, DateAsKnown, Precision, long_date
from ahtc_tui.domain.dates.formatting import long_date_with_day
from ahtc_tui.domain.dates.names import ENDS, PARTS, WELSH, month_number
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.services.documents.participant_names import Names


def say_day(day: DateAsKnown | None, language: Language = Language.EN) -> str:
    """A due date: a day in full however it was typed, else the words in which it is known.

    Words that a paper cannot print ("end jan", in Welsh any English ones) are said as the day, or the month, that they
    allow.
    """
    if day is None:
        return ""
    if day.precision is Precision.DAY:
        return long_date(day.latest)
    if not day.words or day.precision is Precision.WORDS or (language is not Language.CY and _printable(day.words)):
        return str(day)
    if day.precision is Precision.MONTH and _part_of_month(day.words):
        return str(DateAsKnown(day.latest, Precision.MONTH))
    return long_date(day.latest)


def _printable(words: str) -> bool:
    """Whether words stand in an English paper as they are: the year is in them, and each month in full."""
    names = re.findall(r"[^\W\d]{2,}", words)
    short = (name for name in names if len(name) > 2 and month_number(name.lower()) and name not in MONTHS)
    return bool(re.search(r"\b[0-9]{4}\b", words)) and not any(short) and not {*WELSH} & {n.lower() for n in names}


def _part_of_month(words: str) -> bool:
    """Whether the words mean an earlier part of a month than its end: "mid jan", "dechrau Ionawr"."""
    return bool({word for word in PARTS if word not in ENDS} & set(words.lower().split()))


def by_day(day: DateAsKnown | None, language: Language = Language.EN) -> str:
    """ "by 31 January 2014", "by the end of 2013"; words that name no day stand as they are."""
    said = say_day(day, language)
    if day is None or day.precision is Precision.WORDS or said.lower().startswith("by "):
        return said
    return _("by {day}").format(day=said)


def say_when(row: MeetingRow) -> str:
    """The day in full with its weekday, or as it is known."""
    if row.day is None:
        return _("Date to be confirmed")
    return long_date_with_day(row.day.latest) if row.day.precision is Precision.DAY else str(row.day)


def say_time(row: MeetingRow) -> str:
    """ "10:00 to 11:30"; the day of the end is said where it is another."""
    if row.starts is None:
        return ""
    if row.ends is None:
        return f"{row.starts:%H:%M}"
    ends = f"{row.ends:%H:%M}"
    if row.ends.date() != row.starts.date():
        ends = f"{ends}, {long_date_with_day(row.ends.date())}"
    return _("{start} to {end}").format(start=f"{row.starts:%H:%M}", end=ends)


def say_meeting(row: MeetingRow | None, names: Names) -> str:
    """Day, time and place of a meeting in one line; nothing where there is none."""
    return ", ".join(part for part in (say_when(row), say_time(row), names.text(row.where)) if part) if row else ""
