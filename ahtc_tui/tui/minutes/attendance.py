"""Who is there: everybody invited, one key each; the rest at once; and whoever walks in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Footer, Input

from ahtc_tui.domain.meetings import Presence
from ahtc_tui.domain.words import _
from ahtc_tui.services import attendance, meetings
from ahtc_tui.tui.base import DeskApp
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.minutes import ATTENDANCE
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings import MeetingCard


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited or there, and what is said of them."""

    name: str
    state: Presence | None
    detail: str


def guests(card: MeetingCard) -> list[Guest]:
    """Everybody invited, then whoever else is there."""
    said = {row.name: row for row in card.attendance}
    names = dict.fromkeys([*(invitee.name for invitee in card.invitees), *said])
    return [
        Guest(
            name,
            said[name].state if name in said else None,
            "  ".join(part for part in (said[name].deputy_for, said[name].items, said[name].reason) if part)
            if name in said
            else "",
        )
        for name in names
    ]


def columns() -> Sequence[Column[Guest]]:
    """Name, state, and for whom, which items or why."""
    return (
        Column(_("Who"), None, lambda guest: guest.name),
        Column(_("State"), 14, lambda guest: guest.state.value.replace("_", " ") if guest.state else "–"),
        Column("", 24, lambda guest: guest.detail, style=lambda _guest: "muted"),
    )


class AttendanceScreen(Screen[None]):
    """The list of attendance of one meeting."""

    AUTO_FOCUS = "RecordList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*ATTENDANCE)]

    app = app(DeskApp)
    list_pane = query_one(RecordList)

    def __init__(self, ref: str, on: str = "") -> None:
        super().__init__()
        self._ref = ref
        self._on = on
        """The guest on whom the cursor begins."""

    def compose(self) -> ComposeResult:
        """Head, list, hints."""
        yield Plain(_(" Attendance  {ref}").format(ref=self._ref))
        yield RecordList(columns(), markable=False, empty_text=_("Nobody is invited: w adds who walks in."))
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Read the list."""
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read the list anew; the cursor stays on its guest."""
        with told(self.app):
            now = self.list_pane.highlighted
            name = now.name if now else self._on
            card = await self.app.desk.ask(meetings.show_meeting, self._ref)
            listed = guests(card)
            at = next(((n, guest.name) for n, guest in enumerate(listed) if guest.name == name), None)
            self.list_pane.show(ListSource(listed, lambda guest: guest.name), at=at)

    @work(group="write")
    async def action_say(self, state: str) -> None:
        """Say how the guest under the cursor is there, and go on to the next."""
        from ahtc_tui.domain.drafts.minutes import attendance_draft

        if (guest := self.list_pane.highlighted) is not None:
            with told(self.app):
                draft = attendance_draft({"state": state})
                await self.app.desk.ask(attendance.set_attendance, self._ref, guest.name, draft)
                self.list_pane.action_step(1)
                self.read()

    @work(group="write")
    async def action_rest(self) -> None:
        """Everybody of whom nothing is said is present."""
        from ahtc_tui.domain.drafts.minutes import attendance_draft

        with told(self.app):
            await self.app.desk.ask(attendance.mark_the_rest, self._ref, attendance_draft({"state": "present"}))
            self.read()

    @work(group="write")
    async def action_more(self) -> None:
        """For whom, for which items, or why."""
        if (guest := self.list_pane.highlighted) is not None:
            await self.app.push_screen_wait(GuestForm(self.app, self._ref, guest))
            self.read()

    @work(group="write")
    async def action_walk_in(self) -> None:
        """Somebody who was not invited, known or not."""
        await self.app.push_screen_wait(GuestForm(self.app, self._ref, None))
        self.read()

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        self.action_more()


class GuestForm(FormScreen):
    """The whole of one attendance."""

    def __init__(self, desk_app: DeskApp, ref: str, guest: Guest | None) -> None:
        super().__init__(_("Who walked in") if guest is None else guest.name)
        self._desk_app, self._ref, self._guest = desk_app, ref, guest

    def rows(self) -> Iterable[FormRow]:
        """Who, how, for whom, which items, why."""
        from ahtc_tui.tui.widgets.choice import choices

        states = [(state.value.replace("_", " "), state.value) for state in Presence]
        if self._guest is None:
            yield FormRow("who", _("Name"), Input(compact=True))
        now = self._guest.state if self._guest else None
        yield FormRow("state", _("State"), choices(states, (now or Presence.PRESENT).value, blank=False))
        yield FormRow("deputy_for", _("Deputy for"), Input(compact=True))
        yield FormRow("items", _("Items"), Input(placeholder="2-4", compact=True))
        yield FormRow("reason", _("Reason"), Input(compact=True))

    async def accept(self, values: dict[str, str]) -> None:
        """Write it, or keep the form open with the sentence."""
        from ahtc_tui.domain.drafts.minutes import attendance_draft
        from ahtc_tui.domain.errors import BadInput

        who = self._guest.name if self._guest else values["who"]
        if not who:
            raise BadInput(_("Say who it is."))
        draft = attendance_draft({name: value for name, value in values.items() if value and name != "who"})
        await self._desk_app.desk.ask(attendance.set_attendance, self._ref, who, draft)
