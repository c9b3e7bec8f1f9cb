"""Commands at the end of live minutes: gaps, closing the meeting, files and life cycle."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.checks import Gap, GapKind
from ahtc_tui.services.exports import post_meeting_pack
from ahtc_tui.services.minutes import carry_forward
from ahtc_tui.tui.minutes.view import MinutesView
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.plain import fit_cell

if TYPE_CHECKING:
    from ahtc_tui.domain.minutes.model import Carried

ITEM_WIDTH = 27
"""Cells of the title of an item, before the reason."""


def format_verdicts(verdicts: Sequence[Carried]) -> str:
    """Return the items that are carried forward, then those that are not, one line each with the reason."""
    groups = {True: _("GOES FORWARD"), False: _("STAYS")}
    blocks = []
    for goes_forward, heading in groups.items():
        group_verdicts = [verdict for verdict in verdicts if verdict.goes_forward is goes_forward]
        lines = [
            f"{verdict.position or '–':>2}  {fit_cell(verdict.item, ITEM_WIDTH)}  {verdict.reason}"
            for verdict in group_verdicts
        ]
        blocks += ["\n".join((f"{heading}  {len(group_verdicts)}", *lines))] if group_verdicts else []
    return "\n\n".join(blocks)


class ClosingScreen(MinutesView):
    """Base of `MinutesScreen` with the commands that close a meeting."""

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
            show_toast(self.app, _("Enter what you typed first, or esc gives it up."), undo=False)
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
            gap_note = ngettext("1 gap: n, then f6 goes there", "{n} gaps: n, then f6 goes to each", len(gaps))
            question = _("Close {ref}?").format(ref=self._ref)
            question_text = "\n\n".join(
                part for part in (question, format_verdicts(verdicts), gap_note if gaps else "") if part
            )
            if await self.app.push_screen_wait(Confirm(question_text)):
                _carried, following = await self.desk.run(carry_forward.close_meeting, self._ref)
                target = _("carried to {ref}").format(ref=following) if following else _("no next meeting yet")
                show_toast(self.app, _("{ref} closed, {to}").format(ref=self._ref, to=target))
                self._mark_saved()
                files = _("Write the files now: minutes, action log, a letter to each owner, next invitation?")
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
