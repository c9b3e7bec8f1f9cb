"""Answers to a release list in a file."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.publication.answers import KEEP, REST, refuse_unknown


def test_an_answer_to_a_text_that_is_not_listed_is_refused_by_its_key() -> None:
    with pytest.raises(BadFile, match=r'answers\.json: the release list has no text "b"'):
        refuse_unknown({"a": KEEP, "b": KEEP}, iter(("a",)), "answers.json")


def test_answers_to_listed_texts_and_to_the_rest_are_taken() -> None:
    refuse_unknown({"a": KEEP, "b": KEEP, REST: KEEP}, iter(("b", "a")), "answers.json")
