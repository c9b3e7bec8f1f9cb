"""A line of the filter as a person types it, letter by letter."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.actions.filters import FLAGS, ActionFilter, Which, one_of, read_filter
from ahtc_tui.domain.actions.model import Brag, Marking, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput

TODAY = date(2013, 12, 31)


def reader(words: str) -> DateAsKnown:
    return read_date(words, TODAY)


def asked(text: str, base: ActionFilter | None = None) -> ActionFilter:
    return read_filter(text, reader, base)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("training health boards", ActionFilter(words="training health boards")),
        ("@jeff  #gwent", ActionFilter(lead_words="jeff", group_words="gwent")),
        ("@jeff @james", ActionFilter(lead_words="jeff james")),
        ("#forum #gwent !closed", ActionFilter(Which.CLOSED, group_words="forum gwent")),
        ("!LATE !red", ActionFilter(late=True, brag="R")),
        ("!blue", ActionFilter(Which.ALL, brag="B")),
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
def test_a_line_means_what_it_says(text: str, meant: ActionFilter) -> None:
    assert asked(text) == meant


@pytest.mark.parametrize(
    "text", ["due<", "due<30 n", "due >", "due<asap", "due<in the new year", "!", "@", "#", "!lat"]
)
def test_what_is_half_typed_asks_nothing(text: str) -> None:
    assert asked(text) == ActionFilter()


@pytest.mark.parametrize(
    ("text", "words"), [("police f", "police"), ("annex b ", "annex b"), ("board 7", "board 7"), ("b annex", "b annex")]
)
def test_one_letter_behind_other_words_asks_nothing_until_a_space_ends_it(text: str, words: str) -> None:
    assert asked(text) == ActionFilter(words=words)


def test_a_line_narrows_what_the_screen_asks_already() -> None:
    base = ActionFilter(Which.ALL, group=b"key")
    assert asked("!late", base) == ActionFilter(Which.ALL, group=b"key", late=True)


def test_every_mark_of_the_list_is_a_condition() -> None:
    assert all(asked(f"!{name}") != ActionFilter() for name in FLAGS if name != "open")


@pytest.mark.parametrize(("word", "meant"), [("in progress", Status.IN_PROGRESS), ("On-Hold", Status.ON_HOLD)])
def test_a_status_is_understood_with_space_or_dash(word: str, meant: Status) -> None:
    assert one_of(word, Status, "status") is meant


def test_a_rating_is_a_letter_or_a_word() -> None:
    assert one_of("g", Brag, "BRAG rating") is one_of("Green", Brag, "BRAG rating") is Brag.GREEN
    assert one_of("OFFICIAL-SENSITIVE", Marking, "marking") is Marking.OFFICIAL_SENSITIVE
    with pytest.raises(BadInput, match='"pink" is not a BRAG rating: choose one of B, R, A, G'):
        one_of("pink", Brag, "BRAG rating")


def test_a_dash_asks_for_what_has_none_of_it() -> None:
    assert asked("@- #- obj:-").without == {"lead", "group", "objective"}
