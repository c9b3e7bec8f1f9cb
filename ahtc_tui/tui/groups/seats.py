"""Screen of the seats of a group: add, edit, renew and end them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.periods import format_term
from ahtc_tui.domain.groups.fields import format_overlap
from ahtc_tui.domain.groups.model import GroupRow, SeatRow, SeatState
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.groups import seats
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.service_threads import find_row
from ahtc_tui.tui.base.table_screen import TableScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts

STYLES = {
    SeatState.VACANT: "late",
    SeatState.EXPIRED: "late",
    SeatState.NEVER_FILLED: "soon",
    SeatState.FUTURE: "muted",
}


class SeatsScreen(TableScreen[SeatRow]):
    """Table of the seats of a group; ended ones come last."""

    row_actions = frozenset(("edit", "renew", "end"))
    BINDINGS = build_bindings("table.close", "desk.help", "desk.exit", "seat.*", "desk.undo", "desk.redo")
    empty_text = gettext_noop("There are no seats yet. Press n to add one.")

    def __init__(self, group: GroupRow) -> None:
        super().__init__()
        self._group = group

    def on_mount(self) -> None:
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the seats."""
        with errors_as_toasts(self.app):
            current = await self.app.desk.show(seats.list_seats, self._group.ref)
            expired = await self.app.desk.show(seats.list_seats, self._group.ref, expired=True)
            self.show_rows((*current, *expired), lambda seat: seat.ref)
            vacant = sum(seat.vacant for seat in current)
            summary = [ngettext("1 seat", "{n} seats", len(current))]
            summary += [_("{n} without a name").format(n=vacant)] if vacant else []
            summary += [_("{n} expired").format(n=len(expired))] if expired else []
            self.head.update(f"{self._group.name}   {', '.join(summary)}")

    def columns(self) -> Sequence[Column[SeatRow]]:
        return (
            Column(_("Member"), None, lambda seat: seat.member, sort="member"),
            Column(_("Role"), 16, lambda seat: seat.role.label, grows=True, sort="role"),
            Column(_("Who"), 20, lambda seat: "" if seat.holder == seat.member else seat.holder or "–", sort="who"),
            Column(
                _("Until"),
                17,
                lambda seat: str(seat.to_on or "–"),
                optional=True,
                sort="until",
                value=lambda seat: seat.to_on,
            ),
            Column(
                _("Status"),
                13,
                lambda seat: seat.state.label,
                style=lambda seat: STYLES.get(seat.state, ""),
                grows=True,
            ),
        )

    def describe_row(self, row: SeatRow) -> tuple[str, str]:
        """Return term, vote, basis, deputies and source of the seat."""
        state = row.state.label
        if row.vacant_since:
            state = _("vacant since {day}").format(day=format_long_date(row.vacant_since))
        facts = [
            state,
            _("term {n}").format(n=row.term) if row.term else "",
            format_term(row.from_on, row.to_on),
            format_overlap(row),
            {True: _("with a vote"), False: _("without a vote"), None: ""}[row.voting],
            _("for {name}").format(name=row.on_behalf_of) if row.on_behalf_of else "",
            row.basis or format_source(row.source) or "",
        ]
        lines = ["   ".join(filter(None, facts))]
        for occupant in row.occupants:
            kind = _("Deputy") if occupant.deputy else _("Attends")
            term = format_term(occupant.from_on, occupant.to_on)
            description = ", ".join(filter(None, (occupant.person, term, occupant.rule)))
            lines.append(f"{kind}: {description}")
        return f"{row.member}   {row.ref}", "\n".join([*lines, row.note or ""])

    def ref_of(self, row: SeatRow) -> str | None:
        """Edit the opened seat."""
        self.action_edit()
        return None

    @work(group="write")
    async def action_new(self) -> None:
        from ahtc_tui.tui.groups.form import SeatForm

        register = await list_candidates(self.app, "person", "post", "organisation")
        await self.app.open_form(SeatForm(self.app.desk, register, self._group.ref), _("Seat added"))

    @work(group="write")
    async def action_edit(self) -> None:
        from ahtc_tui.tui.groups.form import SeatForm

        if (seat := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                people = await list_candidates(self.app, "person")
                rows, desk = await self.app.desk.open_record(
                    seats.list_seats, self._group.ref, expired=seat.state is SeatState.EXPIRED
                )
                form = SeatForm(desk, people, self._group.ref, find_row(rows, ref=seat.ref))
                await self.app.open_form(form, _("{ref} edited").format(ref=seat.member))

    @work(group="write")
    async def action_renew(self) -> None:
        """Add the next term of the selected seat."""
        from ahtc_tui.tui.groups.form import DayForm

        if (seat := self.list_pane.highlighted) is not None:
            title = _("Next term of {member}").format(member=seat.member)
            answer = await self.app.push_screen_wait(DayForm(self.app.desk, title, _("Until")))
            if answer is not None:
                with errors_as_toasts(self.app):
                    row = await self.app.desk.run(seats.renew_seat, seat.ref, answer["day"])
                    self.app.announce_write(_("{name} begins term {n}").format(name=seat.member, n=row.term))

    @work(group="write")
    async def action_end(self) -> None:
        """Set the last day of the selected seat."""
        from ahtc_tui.tui.groups.form import DayForm

        if (seat := self.list_pane.highlighted) is not None:
            title = _("End date of the seat of {member}").format(member=seat.member)
            answer = await self.app.push_screen_wait(DayForm(self.app.desk, title, _("Last day")))
            if answer is not None:
                with errors_as_toasts(self.app):
                    await self.app.desk.run(seats.end_seat, seat.ref, answer["day"])
                    self.app.announce_write(_("{ref} ends on {day}").format(ref=seat.member, day=answer["day"]))
