"""Work of ahtc that is timed without the start of a process: `python -m benchmarks.tasks NAME ARGUMENT...`.

Each task prepares what it needs and returns the call that is timed. It works on a copy of a workspace where it writes.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.main import GC_THRESHOLDS
from benchmarks.processes import run_task
from benchmarks.workspaces import (
    TODAY,
    add_records,
    generate_workspace,
    make_action_values,
    make_empty_workspace,
    make_rows,
    write_rows,
)

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

Work = Callable[[], Any]
PASSPHRASE = "carreg afon lleuad"


def open_original(root: str, key: str | None = None) -> Workspace:
    """Open a workspace that the task only reads."""
    from ahtc_tui.services.opening import open_workspace

    return open_workspace(Path(root), TODAY, key)


def open_copy(root: str) -> Workspace:
    """Open a copy of a workspace, which is removed when the process ends."""
    folder = make_folder() / "office"
    shutil.copytree(root, folder)
    return open_original(str(folder))


def open_laptops(laptops: str) -> tuple[Workspace, Workspace]:
    """Open copies of two laptops, which are removed when the process ends."""
    return open_copy(f"{laptops}/office"), open_copy(f"{laptops}/laptop")


def make_folder() -> Path:
    """Return a new folder, which is removed when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="ahtc-task-")
    FOLDERS.append(folder)
    return Path(folder.name)


FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def export_paper(root: str) -> Work:
    """A committee paper with a claim from each action of the objectives, as .docx."""
    import docxtpl  # noqa: F401

    from ahtc_tui.domain.drafts.commissions import CommissionDraft, QuestionDraft
    from ahtc_tui.services.commissions import paragraphs, service
    from ahtc_tui.services.exports.commission import export_commission

    office, path = open_copy(root), make_folder() / "paper.docx"
    ref = service.add_commission(office, CommissionDraft(title="Progress of the plan")).ref
    service.add_question(office, ref, QuestionDraft(text="What was done?", takes="1, 2, 3, 4, 5, other"))
    paragraphs.write_draft(office, ref)
    return lambda: export_commission(office, ref, path)


def edit_action(root: str, edits: str) -> Work:
    """Edits of single actions, each one a transaction with journal, history and search index."""
    from ahtc_tui.domain.drafts.actions import ActionDraft
    from ahtc_tui.services.actions import service

    office = open_copy(root)
    drafts = [ActionDraft(title=f"Agree the terms {number}") for number in range(int(edits))]
    return lambda: [service.edit_action(office, f"MW-{n + 1}", draft) for n, draft in enumerate(drafts)]


def load_records(actions: str, updates: str) -> Work:
    """A load of actions and updates in one transaction."""
    office = open_original(str(make_empty_workspace(make_folder() / "office")))
    action_rows, update_rows = map(list, make_rows(office, int(actions), int(updates)))
    return lambda: write_rows(office, action_rows, update_rows, kind="load")


def undo_load(actions: str) -> Work:
    """Undo of a load of actions."""
    from ahtc_tui.services.history import undo_step

    office = open_original(str(make_empty_workspace(make_folder() / "office")))
    add_records(office, int(actions), 0, kind="do")
    return lambda: undo_step(office)


def redo_load(actions: str) -> Work:
    """Redo of a load of actions."""
    from ahtc_tui.services.history import redo_step, undo_step

    office = open_original(str(make_empty_workspace(make_folder() / "office")))
    add_records(office, int(actions), 0, kind="do")
    undo_step(office)
    return lambda: redo_step(office)


def sync_hub(laptops: str, stage: str) -> Work:
    """A sync with a hub: the `first`, the `second`, one with `nothing` new, or the sending of 450 `edits`.

    The second verifies what the first has sent; from then on an unchanged hub is known.
    """
    from ahtc_tui.services.replication.hub_sync import sync_with_hub
    from tests.hubs import Server

    office, laptop = open_laptops(laptops)
    server = Server()
    atexit.register(server.stop)
    url = server.create_hub().url
    if stage != "first":
        sync_with_hub(laptop, url)
        sync_with_hub(office, url)
    if stage == "nothing":
        sync_with_hub(office, url)
    if stage == "edits":
        with office.database.write("later") as ledger:
            keys = ledger.cursor.execute("SELECT id FROM actions LIMIT 450").fetchall()
            for (key,) in keys:
                ledger.update("actions", key, {"detail": "later"})
    return lambda: sync_with_hub(laptop if stage == "first" else office, url)


def unlock(actions: str) -> Work:
    """Opening a database with a passphrase."""
    from ahtc_tui.services.recovery.passphrase import set_passphrase
    from ahtc_tui.services.workspace import DATABASE
    from ahtc_tui.store.engine.database import Database

    root = make_folder() / "office"
    generate_workspace(root, int(actions))
    with closing(open_original(str(root))) as office:
        set_passphrase(office, PASSPHRASE)
    return lambda: Database(root / DATABASE, PASSPHRASE)


def derive_key(actions: str) -> Work:
    """The derivation of the key alone, for a database such as `unlock` opens."""
    from ahtc_tui.services.recovery.passphrase import set_passphrase
    from ahtc_tui.services.workspace import DATABASE
    from ahtc_tui.store.engine import encryption

    root = make_folder() / "office"
    generate_workspace(root, int(actions))
    with closing(open_original(str(root))) as office:
        set_passphrase(office, PASSPHRASE)
    return lambda: encryption.derive_key(root / DATABASE, PASSPHRASE)


