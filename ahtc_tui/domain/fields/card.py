"""Rows of a card, which the screen and the command line draw each in its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from ahtc_tui.domain.fields.model import Field, format_value

Card = TypeVar("Card")


class CardRow(NamedTuple):
    """A label with one value or several."""

    label: str
    values: tuple[str, ...]


def build_row(label: str, *values: object) -> CardRow:
    """Return the row of a label and its values; empty ones are left out."""
    return CardRow(label, tuple(text for value in values if (text := format_value(value))))


def build_plain_rows(fields: Iterable[Field[Card]], card: Card) -> Iterator[CardRow]:
    """Yield the rows of the fields that no card lays out."""
    return (build_row(field.heading, field.read(card)) for field in fields if field.is_row)
