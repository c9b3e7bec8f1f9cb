"""The argparse parser of all commands: no abbreviated options, and errors as exceptions."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, NoReturn

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _


class CommandParser(ArgumentParser):
    """A parser whose `error` raises BadInput. Parsers of verbs are of the same class."""

    def __init__(self, *, allow_abbrev: bool = False, **options: Any) -> None:
        super().__init__(allow_abbrev=allow_abbrev, **options)

    def error(self, message: str) -> NoReturn:
        """Raise BadInput with the message of argparse and the command that prints the help."""
        _ahtc, _space, command = self.prog.partition(" ")
        prefix = f"{command}: " if command else ""
        raise BadInput(
            _("{where}{message}. See `{prog} --help`.").format(where=prefix, message=message, prog=self.prog)
        )
