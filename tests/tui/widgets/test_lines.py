"""The line of modes on top and the line of hints below: whole words at every width, and each can be clicked."""

from __future__ import annotations

from typing import ClassVar

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.keys.key import shown
from ahtc_tui.tui.widgets.detail_pane import Gap, Heading, Line, Title, _lines
from ahtc_tui.tui.widgets.hints import HELP, Hint, Hints, fitting
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.record_line import WIDE, Column, LinePainter
from tests.tui.conftest import Sitting

HINTS = (
    Hint("question_mark", "?", "help", HELP),
    Hint("n", "n", "new"),
    Hint("b", "b", "a long word"),
    Hint("enter", "enter", "open", 0),
    Hint("u", "u", "undo", 2),
)


class Field(Input):
    """An input with a way out that has two keys, of which one moves elsewhere in every input."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,down", "submit", "to the list", id="filter.keep")]


class Desk(App[None]):
    """Both lines and something to type into."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="noun.new"),
        Binding("o", "other", "a very long hint that no narrow line can hold", id="noun.other"),
        Binding("slash", "new", "filter", id="desk.filter"),
        Binding("backspace,escape", "back", "never hinted while it is off", id="desk.back"),
        Binding("question_mark,f1", "help", "help", id="desk.help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.did: list[str] = []

    def compose(self) -> ComposeResult:
        yield ModeBar("today")
        yield Field()
        yield Hints()

    def get_key_display(self, binding: Binding) -> str:
        return shown(binding.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "back"

    def action_new(self) -> None:
        self.did.append("new")

    def action_help(self) -> None:
        self.did.append("help")

    def action_other(self) -> None:
        self.did.append("other")

    def switch_mode(self, mode: str) -> None:  # type: ignore[override]
        self.did.append(mode)


def words(line: Widget) -> str:
    return str(line.render()).rstrip()


async def hints_are(pilot: Pilot[None], expected: str) -> None:
    """The line follows the keys a refresh later."""
    for _again in range(20):
        if expected in words(pilot.app.query_one(Hints)):
            break
        await pilot.pause()
    assert expected in words(pilot.app.query_one(Hints))


@pytest.mark.parametrize(
    ("width", "kept"),
    [(60, ["enter", "n", "b", "u", "?"]), (30, ["enter", "n", "?"]), (28, ["enter", "n", "?"]), (9, ["?"])],
)
def test_a_line_holds_whole_hints_the_way_to_the_keys_always_among_them(width: int, kept: list[str]) -> None:
    assert [hint.shown for hint in fitting(HINTS, width)] == kept


def test_a_short_hint_takes_the_place_of_a_long_one_that_does_not_fit() -> None:
    assert [hint.shown for hint in fitting(HINTS, 36)] == ["enter", "n", "u", "?"]


async def test_while_a_filter_is_typed_only_keys_that_still_do_something_are_hinted() -> None:
    async with Desk().run_test(size=(40, 5)) as pilot:
        await hints_are(pilot, " enter to the list  f1 help")
        pilot.app.screen.set_focus(None)
        await hints_are(pilot, " / filter  n new  ? help")
        await pilot.resize_terminal(80, 5)
        await hints_are(pilot, "a very long hint")


async def test_a_click_on_a_hint_presses_its_key_and_one_on_a_mode_goes_there() -> None:
    async with Desk().run_test(size=(80, 5)) as pilot:
        app = pilot.app
        app.screen.set_focus(None)
        await hints_are(pilot, "? help")
        for line in (app.query_one(Hints), app.query_one(ModeBar)):
            for word in ("new", "help", "Reports"):
                if word in words(line):
                    await pilot.click(line, offset=(words(line).index(word), 0))
                    await pilot.pause()
        assert app.did == ["new", "help", "reports"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [80, 100, 120, 200])
async def test_every_mode_and_the_marking_stand_on_the_line(width: int) -> None:
    async with Desk().run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        line = words(pilot.app.query_one(ModeBar))
        assert len(line) <= width
        assert all(name in line for name in ("Today", "Meetings", "Contacts", "Evidence", "Reports", "OFFICIAL"))


async def test_a_very_narrow_line_names_the_mode_that_is_shown() -> None:
    async with Desk().run_test(size=(50, 5)) as pilot:
        await pilot.pause()
        line = words(pilot.app.query_one(ModeBar))
        assert line.split() == ["1", "Today", "2", "3", "4", "5", "6", "7", "8", "OFFICIAL"]


async def test_the_way_back_is_hinted_where_there_is_one(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("2")
        assert "esc back" not in desk.text
        for away in ("space", "enter", "w"):
            await desk.press(away)
            assert "esc back" in desk.text, away
            await desk.press("escape", "escape")
            assert "esc back" not in desk.text, away
        await desk.press("/")
        await desk.type("train")
        await desk.press("enter")
        assert "esc back" in desk.text
        await desk.press("escape")
        assert "esc back" not in desk.text


def test_a_column_that_may_be_wide_is_so_where_the_list_has_room() -> None:
    columns = [Column("Who", 6, str, wide=20), Column("What", None, lambda _row: "")]
    painter = LinePainter(columns, lambda _name, *, on_cursor: Style())
    said = []
    for width in (80, WIDE):
        painter.fit(width)
        said.append(painter.row(0, "Mohammed Mehmet", on_cursor=False, marked=False).text[2:].strip())
    assert said == ["Moham…", "Mohammed Mehmet"]


def test_a_long_reference_stands_under_its_title() -> None:
    titles = [Title(ref, "Services review reports to the Minister") for ref in ("DP-07", "services-review-report")]
    assert [line.plain for line in _lines(titles, 40)] == [
        "DP-07  Services review reports to the",
        "       Minister",
        "Services review reports to the Minister",
        "services-review-report",
    ]


def test_two_gaps_are_one() -> None:
    assert [line.plain for line in _lines([Line("Forum"), Gap(), Gap(), Heading("SEATS")], 40)] == [
        "Forum",
        "",
        "SEATS",
    ]
