"""What the journal tells a person, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record that a search found."""

    kind: str
    ref: str
    title: str
    snippet: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field of one record, changed once."""

    at: datetime
    """UTC."""
    user: str
    device: str
    step: str
    """What the person did: "done DP-21"."""
    record: str
    """The kind of record: "action", "update"."""
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that a person did: one command, one undo."""

    at: datetime
    user: str
    label: str
    kind: str
    """do, undo, redo, load or erase."""
    changes: int
