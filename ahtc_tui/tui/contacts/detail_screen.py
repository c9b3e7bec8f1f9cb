"""Base of the full screen for one contact: a page of sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.detail_pane import Card, Gap, Heading, Item, Line, Section
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import format_heading


class DetailScreen(DismissOnce, Screen[None]):
    """Full screen of a contact, loaded when it opens."""

    AUTO_FOCUS: ClassVar[str | None] = "Card"

    app = app(DeskApp)
    page = query_one(Card)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref

    def compose(self) -> ComposeResult:
        yield ModeBar("contacts")
        yield Card(id="page")
        yield Hints()

    def on_mount(self) -> None:
        """Load the page, and reload it after every write, also of other processes."""
        self.app.changed.subscribe(self, lambda _nothing: self.load())
        self.load()

    def load(self) -> Any:
        """Show the current state of the page."""
        raise NotImplementedError

    def action_close(self) -> None:
        self.dismiss(None)


def build_group(
    heading: str, lines: Sequence[str], *, always: bool = False, limit: int | None = None
) -> Iterator[Section]:
    """Return a heading with a count and at most `limit` lines; nothing without lines, unless `always`."""
    if not (lines or always):
        return
    yield Gap()
    yield Heading(format_heading(heading, len(lines)))
    yield from map(Item, lines[:limit])
    if not lines:
        yield Line(_("none"), muted=True)
    if limit is not None and len(lines) > limit:
        yield Line(ngettext("and 1 more", "and {n} more", len(lines) - limit), muted=True)
