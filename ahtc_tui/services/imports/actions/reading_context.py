"""What the tables of one file are read with: its plan, the records, the mappings and the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ahtc_tui.domain.imports.report import Question
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.model import ActionFilePlan
from ahtc_tui.services.progress import ProgressHooks


@dataclass
class ReadingContext:
    """What the tables of one file are read with."""

    file: ActionFilePlan
    records: CurrentRecords
    mappings: Mapping[str, str]
    """Field of each mapped heading; an empty one omits the column."""
    hooks: ProgressHooks
    answers: dict[str, str] = field(default_factory=dict)
    """Answers of this file by id, so that a question about two tables is asked once."""

    def resolve_once(self, question: Question) -> str:
        """Return the answer to a question, which is recorded once; empty where it is open."""
        if question.id not in self.answers:
            self.answers[question.id] = self.file.resolve_answer(question, takes=True)
        return self.answers[question.id]
