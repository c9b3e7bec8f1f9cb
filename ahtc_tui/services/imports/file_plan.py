"""The plan of one imported file while it is built, and the answers to its questions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
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
    """Planned result of one file: what it adds, changes, asks and warns about."""

    path: Path
    read: int
    options: ImportOptions
    added: list[AddedRecord] = field(default_factory=list)
    changed: list[ChangedField] = field(default_factory=list)
    unchanged: int = 0
    questions: list[Question] = field(default_factory=list)
    warnings: list[FileWarning] = field(default_factory=list)
    columns: list[ColumnMapping] = field(default_factory=list)
    kept: int = 0

    @property
    def result_count(self) -> int:
        """Number of additions, changes and open questions so far."""
        return len(self.added) + len(self.changed) + len(self.questions)

    def add_warning(self, cell: str, reason: str, field_name: str | None = None) -> None:
        """Add a warning about a position in the file; the field "row" is that of a row that is left out."""
        self.warnings.append(FileWarning(cell, reason, field=field_name))

    def decide_question(self, question: Question) -> str:
        """Return the answer to a question, "theirs" if all is taken, or "" after recording the question as open."""
        answer = self.options.find_answer(question)
        takes = self.options.take is TakeMode.ALL and question.takes and not question.is_guess
        if not answer and takes and question.theirs is not None:
            answer = "theirs"
        if not answer:
            self.questions.append(question.complete_choices())
        return answer

    def decide_choice(self, question: Question) -> str:
        """Return "ours", "theirs" or "" as the answer to a question. Raises BadInput for a value."""
        answer = self.decide_question(question)
        if answer not in ("", "ours", "skip", "theirs", "both"):
            raise build_choice_error(question.id, answer)
        return {"skip": "ours", "both": "theirs"}.get(answer, answer)

    def takes(self, question: Question) -> bool:
        """Return whether a question is answered with "theirs". Raises BadInput for a value."""
        return self.decide_choice(question) == "theirs"

    def build_report(self) -> FileReport:
        """Return the report of the file."""
        return FileReport(
            self.path,
            self.read,
            tuple(self.added),
            tuple(self.changed),
            self.unchanged,
            tuple(self.questions),
            tuple(self.warnings),
            kept=self.kept,
            columns=tuple(self.columns),
        )


def build_question_id(*parts: object) -> str:
    """Return a stable id: eight hexadecimal digits of the SHA-256 of the parts."""
    text = "|".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def build_choice_error(identifier: str, answer: str) -> BadInput:
    """Return the error for a value as the answer to a question that has only two answers."""
    sentence = _('The answer to {id} is "{answer}". Answer ours or theirs.')
    return BadInput(sentence.format(id=identifier, answer=answer))
