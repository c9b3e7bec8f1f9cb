"""Working days in Wales and the UK, and the deadlines of a meeting.

Deadlines: notice two weeks before; papers five clear working days before, not counting the day of sending and the day
of the meeting; a note of the decisions seven working days after; draft minutes to the chair ten working days after;
final minutes five working days after the next meeting. Bank holidays come from the library `holidays`, which is
imported at first use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision

NOTICE_DAYS = 14
CLEAR_DAYS = 5
DRAFT_DAYS = 10
FINAL_DAYS = 5
NOTE_DAYS = 7

SATURDAY = 5
UK_PARTS = ("ENG", "NIR", "SCT", "WLS")
ONE_DAY = timedelta(days=1)


@cache
def _import_united_kingdom() -> Callable[..., dict[date, str]]:
    """Return the class of the United Kingdom without its package, which would import the classes of 250 countries."""
    package, spec = "holidays.countries", find_spec("holidays.countries")
    if spec is None or package in sys.modules:
        from holidays.countries.united_kingdom import UnitedKingdom
    else:
        sys.modules[package] = module_from_spec(spec)
        try:
            from holidays.countries.united_kingdom import UnitedKingdom
        finally:
            del sys.modules[package]  # whoever imports it later gets all of it
    return UnitedKingdom


@lru_cache(maxsize=64)
def _load_bank_holidays(year: int) -> dict[date, str]:
    return dict(_import_united_kingdom()(subdiv="WLS", years=[year]).items())


@lru_cache(maxsize=64)
def _load_uk_holidays(year: int) -> frozenset[date]:
    parts = (_import_united_kingdom()(subdiv=part, years=[year]) for part in UK_PARTS)
    return frozenset(day for part in parts for day in part)


def add_uk_working_days(day: date, count: int) -> date:
    """Return the day after `count` working days in the whole UK (Freedom of Information Act 2000, section 10(6))."""
    while count:
        day += ONE_DAY
        count -= day.weekday() < SATURDAY and day not in _load_uk_holidays(day.year)
    return day


def find_bank_holiday(day: date) -> str | None:
    """Return the English name of the bank holiday in Wales on a day, or None."""
    return _load_bank_holidays(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Return whether a day is neither a weekend nor a bank holiday in Wales."""
    return day.weekday() < SATURDAY and find_bank_holiday(day) is None


def subtract_working_days(day: date, count: int = 1) -> date:
    """Return the working day `count` working days before a day."""
    return _step_working_days(day, count, -ONE_DAY)


def add_working_days(day: date, count: int = 1) -> date:
    """Return the working day `count` working days after a day."""
    return _step_working_days(day, count, ONE_DAY)


def _step_working_days(day: date, count: int, step: timedelta) -> date:
    while count:
        day += step
        count -= is_working_day(day)
    return day


def move_back_to_working_day(day: date) -> date:
    """Return the day if it is a working day, else the last working day before it."""
    return day if is_working_day(day) else subtract_working_days(day)


def move_on_to_working_day(day: date) -> date:
    """Return the day if it is a working day, else the next working day."""
    return day if is_working_day(day) else add_working_days(day)


@dataclass(frozen=True, slots=True)
class MeetingDeadlines:
    """The days before a meeting for notice and papers, and after it for draft and final minutes."""

    notice_on: date
    papers_on: date
    """Last day on which papers reach the secretariat and are sent."""
    draft_on: date
    final_on: date | None
    """None if the next meeting is not known."""


def compute_deadlines(day: date, next_meeting: date | None = None) -> MeetingDeadlines | None:
    """Return the deadlines of a meeting on a day; None at the ends of the calendar."""
    try:
        draft_on = add_working_days(day, DRAFT_DAYS)
        return MeetingDeadlines(
            move_back_to_working_day(day - timedelta(days=NOTICE_DAYS)),
            compute_papers_day(day),
            draft_on,
            max(draft_on, add_working_days(next_meeting, FINAL_DAYS)) if next_meeting else None,
        )
    except (OverflowError, ValueError):
        return None


def compute_note_day(day: date) -> date | None:
    """Return the day by which the note of a meeting is published; None at the end of the calendar."""
    try:
        return add_working_days(day, NOTE_DAYS)
    except (OverflowError, ValueError):
        return None


def compute_papers_day(day: date) -> date:
    """Return the day on which papers are sent, CLEAR_DAYS clear working days before the meeting."""
    return subtract_working_days(day, CLEAR_DAYS + 1)


def find_papers_day(day: DateAsKnown | None) -> date | None:
    """Return the day on which papers go out; None if the day of the meeting is not known exactly."""
    if day is None or day.precision is not Precision.DAY:
        return None
    deadlines = compute_deadlines(day.latest)
    return deadlines.papers_on if deadlines else None
