"""Working days in Wales and deadlines of a meeting."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from ahtc_tui.domain.dates.calendar_names import format_bank_holiday
from ahtc_tui.domain.dates.working_days import (
    add_working_days,
    compute_deadlines,
    compute_papers_day,
    find_bank_holiday,
    is_working_day,
    move_back_to_working_day,
    subtract_working_days,
)
from ahtc_tui.domain.i18n import Language, use_language


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2014-04-18", "Good Friday"),
        ("2014-04-21", "Easter Monday"),
        ("2015-12-28", "Boxing Day (observed)"),
        ("2022-09-19", "State Funeral of Queen Elizabeth II"),
        ("2014-03-01", None),
        ("2014-03-17", None),
    ],
)
def test_bank_holidays_of_wales_are_not_working_days(day: str, name: str | None) -> None:
    assert find_bank_holiday(date.fromisoformat(day)) == name
    assert is_working_day(date.fromisoformat(day)) is (name is None and date.fromisoformat(day).weekday() < 5)


@pytest.mark.parametrize(
    ("meeting", "notice", "papers", "draft"),
    [
        ("2014-02-11", "2014-01-28", "2014-02-03", "2014-02-25"),
        ("2014-04-25", "2014-04-11", "2014-04-15", "2014-05-12"),  # Easter before it, May Day after it
        ("2014-01-06", "2013-12-23", "2013-12-24", "2014-01-20"),
        ("2014-01-08", "2013-12-24", "2013-12-30", "2014-01-22"),
        ("2014-05-05", "2014-04-17", "2014-04-25", "2014-05-19"),  # notice would fall on Easter Monday
    ],
)
def test_notice_papers_and_draft_are_counted_in_working_days(
    meeting: str, notice: str, papers: str, draft: str
) -> None:
    deadlines = compute_deadlines(date.fromisoformat(meeting))
    assert deadlines
    assert [day.isoformat() for day in (deadlines.notice_on, deadlines.papers_on, deadlines.draft_on)] == [
        notice,
        papers,
        draft,
    ]
    assert deadlines.final_on is None


def test_five_working_days_lie_between_the_papers_and_the_meeting() -> None:
    for day in (date(2014, 1, 1) + (date(2014, 1, 2) - date(2014, 1, 1)) * n for n in range(365)):
        sent = compute_papers_day(day)
        assert is_working_day(sent)
        between = [date.fromordinal(n) for n in range(sent.toordinal() + 1, day.toordinal())]
        assert sum(map(is_working_day, between)) == 5


def test_final_minutes_are_due_after_the_next_meeting() -> None:
    deadlines = compute_deadlines(date(2014, 2, 11), date(2014, 4, 16))
    assert deadlines
    assert deadlines.final_on == date(2014, 4, 25)


def test_final_minutes_are_never_due_before_the_draft() -> None:
    for days in range(1, 40):
        deadlines = compute_deadlines(date(2014, 4, 22), date(2014, 4, 22) + timedelta(days))
        assert deadlines
        assert deadlines.final_on
        assert deadlines.final_on >= deadlines.draft_on, days


def test_adding_and_subtracting_skips_non_working_days() -> None:
    assert subtract_working_days(date(2014, 4, 22)) == date(2014, 4, 17)
    assert add_working_days(date(2014, 4, 17)) == date(2014, 4, 22)
    assert move_back_to_working_day(date(2014, 4, 20)) == date(2014, 4, 17)
    assert move_back_to_working_day(date(2014, 4, 17)) == date(2014, 4, 17)


def test_dates_at_the_ends_of_the_calendar_have_no_deadlines() -> None:
    assert compute_deadlines(date.max) is None
    assert compute_deadlines(date.min) is None


def test_every_bank_holiday_has_a_welsh_name() -> None:
    first, last = date(2009, 1, 1), date(2035, 12, 31)
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    names = {name for day in days if (name := find_bank_holiday(day))}
    assert len(names) > 10
    with use_language(Language.CY):
        assert [name for name in names if format_bank_holiday(name) == name] == []
        assert format_bank_holiday("Boxing Day (observed)") == "Gŵyl San Steffan (diwrnod amgen)"
    assert format_bank_holiday("Boxing Day (observed)") == "Boxing Day (substitute day)"


COMPARE_WITH_WHOLE_LIBRARY = """
import sys
from ahtc_tui.domain.dates import working_days
years = range(1990, 2050)
own = [(working_days._load_bank_holidays(year), working_days._load_uk_holidays(year)) for year in years]
assert not [name for name in sys.modules if name.startswith("holidays.countries.") and "united" not in name]
import holidays
for year, (bank_holidays, uk_holidays) in zip(years, own):
    assert bank_holidays == dict(holidays.country_holidays("GB", subdiv="WLS", years=year).items())
    parts = [holidays.country_holidays("GB", subdiv=part, years=year) for part in working_days.UK_PARTS]
    assert uk_holidays == {day for part in parts for day in part}
from holidays.countries import FR
assert FR(years=2024)
"""


def test_bank_holidays_are_those_of_the_library_without_its_other_countries() -> None:
    subprocess.run([sys.executable, "-c", COMPARE_WITH_WHOLE_LIBRARY], check=True, timeout=60)
