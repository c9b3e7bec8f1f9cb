"""Properties as icalendar gives them: one or several, with parameters or without. Never what they mean."""

from __future__ import annotations

from typing import Any


def to_list(value: Any) -> list[Any]:
    """The values of a property that may stand often."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def take_first(value: Any) -> Any:
    """The value of a property that should stand once."""
    return value[0] if isinstance(value, list) and value else value


def read_parameter(value: Any, name: str) -> str:
    """A parameter of a property; empty where it has none of that name."""
    parameter_value = getattr(value, "params", {}).get(name, "")
    return str(
        parameter_value[0] if isinstance(parameter_value, (list, tuple)) and parameter_value else parameter_value or ""
    )
