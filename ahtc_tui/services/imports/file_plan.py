"""The plan of one imported file while it is made, and what a person decided of its questions. Reads no database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.imports.report import (
    AddedRecord,
    ChangedField,
    ColumnMapping,
    FileReport,
    FileWarning,
    ImportOptions,
    Question,
    TakeMode,
)


@dataclass
class FilePlan:
    """What becomes of one file."""

    path: Path
    read: int
    options: ImportOptions
    added: list[AddedRecord] = field(default_factory=list)
    changed: list[ChangedField] = field(default_factory=list)
    unchanged: int = 0
    questions: list[Question] = field(default_factory=list)
    warnings: list[FileWarning] = field(default_factory=list)
    columns: list[ColumnMapping] = field(default_factory=list)

    def add_warning(self, cell: str, reason: str) -> None:
        """Say what a person should know of."""
        self.warnings.append(FileWarning(cell, reason))

    def decide_question(self, question: Question) -> str:
        """The answer to a question: given for it, else theirs where everything is taken. Asked where there is none."""
        answer = self.options.answers.get(question.id, "")
        if not answer and self.options.take is TakeMode.ALL and question.theirs is not None:
            answer = "theirs"
        if not answer:
            self.questions.append(question)
        return answer

    def build_report(self) -> FileReport:
        """The plan as people see it."""
        return FileReport(
            self.path,
            self.read,
            tuple(self.added),
            tuple(self.changed),
            self.unchanged,
            tuple(self.questions),
            tuple(self.warnings),
            columns=tuple(self.columns),
        )


def build_question_id(*parts: object) -> str:
    """The same name for the same question in every run."""
    text = "|".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
