"""Protective markings of both schemes as people write them."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.actions.paper_marking import read_handling
from ahtc_tui.domain.labelled_enum import find_member


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("OFFICIAL", Marking.OFFICIAL), ("Not protectively marked", Marking.OFFICIAL),
        ("OFFICIAL - SENSITIVE", Marking.OFFICIAL_SENSITIVE), ("OFFICIAL: SENSITIVE", Marking.OFFICIAL_SENSITIVE),
        ("OFFICIAL – SENSITIVE – PERSONAL", Marking.OFFICIAL_SENSITIVE),
        ("OFFICIAL-SENSITIVE: COMMERCIAL", Marking.OFFICIAL_SENSITIVE),
        ("SWYDDOGOL - SENSITIF", Marking.OFFICIAL_SENSITIVE), ("PROTECT - MANAGEMENT", Marking.OFFICIAL_SENSITIVE),
        ("OFFICIAL - SENSITIV", None), ("Official, secret", None), ("SECRET", None),
    ],
)  # fmt: skip
def test_words_after_a_marking_never_lower_it(text: str, marking: Marking | None) -> None:
    assert find_member(text, Marking) is marking
    assert read_handling(text) is (marking or Marking.OFFICIAL_SENSITIVE)
