"""Row class of the full-text search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record that matches a search."""

    kind: str
    ref: str
    title: str
    snippet: str
