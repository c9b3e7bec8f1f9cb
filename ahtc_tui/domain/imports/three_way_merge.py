"""Three-way comparison of a value: base (as sent), ours (current) and theirs (returned)."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Result of the comparison of one field."""

    SAME = "same"
    """Ours and theirs are equal."""
    CHANGE = "change"
    """Only theirs changed."""
    KEPT = "kept"
    """Only ours changed."""
    CONFLICT = "conflict"
    """Both changed, to different values."""
    UNSURE = "unsure"
    """Ours and theirs differ, and the base is unknown."""


class UnknownBase:
    """Type of the unknown base, as opposed to None for a field that was sent empty."""


UNKNOWN_BASE = UnknownBase()


def compare_values(base: str | UnknownBase | None, ours: str | None, theirs: str | None) -> Verdict:
    """Return the three-way comparison; values are equal if their texts are."""
    if ours == theirs:
        return Verdict.SAME
    if isinstance(base, UnknownBase):
        return Verdict.UNSURE
    if base == theirs:
        return Verdict.KEPT
    return Verdict.CHANGE if base == ours else Verdict.CONFLICT
