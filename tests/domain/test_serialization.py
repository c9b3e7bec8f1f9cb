"""Conversion of rows to JSON types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.serialization import serialize_date, serialize_value

NOVEMBER = DateAsKnown(date(2013, 11, 30), Precision.MONTH, "November 2013")
EARLY_2014 = DateAsKnown(date(2014, 4, 30), Precision.SEASON, "early 2014")
WHEN_READY = DateAsKnown(NO_DAY, Precision.WORDS, "when ready")


@dataclass(frozen=True)
class Card:
    """A row with a database key."""

    key: bytes
    name: str
    days: tuple[date, ...]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (NOVEMBER, "2013-11"),
        (WHEN_READY, "when ready"),
        (Brag.RED, "R"),
        (datetime.combine(date(2013, 12, 10), time(10)), "2013-12-10T10:00"),
        (date(2013, 12, 10), "2013-12-10"),
        (time(9, 30), "09:30"),
        (Path("exports/log.xlsx"), str(Path("exports/log.xlsx"))),
        (Card(b"\x01", "AHTC", (date(2013, 12, 10),)), {"name": "AHTC", "days": ["2013-12-10"]}),
        ({"brag": Brag.GREEN}, {"brag": "G"}),
        ([None, 4, "text"], [None, 4, "text"]),
    ],
)
def test_every_value_has_one_serialized_form(value: object, expected: object) -> None:
    assert serialize_value(value) == expected


@pytest.mark.parametrize(
    ("day", "data"),
    [
        (NOVEMBER, ("2013-11", "November 2013", "month", "2013-11-01", "2013-11-30")),
        (WHEN_READY, (None, "when ready", "words", None, None)),
        (EARLY_2014, ("2014-01/2014-04", "early 2014", "season", "2014-01-01", "2014-04-30")),
        (None, (None, None, None, None, None)),
    ],
)
def test_a_date_is_serialized_as_precisely_as_it_is_known(
    day: DateAsKnown | None, data: tuple[str | None, ...]
) -> None:
    assert tuple(serialize_date("due", day).values()) == data
    assert list(serialize_date("due", day)) == ["due", "due_text", "due_precision", "due_earliest", "due_latest"]
