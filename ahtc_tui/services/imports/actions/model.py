"""The rows of an imported log on their way to a plan. Definitions only."""

from __future__ import annotations

from dataclasses import dataclass, field

from ahtc_tui.services.imports.actions.plan import ActionsPlan
from ahtc_tui.services.imports.actions.rows import RowIn


@dataclass
class Matched:
    """The rows of one file, parted."""

    known: list[RowIn] = field(default_factory=list)
    rest: list[RowIn] = field(default_factory=list)


@dataclass
class FileIn:
    """One file with its rows."""

    plan: ActionsPlan
    rows: list[RowIn]
    sent: list[bytes]
    """The keys of all rows that were sent in the workbook, where it says so."""
    matched: Matched = field(default_factory=Matched)
