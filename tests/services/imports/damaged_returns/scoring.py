"""Score of the import of damaged returns: what is found, missed, asked about, applied unasked or invented."""

from __future__ import annotations

import shutil
from pathlib import Path

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.imports.actions.service import plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.services.imports.damaged_returns.model import LAST, DamagedReturn, damage_workbook
from tests.services.imports.foreign_logs.scoring import Score


def send_return(workspace: Workspace, folder: Path) -> Path:
    """Send the returns; return the workbook that the corpus damages."""
    report = write_returns(workspace, folder, ActionFilter())
    return next(file.file for file in report.files if LAST in file.actions)


def score_return(workspace: Workspace, sent: Path, damaged: DamagedReturn, folder: Path) -> Score:
    """Return the score of one damaged copy of a sent workbook."""
    score, path = Score(logs=1), folder / sent.name
    shutil.copy(sent, path)
    damage_workbook(path, damaged)
    (report,) = plan_actions_import(workspace, [path]).files
    changed = {(change.ref, change.field, change.now or "") for change in report.changed}
    asked = {(question.ref or "", question.field, question.theirs or "") for question in report.questions}
    score.found += len(changed & damaged.changed)
    score.asked += len(asked & damaged.asked)
    faults = {
        "missed": (damaged.changed - changed) | (damaged.asked - asked),
        "unasked": changed - damaged.changed,
        "unexpected": asked - damaged.asked,
        "invented": {(record.row, "added", str(record.values.get("title"))) for record in report.added},
    }
    for kind, entries in faults.items():
        for entry in sorted(entries):
            score.record(kind, f"{damaged.name}: {entry}")
    warnings = [warning.reason for warning in report.warnings]
    for words in damaged.named:
        if any(words in warning for warning in warnings):
            score.found += 1
        else:
            score.record("missed", f"{damaged.name}: no warning has {words!r}: {warnings}")
    if warnings and not damaged.named:
        score.record("unexpected", f"{damaged.name}: {warnings}")
    return score
