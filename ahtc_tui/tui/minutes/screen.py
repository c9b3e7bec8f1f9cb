"""Live minutes: the commands on lines and items while a meeting is held."""

from __future__ import annotations

import asyncio

from textual import on, work

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LineKind, LineRow
from ahtc_tui.services.minutes import lifecycle, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.minutes.welsh_text import translate_line
from ahtc_tui.tui.minutes.closing import ClosingScreen
from ahtc_tui.tui.minutes.entry import Entry, TakenText
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.record_list import RecordList

NEXT_KINDS = {LineKind.NOTE: LineKind.DECISION, LineKind.DECISION: LineKind.ACTION, LineKind.ACTION: LineKind.NOTE}
KEEP_SECONDS = 0.5
"""Delay after which unfinished text is stored, even while typing continues."""


class MinutesScreen(ClosingScreen):
    """The live minutes of one meeting. Lines are typed into one input, without modal forms."""

    def on_mount(self) -> None:
        """Read the meeting and restore unfinished text."""
        self.set_interval(30, self._draw_head)
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self._load_unfinished()

    def on_screen_resume(self) -> None:
        self.reload()

    @work(group="begin")
    async def _load_unfinished(self) -> None:
        with errors_as_toasts(self.app):
            self.entry.set_owners(await self.desk.run(live_minutes.list_owners, self._ref))
            self.entry.set_text(await self.desk.run(live_minutes.read_unfinished_text, self._ref))
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the meeting again."""
        with errors_as_toasts(self.app):
            self._sitting = await self.desk.run(live_minutes.show_live_meeting, self._ref)
            if self.is_current:
                self._draw_meeting()

    @on(Entry.Entered)
    def _store_entered(self, event: Entry.Entered) -> None:
        """Clear the input at once, so that the next line can be typed while this one is stored."""
        edited_line, edits_welsh = self._edited_line, self._edits_welsh
        self._edited_line, self._edits_welsh = None, False
        self._write_line(event.text, self.entry.take_text(), edited_line, edits_welsh)

    @work(group="write")
    async def _write_line(self, text: str, taken: TakenText, edited_line: LineRow | None, edits_welsh: bool) -> None:
        """Store a line; put it back into the input if that fails."""
        is_stored = False
        with errors_as_toasts(self.app):
            await self._store_line(text, edited_line, edits_welsh)
            is_stored = True
            await self.desk.run(live_minutes.save_unfinished_text, self._ref, self.entry.text)
            self._mark_saved()
        if not is_stored:
            self._edited_line, self._edits_welsh = edited_line, edits_welsh
            self.entry.restore_text(taken)

    async def _store_line(self, text: str, edited_line: LineRow | None, edits_welsh: bool) -> None:
        """Add a line, edit one, set its Welsh text, or amend it if the minutes are locked."""
        agenda = self._sitting.card.agenda if self._sitting else ()
        if edited_line is None:
            position = agenda[self._item_index].position if agenda else None
            await self.desk.run(minutes.add_line, self._ref, text, position)
        elif edits_welsh:
            await self.desk.run(translate_line, self._ref, edited_line.key, text)
        elif self._is_locked:
            await self.desk.run(
                lifecycle.amend_paragraph, self._ref, f"{edited_line.item}.{edited_line.position}", text
            )
        else:
            await self.desk.run(minutes.edit_line, self._ref, edited_line.key, text)

    @on(Entry.Typed)
    def _schedule_keep(self) -> None:
        if not self._keep_scheduled:
            self._keep_scheduled = True
            self._keep_unfinished()

    @work(group="keep")
    async def _keep_unfinished(self) -> None:
        """Store unfinished text after a delay that further keys do not restart."""
        await asyncio.sleep(KEEP_SECONDS)
        self._keep_scheduled = False
        await self.desk.run(live_minutes.save_unfinished_text, self._ref, self.entry.text)

    def action_step_item(self, offset: int) -> None:
        """Select the next or previous item."""
        if self._sitting and self._sitting.card.agenda:
            self._item_index = max(0, min(self._item_index + offset, len(self._sitting.card.agenda) - 1))
            self._draw_meeting()

    @on(RecordList.Opened, "#agenda")
    def _open_item(self, event: RecordList.Opened) -> None:
        self._item_index = self.agenda.cursor
        self._draw_meeting()
        self.entry.input.focus()

    def action_step_line(self, offset: int) -> None:
        """Select the next or previous line."""
        self.lines.action_step(offset)

    @work(group="write")
    async def action_turn(self) -> None:
        """Change the kind of the line: note, decision, action."""
        if (line := self.lines.highlighted) is not None:
            with errors_as_toasts(self.app):
                await self.desk.run(minutes.change_line_kind, self._ref, line.key, NEXT_KINDS[line.kind])
                self._mark_saved()

    @work(group="write")
    async def action_move(self, offset: int) -> None:
        """Move the line by this many places."""
        if (line := self.lines.highlighted) is not None:
            with errors_as_toasts(self.app):
                await self.desk.run(minutes.move_line, self._ref, line.key, offset)
                self._mark_saved()

    def action_edit_line(self) -> None:
        """Edit the line in the input."""
        if (line := self.lines.highlighted) is not None:
            self._edited_line, self._edits_welsh = line, False
            label = _("amendment of {n}: it is kept what was agreed") if self._is_locked else ""
            self.entry.set_text(line.text, line.kind, label.format(n=f"{line.item}.{line.position}"))

    def action_welsh(self) -> None:
        """Edit the Welsh text of the line in the input."""
        if (line := self.lines.highlighted) is not None:
            self._edited_line, self._edits_welsh = line, True
            self.entry.set_text(line.text_cy or "", line.kind, _("Welsh of: {words}").format(words=line.text))

    @work(group="write")
    async def action_remove(self) -> None:
        """Remove the line."""
        if (line := self.lines.highlighted) is not None:
            with errors_as_toasts(self.app):
                await self.desk.run(minutes.remove_line, self._ref, line.key)
                show_toast(self.app, _("line removed"), undo=False)
                self._mark_saved()

    @work(group="write")
    async def action_tick(self) -> None:
        """Mark the item as discussed, or unmark it."""
        sitting = self._sitting
        if sitting and sitting.card.agenda:
            row = sitting.card.agenda[self._item_index]
            with errors_as_toasts(self.app):
                await self.desk.run(minutes.tick_item, self._ref, row.position, not row.discussed)
                self._mark_saved()

    def action_attendance(self) -> None:
        """Open the attendance."""
        from ahtc_tui.tui.minutes.attendance import AttendanceScreen

        self.app.push_screen(AttendanceScreen(self._ref), lambda _nothing: self._mark_saved())

    @work(group="write")
    async def action_leave(self) -> None:
        """Discard the edit in progress, else store unfinished text and close."""
        if self._edited_line is not None:
            self._edited_line, self._edits_welsh = None, False
            self.entry.set_text("")
        else:
            with errors_as_toasts(self.app):
                await self.desk.run(live_minutes.save_unfinished_text, self._ref, self.entry.text)
            self.dismiss(None)
