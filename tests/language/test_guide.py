"""The pages of the guide have short sentences and short paragraphs, and are whole in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.shape.guide_pages import GUIDE_NAMES, GUIDE_PAGES
from tests.shape.tree import ROOT, format_path

LONGEST_SENTENCE = 25
LONGEST_WELSH_SENTENCE = 30
"""Welsh has more short words: "yr hyn a", "ei fod yn"."""
LONGEST_PARAGRAPH = 80
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`]+`|<kbd>[^<]+</kbd>|\([^()]*\.md[^()]*\)|[*\[\]]")


def read_paragraphs(page: Path) -> list[str]:
    """Return the paragraphs and list items of a page, without tables, headings and examples; code counts as a word."""
    text = BLOCK.sub("\n", page.read_text(encoding="utf-8"))
    parts = re.split(r"\n\s*\n|\n(?=- )|(?<=\n)(?=#)|(?<=#.)\n", text)
    paragraphs = ("\n".join(line for line in part.splitlines() if not line.startswith(("#", "|"))) for part in parts)
    return [CODE.sub("code", paragraph) for paragraph in paragraphs if paragraph.strip()]


@pytest.mark.parametrize("page", GUIDE_PAGES, ids=format_path)
def test_a_page_of_the_guide_has_short_sentences_and_paragraphs(page: Path) -> None:
    longest = LONGEST_SENTENCE if page.name in GUIDE_NAMES else LONGEST_WELSH_SENTENCE
    paragraphs = read_paragraphs(page)
    sentences = [sentence for text in paragraphs for sentence in re.split(r"(?<=[.:?!;])\s+", text)]
    assert not [sentence for sentence in sentences if len(sentence.split()) > longest]
    assert not [paragraph for paragraph in paragraphs if len(paragraph.split()) > LONGEST_PARAGRAPH]


@pytest.mark.parametrize("english", GUIDE_NAMES)
def test_a_page_has_the_same_sections_and_examples_in_welsh(english: str) -> None:
    pages = (ROOT / "docs" / name for name in (english, GUIDE_NAMES[english]))
    parts, welsh_parts = (
        re.findall(r"^#+ |^```.*?^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL) for page in pages
    )
    assert parts == welsh_parts
