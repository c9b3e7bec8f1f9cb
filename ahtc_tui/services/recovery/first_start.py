"""What the first screen does where a folder has no database: a new office, one from a pack, or a restored one."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.paths import resolve_input_path
from ahtc_tui.services.workspace import BACKUPS, DATABASE

TRIAL_DATA = "wales-2013"
TRIAL_DAY = date(2014, 1, 28)
"""Day on which the trial shows the data: two weeks after the paper that they come from."""


def has_database(root: Path) -> bool:
    """Return whether a folder has a database already."""
    return (root / DATABASE).exists()


def start_office(root: Path, name: str, post: str, language: Language) -> None:
    """Create an empty office, and store who is at its desk and its language. Raises Refused where one exists."""
    from ahtc_tui.services.desk_people import set_desk_person
    from ahtc_tui.services.settings.writer import write_language

    make_workspace(root, None)
    write_language(root, language)
    if name or post:
        with closing(open_workspace(root)) as workspace:
            set_desk_person(workspace, name, post)


def open_office_pack(root: Path, file: str, passphrase: str) -> str | None:
    """Create the workspace from an office pack and return its raw key. Raises BadFile, BadInput, Refused."""
    from ahtc_tui.services.replication.office_pack import open_pack

    open_pack(_read_path(file), root, passphrase)
    with closing(open_workspace(root, key=passphrase)) as workspace:
        return workspace.database.key


def restore_office(root: Path, file: str, passphrase: str) -> str | None:
    """Restore a backup into the folder and return its raw key. Raises BadFile, BadInput, Refused, StoreError."""
    from ahtc_tui.services.recovery.restore import restore_backup

    restore_backup(root, _read_path(file), key=passphrase or None)
    with closing(open_workspace(root, key=passphrase or None)) as workspace:
        return workspace.database.key


def find_newest_backup(root: Path) -> Path | None:
    """Return the newest backup in the folder of the workspace, which outlives its database."""
    backups = sorted((root / BACKUPS).glob("*.db"), key=lambda path: path.stat().st_mtime)
    return backups[-1] if backups else None


def _read_path(text: str) -> Path:
    if not text.strip():
        raise BadInput(_("Enter the path of the file."))
    return resolve_input_path(text.strip().strip("'\""))
