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
from ahtc_tui.domain.imports.report import FileReport, ImportReport, Take, Wishes
from ahtc_tui.domain.returns.model import ROW_IDS
from ahtc_tui.domain.returns.readers import ANCHORS
from ahtc_tui.services import backup
from ahtc_tui.services.imports.actions.compare import Told, rivals_of, weigh_row
from ahtc_tui.services.imports.actions.current_records import Facts, facts_of
from ahtc_tui.services.imports.actions.files import checked_columns, file_in
from ahtc_tui.services.imports.actions.matching import by_key_or_reference, by_words, drop_mistaken
from ahtc_tui.services.imports.actions.model import FileIn
from ahtc_tui.services.imports.actions.new_actions import NewRows
from ahtc_tui.services.imports.actions.plan import Plan
from ahtc_tui.services.imports.actions.row_claims import claims_of
from ahtc_tui.services.imports.actions.row_warnings import ask_both_sheets, ask_missing, say_oddities
from ahtc_tui.services.imports.actions.rows import RowIn
from ahtc_tui.services.imports.actions.split_rows import put_together
from ahtc_tui.services.imports.actions.tables import meaning
from ahtc_tui.services.progress import Hooks
from ahtc_tui.store.imports.column_mappings import learnt

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.sheets import Book
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

Read = Sequence[tuple["Book", dict[str, str]]]
"""Each file, with what its headings mean where a person said so."""

OTHER_KINDS = ": "
"""In a learnt heading: it belongs to another kind of import ("contacts: name")."""


def plan_actions_import(
    workspace: Workspace,
    files: Sequence[Path],
    wishes: Wishes | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    hooks: Hooks | None = None,
) -> ImportReport:
    """What an import would do, with these wishes; nothing is written. Raises as `apply_actions_import` does."""
    books = _read(workspace, files, columns or {})
    with workspace.database.read() as cursor:
        plan, _facts = _plan(cursor, workspace.today(), books, wishes or Wishes(), hooks or Hooks())
    return ImportReport(tuple(file.report() for file in plan.files), applied=False)


def apply_actions_import(
    workspace: Workspace,
    files: Sequence[Path],
    wishes: Wishes | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    hooks: Hooks | None = None,
) -> ImportReport:
    """Plan and write: one transaction, one undo. `columns` says which heading is which field, and is remembered.

    Raises BadFile for the first file that cannot be used, BadInput for an answer that cannot be, Cancelled; then
    nothing is written from any of them.
    """
    chosen = wishes or Wishes()
    if chosen.take is Take.NONE:
        return plan_actions_import(workspace, files, chosen, columns=columns, hooks=hooks)
    from ahtc_tui.services.imports.actions.writer import write_plan

    books = _read(workspace, files, columns or {})
    backup.before(workspace, "import")
    with workspace.database.write("import actions") as ledger:
        plan, facts = _plan(ledger.cursor, workspace.today(), books, chosen, hooks or Hooks())
        plan.columns = checked_columns(columns or {})
        ledger.label = _("import actions: {files}").format(files=", ".join(path.name for path in files)[:80])
        refs = write_plan(ledger, plan, facts, workspace.today())
    return ImportReport(tuple(_with_refs(plan, refs)), applied=True)


def _with_refs(plan: Plan, refs: list[str]) -> Iterable[FileReport]:
    """The reports, with the references that were minted."""
    given = {(values["_path"], values["_at"]): ref for values, ref in zip(plan.new, refs, strict=True)}
    for file in plan.files:
        file.added = [replace(one, ref=given[file.path, one.row]) for one in file.added]
        yield file.report()


def _read(workspace: Workspace, files: Sequence[Path], columns: Mapping[str, str]) -> Read:
    """Each file as tables. Raises BadFile."""
    from ahtc_tui.formats.sheets.reader import read_book

    if not files:
        raise BadFile(_("Name a file to import."))
    with workspace.database.read() as cursor:
        known = learnt(cursor)
    said = {name: mean for name, mean in known.items() if OTHER_KINDS not in name} | checked_columns(columns)
    anchors = (*ANCHORS, ROW_IDS)
    return [(read_book(path, lambda heading: meaning(heading, said), anchors), said) for path in files]


def _plan(cursor: Cursor, today: date, books: Read, wishes: Wishes, hooks: Hooks) -> tuple[Plan, Facts]:
    """Everything that the files come to."""
    facts = facts_of(cursor, today)
    files = [file_in(book, said, wishes, hooks) for book, said in books]
    hooks.total = sum(len(file.rows) for file in files)
    plan = Plan([file.plan for file in files])
    for file in files:
        file.matched = by_key_or_reference(facts, file.rows)
        put_together(facts, file.matched)
    facts.load(row.key for file in files for row in file.matched.known if row.key)
    new = [_part(plan, facts, file, hooks) for file in files]
    facts.load(row.key for file in files for row in file.matched.known if row.key)
    _weigh(plan, facts, files, hooks)
    for rows in new:
        rows.finish()
    ask_missing(plan, facts, files)
    return plan, facts


def _part(plan: Plan, facts: Facts, file: FileIn, hooks: Hooks) -> NewRows:
    """Tell new rows from those of known actions."""
    file.matched.known = drop_mistaken(file.plan, facts, file.matched.known)
    return by_words(plan, file.plan, facts, file.matched, hooks.step)


def _weigh(plan: Plan, facts: Facts, files: Sequence[FileIn], hooks: Hooks) -> None:
    """Decide what every row of a known action claims. Only rows that share an action are held against each other."""
    often = Counter(row.key for file in files for row in file.matched.known)
    shared = {
        id(row): _told(facts, file, row, hooks) for file in files for row in file.matched.known if often[row.key] > 1
    }
    ask_both_sheets(plan, facts, list(shared.values()))
    rivals = rivals_of(shared.values())
    for file in files:
        for row in file.matched.known:
            weigh_row(plan, facts, shared.get(id(row)) or _told(facts, file, row, hooks), rivals)


def _told(facts: Facts, file: FileIn, row: RowIn, hooks: Hooks) -> Told:
    assert row.key is not None
    hooks.step()
    base = facts.base(row)
    claims = list(claims_of(row, facts, facts.now[row.key], base))
    say_oddities(file.plan, row, facts.ours[row.key].ref)
    return Told(file.plan, row, row.key, base, claims)
