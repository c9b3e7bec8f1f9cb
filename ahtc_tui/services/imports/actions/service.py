"""Imports returned workbooks and other action logs: plan first, then one transaction that one undo reverts.

The stages are read (`reader`), match (`matching`), claims (`claims`), compare (`comparison`, `new_actions`) and write
(`writer`). A guess, a conflict and a missing row are questions; an update is only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, ImportReport, TakeMode
from ahtc_tui.domain.imports.sheets import Book
from ahtc_tui.domain.returns.heading_vocabulary import read_own_headings
from ahtc_tui.domain.returns.headings import ANCHOR_FIELDS
from ahtc_tui.domain.returns.model import ROW_IDS, SENT_KEY
from ahtc_tui.domain.returns.table_evidence import MARK_FIELDS
from ahtc_tui.services import backup
from ahtc_tui.services.imports.actions.columns import check_mappings, list_mappable_fields, resolve_column
from ahtc_tui.services.imports.actions.comparison import ask_about_missing, compare_logs
from ahtc_tui.services.imports.actions.current_records import CurrentRecords, load_current_records
from ahtc_tui.services.imports.actions.log_group import find_log_group
from ahtc_tui.services.imports.actions.matching import (
    NewRow,
    ReferenceMatches,
    ask_if_another_list,
    find_date_conventions,
    match_by_reference,
    match_by_title,
    resolve_mismatches,
)
from ahtc_tui.services.imports.actions.model import ActionFilePlan, ImportPlan, MatchedLog
from ahtc_tui.services.imports.actions.new_actions import NewActions
from ahtc_tui.services.imports.actions.reader import read_log
from ahtc_tui.services.imports.actions.reading_context import ReadingContext, TableProfiles
from ahtc_tui.services.paths import OWN_HEADINGS
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.imports.actions import find_batches, list_mappings
from ahtc_tui.store.records.cursor import Cursor

OTHER_KIND_SEPARATOR = ": "
"""Marks a remembered heading of another kind of import ("contacts: name")."""


def plan_actions_import(
    workspace: Workspace,
    files: Sequence[Path],
    options: ImportOptions | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Return what an import would do; nothing is written. Raises as `apply_actions_import` does."""
    mappings = _load_mappings(workspace, columns or {})
    books = _read_books(files, mappings)
    with workspace.database.read() as cursor:
        plan, _records = _build_plan(cursor, workspace.today(), books, mappings, options, hooks)
    sources = {file.path: file.find_source for file in plan.files}
    return ImportReport(tuple(file.build_report() for file in plan.files), applied=False, sources=sources)


def apply_actions_import(
    workspace: Workspace,
    files: Sequence[Path],
    options: ImportOptions | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Write an import in one transaction, after a backup. `columns` maps headings to fields, and is remembered.

    Raises BadFile for the first unusable file, BadInput for an invalid answer, Cancelled; nothing is written then.
    """
    options = options or ImportOptions()
    if options.take is TakeMode.NONE:
        return plan_actions_import(workspace, files, options, columns=columns, hooks=hooks)
    from ahtc_tui.services.imports.actions.writer import write_plan

    mappings = _load_mappings(workspace, columns or {})
    books = _read_books(files, mappings)
    backup.back_up_before(workspace, "import")
    with workspace.database.write("import actions", is_import=True) as ledger:
        plan, records = _build_plan(ledger.cursor, workspace.today(), books, mappings, options, hooks)
        learnt = {heading: field for file in plan.files for heading, field in file.learnt_columns.items()}
        plan.column_mappings = learnt | check_mappings(columns or {})
        ledger.label = f"import actions: {', '.join(path.name for path in files)[:80]}"
        refs = write_plan(ledger, plan, records, workspace.today())
    return ImportReport(tuple(_build_reports(plan, refs)), applied=True)


def _load_mappings(workspace: Workspace, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the field of each mapped heading: as given, as remembered, else as the workspace has it.

    Raises BadInput, and BadFile for an unreadable file of headings.
    """
    with workspace.database.read() as cursor:
        remembered = list_mappings(cursor)
    own = {heading: field for heading, field in remembered.items() if OTHER_KIND_SEPARATOR not in heading}
    return _read_own_headings(workspace.root / OWN_HEADINGS) | own | check_mappings(columns)


def _read_own_headings(path: Path) -> dict[str, str]:
    """Return the field of each heading that the file of a workspace adds; none without a file. Raises BadFile."""
    try:
        return read_own_headings(path.read_text(encoding="utf-8"), list_mappable_fields())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=reason)) from error
    except BadFile as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error)) from error


