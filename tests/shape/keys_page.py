"""docs/keys.md, made from the registry of keys and the bindings of widgets: the last argument says where it goes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from textual.binding import Binding, BindingType

from ahtc_tui.tui.keys import GROUPS, KEYS
from ahtc_tui.tui.keys.key import spoken
from ahtc_tui.tui.widgets.confirm import Confirm
from ahtc_tui.tui.widgets.detail_pane import Card
from ahtc_tui.tui.widgets.filter_bar import FilterInput
from ahtc_tui.tui.widgets.form import FormScreen
from ahtc_tui.tui.widgets.record_list import RecordList

WIDGETS: dict[str, Iterable[BindingType]] = {
    "A list": RecordList.BINDINGS,
    "A card": Card.BINDINGS,
    "The filter": FilterInput.BINDINGS,
    "A form": FormScreen.BINDINGS,
    "A question": Confirm.BINDINGS,
}
HEAD = """# Keys
Every key of the screen. The last column is the name by which `ahtc.toml` in the workspace gives it another key:

```toml
[keymap]
"desk.undo" = "z"
```
"""


class Line(NamedTuple):
    """One key as the page shows it."""

    keys: tuple[str, ...]
    words: str
    id: str


def sections() -> dict[str, list[Line]]:
    """Heading to its keys."""
    found: dict[str, list[Line]] = {}
    for prefix, keys in groupby(KEYS, key=lambda key: key.id.partition(".")[0]):
        heading = GROUPS[prefix]
        found.setdefault(heading, []).extend(Line(_spoken(key.keys), key.help, key.id) for key in keys)
    for heading, bindings in WIDGETS.items():
        named = [binding for binding in bindings if isinstance(binding, Binding)]
        found[heading] = [Line(_spoken(one.key), one.tooltip or one.description, one.id or "") for one in named]
    return found


def named_keys() -> set[str]:
    """Every key that does something somewhere."""
    return {key for lines in sections().values() for line in lines for key in line.keys}


def keys_page() -> str:
    """The page."""
    parts = [HEAD]
    for heading, lines in sections().items():
        rows = [
            f"| {' or '.join(f'<kbd>{key}</kbd>' for key in keys)} | {words} | `{id_}` |" for keys, words, id_ in lines
        ]
        parts.append("\n".join([f"## {heading}", "| key | does | name |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _spoken(keys: str) -> tuple[str, ...]:
    return tuple(spoken(key) for key in keys.split(","))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(keys_page(), encoding="utf-8")
