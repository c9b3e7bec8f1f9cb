"""Finds and replaces the free texts of records that a page prints, such as the actions of a dashboard.

A text is printed where its field is listed; every other text of a record is emptied, so that a new field of a record is
not published before it is listed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeVar

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.publication.model import DecidedText, FreeText

T = TypeVar("T")
NAME = "name"


class TextField(NamedTuple):
    """A field with a text: its Welsh field, where it has one, and the kind of the text."""

    name: str
    welsh: str = ""
    kind: str = NAME


TITLE = "title_cy"
PRINTED_FIELDS: Mapping[str, tuple[TextField, ...]] = {
    "ActionRow": (TextField("title", TITLE, "action"), TextField("lead")),
    "ObjectiveRow": (TextField("title", TITLE, "objective"),),
    "PlanVersion": (TextField("title", TITLE, "title"),),
    "AimRow": (TextField("text", "text_cy", "aim"),),
    "Meaning": (TextField("own_words", "", "rating"),),
    "NextMeeting": (TextField("title", TITLE, "meeting"), TextField("group"), TextField("place", "", "venue")),
    "PlaceRow": (TextField("name"), TextField("short")),
    "PracticeRow": (TextField("title", TITLE, "practice"),),
    "AdoptionRow": (TextField("words", "", "practice"),),
    "FigureRow": (
        *(TextField("title", TITLE, "figure"), TextField("caveat", "", "caveat"), TextField("source", "", "source")),
        *(TextField("unit", "", "figure"), TextField("area")),
    ),
    "GroupRow": (TextField("name"), TextField("short"), TextField("chair")),
    "SeatRow": (TextField("member"),),
}
"""The texts that a page prints, by class of the record."""
KEPT_FIELDS = frozenset(
    {"ref", "objective", "by_brag", "by_status", "group_ref", "member_kind", "month", "small", "meeting"}
)
"""Fields with references, letters and counts, which are not typed text."""


class PrintedNames(Protocol):
    """How names of people are printed."""

    def format_text(self, words: str | None) -> str:
        """Return a text with names of people without public office replaced by their post."""

    def format_party(self, name: str | None) -> str:
        """Return the name of a party, or what a person without public office is called."""


class RecordTexts:
    """Walks the records of a page, whose texts are in both languages; both pages of a release are the same one."""

    def __init__(self, names: PrintedNames) -> None:
        self._names = names

    def list_texts(self, english: T, _welsh: T) -> list[FreeText]:
        """Return the free texts of the records in their order, each once."""
        texts: dict[str, FreeText] = {}

        def collect(text: FreeText) -> None:
            texts.setdefault(text.id, text)

        self._visit(english, "", collect)
        return list(texts.values())

    def replace_texts(self, english: T, _welsh: T, decided: Mapping[str, DecidedText]) -> tuple[T, T]:
        """Return the records with the released wording of each text, twice. Raises KeyError without a decision."""

        def choose(text: FreeText) -> DecidedText:
            return decided[text.id]

        page: T = self._visit(english, "", choose)
        return page, page

    def _visit(self, value: Any, place: str, choose: Callable[[FreeText], DecidedText | None]) -> Any:
        if isinstance(value, Enum | DateAsKnown):
            return value
        if isinstance(value, str):
            return ""
        if isinstance(value, bytes):
            return b""
        if isinstance(value, tuple):
            parts = [self._visit(part, place, choose) for part in value]
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        if is_dataclass(value) and not isinstance(value, type):
            return self._visit_record(value, place, choose)
        return value

    def _visit_record(self, record: Any, place: str, choose: Callable[[FreeText], DecidedText | None]) -> Any:
        place = str(getattr(record, "ref", None) or getattr(record, "number", None) or place)
        printed = PRINTED_FIELDS.get(type(record).__name__, ())
        changed: dict[str, Any] = {}
        for part in fields(record):
            if part.init and part.name not in KEPT_FIELDS:
                changed[part.name] = self._visit(getattr(record, part.name), place, choose)
        for text_field in printed:
            changed |= self._replace_field(record, text_field, place, choose)
        return replace(record, **changed)

    def _replace_field(
        self, record: Any, text_field: TextField, place: str, choose: Callable[[FreeText], DecidedText | None]
    ) -> dict[str, Any]:
        english = getattr(record, text_field.name)
        if not english:
            return {text_field.name: english}
        welsh = getattr(record, text_field.welsh) if text_field.welsh else None
        is_name = text_field.kind == NAME
        print_text = self._names.format_party if is_name else self._names.format_text
        text = FreeText(
            place,
            text_field.kind,
            print_text(english),
            print_text(welsh) if welsh else None,
            english,
            welsh or None,
            not is_name and not welsh,
        )
        decided = choose(text)
        if decided is None:
            return {}
        values: dict[str, str | None] = {text_field.name: decided.print_text(Language.EN, needs_welsh=False)}
        if text_field.welsh:
            values[text_field.welsh] = decided.wording_cy or (None if decided.wording else values[text_field.name])
        return values
