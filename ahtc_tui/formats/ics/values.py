"""Properties as icalendar gives them: one or several, with parameters or without. Never what they mean."""

from __future__ import annotations

from typing import Any


def listed(value: Any) -> list[Any]:
    """The values of a property that may stand often."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def first(value: Any) -> Any:
    """The value of a property that should stand once."""
    return value[0] if isinstance(value, list) and value else value


def parameter(value: Any, name: str) -> str:
    """A parameter of a property; empty where it has none of that name."""
    found = getattr(value, "params", {}).get(name, "")
    return str(found[0] if isinstance(found, (list, tuple)) and found else found or "")
