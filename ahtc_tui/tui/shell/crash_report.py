"""What is kept of an unexpected error: its type and where it happened. Never a value, a message or a line of source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import gmtime, strftime
from traceback import walk_tb
from typing import TYPE_CHECKING

from ahtc_tui import __version__
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from types import TracebackType

LOG = "crash.log"
FOREIGN = 4
"""The last lines, which are named whether they are ours or those of a library."""
OURS = Path(__file__).parents[2]


def cause_of(error: BaseException) -> BaseException:
    """What a worker failed of, or the error itself."""
    inner = getattr(error, "error", None)
    return inner if isinstance(inner, BaseException) else error


def report(error: BaseException, folder: Path) -> str:
    """Add the error to the log of the folder; the one sentence that the person is told."""
    told = type(error).__name__
    path = folder / LOG
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write("\n".join(_lines(error)) + "\n")
    except OSError:
        return _("The screen stopped by a fault in ahtc ({kind}); what was saved is safe.").format(kind=told)
    return _("The screen stopped by a fault in ahtc ({kind}); what was saved is safe. {path} says where.").format(
        kind=told, path=path
    )


def _lines(error: BaseException) -> Iterator[str]:
    yield f"{strftime('%Y-%m-%d %H:%M:%S', gmtime())} UTC  ahtc {__version__}"
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield type(current).__qualname__
        yield from _frames(current.__traceback__)
        current = current.__cause__ or current.__context__


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    """The lines of this package, and the last ones of the library that it stopped in."""
    every = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(traceback)]
    for path, line in every[:-FOREIGN]:
        if path.is_relative_to(OURS):
            yield f"  {path.relative_to(OURS.parent).as_posix()}:{line}"
    for path, line in every[-FOREIGN:]:
        own = path.is_relative_to(OURS)
        yield f"  {(path.relative_to(OURS.parent) if own else Path(*path.parts[-2:])).as_posix()}:{line}"
