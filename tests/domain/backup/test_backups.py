"""Which backups stay: the newest few, then the last of each day, week and month; and what nobody's name is in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ahtc_tui.domain.backup.model import Keep, Named, name_of, named, say_why, surplus, wished
from ahtc_tui.domain.errors import BadInput

NOW = datetime(2014, 1, 28, 12, tzinfo=UTC)
SETTINGS = Path("ahtc.toml")


def one(days: float, what: str = "daily") -> Named:
    """A backup of so many days ago."""
    made = NOW - timedelta(days=days)
    return Named(Path(f"{name_of(made, what)}.db"), made, what)


def stay(listed: list[Named], keep: Keep, erasures: tuple[date, ...] = ()) -> list[float]:
    """The ages in days of those that stay."""
    gone = surplus(listed, keep, NOW.date(), erasures)
    return [(NOW - each.made).total_seconds() / 86_400 for each in listed if each not in gone]


def test_a_name_says_when_and_why() -> None:
    said = named(Path("data/backups/ahtc-2014-01-28-120000-before-import-2.db"))
    assert said is not None
    assert (said.made.strftime("%d %b %Y %H:%M"), said.what) == ("28 Jan 2014 12:00", "before-import")
    assert say_why("before-import") == "before import"
    assert say_why("daily") == "of the day"
    for other in ("ahtc.db", "ahtc-before-schema-1.db", "ahtc-2014-13-45-120000-daily.db", "mine.db"):
        assert named(Path(other)) is None


def test_a_year_of_days_leaves_the_newest_then_days_weeks_and_months() -> None:
    kept = stay([one(days) for days in range(365)], Keep(recent=3, days=5, weeks=4, months=6))
    assert kept[:5] == [0, 1, 2, 3, 4]
    assert len(kept) == 5 + 2 + 5, "two more weeks that the days did not reach, five more months"
    assert max(kept) > 120


def test_ten_of_one_hour_do_not_push_out_last_month() -> None:
    hour = [one(n / 1000, "before-import") for n in range(40)]
    kept = stay([*hour, one(1), one(9), one(40)], Keep(recent=10, days=14, weeks=8, months=12))
    assert [round(age) for age in kept] == [0] * 10 + [1, 9, 40]


def test_what_a_person_asked_for_and_what_a_restore_kept_stays() -> None:
    listed = [one(0), *(one(500 + n, what) for n, what in enumerate(("asked", "before-restore", "as-it-was")))]
    assert surplus(listed, Keep(recent=1, days=0, weeks=0, months=0), NOW.date()) == []


def test_ninety_days_after_an_erasure_the_automatic_backups_with_the_name_go() -> None:
    listed = [one(days) for days in (1, 89, 91, 120, 200)]
    erased = NOW.date() - timedelta(days=91)
    assert stay(listed, Keep(months=24)) == [1, 89, 91, 120, 200]
    assert stay(listed, Keep(months=24), (erased,)) == [1, 89]
    assert stay(listed, Keep(months=24), (NOW.date() - timedelta(days=89),)) == [1, 89, 91, 120, 200]
    assert stay([one(120)], Keep(), (erased,)) == [120], "the newest stays, whatever it holds"


def test_the_settings_say_how_many_or_what_is_wrong() -> None:
    assert wished({"days": 30, "daily": False}, SETTINGS) == Keep(daily=False, days=30)
    for said in ({"days": True}, {"days": -1}, {"daily": 1}, {"hours": 3}, ["days"]):
        with pytest.raises(BadInput, match=r"ahtc\.toml: \[backups\]"):
            wished(said, SETTINGS)
