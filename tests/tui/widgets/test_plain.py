"""User text is shown literally."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from ahtc_tui.tui.widgets.plain import Plain, PlainLabel, fit_cell, sanitize_text

HOSTILE_NAMES = ["[/x]", "[Bawso]", "[@click=app.quit]x[/]", "[b]bold", "[/]"]


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
def test_control_characters_are_removed(typed: str, shown: str) -> None:
    assert sanitize_text(typed) == shown


@pytest.mark.parametrize(
    "text", ["short", "a very long title indeed", "日本語の長い題名です", "Ŵ" * 30, "e\u0301" * 12, ""]
)
@pytest.mark.parametrize("width", [1, 2, 7, 10])
def test_fit_cell_returns_requested_width(text: str, width: int) -> None:
    for align in ("left", "right", "center"):
        assert cell_len(fit_cell(text, width, align)) == width


def test_fit_cell_cuts_and_aligns() -> None:
    assert fit_cell("Promote the Anglesey model", 12) == "Promote the…"
    assert fit_cell("28 d", 8, "right") == "    28 d"
    assert fit_cell("two\nlines", 12) == "two lines   "


async def test_plain_widgets_show_markup_literally() -> None:
    class Names(App[None]):
        def compose(self) -> ComposeResult:
            for text in HOSTILE_NAMES:
                yield Plain(text)
                yield PlainLabel(text)
            yield Plain(id="later")

    app = Names()
    async with app.run_test() as pilot:
        app.query_one("#later", Plain).update("[/later]\u202e")
        await pilot.pause()
        shown = [widget.visual.plain for widget in app.query(Plain)]  # type: ignore[attr-defined]
        assert shown == [*HOSTILE_NAMES, "[/later]�"]
        assert [label.visual.plain for label in app.query(PlainLabel)] == HOSTILE_NAMES  # type: ignore[attr-defined]
