"""Plan for merging two records of one contact: the kept values and the records that move."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import format_record_noun


class KeptSide(StrEnum):
    """The record whose value of a field is kept."""

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field of both records, as readable text."""

    name: str
    a: str | None
    b: str | None
    take: KeptSide

    @property
    def has_difference(self) -> bool:
        """Whether both records have a value and the values differ."""
        return bool(self.a and self.b and self.a != self.b)

    @property
    def kept_value(self) -> str | None:
        """Value that is kept."""
        return self.a if self.take is KeptSide.A else self.b


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Effects of a merge or of its dry run."""

    ref: str
    """Reference of the kept record."""
    name: str
    kind: str
    gone: str
    """Reference of the merged record, which resolves to the kept one afterwards."""
    gone_name: str
    fields: tuple[MergeField, ...]
    moves: dict[str, int]
    """Table name to the number of records that move to the kept record."""
    repeated: dict[str, int]
    """Table name to the number of records that the kept record has already; they are removed."""
    to_decide: tuple[str, ...]
    """Sentences about what a person should check afterwards."""

    @property
    def differing_fields(self) -> tuple[MergeField, ...]:
        """Fields with two different values."""
        return tuple(field for field in self.fields if field.has_difference)


def choose_kept_side(a: Any, b: Any) -> KeptSide:
    """Return A, unless only B has a value."""
    return KeptSide.B if a in (None, "", 0) and b not in (None, "", 0) else KeptSide.A


def format_moves(counts: dict[str, int]) -> str:
    """Numbers of records: "3 attendances, 1 seat"."""
    return ", ".join(f"{n} {format_record_noun(table, n)}" for table, n in counts.items()) or _("nothing")
