"""Returns: the workbook of one lead, what of each action goes with it unseen, and what was sent to whom.

What is sent along is the base of the three-way comparison when the file comes back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.documents.chasers import Addressee, WithoutAddress
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.domain.plan.brag_meanings import build_meanings as meanings_of

ROW_ID, ROW_HASH, ROW_SENT = "row_id", "row_hash", "row_sent"
"""Headings of the hidden columns by which a workbook that comes back is matched and compared; never translated."""

ROW_IDS = "row_ids"
"""Heading of the hidden list of all rows that were sent: what is missing from a file that comes back is asked about."""
KEYS_PER_CELL = 900

COMPARED_FIELDS = ("title", "objective", "lead", "support", "due", "brag", "status", "closed_on", "evidence")
"""What is compared three ways, in the order in which it is sent. Progress is not: an update is only ever added."""

SentValues = dict[str, str | None]
"""Field to value as it was sent: dates as stored, the lead by reference."""


def build_sent_values(row: ActionRow) -> SentValues:
    """What an action says now, as it is compared later."""
    return {
        "title": row.title,
        "objective": row.objective,
        "lead": row.lead_ref,
        "support": "; ".join(sorted(row.support)) or None,
        "due": row.due.stored_text if row.due else None,
        "brag": row.brag.value if row.brag else None,
        "status": row.status.value,
        "closed_on": row.closed_on.stored_text if row.closed_on else None,
        "evidence": row.evidence or None,
    }


def encode_sent_values(sent: SentValues, batch: str = "") -> str:
    """The hidden cell: of which sending it is, and the values in the order of `FIELDS`."""
    return json.dumps([batch, *(sent[name] for name in COMPARED_FIELDS)], ensure_ascii=False, separators=(",", ":"))


def decode_sent_values(text: object) -> tuple[str, SentValues] | None:
    """The sending and the values of a hidden cell; None where it is no such cell (cleared, cut, typed over)."""
    if not isinstance(text, str) or not text:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, list) or len(data) != len(COMPARED_FIELDS) + 1:
        return None
    if not isinstance(data[0], str) or not all(value is None or isinstance(value, str) for value in data[1:]):
        return None
    return data[0], dict(zip(COMPARED_FIELDS, data[1:], strict=True))


def encode_keys(keys: Sequence[RowKey]) -> list[str]:
    """The keys of rows as few long cells."""
    return [
        " ".join(key.hex() for key in keys[start : start + KEYS_PER_CELL])
        for start in range(0, len(keys), KEYS_PER_CELL)
    ]


def decode_keys(text: object) -> list[RowKey]:
    """The keys in such a cell; what is no key is left out."""
    words = text.split() if isinstance(text, str) else []
    return [parse_key(word) for word in words if re.fullmatch("[0-9a-f]{32}", word)]


@dataclass(frozen=True, slots=True)
class Return:
    """One workbook to send: the open actions of one lead."""

    addressee: Addressee | None
    """None for the actions that nobody leads: that workbook stays in the office."""
    as_at: date
    rows: Sequence[ActionRow]
    marking: Marking
    batch: str
    """The sending that it is a part of; a row that comes back names it."""
    sender: str | None = None
    sender_email: str | None = None
    meanings: Sequence[Meaning] = field(default_factory=lambda: meanings_of(None))
    """What the BRAG letters mean in the plan; the words of the desk where there is none."""


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One workbook that was written."""

    file: Path
    lead: str | None
    """None for the actions that nobody leads."""
    actions: tuple[str, ...]
    letter: Path | None
    """The covering note; None where there is no address, or no lead."""


@dataclass(frozen=True, slots=True)
class ReturnsReport:
    """What `export returns` did."""

    files: tuple[ReturnFile, ...]
    without_address: tuple[WithoutAddress, ...]
    marking: Marking
