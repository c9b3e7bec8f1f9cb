"""Rows that were split in two or joined into one on the way: put together where that is sure, else asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.readers import find_known_references, normalize_reference
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.file_plan import build_question_id

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.current_records import CurrentRecords
    from ahtc_tui.services.imports.actions.model import MatchedRows
    from ahtc_tui.services.imports.actions.plan import ActionFilePlan
    from ahtc_tui.services.imports.actions.rows import LogRow


def join_continuations(records: CurrentRecords, matched: MatchedRows) -> None:
    """A row whose words are the end of those of the action above goes to it."""
    matched.unmatched_rows = [row for row in matched.unmatched_rows if not _join_to_row_above(records, row)]


def _join_to_row_above(records: CurrentRecords, row: LogRow) -> bool:
    row_above = row.row_above
    if row_above is None or row_above.key is None or not row_above.text_of("title"):
        return False
    title = f"{row_above.text_of('title')} {row.text_of('title')}"
    if row_above.key not in records.keys_by_title.get(normalize_text(title), ()):
        return False
    title_cell, *more_cells = row_above.cells["title"]
    row_above.cells["title"] = [replace(title_cell, value=title), *more_cells]
    row_above.cells_below += [cell for name in ("update", "comment") for cell in row.cells.get(name, ()) if cell.value]
    row_above.cells_below += row.cells_below
    return True


def is_continuation(row: LogRow) -> bool:
    """The words of a row that has nothing else begin as the rest of a sentence does."""
    title = row.text_of("title")
    return row.row_above is not None and bool(title) and not title[0].isupper() and not title[0].isdigit()


def find_references(file: ActionFilePlan, records: CurrentRecords, row: LogRow) -> tuple[bool, RowKey | None]:
    """Whether the reference of a row holds several of ours, or one among other words; and which action it is about.

    One whose words are those of the row is sure. Several are asked about, and nothing of the row is taken.
    """
    cell = row.first_cell("ref")
    named_refs = find_known_references(cell.value, records.keys_by_ref) if cell else []
    keys = [key for named_ref in named_refs if (key := records.keys_by_ref[named_ref])]
    title = row.text_of("title")
    if len(keys) < 2:
        is_certain = bool(keys) and (not title or keys[0] in records.keys_by_title.get(normalize_text(title), ()))
        return is_certain, keys[0] if is_certain else None
    records.load_actions(keys)
    refs = ", ".join(records.actions[key].ref for key in keys)
    reason = _("the row is about several actions: {refs}; nothing of it is taken").format(refs=refs)
    theirs = "; ".join(text for field_name in ("update", "status", "due") if (text := row.text_of(field_name))) or title
    identifier = build_question_id(file.path.name, "reference", refs, normalize_text(title))
    first_action = records.actions[keys[0]]
    question = Question(
        identifier, first_action.ref, "reference", None, first_action.title, theirs, reason, row.address_of("ref")
    )
    answer = file.resolve_answer(question, takes=False)
    return True, records.keys_by_ref.get(normalize_reference(answer) or "") if answer not in ("", "ours") else None
