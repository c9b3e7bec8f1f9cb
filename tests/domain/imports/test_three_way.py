"""Three values of one field: what was sent, what is here, what came back."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.imports.three_way_merge import UNKNOWN, Unknown, Verdict, weigh
from ahtc_tui.domain.returns.model import id_cells, read_ids

CASES: list[tuple[str | Unknown | None, str | None, str | None, Verdict]] = [
    ("a", "a", "a", Verdict.SAME),
    ("a", "b", "b", Verdict.SAME),
    ("a", "a", "b", Verdict.CHANGE),
    (None, None, "b", Verdict.CHANGE),
    ("a", "a", None, Verdict.CHANGE),
    ("a", "b", "a", Verdict.KEPT),
    (None, "b", None, Verdict.KEPT),
    ("a", "b", "c", Verdict.CLASH),
    ("a", None, "c", Verdict.CLASH),
    (UNKNOWN, "a", "a", Verdict.SAME),
    (UNKNOWN, "a", "b", Verdict.UNSURE),
    (UNKNOWN, None, "b", Verdict.UNSURE),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "verdict"), CASES)
def test_whoever_moved_alone_is_right_and_two_who_moved_apart_clash(
    base: str | Unknown | None, ours: str | None, theirs: str | None, verdict: Verdict
) -> None:
    assert weigh(base, ours, theirs) is verdict


def test_the_keys_of_many_rows_fit_into_few_cells_and_are_read_again() -> None:
    keys = [n.to_bytes(16, "big") for n in range(2000)]
    cells = id_cells(keys)
    assert len(cells) == 3
    assert max(map(len, cells)) < 32_767
    assert [key for cell in cells for key in read_ids(cell)] == keys
    assert read_ids(7) == read_ids("no key") == []
