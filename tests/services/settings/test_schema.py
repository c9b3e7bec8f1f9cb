"""The schema of `ahtc.toml` accepts what the program accepts, and its example has every setting."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.settings.parser import SettingsReader
from ahtc_tui.services.settings.config import MEANINGS
from ahtc_tui.services.settings.schema import build_schema, format_example

VALUES = (
    "",
    "6 years",
    "0 days",
    "never",
    "6",
    "en",
    "cy",
    "fr",
    "numbers",
    "outcome",
    -1,
    0,
    15,
    1440,
    1441,
    True,
    False,
    1.5,
)
TYPES: dict[str, type] = {"boolean": bool, "integer": int, "string": str}


def allows(rule: dict[str, Any], value: object) -> bool:
    """Whether the keywords that our schema uses allow a value."""
    if type(value) is not TYPES[rule["type"]] or value not in rule.get("enum", [value]):
        return False
    if isinstance(value, str) and not re.search(rule.get("pattern", ""), value):
        return False
    return not isinstance(value, int) or rule.get("minimum", value) <= value <= rule.get("maximum", value)


@pytest.mark.parametrize("key", MEANINGS)
def test_the_schema_allows_what_the_program_understands(key: str) -> None:
    table, _dot, name = key.rpartition(".")
    properties = build_schema()["properties"]
    rule = (properties[table]["properties"] if table else properties)[name]
    for value in VALUES:
        faults = SettingsReader(Path("ahtc.toml"), "").read({table: {name: value}} if table else {name: value}).faults
        assert allows(rule, value) == (not faults), (value, faults)


def test_the_example_has_every_setting_with_its_default_and_changes_nothing() -> None:
    lines = format_example()
    assert all(not part for part in tomllib.loads("\n".join(lines)).values())
    text = "\n".join(line.removeprefix("# ") for line in lines if " = " in line or line.startswith("["))
    values = tomllib.loads(text)
    keys = {f"{table}.{name}" for table, part in values.items() if isinstance(part, dict) for name in part}
    assert {name for name, value in values.items() if not isinstance(value, dict)} | keys == {
        *MEANINGS,
        "keymap.desk.undo",
    }
    assert SettingsReader(Path("ahtc.toml"), "").read(values).faults == ()
