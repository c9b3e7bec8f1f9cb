"""An error is a class with a sentence and an exit code: the command line prints the sentence, the screen shows it."""

from __future__ import annotations


class AhtcError(Exception):
    """Something that the person can put right. `str(error)` is one sentence: what, where, what to do."""

    exit_code = 2


class BadInput(AhtcError):
    """Words that cannot be understood: a date, a name, a value."""

    exit_code = 2


class NotFound(AhtcError):
    """No record answers to the reference or name."""

    exit_code = 3


class BadFile(AhtcError):
    """A file that comes in cannot be used."""

    exit_code = 4


class StoreError(AhtcError):
    """The database cannot be opened, locked or written; nothing changed."""

    exit_code = 5


class Refused(AhtcError):
    """A rule of the office says no."""

    exit_code = 6


class ErasedBefore(Refused):
    """Somebody of this name or address was erased: a person's own word lets them in again."""
