"""Names in office papers in Welsh."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.documents.office_paper import OfficePaper

NAMES = {"Wales": "Cymru", "Wales Leadership Group": "Grŵp Arwain Cymru"}


@pytest.mark.parametrize(
    ("title", "translated"),
    [
        ("Briff: Wales Leadership Group", "Briff: Grŵp Arwain Cymru"),
        ("Briff: Wales Border Group", "Briff: Wales Border Group"),
        ("Wales", "Cymru"),
        ("Changes since 1 December 2013", "Changes since 1 December 2013"),
    ],
)
def test_a_title_has_a_whole_name_replaced(title: str, translated: str) -> None:
    assert OfficePaper(title, "", date(2013, 12, 31), (), ()).with_names(NAMES).title == translated
