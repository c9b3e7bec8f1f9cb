"""What the four letters mean in a plan: its own words, and ours where it has none, said to be ours. Never a rating."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.i18n import _


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one letter means."""

    brag: Brag
    words: str
    ours: bool
    """The plan does not say it: these are the words of the desk."""

    @property
    def whose(self) -> str:
        """Whose words they are."""
        return _("wording of this desk, not agreed by the group") if self.ours else _("the plan's own")

    @property
    def line(self) -> str:
        """Letter, word, meaning and whose it is, on one line."""
        return f"{self.brag.value} {self.brag.label}: {self.words} ({self.whose})"


def build_default_meanings() -> dict[Brag, str]:
    """What this desk means, until the plan says what it means."""
    return {
        Brag.BLUE: _("Complete: delivered, and closed by the group."),
        Brag.RED: _("Off track: past its date, or it will not be delivered unless something changes."),
        Brag.AMBER: _("At risk: slipping or held up, with a way back that the lead can name."),
        Brag.GREEN: _("On track: within its dates, and nothing known that stops it."),
    }


def build_meanings(stored: str | None) -> tuple[Meaning, ...]:
    """What every letter means, for the words that a plan keeps."""
    own = read_stored_meanings(stored)
    return tuple(
        Meaning(brag, own.get(brag, default), brag not in own) for brag, default in build_default_meanings().items()
    )


def format_meanings(meanings: Sequence[Meaning]) -> str:
    """What the letters mean, in one line; where all the words are ours, that is said once."""
    if not meanings:
        return ""
    if all(meaning.ours for meaning in meanings):
        text = "  ".join(f"{meaning.brag.value} {meaning.brag.label}: {meaning.words}" for meaning in meanings)
        return f"{text} ({meanings[0].whose})"
    return "  ".join(meaning.line for meaning in meanings)


def read_stored_meanings(stored: str | None) -> dict[Brag, str]:
    """The plan's own words by letter; nothing where what is kept cannot be read."""
    try:
        values = json.loads(stored or "{}")
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {brag: str(values[brag.value]) for brag in Brag if values.get(brag.value)}


def format_stored_meanings(words: Mapping[Brag, str]) -> str | None:
    """The words as a plan keeps them; None where it has none of its own."""
    values = {brag.value: text for brag, text in words.items() if text}
    return json.dumps(values, ensure_ascii=False) if values else None
