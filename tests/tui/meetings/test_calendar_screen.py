"""The calendar of the mode Meetings."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.meetings.calendar_days import list_calendar_days, move_entry
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.meetings.calendar_screen import format_brief, wrap_head
from tests.builders import TODAY, make_action
from tests.tui.conftest import OpenDesk

DAY = date(2014, 1, 14)


def make_meeting(workspace: Workspace, starts: str, **fields: str) -> str:
    """Add a meeting of the Leadership Group and return its reference."""
    values = {"group": "leadership-group", "starts": starts, "minutes": "60", **fields}
    return add_meeting(workspace, build_meeting_draft(values, TODAY)).ref


def test_days_hold_meetings_due_dates_and_bank_holidays(wales: Workspace) -> None:
    meeting = make_meeting(wales, "2014-01-14 10:00")
    action = make_action(wales, "Brief the chair", due="2014-01-14").ref
    days = list_calendar_days(wales, date(2014, 1, 1), date(2014, 1, 31))
    assert [entry.ref for entry in days[DAY]] == [meeting, action]
    assert days[date(2014, 1, 1)][0].title == "New Year's Day"
    assert date(2014, 1, 15) not in days


@pytest.mark.parametrize(("second", "clashes"), [("10:30", True), ("10:00", True), ("11:00", False)])
def test_meetings_that_overlap_clash(wales: Workspace, second: str, clashes: bool) -> None:
    make_meeting(wales, "2014-01-14 10:00")
    make_meeting(wales, f"2014-01-14 {second}")
    assert [entry.clashes for entry in list_calendar_days(wales, DAY, DAY)[DAY]] == [clashes, clashes]


def test_every_day_of_a_series_is_shown_and_one_is_moved_alone(wales: Workspace) -> None:
    make_meeting(wales, "2014-01-14 10:00", repeat="FREQ=WEEKLY;COUNT=3")
    first, last = date(2014, 1, 1), date(2014, 2, 28)
    days = list_calendar_days(wales, first, last)
    series_days = [day for day in days if any(entry.is_series for entry in days[day])]
    assert series_days == [date(2014, 1, 14), date(2014, 1, 21), date(2014, 1, 28)]
    move_entry(wales, days[date(2014, 1, 21)][0], 2)
    moved = list_calendar_days(wales, first, last)
    assert sorted(day for day in moved if any(entry.starts for entry in moved[day])) == [
        date(2014, 1, 14), date(2014, 1, 23), date(2014, 1, 28),
    ]  # fmt: skip


@pytest.mark.long
async def test_the_month_moves_and_opens(wales: Workspace, either: OpenDesk) -> None:
    ref = make_meeting(wales, "2014-01-14 10:00")
    action = make_action(wales, "Brief the chair", due="2014-01-20").ref
    async with either(wales) as desk:
        await desk.press_keys("4", ".", "M", ".", "t")
        assert "December 2013" in desk.text
        assert "31 today" in desk.text
        await desk.press_keys("down", "down", "plus")
        assert "January 2014" in desk.text
        row = show_meeting(wales, ref).row
        assert row.day is not None
        assert (row.day.latest, str(row.start_time)) == (date(2014, 1, 15), "10:00:00")
        await desk.press_keys("u")
        row = show_meeting(wales, ref).row
        assert row.day is not None
        assert row.day.latest == DAY
        await desk.press_keys(".", "t", "right", *["down"] * 3, *["left"] * 2, ".", "greater_than_sign")
        due = show_action(wales, action).row.due
        assert due is not None
        assert due.latest == date(2014, 1, 27)
        await desk.press_keys("enter", "enter")
        assert desk.screen.noun == "actions"
        assert desk.refs == [action]


async def test_a_meeting_is_added_on_the_selected_day(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", ".", "M", ".", "t", "right", "right", "n")
        await desk.type_text("Wales Anti Human Trafficking Leadership Group")
        await desk.press_keys("ctrl+s")
        assert list_calendar_days(wales, date(2014, 1, 2), date(2014, 1, 2))
        assert "Leadership Group" in desk.text


@pytest.mark.long
async def test_bank_holidays_are_whole_at_120_columns_and_weekdays_are_above_their_days(
    wales: Workspace, wide: OpenDesk
) -> None:
    make_meeting(wales, "2014-12-25 10:00")
    async with wide(wales) as desk:
        await desk.press_keys("4", ".", "M", ".", "t", *["pagedown"] * 12)
        lines = desk.text.splitlines()
        weekdays = next(line for line in lines if line.lstrip().startswith("Mon"))
        christmas = next(number for number, line in enumerate(lines) if " 25 Christmas" in line)
        column = lines[christmas].index("25 Christmas")
        assert weekdays.index("Thu") == column
        assert lines[christmas + 1][column:].split()[0] == "Day"
        assert lines[christmas + 2][column:].startswith("10am")
        assert "26 Boxing Day" in lines[christmas]


async def test_the_name_of_a_meeting_takes_the_lines_that_are_free(wales: Workspace, wide: OpenDesk) -> None:
    make_meeting(wales, "2014-01-14 10:00", group="forum-cardiff")
    async with wide(wales) as desk:
        await desk.press_keys("4", ".", "M", ".", "t", "pagedown")
        lines = desk.text.splitlines()
        first = next(number for number, line in enumerate(lines) if " 10am" in line)
        column = lines[first].index("10am")
        words = " ".join(line[column : column + 14].strip() for line in lines[first : first + 4])
        assert words.startswith("10am Cardiff Anti Human"), words


@pytest.mark.parametrize(
    ("most", "expected"), [(1, ["25 Christmas Day"]), (2, ["25 Christmas", "Day"]), (5, ["25 Christmas", "Day"])]
)
def test_a_bank_holiday_takes_the_lines_that_are_free(most: int, expected: list[str]) -> None:
    assert list(wrap_head("25 Christmas Day", 14, most)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26 Boxing Day", ["26 Boxing", "Day"]),
        ("1 New Year's Day", ["1 New", "Year's Day"]),
        ("26 Gŵyl San Steffan", ["26 Gŵyl", "San Steffan"]),
        ("21 Dydd Llun y Pasg", ["21 Dydd", "Llun y Pasg"]),
        ("25 Christmas Day", ["25", "Christmas…"]),
        ("18 Dydd Gwener y Groglith", ["18 Dydd", "Gwener y…"]),
    ],
)
def test_a_bank_holiday_that_is_longer_than_two_narrow_lines_is_cut_after_a_word(
    text: str, expected: list[str]
) -> None:
    assert list(wrap_head(text, 9, 2)) == expected


async def test_a_welsh_bank_holiday_is_whole_in_a_month_of_80_columns(wales: Workspace, narrow: OpenDesk) -> None:
    with use_language(Language.CY):
        async with narrow(wales) as desk:
            await desk.press_keys("4", ".", "M", ".", "t")
            lines = desk.text.splitlines()
            number = next(number for number, line in enumerate(lines) if " 26 Gŵyl" in line)
            assert "San Steffan" in lines[number + 1]


def test_a_title_that_does_not_fit_its_cell_gives_way_to_the_short_name_of_the_group(wales: Workspace) -> None:
    make_meeting(wales, "2014-01-14 10:00")
    make_meeting(wales, "2014-01-14 14:00", group="forum-cardiff")
    group_meeting, forum_meeting = list_calendar_days(wales, DAY, DAY)[DAY]
    assert format_brief(group_meeting, 60) == "10am Wales Anti Human Trafficking Leadership Group"
    assert format_brief(group_meeting, 12) == "10am LG"
    assert format_brief(forum_meeting, 12) == "2pm Cardiff Anti Human Trafficking Forum", "it has no short name"
