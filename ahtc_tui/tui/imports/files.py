"""Choosing what comes in: a folder with its files, marks, or a path typed, pasted or dropped. Reads no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Input

from ahtc_tui.domain.i18n import _
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.imports.dispatch import Entry
from ahtc_tui.tui.base.desk_screen import DeskScreen
from ahtc_tui.tui.imports.screen import ImportScreen
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.imports import FILES
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

if TYPE_CHECKING:
    from ahtc_tui.tui.base.service_threads import Desk


class FilesScreen(DeskScreen):
    """A folder."""

    noun = "reports"
    CSS_PATH = "imports.tcss"
    BINDINGS = bindings(*FILES)
    place = query_one("#place", Plain)

    def __init__(self) -> None:
        super().__init__()
        self._folders: set[Path] = set()
        """The folders in sight: a mark on one brings nothing in."""
        self._left = False
        """The screen is on its way out: it draws nothing any more."""

    def compose(self) -> ComposeResult:
        """Modes, where we are, the folder, hints."""
        yield ModeBar(self.noun)
        yield Plain(id="place")
        yield RecordList(columns(), empty_text=_("No file here can come in. p types a path."))
        yield Hints()

    def reload(self) -> None:
        """Read the folder anew."""
        if not self._left:
            self.show(self.app.import_folder)

    @work(exclusive=True, group="load")
    async def show(self, folder: Path | None) -> None:
        """Show a folder; it is remembered while the desk is open."""
        with told(self.app):
            found = await self.desk.ask(dispatch.list_folder, folder)
            if self._left:
                return
            if self.app.import_folder not in (None, found.folder):
                self.list_pane.clear_marks()
            self.app.import_folder = found.folder
            self._folders = {entry.path for entry in found.entries if entry.folder}
            self.place.update(_(" IMPORT   {folder}").format(folder=found.folder))
            row: Entry | None = self.list_pane.highlighted
            source = ListSource(found.entries, lambda entry: entry.path)
            self.list_pane.show(source, at=source.key_of(row) if row and row in found.entries else None)

    def ref_of(self, row: Entry) -> str:
        """What `y` copies."""
        return str(row.path)

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        entry: Any = event.row
        marked = sorted(path for path in self.list_pane.marked if isinstance(path, Path) and path not in self._folders)
        if entry.folder and not marked:
            self.show(entry.path)
        else:
            self.bring_in(marked or [entry.path])

    def bring_in(self, files: Sequence[Path]) -> None:
        """Plan the import of these files."""
        plan = ImportScreen(tuple(files))

        def came_back(_nothing: object) -> None:
            if plan.written:
                self.action_leave()

        self.app.push_screen(plan, came_back)

    def action_up(self) -> None:
        """The folder above."""
        if self.app.import_folder is not None:
            self.show(self.app.import_folder.parent)

    def action_leave(self) -> None:
        """Back, nothing comes in."""
        self._left = True
        self.dismiss(None)

    @work(group="form-leave")
    async def action_path(self) -> None:
        """Type the path of a file or a folder."""
        said = await self.app.push_screen_wait(PathForm(self.desk))
        if said is not None:
            self._go_to(said["path"])

    def on_paste(self, event: events.Paste) -> None:
        """A path pasted, or a file dropped on the terminal."""
        event.stop()
        self._go_to(event.text)

    @work(group="path")
    async def _go_to(self, words: str) -> None:
        with told(self.app):
            path = await self.desk.ask(dispatch.chosen_path, words)
            self.show(path if path.is_dir() else path.parent)
            if not path.is_dir():
                self.bring_in([path])


def columns() -> Sequence[Column[Entry]]:
    """Name, what it is, size, when it was changed."""
    return (
        Column(_("Name"), None, lambda entry: f"{entry.path.name}/" if entry.folder else entry.path.name),
        Column(_("Size"), 9, _size, "right", lambda _entry: "muted"),
        Column(_("Changed"), 17, _changed, style=lambda _entry: "muted", hide_below=60),
    )


def _size(entry: Entry) -> str:
    if entry.folder:
        return ""
    return f"{entry.size / 1e6:,.1f} MB" if entry.size >= 1e6 else f"{max(1, entry.size // 1000):,} kB"


def _changed(entry: Entry) -> str:
    return f"{entry.changed:%d %b %Y %H:%M}" if entry.changed else "–"


class PathForm(FormScreen):
    """One path."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Which file or folder?"))
        self._desk = desk

    def rows(self) -> Iterable[FormRow]:
        """The path."""
        yield FormRow("path", _("Path"), Input(compact=True), _("pasted or typed; ~ is your own folder"))

    @on(Input.Submitted)
    def _go(self, event: Input.Submitted) -> None:
        event.prevent_default()
        event.stop()
        self.action_save()

    async def accept(self, values: dict[str, Any]) -> None:
        """It must be there."""
        await self._desk.ask(dispatch.chosen_path, values["path"])
