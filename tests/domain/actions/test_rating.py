"""Order of BRAG ratings, and the rating that status and dates suggest."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.actions.urgency import BEST_TO_WORST, is_worse, suggest_rating
from ahtc_tui.domain.dates.parser import read_date
from tests.builders import TODAY
from tests.formats.action_rows import an_action_row


def test_ratings_get_worse_from_blue_to_red() -> None:
    assert all(is_worse(better, worse) and not is_worse(worse, better) for better, worse in pairwise(BEST_TO_WORST))
    assert not is_worse(None, Brag.RED)
    assert not is_worse(Brag.RED, None)


@pytest.mark.parametrize(
    ("fields", "letter"),
    [
        ({"status": Status.DONE}, "B"),
        ({"status": Status.CANCELLED, "due": "2013-11-30"}, None),
        ({"status": Status.CONTINUING, "due": "2013-11-30"}, None),
        ({"status": Status.IN_PROGRESS, "due": "2013-11-30"}, "R"),
        ({"status": Status.IN_PROGRESS, "due": "2014-01-10"}, "G"),
        ({"status": Status.PLANNED, "due": "2014-01-10"}, "A"),
        ({"status": Status.PLANNED, "due": "2014-03-10"}, "G"),
        ({"status": Status.IN_PROGRESS, "due": "2014-03-10", "slips": 2}, "A"),
        ({"status": Status.IN_PROGRESS, "due": "2014-03-10", "blocked": True}, "A"),
        ({"status": Status.IN_PROGRESS}, None),
    ],
)
def test_status_and_dates_suggest_a_rating_or_nothing(fields: dict[str, object], letter: str | None) -> None:
    due = read_date(str(fields["due"]), TODAY) if "due" in fields else None
    suggestion = suggest_rating(an_action_row(**{"slips": 0, "blocked": False, **fields, "due": due}), TODAY)
    assert (suggestion[0].value if suggestion else None) == letter
