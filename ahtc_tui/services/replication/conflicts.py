"""Use cases of conflicts: list and resolve."""

from __future__ import annotations

from typing import Any

from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.replication.conflicts import FURTHER_SIDES, Conflict, name_answer
from ahtc_tui.domain.text.answers import read_yes_no
from ahtc_tui.domain.text.cleaning import clean_text
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.journal.value_formatter import ValueFormatter
from ahtc_tui.store.records.columns import read_columns
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.references import find_by_ref
from ahtc_tui.store.records.relations import PARTY_TABLES, find_record
from ahtc_tui.store.replication.conflict_resolution import BOTH, OURS, THEIRS, project_resolution, write_resolution
from ahtc_tui.store.replication.conflicts import ConflictReader, OpenConflict, list_open_conflicts

__all__ = ["ANSWERS", "BOTH", "MERGED", "count_conflicts", "list_conflicts", "read_answer", "resolve_conflict"]

ANSWERS = (OURS, THEIRS, BOTH)
MERGED = "merged"
"""The answer that joins the changes of every side."""


def list_conflicts(workspace: Workspace, *, iso_dates: bool = False) -> list[Conflict]:
    """Return the open conflicts by reference; dates in words, or as ISO 8601 for other programs."""
    with workspace.database.read() as cursor:
        reader = ConflictReader(cursor, iso_dates=iso_dates)
        return [conflict.shown for conflict in list_open_conflicts(reader)]


def count_conflicts(workspace: Workspace) -> int:
    """Count the open conflicts."""
    return len(list_conflicts(workspace))


def resolve_conflict(workspace: Workspace, name: str, answer: str) -> Conflict:
    """Resolve a conflict by a side ("ours", "theirs", "other"), "merged", "both" or a new value, in one step.

    Returns the former conflict.

    Raises NotFound for an unknown id, BadInput for an invalid answer, Refused for agreed minutes.
    """
    with workspace.database.write("resolve") as ledger:
        matches = [
            conflict
            for conflict in list_open_conflicts(ConflictReader(ledger.cursor))
            if conflict.shown.id.startswith(name.strip().lower() or "-")
        ]
        if len(matches) != 1:
            raise NotFound(_('No open conflict is called "{name}". `ahtc conflicts` lists them.').format(name=name))
        ledger.label = f"resolve {matches[0].shown.ref} {matches[0].shown.field}"
        tables = TableWriter(ledger.cursor)
        choice, value = read_answer(workspace, ledger.cursor, matches[0], answer)
        project_resolution(ledger, tables, write_resolution(ledger, tables, matches[0], choice, value), answer)
        return matches[0].shown


def read_answer(workspace: Workspace, cursor: Cursor, conflict: OpenConflict, answer: str) -> tuple[str, Any]:
    """Parse an answer: ours, theirs or both, or a value as the table stores it. Raises BadInput, NotFound."""
    text = answer.strip()
    if text.lower() in ANSWERS:
        return text.lower(), None
    for index, side in enumerate(conflict.sides[FURTHER_SIDES:], FURTHER_SIDES):
        if text.lower() == name_answer(index):
            return "", side.value
    if text.lower() == MERGED:
        return "", _read_merged_text(conflict)
    if not conflict.field or conflict.field.startswith("_"):
        raise BadInput(_('"{answer}" is not an answer to this. Choose ours or theirs.').format(answer=answer))
    return "", _parse_value(workspace, cursor, conflict, text)


def _read_merged_text(conflict: OpenConflict) -> str:
    """Return the text with the changes of every side. Raises BadInput where they touch, or are not long texts."""
    if conflict.shown.merged is None:
        sentence = _("{ref} {field} cannot be merged. It is too short, or the same words were changed.")
        raise BadInput(sentence.format(ref=conflict.shown.ref, field=format_field(conflict.shown.field)))
    return conflict.shown.merged


def _parse_value(workspace: Workspace, cursor: Cursor, conflict: OpenConflict, text: str) -> Any:
    from ahtc_tui.domain.dates.parser import read_date_or_words

    table = conflict.record[0]
    table_columns = read_columns(cursor, table)
    if not text or text == "–":
        return None
    if conflict.field in table_columns.dates:
        return read_date_or_words(text, workspace.today()).stored_text
    if conflict.field in table_columns.keys:
        parent = ValueFormatter(cursor, table).parent_tables.get(conflict.field)
        if parent in PARTY_TABLES:
            return find_party(cursor, text).key.hex()
        if parent is None:
            record = find_record(cursor, text)
            key = record[1] if record else None
        else:
            match = find_by_ref(cursor, parent, text)
            key = match.key if match else None
        if key is None:
            raise NotFound(_('No record has the reference "{ref}".').format(ref=text))
        return key.hex()
    if conflict.field in table_columns.flags:
        return _parse_flag(text, conflict.shown.field)
    if any(isinstance(side.value, int) for side in conflict.sides):
        try:
            return int(text)
        except ValueError:
            raise BadInput(
                _('{field} needs a number, not "{text}".').format(field=format_field(conflict.shown.field), text=text)
            ) from None
    return clean_text(text)


def _parse_flag(text: str, field: str) -> bool:
    """Return a yes or no as people type it. Raises BadInput."""
    answer = read_yes_no(text)
    if answer is None:
        raise BadInput(_('{field} needs yes or no, not "{text}".').format(field=format_field(field), text=text))
    return answer
