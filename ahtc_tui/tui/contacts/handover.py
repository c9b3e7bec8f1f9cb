"""The hand-over of a post on one screen: duties, actions, seats, dates; a new holder, and the paper, in a key each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.contacts.post_holders import term_words
from ahtc_tui.domain.documents.handover import HandOver, say_numbers
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.documents import handover
from ahtc_tui.tui.contacts.commands import appoint_to
from ahtc_tui.tui.contacts.detail_screen import DetailScreen, group
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.contacts import HANDOVER
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Section, Title


class HandOverScreen(DetailScreen):
    """Everything that goes with a post."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*HANDOVER)]

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self._found: HandOver | None = None

    def on_mount(self) -> None:
        """Read it, and again after every write."""
        self.app.changed.subscribe(self, lambda _nothing: self.read())
        super().on_mount()

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
            say(self.app, _("Written: {path}").format(path=self.app.desk.within(path)), undo=False)


def sections(found: HandOver) -> Iterator[Section]:
    """The list from top to bottom."""
    yield Title(_("Hand-over"), found.post)
    yield Gap()
    yield Fact(_("Holder"), found.holder or _("nobody known"))
    yield Fact(_("In numbers"), say_numbers(found))
    yield from group(_("TO DECIDE: HELD IN PERSON"), found.in_person)
    yield from group(_("CONTINUING DUTIES"), [_line(action) for action in found.continuing], always=True)
    yield from group(_("OPEN ACTIONS"), [_line(action) for action in found.tasks], always=True)
    yield from group(_("HELPS WITH"), [_line(action) for action in found.helped])
    yield from group(_("SEATS"), [f"{seat.group}, {seat.role.label}" for seat in found.seats], always=True)
    yield from group(_("NEXT DATES"), [f"{one.day}  {one.ref}  {one.what}" for one in found.dates], always=True)
    closed = [f"{_line(action)}  ({action.lead_holder or '–'})" for action in found.closed]
    yield from group(_("CLOSED: KEEPS THE NAME"), closed, always=True)
    holders = [
        f"{held.person or _('not named')}  {term_words(held.from_on, held.to_on, held.acting)}"
        for held in found.holdings
    ]
    yield from group(_("HOLDERS"), holders, always=True)


def _line(action: ActionRow) -> str:
    return f"{action.ref}  {action.title}"
