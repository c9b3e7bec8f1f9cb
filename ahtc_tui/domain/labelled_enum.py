"""Enumerations whose members have a translated label."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from ahtc_tui.domain.i18n import _


class LabelledEnum(StrEnum):
    """A string enumeration with a label for each member: `DONE = "done", gettext_noop("Done")`."""

    _value_: str
    _label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member._label = label
        return member

    @property
    def label(self) -> str:
        """The label in the current language."""
        return _(self._label)
