"""One line on stderr with the progress of a long command, on a terminal only."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.terminal_signs import show_progress
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.services.progress import ProgressHooks

MIN_ROWS = 5_000
"""Number of rows below which a progress line would only flicker."""
MIN_BYTES = 200_000
"""Size of the input files below which reading them takes no noticeable time."""


def build_progress_hooks(context: Context, files: Sequence[Path] = ()) -> ProgressHooks | None:
    """Return hooks that show the progress; None where stderr is not a terminal, or with --quiet.

    Where files are large, the line names them at once: they are read before the first row is counted.
    """
    if context.quiet or not sys.stderr.isatty():
        return None
    line = _ProgressLine()
    if sum(_read_size(path) for path in files) >= MIN_BYTES:
        line.show(_("Reading {files}").format(files=", ".join(path.name for path in files)))
    return ProgressHooks(line.show_count)


def _read_size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


class _ProgressLine:
    """A line that the next text replaces."""

    def __init__(self) -> None:
        self._width = 0
        self._shows_share = False

    def show(self, text: str) -> None:
        """Replace the line with a text; an empty one clears it."""
        shown = escape_controls(text)
        sys.stderr.write(f"\r{shown.ljust(self._width)}\r")
        sys.stderr.flush()
        self._width = len(shown)

    def show_count(self, completed: int, total: int) -> None:
        """Show the number of rows that are done; a complete one is replaced by what follows."""
        if total >= MIN_ROWS:
            if not self._shows_share:
                atexit.register(show_progress, 1, 1)  # the terminal would keep the share of a command that failed
                self._shows_share = True
            show_progress(completed, total)
        if completed >= total:
            self.show(_("Saving") if total >= MIN_ROWS else "")
        elif total >= MIN_ROWS:
            self.show(_("{done:,} of {total:,}").format(done=completed, total=total))
