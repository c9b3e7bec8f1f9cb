"""Rows of a form, built from the fields of a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from textual.widget import Widget

from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.fields.model import Field, Kind, Place
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, make_text_input
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField, find_candidate_exactly
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.prose_field import ProseField, TitleField
from ahtc_tui.tui.widgets.select import build_select, translate_options

Card = TypeVar("Card")
Registers = Mapping[str, Sequence[Candidate]]
"""The records that the fields of a form choose from, by the name of their register."""
YES_NO = ((gettext_noop("yes"), "yes"), (gettext_noop("no"), "no"))
DATE_READERS = {Kind.DATE: read_date, Kind.PAST_DATE: read_date, Kind.DATE_OR_WORDS: read_date_or_words}


def build_rows(
    fields: Iterable[Field[Card]], card: Card | None, today: date, registers: Registers | None = None
) -> Iterator[FormRow]:
    """Yield a row for each field that forms have, with its value in the card of an existing record."""
    for field in fields:
        if Place.FORM not in field.not_in and (card is not None or not field.is_known_later):
            yield build_row(field, card, today, registers or {})


def build_row(
    field: Field[Card], card: Card | None, today: date, registers: Registers, initial: str | None = None
) -> FormRow:
    """Return the row of one field; it starts with `initial` where that is given."""
    if initial is None:
        initial = field.default if card is None else format_initial(field, card)
    control = _build_control(field, initial, today, registers)
    is_extra = field.is_extra and (card is None or initial == field.default)
    return FormRow(field.name, field.heading, control, _(field.hint), field.required, is_extra)


def format_initial(field: Field[Card], card: Card) -> str:
    """Return the value of a record as a control starts with it; empty for none."""
    value = (field.initial or field.read)(card)
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            text = str(getattr(value, "value", value))
            return text if field.kind is Kind.PROSE else join_lines(text)
    return str(value)


def _build_control(field: Field[Card], value: str, today: date, registers: Registers) -> Widget:
    if field.kind in DATE_READERS:
        reader = partial(DATE_READERS[field.kind], today=today)
        return DateField(reader, value, _(field.example) if field.example else "", is_past=field.kind is Kind.PAST_DATE)
    if field.choices is not None:
        options = [(choice.option_label, choice.value) for choice in field.choices]
        return build_select(options, value or None, blank=not field.required)
    match field.kind:
        case Kind.PROSE:
            return ProseField(value)
        case Kind.YES_NO:
            return build_select(translate_options(YES_NO), value or None)
        case Kind.RECORD:
            return OwnerField(candidates := registers[field.register], _find_ref(value, candidates))
        case _:
            control = TitleField if field.wraps else make_text_input
            placeholder = format_example(_(field.example)) if field.example else field.prompt and _(field.prompt)
            return control(value, placeholder)


def _find_ref(value: str, candidates: Sequence[Candidate]) -> str | None:
    """Return the reference of the record that a card names by reference or by name."""
    if not value or any(candidate.ref == value for candidate in candidates):
        return value or None
    candidate = find_candidate_exactly(value, candidates)
    return candidate.ref if candidate else None
