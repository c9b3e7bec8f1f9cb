"""Heights of papers are near those of LibreOffice."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.documents.page_space import _count_lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 8.4, 1),
        ("1. Build an evidence base on the scale of human trafficking in Wales", 11.06, 1),
        ("Review of Violence Against Women, Domestic and Sexual Violence Services: report to the Minister", 8.4, 2),
        ("MINISTERIAL WORKING GROUP ON THE WHOLE OF THE…", 8.4, 2),
        ("Anti Human Trafficking Co-ordinator", 3.8, 2),
        ("https://example.org/" + "a" * 100, 8.4, 3),
    ],
)
def test_lines_of_a_cell_are_counted_by_the_widths_of_its_letters(text: str, width: float, lines: int) -> None:
    assert _count_lines(text, width) == lines
