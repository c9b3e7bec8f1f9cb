"""The calendar of the mode Meetings: a month with meetings, due dates and bank holidays."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from ahtc_tui.domain.dates.calendar_names import format_month, format_short_weekday
from ahtc_tui.domain.dates.date_as_known import add_months
from ahtc_tui.domain.dates.formatting import format_clock, format_weekday_date, measure_clock
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.domain.meetings.calendar import CalendarEntry, EntryKind, list_remarks
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.services.meetings import calendar_days
from ahtc_tui.tui.base.desk_screen import DeskScreen
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import GAP, Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, fit_cell, wrap_text
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

DAYS = 7
HEAD_LINES = 1
FEWEST_LINES, MOST_LINES = 2, 5
"""Lines of a day of the month: its number and its first entries."""


class MonthGrid(Widget, can_focus=True):
    """The days of a month, with a cursor."""

    DEFAULT_CSS = """
    MonthGrid { height: auto; padding: 0 1; text-wrap: nowrap; }
    """
    BINDINGS = build_bindings("calendar.left", "calendar.right", "calendar.up", "calendar.down")

    class Moved(Message):
        """The cursor moved to another day."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day, self.today = day, today
        self.entries: Mapping[date, Sequence[CalendarEntry]] = {}

    @property
    def weeks(self) -> list[list[date]]:
        """The weeks on show, each from Monday."""
        return Calendar().monthdatescalendar(self.day.year, self.day.month)

    @property
    def _lines(self) -> int:
        """Lines of one week."""
        return max(FEWEST_LINES, min(MOST_LINES, self.screen.size.height * 2 // 3 // 6))

    def get_content_height(self, _container: object, _viewport: object, _width: int) -> int:
        """Return the lines of the weekdays and of all weeks."""
        return HEAD_LINES + self._lines * len(self.weeks)

    @property
    def _cell_width(self) -> int:
        return max(4, self.content_size.width // DAYS)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Cell of the screen at the start of the selected day."""
        line = next(number for number, week in enumerate(self.weeks) if self.day in week)
        place = Offset(self.day.weekday() * self._cell_width, HEAD_LINES + line * self._lines)
        return self.content_region.offset + place

    def show(self, entries: Mapping[date, Sequence[CalendarEntry]]) -> None:
        """Show other entries, or another size of the table."""
        self.entries = entries
        self.refresh(layout=True)

    def move_to(self, day: date) -> None:
        """Move the cursor."""
        self.day = day
        self.refresh()
        self.post_message(self.Moved())

    def action_step(self, days: int) -> None:
        """Move by days."""
        self.move_to(self.day + timedelta(days))

    def on_click(self, event: events.Click) -> None:
        line, column = (event.y - HEAD_LINES) // self._lines, (event.x - 1) // self._cell_width
        if 0 <= line < len(self.weeks) and 0 <= column < DAYS:
            self.move_to(self.weeks[line][column])

    def render(self) -> Content:
        width = self._cell_width
        head = "".join(fit_cell(f" {format_short_weekday(number)}", width) for number in range(DAYS))
        lines = [Content.styled(head, "$foreground-muted")]
        for week in self.weeks:
            cells = [list(self._build_cell(day, width)) for day in week]
            lines += [Content("").join(list(parts)) for parts in zip(*cells, strict=True)]
        return Content("\n").join(lines)

    def _build_cell(self, day: date, width: int) -> Iterator[Content]:
        """Yield the lines of a day: its number with a bank holiday, then what fits."""
        entries = self.entries.get(day, ())
        holiday = next((entry.title for entry in entries if entry.kind is EntryKind.HOLIDAY), "")
        shown = [entry for entry in entries if entry.kind is not EntryKind.HOLIDAY]
        number = " ".join((str(day.day), _("today"))) if day == self.today else str(day.day)
        head = wrap_head(f"{number} {holiday}".rstrip(), width - 2, self._lines - len(shown))
        mark = "▌" if day == self.day else " "
        style = "$foreground-muted" if day.month != self.day.month or holiday else ""
        if day == self.day:
            style = "bold reverse" if self.has_focus else "bold"
        yield Content.styled(fit_cell(f"{mark}{head[0]}", width - 1) + " ", style)
        for line in head[1:]:
            text = line if cell_len(line) == width else f" {line}"
            yield Content.styled(fit_cell(text, width), "$foreground-muted")
        yield from self._build_entries(shown, width, self._lines - len(head))

    def _build_entries(self, entries: Sequence[CalendarEntry], width: int, room: int) -> Iterator[Content]:
        """Yield the lines below the head of a day: its first entries, wrapped to free lines, and how many others."""
        free = max(0, room - len(entries))
        for entry in entries[: room if len(entries) <= room else room - 1]:
            lines = wrap_text(format_brief(entry, width - 2), width - 2)
            lines = (*lines[:free], " ".join(lines[free:])) if len(lines) > free else lines
            free -= len(lines) - 1
            for line in lines:
                yield Content.styled(fit_cell(f" {line}", width - 1) + " ", choose_style(entry))
        if len(entries) > room:
            hidden = len(entries) - room + 1
            more = (
                format_brief(entries[0], width - 2) if room == 1 and hidden == 1 else _("{n} entries").format(n=hidden)
            )
            has_clash = any(entry.clashes for entry in entries[room - 1 :])
            yield Content.styled(fit_cell(f" {'! ' if has_clash else ''}{more}", width - 1) + " ", "$foreground-muted")
        for _number in range(free):
            yield Content(" " * width)


def wrap_head(text: str, width: int, most: int) -> Sequence[str]:
    """Return number and bank holiday of a day on at most so many lines, of which the last is cut after a word.

    A last line that has the margins of its cell as well, two cells more, may be whole. A single line is not cut.
    """
    lines = wrap_text(text, width)
    if len(lines) <= most:
        return lines
    if most < 2:
        return (text,)
    last = " ".join(lines[most - 1 :])
    return (*lines[: most - 1], last if cell_len(last) <= width + 2 else shorten_text(last, width + 1))


def format_brief(entry: CalendarEntry, width: int) -> str:
    """Return an entry in a few characters: the hour and title of a meeting, the reference of what is due.

    A title that is longer than `width` with its hour gives way to the short name of the group.
    """
    if entry.kind is EntryKind.DUE:
        return f"· {entry.ref}"
    mark = "! " if entry.clashes else "× " if entry.is_cancelled else ""
    hour = f"{format_clock(entry.starts)} " if entry.starts else ""
    start = f"{mark}{hour}"
    return start + (entry.title if cell_len(start + entry.title) <= width else entry.short_name or entry.title)


def choose_style(entry: CalendarEntry) -> str:
    """Return the style of an entry."""
    if entry.is_cancelled:
        return "$foreground-muted"
    return "$text-error" if entry.clashes else "$text-accent" if entry.kind is EntryKind.MEETING else ""


class CalendarScreen(RowActions, DeskScreen):
    """A month above the entries of the selected day."""

    DEFAULT_CSS = """
    CalendarScreen #calendar-head { height: 1; padding: 0 1; text-style: bold; }
    CalendarScreen RecordList { height: 1fr; min-height: 3; margin-top: 1; }
    """
    noun = "meetings"
    AUTO_FOCUS = "MonthGrid"
    row_actions = frozenset(("entries", "move"))
    BINDINGS = build_bindings(
        "calendar.earlier", "calendar.next", "calendar.today", "calendar.entries", "calendar.new",
        "calendar.later", "calendar.sooner", "calendar.next-week", "calendar.leave",
    )  # fmt: skip
    grid = query_one(MonthGrid)
    head = query_one("#calendar-head", Plain)

    def __init__(self, day: date) -> None:
        super().__init__()
        self._first_day = day
        self._days: dict[date, list[CalendarEntry]] = {}
        self._read_weeks: list[list[date]] = []
        """The weeks whose entries were read."""

    def compose(self) -> ComposeResult:
        yield ModeBar(self.noun)
        yield Plain(id="calendar-head")
        yield MonthGrid(self._first_day, self.desk.today)
        yield RecordList(
            self.build_columns(), empty_text=_("Nothing on this date. Press n to add a meeting."), markable=False
        )
        yield Hints()

    def build_columns(self) -> Sequence[Column[CalendarEntry]]:
        return (
            Column(_("Time"), measure_clock(), lambda row: format_clock(row.starts) if row.starts else ""),
            Column(_("What"), 12, _format_kind, style=_choose_list_style, grows=True),
            Column(_("Title"), None, lambda row: row.title, style=_choose_list_style),
            Column(_("Ref"), 5, lambda row: row.ref, grows=True),
        )

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the days on show again."""
        weeks = self.grid.weeks
        with errors_as_toasts(self.app):
            self._days = await self.desk.show(calendar_days.list_calendar_days, weeks[0][0], weeks[-1][-1])
            self._read_weeks = weeks
            self._draw()

    def _draw(self) -> None:
        day = self.grid.day
        self.grid.show(self._days)
        title = f"{format_month(day.month)} {day.year}".capitalize()
        text, legend = f"{title}   {format_weekday_date(day)}", _("· due   ! clash   × cancelled")
        room = self.head.content_size.width - cell_len(text)
        self.head.update(text + (legend.rjust(room) if cell_len(legend) + GAP <= room else ""))
        rows = self._days.get(day, [])
        self.list_pane.update_rows(ListSource(rows, lambda row: (row.kind, row.ref, row.title)))

    @on(MonthGrid.Moved)
    def _show_day(self) -> None:
        if self._read_weeks == self.grid.weeks:
            self._draw()
        else:
            self.reload()

    def action_turn(self, direction: int) -> None:
        """Move by a month."""
        day = self.grid.day
        first = add_months(day.replace(day=1), direction)
        self.grid.move_to(first.replace(day=min(day.day, monthrange(first.year, first.month)[1])))

    def action_today(self) -> None:
        """Go to today."""
        self.grid.move_to(self.desk.today)

    def action_entries(self) -> None:
        """Focus the entries of the day, or the table again."""
        if self.list_pane.has_focus or self.list_pane.has_no_row:
            self.grid.focus()
        else:
            self.list_pane.focus()

    def action_leave(self) -> None:
        """Go back to the table, then to the meetings."""
        if self.list_pane.has_focus:
            self.grid.focus()
        else:
            self.dismiss(None)

    @on(RecordList.Opened)
    def _open_entry(self, event: RecordList.Opened) -> None:
        """Close the calendar and show the record of the entry."""
        entry: CalendarEntry = event.row
        if entry.ref:
            app = self.app
            self.dismiss(None)
            app.call_after_refresh(app.show_record, "action" if entry.kind is EntryKind.DUE else "meeting", entry.ref)

    @work(group="write")
    async def action_move(self, days: int) -> None:
        """Move the selected entry, and go to its new day."""
        entry: CalendarEntry | None = self.list_pane.highlighted
        if entry is None:
            show_toast(self.app, _("Nothing on this date can be moved."), undo=False)
            return
        with errors_as_toasts(self.app):
            day = await self.desk.run(calendar_days.move_entry, entry, days)
            self.grid.move_to(day)
            message = _("{name} moved to {day}").format(name=entry.ref, day=format_weekday_date(day))
            self.app.announce_write(message)

    @work(group="write")
    async def action_new(self) -> None:
        """Add a meeting on the selected day."""
        from ahtc_tui.tui.meetings.form import MeetingForm

        groups, parties = await list_candidates(self.app, "group"), await list_candidates(self.app)
        form = MeetingForm(self.desk, groups, parties, typed={"date": self.grid.day.isoformat()})
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            added = _("{ref} added").format(ref=form.written.ref)
            self.app.announce_write(". ".join((added, *list_remarks(form.written))))

    def retranslate(self) -> None:
        """Show labels and entries in the language now in force."""
        super().retranslate()
        self.grid.refresh()

    def ref_of(self, row: Any) -> str:
        return str(row.ref)


def _format_kind(row: CalendarEntry) -> str:
    if row.kind is EntryKind.MEETING:
        return _("clash") if row.clashes else _("cancelled") if row.is_cancelled else _("meeting")
    return pgettext("calendar", "due") if row.kind is EntryKind.DUE else _("bank holiday")


def _choose_list_style(row: CalendarEntry) -> str:
    return "late" if row.clashes else "muted" if row.is_cancelled or row.kind is EntryKind.HOLIDAY else ""
