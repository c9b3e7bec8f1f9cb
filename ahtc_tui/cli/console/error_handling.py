"""Exceptions as one sentence on stderr and an exit code; never a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from traceback import walk_tb

from ahtc_tui.cli.console.output import print_message
from ahtc_tui.domain.errors import AhtcError, BadInput, StoreError
from ahtc_tui.domain.i18n import _


class Unsaid(AhtcError):
    """The database was changed, but the output could not be written."""

    exit_code = 1


PACKAGE_ROOT = Path(__file__).parents[2]
MAX_SENTENCE_LENGTH = 1200
"""Longest sentence in characters; a longer one, which repeats long input, is shortened."""


def print_error(error: Exception) -> int:
    """Print an exception as one sentence on stderr and return its exit code."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    ahtc_error = error if isinstance(error, AhtcError) else _convert_error(error)
    sentence = " ".join(str(ahtc_error).split("\n"))
    if len(sentence) > MAX_SENTENCE_LENGTH:
        sentence = f"{sentence[: MAX_SENTENCE_LENGTH // 2]} … {sentence[-MAX_SENTENCE_LENGTH // 4 :]}"
    print_message(f"ahtc: {sentence}")
    return ahtc_error.exit_code


def build_unsaid_error(error: OSError) -> Unsaid:
    """Return the error for output that could not be written after the work was done."""
    sentence = _("The command is done, but its output could not be written: {reason}. `ahtc history` shows the change.")
    return Unsaid(sentence.format(reason=error.strerror))


def _convert_error(error: Exception) -> AhtcError:
    if isinstance(error, UnicodeEncodeError):
        return BadInput(_("An argument is not valid UTF-8: type it again."))
    if isinstance(error, OSError) and error.strerror:
        path = error.filename or _("standard output")
        return StoreError(_('"{place}" cannot be read or written: {reason}.').format(place=path, reason=error.strerror))
    sentence = _("Internal error in ahtc ({kind} at {place}). The database is unchanged. Please report this line.")
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
