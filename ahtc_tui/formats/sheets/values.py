"""Values of a workbook, read by a child process with limits on time and memory."""

from __future__ import annotations

import marshal
import subprocess
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from threading import Thread, Timer
from typing import IO, Any, Self

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.formats.files import limited_program
from ahtc_tui.formats.sheets.grid import Grid, Merge, clean_text
from ahtc_tui.formats.sheets.size_limits import MAX_ROWS, build_row_reason

CHILD_SCRIPT = Path(__file__).with_name("child_process.py")
CPU_SECONDS, CPU_SECONDS_LARGE = 5, 60
"""Limits for files below and above `LARGE_FILE_BYTES`."""
LARGE_FILE_BYTES = 4 * 1024 * 1024
MEMORY_MEGABYTES = 500
MAX_CELLS = 4_000_000
MAX_CACHED_VALUES = 50_000
"""Number of values in the cache of repeated values."""


class TooLarge(BadFile):
    """The child process ended early: the file is damaged or needs too much time or memory."""


class ValueReader:
    """A running child process; use it as a context manager, then call `read_grids`."""

    def __init__(self, path: Path) -> None:
        """Start the child process."""
        seconds = CPU_SECONDS_LARGE if path.stat().st_size > LARGE_FILE_BYTES else CPU_SECONDS
        spec = find_spec("python_calamine")
        site = str(Path(spec.origin).parent.parent) if spec and spec.origin else ""
        command = limited_program.build_command(
            CHILD_SCRIPT, site, str(path), seconds=seconds, megabytes=MEMORY_MEGABYTES, flags=("-I", "-S")
        )
        self._child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._timer = Timer(seconds * 2, self._child.kill)
        self._messages: SimpleQueue[bytes] = SimpleQueue()
        self._drain_thread = Thread(target=_drain_pipe, args=(self._child.stdout, self._messages), daemon=True)
        self._timer.start()
        self._drain_thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        self._timer.cancel()
        self._child.kill()
        self._drain_thread.join()
        self._child.__exit__(None, None, None)

    def read_grids(self) -> list[Grid]:
        """Return every worksheet. Raises BadFile whose text is only the reason."""
        grids: list[Grid] = []
        cache = _ValueCache()
        cell_count = 0
        while data := self._messages.get():
            match marshal.loads(data):
                case ("sheet", name, visible, merges):
                    grids.append(
                        Grid(clean_text(name) or "?", merges=[Merge(*merge) for merge in merges], hidden=not visible)
                    )
                    cache.clear()
                case ("rows", rows):
                    cell_count += sum(len(values) for _number, _first, values in rows)
                    if cell_count > MAX_CELLS:
                        raise BadFile(_("it holds more than {n} cells").format(n=MAX_CELLS))
                    if len(grids[-1].rows) + len(rows) > MAX_ROWS:
                        raise BadFile(build_row_reason())
                    grids[-1].rows += [(number, _build_row(first, values, cache)) for number, first, values in rows]
                case ("failed", kind, text):
                    raise _build_error(kind, text)
                case ("end",):
                    return grids
        raise TooLarge(_("it is damaged, or the cells need more time or memory than an action log"))


def _drain_pipe(pipe: IO[bytes] | None, messages: SimpleQueue[bytes]) -> None:
    """Queue each message of the child process, and an empty one at the end."""
    while pipe and len(length := pipe.read(4)) == 4:
        data = pipe.read(size := int.from_bytes(length, "little"))
        if len(data) < size:
            break
        messages.put(data)
    messages.put(b"")


class _ValueCache(dict[Any, CellValue]):
    """Encoded value to checked value, so that equal texts are one object."""

    def __missing__(self, encoded: Any) -> CellValue:
        if len(self) > MAX_CACHED_VALUES:
            self.clear()
        value = self[encoded] = _decode_value(encoded)
        return value


def _build_row(first_column: int, values: list[Any], cache: _ValueCache) -> list[CellValue]:
    row: list[CellValue] = [None] * first_column
    row += [cache[value] for value in values]
    while row and row[-1] is None:
        row.pop()
    return row


def _decode_value(encoded: Any) -> CellValue:
    if type(encoded) is str:
        return clean_text(encoded)
    if type(encoded) is not tuple:
        return encoded  # type: ignore[no-any-return]  # int, float or None
    match len(encoded):
        case 1:
            return bool(encoded[0])
        case 3:
            return date(*encoded)
        case _:
            return datetime(*encoded)  # noqa: DTZ001  # sheets have no time zones


def _build_error(kind: str, text: str) -> BadFile:
    if kind == "PasswordError" or "password" in text.lower():
        return BadFile(_("it has a password. Save it without one"))
    if kind in ("MemoryError", "PanicException") or "limit exceeded" in text:
        return TooLarge(_("the cells need more memory than an action log"))
    return BadFile(_("it is damaged, or not a workbook"))
