"""Who is invited to a meeting: add, take off the list, invite again, and offer seats that came later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual import work

from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.meetings.invitations import Guest
from ahtc_tui.services.meetings import invitations
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.base.table_screen import TableScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.meetings.back_plan import ask_invite_area
from ahtc_tui.tui.meetings.commands import draft_invitation
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField


class InviteesScreen(TableScreen[Guest]):
    """Table of those invited to a meeting, with their addresses and answers."""

    noun = "meetings"
    row_actions = frozenset(("remove", "again", "export"))
    BINDINGS = build_bindings("table.close", "desk.help", "desk.exit", "invitee.*", "desk.undo", "desk.redo")
    empty_text = gettext_noop("Nobody is invited yet. Press n to invite somebody, or . and a for an area or a list.")
    has_legend = False

    def __init__(self, ref: str, name: str) -> None:
        """`name` is the meeting as a sentence names it."""
        super().__init__()
        self._ref, self._meeting = ref, name
        self._seats: list[str] = []
        """References of the members with a seat who are not invited."""

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the list."""
        with errors_as_toasts(self.app):
            invited = await self.app.desk.show(invitations.show_invitations, self._ref)
            self._seats = await self.app.desk.show(invitations.list_uninvited_seats, self._ref)
            guests = [guest for area in invited.areas for guest in area.guests]
            self.show_rows(guests, lambda guest: (guest.ref, guest.name))
            parts = [self._meeting, ngettext("1 invited", "{n} invited", len(guests))]
            if without := sum(not guest.email for guest in guests):
                parts.append(ngettext("1 without an address", "{n} without an address", without))
            if self._seats:
                seats = ngettext(
                    ("1 seat is not invited. Press . and s to invite it."),
                    ("{n} seats are not invited. Press . and s to invite them."),
                    len(self._seats),
                )
                parts.append(seats)
            self.head.update("   ".join(parts))
            self.refresh_bindings()

    def columns(self) -> Sequence[Column[Guest]]:
        return (
            Column(_("Invited"), None, lambda guest: guest.name, sort="name"),
            Column(_("Who"), 20, lambda guest: guest.holder or "", optional=True),
            Column(_("Address"), 28, lambda guest: guest.email or _("no address"), style=_choose_address_style),
            Column(_("Answer"), 12, lambda guest: guest.reply.label),
        )

    def describe_row(self, row: Guest) -> tuple[str, str]:
        """Return role, person, address and answer."""
        facts = (row.role.label, row.holder, row.email or _("no address"), row.reply.label)
        return row.name, "   ".join(filter(None, facts))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable inviting seats where all are invited."""
        if action == "seats" and not self._seats:
            return False
        return super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return why an action is disabled."""
        return _("All seats are invited.") if action == "seats" else super().explain_disabled(action)

    @work(group="write")
    async def action_new(self) -> None:
        """Invite somebody by name."""
        candidates = await list_candidates(self.app, "person", "post", "organisation")
        await self.app.open_form(InviteForm(self.app.desk, candidates, self._ref, self._meeting), _("Invited"))

    @work(group="write")
    async def action_area(self) -> None:
        """Invite the contacts of an area or circulation list."""
        with errors_as_toasts(self.app):
            if (invite_list := await ask_invite_area(self.app, self.app.desk, self._ref, self._meeting)) is not None:
                message = _("{n} invited to {ref}, {all} in total")
                counts = {"n": len(invite_list.added), "ref": self._meeting, "all": invite_list.total}
                self.app.announce_write(message.format(**counts))

    @work(group="write")
    async def action_remove(self) -> None:
        """Take the selected one off the list."""
        if (guest := self.list_pane.highlighted) is not None and guest.ref:
            with errors_as_toasts(self.app):
                await self.app.desk.run(invitations.remove_guests, self._ref, (guest.ref,))
                self.app.announce_write(_("{name} is off the list").format(name=guest.name))

    @work(group="write")
    async def action_again(self) -> None:
        """Ask the selected one for an answer again."""
        if (guest := self.list_pane.highlighted) is not None and guest.ref:
            with errors_as_toasts(self.app):
                await self.app.desk.run(invitations.invite_again, self._ref, (guest.ref,))
                self.app.announce_write(_("{name} is invited again").format(name=guest.name))

    @work(group="export")
    async def action_export(self) -> None:
        """Write the invitation as a draft email."""
        await draft_invitation(self.app, self._ref)

    @work(group="write")
    async def action_seats(self) -> None:
        """Invite the members with a seat who are not on the list."""
        with errors_as_toasts(self.app):
            await self.app.desk.run(invitations.invite_guests, self._ref, (), (), tuple(self._seats))
            invited = ngettext("1 seat invited", "{n} seats invited", len(self._seats))
            self.app.announce_write(invited)


class InviteForm(FormScreen):
    """Form to invite one person, post or organisation."""

    def __init__(self, desk: Desk, candidates: Sequence[Candidate], ref: str, name: str) -> None:
        super().__init__(_("Invite to {ref}").format(ref=name))
        self._desk, self._candidates, self._ref = desk, candidates, ref

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("who", _("Who"), OwnerField(self._candidates, None, _("a post, a person, a body")), required=True)

    async def accept(self, values: dict[str, Any]) -> None:
        names = (values["who"],) if values["who"] else ()
        await self._desk.run(invitations.invite_guests, self._ref, (), (), names)


def _choose_address_style(guest: Guest) -> str:
    return "" if guest.email else "late"
