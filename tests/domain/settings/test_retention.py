"""Names of backup files, and which backups are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ahtc_tui.domain.backup.model import (
    BackupName,
    find_surplus_backups,
    format_backup_name,
    format_backup_reason,
    read_backup_name,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.settings.parser import Retention, read_retention

NOW = datetime(2014, 1, 28, 12, tzinfo=UTC)
SETTINGS = Path("ahtc.toml")


def build_backup(days: float, reason: str = "daily") -> BackupName:
    """Name of a backup from `days` ago."""
    created = NOW - timedelta(days=days)
    return BackupName(Path(f"{format_backup_name(created, reason)}.db"), created, reason)


def list_kept_ages(backups: list[BackupName], keep: Retention, erasures: tuple[date, ...] = ()) -> list[float]:
    """Ages in days of the kept backups."""
    removed = find_surplus_backups(backups, keep, NOW.date(), erasures)
    return [(NOW - backup.created).total_seconds() / 86_400 for backup in backups if backup not in removed]


def test_a_backup_name_holds_time_and_reason() -> None:
    backup = read_backup_name(Path("data/backups/ahtc-2014-01-28-120000-before-import-2.db"))
    assert backup is not None
    assert (backup.created.strftime("%d %b %Y %H:%M"), backup.reason) == ("28 Jan 2014 12:00", "before-import")
    assert format_backup_reason("before-import") == "before import"
    assert format_backup_reason("daily") == "daily"
    for name in ("ahtc.db", "ahtc-before-schema-1.db", "ahtc-2014-13-45-120000-daily.db", "mine.db"):
        assert read_backup_name(Path(name)) is None


def test_a_year_of_daily_backups_is_thinned_by_day_week_and_month() -> None:
    kept = list_kept_ages([build_backup(days) for days in range(365)], Retention(recent=3, days=5, weeks=4, months=6))
    assert kept[:5] == [0, 1, 2, 3, 4]
    assert len(kept) == 5 + 2 + 5, "the newest five days, two further weeks and five further months"
    assert max(kept) > 120


def test_many_backups_of_one_hour_do_not_displace_older_ones() -> None:
    hour = [build_backup(n / 1000, "before-import") for n in range(40)]
    kept = list_kept_ages(
        [*hour, build_backup(1), build_backup(9), build_backup(40)], Retention(recent=10, days=14, weeks=8, months=12)
    )
    assert [round(age) for age in kept] == [0] * 10 + [1, 9, 40]


def test_requested_and_restore_backups_are_never_removed() -> None:
    backups = [
        build_backup(0),
        *(build_backup(500 + n, reason) for n, reason in enumerate(("asked", "before-restore", "as-it-was"))),
    ]
    assert find_surplus_backups(backups, Retention(recent=1, days=0, weeks=0, months=0), NOW.date()) == []


def test_automatic_backups_with_an_erased_name_go_after_ninety_days() -> None:
    listed = [build_backup(days) for days in (1, 89, 91, 120, 200)]
    erased = NOW.date() - timedelta(days=91)
    assert list_kept_ages(listed, Retention(months=24)) == [1, 89, 91, 120, 200]
    assert list_kept_ages(listed, Retention(months=24), (erased,)) == [1, 89]
    assert list_kept_ages(listed, Retention(months=24), (NOW.date() - timedelta(days=89),)) == [1, 89, 91, 120, 200]
    assert list_kept_ages([build_backup(120)], Retention(), (erased,)) == [120], "the newest is always kept"


def test_retention_settings_are_read_or_refused() -> None:
    assert read_retention({"days": 30, "daily": False}, SETTINGS) == Retention(daily=False, days=30)
    for settings in ({"days": True}, {"days": -1}, {"daily": 1}, {"hours": 3}, ["days"]):
        with pytest.raises(BadInput, match=r"ahtc\.toml: \[backups\]"):
            read_retention(settings, SETTINGS)
