"""Imports contacts from vCards, CSV and workbooks: plan first, then one transaction.

Empty fields are filled; differing fields and similar names are questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahtc_tui.domain.contacts.contact_points import POINT_COLUMNS
from ahtc_tui.domain.contacts.model import OrganisationKind, PartyKind
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import ContactFile
from ahtc_tui.domain.imports.report import AddedRecord, ImportOptions, ImportReport, TakeMode
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.formats.vcard.reader import read_vcards
from ahtc_tui.services import backup
from ahtc_tui.services.contacts.writer import TABLES, write_point_fields, write_points
from ahtc_tui.services.imports.column_mappings import learn_mapping
from ahtc_tui.services.imports.contacts.fields import CONTACT_FIELDS, POINT_FIELDS
from ahtc_tui.services.imports.contacts.folder import (
    CardFolder,
    build_card_texts,
    find_agreed_contact,
    find_known_contact,
    read_card_folder,
)
from ahtc_tui.services.imports.contacts.matching import ContactRegister
from ahtc_tui.services.imports.contacts.plan import ContactPlan, NewContact
from ahtc_tui.services.imports.file_plan import FilePlan
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import mint_ref
from ahtc_tui.store.imports.actions import list_mappings
from ahtc_tui.store.imports.contacts import STATED, list_erased_keys, list_register
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.privacy.erasure_register import ErasedMarks
from ahtc_tui.store.records.cursor import Cursor, Table

PARTY_FIELDS = ("name", *STATED)
COLUMN_PREFIX = "contacts: "
"""Prefix of remembered headings of contacts, to distinguish them from those of action logs."""


@dataclass(frozen=True)
class _PlannedImport:
    """The plan of an import with the plans of its files."""

    plan: ContactPlan
    file_plans: list[FilePlan]
    new_mappings: dict[str, str]
    """Column mappings to remember: heading to field."""
    folders: list[tuple[CardFolder, FilePlan]]


def import_contacts(
    workspace: Workspace,
    files: Sequence[Path],
    options: ImportOptions | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    apply: bool = True,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Import contacts, or only plan it without `apply`. `columns` maps headings to fields, and is remembered.

    Raises BadFile for the first unusable file, BadInput for an invalid answer, and Cancelled; nothing is written then.
    """
    if not files:
        raise BadFile(_("Name a file to import."))
    options, hooks = options or ImportOptions(), hooks or ProgressHooks()
    applied = apply and options.take is not TakeMode.NONE
    if not applied:
        with workspace.database.read() as cursor:
            planned = _build_plan(cursor, workspace, files, options, columns or {}, hooks)
        return _build_report(planned, applied=False)
    backup.back_up_before(workspace, "import")
    with workspace.database.write("import contacts", is_import=True) as ledger:
        planned = _build_plan(ledger.cursor, workspace, files, options, columns or {}, hooks)
        ledger.label = f"import contacts: {', '.join(path.name for path in files)[:80]}"
        _write_plan(ledger, planned)
    _settle_folders(workspace, planned)
    return _build_report(planned, applied=True)


def _build_plan(
    cursor: Cursor,
    workspace: Workspace,
    files: Sequence[Path],
    options: ImportOptions,
    columns: Mapping[str, str],
    hooks: ProgressHooks,
) -> _PlannedImport:
    mappings, prefix = list_mappings(cursor), COLUMN_PREFIX
    known_mappings = {key.removeprefix(prefix): field for key, field in mappings.items() if key.startswith(prefix)}
    typed_mappings = {normalize_text(heading): field for heading, field in columns.items()}
    entries = list_register(cursor, workspace.today())
    contact_plan = ContactPlan(ContactRegister(entries, list_erased_keys(cursor), ErasedMarks(cursor)))
    file_plans, folders = [], []
    for path in files:
        if path.is_dir():
            folder = read_card_folder(path)
            file_plans.append(_plan_folder(contact_plan, folder, options, hooks))
            folders.append((folder, file_plans[-1]))
            continue
        contact_file = _read_contacts(path, {**known_mappings, **typed_mappings})
        warnings, columns_read = list(contact_file.warnings), list(contact_file.columns)
        file_plan = FilePlan(path, contact_file.read, options, warnings=warnings, columns=columns_read)
        contact_plan.plan_file(file_plan, contact_file.contacts, hooks)
        file_plans.append(file_plan)
    new_mappings = {heading: field for heading, field in typed_mappings.items() if known_mappings.get(heading) != field}
    return _PlannedImport(contact_plan, file_plans, new_mappings, folders)


