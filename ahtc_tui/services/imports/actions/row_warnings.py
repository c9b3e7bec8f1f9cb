"""What is asked or said about whole rows: on two sheets, missing, hidden, commented, case data. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data.detector import looks_like_case_data
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.returns.model import read_sent
from ahtc_tui.services.imports.actions.claim import Claim
from ahtc_tui.services.imports.actions.plan import ActionsPlan, Plan, ask, take, typed
from ahtc_tui.services.imports.actions.rows import RowIn
from ahtc_tui.services.imports.actions.tables import text_of
from ahtc_tui.services.imports.file_plan import question_id
from ahtc_tui.store.imports import actions as stored

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.compare import Told
    from ahtc_tui.services.imports.actions.current_records import Facts
    from ahtc_tui.services.imports.actions.model import FileIn

MOST_MISSING = 20
"""Above this, what is missing is one question."""
PROSE = frozenset({"title", "lead", "support", "due", "proposed_due", "update", "comment", "evidence", "source"})
"""Columns whose words are kept as they stand."""


def say_oddities(file: ActionsPlan, row: RowIn, ref: str | None) -> None:
    """Warn of what a reader of the file may have missed: hidden rows, comments, text that looks like case data."""
    if row.line.hidden:
        file.note(row.at, _("the row is hidden; it was read all the same"), ref, "hidden")
    elif row.table.hidden:
        file.note(row.at, _('the sheet "{sheet}" is hidden; it was read').format(sheet=row.table.sheet), ref, "hidden")
    for name, cells in row.cells.items():
        for cell in cells:
            if cell.comment:
                file.note(cell.at, _('comment on the cell: "{text}"').format(text=cell.comment.strip()), ref, "comment")
            if name in PROSE and cell.value is not None and (reason := looks_like_case_data(text_of(cell))):
                sentence = _("the text looks like {reason}: no case data belongs here")
                file.note(cell.at, sentence.format(reason=reason), ref, "case_data")


def ask_both_sheets(plan: Plan, facts: Facts, told: Sequence[Told]) -> None:
    """Ask about an action that stands on an open and on a closed sheet of one file; neither sheet is believed."""
    rows: dict[tuple[int, bytes], list[Told]] = {}
    for each in told:
        rows.setdefault((id(each.file), each.key), []).append(each)
    for (_file, key), several in rows.items():
        closed = [each for each in several if each.row.closed]
        still_open = [each for each in several if not each.row.closed]
        if not closed or not still_open:
            continue
        for each in closed:
            each.claims = [claim for claim in each.claims if claim.field != "status_from_sheet"]
        first, second = still_open[0], closed[0]
        sheets = _("on {first} and on {second}").format(first=first.row.table.sheet, second=second.row.table.sheet)
        claim = Claim("sheet_conflict", first.row.at, sheets)
        reason = _("it stands on two sheets: {first} and {second}").format(first=first.row.at, second=second.row.at)
        writes, called = ask(first.file, facts, key, claim, None, reason)
        take(plan, first.file, facts, key, claim.at, writes, called)


def ask_missing(plan: Plan, facts: Facts, files: Sequence[FileIn]) -> None:
    """Ask about what was sent in the same workbook and is not in the file: never a delete."""
    present = {row.key for file in files for row in file.rows}
    for file in files:
        sent = file.sent or _sent_with(facts, file)
        absent = [key for key in dict.fromkeys(sent) if key not in present]
        facts.load(absent)
        standing = [key for key in absent if key in facts.ours and (file.sent or facts.ours[key].open)]
        if len(standing) > MOST_MISSING:
            _ask_many_missing(file.plan, [facts.ours[key].ref for key in standing], len(sent))
            continue
        for key in standing:
            _ask_missing_one(plan, facts, file.plan, key)


def _sent_with(facts: Facts, file: FileIn) -> list[bytes]:
    """What was sent in the workbook that the rows name, else in the last of this name."""
    named = dict.fromkeys(sent[0] for row in file.rows if (sent := read_sent(row.text("row_sent"))) and sent[0])
    batches = list(named) or stored.batches_named(facts.cursor, file.plan.path.name)
    return stored.sent_in(facts.cursor, batches) if batches else []


def _ask_missing_one(plan: Plan, facts: Facts, file: ActionsPlan, key: bytes) -> None:
    row = facts.ours[key]
    reason = _("it was sent with this workbook, and is not in the file that came back; it stays as it is")
    name = question_id(file.path.name, "missing", row.ref)
    question = Question(name, row.ref, "missing", row.title, row.title, None, reason, file.path.name)
    said = file.answer(question, takes=False)
    if said not in ("", "ours"):
        take(plan, file, facts, key, file.path.name, {"status": typed(facts, "status", said, question)}, "status")


def _ask_many_missing(file: ActionsPlan, refs: Sequence[str], sent: int) -> None:
    """One question where a part of a log came back: somebody sent their own rows alone."""
    shown = ", ".join(refs[:20]) + (" …" if len(refs) > 20 else "")
    reason = _("{n} of {sent} actions that were sent are not in the file: {refs}; they stay as they are")
    said = reason.format(n=len(refs), sent=sent, refs=shown)
    name = question_id(file.path.name, "missing", *refs)
    file.answer(Question(name, None, "missing", None, None, None, said, file.path.name), takes=False)
