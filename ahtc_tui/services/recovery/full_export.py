"""The full export: every record and the journal in one archive, as CSV and JSON."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.actions.paper_marking import PaperMarking
from ahtc_tui.domain.backup.full_export import ArchiveHeader, FullExportReport
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import refuse_existing, write_file_atomically
from ahtc_tui.services.backup import open_snapshot
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.backup import full_export, snapshot
from ahtc_tui.store.engine import driver
from ahtc_tui.store.journal import devices


def export_everything(
    workspace: Workspace, target: Path, marking: Marking = Marking.OFFICIAL, *, force: bool = False
) -> FullExportReport:
    """Write a consistent archive, atomically; its marking is the highest of its records.

    Raises BadInput for another suffix, Refused where the file exists, StoreError.
    """
    from ahtc_tui.formats.archive.full_export import write_full_export

    if target.suffix.lower() != ".zip":
        raise BadInput(
            _('Everything goes into an archive: give a name that ends in .zip, not "{name}".').format(name=target.name)
        )
    refuse_existing(target, force)
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
