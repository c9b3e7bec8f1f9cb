"""The name that a person would give the colour behind a cell. Never what it means."""

from __future__ import annotations

from colorsys import rgb_to_hsv

_FAINT = 0.13
"""Saturation below which a colour is white, grey or a band that only helps the eye."""
_DARK = 0.25
_HUES = ((18, "red"), (68, "amber"), (172, "green"), (262, "blue"), (335, None), (361, "red"))
"""Degrees round the colour circle up to which a name holds; between blue and red lies purple."""


def colour_name(red: int, green: int, blue: int) -> str | None:
    """ "blue", "red", "amber" or "green" for the pure and the pale ones that rating uses; None for any other."""
    hue, saturation, value = rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < _FAINT or value < _DARK:
        return None
    return next(name for most, name in _HUES if hue * 360 < most)
