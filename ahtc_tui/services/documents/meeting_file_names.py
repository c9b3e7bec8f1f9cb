"""Names of the files about a meeting: its day, what the file is, and the group, in the language of files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import get_current_language
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.office_papers import load_welsh_names
from ahtc_tui.services.meetings.series_dates import show_on_next_day
from ahtc_tui.services.output_folders import claim_free_name, find_free_path, format_file_name
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings.queries import read_meeting

FALLBACK = "meeting"
"""Name of a file where nothing else is left of the name."""


def find_meeting_path(workspace: Workspace, folder: Path, ref: str, kind: str | Callable[[], str], ending: str) -> Path:
    """Return the path of a file, such as "2013-12-10 Minutes, Wales Anti Human Trafficking Leadership Group.docx".

    `kind` is a kind of export, or returns what another file is in the current language. A meeting whose day is not
    known begins with its reference. Raises NotFound.
    """
    name = _format_name(workspace, ref, kind)
    return folder / f"{claim_free_name(folder, name, set(), FALLBACK)}{ending}"


def find_free_meeting_path(workspace: Workspace, ref: str, kind: str | Callable[[], str], ending: str = "") -> Path:
    """Return a path in the exports folder that does not exist, named as `find_meeting_path` does. Raises NotFound."""
    return find_free_path(workspace.exports, _format_name(workspace, ref, kind), ending, FALLBACK)


def _format_name(workspace: Workspace, ref: str, kind: str | Callable[[], str]) -> str:
    """Return the name of a file without suffix, in the language of files."""

    def build() -> str:
        with workspace.database.read() as cursor:
            row = read_meeting(cursor, record_lookup.find_meeting(cursor, ref)[0])
            row = show_on_next_day(cursor, row, workspace.today()) or row
        day = row.day.latest.isoformat() if row.day and row.day.precision is Precision.DAY else row.ref
        names = load_welsh_names(workspace, get_current_language())
        group = names.get(row.group, row.group) if row.group else row.printed_title
        name = EXPORT_KINDS[kind].file_name if isinstance(kind, str) else kind()
        return f"{day} {name}, {group}"

    return format_file_name(build)
