"""Erasing a person: what would go, the act, and the act again where an older copy of the database comes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.privacy.data_protection import ErasureReport, TableCount
from ahtc_tui.domain.privacy.person_mentions import SOMEBODY, Mentions, words_of
from ahtc_tui.services import backup
from ahtc_tui.services.privacy import erasure_files
from ahtc_tui.store.privacy import erasure_register
from ahtc_tui.store.privacy.erasure import Erasing, erase
from ahtc_tui.store.privacy.erasure_scope import Scope, find_person, scope
from ahtc_tui.store.records.fields import is_removed

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger

LABEL = "erase a person"


def preview(workspace: Workspace, words: str, also: Sequence[str] = ()) -> ErasureReport:
    """What goes, what stays and what is left to decide. Writes nothing. Raises NotFound, BadInput."""
    from ahtc_tui.formats.docx.text_replacement import rewritten

    with workspace.database.read() as cursor:
        whole = scope(cursor, find_person(cursor, words)[0], also)
        act = Erasing(cursor, whole, rewritten)
        act.run()
        return _report(workspace, whole, act, done=False, remove=False, also=also)


def erase_person(
    workspace: Workspace, words: str, *, reason: str = "", also: Sequence[str] = (), exports: bool = False
) -> ErasureReport:
    """Erase a person for good; `exports` removes the files of the workspace that hold the name as well.

    Whole or not at all in the database; done again it finishes. Raises NotFound, BadInput, StoreError.
    """
    database = workspace.database
    try:
        with database.write(LABEL, kind="erase") as ledger:
            whole = scope(ledger.cursor, find_person(ledger.cursor, words)[0], also)
            act = erase_in(ledger, whole, workspace.today().isoformat(), reason)
            report = _report(workspace, whole, act, done=True, remove=exports, also=also)
    except NotFound:
        if (done := _finish(workspace, words, exports)) is not None:
            backup.after_erasure(workspace)
            return done
        raise
    _settle(workspace)
    backup.after_erasure(workspace)
    return report


def erase_in(ledger: Ledger, whole: Scope, day: str, reason: str) -> Erasing:
    """Erase within a step that was begun."""
    from ahtc_tui.formats.docx.text_replacement import rewritten

    salt = erasure_register.salt(ledger.cursor, make=True) or b""
    marks = [erasure_register.mark(said, salt) for said in (*whole.marks, whole.ref)]
    ground = whole.mentions.without(" ".join(reason.split())[:200], SOMEBODY) or "asked"
    act = erase(ledger, whole, rewritten, day, ground, list(dict.fromkeys(marks)))
    erasure_register.set_pending(ledger.cursor)
    return act


def _finish(workspace: Workspace, words: str, exports: bool) -> ErasureReport | None:
    """What is left of an erasure that was broken off after it was stored: files, and the file of the database."""
    with workspace.database.read() as cursor:
        day = erasure_register.ErasedMarks(cursor).day_of([words])
    if day is None:
        return None
    _settle(workspace)
    several, address = len(words_of(words)) > 1, "@" in words
    alone = () if several or address else (words,)
    mentions = Mentions((words,) if several else (), (words,) if address else (), alone=alone)
    found, removed = erasure_files.swept(workspace.root, mentions, remove=exports)
    backups = erasure_files.backups(workspace.root)
    on = date.fromisoformat(day)
    return ErasureReport("", "", True, on, "", (), 0, (), (), (), found, removed, backups)


def _report(
    workspace: Workspace,
    whole: Scope,
    act: Erasing,
    *,
    done: bool,
    remove: bool,
    also: Sequence[str],
) -> ErasureReport:
    names = dict.fromkeys(table for table, _what in act.rows)
    counts = [
        TableCount(table, act.rows[table, "go"], act.rows[table, "post"], act.rows[table, "words"])
        for table in sorted(names)
    ]
    called = [words_of(name) for name in (whole.name, *whole.mentions.names)]
    parts = [
        part
        for name in called
        for word in name
        for part in re.split(r"[\W_]+", word)
        if len(part) > 2 or len(name) == 1
    ]
    words = [part for part in dict.fromkeys(parts) if part not in also and part not in whole.mentions.alone]
    found, removed = erasure_files.swept(workspace.root, whole.mentions, remove=remove)
    return ErasureReport(
        whole.ref,
        whole.name,
        done,
        workspace.today(),
        whole.words_on(None),
        tuple(counts),
        act.lines,
        tuple(act.texts),
        tuple(act.left(words)),
        whole.shared,
        found,
        removed,
        erasure_files.backups(workspace.root),
    )


def settle(workspace: Workspace) -> None:
    """Erase again what an older copy of the database brought back, before anybody sees it; finish what was broken off.

    Called for every opened workspace. Costs two small reads where nobody was ever erased.
    """
    with workspace.database.read() as cursor:
        held = erasure_register.held(cursor)
        due = erasure_register.pending(cursor)
    beside = erasure_register.read_beside(erasure_register.path_of(workspace.database))
    if due or {row.key for row in held} != {row.key for row in beside}:
        _settle(workspace)


def _settle(workspace: Workspace) -> None:
    database = workspace.database
    path = erasure_register.path_of(database)
    beside = erasure_register.read_beside(path)
    with database.read() as cursor:
        held = erasure_register.held(cursor)
    known = {row.key for row in held}
    for row in beside:
        if row.key not in known:
            _again(workspace, row)
    with database.read() as cursor:
        due, held = erasure_register.pending(cursor), erasure_register.held(cursor)
    if {row.key for row in held} != {row.key for row in beside}:
        erasure_register.write_beside(path, held)
    if due:
        erasure_register.compact(database)


def _again(workspace: Workspace, row: erasure_register.Erased) -> None:
    """Erase one record that the database has again, or keep its line where the database never had it."""
    with workspace.database.write(LABEL, kind="erase") as ledger:
        cursor = ledger.cursor
        if erasure_register.is_kept(cursor, row):
            return
        if is_removed(cursor, "parties", row.key) is not None:
            erase_in(ledger, scope(cursor, row.key), row.on, "erased before the restore")
        erasure_register.keep(cursor, row)
