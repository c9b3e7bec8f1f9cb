"""Screen of the seats of our own organisation: role, colleagues, attendance, next date and promised actions."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work

from ahtc_tui.domain.groups.membership import Membership
from ahtc_tui.domain.groups.model import GroupKind
from ahtc_tui.domain.i18n import _, ngettext, pgettext
from ahtc_tui.services.groups import membership
from ahtc_tui.tui.base.table_screen import TableScreen
from ahtc_tui.tui.groups.commands import write_brief
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts

UK = ("uk-board", "uk-group", "sub-group")


class OurSeatsScreen(TableScreen[Membership]):
    """Table of own seats; returns the reference of the opened group."""

    row_actions = frozenset(("brief",))
    BINDINGS = build_bindings("table.close", "desk.help", "desk.exit", "group.brief")

    def __init__(self, seats: Sequence[Membership]) -> None:
        super().__init__()
        self._seats = seats

    def on_mount(self) -> None:
        self._show_seats()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the seats again."""
        with errors_as_toasts(self.app):
            self._seats = await self.app.desk.show(membership.list_memberships)
            self._show_seats()

    def _show_seats(self) -> None:
        self.show_rows(self._seats, lambda seat: seat.seat)
        uk = sum(seat.group_kind in UK for seat in self._seats)
        ministers = [seat for seat in self._seats if seat.group_kind == GroupKind.MINISTERIAL.value]
        names = ", ".join(name for seat in ministers for name in seat.beside)
        colleagues = _(", {n} ministerial with {names}").format(n=len(ministers), names=names) if names else ""
        head = _("{seats}: {uk} on UK boards and groups{ministerial}")
        seats = ngettext("1 seat", "{n} seats", len(self._seats))
        self.head.update(head.format(seats=seats, uk=uk, ministerial=colleagues))

    @work(group="export")
    async def action_brief(self) -> None:
        """Write the brief of the selected group."""
        if (seat := self.list_pane.highlighted) is not None:
            await write_brief(self.app, seat.group_ref)

    def columns(self) -> Sequence[Column[Membership]]:
        return (
            Column(_("Group"), None, lambda seat: seat.group),
            Column(_("Role"), 16, lambda seat: seat.role.label, grows=True),
            Column(_("Last attended"), 16, lambda seat: str(seat.last_attended or _("not yet")), optional=True),
            Column(_("Next"), 13, lambda seat: str(seat.next_meeting or _("none planned"))),
            Column(pgettext("short", "Actions"), 5, lambda seat: str(len(seat.actions) or "–"), "right"),
            Column(_("Attended"), 8, lambda seat: f"{seat.attended}/{seat.of}" if seat.of else "–", "right"),
        )

    def describe_row(self, row: Membership) -> tuple[str, str]:
        """Return the basis of the seat, the colleagues and the promised actions."""
        facts = [
            _("Why: {basis}").format(basis=row.basis or row.source or "–"),
            _("For: {name}").format(name=row.on_behalf_of) if row.on_behalf_of else "",
            _("With: {names}").format(names=", ".join(row.beside)) if row.beside else "",
            _("Papers due: {day}").format(day=row.papers_due) if row.papers_due else "",
            _("Until: {day}").format(day=row.to_on) if row.to_on else "",
        ]
        lines = ["   ".join(filter(None, facts)), *row.actions]
        return f"{row.group}   {GroupKind(row.group_kind).label}, {row.role.label}", "\n".join(lines)

    def ref_of(self, row: Membership) -> str | None:
        """Return the reference of the group."""
        return row.group_ref
