"""Files of the papers of a meeting."""

from __future__ import annotations

from dataclasses import dataclass

PAPER_ENDINGS = (".pdf", ".docx", ".odt", ".xlsx", ".ods")
"""Formats that can be put into a meeting pack as one PDF."""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file with the name that it had when it was attached."""

    name: str
    content: bytes
