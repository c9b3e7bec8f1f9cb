"""Writes docs/keys.md from the registry of keys and the bindings of widgets; the argument is the output file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from textual.binding import Binding, BindingType

from ahtc_tui.tui.keys import GROUPS, KEYS
from ahtc_tui.tui.keys.key import format_key_name
from ahtc_tui.tui.widgets.confirm import Confirm
from ahtc_tui.tui.widgets.detail_pane import Card
from ahtc_tui.tui.widgets.filter_bar import FilterInput
from ahtc_tui.tui.widgets.form import FormScreen
from ahtc_tui.tui.widgets.overwrite_question import OverwriteQuestion
from ahtc_tui.tui.widgets.record_list import RecordList

WIDGETS: dict[str, Iterable[BindingType]] = {
    "A list": RecordList.BINDINGS,
    "A card": Card.BINDINGS,
    "The filter": FilterInput.BINDINGS,
    "A form": FormScreen.BINDINGS,
    "A question": Confirm.BINDINGS,
    "A field that somebody else changed": OverwriteQuestion.BINDINGS,
}
HEAD = """# Keys
Every key of the screen. The last column is the name by which `ahtc.toml` in the workspace gives it another key:

```toml
[keymap]
"desk.undo" = "z"
```
"""


class KeyLine(NamedTuple):
    """A key of the page."""

    keys: tuple[str, ...]
    words: str
    id: str


def list_sections() -> dict[str, list[KeyLine]]:
    """Return each heading with its keys."""
    sections: dict[str, list[KeyLine]] = {}
    for prefix, keys in groupby(KEYS, key=lambda key: key.id.partition(".")[0]):
        heading = GROUPS[prefix]
        sections.setdefault(heading, []).extend(KeyLine(_format_keys(key.keys), key.help, key.id) for key in keys)
    for heading, bindings in WIDGETS.items():
        named = [binding for binding in bindings if isinstance(binding, Binding)]
        sections[heading] = [
            KeyLine(
                _format_keys(named_binding.key),
                named_binding.tooltip or named_binding.description,
                named_binding.id or "",
            )
            for named_binding in named
        ]
    return sections


def list_keys() -> set[str]:
    """Return every bound key."""
    return {key for lines in list_sections().values() for line in lines for key in line.keys}


def build_page() -> str:
    """Return the text of the page."""
    parts = [HEAD]
    for heading, lines in list_sections().items():
        rows = [
            f"| {' or '.join(f'<kbd>{key}</kbd>' for key in keys)} | {words} | `{id_}` |" for keys, words, id_ in lines
        ]
        parts.append("\n".join([f"## {heading}", "| key | does | name |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _format_keys(keys: str) -> tuple[str, ...]:
    return tuple(format_key_name(key) for key in keys.split(","))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(build_page(), encoding="utf-8")
