"""Row classes of the history and of search results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record that matches a search."""

    kind: str
    ref: str
    title: str
    snippet: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of one field of one record."""

    at: datetime
    """UTC."""
    user: str
    device: str
    step: str
    """Label of the transaction: "done DP-21"."""
    record: str
    """The kind of record: "action", "update"."""
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One transaction of the journal: the result of one command, reversed by one undo."""

    at: datetime
    user: str
    label: str
    kind: str
    """do, undo, redo, load or erase."""
    changes: int
