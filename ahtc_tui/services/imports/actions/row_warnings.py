"""What is asked or said about whole rows: on two sheets, missing, hidden, commented, case data. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data.detector import find_case_data
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.model import decode_sent_values
from ahtc_tui.services.imports.actions.claim import Claim
from ahtc_tui.services.imports.actions.plan import (
    ActionFilePlan,
    ImportPlan,
    apply_values,
    ask_about_claim,
    parse_answer,
)
from ahtc_tui.services.imports.actions.rows import LogRow
from ahtc_tui.services.imports.actions.tables import format_cell
from ahtc_tui.services.imports.file_plan import build_question_id
from ahtc_tui.store.imports import actions as stored

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.compare import ComparedRow
    from ahtc_tui.services.imports.actions.current_records import CurrentRecords
    from ahtc_tui.services.imports.actions.model import ImportedFile

MAX_MISSING_QUESTIONS = 20
"""Above this, what is missing is one question."""
TEXT_FIELDS = frozenset({"title", "lead", "support", "due", "proposed_due", "update", "comment", "evidence", "source"})
"""Columns whose words are kept as they stand."""


def warn_about_row(file: ActionFilePlan, row: LogRow, ref: str | None) -> None:
    """Warn of what a reader of the file may have missed: hidden rows, comments, text that looks like case data."""
    if row.line.hidden:
        file.add_note(row.address, _("the row is hidden; it was read all the same"), ref, "hidden")
    elif row.table.is_hidden:
        file.add_note(
            row.address, _('the sheet "{sheet}" is hidden; it was read').format(sheet=row.table.sheet), ref, "hidden"
        )
    for field_name, cells in row.cells.items():
        for cell in cells:
            if cell.comment:
                file.add_note(
                    cell.address, _('comment on the cell: "{text}"').format(text=cell.comment.strip()), ref, "comment"
                )
            if field_name in TEXT_FIELDS and cell.value is not None and (reason := find_case_data(format_cell(cell))):
                sentence = _("the text looks like {reason}: no case data belongs here")
                file.add_note(cell.address, sentence.format(reason=reason), ref, "case_data")


def ask_about_two_sheets(plan: ImportPlan, records: CurrentRecords, compared_rows: Sequence[ComparedRow]) -> None:
    """Ask about an action that stands on an open and on a closed sheet of one file; neither sheet is believed."""
    rows_by_action: dict[tuple[int, RowKey], list[ComparedRow]] = {}
    for compared in compared_rows:
        rows_by_action.setdefault((id(compared.file), compared.key), []).append(compared)
    for (_file, key), rows_of_action in rows_by_action.items():
        closed_rows = [compared for compared in rows_of_action if compared.row.is_closed]
        open_rows = [compared for compared in rows_of_action if not compared.row.is_closed]
        if not closed_rows or not open_rows:
            continue
        for compared in closed_rows:
            compared.claims = [claim for claim in compared.claims if claim.field != "status_from_sheet"]
        open_row, closed_row = open_rows[0], closed_rows[0]
        sheets = _("on {first} and on {second}").format(
            first=open_row.row.table.sheet, second=closed_row.row.table.sheet
        )
        claim = Claim("sheet_conflict", open_row.row.address, sheets)
        reason = _("it stands on two sheets: {first} and {second}").format(
            first=open_row.row.address, second=closed_row.row.address
        )
        values, field_name = ask_about_claim(open_row.file, records, key, claim, None, reason)
        apply_values(plan, open_row.file, records, key, claim.address, values, field_name)


def ask_about_missing(plan: ImportPlan, records: CurrentRecords, files: Sequence[ImportedFile]) -> None:
    """Ask about what was sent in the same workbook and is not in the file: never a delete."""
    present_keys = {row.key for file in files for row in file.rows}
    for file in files:
        sent_keys = file.sent_keys or _find_sent_keys(records, file)
        absent_keys = [key for key in dict.fromkeys(sent_keys) if key not in present_keys]
        records.load_actions(absent_keys)
        missing_keys = [
            key for key in absent_keys if key in records.actions and (file.sent_keys or records.actions[key].is_open)
        ]
        if len(missing_keys) > MAX_MISSING_QUESTIONS:
            _ask_about_many_missing(file.plan, [records.actions[key].ref for key in missing_keys], len(sent_keys))
            continue
        for key in missing_keys:
            _ask_about_missing_action(plan, records, file.plan, key)


def _find_sent_keys(records: CurrentRecords, file: ImportedFile) -> list[RowKey]:
    """What was sent in the workbook that the rows name, else in the last of this name."""
    batches_in_rows = dict.fromkeys(
        sent[0] for row in file.rows if (sent := decode_sent_values(row.text_of("row_sent"))) and sent[0]
    )
    batches = list(batches_in_rows) or stored.find_batches(records.cursor, file.plan.path.name)
    return stored.list_dispatched_actions(records.cursor, batches) if batches else []


def _ask_about_missing_action(plan: ImportPlan, records: CurrentRecords, file: ActionFilePlan, key: RowKey) -> None:
    action = records.actions[key]
    reason = _("it was sent with this workbook, and is not in the file that came back; it stays as it is")
    identifier = build_question_id(file.path.name, "missing", action.ref)
    question = Question(identifier, action.ref, "missing", action.title, action.title, None, reason, file.path.name)
    answer = file.resolve_answer(question, takes=False)
    if answer not in ("", "ours"):
        apply_values(
            plan,
            file,
            records,
            key,
            file.path.name,
            {"status": parse_answer(records, "status", answer, question)},
            "status",
        )


def _ask_about_many_missing(file: ActionFilePlan, refs: Sequence[str], sent_count: int) -> None:
    """One question where a part of a log came back: somebody sent their own rows alone."""
    listed_refs = ", ".join(refs[:20]) + (" …" if len(refs) > 20 else "")
    reason = _("{n} of {sent} actions that were sent are not in the file: {refs}; they stay as they are")
    text = reason.format(n=len(refs), sent=sent_count, refs=listed_refs)
    identifier = build_question_id(file.path.name, "missing", *refs)
    file.resolve_answer(Question(identifier, None, "missing", None, None, None, text, file.path.name), takes=False)
