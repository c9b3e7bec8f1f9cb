"""Contacts with everybody by month: one block a month, the higher the more contacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import work

from ahtc_tui.domain.contacts.engagement import MonthlyEngagement
from ahtc_tui.domain.dates.calendar_names import format_short_month
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.services.contacts.engagement import show_contacts_by_month
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.drawing import draw_sparkline


class EngagementMonthsScreen(ListOverlay[MonthlyEngagement]):
    """A line for each contact; opening it leads to the contact."""

    mode = "contacts"
    empty_text = gettext_noop("No contact in these months. On the screen Contacts, press t to record one.")
    picture_name = gettext_noop("Contacts by month")
    BINDINGS = build_bindings("page.picture")

    def __init__(self) -> None:
        super().__init__()
        self._months: tuple[date, ...] = ()
        self._largest = 0

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the contacts."""
        with errors_as_toasts(self.app):
            page = await self.app.desk.show(show_contacts_by_month)
            self._months, self._largest = page.months, page.largest
            first, last = _format_month(page.months[0]), _format_month(page.months[-1])
            head = _("Contacts by month, {first} to {last}").format(first=first, last=last)
            largest = ngettext("{n} contact in a month", "{n} contacts in a month", self._largest)
            foot = _("Each letter is a month. The highest block: {contacts}").format(contacts=largest)
            self.show_lines(head, page.rows, lambda row: row.ref, foot if self._largest else "")

    def build_columns(self) -> Sequence[Column[MonthlyEngagement]]:
        initials = "".join(format_short_month(month.month)[0] for month in self._months)
        return (
            Column(_("Name"), None, lambda row: row.name),
            Column(initials, max(1, len(initials)), self._draw_months),
            Column(_("Total"), 6, lambda row: str(row.total or "–"), "right"),
            Column(pgettext("contact", "Last"), 16, lambda row: str(row.last_on or _("none")), optional=True),
            Column(_("Why"), 24, lambda row: row.why, style=lambda _row: "late", optional=True),
        )

    def _draw_months(self, row: MonthlyEngagement) -> str:
        """Return a block for each month, and a dot for one without a contact."""
        return draw_sparkline(row.counts, self._largest).replace(" ", "·")

    def format_detail(self, row: MonthlyEngagement) -> str:
        """Return the numbers of the months with contacts."""
        counts = zip(self._months, row.counts, strict=True)
        months = (f"{_format_month(month)}: {count}" for month, count in counts if count)
        return "   ".join(filter(None, (row.name, *months, row.why)))

    def find_target(self, row: MonthlyEngagement) -> str:
        """Return the contact."""
        return row.ref


def _format_month(month: date) -> str:
    return f"{format_short_month(month.month)} {month.year}"
