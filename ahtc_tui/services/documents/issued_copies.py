"""Issued copies of minutes for the chair or the members: one version for each text, in any language."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.file_formats import write_format
from ahtc_tui.services.documents.rendering import STORED, build_writers, compose_documents, find_template
from ahtc_tui.store.minutes import lifecycle as stored

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def store_issued_copy(ledger: Ledger, workspace: Workspace, ref: str, edition: Edition) -> int:
    """Store the minutes as an issued copy; return its version, which stays the same while no text changed.

    Raises NotFound, Refused, BadFile.
    """
    today = workspace.today()
    meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
    version, issued_on = find_issued_version(workspace, ref) or (
        stored.read_next_version(ledger.cursor, meeting),
        today,
    )
    copies = [row for row in stored.read_issues(ledger.cursor, meeting) if row.version == version]
    if any((row.cut, row.language) == (edition.cut, edition.language) for row in copies):
        return version
    ledger.label = f"issue version {version} of the minutes of {ref}"
    edition = replace(edition, issue=(version, issued_on), shows_conflicts=False)
    documents = compose_documents(workspace, DocumentKind.MINUTES, ref, edition)
    template = find_template(workspace, DocumentKind.MINUTES)
    with hold_temporary_folder() as folder:
        paths = {ending: folder / f"minutes{ending}" for ending in STORED}
        for ending, path in paths.items():
            write_format(path, path.name, ending, build_writers(documents, template))
        values = {
            "meeting": meeting,
            "version": version,
            "issued_on": issued_on.isoformat(),
            "state": stored.read_status(ledger.cursor, meeting).state.value,
            "cut": edition.cut.value,
            "language": edition.language.value,
            "marking": documents[0].marking.value,
            "docx": b64encode(paths[".docx"].read_bytes()).decode("ascii"),
            "markdown": paths[".md"].read_bytes().decode("utf-8"),
            "plain": paths[".txt"].read_bytes().decode("utf-8"),
        }
    ledger.add("issues", values)
    return version


def find_issued_version(workspace: Workspace, ref: str) -> tuple[int, date] | None:
    """Return version and day of the last issued copy where the minutes have its text; None where they changed since.

    Raises NotFound.
    """
    from ahtc_tui.formats.markdown.rendering import render_markdown

    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        last = next(reversed(stored.read_issues(cursor, meeting)), None)
        copy = stored.read_copy(cursor, meeting, last.version, last.cut, last.language) if last else None
    if last is None or copy is None:
        return None
    issue = (last.version, last.issued_on)
    edition = Edition(last.cut, last.marking, last.language, issue, shows_conflicts=False)
    documents = compose_documents(workspace, DocumentKind.MINUTES, ref, edition)
    blocks = build_writers(documents, find_template(workspace, DocumentKind.MINUTES)).blocks()
    return issue if copy.markdown == render_markdown(*blocks) else None
