"""Dates and times in agendas and minutes."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.dates.formal_dates import format_day, format_deadline
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.documents.times import format_meeting_day, format_time
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY

DAY = DateAsKnown(date(2014, 1, 31))
BY_END = DateAsKnown(date(2013, 12, 31), Precision.YEAR, "by the end of 2013")
MONTH = DateAsKnown(date(2014, 1, 31), Precision.MONTH, "January 2014")
WORDS = DateAsKnown(NO_DAY, Precision.WORDS, "when the course is booked")


@pytest.mark.parametrize(
    ("day", "expected_day", "expected_deadline"),
    [
        (None, "", ""),
        (DAY, "31 January 2014", "by 31 January 2014"),
        (MONTH, "January 2014", "by January 2014"),
        (BY_END, "by the end of 2013", "by the end of 2013"),
        (WORDS, "when the course is booked", "when the course is booked"),
    ],
)
def test_due_day_is_formatted_as_it_is_known(
    day: DateAsKnown | None, expected_day: str, expected_deadline: str
) -> None:
    assert (format_day(day), format_deadline(day)) == (expected_day, expected_deadline)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("end jan", "by 31 January 2014"),
        ("by end jan 2014", "by 31 January 2014"),
        ("erbyn diwedd Ionawr 2014", "by 31 January 2014"),
        ("gwanwyn 2014", "by 31 May 2014"),
        ("mid feb", "by February 2014"),
        ("spring", "by 31 May 2014"),
        ("spring 2014", "by spring 2014"),
        ("end of March 2014", "by end of March 2014"),
        ("by the end of 2014", "by the end of 2014"),
        ("Q4 2013/14", "by Q4 2013/14"),
    ],
)
def test_abbreviated_dates_are_written_in_full(text: str, expected: str) -> None:
    assert format_deadline(read_date(text, TODAY)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("end jan 2014", "erbyn 31 Ionawr 2014"),
        ("erbyn diwedd Ionawr 2014", "erbyn 31 Ionawr 2014"),
        ("end of January 2014", "erbyn diwedd Ionawr 2014"),
        ("diwedd Ionawr", "erbyn 31 Ionawr 2014"),
        ("mid feb", "erbyn Chwefror 2014"),
        ("by the end of 2014", "erbyn diwedd 2014"),
        ("spring 2014", "erbyn gwanwyn 2014"),
        ("march 2014", "erbyn Mawrth 2014"),
        ("14/2/14", "erbyn 14 Chwefror 2014"),
    ],
)
def test_english_due_words_are_welsh_in_a_welsh_paper(text: str, expected: str) -> None:
    with use_language(Language.CY):
        assert format_deadline(read_date(text, TODAY)) == expected
        assert format_deadline(WORDS) == "when the course is booked"


@pytest.mark.parametrize(
    ("values", "when", "hours"),
    [
        ({"starts": "feb 2014"}, "February 2014", ""),
        ({"starts": "14 jan 2014 10:00"}, "Tuesday 14 January 2014", "10am"),
        ({"starts": "14 jan 2014 10:00", "ends": "11:30"}, "Tuesday 14 January 2014", "10am to 11:30am"),
        (
            {"starts": "14 jan 2014 22:00", "minutes": "180"},
            "Tuesday 14 January 2014",
            "10pm to 1am, Wednesday 15 January 2014",
        ),
    ],
)
def test_meeting_is_formatted_with_day_and_hours(
    wales: Workspace, values: dict[str, str], when: str, hours: str
) -> None:
    row = add_meeting(wales, build_meeting_draft({"group": "LG", **values}, TODAY))
    assert (format_meeting_day(row), format_time(row)) == (when, hours)
