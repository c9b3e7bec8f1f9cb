"""Every Welsh word is in the Welsh dictionary of hunspell, or was reviewed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.language.spelling import find_unknown_words, list_words, read_reviewed_words
from tests.language.welsh_text import list_welsh_texts, remove_code

pytestmark = pytest.mark.clients


def test_every_welsh_word_is_spelt_as_in_the_dictionary(dictionary: Path) -> None:
    reviewed = {word for group in read_reviewed_words().values() for word in group}
    places = {word: text.place for text in list_welsh_texts() for word in list_words(text.language)}
    unknown = find_unknown_words(places, dictionary)
    assert {word: places.get(word) for word in unknown if word.lower() not in reviewed} == {}


def test_a_reviewed_word_is_in_one_group() -> None:
    counts = Counter(word for group in read_reviewed_words().values() for word in group)
    assert [word for word, count in counts.items() if count > 1] == []


def test_a_misspelt_word_is_unknown(dictionary: Path) -> None:
    assert find_unknown_words(list_words("Mae'r cam gweithredy wedi'i gwblhau"), dictionary) == {"gweithredy"}


def test_code_and_placeholders_are_not_spelt() -> None:
    assert list_words(remove_code("Rhedwch `ahtc undo`, {name}: <kbd>enter</kbd> --lang a.xlsx DP-07")) == {
        "Rhedwch",
        "DP",
    }
