"""Screen of the handover of a post: duties, actions, seats and dates; keys to appoint a holder and to export."""

from __future__ import annotations

from collections.abc import Iterator

from textual import work

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.periods import format_term
from ahtc_tui.domain.documents.handover import HandOver, format_handover_counts
from ahtc_tui.domain.i18n import _, drop_language_mark
from ahtc_tui.services.documents import handover
from ahtc_tui.tui.contacts.commands import open_appointment_form
from ahtc_tui.tui.contacts.detail_screen import DetailScreen, build_group
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Section, Title


class HandOverScreen(DetailScreen):
    """The records that pass on with a post."""

    BINDINGS = build_bindings("handover.*", "desk.undo", "desk.redo", "desk.help", "desk.exit")

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self._hand_over: HandOver | None = None

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        with errors_as_toasts(self.app):
            self._hand_over = await self.app.desk.show(handover.build_hand_over, self._ref)
            self.page.show(build_sections(self._hand_over), page=self._ref)

    @work(group="write")
    async def action_appoint(self) -> None:
        """Appoint a new holder."""
        if (post := self._hand_over) is not None:
            await open_appointment_form(self.app, post.post_ref, post.post, post.holder)

    @work(group="export")
    async def action_export(self) -> None:
        """Write the list to the exports folder."""
        with errors_as_toasts(self.app):
            ending = self.app.document_ending
            path, _document = await self.app.desk.run_long(handover.export_hand_over, self._ref, ending)
            self.app.announce_file(path)


def build_sections(hand_over: HandOver) -> Iterator[Section]:
    """Return the sections of the list from top to bottom."""
    yield Title(_("Handover"), hand_over.post)
    yield Gap()
    yield Fact(_("Holder"), hand_over.holder or _("not known"))
    yield Fact(_("In numbers"), format_handover_counts(hand_over))
    yield from build_group(_("Held personally: to be reassigned"), hand_over.in_person)
    duties = [_format_action(action) for action in hand_over.continuing_duties]
    yield from build_group(_("Continuing duties"), duties, always=True)
    yield from build_group(_("Open actions"), [_format_action(action) for action in hand_over.tasks], always=True)
    yield from build_group(_("Supporting role"), [_format_action(action) for action in hand_over.helped])
    yield from build_group(_("Seats"), [f"{seat.group}, {seat.role.label}" for seat in hand_over.seats], always=True)
    dates = [f"{entry.day}  {entry.ref}  {drop_language_mark(entry.what)}" for entry in hand_over.dates]
    yield from build_group(_("Next dates"), dates, always=True)
    closed = [f"{_format_action(action)}  ({action.lead_holder or '–'})" for action in hand_over.closed_actions]
    yield from build_group(_("Completed actions"), closed, always=True)
    holders = [
        f"{holding.holder_label}  {format_term(holding.from_on, holding.to_on, holding.acting)}"
        for holding in hand_over.holdings
    ]
    yield from build_group(_("Holders"), holders, always=True)


def _format_action(action: ActionRow) -> str:
    return f"{action.ref}  {action.shown_title}"
