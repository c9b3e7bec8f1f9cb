"""The Welsh alphabet against ICU, whose order of the words in `welsh_order.json` was recorded once."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.collation import build_sort_key, build_welsh_key

RECORDED: list[str] = json.loads(Path(__file__).with_name("welsh_order.json").read_text(encoding="utf-8"))["sorted"]


def sort_in(language: Language, *names: str) -> list[str]:
    with use_language(language):
        return sorted(names, key=build_sort_key)


def test_the_order_is_that_of_icu() -> None:
    shuffled = RECORDED.copy()
    Random(1).shuffle(shuffled)
    assert len(RECORDED) > 600
    assert sorted(shuffled, key=build_welsh_key) == RECORDED


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Cwm", "Chwilog"),
        ("Dyfed", "Ddôl"),
        ("Flint", "Ffestiniog"),
        ("Gwynedd", "Ngwynedd"),
        ("Ngwynedd", "Hafod"),
        ("Lydney", "Llanelli"),
        ("Pyle", "Phillips"),
        ("Rumney", "Rhondda"),
        ("Tywyn", "Thomas"),
        ("gwyr", "gŵyr"),
        ("llan", "Llan"),
        ("Bangor", "Banc"),  # the ng of Bangor is n and g, which neither ICU nor these rules know
    ],
)
def test_letters_of_two_signs_have_their_place_in_welsh(first: str, second: str) -> None:
    assert sort_in(Language.CY, second, first) == [first, second]


def test_english_has_the_order_of_before() -> None:
    names = ["Ddôl", "Bangor", "Banc", "Rumney", "Rhondda", "afon", "Cwm", "Chwilog", "Llanelli", "Lydney"]
    assert sort_in(Language.EN, *names) == sorted(names)
    with use_language(Language.EN):
        assert sorted(names, key=lambda name: build_sort_key(name, str.casefold)) == sorted(names, key=str.casefold)


def test_a_bilingual_file_has_the_welsh_order() -> None:
    assert sort_in(Language.BOTH, "Rhondda", "Rumney") == ["Rumney", "Rhondda"]


@given(st.lists(st.text(max_size=12), max_size=6, unique=True))
def test_any_texts_have_distinct_keys(texts: list[str]) -> None:
    assert len({build_welsh_key(text) for text in texts}) == len(texts)
