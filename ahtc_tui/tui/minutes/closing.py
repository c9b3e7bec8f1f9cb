"""The end of live minutes: what is missing, closing, the files that go out, and the life of the minutes after it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.checks import Gap, GapKind
from ahtc_tui.services.exports import post_meeting_pack
from ahtc_tui.services.minutes import carry_forward
from ahtc_tui.tui.minutes.view import MinutesView
from ahtc_tui.tui.widgets.confirm import Confirm, say, told
from ahtc_tui.tui.widgets.plain import cell

if TYPE_CHECKING:
    from ahtc_tui.domain.minutes.model import Carried

ITEM_WIDTH = 27
"""Cells of an item's title beside the reason."""


def verdict_lines(verdicts: Sequence[Carried]) -> str:
    """What goes forward, then what stays, a line each with the reason; no title pushes its reason onto another."""
    groups = {True: _("GOES FORWARD"), False: _("STAYS")}
    blocks = []
    for goes, heading in groups.items():
        of_group = [one for one in verdicts if one.goes_forward is goes]
        lines = [f"{one.position or '–':>2}  {cell(one.item, ITEM_WIDTH)}  {one.reason}" for one in of_group]
        blocks += ["\n".join((f"{heading}  {len(of_group)}", *lines))] if of_group else []
    return "\n\n".join(blocks)


class ClosingScreen(MinutesView):
    """What the keys of the end do."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self._editing: LineRow | None = None
        self._translating = False
        """The input holds the Welsh of the line that is edited."""
        self._keeping = False
        """Unfinished words are about to go to disk."""
        self._gap: Gap | None = None
        self._gap_place = 0

    @property
    def _locked(self) -> bool:
        return self._sitting is not None and self._sitting.standing.locked

    def _done(self) -> None:
        self._saved = _("saved {time}").format(time=time.strftime("%H:%M" if self.has_class("-narrow") else "%H:%M:%S"))
        self.app.changed.publish(None)

    def action_gap(self) -> None:
        """Go to the next gap: its item, its line in the input; who is not marked, to the list of attendance."""
        gaps = self._sitting.gaps if self._sitting else ()
        if not gaps:
            say(self.app, _("Nothing is missing."), undo=False)
            return
        if self.entry.text and (self._editing is None or self.entry.text.strip() != self._editing.text):
            say(self.app, _("Enter what you typed first, or esc gives it up."), undo=False)
            return
        at = gaps.index(self._gap) + 1 if self._gap in gaps else self._gap_place
        self._gap_place = at = at % len(gaps)
        self._gap = gap = gaps[at]
        say(self.app, _("gap {n} of {all}: {gap}").format(n=at + 1, all=len(gaps), gap=gap), undo=False)
        if gap.kind is GapKind.NO_ATTENDANCE:
            from ahtc_tui.tui.minutes.attendance import AttendanceScreen

            self.app.push_screen(AttendanceScreen(self._ref, gap.text), lambda _nothing: self._done())
        else:
            self._show_gap(gap)

    def _show_gap(self, gap: Gap) -> None:
        assert self._sitting is not None
        positions = [item.position for item in self._sitting.card.agenda]
        if gap.item in positions:
            self._item = positions.index(gap.item)
        self._draw()
        lines = self._lines_shown
        self._editing = next((line for line in lines if line.key == gap.key), None)
        if self._editing is None:
            self.entry.put("")
        else:
            self.lines.move_to(lines.index(self._editing))
            self.entry.put(self._editing.text + " ", self._editing.kind)

    @work(group="write")
    async def action_close(self) -> None:
        """Close the meeting: every item says first whether it goes forward, and why; then the files, if wanted."""
        with told(self.app):
            verdicts = await self.desk.ask(carry_forward.what_goes_forward, self._ref)
            gaps = self._sitting.gaps if self._sitting else ()
            missing = say_number(len(gaps), _("1 gap: n, then f6 goes there"), _("{n} gaps: n, then f6 goes to each"))
            question = _("Close {ref}?").format(ref=self._ref)
            asked = "\n\n".join(part for part in (question, verdict_lines(verdicts), missing if gaps else "") if part)
            if await self.app.push_screen_wait(Confirm(asked)):
                _carried, following = await self.desk.ask(carry_forward.close_meeting, self._ref)
                to = _("carried to {ref}").format(ref=following) if following else _("no next meeting yet")
                say(self.app, _("{ref} closed, {to}").format(ref=self._ref, to=to))
                self._done()
                files = _("Write the files now: minutes, action log, a letter to each owner, next invitation?")
                if await self.app.push_screen_wait(Confirm(files, yes=_("write"), no=_("later"))):
                    await self._pack()
                self.dismiss(None)

    @work(group="write")
    async def action_pack(self) -> None:
        """Minutes, action log, chasers and the next invitation as files."""
        with told(self.app):
            await self._pack()

    async def _pack(self) -> None:
        report = await self.desk.work(post_meeting_pack.after_to_folder, self._ref)
        files = say_number(len(report.files), _("1 file"), _("{n} files"))
        said = _("{files} in {folder}").format(files=files, folder=self.desk.within(report.folder))
        say(self.app, "\n".join((said, *report.left)), undo=False)
        self._done()

    def action_life(self) -> None:
        """How far the minutes are, what was issued, what was amended."""
        from ahtc_tui.tui.minutes.lifecycle import LifecycleScreen

        self.app.push_screen(LifecycleScreen(self._ref), lambda _nothing: self._done())
