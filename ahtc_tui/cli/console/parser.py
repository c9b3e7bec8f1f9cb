"""The argparse parser of all commands: no abbreviated options, errors as exceptions, and texts from the catalogue."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from typing import Any, NoReturn

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, ngettext_noop

ARGPARSE_MESSAGES = (
    gettext_noop("usage: "),
    gettext_noop("positional arguments"),
    gettext_noop("options"),
    gettext_noop("show this help message and exit"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("expected one argument"),
    gettext_noop("expected at least one argument"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("one of the arguments %s is required"),
    gettext_noop("not allowed with argument %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("ignored explicit argument %r"),
)
"""Messages of argparse that a person can see."""
ARGPARSE_PLURALS = (ngettext_noop("expected %s argument", "expected %s arguments"),)
vars(argparse).update(_=_, ngettext=ngettext)  # argparse looks up its messages by these two names


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
