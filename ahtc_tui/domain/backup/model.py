"""Backups: file names, reasons and reports, and which backups are removed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.settings.parser import Retention

ERASED_DAYS = 90
"""Days after an erasure when older automatic backups, which hold the erased name, are removed."""
LATE_DAYS = 7
"""Age of the last backup from which a warning is shown."""

_NAME = re.compile(r"ahtc-(\d{4}-\d{2}-\d{2}-\d{6})-([a-z-]+?)(?:-\d+)?\.db")
_TIME = "%Y-%m-%d-%H%M%S"


class DamagedDatabase(StoreError):
    """The database is damaged and is not backed up."""


class BackupReason(StrEnum):
    """Reason for which a backup was made."""

    ASKED = "asked"
    DAILY = "daily"
    """Of the day: earlier versions made one a day."""
    AUTOMATIC = "automatic"
    ERASURE = "after-erasure"
    RESTORE = "before-restore"
    DAMAGED = "as-it-was"
    """Byte copy of an unreadable database that a restore replaced."""


KEPT_REASONS = frozenset({BackupReason.ASKED, BackupReason.RESTORE, BackupReason.DAMAGED})
"""Reasons of backups made on request: never removed automatically."""


class BackupName(NamedTuple):
    """A backup file with the time and reason from its name."""

    file: Path
    created: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One inspected backup of the workspace."""

    file: Path
    made: datetime
    what: str
    bytes: int
    whole: bool
    faults: tuple[str, ...]
    records: int
    steps: int
    before_erasure: bool
    """A person was erased later and may still be in it."""
    holds: Mapping[str, int] = field(default_factory=dict)
    """Number of records by table, without empty tables."""
    written: datetime | None = None
    """Time of the last step in it."""


@dataclass(frozen=True, slots=True)
class BackupContent:
    """Counts of an intact copy."""

    records: int
    steps: int
    changes: int
    by_table: Mapping[str, int] = field(default_factory=dict)
    """Number of records by table, without empty tables."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """Result of making and checking a backup."""

    file: Path
    made: datetime
    what: str
    bytes: int
    records: int
    steps: int
    removed: tuple[Path, ...] = ()
    """Older automatic backups that were removed."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """Result of a restore or of its dry run."""

    file: Path
    database: Path
    done: bool
    made: datetime | None
    """Time of the backup; None if the file name does not hold it."""
    what: str
    records: int
    steps: int
    replaced: Path | None
    """Copy of the replaced database."""
    replaced_whole: bool
    erased_again: int
    """Number of erased persons in the backup who were erased again."""


def format_backup_name(created: datetime, reason: str) -> str:
    """Return the file name without suffix: "ahtc-2013-12-31-093000-before-import"."""
    return f"ahtc-{created.strftime(_TIME)}-{reason}"


def read_backup_name(path: Path) -> BackupName | None:
    """Return the time and reason from a file name; None for other files."""
    match = _NAME.fullmatch(path.name)
    if not match:
        return None
    try:
        return BackupName(path, datetime.strptime(match[1], _TIME).astimezone(), match[2])
    except ValueError:
        return None


def format_backup_reason(reason: str) -> str:
    """Return the reason of a backup in words."""
    sentences: dict[str, str] = {
        BackupReason.ASKED: _("on request"),
        BackupReason.DAILY: _("daily"),
        BackupReason.AUTOMATIC: _("automatic"),
        BackupReason.ERASURE: _("after an erasure"),
        BackupReason.RESTORE: _("before a restore"),
        BackupReason.DAMAGED: _("as it was, incomplete"),
    }
    return sentences.get(reason) or reason.replace("-", " ")


def find_surplus_backups(
    backups: Iterable[BackupName], retention: Retention, today: date, erasures: Iterable[date] = ()
) -> list[BackupName]:
    """Return the automatic backups to remove: all but the newest few and the last of each day, week and month.

    Backups from before an erasure are removed `ERASED_DAYS` after it. The newest is always kept.
    """
    past = [day for day in erasures if today - day >= timedelta(days=ERASED_DAYS)]
    automatic = sorted(
        (backup for backup in backups if backup.reason not in KEPT_REASONS), key=lambda backup: backup.created
    )
    automatic.reverse()  # of backups with equal times the last in the input is the newest
    live = [backup for n, backup in enumerate(automatic) if not (n and past and backup.created.date() <= max(past))]
    kept = set(live[: max(retention.recent, 1)])
    for number, period in _list_periods(retention):
        last: dict[Any, BackupName] = {}
        for backup in live:
            last.setdefault(period(backup.created), backup)
        kept |= set(list(last.values())[:number])
    return [backup for backup in automatic if backup not in kept]


def _list_periods(retention: Retention) -> Iterable[tuple[int, Callable[[datetime], Any]]]:
    yield retention.days, lambda created: created.date()
    yield retention.weeks, lambda created: created.isocalendar()[:2]
    yield retention.months, lambda created: (created.year, created.month)
