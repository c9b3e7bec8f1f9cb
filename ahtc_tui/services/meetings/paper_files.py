"""The files of the papers of a meeting, which are stored in the database and so are part of every copy of it."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from ahtc_tui.domain.case_data.reporter import check_export, is_case_data_reported
from ahtc_tui.domain.errors import BadFile, BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import PAPER_ENDINGS, PaperFile
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
from ahtc_tui.formats.files.input_files import read_file_bytes
from ahtc_tui.formats.files.input_guard import check_archive_parts
from ahtc_tui.formats.files.text_extraction import extract_text
from ahtc_tui.formats.pdf.page_texts import read_page_texts
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.papers import find_paper
from ahtc_tui.services.output_folders import find_free_path
from ahtc_tui.store.meetings import paper_files as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.domain.meetings.model import PaperRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

LARGEST_FILE = 10
"""Largest file of a paper, in megabytes: the journal and each backup hold it as well."""


def attach_file(workspace: Workspace, ref: str, paper: str, path: Path) -> PaperRow:
    """Store the file of a paper, which replaces the one it has; the same content is not stored again.

    Raises NotFound; BadInput for another format; BadFile for a file that cannot be read or is too large.
    """
    if path.suffix.lower() not in PAPER_ENDINGS:
        sentence = _("{name} cannot be put into the pack. Use {formats}")
        raise BadInput(f"{sentence.format(name=path.name, formats=', '.join(PAPER_ENDINGS))}.")
    data = read_file_bytes(path, LARGEST_FILE, _("make it smaller, or keep it in the folder of --papers"))
    _check_content(path, data)
    _report_case_data(path, data)
    digest = hashlib.sha256(data).hexdigest()
    with workspace.database.write(f"attach file to paper {paper} of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        row = find_paper(ledger.cursor, meeting, ref, paper)
        if (row.file, row.file_digest) != (path.name, digest):
            _remove_files(ledger, row.key)
            values = {"paper": row.key, "name": path.name, "size": len(data), "digest": digest}
            ledger.add("paper_files", {**values, "content": b64encode(data).decode()})
        return find_paper(ledger.cursor, meeting, ref, row.ref)


def detach_file(workspace: Workspace, ref: str, paper: str) -> PaperRow:
    """Remove the file of a paper; the history keeps it, as it keeps every removed record. Raises NotFound."""
    with workspace.database.write(f"remove file of paper {paper} of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        row = find_paper(ledger.cursor, meeting, ref, paper)
        _read_file(ledger.cursor, row)
        _remove_files(ledger, row.key)
        return find_paper(ledger.cursor, meeting, ref, row.ref)


def save_file(workspace: Workspace, ref: str, paper: str, target: Path) -> None:
    """Write the file of a paper to `target`. Raises NotFound, Refused where the file exists."""
    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        file = _read_file(cursor, find_paper(cursor, meeting, ref, paper))
    write_file_atomically(target, make_bytes_writer(file.content))


def save_file_to_folder(workspace: Workspace, ref: str, paper: str) -> Path:
    """Write the file of a paper to a free name in the exports folder and return its path. Raises NotFound."""
    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        row = find_paper(cursor, meeting, ref, paper)
        name = Path(_read_file(cursor, row).name)
    target = find_free_path(workspace.exports, name.stem, name.suffix, "paper")
    save_file(workspace, ref, row.ref, target)
    return target


def list_files(workspace: Workspace, ref: str) -> dict[str, PaperFile]:
    """Return the stored files by the reference of their paper, in the order of the agenda. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_files(cursor, record_lookup.find_meeting_key(cursor, ref))


def _read_file(cursor: Cursor, row: PaperRow) -> PaperFile:
    file = stored.read_file(cursor, row.key)
    if file is None:
        raise NotFound(_("{ref} has no file.").format(ref=row.ref))
    return file


def _remove_files(ledger: Ledger, paper: RowKey) -> None:
    for key in stored.list_file_keys(ledger.cursor, paper):
        ledger.remove("paper_files", key)


def _report_case_data(path: Path, data: bytes) -> None:
    """Report text of the file that looks like case data; the file is stored in any case."""
    texts = read_page_texts(data) if path.suffix.lower() == ".pdf" else extract_text(path, data)
    for text in texts if is_case_data_reported() else ():
        check_export(path.name, text)


def _is_whole_archive(path: Path, data: bytes) -> bool:
    """Return whether every part can be read. Raises BadFile for an archive with too many or too large parts."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_archive_parts(path, archive.infolist(), "document")
            return archive.testzip() is None
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return False


def _check_content(path: Path, data: bytes) -> None:
    """Raise BadFile where the content is not of the format that the name states, is damaged or expands too far."""
    is_pdf = path.suffix.lower() == ".pdf"
    if not (data.lstrip().startswith(b"%PDF-") if is_pdf else _is_whole_archive(path, data)):
        raise BadFile(_('"{name}" is not a {format} file.').format(name=path.name, format=path.suffix.lower()))
