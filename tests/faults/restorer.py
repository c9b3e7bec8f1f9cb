"""Restores, backs up, imports, undoes an import, exports, packs or opens a pack, and is killed each time.

`restorer.py OFFICE WORK BACKUP ARCHIVE SEED ROUNDS [PASSPHRASE]`.

ROUNDS is the number for each kind. Each round is a fork in a fresh copy of the office: the first two of each kind run
to their end, the others are killed at a random moment. What the office holds afterwards, as it stands and in each
backup, comes out as JSON. With a passphrase the office is encrypted and the backup plain, and each file with plain
words is named as well.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.backup import list_backups, make_backup
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.dispatch import ImportKind, ImportRequest, apply_import
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.full_export import export_everything, import_everything
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.replication.office_pack import create_pack, open_pack
from ahtc_tui.store.backup.snapshot import open_snapshot
from tests.builders import TODAY

MARK = "SELECT count(*) FROM actions WHERE title = 'Since then'"
KINDS = ("restore", "backup", "import", "export", "sheet", "undo", "pack", "open")
PACK_PASSPHRASE = "lleuad afon carreg"
SHEET_ROWS = 200
SHEET_QUERY = "SELECT count(*) FROM actions WHERE title LIKE 'Of the sheet %' AND NOT deleted"
PLAIN_WORD = b"Brief the forum"


def back_up(root: Path, key: str | None) -> None:
    """Make one backup in another folder and one in the office."""
    with closing(open_workspace(root, TODAY, key)) as office:
        make_backup(office, root / "out.db")
        make_backup(office)


def export(root: Path) -> None:
    """Export everything into the folder of exports."""
    with closing(open_workspace(root, TODAY)) as office:
        export_everything(office, office.exports / "all.zip")


def import_sheet(root: Path) -> None:
    """Import a sheet with new actions."""
    lines = ["Action,Due date", *(f"Of the sheet {n},31/03/2014" for n in range(SHEET_ROWS))]
    (root / "sheet.csv").write_text("\n".join(lines))
    with closing(open_workspace(root, TODAY)) as office:
        apply_import(office, ImportRequest(ImportKind.ACTIONS, (root / "sheet.csv",)))


def undo_import(root: Path) -> None:
    """Undo the import of the sheet."""
    with closing(open_workspace(root, TODAY)) as office:
        undo_step(office)


def pack(root: Path) -> None:
    """Write a pack."""
    with closing(open_workspace(root, TODAY)) as office:
        create_pack(office, root / "forum.ahtc", PACK_PASSPHRASE)


def list_remains(root: Path, key: str | None) -> list[str]:
    """Return the temporary files in the folder and, with a key, the files that hold plain words."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    plain = [path for path in files if key and PLAIN_WORD in path.read_bytes()]
    return [path.name for path in files if path.name.startswith(".ahtc") or path in plain]


def run_and_kill(work: Callable[[], object], pause: float | None) -> float:
    """Work in a child process and kill it after a pause or not at all; return the seconds."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    began = time.monotonic()
    if pause is not None:
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - began


def open_whole_pack(root: Path, file: Path) -> bool:
    """Return whether a kill left the new workspace. Opens the pack where it did not: a pack that is there is whole."""
    folder = root / "new"
    with suppress(NotFound):
        open_workspace(folder, TODAY, PACK_PASSPHRASE).close()
        return True
    open_pack(file, folder, PACK_PASSPHRASE)
    return False


def check_workspace(root: Path, key: str | None, given_pack: Path | None) -> dict[str, object]:
    """Return the contents of the office and of each backup, their faults, and what a kill and the next start left."""
    left = list_remains(root, key)
    with closing(open_workspace(root, TODAY, key)) as office:
        with office.database.read() as cursor:
            count, sheet_rows = (cursor.execute(query).fetchone()[0] for query in (MARK, SHEET_QUERY))
        broken = find_faults(office)
        rows = list_backups(office)
        raw_key = office.database.key
    came: int | bool = False
    file = given_pack or root / "forum.ahtc"
    new_key = PACK_PASSPHRASE if file.exists() else None
    if new_key:
        came = open_whole_pack(root, file) or not given_pack
    with suppress(NotFound):
        open_workspace(root / "new", TODAY, new_key).close()
    remains, kept = list_remains(root, key), []
    for row in rows:
        broken += row.faults
        with open_snapshot(row.file, raw_key) as copy, copy.read() as cursor:
            kept.append(cursor.execute(MARK).fetchone()[0])
    if (root / "out.db").exists():
        restore_backup(root / "drill", root / "out.db", TODAY, key=key)  # refuses whatever is not whole
    if (root / "exports" / "all.zip").exists():
        import_everything(root / "new", root / "exports" / "all.zip", TODAY)  # likewise
    if (root / "new" / "data" / "ahtc.db").exists():
        came = came if new_key else True
        with closing(open_workspace(root / "new", TODAY, new_key)) as office:
            broken += find_faults(office)
    if (root / "sheet.csv").exists():
        came = sheet_rows
    return {"stands": count, "kept": kept, "faults": broken, "came": came, "left": left, "remains": remains}


def main() -> None:
    """Run all rounds."""
    office, work, file, archive, seed, rounds, *passphrase = sys.argv[1:]
    key = passphrase[0] if passphrase else None
    kinds = KINDS[:2] if key else KINDS
    imported, given_pack = Path(work) / "imported", Path(work) / "given.ahtc"
    shutil.copytree(office, imported)
    if not key:
        import_sheet(imported)
        pack(imported)
        (imported / "forum.ahtc").rename(given_pack)
    chance = random.Random(int(seed))
    results: list[dict[str, object]] = []
    durations: dict[str, list[float]] = {kind: [] for kind in kinds}
    work_by_kind: dict[str, Callable[[Path], object]] = {
        "restore": lambda root: restore_backup(root, Path(file), TODAY, key=key),
        "backup": lambda root: back_up(root, key),
        "import": lambda root: import_everything(root / "new", Path(archive), TODAY),
        "export": export,
        "sheet": import_sheet,
        "undo": undo_import,
        "pack": pack,
        "open": lambda root: open_pack(given_pack, root / "new", PACK_PASSPHRASE),
    }
    for n in range(int(rounds) * len(kinds)):
        kind, root = kinds[n % len(kinds)], Path(work) / str(n)
        shutil.copytree(imported if kind == "undo" else office, root)
        # The first run loads modules that later ones have: the second shows how long the work takes.
        whole = durations[kind]
        pause = chance.uniform(0.0, whole[1]) if len(whole) == 2 else None
        took = run_and_kill(partial(work_by_kind[kind], root), pause)
        if pause is None:
            whole.append(took)
        results.append({"kind": kind, **check_workspace(root, key, given_pack if kind == "open" else None)})
        shutil.rmtree(root)
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main()
