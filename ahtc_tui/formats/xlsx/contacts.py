"""Contacts as a workbook with one table, without internal notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.contacts import ExportedContact
from ahtc_tui.formats.contact_rows import contact_cells, contact_columns
from ahtc_tui.formats.xlsx.record_table import RecordTable, write_record_table

WIDTHS = (22, 12, 32, 12, 32, 30, 18, 30, 18, 10, 24, 40)


def write_contacts_xlsx(
    path: Path, contacts: Sequence[ExportedContact], marking: Marking, as_at: date, title: str
) -> None:
    """Write the workbook to `path`, replacing any file."""
    note = ngettext(
        "{marking}. {n} contact as at {day}",
        "{marking}. {n} contacts as at {day}",
        len(contacts),
        marking=marking.label,
        day=format_long_date(as_at),
    )
    rows = [contact_cells(contact) for contact in contacts]
    write_record_table(
        path, RecordTable(_("Contacts"), title, note, marking, as_at, contact_columns(), WIDTHS, rows, scrolls_from="D")
    )
