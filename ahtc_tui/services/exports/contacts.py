"""Export of contacts as vCards, CSV or a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.export_kinds import EXPORT_KINDS, check_ending
from ahtc_tui.domain.i18n import _, render_lines, translated_names, wants_welsh_names
from ahtc_tui.domain.imports.contacts import ExportedContact
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts.circulation_lists import find_member_keys
from ahtc_tui.services.output_folders import require_marked_name
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.exports import ContactExportFilter, read_export_contacts
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.documents.meeting_documents import read_welsh_names
from ahtc_tui.store.records.cursor import Cursor


class ContactSelection(NamedTuple):
    """Which contacts to export: by kind, by names as a person gives them, and by the words of a search."""

    kind: PartyKind | None = None
    organisation: str | None = None
    area: str | None = None
    group: str | None = None
    circulation: str | None = None
    words: str = ""


def export_contacts(
    workspace: Workspace,
    target: Path,
    selection: ContactSelection | None = None,
    *,
    version: int = 3,
    marking: Marking = Marking.OFFICIAL,
    mail_merge: bool = False,
    force: bool = False,
) -> int:
    """Write people, posts and organisations; the ending of `target` is the format. Return their number.

    With `mail_merge` a .csv file has the columns of a letter. Raises BadInput for another ending, NotFound for an
    unknown filter value, Refused if the file exists, or if it is a CSV file above OFFICIAL whose name does not say so.
    """
    from ahtc_tui.formats.contact_list import write_mail_merge_csv

    ending = check_ending(target, (".csv",) if mail_merge else EXPORT_KINDS["contacts"].formats)
    require_marked_name(target, marking)
    with workspace.database.read() as cursor, translated_names(ending != ".vcf"):
        contacts = _read_contacts(cursor, workspace, selection or ContactSelection())

    def write_file(path: Path) -> None:
        if ending == ".vcf":
            from ahtc_tui.formats.vcard.writer import write_vcards

            write_vcards(path, contacts, version, marking)
        elif mail_merge:
            write_mail_merge_csv(path, contacts, marking)
        else:
            _write_table(path, contacts, marking, workspace.today())

    write_file_atomically(target, write_file, force)
    return len(contacts)


def _read_contacts(cursor: Cursor, workspace: Workspace, selection: ContactSelection) -> list[ExportedContact]:
    """Return the selected contacts. Raises NotFound for an unknown name."""
    kind, organisation, area, group, circulation, words = selection
    contact_filter = ContactExportFilter(
        (kind,) if kind else tuple(PartyKind(kind) for kind in KINDS),
        words,
        record_lookup.find_organisation_key(cursor, organisation) if organisation else None,
        record_lookup.find_area_key(cursor, area) if area else None,
        record_lookup.find_group_key(cursor, group),
    )
    read_list = partial(find_member_keys, cursor, workspace)
    contacts = read_export_contacts(cursor, contact_filter, workspace.today(), read_list)
    if wants_welsh_names():
        names = read_welsh_names(cursor)
        contacts = [replace(contact, role=names.get(contact.role or "", contact.role)) for contact in contacts]
    if circulation is None:
        return contacts
    listed_keys = read_list(circulation)
    return [contact for contact in contacts if contact.key in listed_keys]


def _write_table(path: Path, contacts: Sequence[ExportedContact], marking: Marking, as_at: date) -> None:
    from ahtc_tui.formats.contact_list import write_contacts_csv, write_contacts_xlsx

    if path.suffix.lower() == ".csv":
        write_contacts_csv(path, contacts, marking)
        return
    title = render_lines(lambda: _("Contacts of the Wales Anti Human Trafficking Co-ordinator"))
    write_contacts_xlsx(path, contacts, marking, as_at, title)
