"""Text of people stays text."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from ahtc_tui.tui.widgets.plain import Plain, PlainLabel, cell, safe

NAUGHTY = ["[/x]", "[Bawso]", "[@click=app.quit]x[/]", "[b]bold", "[/]"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x00b\x9bc\rd", "abcd"),
        ("left\u202eright\u2066", "left�right�"),
        ("mark\u200f\u061c", "mark��"),
        ("broken \ud83d half", "broken � half"),
        ("two\nlines\tkept", "two\nlines\tkept"),
        ("Siân Ŵyn", "Siân Ŵyn"),
    ],
)
def test_nothing_that_the_terminal_obeys_gets_through(typed: str, shown: str) -> None:
    assert safe(typed) == shown


@pytest.mark.parametrize(
    "text", ["short", "a very long title indeed", "日本語の長い題名です", "Ŵ" * 30, "e\u0301" * 12, ""]
)
@pytest.mark.parametrize("width", [1, 2, 7, 10])
def test_a_cell_is_as_wide_as_asked_whatever_the_letters(text: str, width: int) -> None:
    for align in ("left", "right", "center"):
        assert cell_len(cell(text, width, align)) == width


def test_a_cut_cell_ends_in_an_ellipsis_and_numbers_stand_right() -> None:
    assert cell("Promote the Anglesey model", 12) == "Promote the…"
    assert cell("28 d", 8, "right") == "    28 d"
    assert cell("two\nlines", 12) == "two lines   "


async def test_markup_in_a_name_is_shown_as_it_was_typed() -> None:
    class Names(App[None]):
        def compose(self) -> ComposeResult:
            for text in NAUGHTY:
                yield Plain(text)
                yield PlainLabel(text)
            yield Plain(id="later")

    app = Names()
    async with app.run_test() as pilot:
        app.query_one("#later", Plain).update("[/later]\u202e")
        await pilot.pause()
        shown = [widget.visual.plain for widget in app.query(Plain)]  # type: ignore[attr-defined]
        assert shown == [*NAUGHTY, "[/later]�"]
        assert [label.visual.plain for label in app.query(PlainLabel)] == NAUGHTY  # type: ignore[attr-defined]
