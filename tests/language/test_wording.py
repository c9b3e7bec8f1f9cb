"""Messages and the guide use one word for each thing; the glossary names the words that were given up."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.shape.messages import read_catalogue
from tests.shape.tree import ROOT
from tests.shape.wording import (
    GIVEN_UP,
    KEY_AS_SUBJECT,
    PATTERNS,
    Pattern,
    count_joined_by_colon,
    count_rate,
    read_texts,
)

MOST = 0.5
"""How often a word that was given up may occur in 1,000 words, for the cases where it is the right one."""
TEXTS = read_texts()


@pytest.mark.parametrize("name", GIVEN_UP)
@pytest.mark.parametrize("kind", TEXTS)
def test_a_word_that_was_given_up_is_rare(kind: str, name: str) -> None:
    [pattern] = [pattern for pattern in PATTERNS if pattern.name == name]
    assert count_rate(pattern, TEXTS[kind]) <= MOST


def test_the_glossary_names_the_words_that_were_given_up() -> None:
    section = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").split("## One word for each thing")[1]
    table = section.split("\n## ")[0]
    assert not [name for name in GIVEN_UP if name not in table]


@pytest.mark.parametrize(
    "pattern", [pattern for pattern in PATTERNS if pattern.peers], ids=lambda pattern: pattern.name
)
@pytest.mark.parametrize("kind", TEXTS)
def test_texts_are_as_direct_as_those_of_psql_and_gtk(kind: str, pattern: Pattern) -> None:
    assert count_rate(pattern, TEXTS[kind]) <= (pattern.peers or 0)


def test_few_messages_have_only_a_colon_between_their_parts() -> None:
    assert count_joined_by_colon(TEXTS["messages"]) <= 0.09


def test_no_sentence_has_a_key_as_its_subject() -> None:
    assert not [text for text in TEXTS["messages"] if KEY_AS_SUBJECT.search(text)]


def test_no_two_messages_differ_only_by_capitals_or_a_full_stop() -> None:
    """The capital or stop is made where the text is drawn; a word with another sense has a context."""
    messages = [(entry.context, entry.id if isinstance(entry.id, str) else entry.id[0]) for entry in read_catalogue()]
    alike = Counter((context, text.casefold().strip(" .")) for context, text in messages if text)
    assert not [text for text, times in alike.items() if times > 1]
