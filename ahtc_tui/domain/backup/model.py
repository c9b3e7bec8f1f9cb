"""Backups as people see them: how they are called, why each was made, and which of them are let go. Never a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from ahtc_tui.domain.errors import BadInput, StoreError
from ahtc_tui.domain.i18n import _

ERASED_DAYS = 90
"""So long after an erasure the older automatic backups, which hold the name, are let go."""
LATE_DAYS = 7
"""Work that no backup has is pointed out when it is older."""

_NAME = re.compile(r"ahtc-(\d{4}-\d{2}-\d{2}-\d{6})-([a-z-]+?)(?:-\d+)?\.db")
_TIME = "%Y-%m-%d-%H%M%S"


class DamagedDatabase(StoreError):
    """The database is not whole, so no backup is made of it."""


class BackupReason(StrEnum):
    """Why a backup was made."""

    ASKED = "asked"
    DAILY = "daily"
    ERASURE = "after-erasure"
    RESTORE = "before-restore"
    DAMAGED = "as-it-was"
    """What a restore replaced, byte for byte, because it could not be read."""


KEPT_REASONS = frozenset({BackupReason.ASKED, BackupReason.RESTORE, BackupReason.DAMAGED})
"""Made by a person's own act: never let go by themselves."""


class BackupName(NamedTuple):
    """A backup by its name alone."""

    file: Path
    created: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Retention:
    """What `[backups]` in `ahtc.toml` may say: whether one is made each day, and how many stay."""

    daily: bool = True
    recent: int = 10
    days: int = 14
    weeks: int = 8
    months: int = 12


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup of the workspace, looked at."""

    file: Path
    made: datetime
    what: str
    bytes: int
    whole: bool
    faults: tuple[str, ...]
    records: int
    steps: int
    before_erasure: bool
    """Somebody was erased since, and may stand in it."""


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a whole copy holds."""

    records: int
    steps: int
    changes: int


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was made and checked."""

    file: Path
    made: datetime
    what: str
    bytes: int
    records: int
    steps: int
    removed: tuple[Path, ...] = ()
    """Older automatic ones that were let go."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a restore put in place, or would."""

    file: Path
    database: Path
    done: bool
    made: datetime | None
    """When the backup was made; None where the file does not say."""
    what: str
    records: int
    steps: int
    replaced: Path | None
    """Where the database that stood there is kept."""
    replaced_whole: bool
    erased_again: int
    """How many erased persons the backup still had."""


def format_backup_name(created: datetime, reason: str) -> str:
    """ "ahtc-2013-12-31-093000-before-import", without an ending."""
    return f"ahtc-{created.strftime(_TIME)}-{reason}"


def read_backup_name(path: Path) -> BackupName | None:
    """What the name of a backup says; None for a file that has another name."""
    match = _NAME.fullmatch(path.name)
    if not match:
        return None
    try:
        return BackupName(path, datetime.strptime(match[1], _TIME).astimezone(), match[2])
    except ValueError:
        return None


def format_backup_reason(reason: str) -> str:
    """Why a backup was made, for people."""
    sentences: dict[str, str] = {
        BackupReason.ASKED: _("asked for"),
        BackupReason.DAILY: _("of the day"),
        BackupReason.ERASURE: _("after an erasure"),
        BackupReason.RESTORE: _("before a restore"),
        BackupReason.DAMAGED: _("as it was, not whole"),
    }
    return sentences.get(reason) or reason.replace("-", " ")


def find_surplus_backups(
    backups: Iterable[BackupName], retention: Retention, today: date, erasures: Iterable[date] = ()
) -> list[BackupName]:
    """The automatic backups to let go: all but the newest few, then the last of each day, week and month.

    Those from before an erasure go when it is long enough past. The newest always stays.
    """
    past = [day for day in erasures if today - day >= timedelta(days=ERASED_DAYS)]
    automatic = sorted(
        (backup for backup in backups if backup.reason not in KEPT_REASONS), key=lambda backup: backup.created
    )
    automatic.reverse()  # of one moment, the last that was given is the newest
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


def read_retention(settings: Any, path: Path) -> Retention:
    """The table `[backups]` of the settings. Raises BadInput that names the line."""
    defaults = Retention()
    if not isinstance(settings, Mapping):
        raise BadInput(_("{path}: [backups] wants lines such as days = 14.").format(path=path))
    for name, value in settings.items():
        if name not in Retention.__dataclass_fields__:
            names = ", ".join(Retention.__dataclass_fields__)
            sentence = _('{path}: [backups] has no "{name}": it may say {names}.')
            raise BadInput(sentence.format(path=path, name=name, names=names))
        expected_type = bool if name == "daily" else int
        if type(value) is not expected_type or (expected_type is int and value < 0):
            expected = _("true or false") if expected_type is bool else _("a number of backups")
            raise BadInput(_("{path}: [backups] {name} wants {given}.").format(path=path, name=name, given=expected))
    return Retention(**{**{name: getattr(defaults, name) for name in Retention.__dataclass_fields__}, **settings})
