"""Use cases of erasure: preview, erase, and erase again what an older copy of the database restores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.data_protection import ErasureReport, build_table_counts
from ahtc_tui.domain.privacy.person_mentions import ANONYMOUS_PERSON, PersonMentions, split_name
from ahtc_tui.services import backup
from ahtc_tui.services.privacy import erasure_files
from ahtc_tui.services.workspace import ERASURES, Workspace
from ahtc_tui.store.minutes.transcripts import rewrite_transcripts
from ahtc_tui.store.privacy import erasure_register
from ahtc_tui.store.privacy.erasure import PersonErasure, erase_scope
from ahtc_tui.store.privacy.erasure_scope import PersonScope, build_scope, find_person, find_unique_surnames
from ahtc_tui.store.records.fields import is_removed
from ahtc_tui.store.records.outgoing_paths import forget_paths

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

LABEL = "erase a person"


def preview_erasure(workspace: Workspace, words: str, also: Sequence[str] = ()) -> ErasureReport:
    """Return what would be erased, kept and left to decide. Raises NotFound, BadInput."""
    with workspace.database.read() as cursor:
        person_scope = build_scope(cursor, find_person(cursor, words).key, also)
        erasure = PersonErasure(cursor, person_scope, erasure_files.rewrite_stored_file)
        erasure.run()
        report = _build_report(workspace, person_scope, erasure, erased=False, also=also)
    files = erasure_files.find_files(workspace.root, person_scope.mentions)
    return replace(report, files=erasure_files.name_files(workspace.root, files))


def erase_person(
    workspace: Workspace, words: str, *, reason: str = "", also: Sequence[str] = (), exports: bool = False
) -> ErasureReport:
    """Erase a person permanently; `exports` also removes the files of the workspace that contain the name.

    The files are searched first, without a lock. The database changes in one transaction; a repeated call finishes an
    interrupted erasure. What fails after the transaction is in the report. Raises NotFound, BadInput, StoreError.
    """
    root, database = workspace.root, workspace.database
    with database.read() as cursor:
        try:
            mentions = build_scope(cursor, find_person(cursor, words).key, also).mentions
        except NotFound:
            if (erased_on := erasure_register.ErasedMarks(cursor).find_day([words])) is None:
                raise
            known_mentions = _build_known_mentions(cursor, words, also)
            return _finish_erasure(workspace, known_mentions, erased_on, remove=exports)
    files = erasure_files.find_files(root, mentions)
    with database.write(LABEL, kind="erase") as ledger:
        person_scope = build_scope(ledger.cursor, find_person(ledger.cursor, words).key, also)
        if person_scope.mentions != mentions:  # somebody wrote a further name during the search
            files = erasure_files.find_files(root, person_scope.mentions)
        erasure = erase_in_transaction(ledger, person_scope, workspace.today().isoformat(), reason)
        report = _build_report(workspace, person_scope, erasure, erased=True, also=also)
        removed = erasure_files.remove_files(root, files) if exports else ()
        rewrite_transcripts(database, lambda text: person_scope.mentions.replace_mentions(text, ANONYMOUS_PERSON))
    remaining = [path for path in files if path not in removed]
    return replace(
        report,
        files=erasure_files.name_files(root, remaining),
        removed=erasure_files.name_files(root, removed),
        unfinished=complete_erasure(workspace),
    )


def complete_erasure(workspace: Workspace) -> str:
    """Write the register, rewrite the database file and make a backup after an erasure.

    Returns a sentence about what failed and is left to the next command, or an empty text.
    """
    try:
        _reapply_erasures(workspace)
    except StoreError as error:
        return _("The person is erased, but one step remains. {error}").format(error=error)
    backup.back_up_after_erasure(workspace)
    return ""


def erase_in_transaction(ledger: Ledger, person_scope: PersonScope, day: str, reason: str) -> PersonErasure:
    """Erase within an open transaction."""
    salt = erasure_register.read_salt(ledger.cursor, create=True) or b""
    marks = [erasure_register.hash_name(text, salt) for text in (*person_scope.marks, person_scope.ref)]
    ground = person_scope.mentions.replace_mentions(" ".join(reason.split())[:200], ANONYMOUS_PERSON) or "asked"
    erasure = erase_scope(
        ledger, person_scope, erasure_files.rewrite_stored_file, day, ground, list(dict.fromkeys(marks))
    )
    forget_paths(ledger.cursor, person_scope.mentions.is_named_in)
    erasure_register.request_compaction(ledger.cursor)
    return erasure


def _build_known_mentions(cursor: Cursor, words: str, also: Sequence[str]) -> PersonMentions:
    """Return what identifies a person who is erased, by the words that a user typed.

    A surname counts if no one else in the register has it.
    """
    if "@" in words:
        return PersonMentions((), (words,), alone=tuple(also))
    surnames, alone = find_unique_surnames(cursor, [words], ())
    full_names = (words,) if len(split_name(words)) > 1 else ()
    own_words = alone if full_names else [words]
    return PersonMentions(full_names, surnames=tuple(surnames), alone=tuple(dict.fromkeys((*own_words, *also))))


def _finish_erasure(workspace: Workspace, mentions: PersonMentions, day: str, *, remove: bool) -> ErasureReport:
    """Finish an erasure that was interrupted after its transaction."""
    root = workspace.root
    unfinished = complete_erasure(workspace)
    files = erasure_files.find_files(root, mentions)
    removed = erasure_files.remove_files(root, files) if remove else ()
    remaining = erasure_files.name_files(root, [path for path in files if path not in removed])
    return ErasureReport(
        done=True,
        on=date.fromisoformat(day),
        files=remaining,
        removed=erasure_files.name_files(root, removed),
        backups=erasure_files.list_backups(root),
        unfinished=unfinished,
    )


def _build_report(
    workspace: Workspace,
    person_scope: PersonScope,
    erasure: PersonErasure,
    *,
    erased: bool,
    also: Sequence[str],
) -> ErasureReport:
    """Return the report without the files."""
    name_words = [split_name(name) for name in (person_scope.name, *person_scope.mentions.names)]
    parts = [
        part
        for name in name_words
        for word in name
        for part in re.split(r"[\W_]+", word)
        if len(part) > 2 or len(name) == 1
    ]
    words = [part for part in dict.fromkeys(parts) if part not in also and part not in person_scope.mentions.alone]
    return ErasureReport(
        ref=person_scope.ref,
        name=person_scope.name,
        done=erased,
        on=workspace.today(),
        instead=person_scope.find_replacement(None),
        tables=build_table_counts(erasure.rows),
        journal_lines=erasure.changed_lines,
        texts=tuple(erasure.texts),
        left=tuple(erasure.find_leftovers(words)),
        shared=person_scope.shared,
        backups=erasure_files.list_backups(workspace.root),
    )


def settle_erasures(workspace: Workspace) -> None:
    """Erase again what a restored database contains, and finish interrupted erasures.

    Called when a workspace is opened; costs two small reads where nothing was ever erased. Raises StoreError where a
    person cannot be erased again. A full disk does not prevent reading.
    """
    with workspace.database.read() as cursor:
        in_database = _list_registered(cursor)
        is_pending = erasure_register.is_compaction_pending(cursor)
    in_file = erasure_register.read_register_file(workspace.root / ERASURES)
    keys_in_database, keys_in_file = ({row.key for row in rows} for rows in (in_database, in_file))
    if not is_pending and keys_in_database == keys_in_file:
        return
    try:
        _reapply_erasures(workspace)
    except StoreError:
        with workspace.database.read() as cursor:
            if keys_in_file - erasure_register.list_erased_keys(cursor):
                raise


def _reapply_erasures(workspace: Workspace) -> None:
    database = workspace.database
    path = workspace.root / ERASURES
    in_file = erasure_register.read_register_file(path)
    with database.read() as cursor:
        in_database = _list_registered(cursor)
    known_keys = {row.key for row in in_database}
    for row in in_file:
        if row.key not in known_keys:
            _reapply_erasure(workspace, row)
    with database.read() as cursor:
        is_pending, in_database = erasure_register.is_compaction_pending(cursor), _list_registered(cursor)
    if {row.key for row in in_database} != {row.key for row in in_file}:
        erasure_register.write_register_file(path, in_database)
    if is_pending:
        erasure_register.compact_database(database)


def _list_registered(cursor: Cursor) -> list[erasure_register.ErasedPerson]:
    """Return what the register file holds: erased persons, and records destroyed under the retention schedule."""
    return [*erasure_register.list_erased(cursor), *erasure_register.list_destroyed(cursor)]


def _reapply_erasure(workspace: Workspace, row: erasure_register.ErasedPerson) -> None:
    """Erase one record that the database has again, or add its register entry where the database never had it."""
    with workspace.database.write(LABEL, kind="erase") as ledger:
        cursor = ledger.cursor
        if erasure_register.is_registered(cursor, row):
            return
        if not row.marks:
            from ahtc_tui.store.privacy.retention import destroy_again

            destroy_again(ledger, row.key, row.erased_on)
            return
        if is_removed(cursor, "parties", row.key) is not None:
            erase_in_transaction(ledger, build_scope(cursor, row.key), row.erased_on, "erased before the restore")
        erasure_register.add_erased(cursor, row)
