"""Reports of merges and syncs."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.domain.replication.conflicts import ConflictSide


@dataclass(frozen=True, slots=True)
class DroppedValues:
    """The values that an answer of this merge replaced."""

    id: str
    """Id of the conflict."""
    ref: str
    field: str
    kept: str | None
    """Value that applies now."""
    sides: tuple[ConflictSide, ...]
    """The values that it replaced, with their authors."""


@dataclass(frozen=True, slots=True)
class MergeFileReport(FileReport):
    """Result of a merge."""

    dropped: tuple[DroppedValues, ...] = ()
    """Values replaced by answers or by `--take`."""


@dataclass(frozen=True, slots=True)
class SyncReport(MergeFileReport):
    """Result of a synchronisation with the office hub."""

    sent: int = 0
    """Number of journal changes that were sent to the hub."""
    held: int = 0
    """Number of journal changes that the hub lacks and this login may not send; a warning names the reason."""
