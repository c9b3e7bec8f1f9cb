"""Layout and drawing of live minutes, and the screen of the chair."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from datetime import time as clock_time
from time import monotonic

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Digits

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.formatting import format_clock, format_short_weekday_date, format_weekday_date, measure_clock
from ahtc_tui.domain.i18n import _, ngettext, pgettext, pgettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.attendance import format_quorum
from ahtc_tui.domain.meetings.kinds import LineKind, MeetingState
from ahtc_tui.domain.meetings.model import AgendaRow, LineRow
from ahtc_tui.domain.minutes.chair_view import ChairItem, ItemClock, build_chair_items, format_planned, format_timer
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.minutes.model import compute_running_times
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.services.minutes.live_minutes import LiveMeeting
from ahtc_tui.tui.base.desk_screen import DeskApp, is_open
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.minutes.entry import Entry
from ahtc_tui.tui.minutes.large_text import LETTER_LINES, draw_large
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import MeetingHead
from ahtc_tui.tui.widgets.plain import PART_GAP, Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

LONGEST_OVERRUN = 120
"""Minutes after the planned end at which the meeting is taken to be over."""

KIND_LETTERS = {
    LineKind.NOTE: pgettext_noop("kind of line", "n"),
    LineKind.DECISION: pgettext_noop("kind of line", "d"),
    LineKind.ACTION: pgettext_noop("kind of line", "a"),
    LineKind.VOTE: pgettext_noop("kind of line", "v"),
    LineKind.DISSENT: pgettext_noop("kind of line", "x"),
    LineKind.DELEGATION: pgettext_noop("kind of line", "g"),
    LineKind.POST_MEETING: pgettext_noop("kind of line", "p"),
}


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An agenda item with its start time."""

    row: AgendaRow
    clock: str
    """Planned start, "10:25am"; empty if unknown."""
    discussed: bool


def read_local_clock() -> clock_time:
    """Return the time of day of this computer."""
    now = time.localtime()
    return clock_time(now.tm_hour, now.tm_min)


def agenda_columns() -> Sequence[Column[AgendaItem]]:
    """Return the columns: number, title, start time and whether the item was discussed."""
    return (
        Column("", 2, lambda item: str(item.row.position), "right"),
        Column("", None, lambda item: item.row.shown_title),
        Column("", measure_clock(), lambda item: item.clock, style=lambda _item: "muted", optional=True),
        Column("", 1, lambda item: "✓" if item.discussed else "·", style=lambda _item: "muted"),
    )


def line_columns(format_owed: Callable[[LineRow], str]) -> Sequence[Column[LineRow]]:
    """Return the columns: number, kind, text, Welsh, and below the text, where narrow, lead, due date and reference."""

    def format_outcome(line: LineRow) -> str:
        return PART_GAP.join(filter(None, (format_owed(line), line.action or line.decision or "")))

    return (
        Column("", 4, lambda line: line.number, style=lambda _line: "muted"),
        Column("", 1, lambda line: pgettext("kind of line", KIND_LETTERS[line.kind]), style=_choose_kind_style),
        Column("", None, lambda line: line.shown_text, takes_all=True, anchor="text"),
        Column("", 2, lambda line: "cy" if line.text_cy else "", style=lambda _line: "muted", optional=True),
        Column("", 44, format_outcome, style=lambda _line: "muted", grows=True, under="text"),
    )


def _identify(line: LineRow) -> RowKey:
    return line.key


def _choose_kind_style(line: LineRow) -> str:
    return {LineKind.ACTION: "soon", LineKind.DECISION: "mark", LineKind.VOTE: "mark"}.get(line.kind, "muted")


