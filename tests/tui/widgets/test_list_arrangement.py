"""Order, columns and marks of a list, set by keys."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource, Span
from tests.journeys.hands import list_rows
from tests.tui.conftest import OpenDesk


async def sort_texts(*texts: str, descending: bool = False) -> list[str]:
    source: ListSource[str] = ListSource(texts).sort_rows(str, descending=descending)
    return [str(line) for line in await source.read_page(Span(100))]


async def test_numbers_in_texts_sort_by_value_and_empty_texts_last_both_ways() -> None:
    texts = ("item 10", "–", "Item 9", "item 1")
    assert await sort_texts(*texts) == ["item 1", "Item 9", "item 10", "–"]
    assert await sort_texts(*texts, descending=True) == ["item 10", "Item 9", "item 1", "–"]


async def test_rows_sort_below_their_own_heading_and_back_to_the_usual_order() -> None:
    usual: ListSource[str] = ListSource([HeadingLine("A"), "b", "a", HeadingLine("B"), "d", "c"])
    lines = await usual.sort_rows(str, descending=False).read_page(Span(10))
    assert lines == (HeadingLine("A"), "a", "b", HeadingLine("B"), "c", "d")
    assert usual.sort_rows(str, descending=True).unsorted is usual


async def test_dates_sort_by_their_latest_day() -> None:
    days = {"late": DateAsKnown(date(2014, 1, 31)), "soon": DateAsKnown(date(2013, 12, 1)), "none": None}
    rows: ListSource[str] = ListSource(days)
    assert await rows.sort_rows(days.get, descending=True).read_page(Span(9)) == ("late", "soon", "none")


def read_refs(desk: Any) -> list[str]:
    pane = desk.screen.list_pane
    return [desk.screen.ref_of(row) for row in list_rows(pane)]


@pytest.mark.sample(4)
@pytest.mark.parametrize(("mode", "column"), [("2", "title"), ("4", "title"), ("5", "name"), ("6", "name")])
async def test_every_list_sorts_by_a_chosen_column_both_ways_and_remembers_it(
    mode: str, column: str, busy: Workspace, wide: OpenDesk
) -> None:
    async with wide(busy) as desk:
        await desk.press_keys(mode)
        pane = desk.screen.list_pane
        usual = read_refs(desk)
        names = [named.sort for named in pane.list_named_columns()]
        first = names.index(pane.order[0]) if pane.order[0] in names else 0
        move = names.index(column) - first
        await desk.press_keys(".", "[", *(["down"] * move if move > 0 else ["up"] * -move), "enter")
        assert pane.order == (column, False)
        refs = read_refs(desk)
        assert sorted(refs) == sorted(usual)
        await desk.press_keys(".", "]")
        assert pane.order == (column, True)
        assert read_refs(desk)[0] == refs[-1]
        assert "↓" in desk.screen.filter_bar._status_text
        assert "↑" not in desk.screen.filter_bar._status_text
    async with wide(busy) as desk:
        await desk.press_keys(mode)
        assert desk.screen.list_pane.order == (column, True)


async def test_hidden_column_leaves_the_list_and_stays_hidden(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        await desk.press_keys("5")
        assert "Seats" in desk.screen.list_pane.render_line(0).text
        await desk.press_keys(".", "\\", "down", "down", "down", "enter", "escape")
        assert "Seats" not in desk.screen.list_pane.render_line(0).text
    async with wide(busy) as desk:
        await desk.press_keys("5")
        assert "Seats" not in desk.screen.list_pane.render_line(0).text


async def test_keys_mark_all_rows_the_others_and_a_range(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("2")
        pane = desk.screen.list_pane
        await desk.press_keys(".", "*")
        assert len(pane.marked) == pane.record_count == len(desk.screen._refs)
        await desk.press_keys(".", "*")
        assert not pane.marked
        await desk.press_keys("space", "down", "down", "down", ".", "_")
        assert len(pane.marked) == len(desk.screen._refs) == 4
        await desk.press_keys(".", "!")
        assert len(pane.marked) == len(desk.screen._refs) == pane.record_count - 4


async def test_list_with_an_order_of_its_own_says_so(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("8", ".", "[")
        assert list(desk.app.message_log)[-1].text == "The order and columns of this list are fixed."
