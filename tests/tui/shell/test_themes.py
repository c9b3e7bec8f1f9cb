"""Contrast of the themes, and when the style sheet is parsed for one."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.theme import Theme

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell.applied_settings import find_theme_faults
from ahtc_tui.tui.shell.themes import CONTRAST, DAY, SAFE, THEMES
from ahtc_tui.tui.widgets.detail_pane import Card
from tests.tui.conftest import OpenDesk

TEXTS = ("text-error", "text-warning", "text-success", "text-primary", "foreground-muted")


def compute_contrast(text: str, background: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""

    def luminance(color: str) -> float:
        channels = [part / 255 for part in Color.parse(color).rgb]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(text), luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("theme", "least"), [(CONTRAST, 7.0), (SAFE, 4.5)], ids=["contrast", "safe"])
def test_every_colour_of_text_has_contrast(theme: Theme, least: float, name: str) -> None:
    assert theme.background is not None
    assert compute_contrast(theme.variables[name], theme.background) >= least


def test_themes_have_different_names() -> None:
    assert len({theme.name for theme in THEMES}) == len(THEMES)


async def test_the_style_sheet_is_parsed_again_for_another_theme_alone(
    wales: Workspace, wide: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def note_parsing(stylesheet: Stylesheet) -> None:
        parsed.append(stylesheet)
        reparse(stylesheet)

    monkeypatch.setattr(Stylesheet, "reparse", note_parsing)
    async with wide(wales) as desk:
        await desk.press_keys("2")
        assert not parsed
        desk.app.theme = CONTRAST.name
        await desk.pilot.pause()
        assert len(parsed) == 1
        await desk.press_keys("1")
        assert CONTRAST.background is not None
        assert desk.screen.styles.background == Color.parse(CONTRAST.background)


async def test_an_open_palette_takes_the_colours_of_another_theme(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("ctrl+p")
        desk.app.theme = DAY.name
        await desk.pilot.pause()
        assert desk.screen.query_one("CommandInput").styles.color == Color.parse(str(DAY.foreground))


async def test_the_selected_command_of_the_palette_stands_out(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        desk.app.theme = CONTRAST.name
        await desk.press_keys("ctrl+p")
        selected = desk.screen.query_one("CommandList").get_component_styles("option-list--option-highlighted")
        assert selected.background == Color.parse(CONTRAST.variables["block-cursor-background"])


@pytest.mark.sample(2)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_a_focused_choice_stands_out_and_can_be_read(theme: Theme, wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        desk.app.theme = theme.name
        await desk.press_keys("6", "n")
        focused, other = (select.query_one("SelectCurrent") for select in list(desk.screen.query("Select"))[:2])
        assert desk.app.focused is focused.parent
        assert focused.styles.background != other.styles.background
        label = focused.query_one("#label")
        assert compute_contrast(label.colors[3].hex, label.background_colors[1].hex) >= 4.5


LEAST_BOUNDARY = 3.0
"""Contrast of the boundary of a control (WCAG 2.2, 1.4.11)."""


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_the_boundary_of_every_control_stands_out(theme: Theme, wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        desk.app.theme = theme.name
        await desk.press_keys("2")
        card, pane = desk.screen.query_one(Card), desk.screen.list_pane
        await desk.press_keys("n")
        fields = [*desk.screen.query(".form-cell Input, .form-cell SelectCurrent"), *desk.screen.query("TextArea")]
        assert len(fields) > 5
        for widget in (card, *fields):
            _kind, color = next(edge for edge in (widget.styles.border_left, widget.styles.border_top) if edge[0])
            for background in widget.background_colors:
                assert compute_contrast((background + color).hex6, background.hex6) >= LEAST_BOUNDARY
        bar = pane.styles.scrollbar_background + pane.styles.scrollbar_color
        assert compute_contrast(bar.hex6, pane.styles.scrollbar_background.hex6) >= LEAST_BOUNDARY


def test_a_theme_that_does_not_exist_is_a_fault() -> None:
    assert find_theme_faults("") == find_theme_faults(DAY.name) == find_theme_faults("nord") == []
    assert find_theme_faults("nrd") == ['no theme is called "nrd". Did you mean "nord"?']
