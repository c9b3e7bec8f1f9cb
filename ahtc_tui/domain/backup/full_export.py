"""The whole office as tables that other programs read: what an archive says of itself. Never a file or a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import BadFile

FORMAT = "ahtc everything"
VERSION = 1

ArchiveRow = Mapping[str, Any]
"""A line of a table: each column by its name, keys in hex, and beside a key `NAME_ref`, the reference behind it."""


class BrokenArchive(BadFile):
    """Why an archive cannot be used, as the end of a sentence: whoever knows its name says that before."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table: its columns in order, those of them that hold keys, and the columns with references beside them."""

    name: str
    columns: tuple[str, ...]
    keys: frozenset[str]
    references: tuple[str, ...]
    rows: int

    @property
    def headings(self) -> tuple[str, ...]:
        """Every column that is written, a reference right behind its key."""
        reference_columns = set(self.references)
        return tuple(
            heading
            for name in self.columns
            for heading in (name, *([f"{name}_ref"] if f"{name}_ref" in reference_columns else []))
        )


@dataclass(frozen=True, slots=True)
class ArchiveHeader:
    """What stands at the head of an archive."""

    as_at: str
    marking: str
    schema: int
    devices: tuple[tuple[str, int], ...]
    """Which devices the desk was, each with its last step: so that undo goes on where it comes in."""


@dataclass(frozen=True, slots=True)
class FullExportReport:
    """An archive that was written."""

    file: Path
    records: int
    rows: int
    tables: int
    marking: str
