"""Export of returns: a workbook with a covering note for each lead, recorded as dispatches. Nothing is sent.

Where a file cannot be written, nothing is recorded, and the files written before are removed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking, find_highest_marking
from ahtc_tui.domain.documents.chasers import WithoutAddress, choose_letter_language
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, get_current_language, translated_names, use_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.model import Return, ReturnFile, ReturnsReport, build_sent_values
from ahtc_tui.formats.eml.notes import build_return_draft, has_address
from ahtc_tui.services.output_folders import (
    claim_free_name,
    find_export_path,
    format_file_name,
    remove_on_failure,
    write_files,
)
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.documents import chasers
from ahtc_tui.store.documents.lead_updates import limit_to_lead
from ahtc_tui.store.imports.actions import find_leads
from ahtc_tui.store.meetings.queries import find_secretariat, list_office_keys
from ahtc_tui.store.plan import versions_and_milestones

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def write_returns(
    workspace: Workspace,
    folder: Path,
    action_filter: ActionFilter,
    *,
    refs: Collection[str] = (),
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language | None = None,
) -> ReturnsReport:
    """Write a workbook for each lead with open actions that match a filter, and a note where there is an address.

    Without `language` each is in the language that its reader prefers, where that is known.

    `refs` limits the actions. Actions without a lead have a workbook that stays in the office. Without actions there is
    no folder. Raises BadInput for a filter of closed actions, Refused if a file exists, StoreError if the disk fails.
    """
    if action_filter.which is not ActionScope.OPEN:
        raise BadInput(_("A return has open actions only. Leave out --closed and --all."))
    with remove_on_failure() as created, workspace.database.write("send returns") as ledger:
        read_returns = partial(_read_returns, workspace, action_filter, refs, marking)
        files = _name_files(folder, _read_in_languages(read_returns, language))
        ledger.label = f"send returns: {len(files)}"
        for path, lead_return in files.items():
            _record_dispatch(ledger, lead_return, path.name)
        if files:
            workbooks = {path: partial(_write_workbook, lead_return) for path, lead_return in files.items()}
            write_files(folder, workbooks, force, created)
            notes = {
                path.with_suffix(".eml"): partial(_write_note, lead_return, path)
                for path, lead_return in files.items()
                if has_address(lead_return)
            }
            write_files(folder, notes, force, created)
    return _build_report(files, marking)


def write_returns_to_folder(workspace: Workspace, action_filter: ActionFilter, refs: Collection[str]) -> ReturnsReport:
    """Write the returns into a new folder of the exports with today's date."""
    return write_returns(workspace, find_export_path(workspace, "returns"), action_filter, refs=refs)


def _read_in_languages(read_returns: Callable[[], list[Return]], language: Language | None) -> list[Return]:
    """Return the returns, each with the names of records in its language."""
    current = get_current_language()
    by_language = {current: read_returns()}
    languages = [choose_letter_language(lead_return.addressee, language) for lead_return in by_language[current]]
    for letter_language in set(languages) - {current}:
        with use_language(letter_language):
            by_language[letter_language] = read_returns()
    return [
        replace(by_language[letter_language][n], language=letter_language)
        for n, letter_language in enumerate(languages)
    ]


def _read_returns(
    workspace: Workspace, action_filter: ActionFilter, refs: Collection[str], marking: Marking
) -> list[Return]:
    """Return a return for each lead, with the names of records in the current language."""
    with workspace.database.read() as cursor:
        with translated_names():
            rows = [row for _place, row in stored.read_actions(cursor, action_filter, Sort.REF, workspace.today())]
        return _group_by_lead(cursor, [row for row in rows if not refs or row.ref in refs], workspace, marking)


def _group_by_lead(cursor: Cursor, rows: Sequence[ActionRow], workspace: Workspace, marking: Marking) -> list[Return]:
    """Return a return for each lead, in the order of its first action; that without a lead is last.

    One that leaves the office has the updates of its lead and released ones only.
    """
    keys = find_leads(cursor, [row.key for row in rows])
    by_lead: dict[RowKey | None, list[ActionRow]] = {}
    for row in sorted(rows, key=lambda row: keys[row.key] is None):
        by_lead.setdefault(keys[row.key], []).append(row)
    office = find_secretariat(cursor)
    sender = chasers.read_sender(cursor, office) if office else None
    today, meanings = workspace.today(), versions_and_milestones.read_brag_meanings(cursor)
    own_keys = list_office_keys(cursor, today)
    for lead, lead_rows in by_lead.items():
        if lead and lead not in own_keys:
            by_lead[lead] = limit_to_lead(cursor, lead_rows, lead)
    return [
        Return(
            chasers.read_addressee(cursor, lead, today) if lead else None,
            today,
            lead_rows,
            find_highest_marking(marking, [row.marking for row in lead_rows]),
            lead_rows[0].key.hex()[-8:],
            sender,
            meanings,
        )
        for lead, lead_rows in by_lead.items()
    ]


def _name_files(folder: Path, returns: Sequence[Return]) -> dict[Path, Return]:
    """Return the returns by path, named after lead and day, with the identifier of the dispatch."""
    files: dict[Path, Return] = {}
    taken: set[str] = set()
    for lead_return in returns:
        with use_language(lead_return.language):
            stem = format_file_name(partial(_format_name, lead_return))
        name = claim_free_name(folder, stem, taken, lead_return.as_at.isoformat())
        files[folder / f"{name}.xlsx"] = replace(lead_return, batch=f"{name}/{lead_return.batch}")
    return files


def _format_name(lead_return: Return) -> str:
    lead = lead_return.addressee.shown_name if lead_return.addressee else _("actions without a lead")
    return _("{day} Action return, {lead}").format(day=lead_return.as_at.isoformat(), lead=lead)


def _record_dispatch(ledger: Ledger, lead_return: Return, name: str) -> None:
    """Record each action as it is sent. The lead has a separate column, so that an erasure finds it."""
    common: dict[str, Any] = {
        "party": lead_return.addressee.key if lead_return.addressee else None,
        "sent_on": lead_return.as_at.isoformat(),
        "file": name,
        "batch": lead_return.batch,
    }
    rows = []
    for row in lead_return.rows:
        sent = build_sent_values(row).items()
        values = {field: value for field, value in sent if field not in ("lead", "support") and value}
        rows.append({"action": row.key, "said": json.dumps(values, ensure_ascii=False), **common})
    ledger.add_all("dispatches", rows)


def _write_workbook(lead_return: Return, path: Path) -> None:
    from ahtc_tui.formats.xlsx.return_workbook import write_return

    with use_language(lead_return.language):
        write_return(path, lead_return)


def _write_note(lead_return: Return, workbook: Path, path: Path) -> None:
    with use_language(lead_return.language):
        path.write_bytes(build_return_draft(lead_return, workbook))


def _build_report(files: dict[Path, Return], marking: Marking) -> ReturnsReport:
    written, without_address = [], []
    for path, lead_return in files.items():
        addressee, has_note = lead_return.addressee, has_address(lead_return)
        refs = tuple(row.ref for row in lead_return.rows)
        note = path.with_suffix(".eml") if has_note else None
        written.append(ReturnFile(path, addressee.shown_name if addressee else None, refs, note))
        if addressee and not has_note:
            without_address.append(WithoutAddress(addressee.ref, addressee.shown_name, path))
    highest = find_highest_marking(marking, [lead_return.marking for lead_return in files.values()])
    return ReturnsReport(tuple(written), tuple(without_address), highest)
