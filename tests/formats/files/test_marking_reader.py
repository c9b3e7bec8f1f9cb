"""The marking that a written file carries, in English and in Welsh."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.formats.files.marking_reader import read_marking


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("**OFFICIAL**", Marking.OFFICIAL),
        ("**SWYDDOGOL**", Marking.OFFICIAL),
        ("**OFFICIAL-SENSITIVE**", Marking.OFFICIAL_SENSITIVE),
        ("**SWYDDOGOL-SENSITIF**", Marking.OFFICIAL_SENSITIVE),
        ("Agenda", None),
    ],
)
def test_a_marking_is_read_in_both_languages(tmp_path: Path, text: str, marking: Marking | None) -> None:
    path = tmp_path / "cofnodion.md"
    path.write_text(text, encoding="utf-8")
    assert read_marking(path) is marking
