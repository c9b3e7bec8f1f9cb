"""What of a list is copied, and in which format: a cell, the row, the marked rows or the whole list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.i18n import _
from ahtc_tui.services.exports.screen_copies import CopyFormat, format_copied, format_rows, read_cell
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import join_lines

if TYPE_CHECKING:
    from ahtc_tui.tui.base.message_app import MessageApp
    from ahtc_tui.tui.widgets.record_list import RecordList

ROW, LIST = "row", "list"


class Copy(NamedTuple):
    """A text for the clipboard and the message about it."""

    text: str
    message: str


async def choose_copy(app: MessageApp, pane: RecordList[Any], ref_of: Callable[[Any], str]) -> Copy | None:
    """Ask what is copied and return it; None where nothing is. Raises Refused for rows marked above OFFICIAL."""
    if (row := pane.highlighted) is None:
        return None
    columns = [column for column in pane.list_shown_columns() if column.title]
    cells = [column.render(row).strip() for column in columns]
    options = [(str(number), cell) for number, cell in enumerate(cells)]
    labels = {str(number): _(column.title) for number, column in enumerate(columns)}
    for scope, label in ((ROW, _("This row")), (LIST, _("Marked rows") if pane.marked else _("The whole list"))):
        options += [(f"{scope} {copy_format}", copy_format.label) for copy_format in CopyFormat]
        labels |= {f"{scope} {copy_format}": label for copy_format in CopyFormat}
    answer = await app.push_screen_wait(Pick(_("Copy"), options, labels=labels))
    if answer is None:
        return None
    if answer.isdigit():
        text = await app.desk.run(read_cell, ref_of(row), cells[int(answer)])
        return Copy(text, _("{text} copied").format(text=text))
    scope, _space, name = answer.partition(" ")
    rows = [row] if scope == ROW else await pane.read_marked_rows()
    table = [(ref_of(row), [join_lines(column.render(row)).strip() for column in columns]) for row in rows]
    titles = [_(column.title) for column in columns]
    text, left_out = await app.desk.run(format_rows, CopyFormat(name), titles, table)
    return Copy(text, format_copied(len(rows) - left_out, left_out))
