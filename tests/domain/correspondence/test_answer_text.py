"""The answer in the text of a mail; what is not clear is no answer."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.correspondence.answer_text import read_answer, strip_quoted_text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("AGREED", "agreed"),
        ("Agreed.\nThanks", "agreed"),
        ("Dear all,\n\nI am content with the minutes.", "agreed"),
        ("I have no objection.", "agreed"),
        ("No changes from me, I approve.", "agreed"),
        ("Rwy'n cytuno.", "agreed"),
        ("AGREED WITH CHANGES", "changes"),
        ("Agreed subject to the correction in 2.1", "changes"),
        ("I object to the minutes.", "objects"),
        ("I do not agree with item 3.", "objects"),
        ("I can't agree to this.", "objects"),
        ("Rwy'n gwrthwynebu.", "objects"),
        ("I agree but item 2 is wrong", None),
        ("I agree with item 1. I object to item 2.", None),
        ("Please send the papers again.", None),
        ("", None),
        ("> Agreed", None),
        ("See below.\n\n-----Original Message-----\nAgreed", None),
        ("Thanks\n\nFrom: Office\nSent: Friday\n\nAGREED", None),
    ],
)
def test_only_a_clear_text_is_an_answer(text: str, answer: str | None) -> None:
    assert read_answer(text) == answer


def test_an_agreement_with_a_document_has_changes() -> None:
    assert read_answer("Agreed", has_document=True) == "changes"
    assert read_answer("", has_document=True) == "changes"
    assert read_answer("I object", has_document=True) == "objects"
    assert read_answer("See attached", has_document=True) is None


def test_the_signature_is_no_answer() -> None:
    assert strip_quoted_text("Thanks\n-- \nAgreed Ltd") == "Thanks"
