"""What an error becomes on the command line: one sentence on stderr and an exit code. Never a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from traceback import walk_tb

from ahtc_tui.cli.console.output import tell
from ahtc_tui.domain.errors import AhtcError, BadInput, StoreError
from ahtc_tui.domain.i18n import _


class Unsaid(AhtcError):
    """Something was written to the database, but what should be said of it found no room."""

    exit_code = 1


OURS = Path(__file__).parents[2]
LONGEST = 1200
"""Letters of a sentence; who typed a page into a flag need not read it again."""


def told(error: Exception) -> int:
    """Say what went wrong; the exit code."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    known = error if isinstance(error, AhtcError) else _as_ours(error)
    sentence = " ".join(str(known).split("\n"))
    if len(sentence) > LONGEST:
        sentence = f"{sentence[: LONGEST // 2]} … {sentence[-LONGEST // 4 :]}"
    tell(f"ahtc: {sentence}")
    return known.exit_code


def unsaid(error: OSError) -> Unsaid:
    """The error of an answer that could not be written although the work is done."""
    sentence = _("It is done, but the answer could not be written: {reason}. `ahtc history` shows what was done.")
    return Unsaid(sentence.format(reason=error.strerror))


def _as_ours(error: Exception) -> AhtcError:
    if isinstance(error, UnicodeEncodeError):
        return BadInput(_("A word holds bytes that are no letters: type it again, in UTF-8."))
    if isinstance(error, OSError) and error.strerror:
        place = error.filename or _("standard output")
        return StoreError(
            _('"{place}" cannot be read or written: {reason}.').format(place=place, reason=error.strerror)
        )
    sentence = _("ahtc met a fault of its own ({kind} at {place}); the database is as it was. Please report this line.")
    return StoreError(sentence.format(kind=type(error).__name__, place=_place(error)))


def _place(error: Exception) -> str:
    """The last line of this package that the error came through."""
    places = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    ours = [f"{path.relative_to(OURS).as_posix()}:{line}" for path, line in places if path.is_relative_to(OURS)]
    return ours[-1] if ours else "?"
