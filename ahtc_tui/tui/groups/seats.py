"""The seats of one group: who fills each, its term and state; give, edit, renew and end them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from ahtc_tui.domain.contacts.post_holders import term_words
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.groups.model import GroupRow, SeatRow
from ahtc_tui.domain.groups.seat_status import SeatState
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.groups import seats
from ahtc_tui.tui.base.party_options import candidates
from ahtc_tui.tui.groups.overview_table import OverviewScreen
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.groups import SEATS
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.record_line import Column

STYLES = {
    SeatState.VACANT: "late",
    SeatState.EXPIRED: "late",
    SeatState.NEVER_FILLED: "soon",
    SeatState.FUTURE: "muted",
}


class SeatsScreen(OverviewScreen[SeatRow]):
    """The seats of a group, those whose term is over behind the others."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*SEATS)]
    empty_text = "Nobody has a seat yet."

    def __init__(self, group: GroupRow) -> None:
        super().__init__()
        self._group = group

    def on_mount(self) -> None:
        """Read them, and again after every write."""
        self.app.changed.subscribe(self, lambda _nothing: self.read())
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Show the seats as they stand today."""
        with told(self.app):
            standing = await self.app.desk.ask(seats.list_seats, self._group.ref)
            over = await self.app.desk.ask(seats.list_seats, self._group.ref, expired=True)
            row = self.list_pane.highlighted
            at = next((n for n, seat in enumerate((*standing, *over)) if row is not None and seat.ref == row.ref), None)
            self.show_rows((*standing, *over), lambda seat: seat.ref, (at, row.ref) if at is not None and row else None)
            vacant = sum(seat.vacant for seat in standing)
            said = [say_number(len(standing), _("1 seat"), _("{n} seats"))]
            said += [_("{n} without a name").format(n=vacant)] if vacant else []
            said += [_("{n} expired").format(n=len(over))] if over else []
            self.head.update(f"{self._group.name}   {', '.join(said)}")

    def columns(self) -> Sequence[Column[SeatRow]]:
        """Member, role, who fills it, term, state."""
        return (
            Column(_("Member"), None, lambda seat: seat.member),
            Column(_("Role"), 16, lambda seat: seat.role.label),
            Column(_("Who"), 20, _comes),
            Column(_("Until"), 17, lambda seat: str(seat.to_on or "–"), hide_below=92),
            Column(_("State"), 13, lambda seat: seat.state.label, style=lambda seat: STYLES.get(seat.state, "")),
        )

    def words_of(self, row: SeatRow) -> tuple[str, str]:
        """Its term, vote, basis, deputies, and where it is known from."""
        state = row.state.label
        if row.vacant_since:
            state = _("vacant since {day}").format(day=long_date(row.vacant_since))
        facts = [
            state,
            _("term {n}").format(n=row.term) if row.term else "",
            term_words(row.from_on, row.to_on),
            {True: _("votes"), False: _("no vote"), None: ""}[row.voting],
            _("for {name}").format(name=row.on_behalf_of) if row.on_behalf_of else "",
            row.basis or row.source or "",
        ]
        lines = ["   ".join(filter(None, facts))]
        for one in row.occupants:
            kind = _("Deputy") if one.deputy else _("Comes")
            said = ", ".join(filter(None, (one.person, term_words(one.from_on, one.to_on), one.rule)))
            lines.append(f"{kind}: {said}")
        return f"{row.member}   {row.ref}", "\n".join([*lines, row.note or ""])

    def ref_of(self, row: SeatRow) -> str | None:
        """Opening a seat edits it."""
        self.action_edit()
        return None

    @work(group="write")
    async def action_new(self) -> None:
        """A new seat."""
        from ahtc_tui.tui.groups.form import SeatForm

        register = await candidates(self.app, "person", "post", "organisation")
        await self.app.fill_in(SeatForm(self.app.desk, register, self._group.ref), _("Seat given"))

    @work(group="write")
    async def action_edit(self) -> None:
        """The fields of the seat under the cursor."""
        from ahtc_tui.tui.groups.form import SeatForm

        if (seat := self.list_pane.highlighted) is not None:
            people = await candidates(self.app, "person")
            form = SeatForm(self.app.desk, people, self._group.ref, seat)
            await self.app.fill_in(form, _("{ref} edited").format(ref=seat.ref))

    @work(group="write")
    async def action_renew(self) -> None:
        """The next term of the seat under the cursor."""
        from ahtc_tui.tui.groups.form import DayForm

        if (seat := self.list_pane.highlighted) is not None:
            title = _("Next term of {member}").format(member=seat.member)
            answer = await self.app.push_screen_wait(DayForm(self.app.desk, title, _("Until")))
            if answer is not None:
                with told(self.app):
                    row = await self.app.desk.ask(seats.renew_seat, seat.ref, answer["day"])
                    self.app.wrote(_("{ref}: term {n}").format(ref=row.ref, n=row.term))

    @work(group="write")
    async def action_end(self) -> None:
        """The last day of the seat under the cursor."""
        from ahtc_tui.tui.groups.form import DayForm

        if (seat := self.list_pane.highlighted) is not None:
            title = _("Last day of {member}").format(member=seat.member)
            answer = await self.app.push_screen_wait(DayForm(self.app.desk, title, _("Last day")))
            if answer is not None:
                with told(self.app):
                    await self.app.desk.ask(seats.end_seat, seat.ref, answer["day"])
                    self.app.wrote(_("{ref} ends on {day}").format(ref=seat.ref, day=answer["day"]))


def _comes(seat: SeatRow) -> str:
    """Who fills a seat; nothing where that is the member, a dash where nobody is known."""
    return "" if seat.holder == seat.member else seat.holder or "–"
