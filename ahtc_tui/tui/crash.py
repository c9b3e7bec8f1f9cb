"""What is kept of an unexpected error: its type and where it happened. Never a value, a message or a line of source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import gmtime, strftime
from traceback import walk_tb
from typing import TYPE_CHECKING

from ahtc_tui import __version__
from ahtc_tui.domain.words import _

if TYPE_CHECKING:
    from types import TracebackType

LOG = "crash.log"
FOREIGN = 4
"""Lines of a library that are named where the fault came through none of ours."""
OURS = Path(__file__).parents[1]


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
    """The lines of this package; where there is none, the last ones of the library that it stopped in."""
    every = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(traceback)]
    ours = [(path.relative_to(OURS.parent), line) for path, line in every if path.is_relative_to(OURS)]
    for path, line in ours or [(Path(*path.parts[-2:]), line) for path, line in every[-FOREIGN:]]:
        yield f"  {path.as_posix()}:{line}"
