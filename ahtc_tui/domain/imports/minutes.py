"""Report of an import of minutes: old minutes, an edited draft of ours, or a transcript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import gettext_noop, ngettext
from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.meetings.kinds import LineKind, Presence
from ahtc_tui.domain.serialization import serialize_value


class MinutesFileKind(LabelledEnum):
    """What a file is."""

    DRAFT = "draft of ours", gettext_noop("our own draft")
    MINUTES = "minutes", gettext_noop("minutes")
    TRANSCRIPT = "transcript", gettext_noop("transcript")


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """The meeting of a file: a record, or one that is added."""

    ref: str | None
    """None for a new meeting until it is written."""
    group: str | None
    title: str
    date: DateAsKnown | None
    time: time | None
    venue: str | None
    is_new: bool
    version: int | None = None
    """Version of the issued copy that a draft came from."""


@dataclass(frozen=True, slots=True)
class PlannedAttendee:
    """Somebody whom the minutes list."""

    name: str
    state: Presence
    ref: str | None
    """Reference in the register; None for a name that is kept as it is written."""
    source: str


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line as it would be recorded, with the words of the file."""

    kind: LineKind
    text: str
    owner: str | None
    due: DateAsKnown | None
    source: str
    place: str
    speaker: str | None = None
    """Speaker of the passage, in a transcript."""
    at: str | None = None
    """Time of the passage, from the beginning of the recording."""


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item with its lines; without a title for what comes before the first one."""

    title: str
    lines: tuple[PlannedLine, ...]


@dataclass(frozen=True, slots=True)
class DraftChange:
    """What an editor changed in a draft of ours."""

    place: str
    """Number of the paragraph, or the part of the document."""
    base: str | None
    """The words as they were issued; None for an addition."""
    ours: str | None
    """The words as they are now."""
    theirs: str | None
    """The words in the file; None for a removal."""
    author: str | None
    on: date | None
    question: str | None = None
    """Id of the question about it; None where it is taken as it is."""


@dataclass(frozen=True, slots=True)
class DraftComment:
    """A comment of an editor."""

    place: str
    text: str
    about: str
    """The words that it is about."""
    author: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class MinutesFileReport(FileReport):
    """What a file of minutes adds and changes."""

    kind: MinutesFileKind = MinutesFileKind.MINUTES
    meeting: PlannedMeeting | None = None
    attendance: tuple[PlannedAttendee, ...] = ()
    items: tuple[PlannedItem, ...] = ()
    changes: tuple[DraftChange, ...] = ()
    comments: tuple[DraftComment, ...] = ()
    kept_as_notes: int = 0
    """Number of lines whose words do not say what kind of line they are."""

    def format_stored(self) -> str:
        if self.kind is not MinutesFileKind.TRANSCRIPT:
            return ""
        return ngettext(
            "The transcript with its {n} quotation is kept until the minutes are agreed.",
            "The transcript with its {n} quotations is kept until the minutes are agreed.",
            sum(len(item.lines) for item in self.items),
        )

    def serialize(self, *, applied: bool) -> dict[str, Any]:
        """Return the report as JSON types."""
        names = ("meeting", "attendance", "items", "changes", "comments", "questions", "warnings", "unchanged")
        values = {name: serialize_value(getattr(self, name)) for name in names}
        counts = {"kept as notes": self.kept_as_notes, "applied": applied, "file": str(self.file)}
        return {"kind": self.kind.value, **values, **counts}
