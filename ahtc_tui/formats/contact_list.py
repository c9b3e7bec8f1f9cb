"""Contacts as CSV and as a workbook with one table; internal notes are left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.addressing import split_address
from ahtc_tui.domain.contacts.contact_points import format_points, list_other_points
from ahtc_tui.domain.contacts.model import ContactRow
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.fields.model import Place, list_columns_in
from ahtc_tui.domain.i18n import _, ngettext, pgettext, render_lines
from ahtc_tui.domain.imports.contacts import ExportedContact
from ahtc_tui.formats.text_table import escape_formula, write_csv
from ahtc_tui.formats.xlsx.record_table import RecordTable, write_record_table

ADDRESS_LINES = 5
STATED = list_columns_in(Place.WORKBOOK, ContactRow)
"""Columns that the row class states, which are the last of the list."""
WIDTHS = (22, 12, 32, 12, 32, 30, 18, 30, 18, 30, 24, 10, 24, 40, *(stated.width for stated in STATED.values()))


def contact_columns() -> tuple[str, ...]:
    """Return the headings, in order."""
    names = (_("Ref"), _("Kind"), _("Name"), _("Post-nominal"), _("Role"), _("Organisation"), _("Area"), _("Email"))
    stated = (column.heading for column in STATED.values())
    others = (_("Other emails"), _("Other phones"))
    return (*names, _("Phone"), *others, _("Language"), _("In post"), _("Groups"), *stated)


def contact_cells(contact: ExportedContact) -> list[str | None]:
    """Return the cells of a contact, in the order of `contact_columns`."""
    first = [
        contact.ref,
        contact.kind.label.lower(),
        contact.name,
        contact.postnominal,
        contact.role,
        contact.organisation,
    ]
    others = (format_points(list_other_points(points)) or None for points in (contact.emails, contact.phones))
    address = [contact.area, contact.email, contact.phone, *others, contact.language]
    stated = (text or None for _name, text in contact.stated)
    return [*first, *address, contact.holder, "; ".join(contact.groups) or None, *stated]


def write_contacts_csv(path: Path, contacts: Sequence[ExportedContact], marking: Marking) -> None:
    """Write one row per contact; formula-like text has an apostrophe before it, except phone numbers."""
    rows = ([_format_cell(value) for value in contact_cells(contact)] for contact in contacts)
    write_csv(path, [contact_columns(), *rows], marking)


def _format_cell(value: str | None) -> str:
    if not value:
        return ""
    is_number = value[0] == "+" and value[1:].replace(" ", "").isdigit()
    return value if is_number else escape_formula(value)


def write_mail_merge_csv(path: Path, contacts: Sequence[ExportedContact], marking: Marking) -> None:
    """Write a row of headings and one for each contact, as the mail merge of Word and of LibreOffice takes them."""
    lines = [_("Address {n}").format(n=number) for number in range(1, ADDRESS_LINES + 1)]
    head = [_("Ref"), _("Salutation"), _("Name"), _("Role"), _("Organisation"), *lines, _("Email"), _("Language")]
    write_csv(path, [head, *(_build_merge_row(contact) for contact in contacts)], marking)


def _build_merge_row(contact: ExportedContact) -> list[str]:
    name = contact.holder or contact.name
    role = contact.name if contact.holder else contact.role
    address = split_address(contact.postal_address or "", ADDRESS_LINES)
    salutation = contact.salutation or pgettext("after Dear", "colleague")
    cells = (salutation, name, role, contact.organisation, *address, contact.email, contact.language)
    return [contact.ref, *(_format_cell(value) for value in cells)]


def write_contacts_xlsx(
    path: Path, contacts: Sequence[ExportedContact], marking: Marking, as_at: date, title: str
) -> None:
    """Write the workbook to `path`, replacing any file."""
    note = render_lines(
        lambda: ngettext(
            "{marking}. {n} contact as at {day}",
            "{marking}. {n} contacts as at {day}",
            len(contacts),
            marking=marking.label,
            day=format_long_date(as_at),
        )
    )
    rows = [contact_cells(contact) for contact in contacts]
    write_record_table(
        path, RecordTable(_("Contacts"), title, note, marking, as_at, contact_columns(), WIDTHS, rows, scrolls_from="D")
    )
