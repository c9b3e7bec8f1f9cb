"""Which files for other people were written, so that what they may quote is never issued again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_recorded_paths: ContextVar[list[str] | None] = ContextVar("outgoing_files", default=None)


@contextmanager
def record_outgoing_files() -> Iterator[list[str]]:
    """Give a list to which every file for other people that is written inside adds its path."""
    paths: list[str] = []
    token = _recorded_paths.set(paths)
    try:
        yield paths
    finally:
        _recorded_paths.reset(token)


def note_outgoing_file(path: Path) -> None:
    """Record that a file for other people was written."""
    paths = _recorded_paths.get()
    if paths is not None:
        paths.append(str(path.absolute()))