def show_view(root: str, view: str) -> Work:
    """A page of the screen, read from an open database; `words by due` are the actions with a word in order of due."""
    from ahtc_tui.domain.actions.filters import Sort, read_action_filter
    from ahtc_tui.services import search
    from ahtc_tui.services.actions import service as actions
    from ahtc_tui.services.evidence import practice
    from ahtc_tui.services.plan import service as plan
    from ahtc_tui.services.today import show_today

    office = open_original(root)
    words = read_action_filter("training", today=TODAY)
    views: dict[str, Work] = {
        "today": lambda: show_today(office),
        "plan": lambda: plan.show_plan(office),
        "trend": lambda: plan.show_trend(office),
        "search": lambda: search.search_records(office, "training gwent"),
        "words by due": lambda: actions.list_actions(office, words, Sort.DUE, 40),
        "matrix": lambda: practice.show_matrix(office),
    }
    views[view]()
    return views[view]


def show_raw_counts(root: str) -> Work:
    """Floor of the views: actions counted by objective, status and rating in SQL."""
    connection = sqlite3.connect(Path(root) / "data" / "ahtc.db")
    query = (
        "SELECT objective, status, brag, count(*), sum(due_day < '2014')"
        " FROM actions WHERE NOT deleted GROUP BY 1, 2, 3"
    )
    connection.execute(query).fetchall()
    return lambda: connection.execute(query).fetchall()


def load_raw_rows(actions: str, updates: str) -> Work:
    """Floor of a load: the same rows inserted with a plain journal, then a search index of them."""
    rows = list(make_action_values(int(actions)))
    lines = [
        {"action": n % int(actions), "said_on": TODAY.isoformat(), "text": "Dates agreed: Bangor.", "brag": None}
        for n in range(int(updates))
    ]
    connection = sqlite3.connect(make_folder() / "raw.db")
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute(f"CREATE TABLE actions (n INTEGER PRIMARY KEY, {', '.join(rows[0])})")
    connection.execute("CREATE TABLE updates (n INTEGER PRIMARY KEY, action, said_on, text, brag)")
    connection.execute("CREATE TABLE journal (id BLOB PRIMARY KEY, name, row, value)")
    connection.execute("CREATE INDEX journal_row ON journal (name, row)")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(ref, title, body)")

    def work() -> None:
        with connection:
            for name, values in (("actions", rows), ("updates", lines)):
                insert_raw_rows(connection, name, values)
            connection.execute("INSERT INTO search (ref, title) SELECT ref, title FROM actions")
            connection.execute("INSERT INTO search (body) SELECT text FROM updates")

    return work


def insert_raw_rows(connection: sqlite3.Connection, name: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows into a table and into the journal."""
    if rows:
        marks = ", ".join("?" for _name in rows[0])
        query = f"INSERT INTO {name} ({', '.join(rows[0])}) VALUES ({marks})"
        connection.executemany(query, [tuple(row.values()) for row in rows])
        changes = [(os.urandom(16), name, n, json.dumps(row, default=bytes.hex)) for n, row in enumerate(rows)]
        connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?)", changes)


def edit_raw_rows(root: str, edits: str) -> Work:
    """Floor of edits: an UPDATE and a commit each, with the settings of our database."""
    from ahtc_tui.store.engine.driver import PRAGMAS

    path = make_folder() / "raw.db"
    shutil.copyfile(Path(root) / "data" / "ahtc.db", path)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(pragma)

    def work() -> None:
        for number in range(int(edits)):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE actions SET note = ? WHERE ref = ?", (f"{number}", f"MW-{number + 1}"))
            connection.execute("COMMIT")

    return work


def hash_lines(root: str) -> Work:
    """Floor of a check: that of SQLite, and one hash over each line of the journal."""
    connection = sqlite3.connect(Path(root) / "data" / "ahtc.db")

    def work() -> None:
        connection.execute("PRAGMA integrity_check").fetchall()
        _hash_lines(connection, "change")

    return work


def _hash_lines(connection: sqlite3.Connection, table: str) -> None:
    for salt, user, value, *_more in connection.execute(f"SELECT salt, user, value, chain FROM {table}"):
        blake2b(f"{user}{value}".encode() + (salt or b""), digest_size=32).digest()


def merge_raw_lines(laptops: str) -> Work:
    """Floor of a merge: one hash over each line of another journal, and those that ours lacks inserted in SQL."""
    office, laptop = open_laptops(laptops)
    paths = office.database.path, laptop.database.path
    office.close()
    laptop.close()
    connection = sqlite3.connect(paths[0], isolation_level=None)
    connection.execute("ATTACH ? AS theirs", (str(paths[1]),))

    def work() -> None:
        _hash_lines(connection, "theirs.change")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT OR IGNORE INTO step SELECT * FROM theirs.step")
        connection.execute("INSERT OR IGNORE INTO change SELECT * FROM theirs.change")
        connection.execute("COMMIT")

    return work


def copy_file(root: str) -> Work:
    """Floor of a backup: a copy of the database file."""
    path, target = Path(root) / "data" / "ahtc.db", make_folder() / "copy.db"
    return lambda: shutil.copyfile(path, target)


if __name__ == "__main__":
    gc.set_threshold(*GC_THRESHOLDS)  # as every command does
    run_task(globals()[sys.argv[1]], sys.argv[2:])
