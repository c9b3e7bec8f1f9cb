"""What an error becomes on the command line: one sentence on stderr and an exit code. Never a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from traceback import walk_tb

from ahtc_tui.cli.console.output import print_message
from ahtc_tui.domain.errors import AhtcError, BadInput, StoreError
from ahtc_tui.domain.i18n import _


class Unsaid(AhtcError):
    """Something was written to the database, but what should be said of it found no room."""

    exit_code = 1


PACKAGE_ROOT = Path(__file__).parents[2]
MAX_SENTENCE_LENGTH = 1200
"""Letters of a sentence; who typed a page into a flag need not read it again."""


def print_error(error: Exception) -> int:
    """Say what went wrong; the exit code."""
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
    """The error of an answer that could not be written although the work is done."""
    sentence = _("It is done, but the answer could not be written: {reason}. `ahtc history` shows what was done.")
    return Unsaid(sentence.format(reason=error.strerror))


def _convert_error(error: Exception) -> AhtcError:
    if isinstance(error, UnicodeEncodeError):
        return BadInput(_("A word holds bytes that are no letters: type it again, in UTF-8."))
    if isinstance(error, OSError) and error.strerror:
        path = error.filename or _("standard output")
        return StoreError(_('"{place}" cannot be read or written: {reason}.').format(place=path, reason=error.strerror))
    sentence = _("ahtc met a fault of its own ({kind} at {place}); the database is as it was. Please report this line.")
    return StoreError(sentence.format(kind=type(error).__name__, place=_find_fault_location(error)))


def _find_fault_location(error: Exception) -> str:
    """The last line of this package that the error came through."""
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    locations = [
        f"{path.relative_to(PACKAGE_ROOT).as_posix()}:{line}"
        for path, line in frames
        if path.is_relative_to(PACKAGE_ROOT)
    ]
    return locations[-1] if locations else "?"
