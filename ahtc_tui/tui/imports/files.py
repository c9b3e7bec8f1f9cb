"""Screen for choosing the files of an import: from a folder, or by a typed, pasted or dropped path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Input

from ahtc_tui.domain.dates.formatting import format_short_moment
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.text.sizes import format_size
from ahtc_tui.services.imports import dispatch
from ahtc_tui.services.imports.dispatch import FolderEntry
from ahtc_tui.tui.base.desk_screen import DeskScreen
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.imports.screen import ImportScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

LIST_PLACE = "files"
"""Name of the folder used last among the filters of lists."""


class FilesScreen(DeskScreen):
    """The importable files of a folder."""

    noun = "reports"
    CSS_PATH = "imports.tcss"
    BINDINGS = build_bindings("files.*")
    place = query_one("#place", Plain)

    def __init__(self) -> None:
        super().__init__()
        self._folder: Path | None = None
        """The folder in the list."""
        self._folders: set[Path] = set()
        """Folders in the list, whose marks are ignored."""
        self._is_leaving = False

    def compose(self) -> ComposeResult:
        yield ModeBar(self.noun)
        yield Plain(id="place")
        yield RecordList(
            build_columns(), empty_text=_("No file in this folder can be imported. Press / to type a path.")
        )
        yield Hints()

    def reload(self) -> None:
        if not self._is_leaving:
            self.show_folder(self._folder)

    @work(exclusive=True, group="load")
    async def show_folder(self, folder: Path | None) -> None:
        """Show a folder with the cursor on its first file, and remember it unless it is one of our exports."""
        last_folder, _ref = self.app.list_places.get(LIST_PLACE, ("", ""))
        with errors_as_toasts(self.app):
            listing = await self.desk.run(dispatch.list_folder, folder, last_folder)
            if self._is_leaving:
                return
            if self._folder not in (None, listing.folder):
                self.list_pane.clear_marks()
            self._folder = listing.folder
            if not listing.folder.is_relative_to(self.desk.workspace.exports):
                self.app.list_places[LIST_PLACE] = str(listing.folder), ""
            self._folders = {entry.path for entry in listing.entries if entry.is_folder}
            self.place.update(_(" IMPORT   {folder}").format(folder=listing.folder))
            row: FolderEntry | None = self.list_pane.highlighted
            if row not in listing.entries:
                row = next((entry for entry in listing.entries if not entry.is_folder), None)
            source = ListSource(listing.entries, lambda entry: entry.path)
            self.list_pane.show(source, key=source.key_of(row) if row and row in listing.entries else None)

    def ref_of(self, row: FolderEntry) -> str:
        """Return the path, which `y` copies."""
        return str(row.path)

    @on(RecordList.Opened)
    def _open_entry(self, event: RecordList.Opened) -> None:
        entry: Any = event.row
        marked = sorted(path for path in self.list_pane.marked if isinstance(path, Path) and path not in self._folders)
        if entry.is_folder and not marked:
            self.show_folder(entry.path)
        else:
            self.start_import(marked or [entry.path])

    def start_import(self, files: Sequence[Path], pasted: str | None = None) -> None:
        """Open the import of files; leave this screen once it was written."""
        screen = ImportScreen(tuple(files), pasted)

        def leave_if_written(_nothing: object) -> None:
            if screen.written:
                self.action_leave()

        self.app.push_screen(screen, leave_if_written)

    def action_up(self) -> None:
        """Show the parent folder."""
        if self._folder is not None:
            self.show_folder(self._folder.parent)

    def action_folder(self) -> None:
        """Import the highlighted folder, else the one that is shown, as one exchange with other programs."""
        row: FolderEntry | None = self.list_pane.highlighted
        folder = row.path if row and row.is_folder else self._folder
        if folder is not None:
            self.start_import([folder])

    def action_leave(self) -> None:
        """Leave without an import."""
        self._is_leaving = True
        self.dismiss(None)

    @work(group="form-leave")
    async def action_path(self) -> None:
        """Type the path of a file or a folder."""
        values = await self.app.push_screen_wait(PathForm(self.desk))
        if values is not None:
            self._open_path(values["path"])

    def on_paste(self, event: events.Paste) -> None:
        """Open a pasted path, or a file that was dropped on the terminal; pasted lines are minutes."""
        event.stop()
        if "\n" in event.text.strip() or "\r" in event.text.strip():
            self.start_import([Path(_("pasted text"))], event.text.replace("\r\n", "\n").replace("\r", "\n"))
        else:
            self._open_path(event.text)

    @work(group="path")
    async def _open_path(self, text: str) -> None:
        with errors_as_toasts(self.app):
            path = await self.desk.run(dispatch.parse_path, text)
            self.show_folder(path if path.is_dir() else path.parent)
            if not path.is_dir():
                self.start_import([path])


def build_columns() -> Sequence[Column[FolderEntry]]:
    """Return the columns of the list of files."""
    return (
        Column(
            _("Name"), None, lambda entry: f"{entry.path.name}/" if entry.is_folder else entry.path.name, sort="name"
        ),
        Column(
            _("Size"), 9, _format_size, "right", lambda _entry: "muted", sort="size", value=lambda entry: entry.size
        ),
        Column(
            _("Changed"),
            17,
            _format_changed,
            style=lambda _entry: "muted",
            optional=True,
            sort="changed",
            value=lambda entry: entry.changed_at,
        ),
    )


def _format_size(entry: FolderEntry) -> str:
    return "" if entry.is_folder else format_size(entry.size)


def _format_changed(entry: FolderEntry) -> str:
    return format_short_moment(entry.changed_at) if entry.changed_at else "–"


class PathForm(FormScreen):
    """Asks for the path of a file or folder to import."""

    saves_on_enter = True
    save_label = gettext_noop("continue")

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Which file or folder?"))
        self._desk = desk

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("path", _("Path"), Input(compact=True), _("pasted or typed; ~ is your own folder"))

    async def accept(self, values: dict[str, Any]) -> None:
        """Raise BadInput unless the path exists."""
        await self._desk.run(dispatch.parse_path, values["path"])
