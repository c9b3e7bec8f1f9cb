"""Readable recurrence rules, and series at the ends of the calendar."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.kinds import OnHoliday
from ahtc_tui.domain.meetings.series import Series
from ahtc_tui.domain.meetings.series_words import format_holiday_rule, format_rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=6", "every month on the second Tuesday, 6 times"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20141231",
            "every 2 weeks on Monday, Wednesday, until 31 December 2014",
        ),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", "every month on the last Tuesday"),
        ("FREQ=MONTHLY;BYMONTHDAY=14;COUNT=1", "every month on day 14, once"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"),
        ("FREQ=MONTHLY;BYSETPOS=1", "FREQ=MONTHLY;BYSETPOS=1"),
        ("FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYDAY=20MO"),
        ("FREQ=YEARLY;BYDAY=X", "FREQ=YEARLY;BYDAY=X"),
        ("FREQ=YEARLY;BYMONTH=3", "FREQ=YEARLY;BYMONTH=3"),
    ],
)
def test_a_rule_is_formatted_in_words_where_possible(rule: str, words: str) -> None:
    assert format_rule(rule) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=5", "bob mis ar y dydd Mawrth cyntaf, 5 gwaith"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", "bob 2 fis ar yr ail ddydd Mawrth"),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=1", "bob mis ar y dydd Gwener olaf, unwaith"),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=2", "bob wythnos ar ddydd Llun, dydd Mercher, 2 waith"),
    ],
)
def test_a_rule_has_the_mutations_of_welsh(rule: str, words: str) -> None:
    with use_language(Language.CY):
        assert format_rule(rule) == words


def test_the_holiday_rule_is_formatted_in_words() -> None:
    assert [format_holiday_rule(rule) for rule in OnHoliday] == [
        "",
        "moved to the next working day on a bank holiday",
        "not on a bank holiday",
    ]


def test_a_meeting_moves_past_two_holidays_in_a_row() -> None:
    christmas = Series("FREQ=YEARLY", datetime(2014, 12, 25, 10), OnHoliday.MOVE)  # noqa: DTZ001  # a wall time
    assert [
        f"{slot.starts:%d %b}" for slot in christmas.list_slots(date(2014, 1, 1), date(2014, 12, 31)) if slot.starts
    ] == ["29 Dec"]


def test_an_unreadable_rule_and_the_ends_of_the_calendar_give_no_days() -> None:
    unreadable = Series("FREQ=SOMETIMES", datetime(2014, 1, 1, 10))  # noqa: DTZ001  # a wall time
    assert (
        unreadable.find_start(),
        unreadable.has_planned(unreadable.first),
        unreadable.list_slots(date(2014, 1, 1), date.max),
    ) == (None, False, [])
    last = Series("FREQ=YEARLY", datetime(9999, 6, 1, 10))  # noqa: DTZ001  # a wall time
    assert last.find_next_slot(date(9999, 7, 1)) is None
    assert last.list_slots(date.min, date(2014, 1, 1)) == []


def test_a_working_day_of_the_month_is_no_bank_holiday() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}"
    last, first = (Series(rule.format(position), datetime.fromisoformat("2010-01-04T10:00")) for position in (-1, 1))
    [may] = last.list_slots(date(2010, 5, 1), date(2010, 5, 31))
    assert (may.planned.date(), may.starts, may.holiday) == (
        date(2010, 5, 31),
        datetime.fromisoformat("2010-05-28T10:00"),
        "Spring Bank Holiday",
    )
    [january] = first.list_slots(date(2014, 1, 1), date(2014, 1, 31))
    assert january.starts == datetime.fromisoformat("2014-01-02T10:00")


@pytest.mark.parametrize(
    ("rule", "months"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=31", [2, 4, 6, 9, 11]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31", [4]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", [2]),
        ("FREQ=MONTHLY;BYDAY=2TU", []),
        ("FREQ=WEEKLY", []),
    ],
)
def test_a_rule_names_the_months_that_it_skips(rule: str, months: list[int]) -> None:
    assert Series(rule, datetime.fromisoformat("2014-01-31T10:00")).list_skipped_months() == months
