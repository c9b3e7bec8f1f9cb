"""Tables over all groups: the seats of our own organisation, the fora by area, and organisations by groups.

A narrow window shows some groups of the last at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from textual import work

from ahtc_tui.domain.evidence.small_counts import find_hidden
from ahtc_tui.domain.groups.membership import ForumArea, ForumMap, Membership, SeatingRow, SeatingState, SeatMatrix
from ahtc_tui.domain.groups.model import GroupKind
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.domain.meetings.attendance import AttendanceRate, RateSubject
from ahtc_tui.domain.text.english_phrases import lower_first
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.groups import membership
from ahtc_tui.services.meetings.attendance import list_attendance_rates
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.base.table_screen import TableScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import GAP, Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, warn_of_small_counts
from ahtc_tui.tui.widgets.drawing import draw_parts
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine


async def write_brief(app: DeskApp, ref: str) -> None:
    """Write the brief of a group to the exports folder."""
    from ahtc_tui.services.documents import briefs

    with errors_as_toasts(app):
        path, brief = await app.desk.run_long(briefs.export_brief, ref, app.document_ending)
        app.announce_file(path)
        limit = app.desk.workspace.small_counts
        warn_of_small_counts(app, find_hidden(brief.figures), limit)


UK_KINDS = ("uk-board", "uk-group", "sub-group")
CODE_WIDTH, NAME_WIDTH = 4, 26
"""Widths of the code of a group and of the name of an organisation, in cells."""
NO_SEAT = "·"
STYLES = {SeatingState.SITS: "brag-G", SeatingState.UNNAMED: "soon", SeatingState.MISSING: "late"}


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
        uk = sum(seat.group_kind in UK_KINDS for seat in self._seats)
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
            _("Why: {basis}").format(basis=row.basis or format_source(row.source) or "–"),
            _("For: {name}").format(name=row.on_behalf_of) if row.on_behalf_of else "",
            _("With: {names}").format(names=", ".join(row.beside)) if row.beside else "",
            _("Papers due: {date}").format(date=row.papers_due) if row.papers_due else "",
            _("Until: {date}").format(date=row.to_on) if row.to_on else "",
        ]
        lines = ["   ".join(filter(None, facts)), *row.actions]
        return f"{row.group}   {GroupKind(row.group_kind).label}, {lower_first(row.role.label)}", "\n".join(lines)

    def ref_of(self, row: Membership) -> str | None:
        """Return the reference of the group."""
        return row.group_ref


class ForumMapScreen(TableScreen[ForumArea]):
    """Table of areas and fora; returns the reference of the opened forum."""

    BINDINGS = build_bindings("table.close", "desk.help", "desk.exit")

    def __init__(self, forum_map: ForumMap) -> None:
        super().__init__()
        self._forum_map = forum_map

    def on_mount(self) -> None:
        self._show_map()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the fora again."""
        with errors_as_toasts(self.app):
            self._forum_map = await self.app.desk.show(membership.build_forum_map)
            self._show_map()

    def _show_map(self) -> None:
        self.show_rows(self._forum_map.areas, lambda area: area.area_ref)
        without = ", ".join(area.area for area in self._forum_map.areas_without_forum) or _("none")
        self.head.update(_("Fora of Wales by area   without a forum: {areas}").format(areas=without))
        outside = ", ".join(self._forum_map.outside)
        self.legend.update(_("In no forum area: {names}").format(names=outside) if outside else "")

    def columns(self) -> Sequence[Column[ForumArea]]:
        return (
            Column(_("Area"), 15, lambda area: area.area),
            Column(
                _("Forum"),
                None,
                lambda area: area.forum or _("no forum"),
                style=lambda area: "" if area.forum else "late",
            ),
            Column(_("Status"), 11, lambda area: area.state.label if area.state else "–"),
            Column(_("Seats"), 5, lambda area: str(area.seats or "–"), "right"),
            Column(_("Unnamed"), 7, lambda area: str(area.unnamed or "–"), "right", optional=True),
            Column(_("Next meeting"), 13, lambda area: str(area.next_meeting or _("none planned")), optional=True),
        )

    def describe_row(self, row: ForumArea) -> tuple[str, str]:
        """Return the authorities of the area and the next meeting."""
        lines = [
            _("Police: {name}").format(name=row.police or "–"),
            _("Authorities: {names}").format(names=", ".join(row.authorities) or "–"),
            _("Chair: {name}").format(name=row.chair or "–"),
            _("Next meeting: {day}").format(day=row.next_meeting or _("none planned")),
        ]
        return "   ".join((row.area, row.forum or _("no forum"))), "\n".join(lines)

    def ref_of(self, row: ForumArea) -> str | None:
        """Return the reference of the area's forum."""
        return row.forum_ref


