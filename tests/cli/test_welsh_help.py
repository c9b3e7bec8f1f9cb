"""Every help page in Welsh: no line with words is the same as in English."""

from __future__ import annotations

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from importlib import import_module

import pytest

from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.main import COMMANDS, build_help_text, run
from ahtc_tui.domain.i18n import Language, _, use_language

NAMES = re.compile(
    r"--?[\w-]+|\{[\w,-]+\}|[\w-]+(?:\|[\w-]+)+|\b[A-Z][A-Z_0-9]*\b|\w+=\S+|\S+://\S+|(?<=[A-Z])\.\w+|\b\d+\w\b"
)
"""Flags, choices, placeholders, alternatives, assignments, addresses, suffixes and spans such as 90d."""
WORD = re.compile(r"[^\W\d_]{2,}")


def build_pages(command: str, language: Language) -> dict[str, str]:
    """Return the help page of a command and of each of its verbs."""
    with use_language(language):
        parser = CommandParser(prog=f"ahtc {command}", description=_(COMMANDS[command][1]))
        import_module(COMMANDS[command][0]).register(parser, command)
        return {parser.prog: parser.format_help() for parser in list_parsers(parser)}


def list_parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """Yield a parser and those of its verbs."""
    yield parser
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for verb in action.choices.values():
                yield from list_parsers(verb)


def list_same_lines(english: str, welsh: str, verbs: set[str]) -> list[str]:
    """Return the lines of both pages that have words besides names, verbs, typed values and examples."""
    return [
        line
        for line in set(english.splitlines()) & set(welsh.splitlines())
        if WORD.search(strip_names(line, verbs)) and not line.startswith("  ahtc ")
    ]


def strip_names(line: str, verbs: set[str]) -> str:
    """Return a line without names, typed values and the verb at its beginning."""
    verb, _space, rest = line.strip().partition(" ")
    return NAMES.sub("", rest if verb in verbs else line)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_of_a_help_page_stays_english(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    english, welsh = build_pages(command, Language.EN), build_pages(command, Language.CY)
    verbs = {prog.rpartition(" ")[2] for prog in english}
    assert {prog: lines for prog, page in english.items() if (lines := list_same_lines(page, welsh[prog], verbs))} == {}


def test_no_line_of_the_first_page_stays_english() -> None:
    pages = []
    for language in (Language.EN, Language.CY):
        with use_language(language):
            pages.append(build_help_text())
    assert list_same_lines(pages[0], pages[1], set()) == []


def test_a_line_that_stays_english_is_found() -> None:
    page = "usage: ahtc x [-h]\n\n  list   rows of the list\n  --json\n  --limit N  newest\n"
    assert sorted(list_same_lines(page, page.replace("usage", "defnydd"), {"list"})) == [
        "  --limit N  newest",
        "  list   rows of the list",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("actions add", "ahtc: actions add: rhowch TITLE. Gweler `ahtc actions add --help`."),
        (
            "actions list --limit",
            "ahtc: actions list: --limit: mae angen gwerth arno. Gweler `ahtc actions list --help`.",
        ),
        (
            "paths --no-such-flag",
            """ahtc: paths: nid yw "--no-such-flag" yn rhan o'r gorchymyn hwn. Gweler `ahtc paths --help`.""",
        ),
        ("no-such-command", 'ahtc: Nid oes gorchymyn "no-such-command". Mae `ahtc --help` yn eu rhestru.'),
    ],
)
def test_wrong_usage_is_reported_in_welsh(words: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "cy", *words.split()]) == 2
    assert capsys.readouterr().err == f"{sentence}\n"
