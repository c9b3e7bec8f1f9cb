"""How the columns of a list share its width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ahtc_tui.tui.widgets.column_widths import ROOMY_WIDTH, SPARING_WIDTH, Column, ColumnWidths

Cells = tuple[str, ...]
LONG_TITLE = "Review of Violence Against Women, Domestic and Sexual Violence Services"


def share(total: int, rows: Sequence[Cells], **options: dict[str, Any]) -> list[int | None]:
    """Return the widths of the columns ref, title, lead and due; None for one that is left out."""
    columns: list[Column[Cells]] = [
        Column("Ref", 5, lambda row: row[0], grows=True),
        Column("Action", None, lambda row: row[1]),
        Column("Lead", 14, lambda row: row[2], **options.get("lead", {})),
        Column("Due", 10, lambda row: row[3], "right", **options.get("due", {})),
    ]
    widths = ColumnWidths(columns)
    widths.measure_rows(rows)
    shared = dict(widths.share_width(total))
    return [shared.get(column) for column in columns]


def test_title_takes_what_short_columns_leave() -> None:
    assert share(80, [("DP-07", LONG_TITLE, "UCLan", "28 d late")]) == [5, 80 - 5 - 5 - 9 - 6, 5, 9]


def test_other_columns_stay_near_the_titles_in_a_wide_list() -> None:
    assert share(80, [("DP-07", "Short", "UCLan", "28 d late")]) == [5, 80 - 5 - 5 - 9 - 6, 5, 9]
    assert share(200, [("DP-07", "Short", "UCLan", "28 d late")]) == [5, ROOMY_WIDTH, 5, 9]
    assert share(200, [("DP-07", LONG_TITLE, "UCLan", "28 d late")]) == [5, len(LONG_TITLE), 5, 9]


def test_reference_is_never_cut() -> None:
    rows = [("LG-2013-03/07", LONG_TITLE, "Mohammed Mehmet", "continuing"), ("DP-1", "", "", "")]
    assert [share(total, rows)[0] for total in (40, 80, 200)] == [13, 13, 13]


def test_column_narrows_only_while_the_title_is_cut() -> None:
    rows = [("DP-07", LONG_TITLE, "Mohammed Mehmet", "continuing")]
    lead = {"least": 8}
    assert share(60, rows, lead=lead) == [5, 31, 8, 10]
    assert share(80, rows, lead=lead) == [5, 45, 14, 10]
    assert share(200, rows, lead=lead) == [5, len(LONG_TITLE), 15, 10]


def test_a_column_that_is_cut_takes_room_that_a_long_title_can_spare() -> None:
    rows = [("DP-07", LONG_TITLE * 3, "Association of Chief Police Officers", "continuing")]
    assert share(140, rows) == [5, 140 - 5 - 36 - 10 - 6, 36, 10]
    assert share(116, rows) == [5, SPARING_WIDTH, 17, 10]
    assert share(100, rows) == [5, 65, 14, 10]
    assert share(80, rows) == [5, 45, 14, 10]


def test_optional_column_is_left_out_where_the_title_is_cut() -> None:
    rows = [("DP-07", LONG_TITLE, "AHTC", "continuing")]
    assert share(50, rows, due={"optional": True}) == [5, 50 - 5 - 4 - 4, 4, None]
    assert share(50, [("DP-07", "Short", "AHTC", "continuing")], due={"optional": True}) == [5, 25, 4, 10]


def test_column_without_any_text_is_left_out_until_a_row_has_some() -> None:
    columns: list[Column[Cells]] = [Column("Time", 5, lambda row: row[0]), Column("Title", None, lambda row: row[1])]
    widths = ColumnWidths(columns)
    assert [width for _column, width in widths.share_width(40)] == [5, 33]
    assert widths.measure_rows([("", "Leadership Group")])
    assert [column.title for column, _width in widths.share_width(40)] == ["Title"]
    assert widths.measure_rows([("10:00", "Forum")])
    assert [width for _column, width in widths.share_width(40)] == [5, 33]
    assert not widths.measure_rows([("14:00", "Forum")])


def test_short_flexible_column_leaves_its_share_to_the_long_one() -> None:
    columns: list[Column[Cells]] = [Column("", None, lambda row: row[0]), Column("", None, lambda row: row[1])]
    widths = ColumnWidths(columns)
    widths.measure_rows([(LONG_TITLE, "Home Office")])
    assert [width for _column, width in widths.share_width(62)] == [49, 11]
    assert [width for _column, width in widths.share_width(102)] == [len(LONG_TITLE), 11]


def test_text_that_wraps_takes_the_whole_width_whatever_its_length() -> None:
    columns: list[Column[Cells]] = [
        Column("", None, lambda row: row[0], takes_all=True),
        Column("", 8, lambda row: row[1]),
    ]
    widths = ColumnWidths(columns)
    widths.measure_rows([("agree dates", "LG-01/01")])
    assert [width for _column, width in widths.share_width(190)] == [180, 8]
