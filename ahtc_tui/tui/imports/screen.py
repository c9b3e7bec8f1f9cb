"""The screen of an import: the plan as a list, its questions one by one, and one key that writes all of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one

from ahtc_tui.domain.errors import AhtcError, Cancelled
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.imports.report import (
    AddedRecord,
    ColumnMapping,
    FileWarning,
    ImportOptions,
    ImportReport,
    Question,
    TakeMode,
    UnknownColumns,
)
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.domain.running_job import run_as_job
from ahtc_tui.services.groups.service import list_groups
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.imports.dispatch import ImportKind, ImportRequest
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.imports.plan_lines import (
    PlanLine,
    add_headings,
    build_columns,
    build_lines,
    build_sections,
    format_counts,
    format_file_names,
    format_place,
    list_parts_of_row,
)
from ahtc_tui.tui.imports.question import FileQuestion, QuestionScreen
from ahtc_tui.tui.imports.questions import (
    ColumnsScreen,
    ImportProgress,
    OwnersScreen,
    PassphraseForm,
    has_unsure_columns,
)
from ahtc_tui.tui.imports.three_way_view import is_new_owner
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.confirm import Confirm, show_error_toast, show_toast
from ahtc_tui.tui.widgets.detail_pane import Card, Section
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

PROGRESS_SECONDS = 0.1
"""Interval of the progress display."""
READING_FIELDS = ("column", "sheet", "log_group")
"""Fields of questions whose answers change what is read."""
MEETING_FIELDS = ("meeting", "group", "day")
"""Fields of questions about the meeting of minutes: its answer decides who attended and what it has already."""
DISABLED_WHILE_RUNNING = ("apply", "columns", "group", "kind")


class ImportScreen(RecordScreen[PlanLine]):
    """One import, from reading its files to writing the plan."""

    noun = "reports"
    CSS_PATH = "imports.tcss"
    BINDINGS = build_bindings("plan.*")
    closes_on_back = True
    empty_hint = gettext_noop("There is nothing to import.")

    written = False
    """The import was written."""
    is_leaving = False
    """The screen is closing and must not be drawn."""

    title_line = query_one("#import-title", Plain)
    counts_line = query_one("#import-counts", Plain)
    progress_line = query_one("#import-progress", Plain)

    def __init__(self, files: Sequence[Path], pasted: str | None = None) -> None:
        """`pasted` are minutes from the clipboard in place of a file; their only file gives them a name."""
        super().__init__()
        self._files = tuple(files)
        self._data = pasted.encode() if pasted is not None else None
        self._kind: ImportKind | None = None if pasted is None else ImportKind.MINUTES
        self._report: ImportReport | None = None
        self._lines: list[PlanLine] = []
        self._answers: dict[str, str] = {}
        """Answers by question id."""
        self._reading_questions: set[str] = set()
        """Ids of the answered questions about columns and sheets."""
        self._mappings: dict[str, str] = {}
        self._group = ""
        """Group whose log the files are; empty for the plan."""
        self._columns_shown = False
        self._kind_confirmed = False
        self._unknown_columns: Sequence[ColumnMapping] = ()
        """Columns of a file in which no table was recognised."""
        self._progress: ImportProgress | None = None
        """The current run."""
        self._passphrase: str | None = None
        """Passphrase of an encrypted file."""
        self._started_at = 0.0

    def build_columns(self) -> Sequence[Any]:
        return build_columns(self._answers, is_return=self._is_return)

    def compose(self) -> ComposeResult:
        yield ModeBar(self.noun)
        yield Plain(_(" IMPORT   {files}").format(files=format_file_names(self._files)), id="import-title")
        yield Plain(id="import-counts")
        yield FilterBar()
        with Horizontal(id="panes"):
            yield RecordList(self.build_columns(), markable=False)
            yield Card()
        yield Plain(id="import-progress")
        yield Hints()

    def on_mount(self) -> None:
        self.set_interval(PROGRESS_SECONDS, self._show_progress)
        self.app.changed.subscribe(self, self._plan_again)
        self.plan_import()

    def reload(self) -> None:
        if not self.is_leaving:
            super().reload()

    @property
    def _is_return(self) -> bool:
        """Whether a part of the plan is about a record that exists, so that it has a current value."""
        return not self._lines or any(
            not isinstance(line.part, (AddedRecord, FileWarning)) and line.part.ref for line in self._lines
        )

    async def load_source(self, text: str) -> PageSource[PlanLine]:
        lines = await asyncio.to_thread(add_headings, self._lines, text)
        page_source = await asyncio.to_thread(ListSource, lines, lambda line: line.number)
        if self.is_leaving:  # the list is gone
            raise asyncio.CancelledError
        return page_source

    async def load_sections(self, row: PlanLine) -> Iterable[Section]:
        find_source = self._report.sources.get(row.file) if self._report else None
        if find_source is None:
            return tuple(build_sections(row, self._answers))
        source = await asyncio.to_thread(find_source, format_place(row))
        return tuple(build_sections(row, self._answers, source, list_parts_of_row(self._lines, row)))

    def name_rows(self, total: int) -> str:
        return ngettext("item in the plan", "items in the plan", total)

    @work(exclusive=True, group="import")
    async def plan_import(self) -> None:
        """Plan the import, asking for a passphrase, a kind or columns where they are needed."""
        self._unknown_columns = ()
        with self._run_with_progress() as progress:
            if self._kind is None:
                self._kind = await self.desk.run_long(dispatch.detect_kind_of_files, self._files)
            if self._kind is ImportKind.LAPTOP and self._passphrase is None and await self._is_encrypted():
                self._ask_passphrase()
                return
            options = ImportOptions(answers=self._list_reading_answers(), group=self._group)
            self._kind, report = await self.desk.run_job(
                progress.job, dispatch.plan_import, self.build_request(), options, progress.build_hooks()
            )
            lines = await asyncio.to_thread(build_lines, report)
            if progress.job.is_stopped:
                return
            self._report, self._lines = report, lines
            self._show_counts()
            self.list_pane.set_columns(self.build_columns())
            self.reload()
        if self.is_leaving:
            return
        if self._unknown_columns and not self._kind_confirmed:
            self._ask_kind()
        elif self._unknown_columns or (
            self._report is not None and not self._columns_shown and has_unsure_columns(self._report)
        ):
            await self.run_action("columns")

    async def _is_encrypted(self) -> bool:
        return await self.desk.run_long(dispatch.wants_passphrase, self._files)

    def build_request(self) -> ImportRequest:
        """Return the request of the import."""
        assert self._kind is not None
        return ImportRequest(self._kind, self._files, dict(self._mappings), self._passphrase, self._data)

    @work(group="form-leave")
    async def _ask_passphrase(self) -> None:
        """Ask for the passphrase of the file; close the import without one."""
        values = await self.app.push_screen_wait(PassphraseForm(self.desk, self._files[0]))
        if values is None:
            self.cancel_import()
            return
        self._passphrase = values["passphrase"]
        self.plan_import()

    @work(group="form-leave")
    async def _ask_kind(self) -> None:
        """Ask for the kind of a sheet with unknown headings."""
        kinds = [(kind.value, kind.description) for kind in (ImportKind.ACTIONS, ImportKind.CONTACTS)]
        question = _("What is in {files}? Then choose the fields of the columns.").format(
            files=format_file_names(self._files)
        )
        name = await self.app.push_screen_wait(
            Pick(question, kinds, labels={kind.value: kind.label for kind in ImportKind})
        )
        if name is None:
            self.cancel_import()
            return
        self._kind, self._kind_confirmed = ImportKind(name), True
        self.plan_import()

    @contextmanager
    def _run_with_progress(self, *, is_writing: bool = False) -> Iterator[ImportProgress]:
        """Show the progress of a run. An unreadable file closes the import; a refused write keeps the plan."""
        if self._progress is not None:
            self._progress.job.is_stopped = True
        self._progress = progress = ImportProgress(is_writing=is_writing)
        self._started_at = time.monotonic()
        self.add_class("-planning")
        self.refresh_bindings()
        try:
            yield progress
        except Cancelled as cancelled:
            if progress.is_writing:
                show_toast(self.app, str(cancelled), undo=False)
        except AhtcError as error:
            self._unknown_columns = error.columns if isinstance(error, UnknownColumns) else ()
            if not self._unknown_columns:
                show_error_toast(self.app, str(error))
            if self._report is None and not progress.job.is_stopped and not self._unknown_columns:
                self.close_import()
        finally:
            if self._progress is progress and not self.is_leaving:
                self._progress = None
                self.remove_class("-planning")
                self.refresh_bindings()
                self.call_after_refresh(self._focus_list)

    def _focus_list(self) -> None:
        if self.focused is None:  # the list was hidden during the run
            self.list_pane.focus()

    def cancel_import(self) -> None:
        """Close the screen without an import, and say so."""
        text = _("Nothing was imported from {files}.").format(files=format_file_names(self._files))
        show_toast(self.app, text, undo=False)
        self.close_import()

    def close_import(self) -> None:
        """Stop the current run and close the screen."""
        self.is_leaving = True
        if self._progress is not None:
            self._progress.job.is_stopped = True
        self.dismiss(None)

    def _plan_again(self, _nothing: object) -> None:
        if self._report is not None and self._progress is None and not self.is_leaving:
            self.plan_import()

    def _show_progress(self) -> None:
        """Show the progress of the current run."""
        if self._progress is not None and not self.is_leaving:
            seconds = time.monotonic() - self._started_at
            self.progress_line.update(self._progress.format_text(format_file_names(self._files), seconds))

    def _show_counts(self) -> None:
        if self._report is not None and self._kind is not None:
            title = _(" IMPORT   {files}   as {kind}")
            self.title_line.update(title.format(files=format_file_names(self._files), kind=self._kind.label))
            self.counts_line.update(format_counts(self._report, self._answers))

    def open_row(self, row: Any, page: str = "") -> None:
        """Answer a question, or show the details of another line."""
        if isinstance(row.part, Question):
            self.ask_questions_from(row.part.id)
        else:
            super().open_row(row, page)

    def ask_questions_from(self, identifier: str) -> None:
        """Show the questions one by one, beginning with this one."""
        line = next(line for line in self._lines if identifier in {question.id for question in line.alike})
        if is_new_owner(line.alike[0]) and len(line.alike) > 1:
            self.app.push_screen(
                OwnersScreen(line.alike, self._answers, self._check_answer), self._return_from_questions
            )
            return
        sources = self._report.sources if self._report else {}
        questions = [
            FileQuestion(line.file, line.alike[0], line.alike, sources.get(line.file))
            for line in self._lines
            if line.alike
        ]
        index = [open_question.question.id for open_question in questions].index(identifier)
        screen = QuestionScreen(questions, self._answers, index, self._check_answer, self._clear_count)
        self.app.push_screen(screen, self._return_from_questions)

    def _list_reading_answers(self) -> dict[str, str]:
        """Return the answers about columns, sheets and the meeting, which decide what is read."""
        return {identifier: self._answers[identifier] for identifier in self._reading_questions & set(self._answers)}

    def _return_from_questions(self, last: bool | None) -> None:
        asked_before = self._list_reading_answers()
        questions = (question for line in self._lines for question in line.alike)
        fields = (*READING_FIELDS, *(MEETING_FIELDS if self._kind is ImportKind.MINUTES else ()))
        self._reading_questions |= {question.id for question in questions if question.field in fields}
        if self._list_reading_answers() != asked_before:
            self.plan_import()
            return
        self._show_counts()
        self.list_pane.set_columns(self.build_columns())
        if last:
            self.list_pane.action_first()

    @property
    def _clear_count(self) -> int:
        """Number of changes and new records without a question."""
        files = self._report.files if self._report else ()
        return sum(len(file.changed) + len(file.added) for file in files)

    async def _check_answer(self, question: Question, answer: str) -> None:
        """Raise BadInput for an answer that the import refuses."""
        answers = {**self._list_reading_answers(), question.id: answer}
        options = ImportOptions(TakeMode.CLEAN, answers, self._group)
        _kind, report = await self.desk.run_long(dispatch.plan_import, self.build_request(), options)
        if any(open_question.id == question.id for file in report.files for open_question in file.questions):
            raise dispatch.build_answer_error(answer)

    def action_columns(self) -> None:
        """Show the columns of the files."""
        self._columns_shown = True
        files = self._report.files if self._report else ()
        column_mappings = [column for file in files for column in file.columns] or self._unknown_columns
        if not column_mappings or self._kind is None:
            show_toast(self.app, _("These files have no columns to choose."), undo=False)
            return
        known_fields = dispatch.list_known_columns(self._kind)
        screen = ColumnsScreen(column_mappings, format_file_names(self._files), known_fields)
        self.app.push_screen(screen, self._apply_mappings)

    def _apply_mappings(self, mappings: dict[str, str] | None) -> None:
        if mappings:
            self._mappings |= mappings
            self.plan_import()
        elif self._report is None:
            self.cancel_import()

    @work(group="form-leave")
    async def action_group(self) -> None:
        """Choose the group whose log the files are."""
        groups = await self.desk.run(list_groups)
        labels = {"": _("the plan"), **{group.ref: group.name for group in groups}}
        refs = [(ref, "") for ref in labels]
        ref = await self.app.push_screen_wait(Pick(_("Whose actions are these?"), refs, labels=labels))
        if ref is not None and ref != self._group:
            self._group = ref
            self.plan_import()

    @work(group="form-leave")
    async def action_kind(self) -> None:
        """Read the files as another kind."""
        kinds = [(kind.value, kind.description) for kind in ImportKind if kind is not ImportKind.LAPTOP]
        labels = {kind.value: kind.label for kind in ImportKind}
        name = await self.app.push_screen_wait(Pick(_("Read the files as"), kinds, labels=labels))
        if name is not None and name != self._kind:
            self._kind, self._mappings, self._columns_shown = ImportKind(name), {}, True
            self._answers.clear()
            self.plan_import()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable other actions during a run, and saving where the files change nothing."""
        if action == "group" and self._kind is not ImportKind.ACTIONS:
            return False
        if action == "apply" and self._report is not None and not self._lines:
            return False
        return super().check_action(action, parameters) and (
            self._progress is None or action not in DISABLED_WHILE_RUNNING
        )

    @work(group="import")
    async def action_apply(self) -> None:
        """Write clear changes and answered questions in one transaction."""
        options = ImportOptions(TakeMode.CLEAN, dict(self._answers), self._group)
        with self._run_with_progress(is_writing=True) as progress:
            with run_as_job(progress.job):
                request, hooks = self.build_request(), progress.build_hooks()
                report = await self.desk.run(dispatch.apply_import, request, options, hooks)
            self.written = self._show_result(report)
            if self.written or not report.open_question_count:
                self.close_import()
            if self.written:
                self.app.changed.publish(None)

    def _show_result(self, report: ImportReport) -> bool:
        """Show the result in a toast; return whether anything was written."""
        changed = sum(len(file.changed) for file in report.files)
        added = sum(len(file.added) for file in report.files)
        erased = sum(file.erased_count for file in report.files if isinstance(file, MergeFileReport))
        open_count, is_merge = report.open_question_count, self._kind is ImportKind.LAPTOP
        written = bool(changed or added or erased) or (is_merge and report.applied and bool(open_count))
        counts = [_("{n:,} changed").format(n=changed)] if changed or not added else []
        counts += [_("{n:,} new").format(n=added)] if added else []
        text = f"{format_file_names(self._files)}: {', '.join(counts)}"
        text += ", " + ngettext("1 person erased", "{n} people erased", erased) if erased else ""
        if not written and open_count:
            text = _("No question is answered yet. Press enter to answer one.")
        elif not written:
            stored = (file.format_stored() for file in report.files)
            text = " ".join(filter(None, stored)) or _("Nothing to change.")
        elif open_count and is_merge:
            text += _(", {n:,} left to decide (see Today)").format(n=open_count)
        elif open_count:
            text += ngettext(
                ", {n:,} question left open: import the file again to answer it",
                ", {n:,} questions left open: import the file again to answer them",
                open_count,
            )
        show_toast(self.app, text, undo=written and not erased)
        return written

    def list_unsaved_work(self) -> list[str]:
        """Return the import until it is written: its answers, and the changes that nobody contradicts."""
        if self.is_leaving or not (self._answers or self._clear_count):
            return []
        files, count = format_file_names(self._files), len(self._answers)
        text = ngettext(
            "the import of {files}, with 1 answer: nothing is saved yet",
            "the import of {files}, with {n} answers: nothing is saved yet",
            count,
            files=files,
        )
        return [text]

    def action_back(self) -> None:
        """Go back one step, or leave the import."""
        if self.can_go_back:
            super().action_back()
        else:
            self.action_leave()

    @work(exclusive=True, group="form-leave")
    async def action_leave(self) -> None:
        """Stop the current run, or leave after a confirmation if answers or changes would be lost."""
        if self._progress is not None:
            self._progress.job.is_stopped = True
            if not self._progress.is_writing:
                show_toast(self.app, _("Stopped. Nothing was saved."), undo=False)
                self.close_import()
            return
        question = Confirm(_("Leave? Nothing from this import has been saved."), yes=_("leave"), no=_("stay"))
        if not (self._answers or self._clear_count) or await self.app.push_screen_wait(question):
            self.cancel_import()
