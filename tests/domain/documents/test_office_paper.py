"""Names in office papers in Welsh."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperPart

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


def test_a_column_without_a_value_in_any_row_is_left_out() -> None:
    rows = (("IDMG", "Attends", "–"), ("UKHTC", "Member", ""))
    part = PaperPart("Seats", (), ("Group", "Role", "Term"), rows, (9.0, 3.5, 4.0)).without_empty_columns()
    assert (part.head, part.rows) == (("Group", "Role"), (("IDMG", "Attends"), ("UKHTC", "Member")))
    assert part.widths == (13.0, 3.5)


def test_a_post_in_a_list_is_translated_beside_its_holder() -> None:
    part = PaperPart("", points=("Aelodau: Wales (a deputy); Bawso; Wales Border Group (vacant)",))
    assert part.with_names(NAMES).points == ("Aelodau: Cymru (a deputy); Bawso; Wales Border Group (vacant)",)
