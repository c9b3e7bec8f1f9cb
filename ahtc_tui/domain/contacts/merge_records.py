"""Two records of one contact, side by side: which value stays, and what moves. Never a database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import format_record_noun


class KeptSide(StrEnum):
    """Whose value stays in a field."""

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field of both records, as people read it."""

    name: str
    a: str | None
    b: str | None
    take: KeptSide
    """Whose value stays."""

    @property
    def has_difference(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.a and self.b and self.a != self.b)

    @property
    def kept_value(self) -> str | None:
        """The value that stays."""
        return self.a if self.take is KeptSide.A else self.b


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
    def differing_fields(self) -> tuple[MergeField, ...]:
        """The fields in which both say something else."""
        return tuple(field for field in self.fields if field.has_difference)


def choose_kept_side(a: Any, b: Any) -> KeptSide:
    """A's value, unless only B says anything."""
    return KeptSide.B if a in (None, "", 0) and b not in (None, "", 0) else KeptSide.A


def format_moves(counts: dict[str, int]) -> str:
    """Numbers of records in words: "3 attendances, 1 seat"."""
    return ", ".join(f"{n} {format_record_noun(table, n)}" for table, n in counts.items()) or _("nothing")
