"""Compares the claims of all rows with the current records: writes what is clear to the plan, asks about the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileWarning, Question
from ahtc_tui.domain.imports.three_way_merge import UNKNOWN_BASE, UnknownBase, Verdict, compare_values
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.claims import RowContext, read_claims
from ahtc_tui.services.imports.actions.current_records import CurrentRecords, find_base_value
from ahtc_tui.services.imports.actions.model import ActionFilePlan, Claim, ComparedRow, ImportPlan, MatchedLog, RowMatch
from ahtc_tui.services.imports.actions.plan import (
    apply_claim,
    ask_about_claim,
    explain_group_decision,
    is_closing_day_only,
    limit_to_proposal,
    list_row_warnings,
    parse_answer,
)
from ahtc_tui.services.imports.file_plan import build_question_id
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.store.imports import actions as stored

STATE_FIELDS = ("status", "brag")
"""Fields that are taken without a base, unless they were edited here: their words are unambiguous."""
MAX_MISSING_QUESTIONS = 20
"""Number of missing actions above which they are one question."""

RivalClaims = dict[tuple[RowKey, str], dict[str | None, list[tuple[ComparedRow, Claim]]]]
"""Claims of several rows about one field, by action and field, then by value."""


def compare_logs(plan: ImportPlan, records: CurrentRecords, logs: Sequence[MatchedLog], hooks: ProgressHooks) -> None:
    """Decide all claims of the matched rows. Only rows that share an action are held in memory together.

    Raises Cancelled, and BadInput for an invalid answer.
    """
    row_counts = Counter(match.key for log in logs for match in log.matches if match.is_settled)
    shared_rows = [
        (match, _read_row(records, log, match, hooks))
        for log in logs
        for match in log.matches
        if match.is_settled and row_counts[match.key] > 1
    ]
    rows = _ask_about_two_sheets(plan, records, [row for _match, row in shared_rows])
    row_by_match = {id(match): row for (match, _row), row in zip(shared_rows, rows, strict=True)}
    rivals = _collect_rival_claims(rows)
    for log in logs:
        for match in log.matches:
            if match.is_settled:
                row = row_by_match.get(id(match)) or _read_row(records, log, match, hooks)
                _compare_row(plan, records, row, rivals)


def ask_about_missing(plan: ImportPlan, records: CurrentRecords, logs: Sequence[MatchedLog]) -> None:
    """Ask about actions that were sent in a workbook and are in none of the files; they are never removed."""
    present_keys = {match.key for log in logs for match in log.matches}
    for log in logs:
        sent_keys = log.sent_keys or _list_dispatched(records, log)
        absent_keys = [key for key in dict.fromkeys(sent_keys) if key not in present_keys]
        records.load_actions(absent_keys)
        missing_keys = [
            key for key in absent_keys if key in records.actions and (log.sent_keys or records.actions[key].is_open)
        ]
        if len(missing_keys) > MAX_MISSING_QUESTIONS:
            _ask_about_many_missing(log.file, [records.actions[key].ref for key in missing_keys], len(sent_keys))
            continue
        for key in missing_keys:
            _ask_about_missing_action(plan, records, log.file, key)


def _read_row(records: CurrentRecords, log: MatchedLog, match: RowMatch, hooks: ProgressHooks) -> ComparedRow:
    assert match.key is not None
    hooks.count_row()
    base = records.find_base_values(match)
    current_values, ref = records.current_values[match.key], records.actions[match.key].ref
    updates = records.updates.get(match.key, ())
    context = RowContext(match.row, records, current_values, base, log.date_conventions, ref, updates)
    claims = tuple(read_claims(context))
    log.file.warnings += list_row_warnings(match.row, ref, records.actions[match.key].marking)
    return ComparedRow(log.file, match, match.key, base, claims)


def _ask_about_two_sheets(plan: ImportPlan, records: CurrentRecords, rows: Sequence[ComparedRow]) -> list[ComparedRow]:
    """Ask about actions that are on an open and on a closed sheet of one file.

    Returns the rows without their claims from the name of the sheet; their other claims to a status are doubtful.
    """
    rows_by_action: dict[tuple[int, RowKey], list[ComparedRow]] = {}
    for row in rows:
        rows_by_action.setdefault((id(row.file), row.key), []).append(row)
    reasons: dict[tuple[int, RowKey], str] = {}
    for (file_id, key), rows_of_action in rows_by_action.items():
        closed = next((row.match.row for row in rows_of_action if row.match.row.is_closed), None)
        opened = next((row.match.row for row in rows_of_action if not row.match.row.is_closed), None)
        if closed is None or opened is None:
            continue
        sheets = _("on {first} and on {second}").format(first=opened.table.sheet, second=closed.table.sheet)
        sentence = _("it is on two sheets: {first} and {second}")
        reason = reasons[file_id, key] = sentence.format(first=opened.address, second=closed.address)
        claim, file = Claim("sheet_conflict", opened.address, sheets), rows_of_action[0].file
        apply_claim(plan, file, records, key, ask_about_claim(file, records, key, claim, None, reason))
    return [_doubt_status(row, reasons.get((id(row.file), row.key), "")) for row in rows]


def _doubt_status(row: ComparedRow, reason: str) -> ComparedRow:
    """Return a row of an action on two sheets without its claim from the sheet, and with a doubt about its status."""
    if not reason:
        return row
    claims = (claim for claim in row.claims if claim.reported_field != "status_from_sheet")
    doubtful = (
        replace(claim, reason=claim.reason or reason) if claim.target == "status" else claim for claim in claims
    )
    return replace(row, claims=tuple(doubtful))


def _collect_rival_claims(rows: Iterable[ComparedRow]) -> RivalClaims:
    """Return the claims of rows that share an action, except for updates, titles and values that the row was sent with.

    A row without hidden cells may be from the sender's own list: each value in it counts, whether it was sent or not.
    """
    rival_claims: RivalClaims = {}
    for row in rows:
        for claim in row.claims:
            value = claim.values.get(claim.target, claim.theirs)
            is_own_list = not row.match.row.text_of("row_sent")
            base = None if is_own_list else find_base_value(row.base, claim.target)
            if claim.target in ("update", "title", "title_cy") or (base is not UNKNOWN_BASE and value == base):
                continue
            rival_claims.setdefault((row.key, claim.target), {}).setdefault(value, []).append((row, claim))
    return rival_claims


def _find_rivals(rival_claims: RivalClaims, row: ComparedRow, claim: Claim) -> list[tuple[ComparedRow, Claim]]:
    """Return the claims of other rows for another value of the same field."""
    claims_by_value = rival_claims.get((row.key, claim.target), {})
    own_value = claim.values.get(claim.target, claim.theirs)
    if own_value not in claims_by_value:
        return []
    return [
        (rival, rival_claim)
        for value, claims in claims_by_value.items()
        for rival, rival_claim in claims
        if value != own_value and rival is not row
    ]


def _compare_row(plan: ImportPlan, records: CurrentRecords, row: ComparedRow, rival_claims: RivalClaims) -> None:
    count_before = row.file.result_count
    for claim in row.claims:
        _decide_claim(plan, records, row, claim, _find_rivals(rival_claims, row, claim))
    if row.file.result_count == count_before:
        row.file.unchanged += 1


def _decide_claim(
    plan: ImportPlan, records: CurrentRecords, row: ComparedRow, claim: Claim, rivals: list[tuple[ComparedRow, Claim]]
) -> None:
    if claim.target == "update":
        _decide_update(plan, records, row, claim)
        return
    ours = records.current_values[row.key]
    claim, returned = limit_to_proposal(claim, ours, row.base), claim
    base, theirs = find_base_value(row.base, claim.target), claim.values.get(claim.target)
    reason = claim.reason or _find_match_doubt(row)
    if _is_rating_of_closed(plan, records, row, claim):
        warning = _("{ref} is closed and takes no rating. Reopen it first.").format(ref=records.actions[row.key].ref)
        row.file.warnings.append(FileWarning(claim.address, warning, records.actions[row.key].ref, "brag"))
    elif rivals:
        _ask(plan, records, row, claim, base, _format_disagreement(row, claim, rivals))
    elif claim.values and not claim.is_partial and all(ours.get(name) == value for name, value in claim.values.items()):
        return
    elif is_closing_day_only(claim, ours) and theirs != base:
        warning = _("closed on {date}, and kept open until the group closes it").format(date=claim.theirs)
        row.file.warnings.append(FileWarning(claim.address, warning, records.actions[row.key].ref, "closed_on"))
    elif not reason:
        _warn_about_cancelling(records, row, returned)
        _apply_verdict(plan, records, row, claim, compare_values(base, ours.get(claim.target), theirs))
    elif claim.values and not claim.is_partial and _is_as_sent(row, claim):
        row.file.kept += 1
    else:
        _ask(plan, records, row, claim, base, reason)


def _is_rating_of_closed(plan: ImportPlan, records: CurrentRecords, row: ComparedRow, claim: Claim) -> bool:
    """Return whether a claim gives a new rating to an action that is closed and that the file does not reopen."""
    rating = claim.values.get("brag")
    if rating in (None, records.current_values[row.key].get("brag"), find_base_value(row.base, "brag")):
        return False
    return not records.actions[row.key].is_open and not plan.changes.get(row.key, {}).get("status")


def _is_as_sent(row: ComparedRow, claim: Claim) -> bool:
    """Return whether all values of a claim are those that were sent."""
    return all(find_base_value(row.base, name) == value for name, value in claim.values.items())


def _warn_about_cancelling(records: CurrentRecords, row: ComparedRow, returned: Claim) -> None:
    """Name a cancelled action, which becomes proposed complete like one that is done."""
    if returned.values.get("status") == Status.CANCELLED and records.actions[row.key].is_open:
        warning = _("returned as cancelled, and proposed complete until the group decides")
        row.file.warnings.append(FileWarning(returned.address, warning, records.actions[row.key].ref, "status"))


def _find_match_doubt(row: ComparedRow) -> str:
    return _("only the title matches the action") if row.match.by_title else ""


def _apply_verdict(plan: ImportPlan, records: CurrentRecords, row: ComparedRow, claim: Claim, verdict: Verdict) -> None:
    """Apply the three-way comparison of an unambiguous claim."""
    group_reason = explain_group_decision(claim, records.current_values[row.key])
    match verdict:
        case Verdict.CHANGE if claim.target == "brag" and row.key in records.explained_actions:
            reason = _("the reason for the rating was added after it was sent")
            _ask(plan, records, row, claim, find_base_value(row.base, claim.target), reason)
        case Verdict.CHANGE | Verdict.UNSURE if group_reason:
            _ask(plan, records, row, claim, find_base_value(row.base, claim.target), group_reason)
        case Verdict.CHANGE:
            apply_claim(plan, row.file, records, row.key, claim)
        case Verdict.KEPT:
            row.file.kept += 1
        case Verdict.CONFLICT:
            _ask(
                plan,
                records,
                row,
                claim,
                find_base_value(row.base, claim.target),
                _("changed on this laptop and in the file"),
            )
        case Verdict.UNSURE:
            _decide_without_base(plan, records, row, claim)
        case Verdict.SAME:
            pass


def _decide_without_base(plan: ImportPlan, records: CurrentRecords, row: ComparedRow, claim: Claim) -> None:
    """Fill an empty field and take a state, unless it was edited here; ask about everything else."""
    is_edited = (row.key, claim.target) in records.edited_fields
    is_empty = records.current_values[row.key].get(claim.target) is None
    if is_edited:
        _ask(plan, records, row, claim, UNKNOWN_BASE, _("it was changed on this laptop, and the sent value is unknown"))
    elif is_empty or claim.target in STATE_FIELDS:
        apply_claim(plan, row.file, records, row.key, claim)
    else:
        reason = _("it would replace the current value, and the sent value is unknown")
        _ask(plan, records, row, claim, UNKNOWN_BASE, reason)


def _decide_update(plan: ImportPlan, records: CurrentRecords, row: ComparedRow, claim: Claim) -> None:
    """Add an update, unless the action has one with the same text."""
    text = normalize_text(claim.theirs or "")
    known_updates = records.updates.setdefault(row.key, set())
    if text in known_updates:
        return
    if reason := claim.reason or _find_match_doubt(row):
        claim = ask_about_claim(row.file, records, row.key, claim, None, reason)
    if claim.values:
        known_updates.add(text)
    apply_claim(plan, row.file, records, row.key, replace(claim, reported_field="progress"))


def _ask(
    plan: ImportPlan,
    records: CurrentRecords,
    row: ComparedRow,
    claim: Claim,
    base: str | UnknownBase | None,
    reason: str,
) -> None:
    known_base = None if isinstance(base, UnknownBase) else base
    claim = ask_about_claim(row.file, records, row.key, claim, known_base, reason)
    apply_claim(plan, row.file, records, row.key, claim)


def _format_disagreement(row: ComparedRow, claim: Claim, rivals: list[tuple[ComparedRow, Claim]]) -> str:
    others = ", ".join(f'{rival.file.path.name} {other.address} "{other.theirs}"' for rival, other in rivals[:4])
    sentence = _('two returns disagree: {file} {cell} "{value}", {others}')
    text = sentence.format(file=row.file.path.name, cell=claim.address, value=claim.theirs, others=others)
    return f"{claim.reason}; {text}" if claim.reason else text


def _list_dispatched(records: CurrentRecords, log: MatchedLog) -> Sequence[RowKey]:
    """Return the actions of the dispatches that the file is a return of."""
    return stored.list_dispatched_actions(records.cursor, log.file.batches) if log.file.batches else []


def _ask_about_missing_action(plan: ImportPlan, records: CurrentRecords, file: ActionFilePlan, key: RowKey) -> None:
    action, name = records.actions[key], file.path.name
    reason = _("it was sent in this workbook and is not in the returned file; it stays unchanged")
    identifier = build_question_id(name, "missing", action.ref)
    question = Question(identifier, action.ref, "missing", action.title, action.title, None, reason, name)
    answer = file.resolve_answer(question, takes=False)
    if answer not in ("", "ours"):
        values = {"status": parse_answer(records, "status", answer, question)}
        apply_claim(plan, file, records, key, Claim("status", name, None, values))


def _ask_about_many_missing(file: ActionFilePlan, refs: Sequence[str], sent_count: int) -> None:
    """Ask one question where a part of a log came back: the sender kept some rows only."""
    listed_refs = ", ".join(refs[:20]) + (" …" if len(refs) > 20 else "")
    sentence = _("{n} of the {sent} sent actions are not in the file: {refs}. They stay unchanged.")
    reason = sentence.format(n=len(refs), sent=sent_count, refs=listed_refs)
    identifier = build_question_id(file.path.name, "missing", *refs)
    file.resolve_choice(Question(identifier, None, "missing", None, None, None, reason, file.path.name), takes=False)
