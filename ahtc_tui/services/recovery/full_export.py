"""The full export: every record and the journal in one archive, as CSV and JSON; and its import into an empty
workspace.

The database of an import is created in a temporary file, checked, and then moved into place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking, PaperMarking, find_highest_marking
from ahtc_tui.domain.backup.full_export import ArchiveHeader, BrokenArchive, FullExportReport
from ahtc_tui.domain.errors import BadFile, NotFound, Refused
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import AddedRecord, FileReport, ImportReport
from ahtc_tui.formats.files.atomic_write import check_target, write_file_atomically
from ahtc_tui.services.backup import open_snapshot
from ahtc_tui.services.opening import build_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import settle_erasures
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.backup import full_export, snapshot
from ahtc_tui.store.engine import driver, integrity_check
from ahtc_tui.store.engine.creation import create_temporary_file, replace_file
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.journal import devices

if TYPE_CHECKING:
    from ahtc_tui.formats.archive.full_export import FullExportArchive


def export_everything(
    workspace: Workspace, target: Path, marking: Marking = Marking.OFFICIAL, *, force: bool = False
) -> FullExportReport:
    """Write a consistent archive, atomically; its marking is the highest of its records.

    Raises BadInput for another suffix, Refused where the file exists, StoreError.
    """
    from ahtc_tui.formats.archive.full_export import write_full_export

    check_format("everything", target)
    check_target(target, force)
    with open_snapshot(workspace) as copy, copy.read() as cursor:
        shapes = full_export.read_shapes(cursor)
        refs = full_export.read_references(cursor)
        parts = (PaperMarking(text).handling for text in full_export.list_markings(cursor))
        highest = find_highest_marking(marking, parts)
        lineage = tuple((device.device, device.last) for device in devices.read_lineage(cursor))
        about = ArchiveHeader(workspace.today().isoformat(), highest.value, driver.SCHEMA_VERSION, lineage)

        def write_archive(part: Path) -> None:
            write_full_export(part, about, shapes, lambda shape: full_export.read_rows(cursor, shape, refs))

        write_file_atomically(target, write_archive, force, leaves_office=False)
        workspace.database.mark_departure([str(target.absolute())])
        records = snapshot.count_content(cursor).records
    return FullExportReport(target, records, sum(shape.rows for shape in shapes), len(shapes), highest.value)


def import_everything(
    root: Path, file: Path, today: date | None, *, apply: bool = True, key: str | None = None
) -> ImportReport:
    """Create the workspace of an archive in a folder; without `apply`, report only.

    `key` is the passphrase of an empty database in the folder, which the new one keeps. Raises BadFile for an invalid
    archive, Refused where there is data, StoreError; then nothing is changed.
    """
    with _open_archive(file) as archive:
        _refuse_newer(archive)
        report = _build_report(file, archive, applied=apply)
        with _open_existing(root, today, key) as existing:
            _refuse_existing_data(existing, root)
        if not apply:
            for table in archive.tables:
                for _row in archive.read_rows(table):
                    pass
            return report
        with _build_database(root, archive, today, key) as part, _open_existing(root, today, key) as existing:
            if existing is None:
                replace_file(part, root / DATABASE)
            else:
                with existing.database.block_writers():
                    _refuse_existing_data(existing, root)  # another program may have written meanwhile
                    replace_file(part, root / DATABASE, existing.database)
    return report


@contextmanager
def _open_archive(file: Path) -> Iterator[FullExportArchive]:
    """Open the archive; errors name the file."""
    from ahtc_tui.formats.archive.full_export import FullExportArchive

    try:
        with closing(FullExportArchive(file)) as archive:
            yield archive
    except BrokenArchive as error:
        raise BadFile(_('"{path}" cannot be used: {reason}.').format(path=file, reason=error)) from error


def _refuse_newer(archive: FullExportArchive) -> None:
    if not 0 < archive.about.schema <= driver.SCHEMA_VERSION:
        raise BrokenArchive(_("it was saved by a newer version of ahtc. Install that version"))


@contextmanager
def _open_existing(root: Path, today: date | None, key: str | None) -> Iterator[Workspace | None]:
    """Open the database in the folder; None where there is none."""
    try:
        workspace = open_workspace(root, today, key)
    except NotFound:
        yield None
        return
    with closing(workspace):
        yield workspace


def _refuse_existing_data(existing: Workspace | None, root: Path) -> None:
    if existing is None:
        return
    with existing.database.read() as cursor:
        if full_export.is_empty(cursor):
            return
    sentence = _(
        "{root} has data already, and nothing was changed. Choose an empty folder, `ahtc --workspace DIR import "
        "everything FILE`."
    )
    raise Refused(sentence.format(root=root))


@contextmanager
def _build_database(root: Path, archive: FullExportArchive, today: date | None, key: str | None) -> Iterator[Path]:
    """Create a checked database from the archive in a temporary file."""
    os.umask(0o077)
    message = _("{root} cannot be saved: {reason}. Nothing was changed.")
    with create_temporary_file(root / DATABASE, message, root=root) as part:
        _fill_database(part, archive, key)
        with closing(Database(part, key)) as database:
            settle_erasures(build_workspace(root, database, today))
            if faults := integrity_check.find_faults(database):
                raise BrokenArchive(_("the records and the history do not agree ({first})").format(first=faults[0]))
        yield part


def _fill_database(part: Path, archive: FullExportArchive, key: str | None) -> None:
    full_export.create_at_schema(part, key, archive.about.schema)
    full_export.fill_database(part, key, archive.columns, archive.read_rows, archive.about.devices)
    if archive.about.schema < driver.SCHEMA_VERSION:
        full_export.upgrade_schema(part, key)


def _build_report(file: Path, archive: FullExportArchive, *, applied: bool) -> ImportReport:
    tables = archive.tables.items()
    added = [
        AddedRecord(None, f"json/{name}.json", {"table": name, "rows": table_info[0]})
        for name, table_info in tables
        if table_info[0]
    ]
    return ImportReport(
        (FileReport(file, sum(table_info[0] for _n, table_info in tables), tuple(added), (), 0, (), ()),), applied
    )
