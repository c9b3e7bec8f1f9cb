"""Words of a command as values: the flags of `add`, `field=value` as every `edit` takes them, and counts."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from typing import Any

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.words import _

ALL = 2**31
"""More rows than any office has, and fewer than the database can count."""


def count(text: str) -> int:
    """How many rows a flag asks for; 0 asks for all. Raises ArgumentTypeError on what is no number of rows."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(_('"{text}" is no number of rows (0 stands for all)').format(text=text))
    return min(int(text[:12]), ALL) or ALL


def pairs(words: list[str]) -> dict[str, str]:
    """`field=value` words as a dictionary. Raises BadInput on a word without "=", and on a field that stands twice."""
    found: dict[str, str] = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals:
            raise BadInput(_('Write field=value, not "{word}".').format(word=word))
        name = field.strip().replace("-", "_")
        if name in found:
            raise BadInput(_('"{field}" stands twice: say it once.').format(field=name))
        found[name] = value
    return found


def flags_given(chosen: Namespace, names: Iterable[str]) -> dict[str, Any]:
    """The fields that were given as flags."""
    return {name: value for name in names if (value := getattr(chosen, name)) is not None}


def edit_verb(verbs: Any, words: str, run: Callable[..., int]) -> ArgumentParser:
    """The verb `edit REF field=value ...`."""
    editing: ArgumentParser = verbs.add_parser("edit", help=words, allow_abbrev=False)
    editing.add_argument("ref")
    editing.add_argument("fields", nargs="+", metavar="field=value")
    editing.set_defaults(run=run)
    return editing
