"""The list under the hands of a person."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import MOST_PAGES, HeadingLine, Key, ListSource, PageSource, Span

ActionLine = tuple[int, str]


class Numbered:
    """Rows made on demand, which remembers what it was asked."""

    def __init__(self, size: int, title: str = "Action", missing: Sequence[int] = ()) -> None:
        self.size, self.title = size, title
        self.asked: list[Span] = []
        self.gate: asyncio.Event | None = None
        self.broken = False

    def key_of(self, row: ActionLine) -> Key:
        return (row[0],)

    async def count(self) -> int:
        return self.size

    async def rank(self, key: Key) -> int:
        return int(key[0])

    async def page(self, span: Span) -> list[ActionLine]:
        self.asked.append(span)
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


class Desk(App[None]):
    """One list, and what it said."""

    def __init__(self, source: PageSource[Any], empty_text: str = "") -> None:
        super().__init__()
        self.source, self.empty_text = source, empty_text
        self.said: list[RecordList.ListMessage] = []

    def compose(self) -> ComposeResult:
        columns: list[Column[Any]] = [
            Column("Ref", 8, lambda row: f"DP-{row[0]}", sort="ref"),
            Column("Action", None, lambda row: row[1]),
            Column("Due", 6, lambda row: "28 d", "right", lambda row: "late", hide_below=60),
        ]
        yield RecordList(columns, self.source, empty_text=self.empty_text, sort=("ref", False))

    def on_mount(self) -> None:
        self.list.focus()

    @property
    def list(self) -> RecordList[Any]:
        return self.query_one(RecordList)

    def on_record_list_highlighted(self, message: RecordList.Highlighted) -> None:
        self.said.append(message)

    def on_record_list_opened(self, message: RecordList.Opened) -> None:
        self.said.append(message)

    def on_record_list_marked(self, message: RecordList.Marked) -> None:
        self.said.append(message)

    def on_record_list_sort_asked(self, message: RecordList.SortAsked) -> None:
        self.said.append(message)

    def line(self, y: int) -> str:
        return self.list.render_line(y).text


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def leaf(app: Desk, screens: int) -> None:
    for _turn in range(abs(screens)):
        app.list.action_leaf(1 if screens > 0 else -1)
        await app.workers.wait_for_complete()


async def test_the_keys_move_through_a_hundred_thousand_rows_without_a_deep_offset() -> None:
    source = Numbered(100_000)
    app = Desk(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.line(1).startswith("▌ DP-0      Action 0")
        assert "Ref ↑" in app.line(0)
        for key, cursor in [("j", 1), ("down", 2), ("k", 1), ("up", 0), ("pagedown", 23), ("pageup", 0), ("up", 0)]:
            await pilot.press(key)
            assert app.list.cursor == cursor, key
        await pilot.press("G")
        await settled(pilot)
        assert app.list.highlighted == (99_999, "Action 99999")
        assert source.asked[-1].from_end or source.asked[-1].before
        await leaf(app, -30)
        assert app.list.highlighted is not None
        assert app.list.highlighted[0] == 99_999 - 30 * 23
        await pilot.press("g")
        await settled(pilot)
        assert app.list.highlighted == (0, "Action 0")
        assert all(span.offset is None for span in source.asked)


async def test_at_most_sixteen_pages_are_kept_and_a_jump_to_the_middle_lands() -> None:
    source = Numbered(100_000)
    app = Desk(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await leaf(app, 120)
        assert app.list.cursor == 120 * 23
        assert len(app.list._pages.held) <= MOST_PAGES
        app.list.scroll_to(y=50_000)
        await settled(pilot)
        assert app.list.highlighted == (50_000, "Action 50000")
        assert any(span.offset for span in source.asked)


async def test_lines_on_their_way_are_calm_and_the_old_ones_stay_until_the_new_are_there() -> None:
    slow = Numbered(300, "New")
    app = Desk(Numbered(300))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        slow.gate = asyncio.Event()
        app.list.show(slow)
        await pilot.pause()
        assert "Action 0" in app.line(1)
        slow.gate.set()
        await settled(pilot)
        assert "New 0" in app.line(1)
        slow.gate.clear()
        await pilot.press("end")
        await pilot.pause()
        assert app.line(23).strip() == "▌ ·"
        slow.gate.set()
        await settled(pilot)
        assert "New 299" in app.line(23)


async def test_marks_and_the_cursor_survive_a_reload() -> None:
    source = Numbered(1_000)
    app = Desk(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("j", "space", "j", "j", "space")
        source.title = "Renamed"
        app.list.reload()
        await settled(pilot)
        assert app.list.marked == {1, 3}
        assert app.list.highlighted == (3, "Renamed 3")
        assert app.line(2).startswith(" *DP-1      Renamed 1")
        await pilot.press("space")
        assert app.list.marked == {1}
        await leaf(app, 20)
        place, top = app.list.cursor, app.list.scroll_offset.y
        app.list.reload()
        await settled(pilot)
        assert (app.list.cursor, app.list.scroll_offset.y) == (place, top)
        assert app.list.highlighted == (place, f"Renamed {place}")


async def test_the_cursor_passes_over_headings() -> None:
    lines: list[ActionLine | HeadingLine] = [
        HeadingLine("LATE  1", "chase with c"),
        (1, "one"),
        HeadingLine(),
        HeadingLine("NEXT"),
        (2, "two"),
    ]
    app = Desk(ListSource[ActionLine](lines))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
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


async def test_enter_and_a_second_click_open_and_a_title_asks_for_its_order() -> None:
    app = Desk(Numbered(50))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("j", "enter")
        await pilot.click(RecordList, offset=(10, 4), times=2)
        await pilot.click(RecordList, offset=(3, 0))
        await pilot.pause()
        opened = [message.row for message in app.said if isinstance(message, RecordList.Opened)]
        assert opened == [(1, "Action 1"), (3, "Action 3")]
        assert [message.sort for message in app.said if isinstance(message, RecordList.SortAsked)] == ["ref"]


async def test_a_naughty_title_is_shown_as_text_and_nothing_reaches_the_terminal() -> None:
    titles = ["[/x]", "[@click=app.quit]x[/]", "\x1b]0;owned\x07\x1b[2J", "abc\u202edef", "two\nlines"]
    app = Desk(ListSource[ActionLine](enumerate(titles)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert [app.line(y)[12:40].strip() for y in range(1, 6)] == [
            "[/x]",
            "[@click=app.quit]x[/]",
            "]0;owned[2J",
            "abc�def",
            "two lines",
        ]


async def test_an_empty_list_says_so_and_a_failed_read_is_told() -> None:
    app = Desk(ListSource[ActionLine](()), "No action matches. esc clears the filter.")
    async with app.run_test(size=(50, 24), notifications=True) as pilot:
        await settled(pilot)
        assert any("No action matches. esc clears the filter." in app.line(y) for y in range(24))
        assert [message.row for message in app.said if isinstance(message, RecordList.Highlighted)] == [None]
        await pilot.press("j", "G", "enter", "space", "pageup")
        assert app.list.check_action("open", ()) is False, "a hint that opens nothing"
        broken = Numbered(10)
        broken.broken = True
        app.list.show(broken)
        await settled(pilot)
        assert [toast.message for toast in app._notifications] == ["The database is locked by another program."]
