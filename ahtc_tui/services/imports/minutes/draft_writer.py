"""Writes the changes of an edited draft within the open transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.minutes.writer import ResolvedLine, remove_outcome, update_outcome, write_line
from ahtc_tui.store.minutes import queries
from ahtc_tui.store.records.fields import is_removed, read_field

if TYPE_CHECKING:
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.meetings.model import LineRow
    from ahtc_tui.domain.returns.register import RegisteredParty
    from ahtc_tui.store.journal.ledger import Ledger


@dataclass
class LineEdit:
    """What an import changes in one line, with its action or decision."""

    line: LineRow
    text: str | None = None
    text_cy: str | None = None
    owners: tuple[RegisteredParty, ...] | None = None
    due: DateAsKnown | None = None


def write_draft(ledger: Ledger, edits: Iterable[LineEdit], operations: Iterable[Callable[[Ledger], None]]) -> None:
    """Write the changed lines, then additions, moves and removals in the order of the file."""
    for edit in edits:
        _change_line(ledger, edit)
    for operation in operations:
        operation(ledger)


def _change_line(ledger: Ledger, edit: LineEdit) -> None:
    """Change a line and its action or decision. A Welsh text that was not changed as well translates the old words."""
    line = edit.line
    text = edit.text if edit.text is not None else line.text
    words: dict[str, str | None] = {"text": text}
    if edit.text_cy is not None:
        words["text_cy"] = edit.text_cy
    elif edit.text is not None:
        words["text_cy"] = edit.text if line.text == line.text_cy else None
    ledger.update("minute_lines", line.key, words)
    owners = tuple(party.key for party in edit.owners or ())
    update_outcome(ledger, line.key, ResolvedLine(line.kind, text, owners, edit.due, False), line.text)


def change_item(item: RowKey, values: Mapping[str, str], ledger: Ledger) -> None:
    """Change the title of an item."""
    ledger.update("agenda_items", item, dict(values))


def remove_line(line: RowKey, ledger: Ledger) -> None:
    """Remove a line, with its action or decision, unless the other half of a bilingual file removed it already."""
    if is_removed(ledger.cursor, "minute_lines", line):
        return
    remove_outcome(ledger, line)
    ledger.remove("minute_lines", line)


@dataclass
class LineAnchor:
    """The place after which lines are put: a line, or the beginning of an item."""

    line: RowKey | None = None
    """For a line that the import adds, its key once it is written."""
    item: RowKey | None = None


def add_line(
    meeting: RowKey, after: LineAnchor, added: LineAnchor, resolved: ResolvedLine, today: date, ledger: Ledger
) -> None:
    """Add a line at a place, and note its key."""
    added.line = write_line(ledger, meeting, _find_item(ledger, after), resolved, today, None)
    _place_line(ledger, meeting, added.line, after)


def move_line(meeting: RowKey, line: RowKey, after: LineAnchor, ledger: Ledger) -> None:
    """Move a line to a place."""
    ledger.update("minute_lines", line, {"item": _find_item(ledger, after)})
    _place_line(ledger, meeting, line, after)


def _find_item(ledger: Ledger, anchor: LineAnchor) -> RowKey | None:
    item: RowKey | None = anchor.item
    if anchor.line:
        item = read_field(ledger.cursor, "minute_lines", anchor.line, "item")
    return item


def _place_line(ledger: Ledger, meeting: RowKey, line: RowKey, after: LineAnchor) -> None:
    """Number the lines of an item with one of them behind the anchor."""
    keys = queries.list_line_keys(ledger.cursor, meeting, _find_item(ledger, after))
    others = [key for key in keys if key != line]
    others.insert(others.index(after.line) + 1 if after.line in others else 0, line)
    for position, key in enumerate(others, 1):
        ledger.update("minute_lines", key, {"position": position})
