"""The plan of one imported file while it is made, and what a person decided of its questions. Reads no database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.imports.report import Added, Changed, ColumnRead, FileReport, Question, Take, Warned, Wishes


@dataclass
class FilePlan:
    """What becomes of one file."""

    path: Path
    read: int
    wishes: Wishes
    added: list[Added] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    questions: list[Question] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)

    def warn(self, cell: str, reason: str) -> None:
        """Say what a person should know of."""
        self.warnings.append(Warned(cell, reason))

    def decided(self, question: Question) -> str:
        """The answer to a question: given for it, else theirs where everything is taken. Asked where there is none."""
        answer = self.wishes.answers.get(question.id, "")
        if not answer and self.wishes.take is Take.ALL and question.theirs is not None:
            answer = "theirs"
        if not answer:
            self.questions.append(question)
        return answer

    def report(self) -> FileReport:
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


def question_id(*said: object) -> str:
    """The same name for the same question in every run."""
    words = "|".join("" if part is None else str(part) for part in said)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:8]
