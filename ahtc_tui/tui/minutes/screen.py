"""Live minutes: the commands on lines and items while a meeting is held, and those that close it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from textual import on, work
from textual.widgets import Input

from ahtc_tui.domain.dates.formatting import format_clock
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.checks import Gap
from ahtc_tui.domain.minutes.model import Carried, UnfinishedLine
from ahtc_tui.domain.replication.overwrites import ChangedMeanwhile
from ahtc_tui.services.desk_people import find_desk_person, set_desk_person
from ahtc_tui.services.exports import post_meeting_pack
from ahtc_tui.services.meetings import agenda
from ahtc_tui.services.minutes import carry_forward, lifecycle, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.minutes.live_minutes import LiveMeeting
from ahtc_tui.services.minutes.service import translate_line
from ahtc_tui.services.new_names import propose_kind
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.minutes.entry import Entry, EntryContent
from ahtc_tui.tui.minutes.lifecycle import format_verdicts
from ahtc_tui.tui.minutes.view import MinutesView, read_local_clock
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.overwrite_question import OURS, OverwriteQuestion
from ahtc_tui.tui.widgets.owner_field import Candidate
from ahtc_tui.tui.widgets.record_list import RecordList

NEXT_KINDS = {LineKind.NOTE: LineKind.DECISION, LineKind.DECISION: LineKind.ACTION}
"""The kinds in turn; every other kind, which is typed, becomes a note."""
KEEP_SECONDS = 0.5
"""Delay after which unfinished text is stored, even while typing continues."""


def format_removed_edit() -> str:
    """Return the message about the text of an edit whose line was removed."""
    return _("The line you were editing is no longer in the minutes. Press enter to add your text as a new line.")


class MinutesScreen(MinutesView):
    """The live minutes of one meeting. Lines are typed into one input, without modal forms."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self._meeting_desk: Desk | None = None
        """The desk of the meeting as it was read last: its edits are checked against that."""
        self._edit_desk: Desk | None = None
        """The same for the edited line, whose text was put into the input."""
        self._edited_line: LineRow | None = None
        self._edits_welsh = False
        """Whether the input holds the Welsh text of the edited line."""
        self._keep_scheduled = False
        """Whether the unfinished line is about to be stored."""
        self._kept_line: UnfinishedLine | None = None
        """The unfinished line as stored; None until it is read."""
        self._gap: Gap | None = None
        self._next_gap_index = 0

    @property
    def _is_locked(self) -> bool:
        return self._live_meeting is not None and self._live_meeting.minutes_state.is_locked

    def _mark_saved(self) -> None:
        self._saved = _("saved {time}").format(time=format_clock(read_local_clock()))
        self.app.changed.publish(None)

    def action_gap(self) -> None:
        """Go to the next gap: select its item and put its line into the input, or open the attendance."""
        gaps = self._live_meeting.gaps if self._live_meeting else ()
        if not gaps:
            show_toast(self.app, _("Nothing is missing."), undo=False)
            return
        if self._refuse_to_replace_text():
            return
        index = gaps.index(self._gap) + 1 if self._gap in gaps else self._next_gap_index
        self._next_gap_index = index = index % len(gaps)
        self._gap = gap = gaps[index]
        show_toast(self.app, _("gap {n} of {all}: {gap}").format(n=index + 1, all=len(gaps), gap=gap), undo=False)
        if gap.kind.is_about_attendance:
            from ahtc_tui.tui.minutes.attendance import AttendanceScreen

            self.app.push_screen(AttendanceScreen(self._ref, gap.text), lambda _nothing: self._mark_saved())
        else:
            self._show_gap(gap)

    @property
    def _seen_text(self) -> str:
        """The text of the edited line when it was put into the input; empty for a new line."""
        line = self._edited_line
        return "" if line is None else (line.text_cy or "") if self._edits_welsh else line.typed_text

    def _is_input_unsaved(self) -> bool:
        """Return whether the input holds text that is not in the minutes."""
        return self.entry.text.strip() not in ("", self._seen_text)

    def _refuse_to_replace_text(self) -> bool:
        """Return whether the input holds text that is not in the minutes, and show how to go on."""
        if not self._is_input_unsaved():
            return False
        show_toast(self.app, _("Enter the line first, or delete the text."), undo=False)
        return True

    def _show_gap(self, gap: Gap) -> None:
        assert self._live_meeting is not None
        positions = [item.position for item in self._live_meeting.card.agenda]
        if gap.item in positions:
            self._item_index = positions.index(gap.item)
        self._draw_meeting()
        lines = self._shown_lines
        line = next((line for line in lines if line.key == gap.key), None)
        if line is None:
            self._start_new_line()
        else:
            self.move_to_line(line)
            self._start_edit(line, False, line.typed_text + " ")

    @work(group="write")
    async def action_close(self) -> None:
        """Close the meeting after listing which items are carried forward and why; offer to write the files."""
        with errors_as_toasts(self.app):
            verdicts = await self.desk.run(carry_forward.list_carried_items, self._ref)
            gaps = self._live_meeting.gaps if self._live_meeting else ()
            gap_note = ngettext(
                "1 gap. Press n, then f2 and g to go to it.",
                "{n} gaps. Press n, then f2 and g to go to each.",
                len(gaps),
            )
            question = _("Close {ref}?").format(ref=self._ref)
            question_text = "\n\n".join(
                part for part in (question, format_verdicts(verdicts), gap_note if gaps else "") if part
            )
            if await self.app.push_screen_wait(Confirm(question_text)):
                carried, following = await self.desk.run(carry_forward.close_meeting, self._ref)
                target = _("carried to {to}").format(to=following) if following else _("no next meeting yet")
                show_toast(self.app, _("{ref} closed, {to}").format(ref=self._ref, to=target))
                self._mark_saved()
                await self._ask_objectives()
                if following:
                    await self._ask_repeated_items(carried, following)
                files = _("Export the files now: minutes, action log, chasers, next invitation?")
                if await self.app.push_screen_wait(Confirm(files, yes=_("save"), no=_("later"))):
                    await self._write_files()
                self.dismiss(None)

    async def _ask_objectives(self) -> None:
        """Ask once for the objectives of the actions that have none."""
        from ahtc_tui.services.minutes.service import list_without_objective
        from ahtc_tui.tui.minutes.lifecycle import ObjectivesForm

        actions, objectives = await self.desk.run(list_without_objective, self._ref)
        if actions:
            form = ObjectivesForm(self.desk, actions, objectives)
            await self.app.open_form(form, _("Objectives of {ref} saved").format(ref=self._ref))

    async def _ask_repeated_items(self, carried: Sequence[Carried], following: str) -> None:
        """Ask what becomes of the items that were carried too often: drop, join, or move to the forward plan."""
        from ahtc_tui.tui.minutes.lifecycle import RepeatedItemsForm

        items = await self.desk.run(carry_forward.list_repeated_items, carried, following)
        if items.repeated:
            form = RepeatedItemsForm(self.desk, following, items)
            await self.app.open_form(form, _("Agenda of {ref} saved").format(ref=following))

    @work(group="write")
    async def action_pack(self) -> None:
        """Write minutes, action log, chasers and the next invitation as files."""
        with errors_as_toasts(self.app):
            await self._write_files()

    async def _write_files(self) -> None:
        report = await self.desk.run_long(post_meeting_pack.write_post_pack_to_folder, self._ref)
        files = ngettext("1 file", "{n} files", len(report.files))
        message = _("{files} in {folder}").format(files=files, folder=self.desk.shorten_path(report.folder))
        show_toast(self.app, "\n".join((message, *report.left, *report.notes)), undo=False)
        self._mark_saved()

    def action_life(self) -> None:
        """Open the life cycle of the minutes."""
        from ahtc_tui.tui.minutes.lifecycle import LifecycleScreen

        self.app.push_screen(LifecycleScreen(self._ref), lambda _nothing: self._mark_saved())

    def on_mount(self) -> None:
        """Read the meeting and restore the unfinished line."""
        self._input = self.entry.input
        self.set_interval(30, self._draw_head)
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self._load_unfinished()

    async def on_unmount(self) -> None:
        """Store the unfinished line when the screen or the app closes."""
        await self._keep_line()

    def on_screen_suspend(self) -> None:
        self.run_worker(self._keep_line(), group="keep")

    def on_screen_resume(self) -> None:
        self.reload()

    @work(group="begin")
    async def _load_unfinished(self) -> None:
        with errors_as_toasts(self.app):
            self.entry.set_owners(await self.desk.run(live_minutes.list_owners, self._ref))
            self._kept_line = await self.desk.run(live_minutes.read_unfinished_line, self._ref)
            if self._kept_line.text:
                await self._read_meeting()
                self._restore_line(self._kept_line)
        self.reload()

    async def _read_meeting(self) -> LiveMeeting:
        self._meeting_desk = await self.desk.check_from_now()
        live_meeting = await self._meeting_desk.show(live_minutes.show_live_meeting, self._ref)
        self._replace_meeting(live_meeting)
        return live_meeting

    def _restore_line(self, unfinished: UnfinishedLine) -> None:
        """Continue an unfinished line under its item; what was the edit of a removed line becomes a new line."""
        assert self._live_meeting is not None
        card = self._live_meeting.card
        item_keys, positions = [item.key for item in card.agenda], [item.position for item in card.agenda]
        stored_line = next((line for line in card.lines if line.key == unfinished.edited_line), None)
        if stored_line is not None and stored_line.item in positions:
            self._item_index = positions.index(stored_line.item)
        elif unfinished.item in item_keys:
            self._item_index = item_keys.index(unfinished.item)
        self._draw_meeting()
        line = next((line for line in self._shown_lines if line.key == unfinished.edited_line), None)
        if line is not None:
            self.move_to_line(line)
            self._start_edit(line, unfinished.welsh, unfinished.text)
            if unfinished.seen_text not in (None, self._seen_text, unfinished.text):
                changed = _("Line {n} has since been changed. It now reads: {text}")
                show_toast(self.app, changed.format(n=line.number, text=self._seen_text), undo=False)
        else:
            self.entry.set_content(EntryContent(unfinished.text))
            if unfinished.edited_line is not None:
                show_toast(self.app, format_removed_edit(), undo=False)

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the meeting again."""
        with errors_as_toasts(self.app):
            live_meeting = await self._read_meeting()
            if not self.is_current:
                return
            if self._edited_line and self._edited_line.key not in {line.key for line in live_meeting.card.lines}:
                self._edited_line, self._edits_welsh = None, False
                self.entry.set_content(EntryContent(self.entry.text))
                show_toast(self.app, format_removed_edit(), undo=False)
            self._draw_meeting()

    @on(Entry.Entered)
    def _store_entered(self, event: Entry.Entered) -> None:
        """Store lines; the input is empty, so that the next line can be typed meanwhile."""
        edited_line, edits_welsh = None, False
        if event.content.edited_number:
            edited_line, edits_welsh = self._edited_line, self._edits_welsh
            self._edited_line, self._edits_welsh = None, False
        self._write_lines(event.lines, event.content, edited_line, edits_welsh)

    @work(group="write")
    async def _write_lines(
        self, lines: Sequence[str], content: EntryContent, edited_line: LineRow | None, edits_welsh: bool
    ) -> None:
        """Store lines in one step; put their text back into the input if that fails."""
        is_stored = False
        with errors_as_toasts(self.app):
            if edited_line is None:
                await self.desk.run(minutes.add_lines, self._ref, "\n".join(lines), self._find_position())
            else:
                await self._store_edit("\n".join(lines), edited_line, edits_welsh)
            is_stored = True
            if len(lines) > 1:
                show_toast(self.app, _("{n} lines added   press ctrl+z to undo").format(n=len(lines)), undo=False)
            await self._keep_line()
            self._mark_saved()
        if not is_stored:
            if edited_line is not None:
                self._edited_line, self._edits_welsh = edited_line, edits_welsh
            self.entry.restore_content(content)

    def _find_position(self) -> int | None:
        """Return the number of the selected item."""
        agenda = self._live_meeting.card.agenda if self._live_meeting else ()
        return agenda[self._item_index].position if agenda else None

    async def _store_edit(self, text: str, edited_line: LineRow, edits_welsh: bool) -> None:
        desk = self._edit_desk or self.desk
        edit = LineEdit(self.app, desk, self._ref, edited_line, welsh=edits_welsh, locked=self._is_locked)
        await edit.store(text)

    @on(Entry.Typed)
    def _schedule_keep(self) -> None:
        if not self._keep_scheduled:
            self._keep_scheduled = True
            self._keep_unfinished()

    @work(group="keep")
    async def _keep_unfinished(self) -> None:
        """Store the unfinished line after a delay that further keys do not restart."""
        await asyncio.sleep(KEEP_SECONDS)
        self._keep_scheduled = False
        await self._keep_line()

    async def _keep_line(self) -> None:
        """Store the unfinished line if it is not stored as it is."""
        if self._kept_line is None:
            return
        agenda = self._live_meeting.card.agenda if self._live_meeting else ()
        item = agenda[self._item_index].key if agenda else None
        edited_line = self._edited_line.key if self._edited_line else None
        seen_text = self._seen_text if edited_line else None
        line = UnfinishedLine(self._input.value, item, edited_line, self._edits_welsh, seen_text)
        if line != self._kept_line and (line.text or self._kept_line.text):
            self._kept_line = line
            await self.desk.run(live_minutes.save_unfinished_line, self._ref, line)

    def action_step_item(self, offset: int) -> None:
        """Select the next or previous item."""
        if self._live_meeting and self._live_meeting.card.agenda:
            self._item_index = max(0, min(self._item_index + offset, len(self._live_meeting.card.agenda) - 1))
            self._schedule_keep()
            self._draw_meeting()

    @on(RecordList.Opened, "#agenda")
    def _open_item(self, event: RecordList.Opened) -> None:
        self._item_index = self.agenda.cursor
        self._schedule_keep()
        self._draw_meeting()
        self.entry.input.focus()

    def action_step_line(self, offset: int) -> None:
        """Select the next or previous line."""
        self.lines.action_step(offset)

    @work(group="write")
    async def action_turn(self) -> None:
        """Take what the typed words read like, else change the kind of the line: note, decision, action.

        A lead whom the words name and nobody here has is added.
        """
        if name := self.entry.new_lead:
            with errors_as_toasts(self.app):
                kind = propose_kind(("person", "organisation", "post"), name)
                if (lead := await self.app.add_named_record(kind, name)) is not None:
                    self.entry.take_proposal(Candidate(lead.name, lead.ref, (lead.ref,)))
            return
        if self.entry.take_proposal():
            return
        if (line := self.lines.highlighted) is not None:
            with errors_as_toasts(self.app):
                await self.desk.run(
                    minutes.change_line_kind, self._ref, line.key, NEXT_KINDS.get(line.kind, LineKind.NOTE)
                )
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
        if (line := self.lines.highlighted) is not None and not self._refuse_to_replace_text():
            self._start_edit(line, False, line.typed_text)

    def action_welsh(self) -> None:
        """Edit the Welsh text of the line in the input."""
        if (line := self.lines.highlighted) is not None and not self._refuse_to_replace_text():
            self._start_edit(line, True, line.text_cy or "")

    def _start_edit(self, line: LineRow, edits_welsh: bool, text: str) -> None:
        self._edit_desk = self._meeting_desk
        self._edited_line, self._edits_welsh = line, edits_welsh
        label = ""
        if edits_welsh:
            label = _("Welsh of: {words}").format(words=line.text)
        elif self._is_locked:
            label = _("amendment of {n}: the agreed text is kept").format(n=line.number)
        self.entry.set_content(EntryContent(text, line.kind, label, line.number))

    def _start_new_line(self) -> None:
        self._edited_line, self._edits_welsh = None, False
        self.entry.clear_text()

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
        live_meeting = self._live_meeting
        if live_meeting and live_meeting.card.agenda:
            row = live_meeting.card.agenda[self._item_index]
            with errors_as_toasts(self.app):
                await self.desk.run(minutes.tick_item, self._ref, row.position, not row.discussed)
                self._mark_saved()

    @work(group="write")
    async def action_outcome(self) -> None:
        """Set the next outcome of the item: noted, agreed, deferred, none."""
        if (position := self._find_position()) is not None:
            with errors_as_toasts(self.app):
                await self.desk.run(agenda.set_next_outcome, self._ref, position)
                self._mark_saved()

    def action_attendance(self) -> None:
        """Open the attendance."""
        from ahtc_tui.tui.minutes.attendance import AttendanceScreen

        screen = AttendanceScreen(self._ref, item=self._find_position())
        self.app.push_screen(screen, lambda _nothing: self._mark_saved())

    @work(group="write")
    async def action_leave(self) -> None:
        """Discard the edit in progress, after a question if it changes the line, else store the line and close."""
        if self._edited_line is not None:
            question = _("Leave without saving your changes?")
            if not self._is_input_unsaved() or await self.app.push_screen_wait(
                Confirm(question, yes=_("leave"), no=_("keep editing"), default=False)
            ):
                self._start_new_line()
        else:
            with errors_as_toasts(self.app):
                await self._keep_line()
            self.dismiss(None)


class LineEdit:
    """The edit of one line. Its desk checks that the line is still the one that was put into the input."""

    def __init__(self, app: DeskApp, desk: Desk, ref: str, line: LineRow, *, welsh: bool, locked: bool) -> None:
        self._app, self._desk, self._ref, self._line = app, desk, ref, line
        self._welsh, self._locked = welsh, locked

    async def store(self, text: str) -> None:
        """Write the text, unless the person keeps that of somebody else. Raises ChangedMeanwhile without an answer."""
        try:
            await self._write(text)
        except ChangedMeanwhile as error:
            label = _("Line {number}").format(number=self._line.number)
            answer = await self._app.push_screen_wait(OverwriteQuestion(label, error.overwrites))
            if answer is None or self._desk.seen is None:
                raise
            self._desk.seen.position = error.position
            if answer == OURS:
                await self.store(text)

    async def _write(self, text: str) -> None:
        """Edit the line, set its Welsh text, or amend it if the minutes are locked."""
        if self._welsh:
            await self._desk.run(translate_line, self._ref, self._line.key, text)
        elif self._locked:
            await ask_desk_person(self._app)
            values = await self._app.push_screen_wait(ReasonForm(self._line.number)) or {}
            reason = values.get("reason", "")
            await self._desk.run(lifecycle.amend_paragraph, self._ref, self._line.number, text, reason)
        else:
            await self._desk.run(minutes.edit_line, self._ref, self._line.key, text)


async def ask_desk_person(desk_app: DeskApp) -> None:
    """Ask for name and post unless they are known; leaving the form stores nothing, and the question comes again."""
    if await desk_app.desk.run(find_desk_person) is None:
        await desk_app.push_screen_wait(DeskPersonForm(desk_app))


class ReasonForm(FormScreen):
    """The reason for an amendment of agreed minutes, which their table of amendments prints."""

    def __init__(self, number: str) -> None:
        super().__init__(_("Amendment of {n}").format(n=number))

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("reason", _("Reason"), Input(compact=True), _("printed with the amendment"), required=True)

    async def accept(self, values: dict[str, Any]) -> None:
        """Save nothing: the reason is saved with the amendment."""


class DeskPersonForm(FormScreen):
    """Name and post of the person at this desk."""

    def __init__(self, desk_app: DeskApp) -> None:
        super().__init__(_("Who are you?"))
        self._desk_app = desk_app

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("name", _("Name"), Input(compact=True))
        hint = _("printed on minutes and papers instead of your name; without it, Secretariat")
        yield FormRow("post", _("Post"), Input(compact=True), hint)

    async def accept(self, values: dict[str, Any]) -> None:
        """Store name and post."""
        await self._desk_app.desk.run(set_desk_person, values["name"], values["post"])
