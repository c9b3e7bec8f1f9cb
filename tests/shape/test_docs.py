"""The documents name only commands, options, keys, pictures and links that exist."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.main import COMMANDS, _build_global_parser, parse_arguments
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language
from ahtc_tui.tui.keys import KEYS
from tests.shape import data_model_page
from tests.shape.architecture_picture import draw_architecture
from tests.shape.guide_pages import ENGLISH_PAGES, GUIDE_PAGES
from tests.shape.keys_page import build_page, list_keys
from tests.shape.tree import ROOT, format_path

DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "tests/README.md")),
    *(
        DOCS / name
        for name in (
            "architecture.md",
            "data-model.md",
            "how-to.md",
            "glossary.md",
            "termau.md",
        )
    ),
    *GUIDE_PAGES,
    *(DOCS / name for name in ("folder.md", "office.md", "it.md", "properties.md", "licences.md")),
]
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
COMMAND_LINE = re.compile(r"(?:^\$ |`)(ahtc\b[^`\n]*)", re.MULTILINE)
MAKE = re.compile(r"`make ([a-z-]+)[` ]|^make ([a-z-]+)$", re.MULTILINE)


def find_command_lines(path: Path) -> list[str]:
    """Return the command lines of a page, in console blocks and in running text."""
    return [line for line in COMMAND_LINE.findall(path.read_text(encoding="utf-8")) if " " in line]


def find_command_fault(line: str) -> str:
    """Return why a command line cannot be run; empty for a valid one."""
    _flags, remaining = _build_global_parser().parse_known_args(shlex.split(line)[1:])
    if not remaining or remaining == ["COMMAND"]:
        return ""
    name, *words = remaining
    if name not in COMMANDS:
        return f"`{line}`: no such command"
    parser = CommandParser(prog=name)
    import_module(COMMANDS[name][0]).register(parser, name)
    try:
        parse_arguments(parser, words)
    except BadInput as error:
        return f"`{line}`: {error}"
    return ""


@pytest.mark.parametrize("path", [path for path in PAGES if path.exists()], ids=format_path)
def test_a_page_names_only_commands_and_flags_that_exist(path: Path) -> None:
    lines = sorted(set(find_command_lines(path)))
    assert not [fault for line in lines if (fault := find_command_fault(line))]


def test_every_command_is_in_the_guide() -> None:
    guide = "\n".join(page.read_text(encoding="utf-8") for page in ENGLISH_PAGES)
    assert not [name for name in COMMANDS if not re.search(rf"(?:\$ |`)ahtc {name}\b", guide)]


@pytest.mark.parametrize("path", [path for path in PAGES if path.exists()], ids=format_path)
def test_a_page_names_only_keys_that_exist(path: Path) -> None:
    named = re.findall(r"<kbd>([^<]+)</kbd>", path.read_text(encoding="utf-8"))
    assert set(named) <= list_keys()


@pytest.mark.parametrize(("name", "language"), [("keys.md", Language.EN), ("keys.cy.md", Language.CY)])
def test_the_page_of_keys_lists_the_registry(name: str, language: Language) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == build_page(language), "run make snap"
    assert len({key.id for key in KEYS}) == len(KEYS)


def test_the_page_of_tables_is_drawn_from_the_schema() -> None:
    page = (DOCS / "data-model.md").read_text(encoding="utf-8")
    assert page == data_model_page.build_page(), "run make snap"


@pytest.mark.parametrize("path", [*PAGES, DOCS / "keys.md", DOCS / "glossary.md", *DECISIONS], ids=format_path)
def test_every_link_and_picture_exists(path: Path) -> None:
    linked = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    missing = [target for target in linked if "://" not in target and not (path.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("path", PAGES, ids=format_path)
def test_a_page_names_only_files_that_exist(path: Path) -> None:
    named = re.findall(r"`((?:ahtc_tui|benchmarks|docs|tests)/[\w./-]*\w)`", path.read_text(encoding="utf-8"))
    assert not [name for name in named if not (ROOT / name).exists()]


@pytest.mark.long
def test_the_picture_of_the_architecture_is_current() -> None:
    drawn = (DOCS / "images" / "architecture.svg").read_text(encoding="utf-8")
    assert drawn == draw_architecture(), "make snap draws it again"


@pytest.mark.parametrize("path", PAGES, ids=format_path)
def test_a_page_names_only_make_targets_that_exist(path: Path) -> None:
    named = {first or second for first, second in MAKE.findall(path.read_text(encoding="utf-8"))}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=format_path)
def test_a_decision_is_short_and_gives_its_reason(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    assert text.startswith(f"# {path.name[:4]} ")
    assert "## Why" in text


def list_term_rows(name: str) -> list[list[str]]:
    """The rows of the tables of terms of a page, without their headings."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (DOCS / name).read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    return [row for row in rows if row[0] not in ("term", "Saesneg", "ffynhonnell")]


def test_every_welsh_term_has_a_source_or_is_marked_as_not_checked() -> None:
    rows = list_term_rows("termau.md")
    sources = {name for row in rows if len(row) == 2 for name in row[0].split(", ")}
    terms = [row for row in rows if len(row) == 3]
    assert len(terms) >= 60
    names = [english for english, *_row in terms]
    assert len(set(names)) == len(names)
    for english, welsh, source in terms:
        parts = {part for part in re.split(r"[,;] ", source) if not part[:1].isdecimal()}
        assert welsh, english
        assert parts == {"heb ei wirio"} or parts <= sources, english


def test_every_term_with_a_meaning_is_in_one_table_of_the_glossary() -> None:
    names = [row[0] for row in list_term_rows("glossary.md")]
    assert len(names) > 100
    assert len(set(names)) == len(names)
