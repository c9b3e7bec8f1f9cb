"""The values of a workbook through a child process with limits. Never a macro, a link or the network: values only."""

from __future__ import annotations

import marshal
import subprocess
import sys
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from threading import Thread, Timer
from typing import IO, Any, Self

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.sheets import Value
from ahtc_tui.formats.sheets.grid import Grid, Merge, clean

CHILD = Path(__file__).with_name("child_process.py")
SECONDS, SECONDS_LARGE = 5, 60
"""Of processor time, for a file below and above `LARGE`."""
LARGE = 4 * 1024 * 1024
MEGABYTES = 500
MOST_CELLS = 4_000_000
MOST_KNOWN = 50_000
"""Values that are kept to be recognised."""


class TooLarge(BadFile):
    """The child ended before its time: a damaged file, or one that unfolds to more than there is."""


class Values:
    """A child at work on a file: use as a context, do something else meanwhile, then take the grids."""

    def __init__(self, path: Path) -> None:
        """Start it."""
        seconds = SECONDS_LARGE if path.stat().st_size > LARGE else SECONDS
        spec = find_spec("python_calamine")
        site = str(Path(spec.origin).parent.parent) if spec and spec.origin else ""
        words = [sys.executable, "-I", "-S", str(CHILD), site, str(path), str(seconds), str(MEGABYTES)]
        self._child = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._clock = Timer(seconds * 2, self._child.kill)
        self._sent: SimpleQueue[bytes] = SimpleQueue()
        self._drain = Thread(target=_drain, args=(self._child.stdout, self._sent), daemon=True)
        self._clock.start()
        self._drain.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self._clock.cancel()
        self._child.kill()
        self._drain.join()
        self._child.__exit__(None, None, None)

    def grids(self) -> list[Grid]:
        """Every worksheet. Raises BadFile whose text is only the reason."""
        grids: list[Grid] = []
        known = _Known()
        cells = 0
        while data := self._sent.get():
            match marshal.loads(data):
                case ("sheet", name, visible, merges):
                    grids.append(Grid(clean(name) or "?", merges=[Merge(*one) for one in merges], hidden=not visible))
                    known.clear()
                case ("rows", rows):
                    cells += sum(len(values) for _number, _first, values in rows)
                    if cells > MOST_CELLS:
                        raise BadFile(_("it holds more than {n} cells").format(n=MOST_CELLS))
                    grids[-1].rows += [(number, _row(first, values, known)) for number, first, values in rows]
                case ("failed", kind, text):
                    raise _failed(kind, text)
                case ("end",):
                    return grids
        raise TooLarge(_("it is damaged, or its cells need more time or memory than a log does"))


def _drain(pipe: IO[bytes] | None, sent: SimpleQueue[bytes]) -> None:
    """Each message of the child; an empty one at the end, however it came."""
    while pipe and len(length := pipe.read(4)) == 4:
        data = pipe.read(size := int.from_bytes(length, "little"))
        if len(data) < size:
            break
        sent.put(data)
    sent.put(b"")


class _Known(dict[Any, Value]):
    """What was sent to the checked value, made once: a text that comes again is the same object."""

    def __missing__(self, sent: Any) -> Value:
        if len(self) > MOST_KNOWN:
            self.clear()
        value = self[sent] = _value(sent)
        return value


def _row(first_column: int, values: list[Any], known: _Known) -> list[Value]:
    row: list[Value] = [None] * first_column
    row += [known[value] for value in values]
    while row and row[-1] is None:
        row.pop()
    return row


def _value(sent: Any) -> Value:
    if type(sent) is str:
        return clean(sent)
    if type(sent) is not tuple:
        return sent  # type: ignore[no-any-return]  # int, float or None
    match len(sent):
        case 1:
            return bool(sent[0])
        case 3:
            return date(*sent)
        case _:
            return datetime(*sent)  # noqa: DTZ001  # a sheet knows no time zone


def _failed(kind: str, text: str) -> BadFile:
    if kind == "PasswordError" or "password" in text.lower():
        return BadFile(_("it has a password: save it without one"))
    if kind in ("MemoryError", "PanicException") or "limit exceeded" in text:
        return TooLarge(_("its cells need more memory than a log does"))
    return BadFile(_("it is damaged, or no workbook"))
