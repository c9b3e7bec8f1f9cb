"""Meanings of the BRAG letters: from the plan, or marked defaults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.i18n import _


@dataclass(frozen=True, slots=True)
class Meaning:
    """Meaning of a BRAG letter: the words of the plan, else the default definition."""

    brag: Brag
    own_words: str | None
    """Meaning that the plan gives; None for the default one."""

    @property
    def ours(self) -> bool:
        """Whether it is a default meaning, not one of the plan."""
        return self.own_words is None

    @property
    def words(self) -> str:
        """The meaning; a default one in the current language."""
        return build_default_meanings()[self.brag] if self.own_words is None else self.own_words

    @property
    def whose(self) -> str:
        """Readable origin of the wording."""
        return _("working definition, not yet agreed by the Group") if self.ours else _("as defined in the plan")

    @property
    def phrase(self) -> str:
        """Meaning and origin as one phrase."""
        return f"{self.words.removesuffix('.')} ({self.whose})"

    @property
    def line(self) -> str:
        """Letter, colour, meaning and origin on one line."""
        return f"{self.brag.option_label}: {self.phrase}"


def build_default_meanings() -> dict[Brag, str]:
    """Return the default meaning of each letter."""
    return {
        Brag.BLUE: _("Complete: delivered and closed by the Group."),
        Brag.RED: _("Off track: past the due date, or it will not be delivered without a change."),
        Brag.AMBER: _("At risk: slipping or delayed, with a recovery plan."),
        Brag.GREEN: _("On track: on schedule, with no known obstacles."),
    }


def build_meanings(stored: str | None) -> tuple[Meaning, ...]:
    """Return the meanings of all letters for the stored text of a plan."""
    own = read_stored_meanings(stored)
    return tuple(Meaning(brag, own.get(brag)) for brag in Brag)


def read_stored_meanings(stored: str | None) -> dict[Brag, str]:
    """Return the meanings of the plan by letter; empty if the stored text is invalid."""
    try:
        values = json.loads(stored or "{}")
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {brag: str(values[brag.value]) for brag in Brag if values.get(brag.value)}


def format_stored_meanings(words: Mapping[Brag, str]) -> str | None:
    """Stored text of the meanings of a plan; None if all are empty."""
    values = {brag.value: text for brag, text in words.items() if text}
    return json.dumps(values, ensure_ascii=False) if values else None
