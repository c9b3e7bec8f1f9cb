"""The settings of `ahtc.toml`, as a JSON Schema and as an example with every setting and its default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.domain.privacy.retention import PERIOD_PATTERN
from ahtc_tui.domain.settings.parser import MOST_LOCK_MINUTES, VoteStyle
from ahtc_tui.services.settings.config import (
    DEFAULTS,
    KEYMAP,
    KEYMAP_MEANING,
    MEANINGS,
    RETENTION_CLASSES,
    format_literal,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES = {bool: "boolean", int: "integer", str: "string"}
RULES: Mapping[str, Mapping[str, Any]] = {
    "language": {"enum": [language.value for language in Language.EN.languages + Language.CY.languages]},
    "votes": {"enum": [style.value for style in VoteStyle]},
    "lock_minutes": {"minimum": 0, "maximum": MOST_LOCK_MINUTES},
    **{key: {"pattern": re.sub(r"\?P<\w+>", "", PERIOD_PATTERN)} for key in RETENTION_CLASSES},
}
"""Further rules of the schema for a setting; by default a number is 0 or more."""


def build_schema() -> dict[str, Any]:
    """Return the schema. Names that are not settings are refused, as `ahtc doctor` reports them."""
    schema: dict[str, Any] = {"$schema": DIALECT, "title": "ahtc.toml", **_build_table()}
    for key in MEANINGS:
        table, _dot, name = key.rpartition(".")
        holder = schema["properties"].setdefault(table, _build_table()) if table else schema
        holder["properties"][name] = _build_setting(key)
    schema["properties"][KEYMAP] = {
        "type": "object", "description": _(KEYMAP_MEANING), "additionalProperties": {"type": "string"},
    }  # fmt: skip
    return schema


def _build_table() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": {}}


def _build_setting(key: str) -> dict[str, Any]:
    default = DEFAULTS[key]
    setting: dict[str, Any] = {"description": _(MEANINGS[key]), "type": TYPES[type(default)]}
    if type(default) is int:
        setting["minimum"] = 0
    if default != "":
        setting["default"] = default
    return setting | dict(RULES.get(key, {}))


def _find_example(key: str) -> Any:
    return DEFAULTS[key] or RULES.get(key, {}).get("enum", [DEFAULTS[key]])[0]


def format_example() -> list[str]:
    """Return the lines of an `ahtc.toml` in which every setting is commented out, with its meaning and default."""
    lines: list[str] = []
    former = ""
    for key, meaning in sorted(MEANINGS.items(), key=lambda item: "." in item[0]):
        table, _dot, name = key.rpartition(".")
        if table != former:
            lines += [f"[{table}]"]
            former = table
        lines += ["# " + _(meaning), f"# {name} = {format_literal(_find_example(key))}", ""]
    return [*lines, f"[{KEYMAP}]", "# " + _(KEYMAP_MEANING), '# "desk.undo" = "z"']
