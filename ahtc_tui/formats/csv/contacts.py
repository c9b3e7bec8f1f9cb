"""Contacts as CSV, without internal notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ahtc_tui.domain.imports.contacts import ExportedContact
from ahtc_tui.formats.contact_rows import contact_cells, contact_columns
from ahtc_tui.formats.csv.cells import escape_formula, write_csv


def write_contacts_csv(path: Path, contacts: Sequence[ExportedContact]) -> None:
    """Write one row per contact; formula-like text has an apostrophe before it, except phone numbers such as +44 29
    2000 0000.
    """
    write_csv(
        path, [contact_columns(), *([_format_cell(value) for value in contact_cells(contact)] for contact in contacts)]
    )


def _format_cell(value: str | None) -> str:
    if not value:
        return ""
    is_number = value[0] == "+" and value[1:].replace(" ", "").isdigit()
    return value if is_number else escape_formula(value)
