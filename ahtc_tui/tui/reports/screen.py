"""The mode Reports: what is written today, and the one line about what comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.widgets import Footer

from ahtc_tui.domain.words import _
from ahtc_tui.tui.base import DeskScreen
from ahtc_tui.tui.widgets.card import Card, Gap, Heading, Para, Section
from ahtc_tui.tui.widgets.mode_bar import ModeBar


def sections() -> Iterator[Section]:
    """The page."""
    yield Heading(_("REPORTS"))
    yield Gap()
    yield Para(_("x in Actions writes the list that stands there as an Excel action log into the exports folder."))
    yield Para(_("On the command line: ahtc export actions OUT.xlsx and ahtc export invites OUT.ics."))
    yield Gap()
    yield Para(_("The brief, the committee paper and the dashboard will stand here."), muted=True)


class ReportsScreen(DeskScreen):
    """One page of words."""

    noun = "reports"
    AUTO_FOCUS = "Card"

    def compose(self) -> ComposeResult:
        """Modes, the page, hints."""
        yield ModeBar(self.noun)
        yield Card(sections(), id="page")
        yield Footer(show_command_palette=False, compact=True)

    def reload(self) -> Any:
        """Nothing here comes from the database."""

    def on_screen_resume(self) -> None:
        """Nothing to read."""

    def action_copy_ref(self) -> None:
        """There is no record here."""
