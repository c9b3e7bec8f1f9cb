"""Live minutes: what each key does while a meeting goes on. How it looks is in `view`; nothing here is modal."""

from __future__ import annotations

import asyncio

from textual import on, work

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LineKind, LineRow
from ahtc_tui.services.minutes import lifecycle, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.minutes.welsh_text import translate_line
from ahtc_tui.tui.minutes.closing import ClosingScreen
from ahtc_tui.tui.minutes.entry import Entry, Taken
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.record_list import RecordList

NEXT_KIND = {LineKind.NOTE: LineKind.DECISION, LineKind.DECISION: LineKind.ACTION, LineKind.ACTION: LineKind.NOTE}
KEEP_EVERY = 0.5
"""Seconds after a key until unfinished words are on disk, whatever is typed meanwhile."""


class MinutesScreen(ClosingScreen):
    """One meeting while it goes on."""

    def on_mount(self) -> None:
        """Read the meeting, and bring back what was typed and not entered."""
        self.set_interval(30, self._draw_head)
        self.app.changed.subscribe(self, lambda _nothing: self.read())
        self._begin()

    def on_screen_resume(self) -> None:
        """What was said on another screen shows here."""
        self.read()

    @work(group="begin")
    async def _begin(self) -> None:
        with told(self.app):
            self.entry.offer(await self.desk.ask(live_minutes.owners, self._ref))
            self.entry.put(await self.desk.ask(live_minutes.unfinished, self._ref))
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read the meeting anew."""
        with told(self.app):
            self._sitting = await self.desk.ask(live_minutes.sitting, self._ref)
            if self.is_current:
                self._draw()

    @on(Entry.Entered)
    def _entered(self, event: Entry.Entered) -> None:
        """Whoever types fast is on the next line before this one is on disk: the input is free at once."""
        editing, translating = self._editing, self._translating
        self._editing, self._translating = None, False
        self._write(event.text, self.entry.take(), editing, translating)

    @work(group="write")
    async def _write(self, text: str, taken: Taken, editing: LineRow | None, translating: bool) -> None:
        """Put a line on disk; the words come back into the input where that is refused."""
        kept = False
        with told(self.app):
            await self._store(text, editing, translating)
            kept = True
            await self.desk.ask(live_minutes.keep_unfinished, self._ref, self.entry.text)
            self._done()
        if not kept:
            self._editing, self._translating = editing, translating
            self.entry.give_back(taken)

    async def _store(self, text: str, editing: LineRow | None, translating: bool) -> None:
        """A new line, other words for one, its Welsh, or where the minutes are agreed an amendment."""
        agenda = self._sitting.card.agenda if self._sitting else ()
        if editing is None:
            position = agenda[self._item].position if agenda else None
            await self.desk.ask(minutes.add_line, self._ref, text, position)
        elif translating:
            await self.desk.ask(translate_line, self._ref, editing.key, text)
        elif self._locked:
            await self.desk.ask(lifecycle.amend, self._ref, f"{editing.item}.{editing.position}", text)
        else:
            await self.desk.ask(minutes.edit_line, self._ref, editing.key, text)

    @on(Entry.Typed)
    def _typed(self) -> None:
        if not self._keeping:
            self._keeping = True
            self._keep()

    @work(group="keep")
    async def _keep(self) -> None:
        """Unfinished words go to disk this often while somebody types: typing on without a pause puts nothing off."""
        await asyncio.sleep(KEEP_EVERY)
        self._keeping = False
        await self.desk.ask(live_minutes.keep_unfinished, self._ref, self.entry.text)

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
            self._editing, self._translating = line, False
            label = _("amendment of {n}: it is kept what was agreed") if self._locked else ""
            self.entry.put(line.text, line.kind, label.format(n=f"{line.item}.{line.position}"))

    def action_welsh(self) -> None:
        """Put the Welsh of the line into the input; enter puts it back changed."""
        if (line := self.lines.highlighted) is not None:
            self._editing, self._translating = line, True
            self.entry.put(line.text_cy or "", line.kind, _("Welsh of: {words}").format(words=line.text))

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

    def action_attendance(self) -> None:
        """Who is there."""
        from ahtc_tui.tui.minutes.attendance import AttendanceScreen

        self.app.push_screen(AttendanceScreen(self._ref), lambda _nothing: self._done())

    @work(group="write")
    async def action_leave(self) -> None:
        """Back to the meetings, what is unfinished on disk; an edit that was begun is given up first."""
        if self._editing is not None:
            self._editing, self._translating = None, False
            self.entry.put("")
        else:
            with told(self.app):
                await self.desk.ask(live_minutes.keep_unfinished, self._ref, self.entry.text)
            self.dismiss(None)
