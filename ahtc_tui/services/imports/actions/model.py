"""The rows of an imported log on their way to a plan. Definitions only."""

from __future__ import annotations

from dataclasses import dataclass, field

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.imports.actions.plan import ActionFilePlan
from ahtc_tui.services.imports.actions.rows import LogRow


@dataclass
class MatchedRows:
    """The rows of one file, parted."""

    known_rows: list[LogRow] = field(default_factory=list)
    unmatched_rows: list[LogRow] = field(default_factory=list)


@dataclass
class ImportedFile:
    """One file with its rows."""

    plan: ActionFilePlan
    rows: list[LogRow]
    sent_keys: list[RowKey]
    """The keys of all rows that were sent in the workbook, where it says so."""
    matched: MatchedRows = field(default_factory=MatchedRows)
