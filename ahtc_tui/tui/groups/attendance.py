"""The attendance of one group as bars: each seat, then each person and each deputy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import work

from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.meetings.attendance import AttendanceRate, RateSubject
from ahtc_tui.services.meetings.attendance import list_attendance_rates
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.drawing import draw_parts
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine

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
            Column(_("Attended"), 8, lambda rate: f"{rate.attended}/{rate.of}" if rate.of else str(rate.by_deputy)),
            Column("%", 4, lambda rate: f"{rate.rate:.0%}" if rate.rate is not None else "", "right"),
            Column("", width, lambda rate: self._draw_bar(rate, width)),
        )

    def _draw_bar(self, rate: AttendanceRate, width: int) -> str:
        """Return the bar. A seat that a deputy took has attended, its holder has not."""
        of_seats = rate.kind in (RateSubject.SEAT, RateSubject.BODY)
        own = rate.attended - rate.by_deputy if of_seats else rate.attended
        parts = {SELF: own, DEPUTY: rate.by_deputy, MISSED: max(0, rate.of - own - rate.by_deputy)}
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
        return sentence.format(name=row.name, attended=row.attended, all=row.of, deputy=row.by_deputy)


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
