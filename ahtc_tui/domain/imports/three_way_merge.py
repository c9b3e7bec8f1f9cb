"""What was sent, what is here now, what came back: which of the three moved. Knows no field and no file."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of one field of one record."""

    SAME = "same"
    """Nothing to do: nobody changed it, or both did alike."""
    CHANGE = "change"
    """Changed there alone."""
    KEPT = "kept"
    """Changed here alone."""
    CONFLICT = "clash"
    """Changed in both places, differently."""
    UNSURE = "unsure"
    """It differs, and nobody knows what was sent."""


class UnknownBase:
    """That nobody knows what was sent; None would say that an empty field was."""


UNKNOWN_BASE = UnknownBase()


def compare_values(base: str | UnknownBase | None, ours: str | None, theirs: str | None) -> Verdict:
    """Compare the three. Values are equal where their text is."""
    if ours == theirs:
        return Verdict.SAME
    if isinstance(base, UnknownBase):
        return Verdict.UNSURE
    if base == theirs:
        return Verdict.KEPT
    return Verdict.CHANGE if base == ours else Verdict.CONFLICT
