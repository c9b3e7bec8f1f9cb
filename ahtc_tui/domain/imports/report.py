"""Options and report of an import: added records, changed fields with their values for people, questions, warnings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.meetings.kinds import Reply

_VALUES = re.compile(r'"[^"]*"|\S*\d\S*(?: [^\W\d]+ \d\S*)*')
_COUNT = re.compile(r" \(\d+ [^()]*\)$")


class TakeMode(LabelledEnum):
    """Which part of a plan is written."""

    ALL = "all", gettext_noop("all")
    """Unambiguous changes, and the answer "theirs" to every question that allows it and is no guess."""
    CLEAN = "clean", gettext_noop("clean")
    """Unambiguous changes; questions stay open."""
    NONE = "none", gettext_noop("none")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Decisions about a plan before it is written."""

    take: TakeMode = TakeMode.CLEAN
    answers: dict[str, str] = field(default_factory=dict)
    """Answer by id or kind of question: "ours", "theirs", "both", "skip" or a value. An answer overrides `take`."""
    group: str = ""
    """Group whose log the files are: new actions take the letters of its references."""
    include_private: bool = False
    """Whether private events of calendars are imported, as OFFICIAL-SENSITIVE."""
    iso_dates: bool = False
    """Whether a merge reports dates as ISO 8601, for other programs, not in words."""
    accept_erasures: bool = False
    """Whether a merge erases the persons whom the other copy erased. `take` never does."""

    def find_answer(self, question: Question) -> str:
        """Return the answer to a question, or to all of its kind; empty without one."""
        return (self.answers.get(question.id) or self.answers.get(question.kind, "")).strip()


@dataclass(frozen=True, slots=True)
class AddedRecord:
    """A record that the import adds."""

    ref: str | None
    """None in a plan, where the reference is assigned when the record is written."""
    row: str
    """Position in the file: "Open!7", "VEVENT 3"."""
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field that the import changes."""

    ref: str
    field: str
    was: str | None
    now: str | None
    cell: str
    """Position in the file: "Open!F4"."""
    party: str | None = None
    """Name of the person, where the record concerns one: the guest of an invitation."""


@dataclass(frozen=True, slots=True)
class Question:
    """A change that needs a decision: it is never written without an answer."""

    id: str
    """Stable between runs: it depends on the question alone."""
    ref: str | None
    field: str
    base: str | None
    """Value when the record was sent."""
    ours: str | None
    """Current value."""
    theirs: str | None
    """Value in the file."""
    reason: str
    cell: str
    party: str | None = None
    proposed: str | None = None
    """Value that "theirs" writes, where it differs from the text in the file: a day for "end Jan"."""
    takes: bool = True
    """Whether "theirs" is a valid answer; otherwise only "ours" or a value is."""
    is_guess: bool = False
    """Whether only the wording suggests the change. A person takes it; `TakeMode.ALL` leaves it open."""
    choices: tuple[str, ...] = ()
    """Valid answers besides a typed value, the likeliest first."""
    default: str | None = None
    """The answer that is proposed; None where nothing is."""

    def complete_choices(self) -> Question:
        """Return the question with its choices: of a question without choices of its own ours and theirs."""
        if self.choices:
            return self
        return replace(self, choices=("theirs", "ours") if self.takes else ("ours",))

    @property
    def kind(self) -> str:
        """An id of all questions about this field for this reason, whatever the values: one answer serves for all."""
        text = f"{self.field}|{find_kind(self.reason)}"
        return f"all-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}"


@dataclass(frozen=True, slots=True)
class FileWarning:
    """A fact about the file that a person should know."""

    cell: str
    reason: str
    ref: str | None = None
    field: str | None = None
    """The field of the record; "row" for a row that is left out, "sheet" for such a sheet."""

    @property
    def kind(self) -> str:
        """The reason without its values."""
        return find_kind(self.reason)


def find_kind(reason: str) -> str:
    """Return a sentence without what differs between rows: quoted texts, references, numbers, days and counts."""
    return _VALUES.sub("…", _COUNT.sub("", reason))


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The field that a column of a file was mapped to."""

    sheet: str
    heading: str
    field: str | None
    """None for a column that is not imported."""
    confidence: int
    """Of 100: 100 mapped by a person, 95 a usual heading, 70 a similar one, 60 by heading and values, 0 no field."""
    samples: tuple[str, ...]
    column: str = ""
    """Letters of the column in its sheet."""
    why: str = ""
    """Why it has this field, or none, as a clause."""


class UnknownColumns(BadFile):
    """No column of a file has the field that identifies a record; a column mapping may supply it."""

    def __init__(self, sentence: str, columns: Iterable[ColumnMapping]) -> None:
        super().__init__(sentence)
        self.columns = tuple(columns)


@dataclass(frozen=True, slots=True)
class FileReport:
    """Result of the import of one file."""

    file: Path
    read: int
    added: tuple[AddedRecord, ...]
    changed: tuple[ChangedField, ...]
    unchanged: int
    questions: tuple[Question, ...]
    warnings: tuple[FileWarning, ...]
    kept: int = 0
    """Number of fields that keep their current value, because only that was changed after the file was sent."""
    columns: tuple[ColumnMapping, ...] = ()

    @property
    def is_fruitless(self) -> bool:
        """Whether a file has nothing to import, nothing known before and no question."""
        return not (self.added or self.changed or self.unchanged or self.questions or self.kept)

    def format_stored(self) -> str:
        """Return the sentence about a transcript that was stored; empty for another file."""
        return ""


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a row of a file, with the field that its column has."""

    heading: str
    text: str
    field: str | None


SourceFinder = Callable[[str], tuple[SourceCell, ...]]
"""Returns the filled cells of the row with a place such as "Open!F4" or "Open!4"; none for another place."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Results of the files of one import, in the order given."""

    files: tuple[FileReport, ...]
    applied: bool
    sources: Mapping[Path, SourceFinder] = field(default_factory=dict)
    """The rows of each file that is a table."""

    @property
    def open_question_count(self) -> int:
        """Number of open questions in all files."""
        return sum(len(file.questions) for file in self.files)


def format_reported_value(field_name: str, value: str | None) -> str:
    """Return a value for display: labels of statuses, ratings and replies, long dates, a dash for None."""
    if not value:
        return "–"
    try:
        if field_name.startswith("status"):
            return Status(value).label
        if field_name == "reply":
            return Reply(value).label
        if field_name == "brag":
            return Brag(value).option_label
        if field_name in ("due", "closed_on", "due_text"):
            return format_long_date(date.fromisoformat(value))
    except ValueError:
        return value
    return value
