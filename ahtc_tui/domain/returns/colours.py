"""Names of background colours of cells."""

from __future__ import annotations

from colorsys import rgb_to_hsv

_FAINT = 0.15
"""Saturation below which a colour is white, grey, the tint of a banded row or the tint of our input cells (FFF8DC)."""
_DARK = 0.25
_HUES = ((18, "red"), (68, "amber"), (172, "green"), (262, "blue"), (335, None), (361, "red"))
"""Upper limit of each name in degrees of hue; purple, between blue and red, has none."""


def find_colour_name(red: int, green: int, blue: int) -> str | None:
    """Return "blue", "red", "amber" or "green" for the saturated and pale colours of ratings; None for any other."""
    hue, saturation, value = rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < _FAINT or value < _DARK:
        return None
    return next(name for most, name in _HUES if hue * 360 < most)