def _read_books(files: Sequence[Path], mappings: Mapping[str, str]) -> list[Book]:
    from ahtc_tui.formats.sheets.reader import read_book

    if not files:
        raise BadFile(_("Name a file to import."))
    anchors = (*ANCHOR_FIELDS, *MARK_FIELDS, ROW_IDS, SENT_KEY)
    return [read_book(path, lambda heading: resolve_column(heading, mappings), anchors) for path in files]


def _build_plan(
    cursor: Cursor,
    today: date,
    books: Sequence[Book],
    mappings: Mapping[str, str],
    options: ImportOptions | None,
    hooks: ProgressHooks | None,
) -> tuple[ImportPlan, CurrentRecords]:
    """Read, match and compare all files; return the plan with the records that it was compared with."""
    options, hooks = options or ImportOptions(), hooks or ProgressHooks()
    records = load_current_records(cursor, today)
    plan = ImportPlan([ActionFilePlan(book.path, 0, options) for book in books])
    contexts = [
        ReadingContext(file, records, mappings, hooks, TableProfiles(book.tables))
        for file, book in zip(plan.files, books, strict=True)
    ]
    logs = [read_log(context, book) for context, book in zip(contexts, books, strict=True)]
    hooks.total = sum(len(log.rows) for log in logs)

    reference_matches = [match_by_reference(records, log) for log in logs]
    del logs  # the rows of a long log are held once: as matches, then as new actions
    records.load_actions(match.key for matches in reference_matches for match in matches.known if match.key)
    reference_matches = [
        ask_if_another_list(file, records, find_date_conventions(records, matches))
        for file, matches in zip(plan.files, reference_matches, strict=True)
    ]
    new_actions, matched_logs = [], []
    for file, matches in zip(plan.files, reference_matches, strict=True):
        rows, group = find_log_group(file, records, matches)
        new_actions.append(NewActions(plan, file, records, matches.date_conventions, matches.is_return, group))
        matched_logs.append(_match_log(file, records, rows, new_actions[-1], hooks))
    records.load_actions(match.key for log in matched_logs for match in log.matches if match.key)

    compare_logs(plan, records, matched_logs, hooks)
    for actions in new_actions:
        actions.ask_questions()
    ask_about_missing(plan, records, matched_logs)
    return plan, records


def _match_log(
    file: ActionFilePlan,
    records: CurrentRecords,
    matches: ReferenceMatches,
    new_actions: NewActions,
    hooks: ProgressHooks,
) -> MatchedLog:
    """Return the rows of a file that are about existing actions; add the others to `new_actions`."""
    settled = resolve_mismatches(file, records, matches.known)
    for row in match_by_title(file, records, matches.unmatched, matches.is_return, hooks):
        if isinstance(row, NewRow):
            new_actions.add_row(row)
        else:
            settled.append(row)
    file.batches = matches.batches or find_batches(records.cursor, file.path.name)
    return MatchedLog(file, tuple(settled), matches.sent_keys, matches.date_conventions)


def _build_reports(plan: ImportPlan, refs: Sequence[str]) -> Iterable[FileReport]:
    """Yield the reports of the files, with the references that the new actions were given."""
    ref_by_row = {(action.path, action.address): ref for action, ref in zip(plan.new_actions, refs, strict=True)}
    for file in plan.files:
        added = [replace(record, ref=ref_by_row[file.path, record.row]) for record in file.added]
        yield replace(file.build_report(), added=tuple(added))
