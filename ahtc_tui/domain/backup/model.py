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


class NotWhole(StoreError):
    """The database is not whole, so no backup is made of it."""


class Why(StrEnum):
    """Why a backup was made."""

    ASKED = "asked"
    DAILY = "daily"
    ERASURE = "after-erasure"
    RESTORE = "before-restore"
    DAMAGED = "as-it-was"
    """What a restore replaced, byte for byte, because it could not be read."""


KEPT = frozenset({Why.ASKED, Why.RESTORE, Why.DAMAGED})
"""Made by a person's own act: never let go by themselves."""


class Named(NamedTuple):
    """A backup by its name alone."""

    file: Path
    made: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Keep:
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
class Content:
    """What a whole copy holds."""

    records: int
    steps: int
    changes: int


@dataclass(frozen=True, slots=True)
class BackupMade:
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
class Restored:
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


def name_of(made: datetime, what: str) -> str:
    """ "ahtc-2013-12-31-093000-before-import", without an ending."""
    return f"ahtc-{made.strftime(_TIME)}-{what}"


def named(path: Path) -> Named | None:
    """What the name of a backup says; None for a file that has another name."""
    match = _NAME.fullmatch(path.name)
    if not match:
        return None
    try:
        return Named(path, datetime.strptime(match[1], _TIME).astimezone(), match[2])
    except ValueError:
        return None


def say_why(what: str) -> str:
    """Why a backup was made, for people."""
    said: dict[str, str] = {
        Why.ASKED: _("asked for"),
        Why.DAILY: _("of the day"),
        Why.ERASURE: _("after an erasure"),
        Why.RESTORE: _("before a restore"),
        Why.DAMAGED: _("as it was, not whole"),
    }
    return said.get(what) or what.replace("-", " ")


def surplus(backups: Iterable[Named], keep: Keep, today: date, erasures: Iterable[date] = ()) -> list[Named]:
    """The automatic backups to let go: all but the newest few, then the last of each day, week and month.

    Those from before an erasure go when it is long enough past. The newest always stays.
    """
    past = [day for day in erasures if today - day >= timedelta(days=ERASED_DAYS)]
    listed = sorted((one for one in backups if one.what not in KEPT), key=lambda one: one.made)
    listed.reverse()  # of one moment, the last that was given is the newest
    live = [one for n, one in enumerate(listed) if not (n and past and one.made.date() <= max(past))]
    stays = set(live[: max(keep.recent, 1)])
    for number, period in _periods(keep):
        last: dict[Any, Named] = {}
        for one in live:
            last.setdefault(period(one.made), one)
        stays |= set(list(last.values())[:number])
    return [one for one in listed if one not in stays]


def _periods(keep: Keep) -> Iterable[tuple[int, Callable[[datetime], Any]]]:
    yield keep.days, lambda made: made.date()
    yield keep.weeks, lambda made: made.isocalendar()[:2]
    yield keep.months, lambda made: (made.year, made.month)


def wished(said: Any, path: Path) -> Keep:
    """The table `[backups]` of the settings. Raises BadInput that names the line."""
    known = Keep()
    if not isinstance(said, Mapping):
        raise BadInput(_("{path}: [backups] wants lines such as days = 14.").format(path=path))
    for name, value in said.items():
        if name not in Keep.__dataclass_fields__:
            names = ", ".join(Keep.__dataclass_fields__)
            sentence = _('{path}: [backups] has no "{name}": it may say {names}.')
            raise BadInput(sentence.format(path=path, name=name, names=names))
        wanted = bool if name == "daily" else int
        if type(value) is not wanted or (wanted is int and value < 0):
            given = _("true or false") if wanted is bool else _("a number of backups")
            raise BadInput(_("{path}: [backups] {name} wants {given}.").format(path=path, name=name, given=given))
    return Keep(**{**{name: getattr(known, name) for name in Keep.__dataclass_fields__}, **said})
