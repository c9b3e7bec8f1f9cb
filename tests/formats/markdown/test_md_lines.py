"""Issued copies as plain lines for comparison."""

from __future__ import annotations

from ahtc_tui.formats.markdown.rendering import extract_headings, extract_lines

PAPER = """**OFFICIAL**

## 6. Training

- **Time:** 10:00

6\\.1 two \\<b\\> courses \\| one more

| Ref | Words |
| --- | --- |
| D-1 | a \\| b |
"""


def test_lines_are_extracted_without_markdown_marks() -> None:
    assert extract_lines(PAPER) == [
        "OFFICIAL",
        "6. Training",
        "Time: 10:00",
        "6.1 two <b> courses | one more",
        "Ref  Words",
        "D-1  a | b",
    ]


def test_only_headings_are_extracted_as_headings() -> None:
    assert extract_headings(PAPER) == ["6. Training"]
