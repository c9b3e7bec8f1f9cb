"""Actions as JSON for other programs: plain keys, ISO 8601 dates, null for missing values; nothing is translated."""

from __future__ import annotations

import json
from pathlib import Path

from ahtc_tui.domain.serialization import serialize_action
from ahtc_tui.formats.xlsx.action_log_rows import ActionLog


def write_actions_json(path: Path, log: ActionLog) -> None:
    """Write one document: title, marking, as_at, filter, created_by, brag (the meaning of each letter), actions."""
    document = {
        "title": log.title,
        "marking": log.shown_marking.value,
        "as_at": log.as_at.isoformat(),
        "filter": log.filter_words or None,
        "created_by": log.created_by or None,
        "brag": {meaning.brag.value: {"means": meaning.words, "agreed": not meaning.ours} for meaning in log.meanings},
        "actions": [{"id": row.key.hex(), **serialize_action(row, log.as_at)} for row in log.rows],
    }
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(document, file, ensure_ascii=False, indent=2)
        file.write("\n")
