"""Enumerations whose members have a translated label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar, Self, TypeVar

from ahtc_tui.domain.i18n import Language, _, get_current_language, pgettext, use_language
from ahtc_tui.domain.text.normalization import normalize_text

Member = TypeVar("Member", bound=StrEnum)
DOUBTS = ("+", "-", "?")
"""Marks of degree or doubt at the end of a value."""


class LabelledEnum(StrEnum):
    """A string enumeration with a label for each member: `DONE = "done", gettext_noop("Done")`.

    Further strings are spellings that people type for it; a member of another enumeration adds all of its spellings.
    The labels of `class State(LabelledEnum, context="state")` are messages in that context:
    `OPEN = "open", pgettext_noop("state", "open")`.
    """

    _value_: str
    _label: str
    _context: ClassVar[str]
    _descriptor: ClassVar[re.Pattern[str] | None]
    spellings: tuple[str, ...]

    def __new__(cls, value: str, label: str = "", *spellings: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member._label = label
        member.spellings = spellings
        return member

    def __init_subclass__(cls, *, context: str = "", descriptor: str = "") -> None:
        """Set the context of the labels, and what separates a value from words after it that do not count."""
        super().__init_subclass__()
        cls._context = context
        cls._descriptor = re.compile(descriptor) if descriptor else None

    @property
    def label(self) -> str:
        """The label in the current language."""
        return pgettext(self._context, self._label) if self._context else _(self._label)

    @property
    def option_label(self) -> str:
        """The label in a drop-down."""
        return self.label

    @property
    def takes_descriptor(self) -> bool:
        """Whether words after it may be its descriptor; otherwise they may make it another value."""
        return True

    @property
    def typed_label(self) -> str:
        """What a person can type for it: its value, or in Welsh its label with hyphens for spaces."""
        return "-".join(self.label.lower().split()) if get_current_language() is Language.CY else str(self.value)


def list_choices(members: Iterable[StrEnum]) -> list[str]:
    """Return what a person can type for each member."""
    return [member.typed_label if isinstance(member, LabelledEnum) else str(member.value) for member in members]


def find_member(text: str, members: Iterable[Member]) -> Member | None:
    """Return the member that a text names in either language: by its value, name, label or spelling; None otherwise.

    Case, accents, apostrophes and punctuation do not count. A label of several members names none of them, and a mark
    of degree or doubt ("G+", "R?") is another value.
    """
    choices = list(members)
    descriptor = choices[0]._descriptor if choices and isinstance(choices[0], LabelledEnum) else None
    parts = descriptor.split(text.strip()) if descriptor else [text]
    for count in range(len(parts), 0, -1):
        member = _match_member(" ".join(parts[:count]), choices)
        if member is not None:
            is_whole = count == len(parts) or not isinstance(member, LabelledEnum) or member.takes_descriptor
            return member if is_whole else None
    return None


def _match_member(text: str, choices: list[Member]) -> Member | None:
    typed = normalize_text(text)
    if not typed or text.rstrip().endswith(DOUBTS):
        return None
    for member in choices:
        if typed in (normalize_text(member.value), normalize_text(member.name)):
            return member
    named = [member for member in choices if typed in list_spellings(member)[2:]]
    return named[0] if len(named) == 1 else None


def list_spellings(member: StrEnum) -> list[str]:
    """Return value, name, spellings and labels of a member in both languages, as `normalize_text` returns them."""
    names = [normalize_text(member.value), normalize_text(member.name)]
    if not isinstance(member, LabelledEnum):
        return names
    for spelling in member.spellings:
        names += list_spellings(spelling) if isinstance(spelling, StrEnum) else [normalize_text(spelling)]
    for language in (Language.EN, Language.CY):
        with use_language(language):
            names.append(normalize_text(member.label))
    return names
