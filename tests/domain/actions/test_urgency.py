"""Terms of the urgency of an action."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ahtc_tui.domain.actions.model import ActionRow, Brag, Marking, Priority, Status
from ahtc_tui.domain.actions.urgency import compute_due_weight, compute_urgency, compute_urgency_terms
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.keys import NO_KEY

TODAY = date(2013, 12, 31)
PLAIN = ActionRow(
    NO_KEY, "DP-01", "x", None, None, Status.PLANNED, None, None, None, None, None, None, None, None, (), None, None, 0,
    None, None, None, None, None, None, None, Marking.OFFICIAL, None, False, False,
)  # fmt: skip


def build_due(days: int) -> DateAsKnown:
    return DateAsKnown(TODAY + timedelta(days=days))


@pytest.mark.parametrize(("days", "weight"), [(-60, 12.0), (-7, 12.0), (14, 2.4), (300, 2.4), (None, 0.0)])
def test_the_due_date_weighs_from_two_weeks_before_to_a_week_after(days: int | None, weight: float) -> None:
    assert compute_due_weight(days) == pytest.approx(weight)


def test_each_term_has_a_name_and_a_contribution() -> None:
    row = replace(
        PLAIN, due=build_due(-7), status=Status.IN_PROGRESS, brag=Brag.RED, priority=Priority.HIGH,
        raised_on=build_due(-73), blocking=True, blocked=True,
    )  # fmt: skip
    assert dict(compute_urgency_terms(row, TODAY)) == {
        "due": 12.0, "blocking": 8.0, "blocked": -5.0, "priority": 6.0, "status": 4.0, "brag": 5.0, "age": 0.4,
    }  # fmt: skip
    assert compute_urgency(row, TODAY) == 30.4


def test_closed_actions_have_no_urgency() -> None:
    assert (
        compute_urgency_terms(replace(PLAIN, status=Status.DONE, due=build_due(-7), priority=Priority.HIGH), TODAY)
        == []
    )


def test_a_continuing_duty_is_urgent_only_when_its_review_is_due() -> None:
    duty = replace(PLAIN, status=Status.CONTINUING, due=build_due(-30))
    assert compute_urgency_terms(duty, TODAY) == []
    assert compute_urgency_terms(replace(duty, review_on=build_due(1)), TODAY) == []
    assert compute_urgency_terms(replace(duty, review_on=build_due(0)), TODAY) == [("review", 4.0)]


def test_a_due_date_without_a_day_adds_no_urgency() -> None:
    assert compute_urgency(replace(PLAIN, due=DateAsKnown(NO_DAY, Precision.WORDS, "ASAP")), TODAY) == 0
