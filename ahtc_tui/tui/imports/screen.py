"""The plan of an import: question by question, and one key that writes all of it. Nothing before that key."""

from __future__ import annotations

from typing import Any

from textual import work

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportOptions, ImportReport, Question, TakeMode
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.imports.dispatch import ImportKind
from ahtc_tui.tui.imports.columns import ColumnsScreen
from ahtc_tui.tui.imports.plan_lines import format_file_names
from ahtc_tui.tui.imports.plan_view import PlanView
from ahtc_tui.tui.imports.question import FileQuestion, QuestionScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.imports import PLAN
from ahtc_tui.tui.widgets.confirm import Confirm, show_toast
from ahtc_tui.tui.widgets.pick_list import Pick

DISABLED_WHILE_RUNNING = ("apply", "columns", "kind")


class ImportScreen(PlanView):
    """One import, from its files to the write."""

    BINDINGS = build_bindings(*PLAN)
    closes_on_back = True

    def open_row(self, row: Any) -> None:
        """A question is answered; anything else is read."""
        if isinstance(row.part, Question):
            self.ask_questions_from(row.part.id)
        else:
            super().open_row(row)

    def ask_questions_from(self, identifier: str) -> None:
        """The questions one by one, from this one on; then back to the plan."""
        questions = [FileQuestion(line.file, line.part) for line in self._lines if isinstance(line.part, Question)]
        index = next(
            position for position, file_question in enumerate(questions) if file_question.question.id == identifier
        )
        self.app.push_screen(
            QuestionScreen(questions, self._answers, index, self._check_answer, self._clear_count),
            self._return_from_questions,
        )

    def _return_from_questions(self, last: bool | None) -> None:
        self._show_counts()
        self.list_pane.set_columns(self.build_columns())
        if last:
            self.list_pane.action_first()

    @property
    def _clear_count(self) -> int:
        """How many fields and records nobody contradicts."""
        files = self._report.files if self._report else ()
        return sum(len(file.changed) + len(file.added) for file in files)

    async def _check_answer(self, question: Question, answer: str) -> None:
        """Raise BadInput on an answer that the import would refuse."""
        options = ImportOptions(TakeMode.CLEAN, {question.id: answer})
        _kind, report = await self.desk.run_long(dispatch.plan_import, self.build_request(), options)
        if any(open_question.id == question.id for file in report.files for open_question in file.questions):
            raise dispatch.build_answer_error(answer)

    def action_columns(self) -> None:
        """What each column was taken for."""
        self._columns_shown = True
        report = self._report
        column_mappings = (
            [column for file in report.files for column in file.columns] if report else self._unknown_columns
        )
        if not column_mappings or self._kind is None:
            show_toast(self.app, _("These files have no columns to choose."), undo=False)
            return
        known_fields = dispatch.list_known_columns(self._kind)
        self.app.push_screen(
            ColumnsScreen(column_mappings, format_file_names(self._files), known_fields), self._apply_mappings
        )

    def _apply_mappings(self, mappings: dict[str, str] | None) -> None:
        if mappings:
            self._mappings |= mappings
            self.plan_import()
        elif self._report is None:
            self.close_import()

    @work(group="form-leave")
    async def action_kind(self) -> None:
        """Read the files as something else."""
        kinds = [(kind.value, kind.description) for kind in ImportKind if kind is not ImportKind.LAPTOP]
        name = await self.app.push_screen_wait(Pick(_("Read the files as"), kinds))
        if name is not None and name != self._kind:
            self._kind, self._mappings, self._columns_shown = ImportKind(name), {}, True
            self._answers.clear()
            self.plan_import()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a run is under way there is only one thing to do: to stop it."""
        return super().check_action(action, parameters) and (
            self._progress is None or action not in DISABLED_WHILE_RUNNING
        )

    @work(group="import")
    async def action_apply(self) -> None:
        """Write what is clear and what was decided, as one step."""
        options = ImportOptions(TakeMode.CLEAN, dict(self._answers))
        with self._run_with_progress(is_writing=True) as progress:
            report = await self.desk.run(dispatch.apply_import, self.build_request(), options, progress.build_hooks())
            self.written = self._show_result(report)
            if self.written or not report.open_question_count:
                self.close_import()
            if self.written:
                self.app.changed.publish(None)

    def _show_result(self, report: ImportReport) -> bool:
        """Say what was written; returns whether anything was."""
        changed, added = (sum(len(getattr(file, name)) for file in report.files) for name in ("changed", "added"))
        text = _("{n:,} changes and {m:,} new from {files}").format(
            n=changed, m=added, files=format_file_names(self._files)
        )
        if report.open_question_count:
            if self._kind is ImportKind.LAPTOP:
                text += _(", {n:,} left to decide: Today lists them").format(n=report.open_question_count)
            else:
                text += _(", {n:,} questions left open: import the file again to answer them").format(
                    n=report.open_question_count
                )
        written = bool(changed or added) or (
            self._kind is ImportKind.LAPTOP and report.applied and bool(report.open_question_count)
        )
        if not written:
            text = (
                _("Nothing is decided yet: enter answers a question.")
                if report.open_question_count
                else _("Nothing to change.")
            )
        show_toast(self.app, text, undo=written)
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
        if self._progress is not None:
            self._progress.is_stopped = True
            if not self._progress.is_writing:
                show_toast(self.app, _("Stopped: nothing was written."), undo=False)
                self.close_import()
            return
        question = Confirm(_("Leave? Nothing of this import is written."), yes=_("leave"), no=_("go on"))
        if not (self._answers or self._clear_count) or await self.app.push_screen_wait(question):
            self.close_import()
