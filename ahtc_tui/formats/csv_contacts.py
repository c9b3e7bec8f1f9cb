"""Contacts as CSV for spreadsheets: UTF-8 with BOM. Never a cell that runs, and never what is only the desk's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ahtc_tui.domain.cards import Outgoing
from ahtc_tui.domain.words import _
from ahtc_tui.formats.csv_cells import harmless, write_csv

Shown = list[str | None]


def headings() -> tuple[str, ...]:
    """The columns, for the workbook as well."""
    names = (_("Ref"), _("Kind"), _("Name"), _("Post-nominal"), _("Role"), _("Organisation"), _("Area"), _("E-mail"))
    return (*names, _("Phone"), _("Language"), _("In post"), _("Groups"))


def values(contact: Outgoing) -> Shown:
    """One contact in the order of `headings`."""
    first = [contact.ref, contact.kind.value, contact.name, contact.postnominal, contact.role, contact.organisation]
    address = [contact.area, contact.email, contact.phone, contact.language]
    return [*first, *address, contact.holder, "; ".join(contact.groups) or None]


def write_contacts_csv(path: Path, contacts: Sequence[Outgoing]) -> None:
    """Write one line a contact; an apostrophe before what would run, but for a phone number: +44 29 2000 0000."""
    write_csv(path, [headings(), *([_shown(value) for value in values(contact)] for contact in contacts)])


def _shown(value: str | None) -> str:
    if not value:
        return ""
    is_number = value[0] == "+" and value[1:].replace(" ", "").isdigit()
    return value if is_number else harmless(value)