def _plan_folder(plan: ContactPlan, folder: CardFolder, options: ImportOptions, hooks: ProgressHooks) -> FilePlan:
    """Plan the changes of a folder since the last exchange."""
    changes = folder.changes
    file_plan = FilePlan(changes.folder, folder.read, options, warnings=folder.warnings, unchanged=changes.unchanged)
    plan.bases = folder.bases
    plan.plan_file(file_plan, folder.contacts, hooks)
    plan.bases = {}
    changes.ask_about_removed(file_plan, lambda key: find_known_contact(plan.register, key))
    return file_plan


def _settle_folders(workspace: Workspace, planned: _PlannedImport) -> None:
    """Store what both sides agree on after an import."""
    if not planned.folders:
        return
    with workspace.database.read() as cursor:
        register = ContactRegister(list_register(cursor, workspace.today()), set())
    texts = build_card_texts(workspace)
    for folder, file_plan in planned.folders:
        folder.changes.settle(file_plan, lambda changed: find_agreed_contact(changed, register, texts))


def _read_contacts(path: Path, columns: Mapping[str, str]) -> ContactFile:
    """Return the contacts of a file; a vCard is recognised by its content too."""
    if path.suffix.lower() in (".vcf", ".vcard") or _is_vcard(path):
        return read_vcards(path)
    from ahtc_tui.formats.sheets.contacts import read_contact_sheets

    return read_contact_sheets(path, columns)


def _is_vcard(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"BEGIN:VCARD" in file.read(200).upper().replace(b"\x00", b"")
    except (OSError, ValueError):
        return False


def _write_plan(ledger: Ledger, planned: _PlannedImport) -> None:
    for new_contact in planned.plan.new_contacts:
        _add_contact(ledger, new_contact)
    points: dict[RowKey, dict[str, Any]] = {}
    for entry, field_name, value in planned.plan.changes:
        if field_name in POINT_FIELDS:
            points.setdefault(entry.key, {})[field_name] = value
            continue
        table: Table = "parties" if field_name in PARTY_FIELDS else TABLES[entry.kind]
        ledger.update(table, entry.key, {field_name: value})
    for key, fields in points.items():
        write_point_fields(ledger, key, fields)
    for appointment in planned.plan.appointments:
        values = {"post": appointment.post.key, "person": appointment.person.key}
        ledger.add("holdings", {**values, "source": appointment.plan.path.name})
    for heading, field in planned.new_mappings.items():
        learn_mapping(ledger, f"{COLUMN_PREFIX}{heading}", field)


def _add_contact(ledger: Ledger, new_contact: NewContact) -> None:
    entry, source = new_contact.entry, new_contact.plan.path.name
    entry.ref = mint_ref(ledger.cursor, entry.name)
    party = {"ref": entry.ref, "kind": entry.kind.value, "source": source, "card_uid": entry.card_uid}
    names = (*PARTY_FIELDS, *POINT_COLUMNS)
    ledger.add("parties", {**party, **{name: entry.get_field(name) for name in names}}, entry.key)
    kind_values = {
        name: entry.get_field(name)
        for name in CONTACT_FIELDS[entry.kind]
        if name not in PARTY_FIELDS and name not in POINT_FIELDS
    }
    if entry.kind is PartyKind.ORGANISATION:
        kind_values["kind"] = OrganisationKind.OTHER.value
    ledger.add(TABLES[entry.kind], kind_values, entry.key)
    for column in POINT_COLUMNS:
        write_points(ledger, entry.key, column, entry.list_points(column))


def _build_report(planned: _PlannedImport, *, applied: bool) -> ImportReport:
    names = planned.plan.register.by_key
    for new_contact in planned.plan.new_contacts:
        entry = new_contact.entry
        values: dict[str, Any] = {"kind": entry.kind.value}
        values |= {name: value for name in CONTACT_FIELDS[entry.kind] if (value := entry.get_field(name)) is not None}
        if entry.organisation:
            values["organisation"] = names[entry.organisation].name
        new_contact.plan.added.append(AddedRecord(entry.ref, entry.new_location, values))
    for appointment in planned.plan.appointments:
        values = {"record": "holding", "post": appointment.post.name, "person": appointment.person.name}
        appointment.plan.added.append(AddedRecord(appointment.post.ref, appointment.position, values))
    for file_plan in planned.file_plans:
        people = [
            new_contact.entry
            for new_contact in planned.plan.new_contacts
            if new_contact.plan is file_plan and new_contact.entry.kind is PartyKind.PERSON
        ]
        if people:
            listed = ", ".join(entry.ref or entry.name for entry in people[:20])
            more = " " + _("and {n} more").format(n=len(people) - 20) if len(people) > 20 else ""
            sentence = _("without a lawful basis yet: {who}{more}")
            file_plan.add_warning(file_plan.path.name, sentence.format(who=listed, more=more))
    return ImportReport(tuple(file_plan.build_report() for file_plan in planned.file_plans), applied)
