"""What two people wrote apart of one thing, side by side. Never a database or a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.record_names import FIELD_NAMES


class ConflictReason(StrEnum):
    """What kind of question it is."""

    WRITTEN = "written"
    """Both wrote the field, and neither had seen the other's."""
    REMOVED = "removed"
    """One removed what the other wrote to."""
    AGREED = "agreed"
    """It was written while the minutes were agreed elsewhere."""
    HELD = "held"
    """It came into minutes that were agreed then, and are open now."""
    TWICE = "twice"
    """Both wrote down one thing, in two records."""

    @property
    def sentence(self) -> str:
        """Why it is asked."""
        return {
            ConflictReason.WRITTEN: _("both wrote it, and neither had seen the other's"),
            ConflictReason.REMOVED: _("one removed it, the other wrote to it meanwhile: it stays until it is decided"),
            ConflictReason.AGREED: _("the minutes were agreed meanwhile: what was agreed stands until it is decided"),
            ConflictReason.HELD: _("it came while the minutes were agreed: it is out of sight until it is decided"),
            ConflictReason.TWICE: _(
                "likely the same thing, written down on both laptops: both stay until it is decided"
            ),
        }[self]


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote a value, on which laptop, and when."""

    user: str
    device: str
    at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that two people wrote apart."""

    id: str
    """The same on every copy, as long as the values are the same."""
    ref: str
    kind: str
    """The kind of record: "action"."""
    table: str
    field: str
    ours: str | None
    theirs: str | None
    base: str | None
    """What both had seen."""
    shown: str | None
    """What stands until it is decided."""
    ours_by: Authorship | None
    theirs_by: Authorship | None
    why: ConflictReason
    title: str | None = None
    """What the record is called."""
    other_ref: str | None = None
    """The reference of theirs, where it is about two records."""

    def as_question(self, cell: str) -> Question:
        """The same as a question of an import."""
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
    """A field as the list of conflicts names it; of a record without a reference its kind goes before."""
    words = FIELD_NAMES.get(field, field) if field not in ("_deleted", "_held") else "removed"
    return words if own_ref else f"{kind} {words}".replace(" ", "_")
