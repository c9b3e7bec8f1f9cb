"""The plan of an import: question by question, and one key that writes all of it. Nothing before that key."""

from __future__ import annotations

from typing import Any

from textual import work

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportReport, Question, Take, Wishes
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.imports.dispatch import ImportKind
from ahtc_tui.tui.imports.columns import ColumnsScreen
from ahtc_tui.tui.imports.plan_lines import names_of
from ahtc_tui.tui.imports.plan_view import PlanView
from ahtc_tui.tui.imports.question import Asked, QuestionScreen
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.imports import PLAN
from ahtc_tui.tui.widgets.confirm import Confirm, say
from ahtc_tui.tui.widgets.pick_list import Pick

NOT_DURING_A_RUN = ("apply", "columns", "kind")


class ImportScreen(PlanView):
    """One import, from its files to the write."""

    BINDINGS = bindings(*PLAN)
    leads_back = True

    def open_row(self, row: Any) -> None:
        """A question is answered; anything else is read."""
        if isinstance(row.part, Question):
            self.ask_from(row.part.id)
        else:
            super().open_row(row)

    def ask_from(self, name: str) -> None:
        """The questions one by one, from this one on; then back to the plan."""
        asked = [Asked(line.file, line.part) for line in self._lines if isinstance(line.part, Question)]
        at = next(place for place, each in enumerate(asked) if each.question.id == name)
        self.app.push_screen(QuestionScreen(asked, self._answers, at, self._check, self._ready), self._answered)

    def _answered(self, last: bool | None) -> None:
        self._show_counts()
        self.list_pane.choose_columns(self.columns())
        if last:
            self.list_pane.action_first()

    @property
    def _ready(self) -> int:
        """How many fields and records nobody contradicts."""
        files = self._report.files if self._report else ()
        return sum(len(file.changed) + len(file.added) for file in files)

    async def _check(self, question: Question, answer: str) -> None:
        """Raise BadInput on an answer that the import would refuse."""
        wishes = Wishes(Take.CLEAN, {question.id: answer})
        _kind, report = await self.desk.work(dispatch.plan_import, self.asked(), wishes)
        if any(left.id == question.id for file in report.files for left in file.questions):
            raise dispatch.not_understood(answer)

    def action_columns(self) -> None:
        """What each column was taken for."""
        self._columns_seen = True
        report = self._report
        found = [column for file in report.files for column in file.columns] if report else self._unknown
        if not found or self._kind is None:
            say(self.app, _("These files have no columns to choose."), undo=False)
            return
        known = dispatch.columns_known(self._kind)
        self.app.push_screen(ColumnsScreen(found, names_of(self._files), known), self._take_columns)

    def _take_columns(self, said: dict[str, str] | None) -> None:
        if said:
            self._columns |= said
            self.plan()
        elif self._report is None:
            self.leave()

    @work(group="form-leave")
    async def action_kind(self) -> None:
        """Read the files as something else."""
        kinds = [(kind.value, kind.about) for kind in ImportKind if kind is not ImportKind.LAPTOP]
        name = await self.app.push_screen_wait(Pick(_("Read the files as"), kinds))
        if name is not None and name != self._kind:
            self._kind, self._columns, self._columns_seen = ImportKind(name), {}, True
            self._answers.clear()
            self.plan()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a run is under way there is only one thing to do: to stop it."""
        return super().check_action(action, parameters) and (self._run is None or action not in NOT_DURING_A_RUN)

    @work(group="import")
    async def action_apply(self) -> None:
        """Write what is clear and what was decided, as one step."""
        wishes = Wishes(Take.CLEAN, dict(self._answers))
        with self._under_way(writes=True) as run:
            report = await self.desk.ask(dispatch.apply_import, self.asked(), wishes, run.hooks())
            self.written = self._tell(report)
            if self.written or not report.left:
                self.leave()
            if self.written:
                self.app.changed.publish(None)

    def _tell(self, report: ImportReport) -> bool:
        """Say what was written; returns whether anything was."""
        changed, added = (sum(len(getattr(file, name)) for file in report.files) for name in ("changed", "added"))
        said = _("{n:,} changes and {m:,} new from {files}").format(n=changed, m=added, files=names_of(self._files))
        if report.left:
            if self._kind is ImportKind.LAPTOP:
                said += _(", {n:,} left to decide: Today lists them").format(n=report.left)
            else:
                said += _(", {n:,} questions left open: import the file again to answer them").format(n=report.left)
        written = bool(changed or added) or (self._kind is ImportKind.LAPTOP and report.applied and bool(report.left))
        if not written:
            said = _("Nothing is decided yet: enter answers a question.") if report.left else _("Nothing to change.")
        say(self.app, said, undo=written)
        return written

    def action_back(self) -> None:
        """Back one step; from the whole plan out of the import."""
        if self.can_go_back:
            super().action_back()
        else:
            self.action_leave()

    @work(exclusive=True, group="form-leave")
    async def action_leave(self) -> None:
        """Leave without a trace, asked once where something would be lost. A run is stopped, a write if it can."""
        if self._run is not None:
            self._run.stopped = True
            if not self._run.writes:
                say(self.app, _("Stopped: nothing was written."), undo=False)
                self.leave()
            return
        question = Confirm(_("Leave? Nothing of this import is written."), yes=_("leave"), no=_("go on"))
        if not (self._answers or self._ready) or await self.app.push_screen_wait(question):
            self.leave()
