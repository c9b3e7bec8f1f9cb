"""The Welsh text of a line or of an item's title, typed beside the English: what a Welsh paper says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.services import record_lookup
from ahtc_tui.services.minutes.lifecycle import find_line
from ahtc_tui.store.minutes import queries
from ahtc_tui.store.records.fields import list_referrers

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def translate_line(workspace: Workspace, ref: str, line: RowKey | str, welsh: str) -> None:
    """Give a line, by key or by its number in the paper ("3.2"), its Welsh text; no words take it away.

    Agreed minutes take it as well: their English stays as it is. Raises NotFound for no such line.
    """
    with workspace.database.write(f"Welsh of a line of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        key = line if isinstance(line, bytes) else find_line(ledger.cursor, workspace, meeting, line)[0].key
        _write_welsh(ledger, key, clean_line(welsh) or None)


def translate_item(workspace: Workspace, ref: str, position: int, welsh: str) -> None:
    """Give an item of the agenda its Welsh title; no words take it away. Raises NotFound."""
    with workspace.database.write(f"Welsh of item {position} of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        item = queries.find_item(ledger.cursor, meeting, position)
        if item is None:
            raise NotFound(_("The agenda has no item {n}.").format(n=position))
        ledger.update("agenda_items", item, {"title_cy": clean_line(welsh) or None})


def _write_welsh(ledger: Ledger, line: RowKey, welsh: str | None) -> None:
    """The decision that the line made says the same."""
    ledger.update("minute_lines", line, {"text_cy": welsh})
    for key in list_referrers(ledger.cursor, "decisions", "line", line):
        ledger.update("decisions", key, {"text_cy": welsh})
