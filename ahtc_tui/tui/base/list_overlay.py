"""Base of the pages over a mode: a list under a heading, which can be exported as a picture."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.documents.text_picture import PictureCell, PictureRow, TextPicture
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, join_lines
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource

Row = TypeVar("Row")


class ListOverlay(RowActions, DismissOnce, Screen[str], Generic[Row]):
    """Title, list, details of the selected line and footer. Dismisses with the reference of an opened line."""

    DEFAULT_CSS = """
    ListOverlay #head { height: auto; padding: 0 2; text-style: bold; }
    ListOverlay #foot { height: auto; padding: 0 2; color: $foreground-muted; }
    ListOverlay #detail { height: auto; padding: 0 2; display: none; }
    ListOverlay #detail.-shown { display: block; }
    """
    BINDINGS = build_bindings("page.close", "desk.help", "desk.exit")
    AUTO_FOCUS = "RecordList"

    mode: ClassVar[str] = "plan"
    """Mode that the page belongs to."""
    empty_text: ClassVar[str] = gettext_noop("There is nothing to show yet.")
    """Text of the list without lines."""

    picture_name: ClassVar[str] = ""
    """What the picture of the page shows, for the name of its file; empty where it has none."""
    _head_text = _foot_text = ""

    app = app(DeskApp)
    list_pane = query_one(RecordList)
    head = query_one("#head", Plain)
    foot = query_one("#foot", Plain)
    detail = query_one("#detail", Plain)

    def build_columns(self) -> Sequence[Column[Row]]:
        """Return the columns in their current state."""
        raise NotImplementedError

    def find_target(self, row: Row) -> str | None:
        """Return the reference that opening a line leads to, if any."""
        return None

    def format_detail(self, row: Row) -> str:
        """Return the details of the selected line; empty if the columns show them all."""
        return ""

    def compose(self) -> ComposeResult:
        yield ModeBar(self.mode)
        yield Plain(id="head")
        openable = type(self).find_target is not ListOverlay.find_target
        yield RecordList(
            self.build_columns(), markable=False, openable=openable, empty_text=_(self.empty_text), wraps=True
        )
        yield Plain(id="detail")
        yield Plain(id="foot")
        yield Hints()

    def on_mount(self) -> None:
        """Reload after every write, also of other processes."""
        self.app.changed.subscribe(self, lambda _nothing: self.reload())

    def reload(self) -> Any:
        """Read the lines again. Does nothing where they do not change."""

    def show_lines(
        self, head: str, rows: Iterable[Row | HeadingLine], key: Callable[[Row], Hashable], foot: str = ""
    ) -> None:
        """Show title, lines and footer; the cursor stays on its line."""
        self._head_text, self._foot_text = head, foot
        self.head.update(head)
        self.foot.update(foot)
        self.list_pane.update_rows(ListSource(rows, key), columns=self.build_columns())

    @on(RecordList.Highlighted)
    def _show_detail(self, event: RecordList.Highlighted) -> None:
        row: Any = event.row
        text = self.format_detail(row) if row is not None else ""
        self.detail.update(text)
        self.detail.set_class(bool(text), "-shown")

    @on(RecordList.Opened)
    def _open_target(self, event: RecordList.Opened) -> None:
        row: Any = event.row
        if row is not None and (ref := self.find_target(row)):
            self.dismiss(ref)

    @work(group="export")
    async def action_picture(self) -> None:
        """Write the heading, all lines and the footer as a picture to the exports folder."""
        from ahtc_tui.services.exports.screen_copies import export_picture_to_folder, format_left_out

        with errors_as_toasts(self.app):
            first, *more = self._head_text.split("\n")
            columns = self.list_pane.list_shown_columns()
            titles = PictureRow([PictureCell(_(column.title), "muted", column.align == "right") for column in columns])
            rows = [_build_picture_row(line, columns) for line in await self.list_pane.read_lines()]
            picture = TextPicture(first, more, [titles, *rows], self._foot_text.split("\n"))
            path, left_out = await self.app.desk.run_long(export_picture_to_folder, self._describe_picture, picture)
            self.app.announce_file(path, format_left_out(left_out))

    def _describe_picture(self) -> str:
        return _(self.picture_name)

    def action_close(self) -> None:
        """Return to the mode."""
        self.dismiss("")


def _build_picture_row(line: Any, columns: Sequence[Column[Any]]) -> PictureRow:
    if isinstance(line, HeadingLine):
        return PictureRow([PictureCell("   ".join(filter(None, (line.text, line.right))))], is_heading=True)
    cells = [
        PictureCell(
            join_lines(column.render(line)), column.style(line) if column.style else "", column.align == "right"
        )
        for column in columns
    ]
    return PictureRow(cells, str(getattr(line, "ref", "") or ""))
