"""Merging of texts word by word."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.replication.text_merge import merge_texts

BASE = "The two-day course is held in all four forces by June."


def test_changes_of_different_words_are_both_kept() -> None:
    ours, theirs = BASE.replace("two-day", "three-day"), BASE.replace("June", "May")
    merged = "The three-day course is held in all four forces by May."
    assert merge_texts(BASE, [ours, theirs]) == merge_texts(BASE, [theirs, ours]) == merged


def test_changes_of_three_people_are_merged() -> None:
    texts = [BASE.replace("two-day", "three-day"), BASE.replace("four", "two"), BASE.replace("June", "May")]
    assert merge_texts(BASE, texts) == "The three-day course is held in all two forces by May."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (BASE.replace("two-day", "three-day"), BASE.replace("two-day", "four-day")),
        (BASE.replace("four", "five"), BASE.replace("forces", "regions")),
        (BASE.replace(" by June", ""), BASE.replace("June", "May")),
        (BASE.replace("by June", "by late June"), BASE.replace("by June", "by early June")),
    ],
)
def test_different_changes_of_the_same_place_are_refused(ours: str, theirs: str) -> None:
    assert merge_texts(BASE, [ours, theirs]) is None


def test_equal_changes_are_made_once() -> None:
    ours, theirs = BASE.replace("four", "all"), BASE.replace("four", "all").replace("June", "May")
    assert merge_texts(BASE, [ours, theirs]) == theirs


def test_sentences_added_at_one_place_are_kept_in_order() -> None:
    assert merge_texts(BASE, [f"{BASE} Gwent agreed.", f"{BASE} Cardiff asked."]) == (
        f"{BASE} Gwent agreed. Cardiff asked."
    )


def test_breaks_between_lines_are_kept() -> None:
    base = "First line is here.\n\nSecond line is here."
    texts = [base.replace("First", "Line 1,"), base + "\nThird line."]
    assert merge_texts(base, texts) == "Line 1, line is here.\n\nSecond line is here.\nThird line."


def test_a_word_before_the_first_is_separated_by_a_blank() -> None:
    assert merge_texts(BASE, [f"Agreed: {BASE}", BASE.replace("June", "May")]) == (
        f"Agreed: {BASE.replace('June', 'May')}"
    )


def test_short_texts_are_not_merged() -> None:
    assert merge_texts("029 2000 0000", ["029 2000 0001", "028 2000 0000"]) is None


def test_texts_that_take_long_to_compare_are_not_merged() -> None:
    assert merge_texts("word " * 4_000, ["x " + "word " * 3_990 + "y", "word " * 4_000 + "z"]) is None
