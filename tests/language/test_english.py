"""The English of messages and documents is plain, and follows the GOV.UK style guide."""

from __future__ import annotations

import pytest

from tests.language.english import FORMER, find_avoided, list_english_texts
from tests.shape.messages import read_catalogue

REVIEWED: set[str] = set()
"""Texts with a construction of the list that are right."""


def test_no_english_text_has_an_avoided_construction() -> None:
    avoided = {(place, text): rows for place, text in list_english_texts() if (rows := find_avoided(text))}
    assert {key: rows for key, rows in avoided.items() if key[1] not in REVIEWED} == {}


@pytest.mark.parametrize(
    "text",
    [
        "The list stands in the folder",
        '"late" is no status',
        "Whoever writes it",
        "Replace the file by a copy",
        "Send it in order to close the item, etc",
        "The meeting is at 10 am",
        "The meeting is at 10.30am",
        "On February 7, 2014",
        "On 07 February 2014",
        "Within 2-3 days",
        "1 questions",
    ],
)
def test_an_avoided_construction_is_reported(text: str) -> None:
    assert find_avoided(text)


@pytest.mark.parametrize(
    "text",
    [
        "There is no file.",
        "It is no longer open.",
        "The meeting is at 10am on 7 February 2014",
        "Within 2 to 3 days",
        "In February 2014",
        "11 questions",
    ],
)
def test_plain_english_is_not_reported(text: str) -> None:
    assert find_avoided(text) == []


def test_no_sentence_of_earlier_versions_is_back() -> None:
    messages = [
        english
        for message in read_catalogue()
        for english in ([message.id] if isinstance(message.id, str) else message.id)
    ]
    assert [english for english in messages if any(former in english for former in FORMER)] == []
