"""Checks the spelling of Welsh texts with hunspell and the dictionary of Bangor University."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests.clients.programs import find_program
from tests.language.welsh_text import WORD

REVIEWED_WORDS = Path(__file__).with_name("reviewed_words.toml")
CLITIC = re.compile(r"'(?:n|r|w|i|u|ch|m|th|ll)$")
"""A pronoun, article or particle that is joined to the word before it."""
TIMEOUT_SECONDS = 60


def list_words(text: str) -> set[str]:
    """Return the words of a text with two letters or more, without what is joined to them by an apostrophe."""
    words = {
        CLITIC.sub("", word).strip("'") for word in WORD.findall(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    }
    parts = {part for word in words for part in word.split("'")}
    return {word for word in parts if len(word) > 1}


def find_unknown_words(words: Iterable[str], dictionary: Path) -> set[str]:
    """Return the words that are not in the dictionary `dictionary`.dic."""
    hunspell = find_program("hunspell", "install the Debian package hunspell")
    result = subprocess.run(
        [hunspell, "-d", str(dictionary), "-i", "utf-8", "-l"],
        input="\n".join(sorted(words)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT_SECONDS,
        check=True,
    )
    return {word for line in result.stdout.splitlines() for word in line.split("-") if len(word) > 1}


def read_reviewed_words() -> dict[str, list[str]]:
    """Return the groups of reviewed words, in small letters."""
    groups = tomllib.loads(REVIEWED_WORDS.read_text(encoding="utf-8"))
    assert all(group["reason"] for group in groups.values())
    return {name: group["words"] for name, group in groups.items()}
