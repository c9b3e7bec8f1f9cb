"""The parser of every command: argparse, but what is wrong is told in one sentence, as every other error is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import NoReturn

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _


class CommandParser(ArgumentParser):
    """A parser whose `error` raises BadInput; the parsers of its verbs are of the same kind."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found, with where to read more."""
        _ahtc, _space, command = self.prog.partition(" ")
        prefix = f"{command}: " if command else ""
        raise BadInput(
            _("{where}{message}. `{prog} --help` says more.").format(where=prefix, message=message, prog=self.prog)
        )
