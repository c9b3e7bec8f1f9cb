"""`ahtc --spec`: the commands and the fields of records as one JSON document, equal to the help pages."""

from __future__ import annotations

from argparse import SUPPRESS, Action, _SubParsersAction
from collections.abc import Iterator
from typing import Any

from ahtc_tui import __version__
from ahtc_tui.cli.console.argument_help import describe_field
from ahtc_tui.cli.console.examples import list_examples
from ahtc_tui.cli.console.output import print_json
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.domain.fields.model import Field, Noun
from ahtc_tui.domain.labelled_enum import list_choices
from ahtc_tui.domain.nouns import NOUNS


def print_spec(tree: CommandParser) -> None:
    """Print the document, in the current language."""
    print_json(build_spec(tree))


def build_spec(tree: CommandParser) -> dict[str, Any]:
    """Return the version, the global options, each command with its arguments, and the fields of each noun."""
    return {
        "version": __version__,
        "options": [_describe_argument(action) for action in _list_arguments(tree)],
        "commands": [_describe_command(parser) for parser in list_parsers(tree)],
        "nouns": {noun.name: _describe_noun(noun) for noun in NOUNS},
    }


def list_parsers(parser: CommandParser) -> Iterator[CommandParser]:
    """Yield the parser of each command and verb that can be run, each once."""
    parser.describe_arguments()
    choices = [
        verb for action in parser._actions if isinstance(action, _SubParsersAction) for verb in action.choices.values()
    ]
    for verb in {id(verb): verb for verb in choices}.values():
        verbs = list(list_parsers(verb))
        yield from verbs or (verb,)


def _list_arguments(parser: CommandParser) -> list[Action]:
    return [
        action for action in parser._actions if not isinstance(action, _SubParsersAction) and action.help != SUPPRESS
    ]


def _describe_command(parser: CommandParser) -> dict[str, Any]:
    fields = parser.choices_by_field
    return {
        "command": parser.prog,
        "help": parser.description,
        "arguments": [_describe_argument(action) for action in _list_arguments(parser)],
        "fields": [
            {"name": name, "help": describe_field(name, choices), "choices": list_choices(choices) or None}
            for name, choices in fields.items()
        ],
        "examples": [f"ahtc {line}" for line in list_examples(parser.prog)],
    }


def _describe_argument(action: Action) -> dict[str, Any]:
    """Return an argument as the help page describes it; `default` is null without a default."""
    is_switch = action.nargs == 0
    return {
        "name": action.dest,
        "options": list(action.option_strings),
        "placeholder": None if is_switch else _find_placeholder(action),
        "choices": list(action.choices) if action.choices is not None else None,
        "default": action.default is True if is_switch else _read_default(action),
        "required": action.required,
        "values": 0 if is_switch else action.nargs or 1,
        "help": (action.help or "").replace("%%", "%"),
    }


def _read_default(action: Action) -> str | int | None:
    """Return the default; None where there is none, also for an option that may be repeated."""
    return action.default if isinstance(action.default, str | int) and action.default not in (SUPPRESS, "") else None


def _find_placeholder(action: Action) -> str:
    names = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else ""
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    return str(action.metavar or names or (action.dest.upper() if action.option_strings else action.dest))


def _describe_noun(noun: Noun) -> dict[str, Any]:
    return {"fields": [_describe_noun_field(noun, field) for field in noun.fields]}


def _describe_noun_field(noun: Noun, field: Field[Any]) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind.name.lower(),
        "choices": [member.value for member in field.choices] if field.choices else None,
        "required": field.required,
        "not_in": {place.value: reason for place, reason in noun.list_missing(field).items()},
    }
