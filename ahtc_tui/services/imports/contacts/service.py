"""Contacts out of cards, CSV and workbooks: planned first, then written as one step that one undo takes back.

An empty field here is filled; one that differs is a question, and so is a name that is only like one of the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.model import OrganisationKind, PartyKind
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Added, ImportReport, Take, Wishes
from ahtc_tui.services import backup
from ahtc_tui.services.contacts.writer import TABLES
from ahtc_tui.services.imports.column_mappings import learn
from ahtc_tui.services.imports.contacts.fields import FIELDS
from ahtc_tui.services.imports.contacts.matching import Register
from ahtc_tui.services.imports.contacts.plan import ContactPlan, New
from ahtc_tui.services.imports.file_plan import FilePlan
from ahtc_tui.store.contacts.party_lookup import new_ref
from ahtc_tui.store.imports.column_mappings import learnt
from ahtc_tui.store.imports.contacts import erased_keys, everybody
from ahtc_tui.store.privacy.erasure_register import ErasedMarks

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.contacts import CardFile
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

OF_PARTY = ("name", "email", "phone")
COLUMN_PREFIX = "contacts: "
"""Before a learnt heading, so that "name" of a list of people is not "name" of an action log."""


@dataclass(frozen=True)
class _Made:
    """A plan with the reports that it gives."""

    contacts: ContactPlan
    files: list[FilePlan]
    learnt: dict[str, str]
    """Headings to keep, and what they mean."""


def import_contacts(
    workspace: Workspace,
    files: Sequence[Path],
    wishes: Wishes | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    apply: bool = True,
) -> ImportReport:
    """Bring contacts in. `columns` says which heading is which field; what was said once is remembered.

    Raises BadFile for the first file that cannot be used; then nothing is written from any of them.
    """
    if not files:
        raise BadFile(_("Name a file to import."))
    chosen = wishes or Wishes()
    applied = apply and chosen.take is not Take.NONE
    if not applied:
        with workspace.database.read() as cursor:
            made = _plan(cursor, workspace, files, chosen, columns or {})
        return _report(made, applied=False)
    backup.before(workspace, "import")
    with workspace.database.write("import contacts") as ledger:
        made = _plan(ledger.cursor, workspace, files, chosen, columns or {})
        ledger.label = _("import contacts: {files}").format(files=", ".join(path.name for path in files)[:80])
        _write(ledger, made)
        return _report(made, applied=True)


def _plan(
    cursor: Cursor, workspace: Workspace, files: Sequence[Path], wishes: Wishes, columns: Mapping[str, str]
) -> _Made:
    before = learnt(cursor)
    known = {name.removeprefix(COLUMN_PREFIX): mean for name, mean in before.items() if name.startswith(COLUMN_PREFIX)}
    from ahtc_tui.formats.sheets.contacts import heading_key

    said = {heading_key(name): mean for name, mean in columns.items()}
    contacts = ContactPlan(Register(everybody(cursor, workspace.today()), erased_keys(cursor), ErasedMarks(cursor)))
    plans = []
    for path in files:
        read = _read(path, {**known, **said})
        plan = FilePlan(path, read.read, wishes, warnings=list(read.warnings), columns=list(read.columns))
        contacts.take(plan, read.cards)
        plans.append(plan)
    new = {name: mean for name, mean in said.items() if known.get(name) != mean}
    return _Made(contacts, plans, new)


def _read(path: Path, columns: Mapping[str, str]) -> CardFile:
    """The contacts of a file, whatever its ending says it is."""
    if path.suffix.lower() in (".vcf", ".vcard") or _begins_as_card(path):
        from ahtc_tui.formats.vcard.reader import read_vcards

        return read_vcards(path)
    from ahtc_tui.formats.sheets.contacts import read_contact_sheets

    return read_contact_sheets(path, columns)


def _begins_as_card(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"BEGIN:VCARD" in file.read(200).upper().replace(b"\x00", b"")
    except (OSError, ValueError):
        return False


def _write(ledger: Ledger, made: _Made) -> None:
    for new in made.contacts.new:
        _make(ledger, new)
    for entry, name, value in made.contacts.changes:
        ledger.change("parties" if name in OF_PARTY else TABLES[entry.kind], entry.key, {name: value})
    for one in made.contacts.appointments:
        ledger.add("holdings", {"post": one.post.key, "person": one.person.key, "source": one.plan.path.name})
    for heading, mean in made.learnt.items():
        learn(ledger, f"{COLUMN_PREFIX}{heading}", mean)


def _make(ledger: Ledger, new: New) -> None:
    entry, source = new.entry, new.plan.path.name
    entry.ref = new_ref(ledger.cursor, entry.name)
    party = {"ref": entry.ref, "kind": entry.kind.value, "source": source, "card_uid": entry.card_uid}
    ledger.add("parties", {**party, **{name: getattr(entry, name) for name in OF_PARTY}}, entry.key)
    own = {name: getattr(entry, name) for name in FIELDS[entry.kind] if name not in OF_PARTY}
    if entry.kind is PartyKind.ORGANISATION:
        own["kind"] = OrganisationKind.OTHER.value
    ledger.add(TABLES[entry.kind], own, entry.key)


def _report(made: _Made, *, applied: bool) -> ImportReport:
    names = made.contacts.register.by_key
    for new in made.contacts.new:
        entry = new.entry
        values: dict[str, Any] = {"kind": entry.kind.value}
        values |= {name: value for name in FIELDS[entry.kind] if (value := getattr(entry, name)) is not None}
        if entry.organisation:
            values["organisation"] = names[entry.organisation].name
        new.plan.added.append(Added(entry.ref, entry.new_at, values))
    for one in made.contacts.appointments:
        values = {"record": "holding", "post": one.post.name, "person": one.person.name}
        one.plan.added.append(Added(one.post.ref, one.at, values))
    for plan in made.files:
        people = [new.entry for new in made.contacts.new if new.plan is plan and new.entry.kind is PartyKind.PERSON]
        if people:
            said = ", ".join(entry.ref or entry.name for entry in people[:20])
            more = _(" and {n} more").format(n=len(people) - 20) if len(people) > 20 else ""
            sentence = _("without a lawful basis yet: {who}{more}")
            plan.warn(plan.path.name, sentence.format(who=said, more=more))
    return ImportReport(tuple(plan.report() for plan in made.files), applied)