class MinutesView(RowActions, DismissOnce, Screen[None]):
    """Base of the minutes screen; it writes nothing."""

    BINDINGS = build_bindings("minute.*")
    """The same keys as those of the input, which work while a list has the focus."""
    CSS_PATH = "minutes.tcss"
    AUTO_FOCUS = "MinuteInput"
    row_actions = frozenset(("step_item", "tick", "outcome"))
    """Actions on the items of the agenda, which is the first list."""
    line_actions = frozenset(("turn", "edit_line", "move", "remove", "welsh"))

    app = app(DeskApp)
    head = query_one(MeetingHead)
    item_head = query_one("#item-head", Plain)
    presence_pane = query_one("#presence", Plain)
    agenda = query_one("#agenda", RecordList)
    lines = query_one("#lines", RecordList)
    entry = query_one(Entry)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self._ref = ref
        self._live_meeting: LiveMeeting | None = None
        self._item_index = 0
        """Index of the selected agenda item."""
        self._saved = ""
        self._shown_lines: list[LineRow] = []
        self._item_clock = ItemClock()
        """The time of each item as the chair's view shows it."""
        self._last_line_key: RowKey | None = None
        """Key of the last line of the item, which the cursor follows when a line is added."""

    @property
    def desk(self) -> Desk:
        """The threads that run services."""
        return self.app.desk

    def compose(self) -> ComposeResult:
        yield MeetingHead()
        with Horizontal(id="minutes-panes"):
            with Vertical(id="minutes-left"):
                yield RecordList(agenda_columns(), id="agenda", markable=False, empty_text=_("esc, a: add an agenda"))
                yield Plain(id="presence")
            with Vertical(id="minutes-right"):
                yield Plain(id="item-head")
                columns = line_columns(self._format_owed)
                yield RecordList(columns, id="lines", markable=False, empty_text=_("No lines yet."), wraps=True)
        yield Entry(self._find_meeting_day)
        yield Hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the commands on a line where the item has none."""
        is_for_typed_words = action == "turn" and is_open(self) and self.entry.has_proposal
        if action in self.line_actions and is_open(self) and self.lines.has_no_row and not is_for_typed_words:
            return None
        return super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return why a command on an item or a line is disabled."""
        if action in self.line_actions:
            return _("This item has no lines yet.")
        return _("The agenda has no items yet.")

    def action_chair(self) -> None:
        """Open the chair's view at the selected item."""

        if self._live_meeting is None:
            return
        if not (items := build_chair_items(self._live_meeting.card)):
            show_toast(self.app, _("The agenda has no items yet."), undo=False)
            return
        item = items[self._item_index].key
        marking = self._live_meeting.card.row.marking
        self.app.push_screen(ChairScreen(self._ref, items, item, self._item_clock, marking), self._select_item)

    def _select_item(self, key: RowKey | None) -> None:
        """Select the item that the chair's view showed last; a line that is being typed stays under its item."""
        keys = [item.key for item in self._live_meeting.card.agenda] if self._live_meeting else []
        if key in keys and not self.entry.text.strip():
            self._item_index = keys.index(key)
            self._draw_meeting()

    def _find_meeting_day(self) -> date:
        """Return the day to which relative dates such as "end nov" refer."""
        day = self._live_meeting.card.row.day if self._live_meeting else None
        return day.latest if day and day.precision is Precision.DAY else self.desk.today

    def _build_items(self) -> Iterator[AgendaItem]:
        live_meeting = self._live_meeting
        assert live_meeting is not None
        times = compute_running_times(live_meeting.card.agenda, live_meeting.card.row.starts)
        for (row, clock), discussed in zip(times, live_meeting.discussed, strict=True):
            yield AgendaItem(row, format_clock(clock) if clock else "", discussed)

    def _replace_meeting(self, live_meeting: LiveMeeting) -> None:
        """Take another reading of the meeting; the selected item stays, also where others moved on the agenda."""
        old_agenda = self._live_meeting.card.agenda if self._live_meeting else ()
        keys = [item.key for item in live_meeting.card.agenda]
        self._live_meeting = live_meeting
        if self._item_index < len(old_agenda) and old_agenda[self._item_index].key in keys:
            self._item_index = keys.index(old_agenda[self._item_index].key)
        self._item_index = max(0, min(self._item_index, len(keys) - 1))

    def _draw_meeting(self) -> None:
        live_meeting = self._live_meeting
        assert live_meeting is not None
        items = list(self._build_items())
        index = self._item_index
        self.agenda.show(
            ListSource(items, lambda item: item.row.key), key=(index, items[index].row.key) if items else None
        )
        number = items[index].row.position if items else None
        shown_lines = [line for line in live_meeting.card.lines if line.item == number]
        last = len(shown_lines) - 1
        if items and index == len(items) - 1:  # lines without an item are printed after the last one
            shown_lines += [line for line in live_meeting.card.lines if line.item is None]
            last = last if last >= 0 else len(shown_lines) - 1
        self._draw_lines(shown_lines, last)
        if items:
            row = items[index].row
            minutes, outcome = f"{row.minutes} min" if row.minutes else "", row.outcome.label if row.outcome else ""
            about = "   ".join(part for part in (row.presenter, minutes, outcome) if part)
            self.item_head.update(f"{row.position}  {row.shown_title}   {about}".rstrip())
        else:
            self.item_head.update("")
        self.presence_pane.update("\n".join(self._format_presence()))
        self._draw_head()

    def _draw_lines(self, lines: list[LineRow], last: int) -> None:
        """Draw the lines of the item; the cursor stays on its line, unless the last line of the item is a new one."""
        last_key = lines[last].key if lines else None
        has_new_line = last_key is None or last_key != self._last_line_key
        self._shown_lines, self._last_line_key = lines, last_key
        if has_new_line:
            self.move_to_line(lines[last] if lines else None)
        else:
            self.lines.update_rows(ListSource(lines, _identify))

    def move_to_line(self, line: LineRow | None) -> None:
        """Show the lines of the item with the cursor on one of them, which may still be on their way."""
        source = ListSource(self._shown_lines, _identify)
        self.lines.show(source, key=source.key_of(line) if line else None)

    def _format_owed(self, line: LineRow) -> str:
        """Return owner and due date of the action of a line; empty for other lines."""
        owed = self._live_meeting.owed if self._live_meeting is not None and line.action else ()
        return next((str(action) for action in owed if action.ref == line.action), "")

    def _format_presence(self) -> Iterator[str]:
        live_meeting = self._live_meeting
        assert live_meeting is not None
        yield _("present {n}  apologies {m}").format(n=live_meeting.present, m=live_meeting.apologies).upper()
        if live_meeting.quorum:
            yield format_quorum(live_meeting.quorum, self._count_voting())
        if live_meeting.waiting:
            yield _("{n} not marked").format(n=len(live_meeting.waiting))
        if live_meeting.wants_welsh:
            yield _("{n} want Welsh").format(n=live_meeting.wants_welsh)
        if live_meeting.gaps:
            yield ngettext("1 gap: f2 g", "{n} gaps: f2 g", len(live_meeting.gaps))

    def _count_voting(self) -> int:
        """Return the votes present at the selected item."""
        assert self._live_meeting is not None
        by_item = self._live_meeting.voting_by_item
        return by_item[self._item_index] if by_item else self._live_meeting.voting

    def _draw_head(self) -> None:
        if self._live_meeting is None:
            return
        row, narrow = self._live_meeting.card.row, self.has_class("-narrow")
        day = row.day.latest if row.day and row.day.precision is Precision.DAY else None
        format_day = format_short_weekday_date if narrow else format_weekday_date
        day_text = format_day(day) if day else str(row.day or "")
        count = len(self._live_meeting.card.agenda)
        place = _("item {n} of {all}").format(n=self._item_index + 1, all=count) if count else ""
        minutes_status = self._live_meeting.minutes_state
        if minutes_status.state is not MinutesState.DRAFT:
            place = (
                _("{state}: locked").format(state=minutes_status.state.label)
                if minutes_status.is_locked
                else minutes_status.state.label
            )
        hour = f" {format_clock(row.start_time)}" if row.start_time else ""
        title, moment = "" if narrow else row.shown_title, f"{day_text}{hour}"
        parts = (row.ref, title, moment, place, self._format_clock(day), self._saved)
        self.head.show(parts, row.marking, optional=(title, moment, place))

    def _format_clock(self, day: date | None) -> str:
        """Return the time and the overrun of the selected item during the meeting; empty otherwise."""
        live_meeting = self._live_meeting
        if live_meeting is None or day != self.desk.today or live_meeting.card.row.state is MeetingState.HELD:
            return ""
        now, agenda, starts = read_local_clock(), live_meeting.card.agenda, live_meeting.card.row.starts
        clock_text = format_clock(now)
        allotted = sum(item.minutes or 0 for item in agenda[: self._item_index + 1])
        if starts is None or not allotted:
            return clock_text
        elapsed = (now.hour - starts.hour) * 60 + now.minute - starts.minute
        longest = sum(item.minutes or 0 for item in agenda) + LONGEST_OVERRUN
        overrun = elapsed - allotted
        return (
            f"{clock_text}, " + _("{n} min over").format(n=overrun) if overrun > 0 and elapsed < longest else clock_text
        )


