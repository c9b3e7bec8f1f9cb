"""Returns out: one workbook a lead with a covering note, and what was sent is kept. Never sends anything.

Files and record are one: where a file cannot be written nothing is kept, and the files made before it go again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import ActionFilter, Sort, Which
from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.documents.chasers import WithoutAddress
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.model import Return, ReturnFile, ReturnsReport, sent_values
from ahtc_tui.formats.eml import return_note
from ahtc_tui.services.output_folders import Writer, free_name, free_today, gone_on_failure, put_in_place, writer
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.documents import chasers
from ahtc_tui.store.imports.actions import leads_of
from ahtc_tui.store.meetings.queries import secretariat
from ahtc_tui.store.plan import versions_and_milestones

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

NO_LEAD = "no-lead"


def write_returns(
    workspace: Workspace,
    folder: Path,
    asked: ActionFilter,
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
    if asked.which is not Which.OPEN:
        raise BadInput(_("A return is about open actions: leave --closed and --all out."))
    with gone_on_failure() as made, workspace.database.write(_("send returns")) as ledger:
        rows = [row for _place, row in stored.listed(ledger.cursor, asked, Sort.REF, workspace.today())]
        rows = [row for row in rows if row.ref in refs] if refs else rows
        returns = _by_lead(ledger.cursor, rows, workspace, marking)
        files = _named(folder, returns)
        ledger.label = _("send returns: {names}").format(names=", ".join(path.stem for path in files)[:120])
        for path, sent in files.items():
            _keep(ledger, sent, path.name)
        if files:
            put_in_place(folder, {path: _workbook(sent) for path, sent in files.items()}, force, made)
            letters = {path.with_suffix(".eml"): _note(sent, path) for path, sent in files.items() if _has(sent)}
            put_in_place(folder, letters, force, made)
    return _report(files, marking)


def returns_to_folder(workspace: Workspace, asked: ActionFilter, refs: Collection[str] = ()) -> ReturnsReport:
    """The same in the folder of the day among the exports, or in the next where one stands there."""
    folder = free_today(workspace, "returns")
    return write_returns(workspace, folder, asked, refs=refs)


def _by_lead(cursor: Cursor, rows: Sequence[ActionRow], workspace: Workspace, marking: Marking) -> list[Return]:
    """One return for each lead, in the order of its first action; what nobody leads comes last."""
    keys = leads_of(cursor, [row.key for row in rows])
    by_lead: dict[bytes | None, list[ActionRow]] = {}
    for row in sorted(rows, key=lambda row: keys[row.key] is None):
        by_lead.setdefault(keys[row.key], []).append(row)
    office = secretariat(cursor)
    sender, email = chasers.named(cursor, office) if office else (None, None)
    today, meanings = workspace.today(), versions_and_milestones.meanings_in_force(cursor)
    return [
        Return(
            chasers.addressee(cursor, lead, today) if lead else None,
            today,
            some,
            max([marking, *(row.marking for row in some)], key=list(Marking).index),
            some[0].key.hex()[-8:],
            sender,
            email,
            meanings,
        )
        for lead, some in by_lead.items()
    ]


def _named(folder: Path, returns: Sequence[Return]) -> dict[Path, Return]:
    """Each return with its file, named for the lead and the day, and with the name of this sending."""
    files: dict[Path, Return] = {}
    taken: set[str] = set()
    for sent in returns:
        day = sent.as_at.isoformat()
        name = free_name(folder, f"{sent.to.ref if sent.to else NO_LEAD}-{day}", taken, day)
        files[folder / f"{name}.xlsx"] = replace(sent, batch=f"{name}/{sent.batch}")
    return files


def _keep(ledger: Ledger, sent: Return, name: str) -> None:
    """Note each action as it is sent. The lead stands in a column of its own, where an erasure finds it."""
    common: dict[str, Any] = {
        "party": sent.to.key if sent.to else None,
        "sent_on": sent.as_at.isoformat(),
        "file": name,
        "batch": sent.batch,
    }
    rows = []
    for row in sent.rows:
        said = {field: value for field, value in sent_values(row).items() if field not in ("lead", "support") and value}
        rows.append({"action": row.key, "said": json.dumps(said, ensure_ascii=False), **common})
    ledger.add_all("dispatches", rows)


def _workbook(sent: Return) -> Writer:
    def write(path: Path) -> None:
        from ahtc_tui.formats.xlsx.return_workbook import write_return

        write_return(path, sent)

    return write


def _note(sent: Return, workbook: Path) -> Writer:
    def write(path: Path) -> None:
        writer(return_note.draft(sent, workbook))(path)

    return write


def _has(sent: Return) -> bool:
    return return_note.has_address(sent)


def _report(files: dict[Path, Return], marking: Marking) -> ReturnsReport:
    written = tuple(
        ReturnFile(
            path,
            sent.to.name if sent.to else None,
            tuple(row.ref for row in sent.rows),
            path.with_suffix(".eml") if _has(sent) else None,
        )
        for path, sent in files.items()
    )
    absent = tuple(
        WithoutAddress(sent.to.ref, sent.to.name, path) for path, sent in files.items() if sent.to and not _has(sent)
    )
    return ReturnsReport(
        written, absent, max([marking, *(sent.marking for sent in files.values())], key=list(Marking).index)
    )
