"""How far a long import is: numbers that its thread sets and the screen looks at. Neither waits for the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.services.progress import Hooks

WIDE = 40
"""Cells of the bar."""


class Progress:
    """One run."""

    def __init__(self, *, writes: bool = False) -> None:
        """`writes`: at its end it is written, which cannot be stopped half way."""
        self.done, self.total, self.writes = 0, 0, writes
        self.stopped = False

    def hooks(self) -> Hooks:
        """What the import calls."""
        from ahtc_tui.services.progress import Hooks

        return Hooks(self._tell, lambda: self.stopped)

    def _tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def words(self, names: str, seconds: float) -> str:
        """What the screen says meanwhile."""
        if not self.total:
            said = _("Reading {files}").format(files=names)
            return f"{said}\n\n{'─' * WIDE}  {seconds:.0f} s\n\n{self._way_out()}"
        if self.writes and self.done >= self.total:
            said = _("Writing {files}").format(files=names)
            return f"{said}\n\n{'━' * WIDE}  {seconds:.0f} s"
        part = self.done / self.total
        bar = "━" * int(part * WIDE) + "─" * (WIDE - int(part * WIDE))
        said = _("Comparing {files}").format(files=names)
        rows = _("{done:,} of {total:,} rows").format(done=self.done, total=self.total)
        return f"{said}\n\n{bar}  {part:.0%}\n{rows}\n\n{self._way_out()}"

    def _way_out(self) -> str:
        return _("Stopping") if self.stopped else _("esc stops it, nothing is written")
