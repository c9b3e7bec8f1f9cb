"""The field for texts of several lines."""

from __future__ import annotations

from textual.app import App, ComposeResult

from ahtc_tui.tui.widgets.prose_field import ProseField


class FieldApp(App[None]):
    """One field of four lines."""

    def compose(self) -> ComposeResult:
        yield ProseField()


async def test_an_undo_after_which_the_scrollbar_goes_moves_the_cursor_to_a_line_that_is_left() -> None:
    async with FieldApp().run_test(size=(30, 6)) as pilot:
        field = pilot.app.query_one(ProseField)
        for _line in range(6):
            await pilot.press("enter")
        assert field.show_vertical_scrollbar
        for _line in range(6):
            await pilot.press("ctrl+z")
        assert field.cursor_location == (0, 0)
        assert field.text == ""