class SeatMatrixScreen(TableScreen[SeatingRow]):
    """Matrix of seats; returns the group with the first missing seat of the opened row."""

    BINDINGS = build_bindings("table.close", "desk.help", "desk.exit", "table.left", "table.right")
    empty_text = ""

    def __init__(self, matrix: SeatMatrix) -> None:
        super().__init__()
        self._matrix = matrix
        self._first = 0
        """Index of the first visible group."""

    def on_mount(self) -> None:
        self._show_matrix()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the matrix again."""
        with errors_as_toasts(self.app):
            self._matrix = await self.app.desk.show(membership.show_seat_matrix)
            self._show_matrix()
            self._draw_table()

    def _show_matrix(self) -> None:
        self.show_rows(self._matrix.rows, lambda row: (row.kind, row.name))

    def columns(self) -> Sequence[Column[SeatingRow]]:
        """Return the organisation and as many groups as fit, from the first visible one."""
        return (
            Column(_("Organisation"), None, lambda row: row.name),
            *(self._build_column(n) for n in self._find_visible_groups()),
        )

    def _build_column(self, number: int) -> Column[SeatingRow]:
        code, style = self._matrix.groups[number].code, _make_style_renderer(number)
        return Column(code, CODE_WIDTH, _make_symbol_renderer(number), "center", style)

    def _find_visible_groups(self) -> range:
        """Return the indices of the groups that fit."""
        fits = max(1, (self.app.size.width - NAME_WIDTH - 4) // (CODE_WIDTH + GAP))
        total = len(self._matrix.groups)
        self._first = max(0, min(self._first, total - fits))
        return range(self._first, min(total, self._first + fits))

    def on_resize(self) -> None:
        self._draw_table()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable scrolling where all groups are shown."""
        if action == "page" and len(self._find_visible_groups()) == len(self._matrix.groups):
            return False
        return super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return why an action is disabled."""
        return _("All groups are shown.") if action == "page" else super().explain_disabled(action)

    def action_page(self, step: int) -> None:
        """Show the groups to the right or to the left."""
        self._first += step * len(self._find_visible_groups())
        self._draw_table()

    def _draw_table(self) -> None:
        shown = self._find_visible_groups()
        self.list_pane.set_columns(self.columns())
        groups = self._matrix.groups
        missing = sum(1 for _gap in self._matrix.find_missing())
        position = _("groups {first} to {last} of {all}")
        position = position.format(first=shown.start + 1, last=shown.stop, all=len(groups))
        unnamed = ngettext("1 seat without a name", "{n} seats without a name", missing)
        self.head.update(_("Membership: {where}, {unnamed}").format(where=position, unnamed=unnamed))
        signs = [f"{state.symbol} {state.label}" for state in SeatingState]
        names = ", ".join(f"{groups[n].code} {groups[n].name}" for n in shown)
        legend = "   ".join((*signs, _("{sign} no seat").format(sign=NO_SEAT)))
        self.legend.update(f"{names}\n{legend}" if self.app.size.height >= 30 else legend)

    def describe_row(self, row: SeatingRow) -> tuple[str, str]:
        """Return the seats of the organisation with their holders and roles."""
        lines = []
        for group, cell in zip(self._matrix.groups, row.cells, strict=True):
            if cell is not None:
                roles = ", ".join(dict.fromkeys(lower_first(role.label) for role in cell.roles))
                people = f": {', '.join(cell.people)}" if cell.people else ""
                lines.append(f"{cell.how.symbol} {group.code}  {group.name}, {roles}{people}")
        return row.name, "\n".join(lines)

    def ref_of(self, row: SeatingRow) -> str | None:
        """Return the first group where the organisation is missing, else the first where it has a seat."""
        cells = [(group.ref, cell) for group, cell in zip(self._matrix.groups, row.cells, strict=True) if cell]
        missing = [ref for ref, cell in cells if cell.how is not SeatingState.SITS]
        return (missing or [ref for ref, _cell in cells])[0] if cells else None


def _make_symbol_renderer(number: int) -> Callable[[SeatingRow], str]:
    def render(row: SeatingRow) -> str:
        cell = row.cells[number]
        return cell.how.symbol if cell else NO_SEAT

    return render


def _make_style_renderer(number: int) -> Callable[[SeatingRow], Any]:
    def choose_style(row: SeatingRow) -> str:
        cell = row.cells[number]
        return STYLES[cell.how] if cell else "muted"

    return choose_style


SELF, DEPUTY, MISSED = "█", "▒", "·"
"""Shapes of the meetings of a bar: attended by the holder or member, by a deputy, and not attended."""
BAR_WIDTH, WIDE_BAR_WIDTH = 24, 48
WIDE_SCREEN = 110
"""Columns of the screen from which the bars are wide."""


class AttendanceRatesScreen(ListOverlay[AttendanceRate]):
    """A bar for each seat, person and deputy; opening a person or a deputy leads to the contact."""

    mode = "groups"
    picture_name = gettext_noop("Attendance")
    BINDINGS = build_bindings("page.picture")

    def __init__(self, group_ref: str, group_name: str) -> None:
        super().__init__()
        self._group_ref, self._group_name = group_ref, group_name
        self._most = 1
        """Number of meetings of the longest bar."""

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()

    def on_resize(self) -> None:
        """Draw again: the bars are wider on a wide screen."""
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the rates."""
        with errors_as_toasts(self.app):
            rates = await self.app.desk.show(list_attendance_rates, self._group_ref)
            self._most = max((rate.of for rate in rates if rate.kind is not RateSubject.BODY), default=0)
            head = _("Attendance: {group}").format(group=self._group_name)
            meetings = ngettext("{n} meeting with attendance", "{n} meetings with attendance", self._most)
            legend = _("{own} in person   {deputy} by a deputy   {missed} not attended")
            foot = legend.format(own=SELF, deputy=DEPUTY, missed=MISSED)
            lines = _build_lines(rates) if self._most else ()
            self.show_lines(f"{head}\n{meetings}", lines, lambda rate: (rate.kind.value, rate.name), foot)

    def build_columns(self) -> Sequence[Column[AttendanceRate]]:
        width = WIDE_BAR_WIDTH if self.app.size.width >= WIDE_SCREEN else BAR_WIDTH
        return (
            Column(_("Name"), None, lambda rate: rate.name),
            Column(_("Attended"), 8, _format_count),
            Column("%", 4, lambda rate: f"{rate.rate:.0%}" if rate.rate is not None else "", "right"),
            Column("", width, lambda rate: self._draw_bar(rate, width)),
        )

    def _draw_bar(self, rate: AttendanceRate, width: int) -> str:
        """Return the bar. A seat that a deputy took has attended, its holder has not."""
        of_seats = rate.kind in (RateSubject.SEAT, RateSubject.BODY)
        own = rate.attended - rate.by_deputy if of_seats else rate.attended
        missed = max(0, rate.of - own - rate.by_deputy) if rate.recorded else 0
        parts = {SELF: own, DEPUTY: rate.by_deputy, MISSED: missed}
        most = rate.of if rate.kind is RateSubject.BODY else max(self._most, rate.by_deputy)
        return draw_parts(parts, width, most)

    def find_target(self, row: AttendanceRate) -> str | None:
        """Return the person or deputy."""
        return row.ref if row.kind in (RateSubject.PERSON, RateSubject.DEPUTY) else None

    def format_detail(self, row: AttendanceRate) -> str:
        if row.kind is RateSubject.DEPUTY:
            count = ngettext("{n} meeting as a deputy", "{n} meetings as a deputy", row.by_deputy)
            return f"{row.name}: {count}"
        sentence = _("{name}: attended {attended} of {all}, {deputy} by a deputy")
        if not row.recorded:
            sentence = _("{name}: attendance is not recorded at any of {all} meetings")
        return sentence.format(name=row.name, attended=row.attended, all=row.of, deputy=row.by_deputy)


def _format_count(rate: AttendanceRate) -> str:
    """Return the attended meetings of all; a dash where nothing is recorded."""
    if not rate.of:
        return str(rate.by_deputy)
    return f"{rate.attended}/{rate.of}" if rate.recorded else "–"


def _build_lines(rates: Sequence[AttendanceRate]) -> Iterator[AttendanceRate | HeadingLine]:
    headings = {
        RateSubject.SEAT: _("Seats"),
        RateSubject.BODY: _("Kinds of body"),
        RateSubject.PERSON: _("People"),
        RateSubject.DEPUTY: _("Deputies"),
    }
    for kind, heading in headings.items():
        own = [rate for rate in rates if rate.kind is kind]
        if own:
            yield HeadingLine(format_heading(heading), str(len(own)))
            yield from own
