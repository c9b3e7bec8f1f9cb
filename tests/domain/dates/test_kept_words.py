"""Words in place of a date that are kept as they are."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.parser import read_date_or_words

TODAY = date(2014, 1, 28)
"""A Tuesday."""

WORDS = [
    "ASAP",
    "ongoing",
    "tbc",
    "when funding allows",
    "when funded",
    "next time",
    "end of it",
    "cyn gynted â phosib i bawb",
    "after 24 Nov 2013",
    "from April 2014 onwards",
    "3 months after Royal Assent",
    "after phase 2",
    "once LG-2014-01 agrees",
    "12 weeks after the meeting of the board",
    "pan fydd cyllid ar gael",
    "at the next meeting",
    "10 working days after the decision",
    "Phase 2",
    "2 meetings",
    "Budget 2014",
    "when Mary agrees",
]


@pytest.mark.parametrize("text", WORDS)
def test_words_without_a_day_may_stand(text: str) -> None:
    known_date = read_date_or_words(text, TODAY)
    assert (known_date.precision, str(known_date)) == (Precision.WORDS, text)
