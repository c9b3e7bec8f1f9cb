"""Description of a full export: format version, table shapes and header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import BadFile

FORMAT = "ahtc everything"
VERSION = 1

ArchiveRow = Mapping[str, Any]
"""A row by column name: keys in hex, each followed by `NAME_ref`, the reference of the record."""


class BrokenArchive(BadFile):
    """Reason why an archive cannot be used, as the end of a sentence that the caller begins with the file name."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table: its columns in order, the columns that hold keys, and the added reference columns."""

    name: str
    columns: tuple[str, ...]
    keys: frozenset[str]
    references: tuple[str, ...]
    rows: int

    @property
    def headings(self) -> tuple[str, ...]:
        """All written columns, each reference column after its key column."""
        reference_columns = set(self.references)
        return tuple(
            heading
            for name in self.columns
            for heading in (name, *([f"{name}_ref"] if f"{name}_ref" in reference_columns else []))
        )


@dataclass(frozen=True, slots=True)
class ArchiveHeader:
    """Identification of an archive: its day, its marking, the schema, and the last change of each device."""

    as_at: str
    marking: str
    schema: int
    devices: tuple[tuple[str, int], ...]
    """Device ids of the workspace with their last step, so that undo continues after an import."""


@dataclass(frozen=True, slots=True)
class FullExportReport:
    """The archive that was written, its marking, and how much it holds."""

    file: Path
    records: int
    rows: int
    tables: int
    marking: str
