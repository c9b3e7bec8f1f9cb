"""The plan of an import while it is made and as it stands: its lines, its counts, how far a run is. Writes nothing."""

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

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Cancelled, ColumnMapping, ImportReport, UnknownColumns
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.imports.dispatch import ImportKind, ImportRequest
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.imports.columns import has_unsure_columns
from ahtc_tui.tui.imports.passphrase import PassphraseForm
from ahtc_tui.tui.imports.plan_lines import (
    PlanLine,
    add_headings,
    build_columns,
    build_lines,
    build_sections,
    format_counts,
    format_file_names,
)
from ahtc_tui.tui.imports.progress import ImportProgress
from ahtc_tui.tui.widgets.confirm import show_error_toast, show_toast
from ahtc_tui.tui.widgets.detail_pane import Card, Section
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

PROGRESS_SECONDS = 0.1
"""Between two looks at how far the import is."""


class PlanView(RecordScreen[PlanLine]):
    """The lines of a plan."""

    noun = "reports"
    CSS_PATH = "imports.tcss"

    written = False
    """Whether it was written."""
    is_leaving = False
    """The screen is on its way out: it draws nothing any more."""

    title_line = query_one("#import-title", Plain)
    counts_line = query_one("#import-counts", Plain)
    progress_line = query_one("#import-progress", Plain)

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__()
        self._files = tuple(files)
        self._kind: ImportKind | None = None
        self._report: ImportReport | None = None
        self._lines: list[PlanLine] = []
        self._answers: dict[str, str] = {}
        """Question id to what a person decided."""
        self._mappings: dict[str, str] = {}
        self._columns_shown = False
        self._kind_confirmed = False
        self._unknown_columns: Sequence[ColumnMapping] = ()
        """The columns of a file in which no heading says what the records are called."""
        self._progress: ImportProgress | None = None
        """The run that is under way."""
        self._passphrase: str | None = None
        """What opens the file, where it is encrypted."""
        self._started_at = 0.0

    def build_columns(self) -> Sequence[Any]:
        """As the plan has them."""
        return build_columns(self._answers)

    def compose(self) -> ComposeResult:
        """Modes, the files, what they come to, the lines and the card; while it runs, how far it is."""
        yield ModeBar(self.noun)
        yield Plain(_(" IMPORT   {files}").format(files=format_file_names(self._files)), id="import-title")
        yield Plain(id="import-counts")
        yield FilterBar()
        with Horizontal(id="panes"):
            yield RecordList(self.build_columns(), empty_text=_("There is nothing to do."), markable=False)
            yield Card()
        yield Plain(id="import-progress")
        yield Hints()

    def on_mount(self) -> None:
        """Plan at once, and again when something else was written meanwhile."""
        self.set_interval(PROGRESS_SECONDS, self._show_progress)
        self.app.changed.subscribe(self, self._plan_again)
        self.plan_import()

    def reload(self) -> None:
        """Draw the lines anew, unless the screen is on its way out."""
        if not self.is_leaving:
            super().reload()

    async def load_source(self, text: str) -> PageSource[PlanLine]:
        """The lines of the plan that hold the words."""
        lines = await asyncio.to_thread(add_headings, self._lines, text)
        page_source = await asyncio.to_thread(ListSource, lines, lambda line: line.number)
        if self.is_leaving:  # there is no list any more to show them in
            raise asyncio.CancelledError
        return page_source

    async def load_sections(self, row: PlanLine) -> Iterable[Section]:
        """The card of a line."""
        return tuple(build_sections(row, self._answers))

    @work(exclusive=True, group="import")
    async def plan_import(self) -> None:
        """Find out what the files come to; nothing is written."""
        self._unknown_columns = ()
        with self._run_with_progress() as progress:
            if self._kind is None:
                self._kind = await self.desk.run_long(dispatch.detect_kind_of_files, self._files)
            if self._kind is ImportKind.LAPTOP and self._passphrase is None and await self._is_encrypted():
                self._ask_passphrase()
                return
            request = self.build_request()
            self._kind, report = await self.desk.run_long(dispatch.plan_import, request, None, progress.build_hooks())
            lines = await asyncio.to_thread(build_lines, report)
            if progress.is_stopped:
                return
            self._report, self._lines = report, lines
            self._show_counts()
            self.load_rows("")
        if self.is_leaving:
            return
        if self._report is not None:
            self.list_pane.focus()
        if self._unknown_columns and not self._kind_confirmed:
            self._ask_kind()
        elif self._unknown_columns or (
            self._report is not None and not self._columns_shown and has_unsure_columns(self._report)
        ):
            await self.run_action("columns")

    async def _is_encrypted(self) -> bool:
        return await self.desk.run_long(dispatch.wants_passphrase, self._files)

    def build_request(self) -> ImportRequest:
        """What the import is asked to do."""
        assert self._kind is not None
        return ImportRequest(self._kind, self._files, dict(self._mappings), self._passphrase)

    @work(group="form-leave")
    async def _ask_passphrase(self) -> None:
        """What opens the file of another laptop; without it there is nothing to plan."""
        values = await self.app.push_screen_wait(PassphraseForm(self.desk, self._files[0]))
        if values is None:
            self.close_import()
            return
        self._passphrase = values["passphrase"]
        self.plan_import()

    @work(group="form-leave")
    async def _ask_kind(self) -> None:
        """What a sheet holds in which no heading is known; then what its columns mean."""
        kinds = [(kind.value, kind.description) for kind in (ImportKind.ACTIONS, ImportKind.CONTACTS)]
        question = _("What is in {files}? Then say what its columns are.").format(files=format_file_names(self._files))
        name = await self.app.push_screen_wait(Pick(question, kinds))
        if name is None:
            self.close_import()
            return
        self._kind, self._kind_confirmed = ImportKind(name), True
        self.plan_import()

    @contextmanager
    def _run_with_progress(self, *, is_writing: bool = False) -> Iterator[ImportProgress]:
        """A run that the screen shows. What cannot be read ends the import; what is refused leaves the plan."""
        if self._progress is not None:
            self._progress.is_stopped = True
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
            if self._report is None and not progress.is_stopped and not self._unknown_columns:
                self.close_import()
        finally:
            if self._progress is progress and not self.is_leaving:
                self._progress = None
                self.remove_class("-planning")
                self.refresh_bindings()

    def close_import(self) -> None:
        """Close; whatever is under way is stopped."""
        self.is_leaving = True
        if self._progress is not None:
            self._progress.is_stopped = True
        self.dismiss(None)

    def _plan_again(self, _nothing: object) -> None:
        if self._report is not None and self._progress is None and not self.is_leaving:
            self.plan_import()

    def _show_progress(self) -> None:
        """Show how far the run is."""
        if self._progress is not None and not self.is_leaving:
            self.progress_line.update(
                self._progress.format_text(format_file_names(self._files), time.monotonic() - self._started_at)
            )

    def _show_counts(self) -> None:
        if self._report is not None and self._kind is not None:
            title = _(" IMPORT   {files}   as {kind}")
            self.title_line.update(title.format(files=format_file_names(self._files), kind=self._kind.label))
            self.counts_line.update(format_counts(self._report, self._answers))
