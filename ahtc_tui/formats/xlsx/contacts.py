"""Contacts as a workbook: one table to filter, sort and print. Never what is only the desk's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import Outgoing
from ahtc_tui.formats.contact_rows import headings, values
from ahtc_tui.formats.xlsx.record_table import Register, write_register

WIDTHS = (22, 12, 32, 12, 32, 30, 18, 30, 18, 10, 24, 40)


def write_contacts_xlsx(path: Path, contacts: Sequence[Outgoing], marking: Marking, as_at: date, title: str) -> None:
    """Write the workbook to `path`, over whatever is there."""
    note = _("{marking}. {n} contacts as at {day}").format(marking=marking.label, n=len(contacts), day=long_date(as_at))
    rows = [values(contact) for contact in contacts]
    write_register(path, Register(_("Contacts"), title, note, marking, as_at, headings(), WIDTHS, rows, moves_from="D"))
