"""Finds and replaces the free texts of a page that is composed in English and in Welsh.

Every text of the page is free unless its field is listed as one that the program writes, or both languages are a
message of the program. A field that is added to a page is therefore on the release list without further work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, _, use_language
from ahtc_tui.domain.publication.model import DecidedText, FreeText

T = TypeVar("T")

PLACE_FIELDS = ("number", "ref")
"""Fields that say where a part of a page is."""


@dataclass(frozen=True, slots=True)
class PageFields:
    """Kinds of the fields of a page."""

    written_by_program: frozenset[str]
    """Fields without text that a person typed."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Kind of the text by field, where it is not the name of the field."""
    headings: frozenset[str] = frozenset()
    """Fields whose text is the place of the parts beside it, such as the heading over people."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """Heading of a field with parts, which is the place of those without a number."""
    repair: Callable[[Any, Any], Any] = lambda _before, after: after
    """Returns a changed record with what depends on its texts; called with the record before and after."""


def read_original(printed: str, originals: Mapping[str, str]) -> str:
    """Return a printed text as it was typed; `originals` has it by each text in which names were replaced."""
    if printed in originals:
        return originals[printed]
    for part, typed in originals.items():
        if part in printed and len(part) > len(printed) / 2:
            printed = printed.replace(part, typed)
    return printed


def is_program_text(english: str, welsh: str) -> bool:
    """Return whether two texts are a message of the program in its two languages."""
    if english == welsh or not any(sign.isalpha() for sign in english):
        return not any(sign.isalpha() for sign in english)
    with use_language(Language.CY):
        return _(english) == welsh


class PageTexts:
    """Walks the two languages of a page together; they have the same parts in the same order."""

    def __init__(self, page_fields: PageFields, originals: Mapping[str, str] | None = None) -> None:
        self._fields, self._originals = page_fields, originals or {}

    def list_texts(self, english: T, welsh: T) -> list[FreeText]:
        """Return the free texts of the page in its order, each once."""
        texts: dict[str, FreeText] = {}

        def collect(text: FreeText) -> None:
            texts.setdefault(text.id, text)

        self._walk(english, welsh, collect)
        return list(texts.values())

    def replace_texts(self, english: T, welsh: T, decided: Mapping[str, DecidedText]) -> tuple[T, T]:
        """Return the page with the released wording of each text. Raises KeyError for a text without a decision."""

        def print_wording(text: FreeText) -> tuple[str, str]:
            row = decided[text.id]
            return (
                row.print_text(Language.EN, needs_welsh=text.needs_welsh),
                row.print_text(Language.CY, needs_welsh=text.needs_welsh),
            )

        pages: tuple[T, T] = self._walk(english, welsh, print_wording)
        return pages

    def _walk(self, english: T, welsh: T, choose: Callable[[FreeText], tuple[str, str] | None]) -> tuple[T, T]:
        def visit(left: Any, right: Any, place: str, kind: str) -> tuple[Any, Any]:
            if isinstance(left, str) and not isinstance(left, Enum):
                return self._visit_text(left, right, place, kind, choose)
            if isinstance(left, tuple):
                right = right if len(right) == len(left) else left
                pairs = [visit(a, b, place, kind) for a, b in zip(left, right, strict=True)]
                return tuple(a for a, _b in pairs), tuple(b for _a, b in pairs)
            if is_dataclass(left) and not isinstance(left, type):
                return self._visit_record(left, right, place, kind, visit)
            return left, right

        return visit(english, welsh, "", "")

    def _visit_text(
        self, english: str, welsh: str, place: str, kind: str, choose: Callable[[FreeText], tuple[str, str] | None]
    ) -> tuple[str, str]:
        if is_program_text(english, welsh):
            return english, welsh
        needs_welsh = ENGLISH_ONLY in welsh
        text_cy = None if needs_welsh or welsh == english else read_original(welsh, self._originals)
        text = FreeText(
            place,
            kind,
            english,
            None if welsh == english else welsh,
            read_original(english, self._originals),
            text_cy,
            needs_welsh,
        )
        return choose(text) or (english, welsh)

    def _visit_record(self, left: Any, right: Any, place: str, kind: str, visit: Callable[..., Any]) -> tuple[Any, Any]:
        names = [part.name for part in fields(left) if part.init]
        own_place = next((str(value) for name in PLACE_FIELDS if (value := getattr(left, name, None))), "")
        if kind and own_place:
            place = own_place
        place = next((getattr(left, name) for name in names if name in self._fields.headings), place)
        changed: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        for name in names:
            if name in self._fields.written_by_program:
                continue
            text_kind = self._find_kind(left, name, is_part=bool(kind))
            list_place = place or _(self._fields.lists[name]) if name in self._fields.lists else place
            values = visit(getattr(left, name), getattr(right, name), list_place, text_kind)
            changed[0][name], changed[1][name] = values
        repair = self._fields.repair
        return repair(left, replace(left, **changed[0])), repair(right, replace(right, **changed[1]))

    def _find_kind(self, record: Any, name: str, *, is_part: bool) -> str:
        """Return the kind of the texts of a field: the listed one, else the record, else the field."""
        own_kind = getattr(record, "kind", None) if is_part else None
        return self._fields.kinds.get(name) or str(own_kind or name)
