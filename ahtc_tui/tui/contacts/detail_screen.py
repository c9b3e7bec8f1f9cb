"""One contact on a whole screen: a page of sections under the modes. Never which page it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.detail_pane import Card, Gap, Heading, Line, Para, Section
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar


class DetailScreen(Screen[None]):
    """The page of the contact with a reference; it is read when it opens."""

    AUTO_FOCUS: ClassVar[str | None] = "Card"

    app = app(DeskApp)
    page = query_one(Card)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref

    def compose(self) -> ComposeResult:
        """Modes, the page, hints."""
        yield ModeBar("contacts")
        yield Card(id="page")
        yield Hints()

    def on_mount(self) -> None:
        """Read it."""
        self.load()

    def load(self) -> Any:
        """Show the page as it is now."""
        raise NotImplementedError

    def action_close(self) -> None:
        """Back to the contacts."""
        self.dismiss(None)


def build_group(
    heading: str, lines: Sequence[str], *, always: bool = False, limit: int | None = None
) -> Iterator[Section]:
    """A heading with its count and its lines, at most so many; nothing where there are none, unless it is said."""
    if not (lines or always):
        return
    yield Gap()
    yield Heading(f"{heading}  {len(lines)}")
    yield from map(Para, lines[:limit])
    if not lines:
        yield Line(_("none"), muted=True)
    if limit is not None and len(lines) > limit:
        yield Line(ngettext("and 1 more", "and {n} more", len(lines) - limit), muted=True)
