"""Parser of typed action filters."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.actions.filters import FILTER_FLAGS, ActionFilter, ActionScope, read_action_filter, read_choice
from ahtc_tui.domain.actions.model import Brag, Marking, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.keys import RowKey

TODAY = date(2013, 12, 31)


def read_day(words: str) -> DateAsKnown:
    return read_date(words, TODAY)


def read_typed_filter(text: str, base: ActionFilter | None = None) -> ActionFilter:
    return read_action_filter(text, read_day, base)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("training health boards", ActionFilter(words="training health boards")),
        ("@jeff  #gwent", ActionFilter(lead_words="jeff", group_words="gwent")),
        ("@jeff @james", ActionFilter(lead_words="jeff james")),
        ("#forum #gwent !closed", ActionFilter(ActionScope.CLOSED, group_words="forum gwent")),
        ("!LATE !red", ActionFilter(late=True, brag="R")),
        ("!blue", ActionFilter(ActionScope.ALL, brag="B")),
        ("due<30 nov 2013", ActionFilter(due_before=date(2013, 11, 30))),
        ("due <= 30 nov 2013", ActionFilter(due_before=date(2013, 12, 1))),
        ("due>=1/1/2014 training", ActionFilter(due_after=date(2013, 12, 31), words="training")),
        ("card due>fri 2", ActionFilter(due_after=date(2014, 1, 3), words="card 2")),
        ("due<end of november 2013 #gwent", ActionFilter(due_before=date(2013, 11, 30), group_words="gwent")),
        ("due>1 nov 2013 due<30 nov 2013", ActionFilter(due_after=date(2013, 11, 1), due_before=date(2013, 11, 30))),
        ("overdue<30", ActionFilter(words="overdue<30")),
        ("due diligence", ActionFilter(words="due diligence")),
    ],
)
def test_a_typed_line_becomes_a_filter(text: str, expected: ActionFilter) -> None:
    assert read_typed_filter(text) == expected


@pytest.mark.parametrize(
    "text", ["due<", "due<30 n", "due >", "due<asap", "due<in the new year", "!", "@", "#", "!lat"]
)
def test_incomplete_conditions_are_ignored(text: str) -> None:
    assert read_typed_filter(text) == ActionFilter()


@pytest.mark.parametrize(
    ("text", "words"), [("police f", "police"), ("annex b ", "annex b"), ("board 7", "board 7"), ("b annex", "b annex")]
)
def test_a_last_single_letter_is_ignored_until_a_space_follows(text: str, words: str) -> None:
    assert read_typed_filter(text) == ActionFilter(words=words)


def test_a_typed_line_narrows_the_filter_of_the_screen() -> None:
    base = ActionFilter(ActionScope.ALL, group=RowKey(b"key"))
    assert read_typed_filter("!late", base) == ActionFilter(ActionScope.ALL, group=RowKey(b"key"), late=True)


def test_every_flag_is_a_condition() -> None:
    assert all(read_typed_filter(f"!{name}") != ActionFilter() for name in FILTER_FLAGS if name != "open")


@pytest.mark.parametrize(("word", "status"), [("in progress", Status.IN_PROGRESS), ("On-Hold", Status.ON_HOLD)])
def test_a_status_is_read_with_a_space_or_a_dash(word: str, status: Status) -> None:
    assert read_choice(word, Status, "status") is status


def test_a_rating_is_a_letter_or_a_word() -> None:
    assert read_choice("g", Brag, "BRAG rating") is read_choice("Green", Brag, "BRAG rating") is Brag.GREEN
    assert read_choice("OFFICIAL-SENSITIVE", Marking, "marking") is Marking.OFFICIAL_SENSITIVE
    with pytest.raises(BadInput, match='"pink" is not a BRAG rating: choose one of B, R, A, G'):
        read_choice("pink", Brag, "BRAG rating")


def test_a_dash_selects_actions_without_a_value() -> None:
    assert read_typed_filter("@- #- obj:-").without == {"lead", "group", "objective"}
