"""Returns out: one workbook a lead with a covering note, and what was sent is kept. Never sends anything.

Files and record are one: where a file cannot be written nothing is kept, and the files made before it go again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.documents.chasers import WithoutAddress
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.model import Return, ReturnFile, ReturnsReport, build_sent_values
from ahtc_tui.formats.eml import return_note
from ahtc_tui.services.output_folders import (
    Writer,
    claim_free_name,
    find_dated_path,
    make_bytes_writer,
    remove_on_failure,
    write_files,
)
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.documents import chasers
from ahtc_tui.store.imports.actions import find_leads
from ahtc_tui.store.meetings.queries import find_secretariat
from ahtc_tui.store.plan import versions_and_milestones

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

NO_LEAD = "no-lead"


def write_returns(
    workspace: Workspace,
    folder: Path,
    action_filter: ActionFilter,
    *,
    refs: Collection[str] = (),
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> ReturnsReport:
    """Write a workbook for each lead of the open actions that a filter finds, and a note where there is an address.

    With `refs` only those of them. Actions without a lead go into a workbook of their own that stays in the office.
    Nothing found makes no folder. What was sent is one undo. Raises BadInput where closed actions are asked for,
    Refused where a file stands already, StoreError when the disk says no.
    """
    if action_filter.which is not ActionScope.OPEN:
        raise BadInput(_("A return is about open actions: leave --closed and --all out."))
    with remove_on_failure() as created, workspace.database.write(_("send returns")) as ledger:
        rows = [row for _place, row in stored.read_actions(ledger.cursor, action_filter, Sort.REF, workspace.today())]
        rows = [row for row in rows if row.ref in refs] if refs else rows
        returns = _group_by_lead(ledger.cursor, rows, workspace, marking)
        files = _name_files(folder, returns)
        ledger.label = _("send returns: {names}").format(names=", ".join(path.stem for path in files)[:120])
        for path, lead_return in files.items():
            _record_dispatch(ledger, lead_return, path.name)
        if files:
            write_files(
                folder,
                {path: _build_workbook_writer(lead_return) for path, lead_return in files.items()},
                force,
                created,
            )
            letters = {
                path.with_suffix(".eml"): _build_note_writer(lead_return, path)
                for path, lead_return in files.items()
                if _has_address(lead_return)
            }
            write_files(folder, letters, force, created)
    return _build_report(files, marking)


def write_returns_to_folder(
    workspace: Workspace, action_filter: ActionFilter, refs: Collection[str] = ()
) -> ReturnsReport:
    """The same in the folder of the day among the exports, or in the next where one stands there."""
    folder = find_dated_path(workspace, "returns")
    return write_returns(workspace, folder, action_filter, refs=refs)


def _group_by_lead(cursor: Cursor, rows: Sequence[ActionRow], workspace: Workspace, marking: Marking) -> list[Return]:
    """One return for each lead, in the order of its first action; what nobody leads comes last."""
    keys = find_leads(cursor, [row.key for row in rows])
    by_lead: dict[RowKey | None, list[ActionRow]] = {}
    for row in sorted(rows, key=lambda row: keys[row.key] is None):
        by_lead.setdefault(keys[row.key], []).append(row)
    office = find_secretariat(cursor)
    sender, email = chasers.read_name_and_address(cursor, office) if office else (None, None)
    today, meanings = workspace.today(), versions_and_milestones.read_brag_meanings(cursor)
    return [
        Return(
            chasers.read_addressee(cursor, lead, today) if lead else None,
            today,
            lead_rows,
            max([marking, *(row.marking for row in lead_rows)], key=list(Marking).index),
            lead_rows[0].key.hex()[-8:],
            sender,
            email,
            meanings,
        )
        for lead, lead_rows in by_lead.items()
    ]


def _name_files(folder: Path, returns: Sequence[Return]) -> dict[Path, Return]:
    """Each return with its file, named for the lead and the day, and with the name of this sending."""
    files: dict[Path, Return] = {}
    taken: set[str] = set()
    for lead_return in returns:
        day = lead_return.as_at.isoformat()
        name = claim_free_name(
            folder, f"{lead_return.addressee.ref if lead_return.addressee else NO_LEAD}-{day}", taken, day
        )
        files[folder / f"{name}.xlsx"] = replace(lead_return, batch=f"{name}/{lead_return.batch}")
    return files


def _record_dispatch(ledger: Ledger, lead_return: Return, name: str) -> None:
    """Note each action as it is sent. The lead stands in a column of its own, where an erasure finds it."""
    common: dict[str, Any] = {
        "party": lead_return.addressee.key if lead_return.addressee else None,
        "sent_on": lead_return.as_at.isoformat(),
        "file": name,
        "batch": lead_return.batch,
    }
    rows = []
    for row in lead_return.rows:
        values = {
            field: value
            for field, value in build_sent_values(row).items()
            if field not in ("lead", "support") and value
        }
        rows.append({"action": row.key, "said": json.dumps(values, ensure_ascii=False), **common})
    ledger.add_all("dispatches", rows)


def _build_workbook_writer(lead_return: Return) -> Writer:
    def write_file(path: Path) -> None:
        from ahtc_tui.formats.xlsx.return_workbook import write_return

        write_return(path, lead_return)

    return write_file


def _build_note_writer(lead_return: Return, workbook: Path) -> Writer:
    def write_file(path: Path) -> None:
        make_bytes_writer(return_note.build_draft(lead_return, workbook))(path)

    return write_file


def _has_address(lead_return: Return) -> bool:
    return return_note.has_address(lead_return)


def _build_report(files: dict[Path, Return], marking: Marking) -> ReturnsReport:
    written = tuple(
        ReturnFile(
            path,
            lead_return.addressee.name if lead_return.addressee else None,
            tuple(row.ref for row in lead_return.rows),
            path.with_suffix(".eml") if _has_address(lead_return) else None,
        )
        for path, lead_return in files.items()
    )
    absent = tuple(
        WithoutAddress(lead_return.addressee.ref, lead_return.addressee.name, path)
        for path, lead_return in files.items()
        if lead_return.addressee and not _has_address(lead_return)
    )
    return ReturnsReport(
        written,
        absent,
        max([marking, *(lead_return.marking for lead_return in files.values())], key=list(Marking).index),
    )
