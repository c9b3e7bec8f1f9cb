"""The picture of an overlay of the plan: its heading, all lines of its list, and its notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ahtc_tui.domain.documents.text_picture import PictureCell, PictureRow, TextPicture
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.exports.copied_rows import format_left_out
from ahtc_tui.services.exports.pictures import export_picture_to_folder
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine


async def export_page(
    app: DeskApp, name: str, heading: Sequence[str], pane: RecordList[Any], foot: Sequence[str]
) -> None:
    """Write a page as a picture and name its file. Raises StoreError."""
    columns = pane.list_shown_columns()
    titles = PictureRow([PictureCell(_(column.title), "muted", column.align == "right") for column in columns])
    rows = [_build_row(line, columns) for line in await pane.read_lines()]
    picture = TextPicture(heading[0], heading[1:], [titles, *rows], foot)
    path, left_out = await app.desk.run_long(export_picture_to_folder, name, picture)
    app.announce_file(path, format_left_out(left_out))


def _build_row(line: Any, columns: Sequence[Column[Any]]) -> PictureRow:
    if isinstance(line, HeadingLine):
        return PictureRow([PictureCell("   ".join(filter(None, (line.text, line.right))))], is_heading=True)
    cells = [
        PictureCell(
            join_lines(column.render(line)), column.style(line) if column.style else "", column.align == "right"
        )
        for column in columns
    ]
    return PictureRow(cells, str(getattr(line, "ref", "") or ""))
