"""Due days of answers, review days and excerpts of redacted text."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.privacy.data_protection import (
    ErasedRow,
    compute_answer_due,
    compute_review_day,
    format_review_ground,
)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2013-09-03", "2013-10-03"),
        ("2013-01-31", "2013-02-28"),
        ("2012-01-31", "2012-02-29"),
        ("2013-08-31", "2013-09-30"),
        ("2013-12-31", "2014-01-31"),
        ("2013-10-09", "2013-11-11"),  # a Saturday
        ("2013-11-25", "2013-12-27"),  # Christmas and Boxing Day
        ("2014-03-18", "2014-04-22"),  # Good Friday to Easter Monday
    ],
)
def test_an_answer_is_due_one_calendar_month_after_the_request_on_a_working_day(received: str, due: str) -> None:
    assert compute_answer_due(date.fromisoformat(received)) == date.fromisoformat(due)


def test_a_person_is_reviewed_on_the_set_day_or_24_months_after_the_last_use() -> None:
    assert compute_review_day(DateAsKnown(date(2014, 5, 1)), date(2013, 1, 1)) == date(2014, 5, 1)
    assert compute_review_day(None, date(2013, 1, 1)) == date(2015, 1, 1)
    assert format_review_ground(None) == ()


@pytest.mark.parametrize(
    ("before", "after", "excerpt"),
    [
        ("Ask Ann Hart", "Ask a former member", "Ask a former member"),
        ("x" * 500 + " Ann " + "y" * 500, "x" * 500 + " SPOC " + "y" * 500, f"… {'x' * 59} SPOC {'y' * 115} …"),
    ],
)
def test_the_excerpt_of_a_long_text_surrounds_the_change(before: str, after: str, excerpt: str) -> None:
    assert ErasedRow("issues", "text", before, after).excerpt == excerpt
