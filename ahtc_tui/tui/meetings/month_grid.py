"""A month or a week as a table of days. It draws and moves; the screen reads the entries."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from ahtc_tui.domain.dates.calendar_names import format_short_weekday
from ahtc_tui.domain.dates.formatting import format_clock
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.calendar import CalendarEntry, EntryKind
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.plain import fit_cell

DAYS = 7
HEAD_LINES = 1
FEWEST_LINES, MOST_LINES = 2, 5
"""Lines of a day of the month: its number and its first entries."""


class MonthGrid(Widget, can_focus=True):
    """The days of a month or a week, with a cursor."""

    DEFAULT_CSS = """
    MonthGrid { height: auto; padding: 0 1; text-wrap: nowrap; }
    """
    BINDINGS = build_bindings("calendar.left", "calendar.right", "calendar.up", "calendar.down")

    class Moved(Message):
        """The cursor moved to another day."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day, self.today = day, today
        self.is_week = False
        self.entries: Mapping[date, Sequence[CalendarEntry]] = {}

    @property
    def weeks(self) -> list[list[date]]:
        """The weeks on show, each from Monday."""
        if self.is_week:
            monday = self.day - timedelta(self.day.weekday())
            return [[monday + timedelta(number) for number in range(DAYS)]]
        return Calendar().monthdatescalendar(self.day.year, self.day.month)

    @property
    def _lines(self) -> int:
        """Lines of one week."""
        half = max(FEWEST_LINES, (self.screen.size.height - HEAD_LINES) // 2)
        return half if self.is_week else max(FEWEST_LINES, min(MOST_LINES, self.screen.size.height * 2 // 3 // 6))

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
        head = "".join(fit_cell(format_short_weekday(number), width) for number in range(DAYS))
        lines = [Content.styled(head, "$foreground-muted")]
        for week in self.weeks:
            cells = [list(self._build_cell(day, width)) for day in week]
            lines += [Content("").join(list(parts)) for parts in zip(*cells, strict=True)]
        return Content("\n").join(lines)

    def _build_cell(self, day: date, width: int) -> Iterator[Content]:
        """Yield the lines of a day: its number with a bank holiday, then what fits."""
        entries = self.entries.get(day, ())
        holiday = next((entry.title for entry in entries if entry.kind is EntryKind.HOLIDAY), "")
        mark = "▌" if day == self.day else " "
        number = f"({day.day})" if day == self.today else str(day.day)
        style = "$foreground-muted" if day.month != self.day.month or holiday else ""
        if day == self.day:
            style = "bold reverse" if self.has_focus else "bold"
        yield Content.styled(fit_cell(f"{mark}{number} {holiday}", width - 1) + " ", style)
        shown = [entry for entry in entries if entry.kind is not EntryKind.HOLIDAY]
        room = self._lines - 1
        for entry in shown[: room if len(shown) <= room else room - 1]:
            yield Content.styled(fit_cell(f" {format_brief(entry)}", width - 1) + " ", choose_style(entry))
        if len(shown) > room:
            hidden = len(shown) - room + 1
            more = format_brief(shown[0]) if room == 1 and hidden == 1 else _("{n} entries").format(n=hidden)
            has_clash = any(entry.clashes for entry in shown[room - 1 :])
            yield Content.styled(fit_cell(f" {'! ' if has_clash else ''}{more}", width - 1) + " ", "$foreground-muted")
        for _number in range(max(0, room - len(shown))):
            yield Content(" " * width)


def format_brief(entry: CalendarEntry) -> str:
    """Return an entry in a few characters: the hour and title of a meeting, the reference of what is due."""
    if entry.kind is EntryKind.DUE:
        return f"· {entry.ref}"
    mark = "! " if entry.clashes else "× " if entry.is_cancelled else ""
    hour = f"{format_clock(entry.starts)} " if entry.starts else ""
    return f"{mark}{hour}{entry.title}"


def choose_style(entry: CalendarEntry) -> str:
    """Return the style of an entry."""
    if entry.is_cancelled:
        return "$foreground-muted"
    return "$text-error" if entry.clashes else "$text-accent" if entry.kind is EntryKind.MEETING else ""
