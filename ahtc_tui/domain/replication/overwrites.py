"""Fields that somebody else wrote after a person read them, and that the person's own write would replace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _


class JournalPosition(NamedTuple):
    """The last change of the journal at some time, in the order of arrival."""

    number: int
    change_id: bytes
    """Key of that change: an erasure deletes changes, after which the number may belong to another one."""


@dataclass(slots=True)
class SeenPosition:
    """The position up to which a person has seen the journal. It moves forward when newer values are shown."""

    position: JournalPosition


@dataclass(frozen=True, slots=True)
class Overwrite:
    """One field with the value that it has now and the value that would replace it."""

    table: str
    ref: str
    """Reference of the record; empty for a record without one."""
    field: str
    """Column of the table; empty where a whole record would be removed, or added again."""
    theirs: str | None
    """Value as it is now, for people; None where it is empty."""
    ours: str | None
    """Value that would be written, for people; None where it is empty."""
    written_by: str
    """Account that wrote the value."""
    written_at: datetime
    """Time at which it was written, in UTC."""


class ChangedMeanwhile(Refused):
    """A write would replace values that were written after the person read the record. Nothing was written."""

    def __init__(self, overwrites: Sequence[Overwrite], position: JournalPosition) -> None:
        """`position` is the one of these values."""
        self.overwrites = tuple(overwrites)
        self.position = position
        names = ", ".join(
            dict.fromkeys(f"{value.ref} {value.field or value.table}".strip().replace("_", " ") for value in overwrites)
        )
        super().__init__(
            _("Changed by someone else since you opened it: {names}. Nothing was saved.").format(names=names)
        )
