"""Who is there: everybody invited, one key each; the rest at once; and whoever walks in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Input

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.attendance import say_quorum
from ahtc_tui.domain.meetings.model import Presence
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.minutes import ATTENDANCE
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import AttendanceRow, MeetingCard
    from ahtc_tui.services.minutes.live_minutes import Sitting


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited or there, and what is said of them."""

    name: str
    state: Presence | None
    deputy_for: str = ""
    items: str = ""
    reason: str = ""

    @property
    def detail(self) -> str:
        """For whom, for which items, and why."""
        return "  ".join(part for part in (self.deputy_for, self.items, self.reason) if part)


def guests(card: MeetingCard, waiting: Sequence[str] = ()) -> list[Guest]:
    """Everybody invited, then seats of whom nothing is said, then whoever else is there."""
    said = {row.name: row for row in card.attendance}
    names = dict.fromkeys([*(invitee.name for invitee in card.invitees), *waiting, *said])
    return [_guest(name, said.get(name)) for name in names]


def _guest(name: str, row: AttendanceRow | None) -> Guest:
    if row is None:
        return Guest(name, None)
    return Guest(name, row.state, row.deputy_for or "", row.items or "", row.reason or "")


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
    head = query_one("#attendance-head", Plain)

    def __init__(self, ref: str, on: str = "") -> None:
        super().__init__()
        self._ref = ref
        self._on = on
        """The guest on whom the cursor begins."""
        self._listed: Sequence[Guest] = ()

    def compose(self) -> ComposeResult:
        """Head, list, hints."""
        yield Plain(self._head(None), id="attendance-head")
        yield RecordList(columns(), markable=False, empty_text=_("Nobody is invited: w adds who walks in."))
        yield Hints()

    def on_mount(self) -> None:
        """Read the list."""
        self.read()

    def _head(self, sitting: Sitting | None) -> str:
        """Whose attendance it is, and what it comes to so far."""
        parts = [self._ref]
        if sitting is not None:
            parts.append(_("present {n}  apologies {m}").format(n=sitting.present, m=sitting.apologies))
            parts += [say_quorum(sitting.quorum, sitting.voting)] if sitting.quorum else []
            parts += [_("{n} not marked").format(n=len(sitting.waiting))] if sitting.waiting else []
            parts += [_("{n} want Welsh").format(n=sitting.wants_welsh)] if sitting.wants_welsh else []
        return " " + "   ".join(parts)

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read the list anew; the cursor stays on its guest."""
        with told(self.app):
            now = self.list_pane.highlighted
            name = now.name if now else self._on
            sitting = await self.app.desk.ask(live_minutes.sitting, self._ref)
            self._listed = listed = guests(sitting.card, sitting.waiting)
            self.head.update(self._head(sitting))
            at = next(((n, guest.name) for n, guest in enumerate(listed) if guest.name == name), None)
            self.list_pane.show(ListSource(listed, lambda guest: guest.name), at=at)

    def action_gap(self) -> None:
        """On to the next guest of whom nothing is said, and round again."""
        listed, pane = self._listed, self.list_pane
        order = (*range(pane.cursor + 1, len(listed)), *range(pane.cursor + 1))
        place = next((n for n in order if n < len(listed) and listed[n].state is None), None)
        if place is None:
            say(self.app, _("Nothing is missing here."), undo=False)
        else:
            pane.move_to(place)

    @work(group="write")
    async def action_say(self, state: str) -> None:
        """Say how the guest under the cursor is there, and go on to the next."""
        from ahtc_tui.domain.drafts.minutes import attendance_draft

        if (guest := self.list_pane.highlighted) is not None:
            with told(self.app):
                if guest.state != state:
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
        with told(self.app):
            found = await self.app.desk.ask(live_minutes.owners, self._ref)
            known = [Candidate(one.label, one.ref, (one.also,)) for one in found]
            await self.app.push_screen_wait(WalkInForm(self.app, self._ref, known))
            self.read()

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        self.action_more()


class GuestForm(FormScreen):
    """The whole of one attendance."""

    def __init__(self, desk_app: DeskApp, ref: str, guest: Guest) -> None:
        super().__init__(guest.name)
        self._desk_app, self._ref, self._guest = desk_app, ref, guest

    def rows(self) -> Iterable[FormRow]:
        """How, for whom, which items, why."""
        yield _state_row(self._guest.state or Presence.PRESENT)
        yield FormRow("deputy_for", _("Deputy for"), Input(self._guest.deputy_for, compact=True))
        yield FormRow("items", _("Items"), Input(self._guest.items, placeholder="2-4", compact=True))
        yield FormRow("reason", _("Reason"), Input(self._guest.reason, compact=True))

    async def accept(self, values: dict[str, str]) -> None:
        """Write it, or keep the form open with the sentence."""
        from ahtc_tui.domain.drafts.minutes import attendance_draft

        draft = attendance_draft({name: value for name, value in values.items() if value})
        await self._desk_app.desk.ask(attendance.set_attendance, self._ref, self._guest.name, draft)


class NameField(OwnerField):
    """Anybody's name: somebody of the register, or words that may be somebody new."""

    @property
    def form_value(self) -> str | None:
        """The reference of whoever was chosen, else the words; None for nothing."""
        return self.ref or self.typed.strip() or None


class WalkInForm(FormScreen):
    """Somebody who was not invited. A name that the register does not know is entered there by saving twice."""

    def __init__(self, desk_app: DeskApp, ref: str, known: Sequence[Candidate]) -> None:
        super().__init__(_("Who walked in"))
        self._desk_app, self._ref, self._known = desk_app, ref, known
        self._new = ""
        """The unknown name that was saved once."""

    def rows(self) -> Iterable[FormRow]:
        """Who, of which organisation if they are new, and how."""
        yield FormRow("who", _("Name"), NameField(self._known))
        yield FormRow("organisation", _("Organisation"), Input(placeholder=_("of a new person"), compact=True))
        yield _state_row(Presence.PRESENT)
        yield FormRow("deputy_for", _("Deputy for"), Input(compact=True))
        yield FormRow("items", _("Items"), Input(placeholder="2-4", compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write it; ask once more for somebody new."""
        from ahtc_tui.domain.drafts.minutes import attendance_draft
        from ahtc_tui.domain.errors import BadInput

        who, ask = values["who"], self._desk_app.desk.ask
        if not who:
            raise BadInput(_("Say who it is."))
        own = ("who", "organisation")
        draft = attendance_draft({name: value for name, value in values.items() if value and name not in own})
        if await ask(attendance.is_known, who):
            await ask(attendance.set_attendance, self._ref, who, draft)
        elif self._new == who:
            await ask(attendance.add_walk_in, self._ref, who, draft, values["organisation"])
        else:
            self._new = who
            sentence = _("The register has no {name}: save once more to enter them as a new person.")
            raise BadInput(sentence.format(name=who))


def _state_row(state: Presence) -> FormRow:
    from ahtc_tui.tui.widgets.select import choices

    states = [(each.value.replace("_", " "), each.value) for each in Presence]
    return FormRow("state", _("State"), choices(states, state.value, blank=False))
