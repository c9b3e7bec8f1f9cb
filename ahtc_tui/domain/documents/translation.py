"""Translations of user text in a Welsh document: lines, titles, decisions and names. Missing ones are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, use_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.standard_titles import is_standard_title, translate_standard_title
from ahtc_tui.domain.text.cleaning import clean_line


@dataclass
class DocumentTranslation:
    """Translations of the user text of one document, and a list of those that are missing."""

    language: Language = Language.EN
    lines: dict[RowKey, str] = field(default_factory=dict)
    """Key of a line of minutes to its Welsh."""
    items: dict[int, str] = field(default_factory=dict)
    """Number of an agenda item to the Welsh of its title."""
    decisions: dict[str, str] = field(default_factory=dict)
    """Reference of a decision to its Welsh."""
    names: dict[str, str] = field(default_factory=dict)
    """English name of a contact or group to its Welsh name."""
    missing: list[str] = field(default_factory=list)
    """Texts without a translation, as they are reported."""

    def choose_text(self, english: str, welsh: str | None, location: str) -> str:
        """Return the text in the language of the document; record `location` in `missing` if it has no Welsh."""
        if self.language is not Language.CY or not english:
            return english
        if welsh:
            return clean_line(welsh)
        if location and location not in self.missing:
            self.missing.append(location)
        return f"{ENGLISH_ONLY} {english}"

    def translate_title(self, number: int | None, english: str) -> str:
        """Return the title of an item or section: the stored translation, else the translation of a standard title."""
        welsh = self.items.get(number or 0)
        if not welsh and is_standard_title(english):
            with use_language(self.language):
                welsh = translate_standard_title(english)
        return self.choose_text(english, welsh, f"{number}  {english}" if number else english)

    def translate_name(self, english: str) -> str:
        """Return the Welsh name in a Welsh document, the English one where there is none."""
        return self.names.get(english, english) if self.language is Language.CY else english


T = TypeVar("T")


def translate_names(value: T, names: Mapping[str, str]) -> T:
    """Return a record in which every text that is a key of `names`, alone or in a list, has the Welsh name.

    Records, lists and mappings are copied as far as they change; labels of enumerations are left alone.
    """
    return cast("T", _translate_value(value, names))


def _translate_value(value: Any, names: Mapping[str, str]) -> Any:
    if type(value) is str:
        return "; ".join(names.get(part, part) for part in value.split("; "))
    if isinstance(value, tuple):
        parts = [_translate_value(part, names) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, list):
        return [_translate_value(part, names) for part in value]
    if isinstance(value, dict):
        return {key: _translate_value(part, names) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        new = {name: _translate_value(part, names) for name, part in old.items()}
        changed = {name: part for name, part in new.items() if part != old[name]}
        return replace(value, **changed) if changed else value
    return value
