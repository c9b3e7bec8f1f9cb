"""Argument types of argparse, `field=value` arguments, and options as values of a draft."""

from __future__ import annotations

import re
from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Container, Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.labelled_enum import find_member, list_choices

NO_LIMIT = 2**31
"""More rows than any office has, but a value that SQLite accepts as LIMIT."""

DAYS_PER_UNIT = {"days": 1, "weeks": 7, "months": 30, "years": 365}
"""Days by the unit in the calendar."""


def parse_limit(text: str) -> int:
    """Return a number of rows; 0 means no limit. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(_('"{text}" is not a number of rows (0 means all)').format(text=text))
    return min(int(text[:12]), NO_LIMIT) or NO_LIMIT


def parse_nonempty(text: str) -> str:
    """Return the text. Raises ArgumentTypeError if it is blank: an empty `"$LEAD"` would not filter at all."""
    if not text.strip():
        raise ArgumentTypeError(_("it needs a value"))
    return text


def build_number_parser(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of whole numbers between two limits, both included."""

    def parse_number(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else least - 1
        if not least <= number <= most:
            sentence = _('"{text}" is not a number from {least} to {most}')
            raise ArgumentTypeError(sentence.format(text=text, least=least, most=most))
        return number

    return parse_number


parse_position = build_number_parser(1, 9999)
"""Parser of the number of an item, an entry or a version."""
parse_year = build_number_parser(1900, 2199)


def parse_share(text: str) -> float:
    """Return a number from 0 to 1. Raises ArgumentTypeError."""
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise ArgumentTypeError(_('"{text}" is not a number from 0 to 1').format(text=text))
    return share


def build_choice_parser(members: Iterable[StrEnum]) -> Callable[[str], str]:
    """Return a parser of the members' names in either language to their values."""
    choices = list(members)

    def parse_choice(text: str) -> str:
        if member := find_member(text, choices):
            return str(member.value)
        from ahtc_tui.cli.console.argument_help import describe_choices

        raise ArgumentTypeError(describe_choices(text, list_choices(choices)))

    return parse_choice


def parse_field_values(words: list[str]) -> dict[str, str]:
    """Return `field=value` arguments as a dictionary. Raises BadInput on other arguments and on a repeated field."""
    values: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        field = name.strip().replace("-", "_")
        if not equals or not field:
            raise BadInput(_('Enter field=value, not "{word}".').format(word=word))
        if field in values:
            raise BadInput(_('"{field}" is given twice.').format(field=field))
        values[field] = value
    return values


def split_changes(
    words: list[str], fields: Container[str]
) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the arguments without `field+=value` and `field-=value` of these fields, then those as field and value."""
    plain: list[str] = []
    changes: dict[str, list[tuple[str, str]]] = {"+": [], "-": []}
    for word in words:
        name, _equals, value = word.partition("=")
        if name[-1:] in changes and name[:-1].strip() in fields and value.strip():
            changes[name[-1]].append((name[:-1].strip(), value))
        else:
            plain.append(word)
    return plain, changes["+"], changes["-"]


def collect_flags(args: Namespace, fields: Iterable[str]) -> dict[str, Any]:
    """Return the fields whose options were given."""
    return {name: value for name in fields if (value := getattr(args, name)) is not None}


def refuse_without_add(args: Namespace, *names: str) -> None:
    """Raise BadInput where the details of a new entry are given without --add."""
    given = [f"--{name.replace('_', '-')}" for name in names if getattr(args, name) not in (None, False)]
    if args.add is None and given:
        raise BadInput(_("Use {flags} only with --add.").format(flags=given[0]))


def read_day(today: date, text: str) -> date:
    """Return a date typed by a person. Raises BadInput unless it is a single day."""
    from ahtc_tui.domain.dates.date_as_known import Precision
    from ahtc_tui.domain.dates.parser import read_date_alone

    day = read_date_alone(text, today)
    if day.precision is not Precision.DAY:
        raise BadInput(_('"{text}" is not a date. Enter one like 2014-03-11.').format(text=text))
    return day.latest


def parse_days(text: str) -> int:
    """Return a duration such as "90d", "6 weeks", "3 mis" or "90" in days. Raises BadInput."""
    from ahtc_tui.domain.dates.names import UNITS

    match = re.fullmatch(r"([0-9]{1,5}) *([a-z]*)", text.strip().lower())
    unit = UNITS.get(match[2] or "d") if match else None
    if match is None or unit is None:
        raise BadInput(_('"{text}" is not a number of days. Enter 90d, 12w or 6m.').format(text=text))
    return int(match[1]) * unit[1] * DAYS_PER_UNIT[unit[0]]


class Without(Action):
    """An option that makes positional arguments optional; without a value it is True.

    With `nargs="?"` argparse would take the positional as empty before it reads the options.
    """

    optional: tuple[str, ...] = ("text",)

    def __call__(self, parser: ArgumentParser, args: Namespace, value: Any, _flag: str | None = None) -> None:
        """Store the value, and make the positional arguments optional."""
        for action in parser._actions:
            action.required = action.required and action.dest not in self.optional
        setattr(args, self.dest, value if self.nargs != 0 else True)
