"""Use cases of erasure: preview, erase, and erase again what an older copy of the database restores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.privacy.data_protection import ErasureReport, TableCount
from ahtc_tui.domain.privacy.person_mentions import ANONYMOUS_PERSON, PersonMentions, split_name
from ahtc_tui.services import backup
from ahtc_tui.services.privacy import erasure_files
from ahtc_tui.store.privacy import erasure_register
from ahtc_tui.store.privacy.erasure import PersonErasure, erase_scope
from ahtc_tui.store.privacy.erasure_scope import PersonScope, build_scope, find_person
from ahtc_tui.store.records.fields import is_removed

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger

LABEL = "erase a person"


def preview_erasure(workspace: Workspace, words: str, also: Sequence[str] = ()) -> ErasureReport:
    """Return what would be erased, kept and left to decide. Raises NotFound, BadInput."""
    from ahtc_tui.formats.docx.text_replacement import replace_text

    with workspace.database.read() as cursor:
        person_scope = build_scope(cursor, find_person(cursor, words)[0], also)
        erasure = PersonErasure(cursor, person_scope, replace_text)
        erasure.run()
        return _build_report(workspace, person_scope, erasure, erased=False, remove=False, also=also)


def erase_person(
    workspace: Workspace, words: str, *, reason: str = "", also: Sequence[str] = (), exports: bool = False
) -> ErasureReport:
    """Erase a person permanently; `exports` also removes the files of the workspace that contain the name.

    The database changes in one transaction; a repeated call finishes an interrupted erasure. Raises NotFound, BadInput,
    StoreError.
    """
    database = workspace.database
    try:
        with database.write(LABEL, kind="erase") as ledger:
            person_scope = build_scope(ledger.cursor, find_person(ledger.cursor, words)[0], also)
            erasure = erase_in_transaction(ledger, person_scope, workspace.today().isoformat(), reason)
            report = _build_report(workspace, person_scope, erasure, erased=True, remove=exports, also=also)
    except NotFound:
        if (finished := _finish_erasure(workspace, words, exports)) is not None:
            backup.back_up_after_erasure(workspace)
            return finished
        raise
    _reapply_erasures(workspace)
    backup.back_up_after_erasure(workspace)
    return report


def erase_in_transaction(ledger: Ledger, person_scope: PersonScope, day: str, reason: str) -> PersonErasure:
    """Erase within an open transaction."""
    from ahtc_tui.formats.docx.text_replacement import replace_text

    salt = erasure_register.read_salt(ledger.cursor, create=True) or b""
    marks = [erasure_register.hash_name(text, salt) for text in (*person_scope.marks, person_scope.ref)]
    ground = person_scope.mentions.replace_mentions(" ".join(reason.split())[:200], ANONYMOUS_PERSON) or "asked"
    erasure = erase_scope(ledger, person_scope, replace_text, day, ground, list(dict.fromkeys(marks)))
    erasure_register.request_compaction(ledger.cursor)
    return erasure


def _finish_erasure(workspace: Workspace, words: str, exports: bool) -> ErasureReport | None:
    """Finish an erasure that was interrupted after its transaction; None for a name that was not erased."""
    with workspace.database.read() as cursor:
        day = erasure_register.ErasedMarks(cursor).find_day([words])
    if day is None:
        return None
    _reapply_erasures(workspace)
    several, address = len(split_name(words)) > 1, "@" in words
    alone = () if several or address else (words,)
    mentions = PersonMentions((words,) if several else (), (words,) if address else (), alone=alone)
    files, removed = erasure_files.sweep_files(workspace.root, mentions, remove=exports)
    backups = erasure_files.list_backups(workspace.root)
    erased_on = date.fromisoformat(day)
    return ErasureReport("", "", True, erased_on, "", (), 0, (), (), (), files, removed, backups)


def _build_report(
    workspace: Workspace,
    person_scope: PersonScope,
    erasure: PersonErasure,
    *,
    erased: bool,
    remove: bool,
    also: Sequence[str],
) -> ErasureReport:
    names = dict.fromkeys(table for table, _what in erasure.rows)
    counts = [
        TableCount(table, erasure.rows[table, "go"], erasure.rows[table, "post"], erasure.rows[table, "words"])
        for table in sorted(names)
    ]
    name_words = [split_name(name) for name in (person_scope.name, *person_scope.mentions.names)]
    parts = [
        part
        for name in name_words
        for word in name
        for part in re.split(r"[\W_]+", word)
        if len(part) > 2 or len(name) == 1
    ]
    words = [part for part in dict.fromkeys(parts) if part not in also and part not in person_scope.mentions.alone]
    files, removed = erasure_files.sweep_files(workspace.root, person_scope.mentions, remove=remove)
    return ErasureReport(
        person_scope.ref,
        person_scope.name,
        erased,
        workspace.today(),
        person_scope.find_replacement(None),
        tuple(counts),
        erasure.changed_lines,
        tuple(erasure.texts),
        tuple(erasure.find_leftovers(words)),
        person_scope.shared,
        files,
        removed,
        erasure_files.list_backups(workspace.root),
    )


def settle_erasures(workspace: Workspace) -> None:
    """Erase again what a restored database contains, and finish interrupted erasures.

    Called when a workspace is opened; costs two small reads where nothing was ever erased.
    """
    with workspace.database.read() as cursor:
        in_database = erasure_register.list_erased(cursor)
        is_pending = erasure_register.is_compaction_pending(cursor)
    in_file = erasure_register.read_register_file(erasure_register.build_register_path(workspace.database))
    if is_pending or {row.key for row in in_database} != {row.key for row in in_file}:
        _reapply_erasures(workspace)


def _reapply_erasures(workspace: Workspace) -> None:
    database = workspace.database
    path = erasure_register.build_register_path(database)
    in_file = erasure_register.read_register_file(path)
    with database.read() as cursor:
        in_database = erasure_register.list_erased(cursor)
    known_keys = {row.key for row in in_database}
    for row in in_file:
        if row.key not in known_keys:
            _reapply_erasure(workspace, row)
    with database.read() as cursor:
        is_pending, in_database = erasure_register.is_compaction_pending(cursor), erasure_register.list_erased(cursor)
    if {row.key for row in in_database} != {row.key for row in in_file}:
        erasure_register.write_register_file(path, in_database)
    if is_pending:
        erasure_register.compact_database(database)


def _reapply_erasure(workspace: Workspace, row: erasure_register.ErasedPerson) -> None:
    """Erase one record that the database has again, or add its register entry where the database never had it."""
    with workspace.database.write(LABEL, kind="erase") as ledger:
        cursor = ledger.cursor
        if erasure_register.is_registered(cursor, row):
            return
        if is_removed(cursor, "parties", row.key) is not None:
            erase_in_transaction(ledger, build_scope(cursor, row.key), row.erased_on, "erased before the restore")
        erasure_register.add_erased(cursor, row)
