"""Exceptions as one sentence on stderr and an exit code; never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from traceback import walk_tb

from ahtc_tui.cli.console.output import print_json_error, print_message
from ahtc_tui.domain.errors import AhtcError, BadInput, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.saved_work import SavedBefore, build_saved_error, format_saved_work

PACKAGE_ROOT = Path(__file__).parents[2]
MAX_SENTENCE_LENGTH = 1200
"""Longest sentence in characters; a longer one, which repeats long input, is shortened."""


def print_error(error: Exception, saved: Sequence[str] = (), messages: list[str] | None = None) -> int:
    """Print an exception as one sentence, or as one JSON document, on stderr and return its exit code.

    `messages`, None without --json, are those that the command held back: they become details of the document.
    `saved` are the labels of the changes that the command saved before it: then the sentence names them, and the exit
    code is 1, because everything from 2 says that nothing was written.
    """
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    ahtc_error = error if isinstance(error, AhtcError) else _convert_error(error, is_unchanged=not saved)
    if saved and not isinstance(ahtc_error, SavedBefore):
        ahtc_error = build_saved_error(format(ahtc_error.sentence), saved)
    sentence = " ".join(format(ahtc_error.sentence).split("\n"))
    if len(sentence) > MAX_SENTENCE_LENGTH:
        sentence = f"{sentence[: MAX_SENTENCE_LENGTH // 2]} … {sentence[-MAX_SENTENCE_LENGTH // 4 :]}"
    if messages is not None:
        details = [*messages, *map(format, ahtc_error.details)]
        messages.clear()
        print_json_error({"error": {"code": ahtc_error.exit_code, "sentence": sentence, "details": details}})
    else:
        print_message(*ahtc_error.details, f"ahtc: {sentence}")
    return ahtc_error.exit_code


def print_interruption(saved: Sequence[str]) -> int:
    """Print what was saved before a person stopped the command, and return the exit code of a shell for that."""
    if saved:
        print_message(f"ahtc: {format_saved_work(saved)}")
    return 130


def _convert_error(error: Exception, *, is_unchanged: bool) -> AhtcError:
    if isinstance(error, UnicodeEncodeError) and is_unchanged:
        return BadInput(_("An argument is not valid UTF-8. Type it again."))
    if isinstance(error, OSError) and error.strerror:
        path = error.filename or _("standard output")
        return StoreError(_('"{place}" cannot be read or written: {reason}.').format(place=path, reason=error.strerror))
    if is_unchanged:
        sentence = _("Internal error in ahtc ({kind} at {place}). The database is unchanged. Please report this line.")
    else:
        sentence = _("Internal error in ahtc ({kind} at {place}). Please report this line.")
    return StoreError(sentence.format(kind=type(error).__name__, place=_find_fault_location(error)))


def _find_fault_location(error: Exception) -> str:
    """Return file and line of the innermost frame of this package."""
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    locations = [
        f"{path.relative_to(PACKAGE_ROOT).as_posix()}:{line}"
        for path, line in frames
        if path.is_relative_to(PACKAGE_ROOT)
    ]
    return locations[-1] if locations else "?"
