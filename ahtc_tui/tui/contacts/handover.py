"""The hand-over of a post on one screen: duties, actions, seats, dates; a new holder, and the paper, in a key each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.actions import ActionRow
from ahtc_tui.domain.handover import HandOver
from ahtc_tui.domain.holdings import term_words
from ahtc_tui.domain.words import _
from ahtc_tui.services import handover
from ahtc_tui.tui.base import DeskApp
from ahtc_tui.tui.contacts.acts import appoint_to
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.contacts import HANDOVER
from ahtc_tui.tui.widgets.card import Card, Fact, Gap, Heading, Line, Para, Section, Title
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar


class HandOverScreen(Screen[None]):
    """Everything that goes with a post."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*HANDOVER)]
    AUTO_FOCUS = "Card"

    app = app(DeskApp)
    page = query_one(Card)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._found: HandOver | None = None

    def compose(self) -> ComposeResult:
        """Modes, the list, hints."""
        yield ModeBar("contacts")
        yield Card(id="page")
        yield Hints()

    def on_mount(self) -> None:
        """Read it, and again after every write."""
        self.app.changed.subscribe(self, lambda _nothing: self.read())
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Show what goes with the post today."""
        with told(self.app):
            self._found = await self.app.desk.ask(handover.hand_over, self._ref)
            self.page.show(sections(self._found))

    @work(group="write")
    async def action_appoint(self) -> None:
        """Change the holder, once."""
        if self._found is not None:
            await appoint_to(self.app, self._found.post_ref, self._found.post, self._found.holder)

    @work(group="export")
    async def action_export(self) -> None:
        """The list as a Word file in the exports folder."""
        with told(self.app):
            path, _found = await self.app.desk.work(handover.export_hand_over, self._ref, None)
            say(self.app, _("Written: {path}").format(path=path), undo=False)

    def action_close(self) -> None:
        """Back to the contacts."""
        self.dismiss(None)


def sections(found: HandOver) -> Iterator[Section]:
    """The list from top to bottom."""
    yield Title(_("Hand-over"), found.post)
    yield Gap()
    yield Fact(_("Holder"), found.holder or _("nobody known"))
    numbers = _("{led} led, {open} not done ({continuing} continuing), {closed} closed, {seats} seats")
    said = numbers.format(
        led=len(found.led),
        open=len(found.not_done),
        continuing=len(found.continuing),
        closed=len(found.closed),
        seats=len(found.seats),
    )
    yield Fact(_("In numbers"), said)
    yield from _group(_("TO DECIDE: HELD IN PERSON"), list(found.in_person), hidden=True)
    yield from _group(_("CONTINUING DUTIES"), [_line(action) for action in found.continuing])
    yield from _group(_("OPEN ACTIONS"), [_line(action) for action in found.tasks])
    yield from _group(_("HELPS WITH"), [_line(action) for action in found.helped], hidden=True)
    yield from _group(_("SEATS"), [f"{seat.group}, {seat.role.label}" for seat in found.seats])
    yield from _group(_("NEXT DATES"), [f"{one.day}  {one.ref}  {one.what}" for one in found.dates])
    closed = [f"{_line(action)}  ({action.lead_holder or '–'})" for action in found.closed]
    yield from _group(_("CLOSED: KEEPS THE NAME"), closed)
    holders = [
        f"{held.person or _('not named')}  {term_words(held.from_on, held.to_on, held.acting)}"
        for held in found.holdings
    ]
    yield from _group(_("HOLDERS"), holders)


def _line(action: ActionRow) -> str:
    return f"{action.ref}  {action.title}"


def _group(heading: str, lines: list[str], hidden: bool = False) -> Iterator[Section]:
    if lines or not hidden:
        yield Gap()
        yield Heading(f"{heading}  {len(lines)}")
        yield from (Para(line) for line in lines)
        if not lines:
            yield Line(_("none"), muted=True)
