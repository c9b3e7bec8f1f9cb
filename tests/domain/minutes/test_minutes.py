"""What one typed line says, and when each item of an agenda begins."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.meetings.model import AgendaRow, LineKind
from ahtc_tui.domain.minutes.model import minutes_over, read_line, running_times

DAY = date(2013, 12, 10)
TEN = datetime.fromisoformat("2013-12-10T10:00")


def item(minutes: int | None) -> AgendaRow:
    return AgendaRow(1, None, "Training", None, minutes, False)


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("two courses were held", LineKind.NOTE, "two courses were held"),
        ("n: two courses", LineKind.NOTE, "two courses"),
        ("D : adopted", LineKind.DECISION, "adopted"),
        ("p: mabwysiadu", LineKind.DECISION, "mabwysiadu"),
        ("g:rhannu", LineKind.ACTION, "rhannu"),
        ("a: share  the\tpack", LineKind.ACTION, "share the pack"),
        ("ad: not a prefix", LineKind.NOTE, "ad: not a prefix"),
        ("n: mail to @jeff due tomorrow", LineKind.NOTE, "mail to @jeff due tomorrow"),
        ("a: write to post@example.org", LineKind.ACTION, "write to post@example.org"),
    ],
)
def test_the_letter_before_the_colon_says_what_a_line_is(typed: str, kind: LineKind, text: str) -> None:
    spoken = read_line(typed, DAY)
    assert (spoken.kind, spoken.text) == (kind, text)


@pytest.mark.parametrize(
    ("typed", "owners", "due", "text"),
    [
        ("a: share @st due end jan", ("st",), date(2014, 1, 31), "share"),
        ("a: share due end jan @st", ("st",), date(2014, 1, 31), "share"),
        ("a: @jeff @spoc.gwent agree dates", ("jeff", "spoc.gwent"), None, "agree dates"),
        ("a: @jeff and @jeff", ("jeff",), None, "and"),
        ("g: rhannu @siân erbyn 28 Chwefror 2014", ("siân",), date(2014, 2, 28), "rhannu"),
        ("a: a report by Bawso", (), None, "a report by Bawso"),
        ("a: a report by fri", (), date(2013, 12, 13), "a report"),
        ("a: pay what is due on 31 nov", (), None, "pay what is due on 31 nov"),
    ],
)
def test_owners_and_the_date_are_taken_out_of_an_action(
    typed: str, owners: tuple[str, ...], due: date | None, text: str
) -> None:
    spoken = read_line(typed, DAY)
    assert (spoken.owners, spoken.text) == (owners, text)
    assert (spoken.due.latest if spoken.due else None) == due


@pytest.mark.parametrize("typed", ["", "   ", "a:", "a: @jeff", "d:  "])
def test_a_line_without_words_is_no_line(typed: str) -> None:
    with pytest.raises(BadInput):
        read_line(typed, DAY)


@given(st.text())
def test_whatever_is_typed_is_a_line_or_one_sentence(typed: str) -> None:
    try:
        spoken = read_line(typed, DAY)
    except BadInput:
        return
    assert spoken.text


def test_each_item_begins_when_those_before_it_should_have_ended() -> None:
    agenda = [item(10), item(None), item(15), item(5)]
    assert [at - TEN for _item, at in running_times(agenda, TEN)] == [
        timedelta(minutes=minutes) for minutes in (0, 10, 10, 25)
    ]


def test_an_agenda_that_is_too_long_says_by_how_much() -> None:
    assert minutes_over([item(50), item(50)], TEN, TEN + timedelta(minutes=90)) == 10
    assert minutes_over([item(50)], TEN, TEN + timedelta(minutes=90)) == 0
    assert minutes_over([item(500)], TEN, None) == 0