OTHER_LINES, SIDES = 16, 8
"""Lines of the chair's view without the title, and cells at its sides."""


class ItemTitle(Plain, can_focus=True):
    """The title of the item, at which the terminal's cursor is."""


class ChairScreen(DismissOnce, Screen[RowKey]):
    """One item of the agenda in the middle of the screen. Dismisses with the key of the item shown last."""

    BINDINGS = build_bindings("chair.*")
    CSS_PATH = "minutes.tcss"
    AUTO_FOCUS = "#chair-title"

    app = app(DeskApp)
    head = query_one(MeetingHead)
    number = query_one("#chair-number", Digits)
    title_pane = query_one("#chair-title", ItemTitle)
    presenter = query_one("#chair-presenter", Plain)
    timer = query_one("#chair-timer", Digits)
    planned = query_one("#chair-planned", Plain)
    following = query_one("#chair-next", Plain)

    def __init__(
        self, ref: str, items: tuple[ChairItem, ...], item: RowKey, clock: ItemClock, marking: Marking
    ) -> None:
        super().__init__()
        self._ref, self._items, self._item, self._clock, self._marking = ref, items, item, clock, marking

    def compose(self) -> ComposeResult:
        yield MeetingHead()
        with Vertical(id="chair-item"):
            yield Digits(id="chair-number")
            yield ItemTitle(id="chair-title")
            yield Plain(id="chair-presenter")
            yield Digits(id="chair-timer")
            yield Plain(id="chair-planned")
        yield Plain(id="chair-next")
        yield Hints()

    def on_mount(self) -> None:
        """Draw the item, and every second its time; read the agenda again after every write."""
        self.set_interval(1, self._draw_time)
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self._draw_item()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the agenda again; the item stays, also where it was moved."""
        with errors_as_toasts(self.app):
            live_meeting = await self.app.desk.show(live_minutes.show_live_meeting, self._ref)
            if self.is_current and live_meeting.card.agenda:
                index, self._items = self._index, build_chair_items(live_meeting.card)
                self._marking = live_meeting.card.row.marking
                if self._item not in [item.key for item in self._items]:
                    self._item = self._items[min(index, len(self._items) - 1)].key
                self._draw_item()

    @property
    def _index(self) -> int:
        return next(index for index, item in enumerate(self._items) if item.key == self._item)

    def action_step_item(self, offset: int) -> None:
        """Show the next or previous item, whose clock runs from then on."""
        index = max(0, min(self._index + offset, len(self._items) - 1))
        self._item = self._items[index].key
        self._draw_item()

    def action_close(self) -> None:
        """Return to the minutes, at this item."""
        self.dismiss(self._item)

    def _draw_item(self) -> None:
        index, item = self._index, self._items[self._index]
        self._clock.start(item.key, monotonic())
        place = _("item {n} of {all}").format(n=index + 1, all=len(self._items))
        self.head.show((self._ref, place, item.title), self._marking)
        self.number.update(str(item.position))
        self._draw_title()
        self.presenter.update(item.presenter)
        following = self._items[index + 1 : index + 2]
        self.following.update(
            _("Next: {n}  {title}").format(n=following[0].position, title=following[0].title) if following else ""
        )
        self._draw_time()

    def on_resize(self) -> None:
        self._draw_title()

    def _draw_title(self) -> None:
        """Draw the title in large letters, or in bold where they do not fit."""
        title, size = self._items[self._index].title, self.app.size
        rows = (size.height - OTHER_LINES) // LETTER_LINES
        self.title_pane.update(draw_large(title, size.width - SIDES, rows) or title)

    def _draw_time(self) -> None:
        item = self._items[self._index]
        seconds = self._clock.measure(item.key, monotonic())
        self.timer.update(format_timer(seconds))
        self.planned.update(format_planned(seconds, item.minutes))
        self.timer.set_class(bool(item.minutes and seconds >= item.minutes * 60), "-over")
