"""Three-way comparison of a field, and the hidden keys of returns."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.imports.three_way_merge import UNKNOWN_BASE, UnknownBase, Verdict, compare_values
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.model import decode_keys, digest_key

CASES: list[tuple[str | UnknownBase | None, str | None, str | None, Verdict]] = [
    ("a", "a", "a", Verdict.SAME),
    ("a", "b", "b", Verdict.SAME),
    ("a", "a", "b", Verdict.CHANGE),
    (None, None, "b", Verdict.CHANGE),
    ("a", "a", None, Verdict.CHANGE),
    ("a", "b", "a", Verdict.KEPT),
    (None, "b", None, Verdict.KEPT),
    ("a", "b", "c", Verdict.CONFLICT),
    ("a", None, "c", Verdict.CONFLICT),
    (UNKNOWN_BASE, "a", "a", Verdict.SAME),
    (UNKNOWN_BASE, "a", "b", Verdict.UNSURE),
    (UNKNOWN_BASE, None, "b", Verdict.UNSURE),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "verdict"), CASES)
def test_a_change_on_one_side_wins_and_two_changes_conflict(
    base: str | UnknownBase | None, ours: str | None, theirs: str | None, verdict: Verdict
) -> None:
    assert compare_values(base, ours, theirs) is verdict


def test_keys_of_older_workbooks_are_read() -> None:
    keys = [RowKey(n.to_bytes(16, "big")) for n in range(2000)]
    assert decode_keys(" ".join(key.hex() for key in keys)) == keys
    assert decode_keys(7) == decode_keys("no key") == []


def test_a_digest_identifies_a_key_and_does_not_contain_it() -> None:
    keys = [RowKey(n.to_bytes(16, "big")) for n in range(2000)]
    assert len({digest_key(key) for key in keys}) == len(keys)
    assert all(digest_key(key).isalpha() for key in keys)
    assert not any(digest_key(key) in key.hex() for key in keys)
