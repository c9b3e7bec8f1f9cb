"""Contacts as CSV for spreadsheets: UTF-8 with BOM. Never a cell that runs, and never what is only the desk's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ahtc_tui.domain.imports.contacts import Outgoing
from ahtc_tui.formats.contact_rows import headings, values
from ahtc_tui.formats.csv.cells import harmless, write_csv


def write_contacts_csv(path: Path, contacts: Sequence[Outgoing]) -> None:
    """Write one line a contact; an apostrophe before what would run, but for a phone number: +44 29 2000 0000."""
    write_csv(path, [headings(), *([_shown(value) for value in values(contact)] for contact in contacts)])


def _shown(value: str | None) -> str:
    if not value:
        return ""
    is_number = value[0] == "+" and value[1:].replace(" ", "").isdigit()
    return value if is_number else harmless(value)
