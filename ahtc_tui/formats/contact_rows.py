"""The register as plain values, for CSV and for the workbook alike. Never what is only the desk's."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import ExportedContact

ContactCells = list[str | None]


def contact_columns() -> tuple[str, ...]:
    """The columns, for the workbook as well."""
    names = (_("Ref"), _("Kind"), _("Name"), _("Post-nominal"), _("Role"), _("Organisation"), _("Area"), _("E-mail"))
    return (*names, _("Phone"), _("Language"), _("In post"), _("Groups"))


def contact_cells(contact: ExportedContact) -> ContactCells:
    """One contact in the order of `headings`."""
    first = [contact.ref, contact.kind.value, contact.name, contact.postnominal, contact.role, contact.organisation]
    address = [contact.area, contact.email, contact.phone, contact.language]
    return [*first, *address, contact.holder, "; ".join(contact.groups) or None]
