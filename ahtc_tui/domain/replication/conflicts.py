"""Row classes of conflicts between concurrent changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ahtc_tui.domain.dates.formatting import format_local_moment
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.record_names import FIELD_NAMES, PartField

FURTHER_SIDES = 2
"""Position of the first side that is neither ours nor theirs."""


class ConflictReason(StrEnum):
    """Why two copies differ in a way that a person must decide."""

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
            ConflictReason.REMOVED: _("removed on one laptop and changed on the other, and kept until you decide"),
            ConflictReason.AGREED: _("changed after the minutes were agreed; the agreed text is kept until you decide"),
            ConflictReason.HELD: _("added after the minutes were agreed, and hidden until you decide"),
            ConflictReason.TWICE: _("probably entered on both laptops, and both are kept until you decide"),
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
    """Day, in UTC."""
    at: datetime | None
    """UTC."""
    local: bool = False
    """Whether this copy of the database wrote it."""

    @property
    def writer(self) -> str:
        """Who wrote the value, and where: "Secretariat, this laptop"."""
        if self.at is None:
            return _("written by an erased person")
        laptop = _("this laptop") if self.local else _("laptop {device}").format(device=(self.device or "")[:8])
        return f"{self.user}, {laptop}"

    @property
    def author(self) -> str:
        """Who wrote the value, where and when: "Secretariat, this laptop, 28 January 2014 at 10:15am"."""
        return f"{self.writer}, {format_local_moment(self.at)}" if self.at else self.writer


@dataclass(frozen=True, slots=True)
class ConflictQuestion(Question):
    """A question about concurrent values, of which one is shown until it is answered."""

    shown: str | None = None
    """Value that applies until then."""
    sides: tuple[ConflictSide, ...] = ()
    """Every concurrent value: ours, theirs, then further ones."""
    merged: str | None = None
    """Text with the changes of every side, where they do not touch."""


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

    merged: str | None = None
    """Text with the changes of every side, where they do not touch."""

    @property
    def is_shown(self) -> bool:
        """Whether one of the values is shown until the conflict is resolved; otherwise both records are."""
        return self.why is not ConflictReason.TWICE

    def as_question(self, cell: str) -> ConflictQuestion:
        """Return the conflict as a question of a merge."""
        return ConflictQuestion(
            self.id,
            self.ref,
            self.field,
            self.base,
            self.ours,
            self.theirs,
            self.why.sentence,
            cell,
            takes=self.why is not ConflictReason.AGREED,
            shown=self.shown,
            sides=self.sides,
            merged=self.merged if self.why is not ConflictReason.AGREED else None,
        )


def name_answer(index: int) -> str:
    """Return the answer that chooses a side by its position: "ours", "theirs", "other", "other2"."""
    return ("ours", "theirs", "other")[index] if index < FURTHER_SIDES + 1 else f"other{index - FURTHER_SIDES + 1}"


def name_conflict_field(table: str, field: str, *, own_ref: bool) -> str:
    """Return the name of a field in lists of conflicts: "line_of_minutes_text" for a record without a reference.

    It is a key in `--json`, the same in every language; `format_field` returns it for display.
    """
    words = FIELD_NAMES.get(field, field) if field not in ("_deleted", "_held") else "removed"
    return words if own_ref else PartField(table, words)
