"""Work that a command or a service has saved so far: labels of its transactions, and files for other people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from ahtc_tui.domain.context_value import hold_value
from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

_recorded_labels: ContextVar[list[str] | None] = ContextVar("saved_work", default=None)

_recorded_paths: ContextVar[list[str] | None] = ContextVar("outgoing_files", default=None)


class SavedBefore(AhtcError):
    """An error after changes were saved: the work is done, or partly done, and something is left to a person."""

    exit_code = 1


@contextmanager
def record_saved_work() -> Iterator[list[str]]:
    """Yield a list to which every transaction that is committed inside adds its label.

    A recorder inside another one takes the labels alone.
    """
    labels: list[str] = []
    with hold_value(_recorded_labels, labels):
        yield labels


def note_saved_work(label: str) -> None:
    """Record that a transaction was committed, or that a database was put into place."""
    labels = _recorded_labels.get()
    if labels is not None:
        labels.append(label)


def format_saved_work(labels: Sequence[str]) -> str:
    """Return the sentence about what was saved before an error."""
    return _('Already saved: "{labels}". Do not enter it again.').format(labels='", "'.join(labels))


def build_saved_error(error_sentence: str, labels: Sequence[str]) -> SavedBefore:
    """Return the error for what failed after changes were saved."""
    return SavedBefore(f"{format_saved_work(labels)} {error_sentence}")


@contextmanager
def record_outgoing_files() -> Iterator[list[str]]:
    """Yield a list to which every file for other people that is written inside adds its path."""
    paths: list[str] = []
    with hold_value(_recorded_paths, paths):
        yield paths


def note_outgoing_file(path: Path) -> None:
    """Record that a file for other people was written."""
    paths = _recorded_paths.get()
    if paths is not None:
        paths.append(str(path.absolute()))
