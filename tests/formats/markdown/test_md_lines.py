"""Issued copies read back as lines that people compare."""

from __future__ import annotations

from ahtc_tui.formats.markdown.lines import headings, readable

PAPER = """**OFFICIAL**

## 6. Training

- **Time:** 10:00

6\\.1 two \\<b\\> courses \\| one more

| Ref | Words |
| --- | --- |
| D-1 | a \\| b |
"""


def test_a_paper_is_read_without_its_marks() -> None:
    assert readable(PAPER) == [
        "OFFICIAL",
        "6. Training",
        "Time: 10:00",
        "6.1 two <b> courses | one more",
        "Ref  Words",
        "D-1  a | b",
    ]


def test_only_headings_are_headings() -> None:
    assert headings(PAPER) == ["6. Training"]
