"""The argparse parser of all commands: no abbreviated options, errors as exceptions, and texts from the catalogue."""

from __future__ import annotations

import argparse
import re
from argparse import ArgumentParser, HelpFormatter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

from ahtc_tui.cli.console.output import read_terminal_width
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, ngettext_noop

ARGPARSE_MESSAGES = {
    "usage: ": gettext_noop("usage: "),
    "positional arguments": gettext_noop("positional arguments"),
    "options": gettext_noop("options"),
    "show this help message and exit": gettext_noop("show this help message and exit"),
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid %(type)s value: %(value)r": gettext_noop("%(value)r cannot be used here"),
    "expected one argument": gettext_noop("it needs a value"),
    "expected at least one argument": gettext_noop("it needs a value"),
    "the following arguments are required: %s": gettext_noop("give %s"),
    "one of the arguments %s is required": gettext_noop("give one of %s"),
    "not allowed with argument %s": gettext_noop("it cannot be used with %s"),
    "unrecognized arguments: %s": gettext_noop('"%s" is not part of this command'),
    "ignored explicit argument %r": gettext_noop("it takes no value, but %r was given"),
}
"""Messages of argparse that a person can see, and the sentence that is printed instead."""
ARGPARSE_PLURALS = {"expected %s argument": ngettext_noop("it needs %s value", "it needs %s values")}
FIELD_WIDTH = 21
"""Width of the names of fields in a help page, the same as for options."""
LIST_ALIAS = "ls"
"""Another name of the verb `list`."""


def _translate_message(message: str) -> str:
    return _(ARGPARSE_MESSAGES.get(message, message))


def _translate_plural(singular: str, plural: str, number: int) -> str:
    return ngettext(*ARGPARSE_PLURALS.get(singular, (singular, plural)), number)


vars(argparse).update(_=_translate_message, ngettext=_translate_plural)  # argparse finds its messages by these names

Action = TypeVar("Action", bound=argparse.Action)


def _format_field(name: str, choices: Iterable[StrEnum]) -> str:
    from ahtc_tui.cli.console.argument_help import describe_field

    return f"  {name:{FIELD_WIDTH}}  {describe_field(name, choices)}"


def _build_formatter(prog: str) -> HelpFormatter:
    """Return the formatter of a help page, as wide as argparse makes it."""
    return HelpFormatter(prog, width=read_terminal_width(80) - 2)


def _describe_values(action: argparse.Action) -> str:
    """Return the end of a help text: the choices that a placeholder hides, and the default."""
    words = [str(word) for word in getattr(action, "listed_choices", ())]
    is_hidden = action.metavar and not all(word in (action.help or "") for word in words)
    choices = f": {', '.join(words)}" if is_hidden else ""
    if isinstance(action.default, bool) or action.default in (argparse.SUPPRESS, "", None, []):
        return choices
    default = _("(default: {value})").format(value=action.default)
    return f"{choices} {default}"


class CommandParser(ArgumentParser):
    """A parser whose `error` raises BadInput. Parsers of verbs are of the same class.

    It is set up when it is first used: a command has many verbs, and one of them runs.
    """

    declare: Callable[[], object] | None = None
    """Adds the arguments; None where that is done."""
    choices_by_field: Mapping[str, Iterable[StrEnum]] = MappingProxyType({})
    """The fields that `field=value` may set, each with its choices if it has any."""
    typed_verb: str | None = None
    """The verb that was typed after a command, where it is known before its verbs are added."""
    flags: list[str]
    """The options that the parser takes, from which near names are proposed."""
    helps: dict[str, Callable[[], str]]
    """Functions that return the help of arguments, by name, for those that a help page alone describes."""

    def __init__(self, **options: Any) -> None:
        self._options = options

    def __getattr__(self, name: str) -> Any:
        """Set the parser up for the first attribute that is read of it."""
        options = vars(self).pop("_options", None)
        if options is None:
            raise AttributeError(name)
        self.flags, self.helps, self._is_described = [], {}, False
        super().__init__(**{"allow_abbrev": False, "formatter_class": _build_formatter, **options})
        self._negative_number_matcher = re.compile(r"-[0-9]")  # "-10d" is a value, not an option
        return getattr(self, name)

    def complete_arguments(self) -> None:
        """Add the arguments, if that is not done."""
        if self.declare is not None:
            declare, self.declare = self.declare, None
            declare()

    def describe_arguments(self) -> None:
        """Add the arguments, each with its own help, or with the shared help for its name."""
        from ahtc_tui.cli.console.argument_help import describe_argument

        self.complete_arguments()
        for action in self._actions:
            if action.help is None:
                describe = self.helps.get(action.dest)
                name = action.option_strings[0] if action.option_strings else action.dest
                action.help = describe() if describe else describe_argument(name, action.metavar)
            if not self._is_described and action.nargs != argparse.PARSER:
                action.help = (action.help or "") + _describe_values(action)
        self._is_described = True

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse arguments after they were added."""
        self.complete_arguments()
        return super().parse_known_args(args, namespace)

    def format_usage(self) -> str:
        """Return the synopsis of the command or verb."""
        self.complete_arguments()
        return super().format_usage()

    def format_help(self) -> str:
        """Return the help page with the fields of `field=value`, where the parser takes them, and examples."""
        from ahtc_tui.cli.console.examples import list_examples

        self.describe_arguments()
        fields = [_format_field(name, choices) for name, choices in self.choices_by_field.items()]
        examples = [f"  ahtc {line}" for line in list_examples(self.prog)]
        sections = ((_("fields"), fields), (_("examples"), examples))
        return super().format_help() + "".join(
            "\n".join(("", f"{heading}:", *lines, "")) for heading, lines in sections if lines
        )

    def _add_action(self, action: Action) -> Action:
        """Keep the names of the option; options of groups are added through this method too."""
        self.flags += action.option_strings
        return super()._add_action(action)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Name the verbs or choices in words that are the same on every Python. Raises BadInput or ArgumentError."""
        from ahtc_tui.domain.text.suggestions import propose_name

        if action.nargs == argparse.PARSER and action.choices and value not in action.choices:
            verbs = [verb for verb in action.choices if verb != LIST_ALIAS]
            sentence = _('no command is called "{verb}" (choose from {verbs})')
            self.error(sentence.format(verb=value, verbs=", ".join(verbs)), propose_name(value, verbs))
        if action.choices is not None and value not in action.choices:
            from ahtc_tui.cli.console.argument_help import describe_choices

            raise argparse.ArgumentError(action, describe_choices(value, action.choices))

    def refuse_unknown(self, arguments: list[str]) -> NoReturn:
        """Raise BadInput for arguments that the parser does not take, with a near option."""
        from ahtc_tui.domain.text.suggestions import propose_name

        flag = next((argument for argument in arguments if argument.startswith("-")), None)
        proposal = propose_name(flag.partition("=")[0], self.flags) if flag else ""
        self.error(_('"%s" is not part of this command') % " ".join(arguments), proposal)

    def error(self, message: str, proposal: str = "") -> NoReturn:
        """Raise BadInput with the message of argparse, a proposal and the command that prints the help."""
        _ahtc, _space, command = self.prog.partition(" ")
        prefix = f"{command}: " if command else ""
        raise BadInput(
            _("{where}{message}.{proposal} See `{prog} --help`.").format(
                where=prefix, message=message, proposal=proposal, prog=self.prog
            )
        )
