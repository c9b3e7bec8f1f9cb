"""Helpers of the tests with folders for other programs."""

from __future__ import annotations

import re
from pathlib import Path

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.groups import build_group_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.imports.report import FileReport, ImportOptions
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.groups.service import add_group
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.imports.meetings.service import import_meetings
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, query_rows


def add_board(office: Workspace, title: str = "Board", **fields: str) -> MeetingRow:
    if not query_rows(office, "SELECT 1 FROM groups"):
        add_group(office, build_group_draft({"name": "Leadership Group", "short": "LG"}, TODAY))
    values = {
        "title": title,
        "group": "LG",
        "starts": "2014-01-14 10:00",
        "ends": "12:00",
        "venue": "Cathays Park",
        **fields,
    }
    return add_meeting(office, build_meeting_draft(values, TODAY))


def add_officer(office: Workspace, name: str = "Contact officer", **fields: str) -> str:
    values = {"name": name, "kind": "person", "email": "officer@example.org", **fields}
    return add_contact(office, build_contact_draft(values, TODAY)).ref


def import_calendars(
    office: Workspace, folder: Path, answers: dict[str, str] | None = None, *, apply: bool = True
) -> FileReport:
    return import_meetings(office, [folder], ImportOptions(answers=answers or {}), apply=apply).files[0]


def import_cards(
    office: Workspace, folder: Path, answers: dict[str, str] | None = None, *, apply: bool = True
) -> FileReport:
    return import_contacts(office, [folder], ImportOptions(answers=answers or {}), apply=apply).files[0]


def find_file(folder: Path, text: str) -> Path:
    """Return the only file with a text."""
    (path,) = [path for path in folder.iterdir() if path.name[0] != "." and text in path.read_text("utf-8")]
    return path


def replace_text(path: Path, *pairs: tuple[str, str]) -> None:
    """Replace texts of a file, as another program would."""
    text = path.read_bytes().decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_bytes(text.encode())


def read_line(path: Path, name: str) -> str:
    """Return the value of the last line of a name."""
    values: list[str] = re.findall(rf"^{name}[;:](.*?)\r?$", path.read_bytes().decode(), re.MULTILINE)
    return values[-1]


def list_files(folder: Path) -> dict[str, bytes]:
    """Return the visible files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}
