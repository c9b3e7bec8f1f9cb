"""Live minutes: the commands on lines and items while a meeting is held, and those that close it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.checks import Gap, GapKind
from ahtc_tui.services.exports import post_meeting_pack
from ahtc_tui.services.minutes import carry_forward, lifecycle, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.minutes.welsh_text import translate_line
from ahtc_tui.tui.base.desk_person import ask_desk_person
from ahtc_tui.tui.minutes.entry import Entry, TakenText
from ahtc_tui.tui.minutes.view import MinutesView
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.plain import fit_cell
from ahtc_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from ahtc_tui.domain.minutes.model import Carried

NEXT_KINDS = {LineKind.NOTE: LineKind.DECISION, LineKind.DECISION: LineKind.ACTION, LineKind.ACTION: LineKind.NOTE}
KEEP_SECONDS = 0.5
"""Delay after which unfinished text is stored, even while typing continues."""


ITEM_WIDTH = 27
"""Cells of the title of an item, before the reason."""


def format_verdicts(verdicts: Sequence[Carried]) -> str:
    """Return the items that are carried forward, then those that are not, one line each with the reason."""
    groups = {True: _("CARRIED FORWARD"), False: _("NOT CARRIED FORWARD")}
    blocks = []
    for goes_forward, heading in groups.items():
        group_verdicts = [verdict for verdict in verdicts if verdict.goes_forward is goes_forward]
        lines = [
            f"{verdict.position or '–':>2}  {fit_cell(verdict.item, ITEM_WIDTH)}  {verdict.reason}"
            for verdict in group_verdicts
        ]
        blocks += ["\n".join((f"{heading}  {len(group_verdicts)}", *lines))] if group_verdicts else []
    return "\n\n".join(blocks)


class MinutesScreen(MinutesView):
    """The live minutes of one meeting. Lines are typed into one input, without modal forms."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self._edited_line: LineRow | None = None
        self._edits_welsh = False
        """Whether the input holds the Welsh text of the edited line."""
        self._keep_scheduled = False
        """Whether unfinished text is about to be stored."""
        self._gap: Gap | None = None
        self._next_gap_index = 0

    @property
    def _is_locked(self) -> bool:
        return self._sitting is not None and self._sitting.minutes_state.is_locked

    def _mark_saved(self) -> None:
        self._saved = _("saved {time}").format(time=time.strftime("%H:%M" if self.has_class("-narrow") else "%H:%M:%S"))
        self.app.changed.publish(None)

    def action_gap(self) -> None:
        """Go to the next gap: select its item and put its line into the input, or open the attendance."""
        gaps = self._sitting.gaps if self._sitting else ()
        if not gaps:
            show_toast(self.app, _("Nothing is missing."), undo=False)
            return
        if self.entry.text and (self._edited_line is None or self.entry.text.strip() != self._edited_line.text):
            show_toast(self.app, _("Enter the line first, or press esc to discard it."), undo=False)
            return
        index = gaps.index(self._gap) + 1 if self._gap in gaps else self._next_gap_index
        self._next_gap_index = index = index % len(gaps)
        self._gap = gap = gaps[index]
        show_toast(self.app, _("gap {n} of {all}: {gap}").format(n=index + 1, all=len(gaps), gap=gap), undo=False)
        if gap.kind is GapKind.NO_ATTENDANCE:
            from ahtc_tui.tui.minutes.attendance import AttendanceScreen

            self.app.push_screen(AttendanceScreen(self._ref, gap.text), lambda _nothing: self._mark_saved())
        else:
            self._show_gap(gap)

    def _show_gap(self, gap: Gap) -> None:
        assert self._sitting is not None
        positions = [item.position for item in self._sitting.card.agenda]
        if gap.item in positions:
            self._item_index = positions.index(gap.item)
        self._draw_meeting()
        lines = self._shown_lines
        self._edited_line = next((line for line in lines if line.key == gap.key), None)
        if self._edited_line is None:
            self.entry.set_text("")
        else:
            self.lines.move_to(lines.index(self._edited_line))
            self.entry.set_text(self._edited_line.text + " ", self._edited_line.kind)

    @work(group="write")
    async def action_close(self) -> None:
        """Close the meeting after listing which items are carried forward and why; offer to write the files."""
        with errors_as_toasts(self.app):
            verdicts = await self.desk.run(carry_forward.list_carried_items, self._ref)
            gaps = self._sitting.gaps if self._sitting else ()
            gap_note = ngettext(
                "1 gap. Press n, then f6 to go there.", "{n} gaps. Press n, then f6 to go to each.", len(gaps)
            )
            question = _("Close {ref}?").format(ref=self._ref)
            question_text = "\n\n".join(
                part for part in (question, format_verdicts(verdicts), gap_note if gaps else "") if part
            )
            if await self.app.push_screen_wait(Confirm(question_text)):
                _carried, following = await self.desk.run(carry_forward.close_meeting, self._ref)
                target = _("carried to {ref}").format(ref=following) if following else _("no next meeting yet")
                show_toast(self.app, _("{ref} closed, {to}").format(ref=self._ref, to=target))
                self._mark_saved()
                files = _("Write the files now: minutes, action log, chasers, next invitation?")
                if await self.app.push_screen_wait(Confirm(files, yes=_("write"), no=_("later"))):
                    await self._write_files()
                self.dismiss(None)

    @work(group="write")
    async def action_pack(self) -> None:
        """Write minutes, action log, chasers and the next invitation as files."""
        with errors_as_toasts(self.app):
            await self._write_files()

    async def _write_files(self) -> None:
        report = await self.desk.run_long(post_meeting_pack.write_post_pack_to_folder, self._ref)
        files = ngettext("1 file", "{n} files", len(report.files))
        message = _("{files} in {folder}").format(files=files, folder=self.desk.shorten_path(report.folder))
        show_toast(self.app, "\n".join((message, *report.left)), undo=False)
        self._mark_saved()

    def action_life(self) -> None:
        """Open the life cycle of the minutes."""
        from ahtc_tui.tui.minutes.lifecycle import LifecycleScreen

        self.app.push_screen(LifecycleScreen(self._ref), lambda _nothing: self._mark_saved())

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
            await ask_desk_person(self.app)
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
            label = _("amendment of {n}: the agreed text is kept") if self._is_locked else ""
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
