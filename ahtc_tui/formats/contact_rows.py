"""Columns and cell values of exported contacts, shared by CSV and workbook; internal notes are left out."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import ExportedContact

ContactCells = list[str | None]


def contact_columns() -> tuple[str, ...]:
    """Return the headings, in order."""
    names = (_("Ref"), _("Kind"), _("Name"), _("Post-nominal"), _("Role"), _("Organisation"), _("Area"), _("E-mail"))
    return (*names, _("Phone"), _("Language"), _("In post"), _("Groups"))


def contact_cells(contact: ExportedContact) -> ContactCells:
    """Return the cells of a contact, in the order of `contact_columns`."""
    first = [contact.ref, contact.kind.value, contact.name, contact.postnominal, contact.role, contact.organisation]
    address = [contact.area, contact.email, contact.phone, contact.language]
    return [*first, *address, contact.holder, "; ".join(contact.groups) or None]
