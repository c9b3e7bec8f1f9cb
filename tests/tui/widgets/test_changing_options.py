"""Options that change while they are shown."""

from __future__ import annotations

from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import Click

from ahtc_tui.tui.widgets.select import ChangingOptions


class OptionsApp(App[None]):
    chosen: str | None = None

    def compose(self) -> ComposeResult:
        yield ChangingOptions("Gwent", "Cardiff", "Powys")

    def on_option_list_option_selected(self, event: ChangingOptions.OptionSelected) -> None:
        self.chosen = str(event.option.prompt)


async def test_a_click_on_an_option_that_was_replaced_does_nothing() -> None:
    app = OptionsApp()
    async with app.run_test() as pilot:
        options = app.query_one(ChangingOptions)
        options.set_options(["Gwent"])
        for number in (2, 0):
            style = Style(meta={"option": number})
            options.post_message(Click(options, 1, number, 0, 0, 1, False, False, False, style=style))
            await pilot.pause()
            assert app.chosen == (None if number else "Gwent")
