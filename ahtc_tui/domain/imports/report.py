"""What any import says: what it adds, changes, leaves and asks. The words of a plan; never a file or a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import BadFile, Refused


class Cancelled(Refused):
    """A person stopped an import; nothing was written."""


class TakeMode(StrEnum):
    """How much of a plan to write."""

    ALL = "all"
    """What nobody contradicts, and their side of every question that has one."""
    CLEAN = "clean"
    """What nobody contradicts; questions are left."""
    NONE = "none"
    """Nothing."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person decided before the plan is written."""

    take: TakeMode = TakeMode.CLEAN
    answers: dict[str, str] = field(default_factory=dict)
    """Question id to "ours", "theirs", "both", "skip" or a value to write instead. An answer goes before `take`."""


@dataclass(frozen=True, slots=True)
class AddedRecord:
    """A record that the import makes."""

    ref: str | None
    """None until it is written, where the reference is minted then."""
    row: str
    """Where in the file it comes from: "Open!7", "VEVENT 3"."""
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field that the import writes."""

    ref: str
    field: str
    was: str | None
    now: str | None
    cell: str
    """Where in the file it comes from: "Open!F4"."""
    party: str | None = None
    """Whose it is, where the record is about somebody: an answer to an invitation."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the import leaves to a person: it is never applied unasked."""

    id: str
    """The same for the same question in every run, whatever else is in the file."""
    ref: str | None
    field: str
    base: str | None
    """What was sent."""
    ours: str | None
    """What is here now."""
    theirs: str | None
    """What came back."""
    reason: str
    cell: str
    party: str | None = None
    proposed: str | None = None
    """What taking their side would write, where that is not what they wrote: a day for "end Jan"."""
    takes: bool = True
    """Whether their side can be taken as it stands; else a person keeps ours or says what to write."""


@dataclass(frozen=True, slots=True)
class FileWarning:
    """What a person should know of."""

    cell: str
    reason: str
    ref: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a column of a file was taken for."""

    sheet: str
    heading: str
    field: str | None
    """None where it is left out."""
    confidence: int
    """Of 100: as a person said once or as is never read, as everybody writes it, or only alike."""
    samples: tuple[str, ...]


class UnknownColumns(BadFile):
    """No heading of a file says what the records are called: a person may say which one does."""

    def __init__(self, sentence: str, columns: Iterable[ColumnMapping]) -> None:
        super().__init__(sentence)
        self.columns = tuple(columns)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    file: Path
    read: int
    added: tuple[AddedRecord, ...]
    changed: tuple[ChangedField, ...]
    unchanged: int
    questions: tuple[Question, ...]
    warnings: tuple[FileWarning, ...]
    kept: int = 0
    """Fields that were changed here since the file was sent, and stay."""
    columns: tuple[ColumnMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncReport(FileReport):
    """What became of meeting the office hub: what came from it, and how much went there."""

    sent: int = 0
    """Lines of the journal that the hub did not have."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all files of one import, in the order given."""

    files: tuple[FileReport, ...]
    applied: bool

    @property
    def open_question_count(self) -> int:
        """How many questions wait for a person."""
        return sum(len(file.questions) for file in self.files)
