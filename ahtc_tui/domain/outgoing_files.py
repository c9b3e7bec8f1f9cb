"""Whether files for other people were written, so that what they may quote is never issued again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_recorded_names: ContextVar[list[str] | None] = ContextVar("outgoing_files", default=None)


@contextmanager
def record_outgoing_files() -> Iterator[list[str]]:
    """Give a list to which every file for other people that is written inside adds its name."""
    names: list[str] = []
    token = _recorded_names.set(names)
    try:
        yield names
    finally:
        _recorded_names.reset(token)


def note_outgoing_file(name: str) -> None:
    """Record that a file for other people was written."""
    names = _recorded_names.get()
    if names is not None:
        names.append(name)
