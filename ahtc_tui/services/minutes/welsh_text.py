"""Welsh texts of lines and of agenda titles, for Welsh papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.services import record_lookup
from ahtc_tui.services.minutes.lifecycle import find_line
from ahtc_tui.store.minutes import queries
from ahtc_tui.store.records.fields import list_referrers, read_field

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def translate_line(workspace: Workspace, ref: str, line: RowKey | str, welsh: str) -> None:
    """Set the Welsh text of a line, by key or paragraph number ("3.2"); an empty text removes it.

    Also allowed in agreed minutes, because the English text does not change. Raises NotFound for an unknown line.
    """
    with workspace.database.write(f"Welsh of a line of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        key = line if isinstance(line, bytes) else find_line(ledger.cursor, workspace, meeting, line).key
        write_line_welsh(ledger, key, clean_line(welsh) or None)


def translate_item(workspace: Workspace, ref: str, position: int, welsh: str) -> None:
    """Set the Welsh title of an agenda item; an empty title removes it. Raises NotFound."""
    with workspace.database.write(f"Welsh of item {position} of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        item = queries.find_item(ledger.cursor, meeting, position)
        if item is None:
            raise NotFound(_("The agenda has no item {n}.").format(n=position))
        ledger.update("agenda_items", item, {"title_cy": clean_line(welsh) or None})


def write_line_welsh(ledger: Ledger, line: RowKey, welsh: str | None) -> None:
    """Write the Welsh text of the line, of its decision, and of its action while that has the words of the line."""
    ledger.update("minute_lines", line, {"text_cy": welsh})
    words = read_field(ledger.cursor, "minute_lines", line, "text")
    for key in list_referrers(ledger.cursor, "actions", "line", line):
        if read_field(ledger.cursor, "actions", key, "title") == words:
            ledger.update("actions", key, {"title_cy": welsh})
    for key in list_referrers(ledger.cursor, "decisions", "line", line):
        ledger.update("decisions", key, {"text_cy": welsh})
