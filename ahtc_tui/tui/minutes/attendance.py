"""The attendance of a meeting: one key per state, remaining guests at once, and walk-ins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, choose_language, get_current_language
from ahtc_tui.domain.meetings.attendance import format_quorum
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.domain.meetings.model import AttendanceRow, MeetingCard
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.services.minutes.live_minutes import LiveMeeting
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.base.service_threads import Desk, find_row
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import MeetingHead
from ahtc_tui.tui.widgets.owner_field import Candidate, PersonField
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource


@dataclass(frozen=True, slots=True)
class Guest:
    """A person, seat or organisation that is invited or present."""

    name: str
    state: Presence | None
    deputy_for: str = ""
    items: str = ""
    reason: str = ""
    welsh_name: str | None = None

    @property
    def shown_name(self) -> str:
        """Name in the current language; the English one where there is no Welsh."""
        return choose_language(self.name, self.welsh_name)

    @property
    def detail(self) -> str:
        """Deputised seat, items and reason."""
        return "  ".join(part for part in (self.deputy_for, self.items, self.reason) if part)


def list_guests(
    card: MeetingCard, waiting: Sequence[str] = (), welsh_names: Mapping[str, str] | None = None
) -> list[Guest]:
    """Return the invited, then unmarked seats, then others present; `welsh_names` is by English name."""
    rows_by_name = {row.name: row for row in card.attendance}
    names = dict.fromkeys([*(invitee.name for invitee in card.invitees), *waiting, *rows_by_name])
    return [_build_guest(name, rows_by_name.get(name), (welsh_names or {}).get(name)) for name in names]


def _build_guest(name: str, row: AttendanceRow | None, welsh_name: str | None) -> Guest:
    if row is None:
        return Guest(name, None, welsh_name=welsh_name)
    return Guest(name, row.state, row.deputy_for or "", row.items or "", row.reason or "", welsh_name)


def attendance_columns() -> Sequence[Column[Guest]]:
    """Return the columns: name, state and details."""
    return (
        Column(_("Who"), None, lambda guest: guest.shown_name),
        Column(_("Status"), 14, lambda guest: guest.state.label if guest.state else "–", grows=True),
        Column(_("Details"), 24, lambda guest: guest.detail, style=lambda _guest: "muted"),
    )


class AttendanceScreen(RowActions, DismissOnce, Screen[None]):
    """The attendance of one meeting."""

    AUTO_FOCUS = "RecordList"
    row_actions = frozenset(("say", "move", "remove", "more", "rest", "gap"))
    BINDINGS = build_bindings("attend.*")

    app = app(DeskApp)
    list_pane = query_one(RecordList)
    head = query_one(MeetingHead)

    def __init__(self, ref: str, first_name: str = "", item: int | None = None) -> None:
        super().__init__()
        self._ref, self._item = ref, item
        self._first_name = first_name
        """Name of the guest on whom the cursor starts."""
        self._guests: Sequence[Guest] = ()
        self._welsh_names: dict[str, str] = {}
        """Welsh names by English name, while the language is Welsh."""

    def compose(self) -> ComposeResult:
        yield MeetingHead()
        yield RecordList(
            attendance_columns(), markable=False, empty_text=_("No invitations. Press n to add an uninvited person.")
        )
        yield Hints()

    def on_mount(self) -> None:
        """Read the list, and again after every write, also of other processes."""
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self.reload()

    def _draw_head(self, live_meeting: LiveMeeting) -> None:
        """Show the reference with the counts of attendance and the quorum."""
        by_item = dict(
            zip((row.position for row in live_meeting.card.agenda), live_meeting.voting_by_item, strict=True)
        )
        voting = by_item.get(self._item, live_meeting.voting) if self._item else live_meeting.voting
        wants_welsh = _("{n} want Welsh").format(n=live_meeting.wants_welsh) if live_meeting.wants_welsh else ""
        row = live_meeting.card.row
        title = row.shown_title
        parts = (
            self._ref,
            title,
            _("present {n}  apologies {m}").format(n=live_meeting.present, m=live_meeting.apologies),
            format_quorum(live_meeting.quorum, voting) if live_meeting.quorum else "",
            _("{n} not marked").format(n=len(live_meeting.waiting)) if live_meeting.waiting else "",
            wants_welsh,
        )
        self.head.show(parts, row.marking, optional=(title, wants_welsh, self._ref))

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the list again and keep the cursor on its guest."""
        from ahtc_tui.services.documents.office_papers import load_welsh_names

        with errors_as_toasts(self.app):
            highlighted = self.list_pane.highlighted
            name = highlighted.name if highlighted else self._first_name
            live_meeting = await self.app.desk.run(live_minutes.show_live_meeting, self._ref)
            self._welsh_names = await self.app.desk.run(load_welsh_names, get_current_language())
            if self not in self.app.screen_stack:  # closed meanwhile
                return
            self._guests = shown_guests = list_guests(live_meeting.card, live_meeting.waiting, self._welsh_names)
            self._draw_head(live_meeting)
            key = next(((n, guest.name) for n, guest in enumerate(shown_guests) if guest.name == name), None)
            self.list_pane.update_rows(ListSource(shown_guests, lambda guest: guest.name), key=key)

    def action_gap(self) -> None:
        """Move to the next unmarked guest, wrapping at the end."""
        guests, pane = self._guests, self.list_pane
        order = (*range(pane.cursor + 1, len(guests)), *range(pane.cursor + 1))
        index = next((n for n in order if n < len(guests) and guests[n].state is None), None)
        if index is None:
            show_toast(self.app, _("Everyone is marked."), undo=False)
        else:
            pane.move_to(index)

    @work(group="write")
    async def action_say(self, state: str) -> None:
        """Mark the selected guest with a state and move to the next one."""
        from ahtc_tui.domain.drafts.minutes import build_attendance_draft

        if (guest := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                if guest.state != state:
                    draft = build_attendance_draft({"state": state})
                    await self.app.desk.run(attendance.set_attendance, self._ref, guest.name, draft)
                self.list_pane.action_step(1)
                self.reload()

    @work(group="write")
    async def action_move(self, movement: str) -> None:
        """Record that the selected guest arrived at the item of the minutes, or left after it."""
        from ahtc_tui.domain.drafts.minutes import build_attendance_draft

        if (guest := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                if self._item is None:
                    raise BadInput(_("The meeting has no agenda. Press e and enter the items."))
                draft = build_attendance_draft({movement: self._item})
                await self.app.desk.run(attendance.set_attendance, self._ref, guest.name, draft)
                self.reload()

    @work(group="write")
    async def action_remove(self) -> None:
        """Remove the attendance of the selected guest."""
        if (guest := self.list_pane.highlighted) is not None and guest.state is not None:
            with errors_as_toasts(self.app):
                await self.app.desk.run(attendance.remove_attendance, self._ref, guest.name)
                self.reload()

    @work(group="write")
    async def action_rest(self) -> None:
        """Mark all unmarked guests as present."""
        from ahtc_tui.domain.drafts.minutes import build_attendance_draft

        with errors_as_toasts(self.app):
            await self.app.desk.run(attendance.mark_remaining, self._ref, build_attendance_draft({"state": "present"}))
            self.reload()

    @work(group="write")
    async def action_more(self) -> None:
        """Edit all details of the selected guest."""
        if (guest := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                desk = await self.app.desk.check_from_now()
                live_meeting = await desk.run(live_minutes.show_live_meeting, self._ref)
                guests = list_guests(live_meeting.card, live_meeting.waiting, self._welsh_names)
                current = find_row(guests, name=guest.name)
                await self.app.push_screen_wait(GuestForm(desk, self._ref, current))
                self.reload()

    @work(group="write")
    async def action_walk_in(self) -> None:
        """Add an uninvited person."""
        with errors_as_toasts(self.app):
            owners = await self.app.desk.run(live_minutes.list_owners, self._ref)
            candidates = [Candidate(owner.label, owner.ref, owner.names) for owner in owners]
            await self.app.push_screen_wait(WalkInForm(self.app, self._ref, candidates))
            self.reload()

    @on(RecordList.Opened)
    def _open_selected(self, event: RecordList.Opened) -> None:
        self.action_more()


class GuestForm(FormScreen):
    """All details of one attendance."""

    def __init__(self, desk: Desk, ref: str, guest: Guest) -> None:
        super().__init__(guest.shown_name, desk.seen)
        self._desk, self._ref, self._guest = desk, ref, guest
        self.writes_all_fields = guest.state is None

    def rows(self) -> Iterable[FormRow]:
        yield _build_state_row(self._guest.state or Presence.PRESENT)
        yield FormRow("deputy_for", _("Deputy for"), Input(self._guest.deputy_for, compact=True))
        yield FormRow("items", _("Items"), Input(self._guest.items, placeholder=format_example("2-4"), compact=True))
        yield FormRow("reason", _("Reason"), Input(self._guest.reason, compact=True))

    async def accept(self, values: dict[str, str]) -> None:
        """Write the changed details. With another state the remaining ones stay as the form shows them."""
        from ahtc_tui.domain.drafts.minutes import build_attendance_draft

        shown = self.values() if "state" in values else {}
        kept = {name: value for name, value in shown.items() if name not in self._kept_theirs}
        draft = build_attendance_draft({name: value or None for name, value in {**kept, **values}.items()})
        await self._desk.run(attendance.set_attendance, self._ref, self._guest.name, draft)


class WalkInForm(FormScreen):
    """An uninvited person. An unknown name is added to the register when the form is saved a second time."""

    def __init__(self, desk_app: DeskApp, ref: str, candidates: Sequence[Candidate]) -> None:
        super().__init__(_("Add an uninvited person"))
        self._desk_app, self._ref, self._candidates = desk_app, ref, candidates
        self._unknown_name = ""
        """The unknown name at the first save."""

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("who", _("Name"), PersonField(self._candidates), required=True)
        yield FormRow("organisation", _("Organisation"), Input(placeholder=_("for a new person"), compact=True))
        yield _build_state_row(Presence.PRESENT)
        yield FormRow("deputy_for", _("Deputy for"), Input(compact=True))
        yield FormRow("items", _("Items"), Input(placeholder=format_example("2-4"), compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write the attendance. Raises BadInput at the first save of an unknown name."""
        from ahtc_tui.domain.drafts.minutes import build_attendance_draft

        name_or_ref, run = values["who"], self._desk_app.desk.run
        if not name_or_ref:
            raise BadInput(_("Enter a name."))
        own_fields = ("who", "organisation")
        draft = build_attendance_draft(
            {name: value for name, value in values.items() if value and name not in own_fields}
        )
        if await run(attendance.is_registered, name_or_ref):
            await run(attendance.set_attendance, self._ref, name_or_ref, draft)
        elif self._unknown_name == name_or_ref:
            await run(attendance.add_walk_in, self._ref, name_or_ref, draft, values["organisation"])
        else:
            self._unknown_name = name_or_ref
            sentence = _("{name} is not in the register. Save again to add them as a new person.")
            raise BadInput(sentence.format(name=name_or_ref))


def _build_state_row(state: Presence) -> FormRow:
    from ahtc_tui.tui.widgets.select import build_select

    states = [(presence.label, presence.value) for presence in Presence]
    return FormRow("state", _("Status"), build_select(states, state.value, blank=False))
