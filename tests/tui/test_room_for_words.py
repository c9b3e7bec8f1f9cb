"""Lists show the words of their records whole, at the sizes at which people work."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.services.contacts.service import list_parties
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets.column_widths import GAP, Column, ColumnWidths
from tests.journeys.hands import list_rows, open_desk, read_rows

SIZES = [(80, 24), (100, 30), (120, 40), (160, 50)]
MOST_CUT = 3


@pytest.mark.parametrize("keys", [("2",), ("3", ".", "t", "v")], ids=["actions", "timeline"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_at_most_three_titles_of_28_open_actions_are_cut(
    wales: Workspace, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    cut: dict[str, str] = {}
    async with open_desk(wales, size) as desk:
        await desk.press_keys(*keys)
        pane = desk.screen.list_pane
        records = [row[1] if isinstance(row, tuple) else row for row in list_rows(pane)]
        titles = {record.ref: getattr(record, "signed_title", "") or record.shown_title for record in records}
        while True:
            for text in read_rows(pane):
                ref = next((ref for ref in titles if ref in text), "")
                if ref and "…" in text and titles[ref] not in " ".join(text.split()):
                    cut[ref] = text
            if pane.scroll_offset.y >= pane.max_scroll_y:
                break
            await desk.press_keys("pagedown")
    assert len(titles) == 28
    assert len(cut) <= MOST_CUT, cut


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_email_addresses_are_whole(wales: Workspace, size: tuple[int, int]) -> None:
    addresses = {row.email for row in list_parties(wales, "", tuple(PartyKind)) if row.email}
    async with open_desk(wales, size) as desk:
        await desk.press_keys("6")
        texts: list[str] = []
        pane = desk.screen.list_pane
        await desk.press_keys("home")
        for _page in range(12):
            texts += read_rows(pane)
            await desk.press_keys("pagedown")
    shown = {word for text in texts for word in text.split() if "@" in word}
    assert shown <= addresses
    assert "north-wales-coordinator@example.invalid" in shown


def test_a_title_begins_in_the_place_of_a_reference_that_its_row_does_not_have() -> None:
    columns: list[Column[tuple[str, str]]] = [
        Column("", 6, lambda row: row[0], grows=True, joins_next=True),
        Column("", None, lambda row: row[1]),
    ]
    rows = [("DP-07", "Review"), ("", "Leadership Group")]
    widths = ColumnWidths(columns)
    widths.measure_rows(rows)
    shares = widths.share_width(40)
    title = shares[1][1]
    assert [[width for _column, width in widths.place_cells(row, shares)] for row in rows] == [
        [5, title],
        [5 + GAP + title],
    ]


def test_one_long_reference_takes_cells_of_the_title_in_its_own_row_alone() -> None:
    columns: list[Column[tuple[str, str]]] = [
        Column("Ref", 6, lambda row: row[0], grows=True),
        Column("Action", None, lambda row: row[1]),
    ]
    rows = [(f"DP-{number:02}", "Review the services in all areas") for number in range(9)] + [
        ("LG-2013-03/01", "Send the dates of the courses")
    ]
    widths = ColumnWidths(columns)
    widths.measure_rows(rows)
    shares = widths.share_width(40)
    (_ref, usual), (_action, title) = shares
    assert usual < 13
    assert [[width for _column, width in widths.place_cells(row, shares)] for row in (rows[0], rows[-1])] == [
        [usual, title],
        [13, title - (13 - usual)],
    ]
    widths.clear()
    widths.measure_rows(rows[-1:])
    assert widths.share_width(40)[0][1] == 13, "most references of this list are long"


def test_a_text_at_the_right_takes_the_cells_that_the_title_leaves_in_its_line() -> None:
    columns: list[Column[tuple[str, str]]] = [
        Column("Action", None, lambda row: row[0]),
        Column("Lead", 8, lambda row: row[1], "right"),
    ]
    rows = [("Review", "Wrexham County Council"), ("Review the services in each area", "Wrexham County Council")]
    widths = ColumnWidths(columns)
    widths.measure_rows(rows)
    shares = widths.share_width(40)
    short, long = (widths.list_line_cells(row, shares, 0) for row in rows)
    assert [cell.width for cell in short] == [40 - GAP - len(rows[0][1]), len(rows[0][1])]
    assert [cell.width for cell in long] == [width for _column, width in shares]
