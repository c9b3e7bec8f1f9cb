"""Live minutes: the agenda at the left, the lines of the item at the right, one input below. Nothing here is modal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Footer

from ahtc_tui.domain.dates import Precision
from ahtc_tui.domain.meetings import LineKind, LineRow
from ahtc_tui.domain.minutes import running_times
from ahtc_tui.domain.saying import long_date_with_day
from ahtc_tui.domain.words import _
from ahtc_tui.services import carrying, minute_desk, minutes
from ahtc_tui.services.minute_desk import Sitting
from ahtc_tui.tui.base import DeskApp
from ahtc_tui.tui.minutes.entry import Entry
from ahtc_tui.tui.minutes.lists import Item, agenda_columns, line_columns
from ahtc_tui.tui.widgets.confirm import Confirm, say, told
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.tui.desk import Desk

NEXT_KIND = {LineKind.NOTE: LineKind.DECISION, LineKind.DECISION: LineKind.ACTION, LineKind.ACTION: LineKind.NOTE}
KEEP_AFTER = 0.5
"""Seconds after a key until unfinished words are on disk."""


class MinutesScreen(Screen[None]):
    """One meeting while it goes on."""

    CSS_PATH = "minutes.tcss"
    AUTO_FOCUS = "MinuteInput"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-wide")]

    app = app(DeskApp)
    head = query_one("#minutes-head", Plain)
    item_head = query_one("#item-head", Plain)
    here = query_one("#here", Plain)
    agenda = query_one("#agenda", RecordList)
    lines = query_one("#lines", RecordList)
    entry = query_one(Entry)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._sitting: Sitting | None = None
        self._item = 0
        """Place of the item in the agenda, from 0."""
        self._editing: LineRow | None = None
        self._saved = ""

    @property
    def desk(self) -> Desk:
        """The services."""
        return self.app.desk

    def compose(self) -> ComposeResult:
        """Head, agenda, lines, entry, hints."""
        yield Plain(id="minutes-head")
        with Horizontal(id="minutes-panes"):
            with Vertical(id="minutes-left"):
                yield RecordList(agenda_columns(), id="agenda", markable=False, empty_text=_("No agenda yet."))
                yield Plain(id="here")
            with Vertical(id="minutes-right"):
                yield Plain(id="item-head")
                yield RecordList(line_columns(), id="lines", markable=False, empty_text=_("Nothing said yet."))
        yield Entry(self._day)
        yield Footer(show_command_palette=False, compact=True)

    def _day(self) -> date:
        """The day from which "end nov" counts."""
        day = self._sitting.card.row.day if self._sitting else None
        return day.latest if day and day.precision is Precision.DAY else self.desk.today

    def on_mount(self) -> None:
        """Read the meeting, and bring back what was typed and not entered."""
        self.set_interval(30, self._draw_head)
        self.app.changed.subscribe(self, lambda _nothing: self.read())
        self._begin()

    @work(group="begin")
    async def _begin(self) -> None:
        with told(self.app):
            self.entry.offer(await self.desk.ask(minute_desk.owners, self._ref))
            self.entry.put(await self.desk.ask(minute_desk.unfinished, self._ref))
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read the meeting anew."""
        with told(self.app):
            self._sitting = await self.desk.ask(minute_desk.sitting, self._ref)
            self._draw()

    def _items(self) -> Iterator[Item]:
        sitting = self._sitting
        assert sitting is not None
        starts = sitting.card.row.starts
        times = running_times(sitting.card.agenda, starts) if starts else ((item, None) for item in sitting.card.agenda)
        for (row, at), discussed in zip(times, sitting.discussed, strict=True):
            yield Item(row, f"{at:%H:%M}" if at else "", discussed)

    def _draw(self) -> None:
        sitting = self._sitting
        assert sitting is not None
        items = list(self._items())
        at = self._item
        self.agenda.show(ListSource(items, lambda item: item.row.key), at=(at, items[at].row.key) if items else None)
        number = items[at].row.position if items else None
        said = [line for line in sitting.card.lines if line.item == number]
        last = (len(said) - 1, said[-1].key) if said else None
        self.lines.show(ListSource(said, lambda line: line.key), at=last)
        if items:
            row = items[at].row
            about = "   ".join(part for part in (row.presenter, f"{row.minutes} min" if row.minutes else None) if part)
            self.item_head.update(f"{row.position}  {row.title}   {about}".rstrip())
        else:
            self.item_head.update("")
        self.here.update("\n".join(self._presence()))
        self._draw_head()

    def _presence(self) -> Iterator[str]:
        sitting = self._sitting
        assert sitting is not None
        yield _("PRESENT {n}  APOLOGIES {m}").format(n=sitting.present, m=sitting.apologies)
        if sitting.quorum:
            met = sitting.present >= sitting.quorum
            yield _("quorum {n} {met}").format(n=sitting.quorum, met="✓" if met else _("not yet"))
        if sitting.waiting:
            yield _("{n} not marked").format(n=len(sitting.waiting))
        if sitting.wants_welsh:
            yield _("{n} want Welsh").format(n=sitting.wants_welsh)

    def _draw_head(self) -> None:
        if self._sitting is None:
            return
        row = self._sitting.card.row
        when = (
            long_date_with_day(row.day.latest) if row.day and row.day.precision is Precision.DAY else str(row.day or "")
        )
        count = len(self._sitting.card.agenda)
        place = _("item {n} of {all}").format(n=self._item + 1, all=count) if count else ""
        parts = [row.ref, row.title, f"{when} {row.start_time:%H:%M}" if row.start_time else when, place, self._saved]
        self.head.update("   ".join(part for part in parts if part))

    def _done(self) -> None:
        self._saved = _("saved {time}").format(time=datetime.now().astimezone().strftime("%H:%M:%S"))
        self.app.changed.publish(None)

    @on(Entry.Entered)
    def _entered(self, event: Entry.Entered) -> None:
        self._write(event.text)

    @work(group="write")
    async def _write(self, text: str) -> None:
        """Put a line on disk; the input is emptied only then."""
        sitting, editing = self._sitting, self._editing
        agenda = sitting.card.agenda if sitting else ()
        with told(self.app):
            if editing is not None:
                await self.desk.ask(minutes.edit_line, self._ref, editing.key, text)
            else:
                position = agenda[self._item].position if agenda else None
                await self.desk.ask(minutes.add_line, self._ref, text, position)
            self._editing = None
            self.entry.put("")
            await self.desk.ask(minute_desk.keep_unfinished, self._ref, "")
            self._done()

    @on(Entry.Typed)
    def _typed(self, event: Entry.Typed) -> None:
        self._keep(event.text)

    @work(exclusive=True, group="keep")
    async def _keep(self, text: str) -> None:
        """Unfinished words go to disk when the typing rests."""
        import asyncio

        await asyncio.sleep(KEEP_AFTER)
        await self.desk.ask(minute_desk.keep_unfinished, self._ref, text)

    def action_step_item(self, by: int) -> None:
        """The next or the last item."""
        if self._sitting and self._sitting.card.agenda:
            self._item = max(0, min(self._item + by, len(self._sitting.card.agenda) - 1))
            self._draw()

    @on(RecordList.Opened, "#agenda")
    def _item_opened(self, event: RecordList.Opened) -> None:
        self._item = self.agenda.cursor
        self._draw()
        self.entry.input.focus()

    def action_step_line(self, by: int) -> None:
        """The line above or below."""
        self.lines.action_step(by)

    @work(group="write")
    async def action_turn(self) -> None:
        """Make the line a decision, an action, a note, and round again."""
        if (line := self.lines.highlighted) is not None:
            with told(self.app):
                await self.desk.ask(minutes.turn_line, self._ref, line.key, NEXT_KIND[line.kind])
                self._done()

    @work(group="write")
    async def action_move(self, by: int) -> None:
        """Move the line among its neighbours."""
        if (line := self.lines.highlighted) is not None:
            with told(self.app):
                await self.desk.ask(minutes.move_line, self._ref, line.key, by)
                self._done()

    def action_edit_line(self) -> None:
        """Put the words of the line into the input; enter puts them back changed."""
        if (line := self.lines.highlighted) is not None:
            self._editing = line
            self.entry.put(line.text, line.kind)

    @work(group="write")
    async def action_remove(self) -> None:
        """Take the line out; undo brings it back."""
        if (line := self.lines.highlighted) is not None:
            with told(self.app):
                await self.desk.ask(minutes.remove_line, self._ref, line.key)
                say(self.app, _("line removed"), undo=False)
                self._done()

    @work(group="write")
    async def action_tick(self) -> None:
        """The item was dealt with, or was not after all."""
        sitting = self._sitting
        if sitting and sitting.card.agenda:
            row = sitting.card.agenda[self._item]
            with told(self.app):
                await self.desk.ask(minutes.tick_item, self._ref, row.position, not row.discussed)
                self._done()

    @work(group="write")
    async def action_attendance(self) -> None:
        """Who is there."""
        from ahtc_tui.tui.minutes.attendance import AttendanceScreen

        await self.app.push_screen_wait(AttendanceScreen(self._ref))
        self._done()

    @work(group="write")
    async def action_close(self) -> None:
        """Close the meeting: every item says first whether it goes forward, and why."""
        with told(self.app):
            verdicts = await self.desk.ask(carrying.what_goes_forward, self._ref)
            words = {True: _("goes forward"), False: _("stays")}
            said = "\n".join(f"{v.position:>2}  {words[v.goes_forward]:13} {v.item}: {v.reason}" for v in verdicts)
            question = _("Close {ref}?").format(ref=self._ref)
            if await self.app.push_screen_wait(Confirm(f"{question}\n\n{said}" if said else question)):
                _carried, following = await self.desk.ask(carrying.close_meeting, self._ref)
                to = _("carried to {ref}").format(ref=following) if following else _("no next meeting yet")
                say(self.app, _("{ref} closed, {to}").format(ref=self._ref, to=to))
                self.app.changed.publish(None)
                self.dismiss(None)

    def action_leave(self) -> None:
        """Back to the meetings; an edit that was begun is given up first."""
        if self._editing is not None:
            self._editing = None
            self.entry.put("")
        else:
            self.dismiss(None)
