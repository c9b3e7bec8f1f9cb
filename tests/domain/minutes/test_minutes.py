"""Parser of typed minutes, and running times of an agenda."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import AgendaRow
from ahtc_tui.domain.minutes.model import compute_overrun, compute_running_times, read_line

DAY = date(2013, 12, 10)
TEN = datetime.fromisoformat("2013-12-10T10:00")


def build_item(minutes: int | None) -> AgendaRow:
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
def test_the_prefix_gives_the_kind_of_a_line(typed: str, kind: LineKind, text: str) -> None:
    line = read_line(typed, DAY)
    assert (line.kind, line.text) == (kind, text)


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
def test_owners_and_date_are_split_from_an_action(
    typed: str, owners: tuple[str, ...], due: date | None, text: str
) -> None:
    line = read_line(typed, DAY)
    assert (line.owners, line.text) == (owners, text)
    assert (line.due.latest if line.due else None) == due


@pytest.mark.parametrize("typed", ["", "   ", "a:", "a: @jeff", "d:  "])
def test_a_line_without_words_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        read_line(typed, DAY)


@given(st.text())
def test_any_text_is_a_line_or_refused(typed: str) -> None:
    try:
        line = read_line(typed, DAY)
    except BadInput:
        return
    assert line.text


def test_each_item_begins_after_the_minutes_of_those_before_it() -> None:
    agenda = [build_item(10), build_item(None), build_item(15), build_item(5)]
    assert [item_starts - TEN for _agenda_row, item_starts in compute_running_times(agenda, TEN)] == [
        timedelta(minutes=minutes) for minutes in (0, 10, 10, 25)
    ]


def test_the_overrun_of_a_long_agenda_is_computed() -> None:
    assert compute_overrun([build_item(50), build_item(50)], timedelta(minutes=90)) == 10
    assert compute_overrun([build_item(50)], timedelta(minutes=90)) == 0
    assert compute_overrun([build_item(500)], None) == 0
