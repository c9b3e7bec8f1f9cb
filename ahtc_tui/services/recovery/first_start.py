"""Start in a folder without a database: a new office, one from a pack, or a restored one."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.paths import resolve_input_path
from ahtc_tui.services.workspace import BACKUPS, DATABASE, Workspace, read_system_date
from ahtc_tui.store.records.fields import read_setting, store_setting

SAMPLE = "sample"
"""The setting of a database that is the sample."""
TRIAL_DATA = "wales-2013"
TRIAL_DAY = date(2014, 1, 28)
"""Day on which the trial shows the data: two weeks after the paper that they come from."""


def has_database(root: Path) -> bool:
    """Return whether a folder has a database already."""
    return (root / DATABASE).exists()


def make_sample(root: Path) -> Path:
    """Create the sample in a folder and return the path of its database. Raises Refused where there is one."""
    from ahtc_tui.services.reference.tour import live_in

    def complete(workspace: Workspace) -> None:
        live_in(workspace)
        with workspace.database.write("sample") as ledger:
            store_setting(ledger.cursor, SAMPLE, "1")

    return make_workspace(root, TRIAL_DATA, complete)


def is_sample(workspace: Workspace) -> bool:
    """Return whether a workspace is the sample, not a real office."""
    with workspace.database.read() as cursor:
        return read_setting(cursor, SAMPLE) is not None


class NewOffice(NamedTuple):
    """Answers to the first form; all but the language may be empty."""

    office: str
    email: str
    name: str
    """Name of the person at the desk."""
    post: str
    language: Language


def start_office(root: Path, answers: NewOffice) -> None:
    """Create an own office, and store its name, address and language and who is at its desk, whose post is added.

    Raises BadInput for an address that is none, Refused where there is an office.
    """
    from ahtc_tui.domain.drafts.contacts import build_contact_draft
    from ahtc_tui.services.contacts.service import add_contact
    from ahtc_tui.services.desk_people import set_desk_person
    from ahtc_tui.services.settings.writer import write_language, write_office

    build_contact_draft({"email": answers.email}, read_system_date())
    make_workspace(root, None)
    write_language(root, answers.language)
    write_office(root, answers.office, answers.email)
    if answers.name or answers.post:
        with closing(open_workspace(root)) as workspace:
            person = set_desk_person(workspace, answers.name, answers.post)
            if person.post:
                add_contact(workspace, build_contact_draft({"name": person.post, "kind": "post"}, workspace.today()))


def open_office_pack(root: Path, file: str, passphrase: str, laptop: str = "") -> str | None:
    """Create the workspace from an office pack and return its raw key. Raises BadFile, BadInput, Refused.

    `laptop` is what history and conflicts call this laptop.
    """
    from ahtc_tui.services.replication.office_pack import open_pack

    open_pack(_read_path(file), root, passphrase, laptop)
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
        raise BadInput(_("Enter the file path."))
    return resolve_input_path(text.strip().strip("'\""))
