"""Domain errors: each is a class with one sentence for people and an exit code for the command line."""

from __future__ import annotations


class AhtcError(Exception):
    """Base of all errors that a person can correct. `str(error)` is one sentence: fault, place and remedy."""

    exit_code = 2
    details: tuple[str, ...] = ()
    """Lines that the command line prints before the sentence, such as places in a document."""

    @property
    def sentence(self) -> str:
        """The sentence, in both languages where the work was for both."""
        return self.args[0] if self.args else ""


class BadInput(AhtcError):
    """Input that cannot be read: a date, a name, a value."""

    exit_code = 2
    field = ""
    """Name of the field of a draft that it is about; empty where it is about none in particular."""


class NotFound(AhtcError):
    """No record has the given reference or name."""

    exit_code = 3


class UnknownName(NotFound):
    """No record has the name, which a person may add as a new one."""

    def __init__(self, sentence: str, name: str, kinds: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.name = name
        self.kinds = kinds
        """Kinds of record that were looked for: "person", "post", "organisation", "group", "area" or "meeting"."""


class BadFile(AhtcError):
    """An input file that cannot be used."""

    exit_code = 4


class StoreError(AhtcError):
    """The database cannot be opened, locked or written. Nothing was changed."""

    exit_code = 5


class ProgramError(AhtcError):
    """Another program that writes a file for us is missing, or failed. Nothing was changed."""

    exit_code = 5


class Refused(AhtcError):
    """An operation that a rule forbids."""

    exit_code = 6


class Cancelled(Refused):
    """A person stopped the operation; nothing was written."""


class ErasedBefore(Refused):
    """A person with this name or address was erased before; adding them again needs explicit confirmation."""
