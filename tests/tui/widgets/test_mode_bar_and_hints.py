"""The mode bar and the line of hints."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.keys.key import format_key
from ahtc_tui.tui.widgets.detail_pane import Gap, Heading, Line, Title, _render_lines
from ahtc_tui.tui.widgets.hints import HELP_RANK, Hint, Hints, fit_hints, rank_binding
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from tests.tui.conftest import OpenDesk

HINTS = (
    Hint("question_mark", "?", "help", HELP_RANK),
    Hint("n", "n", "new"),
    Hint("b", "b", "a long word"),
    Hint("enter", "enter", "open", 0),
    Hint("u", "u", "undo", 2),
)


class Field(Input):
    """An input with two keys for one command, of which one is an editing key of every input."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,down", "submit", "to the list", id="filter.keep")]


class Desk(App[None]):
    """Mode bar, input and hints."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="noun.new"),
        Binding("o", "other", "a very long hint that no narrow line can hold", id="noun.other"),
        Binding("slash", "new", "filter", id="desk.filter"),
        Binding("backspace,escape", "back", "never hinted while it is off", id="desk.back"),
        Binding("question_mark,f1", "help", "help", id="desk.help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.actions_run: list[str] = []

    def compose(self) -> ComposeResult:
        yield ModeBar("today")
        yield Field()
        yield Hints()

    def get_key_display(self, binding: Binding) -> str:
        return format_key(binding.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "back"

    def action_new(self) -> None:
        self.actions_run.append("new")

    def action_help(self) -> None:
        self.actions_run.append("help")

    def action_other(self) -> None:
        self.actions_run.append("other")

    def switch_mode(self, mode: str) -> None:  # type: ignore[override]
        self.actions_run.append(mode)


def read_text(line: Widget) -> str:
    return str(line.render()).rstrip()


async def wait_for_hints(pilot: Pilot[None], expected: str) -> None:
    """Wait until the hints contain the text; they follow the bindings one refresh later."""
    for _round in range(20):
        if expected in read_text(pilot.app.query_one(Hints)):
            break
        await pilot.pause()
    assert expected in read_text(pilot.app.query_one(Hints))


@pytest.mark.parametrize(
    ("width", "kept"),
    [(60, ["enter", "n", "b", "u", "?"]), (30, ["enter", "n", "?"]), (28, ["enter", "n", "?"]), (9, ["?"])],
)
def test_fit_hints_keeps_whole_hints_and_help(width: int, kept: list[str]) -> None:
    assert [hint.key_label for hint in fit_hints(HINTS, width)] == kept


def test_the_key_that_saves_a_proposal_is_always_shown() -> None:
    rank = rank_binding(Binding("y", "apply", "save all", id="plan.apply"), "y", is_focused=False)
    assert [hint.key_label for hint in fit_hints((*HINTS, Hint("y", "y", "save all", rank)), 34)] == ["enter", "y", "?"]


def test_short_hint_replaces_long_hint() -> None:
    assert [hint.key_label for hint in fit_hints(HINTS, 36)] == ["enter", "n", "u", "?"]


async def test_hints_in_filter_show_only_active_keys() -> None:
    async with Desk().run_test(size=(40, 5)) as pilot:
        await wait_for_hints(pilot, " enter to the list  f1 help")
        pilot.app.screen.set_focus(None)
        await wait_for_hints(pilot, " / filter  n new  ? help")
        await pilot.resize_terminal(80, 5)
        await wait_for_hints(pilot, "a very long hint")


async def test_a_click_on_a_hint_or_a_mode_runs_its_command() -> None:
    async with Desk().run_test(size=(80, 5)) as pilot:
        app = pilot.app
        app.screen.set_focus(None)
        await wait_for_hints(pilot, "? help")
        for line in (app.query_one(Hints), app.query_one(ModeBar)):
            for word in ("new", "help", "Reports"):
                if word in read_text(line):
                    await pilot.click(line, offset=(read_text(line).index(word), 0))
                    await pilot.pause()
        assert app.actions_run == ["new", "help", "reports"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [80, 100, 120, 200])
async def test_mode_bar_shows_all_modes_and_marking(width: int) -> None:
    async with Desk().run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        line = read_text(pilot.app.query_one(ModeBar))
        assert len(line) <= width
        assert all(name in line for name in ("Today", "Meetings", "Contacts", "Evidence", "Reports", "OFFICIAL"))


@pytest.mark.parametrize(("width", "on_bar"), [(80, False), (110, True)])
async def test_welsh_mode_bar_shows_all_modes_and_the_screen_its_marking(width: int, *, on_bar: bool) -> None:
    with use_language(Language.CY):
        async with Desk().run_test(size=(width, 5)) as pilot:
            await wait_for_hints(pilot, "cymorth")
            bar, hints = read_text(pilot.app.query_one(ModeBar)), read_text(pilot.app.query_one(Hints))
    names = ("Heddiw", "Camau", "Cynllun", "Cyfarfodydd", "Grwpiau", "Cysylltiadau", "Tystiolaeth", "8Adrodd")
    assert all(name in bar for name in names)
    assert ("SWYDDOGOL" in bar, hints.endswith(" SWYDDOGOL")) == (on_bar, not on_bar)
    assert max(len(bar), len(hints)) <= width


async def test_narrow_mode_bar_names_only_active_mode() -> None:
    async with Desk().run_test(size=(50, 5)) as pilot:
        await pilot.pause()
        line = read_text(pilot.app.query_one(ModeBar))
        assert line.split() == ["1", "Today", "2", "3", "4", "5", "6", "7", "8", "OFFICIAL"]


async def test_back_hint_is_shown_only_where_possible(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2")
        assert "esc back" not in desk.text
        for away in (("space",), ("enter",), (".", "w")):
            await desk.press_keys(*away)
            assert "esc back" in desk.text, away
            await desk.press_keys("escape", "escape")
            assert "esc back" not in desk.text, away
        await desk.press_keys("/")
        await desk.type_text("train")
        await desk.press_keys("enter")
        assert "esc back" in desk.text
        await desk.press_keys("escape")
        assert "esc back" not in desk.text


def test_long_reference_is_shown_under_title() -> None:
    titles = [Title(ref, "Services review reports to the Minister") for ref in ("DP-07", "services-review-report")]
    assert [line.plain for line in _render_lines(titles, 40)] == [
        "DP-07  Services review reports to the",
        "       Minister",
        "Services review reports to the Minister",
        "services-review-report",
    ]


def test_repeated_gaps_are_merged() -> None:
    assert [line.plain for line in _render_lines([Line("Forum"), Gap(), Gap(), Heading("SEATS")], 40)] == [
        "Forum",
        "",
        "SEATS",
    ]
