"""Writes the pages of keys from the registry of keys and the bindings of widgets, in English and in Welsh.

The argument is the output file, docs/keys.md; the Welsh page is keys.cy.md in the same folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from textual.binding import Binding, BindingType

from ahtc_tui.domain.i18n import Language, _, use_language
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
EXAMPLE = """
```toml
[keymap]
"desk.undo" = "z"
```
"""


class PageTexts(NamedTuple):
    """Texts of a page besides those of the keys."""

    head: str
    columns: str
    separator: str
    """Between two keys of one line."""
    headings: dict[str, str]
    """Headings of widgets that differ from the English."""


TEXTS = {
    Language.EN: PageTexts(
        "# Keys\nEvery key of the screen. The last column is the name by which `ahtc.toml` in the workspace gives it"
        f" another key:\n{EXAMPLE}",
        "| key | does | name |",
        " or ",
        {},
    ),
    Language.CY: PageTexts(
        "# Allweddi\nPob allwedd ar y sgrin. Y golofn olaf yw'r enw y mae `ahtc.toml` yn y man gwaith yn ei ddefnyddio"
        f" i roi allwedd arall yn ei lle:\n{EXAMPLE}",
        "| allwedd | beth mae'n ei wneud | enw |",
        " neu ",
        {
            "A list": "Rhestr",
            "A card": "Cerdyn",
            "The filter": "Yr hidlydd",
            "A form": "Ffurflen",
            "A question": "Cwestiwn",
            "A field that somebody else changed": "Maes a newidiwyd gan rywun arall",
        },
    ),
}


class KeyLine(NamedTuple):
    """A key of the page; `words` is its message in English."""

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
    """Return every bound key, and the letters of the menus."""
    names = {key for lines in list_sections().values() for line in lines for key in line.keys}
    return names | {part for name in names for part in name.split(". ")}


def build_page(language: Language = Language.EN) -> str:
    """Return the text of the page in a language."""
    texts = TEXTS[language]
    parts = [texts.head]
    with use_language(language):
        for heading, lines in list_sections().items():
            rows = [
                f"| {texts.separator.join(map(_format_keyboard, line.keys))} | {_(line.words)} | `{line.id}` |"
                for line in lines
            ]
            title = texts.headings.get(heading) or _(heading)
            parts.append("\n".join([f"## {title}", texts.columns, "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _format_keyboard(name: str) -> str:
    """Return the keys to press one after the other."""
    keys = (".", name.removeprefix(". ")) if name.startswith(". ") else (name,)
    return " ".join(f"<kbd>{key}</kbd>" for key in keys)


def _format_keys(keys: str) -> tuple[str, ...]:
    return tuple(format_key_name(key) for key in keys.split(","))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    for language, path in ((Language.EN, target), (Language.CY, target.with_suffix(f".cy{target.suffix}"))):
        path.write_text(build_page(language), encoding="utf-8")
