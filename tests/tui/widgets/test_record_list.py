"""The list widget, driven by keys and clicks."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import MAX_PAGES, HeadingLine, ListSource, PageSource, SortKey, Span

ActionLine = tuple[int, str]


class NumberedSource:
    """Generated rows; records the spans that were read."""

    def __init__(self, size: int, title: str = "Action", missing: Sequence[int] = ()) -> None:
        self.size, self.title = size, title
        self.spans: list[Span] = []
        self.gate: asyncio.Event | None = None
        self.broken = False

    def key_of(self, row: ActionLine) -> SortKey:
        return (row[0],)

    async def count_rows(self) -> int:
        return self.size

    async def count_before(self, key: SortKey) -> int:
        return int(key[0])

    async def read_page(self, span: Span) -> list[ActionLine]:
        self.spans.append(span)
        if self.gate is not None:
            await self.gate.wait()
        if self.broken:
            raise StoreError("The database is locked by another program.")
        start = span.after[0] + 1 if span.after else span.offset or 0
        if span.from_end:
            start = max(0, self.size - span.limit)
        if span.before is not None:
            start = max(0, span.before[0] - span.limit)
        end = span.before[0] if span.before is not None else min(self.size, start + span.limit)
        return [(number, f"{self.title} {number}") for number in range(start, end)]


class ListApp(App[None]):
    """One list; records its messages."""

    def __init__(self, source: PageSource[Any], empty_text: str = "") -> None:
        super().__init__()
        self.source, self.empty_text = source, empty_text
        self.messages: list[RecordList.ListMessage] = []

    def compose(self) -> ComposeResult:
        columns: list[Column[Any]] = [
            Column("Ref", 8, lambda row: f"DP-{row[0]}", sort="ref"),
            Column("Action", None, lambda row: row[1]),
            Column("Due", 6, lambda row: "28 d", "right", lambda row: "late", optional=True),
        ]
        yield RecordList(columns, self.source, empty_text=self.empty_text, sort=("ref", False))

    def on_mount(self) -> None:
        self.list.focus()

    @property
    def list(self) -> RecordList[Any]:
        return self.query_one(RecordList)

    def on_record_list_highlighted(self, message: RecordList.Highlighted) -> None:
        self.messages.append(message)

    def on_record_list_opened(self, message: RecordList.Opened) -> None:
        self.messages.append(message)

    def on_record_list_marked(self, message: RecordList.Marked) -> None:
        self.messages.append(message)

    def on_record_list_sort_asked(self, message: RecordList.SortAsked) -> None:
        self.messages.append(message)

    def line(self, y: int) -> str:
        return self.list.render_line(y).text


async def wait_until_idle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def turn_pages(app: ListApp, screens: int) -> None:
    for _turn in range(abs(screens)):
        app.list.action_leaf(1 if screens > 0 else -1)
        await app.workers.wait_for_complete()


async def test_keys_move_through_100000_rows_without_offset_reads() -> None:
    source = NumberedSource(100_000)
    app = ListApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        assert app.line(1).startswith("▌ DP-0   Action 0")
        assert "Ref ↑" in app.line(0)
        for key, cursor in [("j", 1), ("down", 2), ("k", 1), ("up", 0), ("pagedown", 23), ("pageup", 0), ("up", 0)]:
            await pilot.press(key)
            assert app.list.cursor == cursor, key
        await pilot.press("G")
        await wait_until_idle(pilot)
        assert app.list.highlighted == (99_999, "Action 99999")
        assert source.spans[-1].from_end or source.spans[-1].before
        await turn_pages(app, -30)
        assert app.list.highlighted is not None
        assert app.list.highlighted[0] == 99_999 - 30 * 23
        await pilot.press("g")
        await wait_until_idle(pilot)
        assert app.list.highlighted == (0, "Action 0")
        assert all(span.offset is None for span in source.spans)


async def test_page_cache_is_limited_and_jump_reads_by_offset() -> None:
    source = NumberedSource(100_000)
    app = ListApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        await turn_pages(app, 120)
        assert app.list.cursor == 120 * 23
        assert len(app.list._pages.held) <= MAX_PAGES
        app.list.scroll_to(y=50_000)
        await wait_until_idle(pilot)
        assert app.list.highlighted == (50_000, "Action 50000")
        assert any(span.offset for span in source.spans)


async def test_old_lines_stay_until_new_source_answers() -> None:
    slow = NumberedSource(300, "New")
    app = ListApp(NumberedSource(300))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        slow.gate = asyncio.Event()
        app.list.show(slow)
        await pilot.pause()
        assert "Action 0" in app.line(1)
        slow.gate.set()
        await wait_until_idle(pilot)
        assert "New 0" in app.line(1)
        slow.gate.clear()
        await pilot.press("end")
        await pilot.pause()
        assert app.line(23).strip() == "▌ ·"
        slow.gate.set()
        await wait_until_idle(pilot)
        assert "New 299" in app.line(23)


async def test_old_columns_stay_with_old_lines_until_new_source_answers() -> None:
    slow = NumberedSource(3, "New")
    slow.gate = asyncio.Event()
    app = ListApp(ListSource([("DP-1", "Agree the terms"), ("DP-2", "Publish the minutes")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        app.list.update_rows(slow, columns=[Column("Twice", None, lambda row: f"{row[0] + row[0]} {row[1]}")])
        app.list.update_rows(slow)
        await pilot.pause()
        app.list.notify_style_update()
        assert (app.line(0).split()[0], app.line(1).split()[1:3]) == ("Ref", ["DP-DP-1", "Agree"])
        slow.gate.set()
        await wait_until_idle(pilot)
        assert (app.line(0).split()[0], app.line(3).strip()) == ("Twice", "4 New 2")


@pytest.mark.sample(3)
@pytest.mark.parametrize("seed", range(6))
async def test_lines_drawn_after_changes_are_those_of_a_full_drawing(seed: int) -> None:
    chance = random.Random(seed)
    app = ListApp(NumberedSource(300))
    async with app.run_test(size=(60, 16)) as pilot:
        await wait_until_idle(pilot)
        for _change in range(12):
            source: PageSource[Any] = NumberedSource(
                chance.choice((0, 3, 40, 300)), chance.choice(("Action", "Ŵyr 日"))
            )
            if chance.random() < 0.3:
                source = ListSource([HeadingLine("LATE"), (1, "Action 1"), HeadingLine(), (2, "Action 2")])
            chance.choice((app.list.show, app.list.update_rows))(source)
            await pilot.press(*chance.choices(("j", "pagedown", "G", "space", "k", "g"), k=3))
            await wait_until_idle(pilot)
            drawn = app.screen._compositor.render_strips()
            app.screen.refresh()
            for widget in app.screen.walk_children():
                widget.refresh()
            await pilot.pause()
            assert app.screen._compositor.render_strips() == drawn


async def test_rows_that_stay_the_same_are_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = ListApp(NumberedSource(300))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        drawn: list[int] = []
        monkeypatch.setattr(app.list, "redraw_lines", drawn.extend)
        app.list.show(NumberedSource(400))
        await wait_until_idle(pilot)
        assert drawn == []
        app.list.show(NumberedSource(400, "New"))
        await wait_until_idle(pilot)
        assert drawn == list(range(1, 24))


async def test_marks_and_cursor_survive_reload() -> None:
    source = NumberedSource(1_000)
    app = ListApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        await pilot.press("j", "space", "j", "j", "space")
        source.title = "Renamed"
        app.list.update_rows(source)
        await wait_until_idle(pilot)
        assert app.list.marked == {1, 3}
        assert app.list.highlighted == (3, "Renamed 3")
        assert app.line(2).startswith(" *DP-1   Renamed 1")
        await pilot.press("space")
        assert app.list.marked == {1}
        await turn_pages(app, 20)
        place, top = app.list.cursor, app.list.scroll_offset.y
        app.list.update_rows(source)
        await wait_until_idle(pilot)
        assert (app.list.cursor, app.list.scroll_offset.y) == (place, top)
        assert app.list.highlighted == (place, f"Renamed {place}")


async def test_cursor_skips_headings() -> None:
    lines: list[ActionLine | HeadingLine] = [
        HeadingLine("LATE  1", "chase with c"),
        (1, "one"),
        HeadingLine(),
        HeadingLine("NEXT"),
        (2, "two"),
    ]
    app = ListApp(ListSource[ActionLine](lines))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        assert app.list.highlighted == (1, "one")
        assert "LATE  1" in app.line(1)
        assert app.line(1).rstrip().endswith("chase with c")
        await pilot.press("down")
        assert app.list.highlighted == (2, "two")
        await pilot.press("down", "up")
        assert app.list.highlighted == (1, "one")
        await pilot.press("up")
        assert app.list.highlighted == (1, "one")
        await pilot.click(RecordList, offset=(4, 4))
        assert app.list.highlighted == (1, "one")


async def test_enter_and_double_click_open_and_title_click_sorts() -> None:
    app = ListApp(NumberedSource(50))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        await pilot.press("j", "enter")
        await pilot.click(RecordList, offset=(10, 4), times=2)
        await pilot.click(RecordList, offset=(3, 0))
        await pilot.pause()
        opened = [message.row for message in app.messages if isinstance(message, RecordList.Opened)]
        assert opened == [(1, "Action 1"), (3, "Action 3")]
        assert [message.sort for message in app.messages if isinstance(message, RecordList.SortAsked)] == ["ref"]


async def test_hostile_title_is_shown_as_text() -> None:
    titles = ["[/x]", "[@click=app.quit]x[/]", "\x1b]0;owned\x07\x1b[2J", "abc\u202edef", "two\nlines"]
    app = ListApp(ListSource[ActionLine](enumerate(titles)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        assert [app.line(y)[9:40].strip() for y in range(1, 6)] == [
            "[/x]",
            "[@click=app.quit]x[/]",
            "]0;owned[2J",
            "abc�def",
            "two lines",
        ]


async def test_empty_text_and_read_error_are_shown() -> None:
    app = ListApp(ListSource[ActionLine](()), "No action matches. esc clears the filter.")
    async with app.run_test(size=(50, 24), notifications=True) as pilot:
        await wait_until_idle(pilot)
        assert any("No action matches. esc clears the filter." in app.line(y) for y in range(24))
        assert [message.row for message in app.messages if isinstance(message, RecordList.Highlighted)] == [None]
        await pilot.press("j", "G", "enter", "space", "pageup")
        assert app.list.check_action("open", ()) is False, "no hint for a key without effect"
        broken = NumberedSource(10)
        broken.broken = True
        app.list.show(broken)
        await wait_until_idle(pilot)
        assert [toast.message for toast in app._notifications] == ["The database is locked by another program."]
