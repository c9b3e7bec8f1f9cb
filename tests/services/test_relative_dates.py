"""Dates relative to a meeting keep their words and move with it."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY


def add_action(workspace: Workspace, due: str) -> str:
    draft = build_action_draft({"title": "Circulate the papers", "due": due}, TODAY)
    return actions.add_action(workspace, draft).ref


def read_due(workspace: Workspace, ref: str) -> DateAsKnown | None:
    return actions.show_action(workspace, ref).row.due


def add_meeting(workspace: Workspace, starts: str, **fields: str) -> str:
    values = {"title": "Leadership Group", "group": "leadership-group", "starts": starts, **fields}
    return meetings.add_meeting(workspace, build_meeting_draft(values, TODAY)).ref


def move_meeting(workspace: Workspace, ref: str, starts: str) -> None:
    meetings.edit_meeting(workspace, ref, build_meeting_draft({"starts": starts}, TODAY))


@pytest.mark.parametrize(
    ("typed", "day", "moved_day", "words"),
    [
        ("two weeks before LG-2014-01", "2014-01-14", "2014-01-21", "two weeks before LG-2014-01"),
        ("by LG-2014-01", "2014-01-28", "2014-02-04", "by LG-2014-01"),
        ("the day before lg-2014-01", "2014-01-27", "2014-02-03", "the day before lg-2014-01"),
        ("10 working days after LG-2014-01", "2014-02-11", "2014-02-18", "10 working days after LG-2014-01"),
        ("next Leadership Group", "2014-01-28", "2014-02-04", "next Leadership Group (LG-2014-01)"),
        (
            "before the next meeting of the Leadership Group",
            "2014-01-27",
            "2014-02-03",
            "before the next meeting of the Leadership Group (LG-2014-01)",
        ),
        ("dwy wythnos cyn LG-2014-01", "2014-01-14", "2014-01-21", "dwy wythnos cyn LG-2014-01"),
        (
            "erbyn cyfarfod nesaf y leadership-group",
            "2014-01-28",
            "2014-02-04",
            "erbyn cyfarfod nesaf y leadership-group (LG-2014-01)",
        ),
    ],
)
def test_a_date_relative_to_a_meeting_moves_with_it(
    wales: Workspace, typed: str, day: str, moved_day: str, words: str
) -> None:
    meeting = add_meeting(wales, "2014-01-28 10:00")
    ref = add_action(wales, typed)
    assert read_due(wales, ref) == DateAsKnown(date.fromisoformat(day), Precision.DAY, words)
    move_meeting(wales, meeting, "2014-02-04 14:00")
    row = actions.show_action(wales, ref).row
    assert row.due == row.original_due == DateAsKnown(date.fromisoformat(moved_day), Precision.DAY, words)
    assert row.slips == 0
    undo_step(wales)
    assert read_due(wales, ref) == DateAsKnown(date.fromisoformat(day), Precision.DAY, words)


@pytest.mark.parametrize(
    ("typed", "english", "welsh"),
    [
        ("two weeks before LG-2014-01", "two weeks before LG-2014-01", "2 wythnos cyn LG-2014-01"),
        ("by LG-2014-01", "by LG-2014-01", "erbyn LG-2014-01"),
        (
            "10 working days after LG-2014-01",
            "10 working days after LG-2014-01",
            "10 diwrnod gwaith ar ôl LG-2014-01",
        ),
        ("next Leadership Group", "next Leadership Group (LG-2014-01)", "y cyfarfod nesaf (LG-2014-01)"),
        (
            "Before the next meeting of the Leadership Group",
            "Before the next meeting of the Leadership Group (LG-2014-01)",
            "Cyn y cyfarfod nesaf (LG-2014-01)",
        ),
        ("pythefnos cyn LG-2014-01", "2 weeks before LG-2014-01", "pythefnos cyn LG-2014-01"),
        (
            "erbyn cyfarfod nesaf y leadership-group",
            "by the next meeting (LG-2014-01)",
            "erbyn cyfarfod nesaf y leadership-group (LG-2014-01)",
        ),
        ("deufis ar ôl LG-2014-01", "2 months after LG-2014-01", "deufis ar ôl LG-2014-01"),
    ],
)
def test_words_relative_to_a_meeting_are_in_the_language_of_the_interface(
    wales: Workspace, typed: str, english: str, welsh: str
) -> None:
    add_meeting(wales, "2014-01-28 10:00")
    due = read_due(wales, add_action(wales, typed))
    for language, expected in ((Language.EN, english), (Language.CY, welsh)):
        with use_language(language):
            assert str(due) == expected
            again = read_due(wales, add_action(wales, str(due)))
            assert (again.latest if again else None) == (due.latest if due else date.min)


def test_words_that_wait_for_a_meeting_are_in_the_language_of_the_interface(wales: Workspace) -> None:
    due = read_due(wales, add_action(wales, "two weeks before LG-2015-09"))
    with use_language(Language.CY):
        assert str(due) == "2 wythnos cyn LG-2015-09"


def test_the_next_meeting_stays_that_meeting_when_another_comes_before_it(wales: Workspace) -> None:
    meeting = add_meeting(wales, "2014-03-04 10:00")
    ref = add_action(wales, "next Leadership Group")
    add_meeting(wales, "2014-01-28 10:00")
    move_meeting(wales, meeting, "2014-03-11 10:00")
    due = read_due(wales, ref)
    assert due
    assert due.latest == date(2014, 3, 11)


def test_a_closed_action_keeps_its_date(wales: Workspace) -> None:
    meeting = add_meeting(wales, "2014-01-28 10:00")
    ref = add_action(wales, "two weeks before LG-2014-01")
    actions.close_action(wales, ref)
    move_meeting(wales, meeting, "2014-02-04 10:00")
    due = read_due(wales, ref)
    assert due
    assert due.latest == date(2014, 1, 14)


def test_a_date_of_a_series_without_a_record_is_followed(wales: Workspace) -> None:
    meeting = add_meeting(wales, "2014-01-14 10:00", repeat="monthly on the second Tuesday")
    ref = add_action(wales, "next Leadership Group")
    assert str(read_due(wales, ref)) == f"next Leadership Group ({meeting} 2014-01-14)"
    moment = build_meeting_draft({"starts": "2014-01-16 10:00"}, TODAY).starts
    assert moment
    series.move_day(wales, meeting, date(2014, 1, 14), moment)
    due = read_due(wales, ref)
    assert due
    assert due.latest == date(2014, 1, 16)


@pytest.mark.parametrize("words", ["next Leadership Group", "two weeks before LG-2019-01", "next time"])
def test_words_that_name_no_planned_meeting_stay_words(wales: Workspace, words: str) -> None:
    assert read_due(wales, add_action(wales, words)) == DateAsKnown(date(9999, 12, 31), Precision.WORDS, words)


def test_words_get_their_day_when_the_meeting_gets_one(wales: Workspace) -> None:
    meeting = add_meeting(wales, "February 2014")
    ref = add_action(wales, f"two weeks before {meeting}")
    move_meeting(wales, meeting, "2014-02-18 10:00")
    due = read_due(wales, ref)
    assert due
    assert due.latest == date(2014, 2, 4)


@pytest.mark.parametrize(
    ("typed", "day", "words"),
    [
        ("next Leadership Group", "2014-01-28", "next Leadership Group (LG-2014-01)"),
        (
            "two weeks before the next Leadership Group",
            "2014-01-14",
            "two weeks before the next Leadership Group (LG-2014-01)",
        ),
        ("two weeks before LG-2014-01", "2014-01-14", "two weeks before LG-2014-01"),
    ],
)
def test_words_wait_for_a_meeting_and_get_their_day_when_it_is_planned(
    wales: Workspace, typed: str, day: str, words: str
) -> None:
    ref, closed, other = add_action(wales, typed), add_action(wales, typed), add_action(wales, "as soon as possible")
    actions.close_action(wales, closed)
    add_meeting(wales, "2014-01-28 10:00")
    row = actions.show_action(wales, ref).row
    assert row.due == row.original_due == DateAsKnown(date.fromisoformat(day), Precision.DAY, words)
    assert row.slips == 0
    assert all(due and due.precision is Precision.WORDS for due in (read_due(wales, closed), read_due(wales, other)))
    undo_step(wales)
    assert read_due(wales, ref) == DateAsKnown(date(9999, 12, 31), Precision.WORDS, typed)


def test_words_do_not_wait_for_a_meeting_that_has_been_held(wales: Workspace) -> None:
    ref = add_action(wales, "next Leadership Group")
    add_meeting(wales, "2013-12-03 10:00")
    due = read_due(wales, ref)
    assert due
    assert due.precision is Precision.WORDS
