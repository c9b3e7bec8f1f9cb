"""The values of a workbook through a child process with limits. Never a macro, a link or the network: values only."""

from __future__ import annotations

import marshal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import IO, Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.sheets import Value
from ahtc_tui.domain.words import _
from ahtc_tui.formats.sheet_grid import Grid, Merge, clean

CHILD = Path(__file__).with_name("sheet_child.py")
SECONDS, SECONDS_LARGE = 8, 60
"""Of processor time, for a file below and above `LARGE`."""
LARGE = 4 * 1024 * 1024
MEGABYTES = 1_000
MOST_CELLS = 4_000_000
_SHORT = 40


def read_grids(path: Path) -> list[Grid]:
    """Every worksheet. Raises BadFile whose text is only the reason."""
    large = path.stat().st_size > LARGE
    seconds = SECONDS_LARGE if large else SECONDS
    spec = find_spec("python_calamine")
    site = str(Path(spec.origin).parent.parent) if spec and spec.origin else ""
    words = [sys.executable, "-I", "-S", str(CHILD), site, str(path), str(seconds), str(MEGABYTES)]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        clock = Timer(seconds * 2, child.kill)
        clock.start()
        try:
            return _grids(child.stdout)
        finally:
            clock.cancel()
            with suppress(OSError):
                child.kill()


def _grids(pipe: IO[bytes] | None) -> list[Grid]:
    grids: list[Grid] = []
    known: dict[str, str | None] = {}
    cells = 0
    for message in _messages(pipe):
        match message:
            case ("sheet", name, visible, merges):
                grids.append(Grid(clean(name) or "?", merges=[Merge(*one) for one in merges], hidden=not visible))
                known.clear()
            case ("rows", rows):
                cells += sum(len(values) for _number, _first, values in rows)
                if cells > MOST_CELLS:
                    raise BadFile(_("it holds more than {n} cells").format(n=MOST_CELLS))
                grids[-1].rows.extend(_row(number, first, values, known) for number, first, values in rows)
            case ("failed", kind, text):
                raise _failed(kind, text)
            case ("end",):
                return grids
    raise BadFile(_("it is damaged, or its cells need more time or memory than a log does"))


def _messages(pipe: IO[bytes] | None) -> Iterator[Any]:
    while pipe and len(length := pipe.read(4)) == 4:
        data = pipe.read(size := int.from_bytes(length, "little"))
        if len(data) < size:
            return
        yield marshal.loads(data)


def _row(number: int, first_column: int, values: list[Any], known: dict[str, str | None]) -> tuple[int, list[Value]]:
    row: list[Value] = [None] * first_column
    row.extend(_value(value, known) for value in values)
    while row and row[-1] is None:
        row.pop()
    return number, row


def _value(value: Any, known: dict[str, str | None]) -> Value:
    """A checked value; a short text that comes again is the same object."""
    if type(value) is str:
        if len(value) > _SHORT:
            return clean(value)
        if value not in known:
            known[value] = clean(value)
        return known[value]
    if type(value) is tuple:
        return datetime(*value) if len(value) == 6 else date(*value)  # noqa: DTZ001  # a sheet knows no time zone
    return value  # type: ignore[no-any-return]  # int, float, bool or None


def _failed(kind: str, text: str) -> BadFile:
    if kind == "PasswordError" or "password" in text.lower():
        return BadFile(_("it has a password: save it without one"))
    if kind == "MemoryError":
        return BadFile(_("its cells need more memory than a log does"))
    return BadFile(_("it is damaged, or no workbook"))
