"""Words of a command as values: the flags of `add`, `field=value` as every `edit` takes them, and counts."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from typing import Any

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

NO_LIMIT = 2**31
"""More rows than any office has, and fewer than the database can count."""


def parse_limit(text: str) -> int:
    """How many rows a flag asks for; 0 asks for all. Raises ArgumentTypeError on what is no number of rows."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(_('"{text}" is no number of rows (0 stands for all)').format(text=text))
    return min(int(text[:12]), NO_LIMIT) or NO_LIMIT


def parse_nonempty(text: str) -> str:
    """The words of a flag that may not be empty: "$LEAD" without a value would ask for everything."""
    if not text.strip():
        raise ArgumentTypeError(_("it needs a value"))
    return text


def build_number_parser(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two."""

    def parse_number(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else least - 1
        if not least <= number <= most:
            sentence = _('"{text}" is no number from {least} to {most}')
            raise ArgumentTypeError(sentence.format(text=text, least=least, most=most))
        return number

    return parse_number


def parse_field_values(words: list[str]) -> dict[str, str]:
    """`field=value` words as a dictionary. Raises BadInput on a word without both, and on a field that stands twice."""
    values: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        field = name.strip().replace("-", "_")
        if not equals or not field:
            raise BadInput(_('Write field=value, not "{word}".').format(word=word))
        if field in values:
            raise BadInput(_('"{field}" stands twice: say it once.').format(field=field))
        values[field] = value
    return values


def collect_flags(args: Namespace, fields: Iterable[str]) -> dict[str, Any]:
    """The fields that were given as flags."""
    return {name: value for name in fields if (value := getattr(args, name)) is not None}


def add_edit_verb(verbs: Any, help_text: str, run: Callable[..., int]) -> ArgumentParser:
    """The verb `edit REF field=value ...`."""
    editing: ArgumentParser = verbs.add_parser("edit", help=help_text, allow_abbrev=False)
    editing.add_argument("ref")
    editing.add_argument("fields", nargs="+", metavar="field=value")
    editing.set_defaults(run=run)
    return editing
