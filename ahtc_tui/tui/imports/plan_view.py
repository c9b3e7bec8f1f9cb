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
from ahtc_tui.domain.imports.report import Cancelled, ColumnRead, ImportReport, UnknownColumns
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.imports.dispatch import ImportKind, Incoming
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.imports.columns import looks_unsure
from ahtc_tui.tui.imports.passphrase import PassphraseForm
from ahtc_tui.tui.imports.plan_lines import ImportLine, columns, counts, lines_of, names_of, sections, with_headings
from ahtc_tui.tui.imports.progress import Progress
from ahtc_tui.tui.widgets.confirm import complain, say
from ahtc_tui.tui.widgets.detail_pane import Card, Section
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

LOOK_SECONDS = 0.1
"""Between two looks at how far the import is."""


class PlanView(RecordScreen[ImportLine]):
    """The lines of a plan."""

    noun = "reports"
    CSS_PATH = "imports.tcss"

    written = False
    """Whether it was written."""
    left = False
    """The screen is on its way out: it draws nothing any more."""

    title_line = query_one("#import-title", Plain)
    counts_line = query_one("#import-counts", Plain)
    progress_line = query_one("#import-progress", Plain)

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__()
        self._files = tuple(files)
        self._kind: ImportKind | None = None
        self._report: ImportReport | None = None
        self._lines: list[ImportLine] = []
        self._answers: dict[str, str] = {}
        """Question id to what a person decided."""
        self._columns: dict[str, str] = {}
        self._columns_seen = False
        self._kind_said = False
        self._unknown: Sequence[ColumnRead] = ()
        """The columns of a file in which no heading says what the records are called."""
        self._run: Progress | None = None
        """The run that is under way."""
        self._passphrase: str | None = None
        """What opens the file, where it is encrypted."""
        self._began = 0.0

    def columns(self) -> Sequence[Any]:
        """As the plan has them."""
        return columns(self._answers)

    def compose(self) -> ComposeResult:
        """Modes, the files, what they come to, the lines and the card; while it runs, how far it is."""
        yield ModeBar(self.noun)
        yield Plain(_(" IMPORT   {files}").format(files=names_of(self._files)), id="import-title")
        yield Plain(id="import-counts")
        yield FilterBar()
        with Horizontal(id="panes"):
            yield RecordList(self.columns(), empty_text=_("There is nothing to do."), markable=False)
            yield Card()
        yield Plain(id="import-progress")
        yield Hints()

    def on_mount(self) -> None:
        """Plan at once, and again when something else was written meanwhile."""
        self.set_interval(LOOK_SECONDS, self._look)
        self.app.changed.subscribe(self, self._stale)
        self.plan()

    def reload(self) -> None:
        """Draw the lines anew, unless the screen is on its way out."""
        if not self.left:
            super().reload()

    async def source(self, text: str) -> PageSource[ImportLine]:
        """The lines of the plan that hold the words."""
        lines = await asyncio.to_thread(with_headings, self._lines, text)
        found = await asyncio.to_thread(ListSource, lines, lambda line: line.number)
        if self.left:  # there is no list any more to show them in
            raise asyncio.CancelledError
        return found

    async def sections(self, row: ImportLine) -> Iterable[Section]:
        """The card of a line."""
        return tuple(sections(row, self._answers))

    @work(exclusive=True, group="import")
    async def plan(self) -> None:
        """Find out what the files come to; nothing is written."""
        self._unknown = ()
        with self._under_way() as run:
            if self._kind is None:
                self._kind = await self.desk.work(dispatch.kind_of_files, self._files)
            if self._kind is ImportKind.LAPTOP and self._passphrase is None and await self._is_encrypted():
                self._ask_passphrase()
                return
            asked = self.asked()
            self._kind, report = await self.desk.work(dispatch.plan_import, asked, None, run.hooks())
            lines = await asyncio.to_thread(lines_of, report)
            if run.stopped:
                return
            self._report, self._lines = report, lines
            self._show_counts()
            self.load("")
        if self.left:
            return
        if self._report is not None:
            self.list_pane.focus()
        if self._unknown and not self._kind_said:
            self._ask_kind()
        elif self._unknown or (self._report is not None and not self._columns_seen and looks_unsure(self._report)):
            await self.run_action("columns")

    async def _is_encrypted(self) -> bool:
        return await self.desk.work(dispatch.wants_passphrase, self._files)

    def asked(self) -> Incoming:
        """What the import is asked to do."""
        assert self._kind is not None
        return Incoming(self._kind, self._files, dict(self._columns), self._passphrase)

    @work(group="form-leave")
    async def _ask_passphrase(self) -> None:
        """What opens the file of another laptop; without it there is nothing to plan."""
        said = await self.app.push_screen_wait(PassphraseForm(self.desk, self._files[0]))
        if said is None:
            self.leave()
            return
        self._passphrase = said["passphrase"]
        self.plan()

    @work(group="form-leave")
    async def _ask_kind(self) -> None:
        """What a sheet holds in which no heading is known; then what its columns mean."""
        kinds = [(kind.value, kind.about) for kind in (ImportKind.ACTIONS, ImportKind.CONTACTS)]
        question = _("What is in {files}? Then say what its columns are.").format(files=names_of(self._files))
        name = await self.app.push_screen_wait(Pick(question, kinds))
        if name is None:
            self.leave()
            return
        self._kind, self._kind_said = ImportKind(name), True
        self.plan()

    @contextmanager
    def _under_way(self, *, writes: bool = False) -> Iterator[Progress]:
        """A run that the screen shows. What cannot be read ends the import; what is refused leaves the plan."""
        if self._run is not None:
            self._run.stopped = True
        self._run = run = Progress(writes=writes)
        self._began = time.monotonic()
        self.add_class("-planning")
        self.refresh_bindings()
        try:
            yield run
        except Cancelled as stop:
            if run.writes:
                say(self.app, str(stop), undo=False)
        except AhtcError as error:
            self._unknown = error.columns if isinstance(error, UnknownColumns) else ()
            if not self._unknown:
                complain(self.app, str(error))
            if self._report is None and not run.stopped and not self._unknown:
                self.leave()
        finally:
            if self._run is run and not self.left:
                self._run = None
                self.remove_class("-planning")
                self.refresh_bindings()

    def leave(self) -> None:
        """Close; whatever is under way is stopped."""
        self.left = True
        if self._run is not None:
            self._run.stopped = True
        self.dismiss(None)

    def _stale(self, _nothing: object) -> None:
        if self._report is not None and self._run is None and not self.left:
            self.plan()

    def _look(self) -> None:
        """Show how far the run is."""
        if self._run is not None and not self.left:
            self.progress_line.update(self._run.words(names_of(self._files), time.monotonic() - self._began))

    def _show_counts(self) -> None:
        if self._report is not None and self._kind is not None:
            title = _(" IMPORT   {files}   as {kind}")
            self.title_line.update(title.format(files=names_of(self._files), kind=self._kind.label))
            self.counts_line.update(counts(self._report, self._answers))
