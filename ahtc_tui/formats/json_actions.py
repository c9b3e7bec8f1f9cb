"""Actions as JSON for other programs: plain keys, ISO 8601 dates, absent is null. Never a cut or a translated value."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions import ActionRow
from ahtc_tui.domain.dates import DateAsKnown
from ahtc_tui.formats.xlsx_log_rows import ActionLog


def write_actions_json(path: Path, log: ActionLog) -> None:
    """Write one document: title, marking, as_at, filter, created_by, actions in the order of the log."""
    document = {
        "title": log.title,
        "marking": log.shown_marking.value,
        "as_at": log.as_at.isoformat(),
        "filter": log.filter_words or None,
        "created_by": log.created_by or None,
        "actions": [action(row, log.as_at) for row in log.rows],
    }
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(document, file, ensure_ascii=False, indent=2)
        file.write("\n")


def action(row: ActionRow, as_at: date) -> dict[str, Any]:
    """One action under the keys of `ahtc actions list --json`; a due date also with its words and how exact it is."""
    return {
        "id": row.key.hex(),
        "ref": row.ref,
        "title": row.title,
        "objective": row.objective,
        "objective_title": row.objective_title,
        "status": row.status.value,
        "brag": row.brag and row.brag.value,
        "confidence": row.confidence and row.confidence.value,
        "priority": row.priority and row.priority.value,
        "lead": row.lead,
        "lead_kind": row.lead_kind,
        "support": list(row.support),
        "due": _iso(row.due),
        "due_text": row.due and (row.due.words or None),
        "due_precision": row.due and row.due.precision.value,
        "original_due": _iso(row.original_due),
        "original_due_text": row.original_due and (row.original_due.words or None),
        "slips": row.slips,
        "days_left": row.days_left(as_at),
        "late": row.late(as_at),
        "review_on": _iso(row.review_on),
        "raised_on": _iso(row.raised_on),
        "closed_on": _iso(row.closed_on),
        "source": row.source,
        "meeting": row.meeting,
        "latest_update": row.latest_update,
        "latest_update_on": row.latest_update_on and row.latest_update_on.isoformat(),
        "evidence": row.evidence,
        "marking": row.marking.value,
    }


def _iso(known: DateAsKnown | None) -> str | None:
    return known.iso if known else None
