"""An archive of a whole office back into a folder that has none, or an empty one: as it was, row for row.

It is built beside, checked like a backup, and then put in place. Where data stand it is refused: nothing is mixed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.backup.full_export import Broken
from ahtc_tui.domain.errors import BadFile, NotFound, Refused, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Added, FileReport, ImportReport
from ahtc_tui.services.backup import sweep
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import settle
from ahtc_tui.services.workspace import DATABASE, Workspace, system_now
from ahtc_tui.store.backup import full_export
from ahtc_tui.store.engine import driver, integrity_check
from ahtc_tui.store.engine.atomic_replace import put_in_place
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.migrate import remove

if TYPE_CHECKING:
    from ahtc_tui.formats.archive.full_export_reader import Archive


def import_everything(
    root: Path, file: Path, today: date | None = None, *, apply: bool = True, key: str | None = None
) -> ImportReport:
    """Make the office of an archive in a folder, or say what that would do.

    `key` is the passphrase of an empty office that stands there, which the new one takes over.
    Raises BadFile for an archive that cannot be used, Refused where an office stands that holds anything, StoreError;
    then nothing is changed.
    """
    with _opened(file) as archive:
        _refuse_newer(archive)
        report = _report(file, archive, applied=apply)
        with _standing(root, today, key) as standing:
            _refuse_data(standing, root)
        if not apply:
            for table in archive.tables:
                for _row in archive.rows(table):
                    pass
            return report
        with _built(root, archive, today, key) as part, _standing(root, today, key) as standing:
            if standing is None:
                put_in_place(part, root / DATABASE)
            else:
                with standing.database.held():
                    _refuse_data(standing, root)  # somebody may have begun to work meanwhile
                    put_in_place(part, root / DATABASE, standing.database)
    return report


@contextmanager
def _opened(file: Path) -> Iterator[Archive]:
    """The archive; what is wrong with it is said with its name."""
    from ahtc_tui.formats.archive.full_export_reader import Archive

    try:
        with closing(Archive(file)) as archive:
            yield archive
    except Broken as error:
        raise BadFile(_('"{path}" cannot be used: {reason}.').format(path=file, reason=error)) from error


def _refuse_newer(archive: Archive) -> None:
    if not 0 < archive.about.schema <= driver.SCHEMA:
        raise Broken(_("it was written by a newer ahtc: install that one"))


@contextmanager
def _standing(root: Path, today: date | None, key: str | None) -> Iterator[Workspace | None]:
    """The office that stands in the folder; none where there is no database."""
    try:
        workspace = open_workspace(root, today, key)
    except NotFound:
        yield None
        return
    with closing(workspace):
        yield workspace


def _refuse_data(standing: Workspace | None, root: Path) -> None:
    if standing is None:
        return
    with standing.database.read() as cursor:
        if full_export.is_empty(cursor):
            return
    sentence = _(
        "Data stand in {root} already, and nothing of it was changed: give a folder of its own,"
        " `ahtc --workspace DIR import everything FILE`."
    )
    raise Refused(sentence.format(root=root))


@contextmanager
def _built(root: Path, archive: Archive, today: date | None, key: str | None) -> Iterator[Path]:
    """A whole database made of the archive, under a name of our own; gone again unless it was given another."""
    os.umask(0o077)
    folder = (root / DATABASE).parent
    part = None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(folder)
        handle, name = tempfile.mkstemp(prefix=".ahtc-", suffix=".db", dir=folder)
        os.close(handle)
        part = Path(name)
        _fill(part, archive, key)
        with closing(Database(part, key)) as made:
            settle(Workspace(root, made, (lambda: today) if today else lambda: system_now().date()))
            if found := integrity_check.faults(made):
                raise Broken(_("its records and its history do not agree ({first})").format(first=found[0]))
        yield part
    except OSError as error:
        sentence = _("{root} cannot be written: {reason}. Nothing was changed.")
        raise StoreError(sentence.format(root=root, reason=error.strerror or error)) from error
    finally:
        with suppress(OSError):
            if part:
                remove(part)


def _fill(part: Path, archive: Archive, key: str | None) -> None:
    full_export.make_at(part, key, archive.about.schema)
    full_export.fill(part, key, archive.columns, archive.rows, archive.about.devices)
    if archive.about.schema < driver.SCHEMA:
        full_export.bring_up(part, key)


def _report(file: Path, archive: Archive, *, applied: bool) -> ImportReport:
    """What comes in, a line each table."""
    tables = archive.tables.items()
    added = [Added(None, f"json/{name}.json", {"table": name, "rows": told[0]}) for name, told in tables if told[0]]
    return ImportReport((FileReport(file, sum(told[0] for _n, told in tables), tuple(added), (), 0, (), ()),), applied)
