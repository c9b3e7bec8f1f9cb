"""Log of crashes without values, and the signals that end the screen."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from threading import Timer
from time import gmtime, strftime
from traceback import walk_tb
from types import FrameType
from typing import TYPE_CHECKING

from textual.css.query import NoMatches
from textual.worker import active_worker

from ahtc_tui import __version__
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.desk_screen import is_open

if TYPE_CHECKING:
    from types import TracebackType


EXIT_SIGNALS = ("SIGTERM", "SIGHUP")
OUTPUT_SECONDS = 1.0
"""Time that the terminal has to show the end of the app; then its output is dropped."""
EXIT_SECONDS = 4.5
"""Time after which the program ends even where a service still runs: the database rolls back what is not written."""


def handle_exit_signals(end: Callable[[int], None], abandon_output: Callable[[], None]) -> None:
    """Call `end` with the number of a signal instead of ending at once; without effect where there are no signals.

    The handlers run although the loop waits for a terminal that does not read, until `abandon_output` frees it.
    """
    loop = asyncio.get_running_loop()

    def handle(number: int, _frame: FrameType | None) -> None:
        start_exit_timers(number, abandon_output)
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(end, number)

    for name in EXIT_SIGNALS:
        with suppress(AttributeError, ValueError):
            signal.signal(getattr(signal, name), handle)


def start_exit_timers(number: int, abandon_output: Callable[[], None]) -> None:
    """Drop the output of the terminal soon, and end the program later, should it still run then."""
    for seconds, call in ((OUTPUT_SECONDS, abandon_output), (EXIT_SECONDS, lambda: os._exit(128 + number))):
        timer = Timer(seconds, call)
        timer.daemon = True
        timer.start()


LOG_NAME = "crash.log"
LAST_FRAMES = 4
"""Number of innermost frames that are logged even if they belong to a library."""
PACKAGE_ROOT = Path(__file__).parents[2]


def find_cause(error: BaseException) -> BaseException:
    """Return the exception that made a worker fail, or the error itself."""
    inner = getattr(error, "error", None)
    return inner if isinstance(inner, BaseException) else error


def misses_closed_screen(cause: BaseException) -> bool:
    """Return whether a worker found no widget because its screen was closed, so that its result is not needed."""
    worker = active_worker.get(None)
    return isinstance(cause, NoMatches) and worker is not None and not is_open(worker.node)


def write_crash_log(error: BaseException, folder: Path) -> str:
    """Append a report of the error to the log in this folder and return the message for the terminal."""
    kind = type(error).__name__
    path = folder / LOG_NAME
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write("\n".join(_format_log_lines(error)) + "\n")
    except OSError:
        return _("The screen stopped because of an error ({kind}). Saved changes are safe.").format(kind=kind)
    sentence = _(
        "The screen stopped because of an error ({kind}). Saved changes are safe. The report in {path} has nothing "
        "from your records. Send it to the person in charge of ahtc."
    )
    return sentence.format(kind=kind, path=path)


def _format_log_lines(error: BaseException) -> Iterator[str]:
    yield f"{strftime('%Y-%m-%d %H:%M:%S', gmtime())} UTC  ahtc {__version__}"
    yield f"Python {platform.python_version()}, Textual {version('textual')}"
    yield f"{platform.system()} {platform.release()}, terminal {os.environ.get('TERM', '-')}"
    current: BaseException | None = error
    reported_ids: set[int] = set()
    while current is not None and id(current) not in reported_ids:
        reported_ids.add(id(current))
        yield type(current).__qualname__
        yield from _format_frames(current.__traceback__)
        current = current.__cause__ or current.__context__


def _format_frames(traceback: TracebackType | None) -> Iterator[str]:
    """Format the frames of this package, and the innermost frames of any library."""
    locations = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(traceback)]
    for path, line in locations[:-LAST_FRAMES]:
        if path.is_relative_to(PACKAGE_ROOT):
            yield f"  {path.relative_to(PACKAGE_ROOT.parent).as_posix()}:{line}"
    for path, line in locations[-LAST_FRAMES:]:
        is_ours = path.is_relative_to(PACKAGE_ROOT)
        yield f"  {(path.relative_to(PACKAGE_ROOT.parent) if is_ours else Path(*path.parts[-2:])).as_posix()}:{line}"
