"""Two records of one contact, side by side: which value stays, and what moves. Never a database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import record_words


class Take(StrEnum):
    """Whose value stays in a field."""

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field of both records, as people read it."""

    name: str
    a: str | None
    b: str | None
    take: Take
    """Whose value stays."""

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.a and self.b and self.a != self.b)

    @property
    def kept(self) -> str | None:
        """The value that stays."""
        return self.a if self.take is Take.A else self.b


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge does, or did."""

    ref: str
    """Of the record that stays."""
    name: str
    kind: str
    gone: str
    """The reference that leads there since."""
    gone_name: str
    fields: tuple[MergeField, ...]
    moves: dict[str, int]
    """Table to the number of its records that move."""
    repeated: dict[str, int]
    """Table to the number of its records that say what the other has already; they are removed."""
    to_decide: tuple[str, ...]
    """What a person should look at afterwards, a sentence each."""

    @property
    def open(self) -> tuple[MergeField, ...]:
        """The fields in which both say something else."""
        return tuple(one for one in self.fields if one.differs)


def default_take(a: Any, b: Any) -> Take:
    """A's value, unless only B says anything."""
    return Take.B if a in (None, "", 0) and b not in (None, "", 0) else Take.A


def say_moves(counts: dict[str, int]) -> str:
    """Numbers of records in words: "3 attendances, 1 seat"."""
    return ", ".join(f"{n} {record_words(table, n)}" for table, n in counts.items()) or _("nothing")
