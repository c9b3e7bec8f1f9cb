"""Matching of typed text with commands."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.text.command_match import score_words

COMMAND = "Open the live minutes"


@pytest.mark.parametrize("query", ["open", "min", "live op", "opmin", "mintues", "OPEN THE"])
def test_a_command_is_matched_by_beginnings_an_abbreviation_and_near_words(query: str) -> None:
    assert score_words(query, COMMAND) > 0


@pytest.mark.parametrize("query", ["agenda", "oe", "bawso", "xyz", "inutes of a board"])
def test_other_text_does_not_match(query: str) -> None:
    assert score_words(query, COMMAND) == 0


def test_exact_beginnings_come_before_abbreviations_and_near_words() -> None:
    scores = [score_words(query, COMMAND) for query in ("open the", "minutes", "opmin", "mintues")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
