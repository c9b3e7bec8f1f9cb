"""Collects the pages of the site: those of docs, and the reference of commands and settings from the program itself.

    python -m tests.shape.site_pages FOLDER

It fills FOLDER/en and FOLDER/cy, from which MkDocs builds the site.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from ahtc_tui.cli.main import COMMANDS, build_command_tree
from ahtc_tui.cli.spec import build_spec
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.services.settings.schema import build_schema, format_example
from tests.shape.guide_pages import GUIDE_NAMES
from tests.shape.tree import ROOT

DOCS = ROOT / "docs"
WELSH = (*GUIDE_NAMES.values(), "awr-gyntaf.md", "keys.cy.md", "termau.md")
"""Pages in Welsh; all others are in English."""
CSS = """
.md-typeset a { text-decoration: underline; }
[data-md-color-scheme="default"] {
  --md-typeset-a-color: #1d4f91; --md-default-fg-color--light: #4a4a4a; --md-default-fg-color--lighter: #5a5a5a;
}
[data-md-color-scheme="slate"] {
  --md-typeset-a-color: #9cc8ff; --md-default-fg-color--light: #d0d0d0; --md-default-fg-color--lighter: #b8b8b8;
}
.md-typeset table:not([class]) { display: table; width: 100%; }
.md-typeset table:not([class]) th, .md-typeset table:not([class]) td { min-width: 0; overflow-wrap: anywhere; }
.md-typeset__scrollwrap { overflow-x: visible; }
.md-typeset code { overflow-wrap: anywhere; }
.md-typeset pre > code { white-space: pre-wrap; overflow-x: visible; }
.md-footer-meta { background: #000; }
.md-footer-meta a, .md-copyright { color: #fff !important; }
"""
"""Stronger contrasts, and tables and code that no page scrolls sideways for."""
LINK = re.compile(r"\]\((?!https?:)([\w./-]+?)\.md(#[\w-]+)?\)")


def main(folder: Path) -> None:
    """Fill both folders."""
    shutil.rmtree(folder, ignore_errors=True)
    english, welsh = folder / "en", folder / "cy"
    shutil.copytree(DOCS, english, ignore=shutil.ignore_patterns(*WELSH, "*.json"))
    for page in english.glob("*.md"):
        page.write_text(_point_to_welsh(page.read_text(encoding="utf-8")), encoding="utf-8")
    welsh.mkdir()
    for name in WELSH:
        text = (DOCS / name).read_text(encoding="utf-8")
        (welsh / name).write_text(_point_to_english(text), encoding="utf-8")
    _write_start(english)
    for language, pages in ((Language.EN, english), (Language.CY, welsh)):
        (pages / "site.css").write_text(CSS, encoding="utf-8")
        with use_language(language):
            (pages / "commands.md").write_text("\n".join(_list_commands()), encoding="utf-8")
            (pages / "settings.md").write_text("\n".join(_list_settings()), encoding="utf-8")
    text = (DOCS / "canllaw.md").read_text(encoding="utf-8")
    (welsh / "index.md").write_text(_point_to_english(text.partition("\n## ")[0] + "\n"), encoding="utf-8")


def _point_to_english(text: str) -> str:
    """Let links to pages that are not in Welsh lead to the English site."""
    return LINK.sub(lambda link: link[0] if f"{link[1]}.md" in WELSH else f"](../{link[1]}.html{link[2] or ''})", text)


def _point_to_welsh(text: str) -> str:
    """Let links to pages in Welsh lead to the Welsh site."""
    for name in WELSH:
        text = text.replace(f"]({name}", f"](cy/{name.removesuffix('.md')}.html")
    return text


def _write_start(pages: Path) -> None:
    """Write the first page from README, without links to files outside docs, and the page of pictures."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("](docs/", "](")
    text = re.sub(r"\[([^]]+)\]\((?:[A-Z]+(?:\.md)?)\)", r"\1", text)
    (pages / "index.md").write_text(_point_to_welsh(text), encoding="utf-8")
    pictures = sorted(path.name for path in (DOCS / "images").glob("*-120x40.svg"))
    titles = {name: name.partition("-")[0].title() for name in pictures}
    lines = ["# Screens", *(f"## {title}\n![{title} on the screen](images/{name})\n" for name, title in titles.items())]
    (pages / "screens.md").write_text("\n".join(lines), encoding="utf-8")


def _list_commands() -> Iterable[str]:
    spec = build_spec(build_command_tree(COMMANDS))
    yield f"# ahtc {spec['version']}\n"
    for command in spec["commands"]:
        yield f"## {command['command']}\n\n{escape(command['help'] or '')}\n"
        yield from (
            f"- `{_format_argument(argument)}`: {_escape(argument['help'])}" for argument in command["arguments"]
        )
        if command["fields"]:
            yield "\n" + ", ".join(f"`{field['name']}`" for field in command["fields"])
        yield "\n```console\n" + "\n".join(f"$ {line}" for line in command["examples"]) + "\n```\n"


def _format_argument(argument: dict[str, Any]) -> str:
    names = ", ".join(argument["options"])
    return f"{names} {argument['placeholder']}".strip() if argument["placeholder"] else names


def _escape(text: str) -> str:
    """Escape what Markdown would take for markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


def _list_settings() -> Iterable[str]:
    yield f"# {_('Settings')}\n\n```toml"
    yield from format_example()
    yield "```\n\n| ahtc.toml | | |\n|---|---|---|"
    for name, rule in build_schema()["properties"].items():
        for setting, detail in rule.get("properties", {"": rule}).items():
            key = f"{name}.{setting}" if setting else name
            yield f"| `{key}` | {detail['type']} | {_escape(detail['description'])} |"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
