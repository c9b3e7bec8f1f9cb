"""Row classes of conflicts between concurrent changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.record_names import FIELD_NAMES


class ConflictReason(StrEnum):
    """Reason of a conflict."""

    WRITTEN = "written"
    """Both sides changed the field concurrently."""
    REMOVED = "removed"
    """One side removed the record that the other changed."""
    AGREED = "agreed"
    """It was changed while the minutes were agreed on another laptop."""
    HELD = "held"
    """It arrived in minutes that were agreed then and have been reopened."""
    TWICE = "twice"
    """Both sides probably entered the same thing as two records."""

    @property
    def sentence(self) -> str:
        """Readable reason."""
        return {
            ConflictReason.WRITTEN: _("changed on both laptops at the same time"),
            ConflictReason.REMOVED: _("removed on one laptop and changed on the other: it is kept until you decide"),
            ConflictReason.AGREED: _("changed while the minutes were agreed: the agreed text is kept until you decide"),
            ConflictReason.HELD: _("added while the minutes were agreed: it is hidden until you decide"),
            ConflictReason.TWICE: _("probably entered on both laptops: both are kept until you decide"),
        }[self]


@dataclass(frozen=True, slots=True)
class Authorship:
    """Author, device and time of a value."""

    user: str
    device: str
    at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One of the concurrent values, with its author; the author is None where an erasure removed the change."""

    value: str | None
    user: str | None
    device: str | None
    on: date | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict of one field, or of two records."""

    id: str
    """Identifier that is equal on all copies with the same values."""
    ref: str
    kind: str
    """Kind of record: "action"."""
    table: str
    field: str
    ours: str | None
    theirs: str | None
    base: str | None
    """Last common value."""
    shown: str | None
    """Value that applies until the conflict is resolved."""
    ours_by: Authorship | None
    theirs_by: Authorship | None
    why: ConflictReason
    title: str | None = None
    other_ref: str | None = None
    """Reference of their record, if there are two."""
    sides: tuple[ConflictSide, ...] = ()
    """Every concurrent value: ours, theirs, then further ones."""

    def as_question(self, cell: str) -> Question:
        """The conflict as a question of an import."""
        return Question(
            self.id,
            self.ref,
            self.field,
            self.base,
            self.ours,
            self.theirs,
            self.why.sentence,
            cell,
            takes=self.why is not ConflictReason.AGREED,
        )


def format_conflict_field(kind: str, field: str, *, own_ref: bool) -> str:
    """Name of a field in lists of conflicts, prefixed by the kind of a record without a reference."""
    words = FIELD_NAMES.get(field, field) if field not in ("_deleted", "_held") else "removed"
    return words if own_ref else f"{kind} {words}".replace(" ", "_")
