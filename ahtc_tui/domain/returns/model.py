"""Returns: the workbook of each lead, its sheet of sent values, and the report of what was sent.

The sent values are the base of the three-way comparison when the file is imported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.documents.chasers import Addressee, Sender, WithoutAddress
from ahtc_tui.domain.fields.model import DATE_KINDS, Place, list_columns, list_columns_in
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.domain.plan.brag_meanings import build_meanings as meanings_of

ROW_SENT = "row_sent"
"""Heading of a hidden column with the sent values, in workbooks that were written before the sheet of sent values."""

ROW_IDS = "row_ids"
"""Heading of their hidden list of all actions that were sent, by which missing rows are detected."""

COMPARED_FIELDS = ("title", "objective", "lead", "support", "due", "brag", "status", "closed_on", "evidence")
"""Fields of the three-way comparison, in the order in which they are sent. Updates are only ever added."""

SENT_SHEET = "ahtc"
"""Name of the very hidden sheet of sent values; like its headings it is not translated."""
SENT_REF, SENT_KEY, SENT_BATCH = "sent_ref", "sent_key", "sent_batch"
STATED_FIELDS = tuple(list_columns_in(Place.IMPORT, ActionRow))
"""Columns that the row class of an action states."""
STATED_DATES = tuple(name for name in STATED_FIELDS if list_columns(ActionRow)[name].kind in DATE_KINDS)
SENT_FIELDS = (*COMPARED_FIELDS, "title_cy", *STATED_FIELDS)
"""Fields of the sheet of sent values; older workbooks end earlier."""
SENT_TEXTS = "sent_texts"
"""Heading of the digests of the texts on the other sheets, by which a note of the owner is recognised."""
SENT_HEADINGS = (SENT_REF, SENT_KEY, SENT_BATCH, *(f"sent_{name}" for name in SENT_FIELDS), SENT_TEXTS)

SentValues = dict[str, str | None]
"""Sent value by field: dates as stored, the lead by reference."""

_DIGIT_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Letters for digits: some digests would look like a telephone or case number in a file that is sent."""


def build_sent_values(row: ActionRow) -> SentValues:
    """Return the values of an action in the form in which they are compared."""
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
        "title_cy": row.title_cy or None,
        **{name: encode_value(getattr(row, name)) for name in STATED_FIELDS},
    }


def encode_value(value: object) -> str | None:
    """Return the value of a column in the form in which it is compared."""
    if isinstance(value, DateAsKnown):
        return value.stored_text
    if value is None or value == "":
        return None
    return str(int(value)) if isinstance(value, bool) else str(value)


def encode_sent_values(sent: SentValues, batch: str) -> str:
    """Return the text of the hidden cell: JSON of the batch and the values in the order of `SENT_FIELDS`."""
    values = [sent[name] for name in SENT_FIELDS if name in sent]
    return json.dumps([batch, *values], ensure_ascii=False, separators=(",", ":"))


def decode_sent_values(text: object) -> tuple[str, SentValues] | None:
    """Return batch and values of a hidden cell; None where it was cleared, truncated or overwritten."""
    if not isinstance(text, str) or not text:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, list) or not len(COMPARED_FIELDS) < len(data) <= len(SENT_FIELDS) + 1:
        return None
    if not isinstance(data[0], str) or not all(value is None or isinstance(value, str) for value in data[1:]):
        return None
    return data[0], dict(zip(SENT_FIELDS, data[1:], strict=False))


@dataclass(frozen=True, slots=True)
class SentAction:
    """A row of the sheet of sent values."""

    ref: str
    digest: str
    batch: str
    """Identifier of the dispatch; empty in an action log."""
    texts: tuple[str | None, ...]
    """Values in the order of `SENT_FIELDS`."""

    @property
    def values(self) -> SentValues:
        """The sent values; a log has too many rows to hold each as a dictionary."""
        return dict(zip(SENT_FIELDS, self.texts, strict=True))


def digest_key(key: RowKey) -> str:
    """Return 16 letters by which its own database finds an action, without its key."""
    return _write_letters(key, 16)


def digest_text(text: str) -> str:
    """Return the letters by which a text of a sent workbook is recognised; white space does not count."""
    return _write_letters(" ".join(text.split()).encode(), 8)


def _write_letters(data: bytes, length: int) -> str:
    return sha256(data).hexdigest()[:length].translate(_DIGIT_LETTERS)


def list_sent_cells(row: ActionRow, batch: str) -> list[str | None]:
    """Return the cells of an action in the sheet of sent values, in the order of `SENT_HEADINGS` without the last."""
    return [row.ref, digest_key(row.key), batch or None, *build_sent_values(row).values()]


def read_sent_actions(rows: Iterable[Mapping[str, str]]) -> tuple[SentAction, ...]:
    """Return the actions of the sheet of sent values; a row is a mapping from heading to text."""
    return tuple(
        SentAction(
            row.get(SENT_REF, ""),
            row[SENT_KEY],
            row.get(SENT_BATCH, ""),
            tuple(row.get(f"sent_{name}") or None for name in SENT_FIELDS),
        )
        for row in rows
        if row.get(SENT_KEY)
    )


def decode_keys(text: object) -> list[RowKey]:
    """Return the keys in a cell of the hidden list of an older workbook; other words are ignored."""
    words = text.split() if isinstance(text, str) else []
    return [parse_key(word) for word in words if re.fullmatch("[0-9a-f]{32}", word)]


@dataclass(frozen=True, slots=True)
class Return:
    """A workbook to send: the open actions of one lead."""

    addressee: Addressee | None
    """None for the actions without a lead, whose workbook stays in the office."""
    as_at: date
    rows: Sequence[ActionRow]
    marking: Marking
    batch: str
    """Identifier of the dispatch; each row names it in its hidden cell."""
    sender: Sender | None = None
    meanings: Sequence[Meaning] = field(default_factory=lambda: meanings_of(None))
    """Meanings of the BRAG letters in the plan, or the default ones."""
    language: Language = Language.EN
    """Language of the workbook and of its note."""


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """A workbook that was written."""

    file: Path
    lead: str | None
    """None for the actions without a lead."""
    actions: tuple[str, ...]
    letter: Path | None
    """The covering note; None without an address or a lead."""


@dataclass(frozen=True, slots=True)
class ReturnsReport:
    """Result of `export returns`."""

    files: tuple[ReturnFile, ...]
    without_address: tuple[WithoutAddress, ...]
    marking: Marking
