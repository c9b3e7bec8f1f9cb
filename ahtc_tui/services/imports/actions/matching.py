"""Which action a row is about: by its hidden key, by its reference as typed, by its words. Words alone are asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.imports.sheets import Cell
from ahtc_tui.domain.keys import NO_KEY, RowKey, parse_key
from ahtc_tui.domain.returns.readers import find_known_references, is_placeholder, normalize_reference
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.model import MatchedRows
from ahtc_tui.services.imports.actions.new_actions import NewActions, build_similarity_finder
from ahtc_tui.services.imports.actions.plan import ActionFilePlan, ImportPlan
from ahtc_tui.services.imports.actions.row_warnings import warn_about_row
from ahtc_tui.services.imports.actions.rows import LogRow
from ahtc_tui.services.imports.actions.split_rows import find_references, is_continuation
from ahtc_tui.services.imports.file_plan import build_question_id

_NEW_REFERENCE_WORDS = frozenset(("new", "new action", "newydd", "cam newydd", "cam gweithredu newydd"))
"""What people write where a reference is still to be given."""
MAX_COMPARED_PAIRS = 20_000_000
"""Pairs of titles above which only equal ones are found: minutes, not seconds."""


def match_by_key_or_reference(records: CurrentRecords, rows: Sequence[LogRow]) -> MatchedRows:
    """Give each row the action that its hidden key or its reference names; `rest` are those without."""
    matched = MatchedRows()
    action_keys = {key for key in records.keys_by_ref.values() if key}
    sent_cells: dict[RowKey, list[Cell]] = {}
    rows_with_moved_keys: list[LogRow] = []
    for row in rows:
        hidden_key, cell = _read_hidden_key(row), row.first_cell("ref")
        typed_key = records.keys_by_ref.get(normalize_reference(cell.value) or "") if cell else None
        row.key = _choose_key(records, row, hidden_key if hidden_key in action_keys else None, typed_key)
        (matched.known_rows if row.key else matched.unmatched_rows).append(row)
        if hidden_key:
            sent_cells[hidden_key] = row.cells.get("row_sent", [])
            rows_with_moved_keys += [row] if row.key != hidden_key else []
    for row in rows_with_moved_keys:
        row.cells["row_sent"] = sent_cells.get(row.key or NO_KEY, [])
    return matched


def _choose_key(
    records: CurrentRecords, row: LogRow, hidden_key: RowKey | None, typed_key: RowKey | None
) -> RowKey | None:
    """The action of a row by its hidden key and its reference; where they differ, its words say which.

    They differ where somebody sorted only what they saw: the hidden cells stay behind. Without such words it is asked.
    """
    title = row.text_of("title")
    if hidden_key is None or hidden_key == typed_key or not (typed_key or title):
        return hidden_key or typed_key
    keys_of_title = records.keys_by_title.get(normalize_text(title), [])
    if typed_key is None:
        is_moved = len(keys_of_title) == 1 and keys_of_title[0] != hidden_key
        row.matched_by_title = is_moved
        return keys_of_title[0] if is_moved else hidden_key
    if hidden_key not in keys_of_title and typed_key in keys_of_title:
        return typed_key
    row.conflicting_key = None if hidden_key in keys_of_title else typed_key
    return hidden_key


def _read_hidden_key(row: LogRow) -> RowKey | None:
    try:
        return parse_key(row.text_of("row_id")) or None
    except ValueError:
        return None


def match_by_title(
    plan: ImportPlan, file: ActionFilePlan, records: CurrentRecords, matched: MatchedRows, step: Callable[[], None]
) -> NewActions:
    """Match the rest by words, or plan them as new; whatever is not certain is asked."""
    new_actions = NewActions(plan, file, records)
    pair_count = len(matched.unmatched_rows) * len(records.keys_by_title) if matched.unmatched_rows else 0
    find_similar = (
        build_similarity_finder(records.keys_by_title)
        if 0 < pair_count <= MAX_COMPARED_PAIRS
        else (lambda _title: None)
    )
    known_marks: set[str] = set()
    has_known_rows = any(row.key for row in matched.known_rows)
    for row in matched.unmatched_rows:
        step()
        title, ref = row.text_of("title"), _read_reference(row)
        if not title and not find_known_references(ref, records.keys_by_ref):
            file.add_warning(
                row.address, _('no action here has the reference "{ref}", and the row has no words').format(ref=ref)
            )
            continue
        keys_of_title = records.keys_by_title.get(normalize_text(title), [])
        normalized_ref = normalize_reference(ref) or ""
        is_number = normalized_ref.isdigit()
        if len(keys_of_title) == 1 and (not normalized_ref or is_number):
            row.key, row.matched_by_title = (
                keys_of_title[0],
                not _is_number_of_reference(records, normalized_ref, keys_of_title[0]),
            )
            matched.known_rows.append(row)
            continue
        is_resolved, row.key = find_references(file, records, row) if normalized_ref else (False, None)
        if is_resolved:
            matched.known_rows += [row] if row.key else []
            continue
        best_match = (keys_of_title[0], 100.0) if keys_of_title else find_similar(title)
        mark = normalize_text(title) if not normalized_ref or (is_number and records.keys_by_ref) else normalized_ref
        reason = _find_doubt(
            records, normalized_ref, best_match, has_known_rows=has_known_rows, is_repeated=mark in known_marks
        )
        if not reason and is_continuation(row):
            reason = _("it may be the rest of the row above")
        known_marks.add(mark)
        is_new, row.key = _ask_if_new(file, records, row, best_match, reason) if reason else (True, None)
        if row.key:
            matched.known_rows.append(row)
        elif is_new:
            warn_about_row(file, row, None)
            new_actions.add_row(row, ref if normalized_ref and not (is_number and records.keys_by_ref) else None)
            row.release_cells()
    return new_actions


def _is_number_of_reference(records: CurrentRecords, number: str, key: RowKey) -> bool:
    """The number is that of the reference: with the same words beside it there is no doubt ("Action 42")."""
    return bool(number) and records.refs_by_key.get(key, "").split()[-1:] == [number]


def resolve_mismatches(file: ActionFilePlan, records: CurrentRecords, rows: list[LogRow]) -> list[LogRow]:
    """The rows without those that name two actions, by hidden key, reference and words: these are asked."""
    kept_rows = []
    for row in rows:
        other_key = row.conflicting_key or _find_other_by_title(records, row)
        key = _ask_which_action(file, records, row, other_key) if other_key else row.key
        if key:
            records.load_actions([key])
            row.key = key
            kept_rows.append(row)
    return kept_rows


def _find_other_by_title(records: CurrentRecords, row: LogRow) -> RowKey | None:
    """Another action whose title stands in the row, where that of its own is another."""
    title = normalize_text(row.text_of("title"))
    other_keys = [key for key in records.keys_by_title.get(title, ()) if key != row.key] if title else []
    own_title = normalize_text(records.actions[row.key or NO_KEY].title)
    return other_keys[0] if other_keys and title != own_title else None


def _ask_which_action(file: ActionFilePlan, records: CurrentRecords, row: LogRow, other_key: RowKey) -> RowKey | None:
    """The action that a person says a row is about; None while nobody does."""
    records.load_actions([other_key])
    action, other_ref = records.actions[row.key or NO_KEY], records.actions[other_key].ref
    reason = _("the reference is that of {ref}, the words are those of {other}: nothing of the row is taken")
    if row.conflicting_key:
        reason = _("its hidden key is that of {ref}, its reference that of {other}: nothing of the row is taken")
    title = " ".join(row.text_of("title").split())
    identifier = build_question_id(file.path.name, "reference", action.ref, normalize_text(row.text_of("title")))
    text = reason.format(ref=action.ref, other=other_ref)
    question = Question(
        identifier, action.ref, "reference", None, action.title, title, text, row.address_of("ref"), proposed=other_ref
    )
    answer = file.resolve_answer(question, takes=False)
    return records.keys_by_ref.get(normalize_reference(answer) or "") if answer not in ("", "ours") else None


def _read_reference(row: LogRow) -> str | None:
    """The reference as it was written, if it is one; a bare number in a column of numbers is one as well."""
    ref = " ".join(row.text_of("ref").split())
    return None if is_placeholder(ref) or normalize_text(ref) in _NEW_REFERENCE_WORDS else ref


def _find_doubt(
    records: CurrentRecords,
    normalized_ref: str,
    best_match: tuple[RowKey, float] | None,
    *,
    has_known_rows: bool,
    is_repeated: bool,
) -> str:
    """Why a new row must be asked about; empty where it is plainly new."""
    if is_repeated:
        return _("it stands twice in the file")
    if normalized_ref and normalized_ref in records.keys_by_ref:
        return _("two actions here answer to this reference")
    if best_match:
        records.load_actions([best_match[0]])
        sentence = _("its words are like those of {ref} ({n} of 100)")
        return sentence.format(ref=records.actions[best_match[0]].ref, n=int(best_match[1]))
    if normalized_ref and not normalized_ref.isdigit() and has_known_rows:
        return _("no action here has this reference, and those of the other rows are known")
    if named_refs := find_known_references(normalized_ref, records.keys_by_ref):
        return _("the reference holds one of ours: {ref}").format(ref="-".join(named_refs[0].split()))
    return ""


def _ask_if_new(
    file: ActionFilePlan, records: CurrentRecords, row: LogRow, best_match: tuple[RowKey, float] | None, reason: str
) -> tuple[bool, RowKey | None]:
    """Ask whether a row is new: whether a person says so, and which action it is if they name one."""
    title = " ".join(row.text_of("title").split())
    similar_title = records.actions[best_match[0]].title if best_match and best_match[0] in records.actions else None
    identifier = build_question_id(file.path.name, "new_action", _read_reference(row), normalize_text(title))
    question = Question(
        identifier, _read_reference(row), "new_action", None, similar_title, title, reason, row.address_of("title")
    )
    answer = file.resolve_answer(question, takes=True)
    if answer in ("", "ours", "theirs"):
        return answer == "theirs", None
    return False, records.keys_by_ref.get(normalize_reference(answer) or "")
