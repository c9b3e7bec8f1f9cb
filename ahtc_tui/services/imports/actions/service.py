"""Returned workbooks and other people's action logs: planned first, then written as one step that one undo takes back.

A guess, a clash and a missing row are questions, never written unasked. An update is only ever added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, ImportReport, TakeMode
from ahtc_tui.domain.returns.model import ROW_IDS
from ahtc_tui.domain.returns.readers import ANCHOR_FIELDS
from ahtc_tui.services import backup
from ahtc_tui.services.imports.actions.compare import ComparedRow, collect_rival_claims, compare_row
from ahtc_tui.services.imports.actions.current_records import CurrentRecords, load_current_records
from ahtc_tui.services.imports.actions.files import check_mappings, read_file
from ahtc_tui.services.imports.actions.matching import match_by_key_or_reference, match_by_title, resolve_mismatches
from ahtc_tui.services.imports.actions.model import ImportedFile
from ahtc_tui.services.imports.actions.new_actions import NewActions
from ahtc_tui.services.imports.actions.plan import ImportPlan
from ahtc_tui.services.imports.actions.row_claims import read_claims
from ahtc_tui.services.imports.actions.row_warnings import ask_about_missing, ask_about_two_sheets, warn_about_row
from ahtc_tui.services.imports.actions.rows import LogRow
from ahtc_tui.services.imports.actions.split_rows import join_continuations
from ahtc_tui.services.imports.actions.tables import resolve_column
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.store.imports.column_mappings import learnt

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.sheets import Book
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

ReadFiles = Sequence[tuple["Book", dict[str, str]]]
"""Each file, with what its headings mean where a person said so."""

OTHER_KIND_SEPARATOR = ": "
"""In a learnt heading: it belongs to another kind of import ("contacts: name")."""


def plan_actions_import(
    workspace: Workspace,
    files: Sequence[Path],
    options: ImportOptions | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """What an import would do, with these wishes; nothing is written. Raises as `apply_actions_import` does."""
    books = _read_files(workspace, files, columns or {})
    with workspace.database.read() as cursor:
        plan, _records = _build_plan(
            cursor, workspace.today(), books, options or ImportOptions(), hooks or ProgressHooks()
        )
    return ImportReport(tuple(file.build_report() for file in plan.files), applied=False)


def apply_actions_import(
    workspace: Workspace,
    files: Sequence[Path],
    options: ImportOptions | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Plan and write: one transaction, one undo. `columns` says which heading is which field, and is remembered.

    Raises BadFile for the first file that cannot be used, BadInput for an answer that cannot be, Cancelled; then
    nothing is written from any of them.
    """
    options = options or ImportOptions()
    if options.take is TakeMode.NONE:
        return plan_actions_import(workspace, files, options, columns=columns, hooks=hooks)
    from ahtc_tui.services.imports.actions.writer import write_plan

    books = _read_files(workspace, files, columns or {})
    backup.back_up_before(workspace, "import")
    with workspace.database.write("import actions") as ledger:
        plan, records = _build_plan(ledger.cursor, workspace.today(), books, options, hooks or ProgressHooks())
        plan.column_mappings = check_mappings(columns or {})
        ledger.label = _("import actions: {files}").format(files=", ".join(path.name for path in files)[:80])
        refs = write_plan(ledger, plan, records, workspace.today())
    return ImportReport(tuple(_report_with_refs(plan, refs)), applied=True)


def _report_with_refs(plan: ImportPlan, refs: list[str]) -> Iterable[FileReport]:
    """The reports, with the references that were minted."""
    refs_by_row = {(values["_path"], values["_at"]): ref for values, ref in zip(plan.new_actions, refs, strict=True)}
    for file in plan.files:
        file.added = [replace(added, ref=refs_by_row[file.path, added.row]) for added in file.added]
        yield file.build_report()


def _read_files(workspace: Workspace, files: Sequence[Path], columns: Mapping[str, str]) -> ReadFiles:
    """Each file as tables. Raises BadFile."""
    from ahtc_tui.formats.sheets.reader import read_book

    if not files:
        raise BadFile(_("Name a file to import."))
    with workspace.database.read() as cursor:
        learnt_mappings = learnt(cursor)
    mappings = {
        learnt_heading: field
        for learnt_heading, field in learnt_mappings.items()
        if OTHER_KIND_SEPARATOR not in learnt_heading
    } | check_mappings(columns)
    anchors = (*ANCHOR_FIELDS, ROW_IDS)
    return [(read_book(path, lambda heading: resolve_column(heading, mappings), anchors), mappings) for path in files]


def _build_plan(
    cursor: Cursor, today: date, books: ReadFiles, options: ImportOptions, hooks: ProgressHooks
) -> tuple[ImportPlan, CurrentRecords]:
    """Everything that the files come to."""
    records = load_current_records(cursor, today)
    files = [read_file(book, mappings, options, hooks) for book, mappings in books]
    hooks.total = sum(len(file.rows) for file in files)
    plan = ImportPlan([file.plan for file in files])
    for file in files:
        file.matched = match_by_key_or_reference(records, file.rows)
        join_continuations(records, file.matched)
    records.load_actions(row.key for file in files for row in file.matched.known_rows if row.key)
    new_by_file = [_match_rows(plan, records, file, hooks) for file in files]
    records.load_actions(row.key for file in files for row in file.matched.known_rows if row.key)
    _compare_rows(plan, records, files, hooks)
    for new_actions in new_by_file:
        new_actions.finish_plan()
    ask_about_missing(plan, records, files)
    return plan, records


def _match_rows(plan: ImportPlan, records: CurrentRecords, file: ImportedFile, hooks: ProgressHooks) -> NewActions:
    """Tell new rows from those of known actions."""
    file.matched.known_rows = resolve_mismatches(file.plan, records, file.matched.known_rows)
    return match_by_title(plan, file.plan, records, file.matched, hooks.count_row)


def _compare_rows(
    plan: ImportPlan, records: CurrentRecords, files: Sequence[ImportedFile], hooks: ProgressHooks
) -> None:
    """Decide what every row of a known action claims. Only rows that share an action are held against each other."""
    row_counts = Counter(row.key for file in files for row in file.matched.known_rows)
    shared_rows = {
        id(row): _read_compared_row(records, file, row, hooks)
        for file in files
        for row in file.matched.known_rows
        if row_counts[row.key] > 1
    }
    ask_about_two_sheets(plan, records, list(shared_rows.values()))
    rivals = collect_rival_claims(shared_rows.values())
    for file in files:
        for row in file.matched.known_rows:
            compare_row(
                plan, records, shared_rows.get(id(row)) or _read_compared_row(records, file, row, hooks), rivals
            )


def _read_compared_row(records: CurrentRecords, file: ImportedFile, row: LogRow, hooks: ProgressHooks) -> ComparedRow:
    assert row.key is not None
    hooks.count_row()
    base = records.find_base_values(row)
    claims = list(read_claims(row, records, records.current_values[row.key], base))
    warn_about_row(file.plan, row, records.actions[row.key].ref)
    return ComparedRow(file.plan, row, row.key, base, claims)
