"""Contacts in a folder of cards, each with its version of the last exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.contacts import ImportedContact
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.formats.vcard.reader import read_vcards
from ahtc_tui.services.exports.exchange_folders import CARD_ENDING, build_cards
from ahtc_tui.services.imports.contacts.fields import point_values
from ahtc_tui.services.imports.contacts.matching import ContactRegister
from ahtc_tui.services.imports.exchange import (
    AgreedRecord,
    ChangedFile,
    FolderChanges,
    KnownRecord,
    format_position,
    move_warnings,
    read_folder_changes,
)
from ahtc_tui.services.workspace import Workspace


@dataclass
class CardFolder:
    """The changed cards of a folder, with those of the last exchange."""

    changes: FolderChanges
    contacts: list[ImportedContact] = field(default_factory=list)
    bases: dict[str, ImportedContact] = field(default_factory=dict)
    """Contacts as they were last exchanged, by UID."""
    warnings: list[FileWarning] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Number of files and of changed cards."""
        return self.changes.unchanged + len(self.contacts)


def read_card_folder(folder: Path) -> CardFolder:
    """Read the changed files of a folder; one that cannot be read is named. Raises BadFile for the folder."""
    cards = CardFolder(read_folder_changes(folder, CARD_ENDING))
    for changed in cards.changes.changed:
        path = folder / changed.name
        try:
            file = read_vcards(path, changed.data)
        except BadFile as error:
            cards.warnings.append(FileWarning(changed.name, str(error)))
            continue
        is_single = len(file.contacts) == 1
        cards.contacts += [
            replace(contact, position=path.name if is_single else format_position(path.name, contact.position))
            for contact in file.contacts
        ]
        cards.warnings += move_warnings(path.name, file.warnings)
        if changed.last_data is not None:
            cards.bases |= {base.uid: base for base in read_vcards(path, changed.last_data).contacts if base.uid}
    return cards


def list_changed_fields(base: ImportedContact, contact: ImportedContact) -> set[str]:
    """Return the fields that differ between two versions of a card, with their names in the register."""
    before, after = point_values(base), point_values(contact)
    values = {
        "name": (base.name, contact.name),
        **{name: (before[name], after[name]) for name in before},
        "role": (base.role, contact.role),
        "postnominal": (base.postnominal, contact.postnominal),
        "language": (base.language, contact.language),
        "organisation": ((base.organisation, base.unit), (contact.organisation, contact.unit)),
    }
    return {name for name, (before, after) in values.items() if before != after}


def find_known_contact(register: ContactRegister, key: RowKey) -> KnownRecord | None:
    """Return reference and name of a contact; None where it is removed or unknown."""
    entry = register.by_key.get(key)
    return KnownRecord(entry.ref or "", entry.name) if entry else None


def build_card_texts(workspace: Workspace) -> dict[RowKey, str]:
    """Return the card that this office writes for each contact."""
    return {record.key: record.text for record in build_cards(workspace)}


def find_agreed_contact(
    changed: ChangedFile, register: ContactRegister, texts: Mapping[RowKey, str]
) -> AgreedRecord | None:
    """Return the record of a file after an import; None where there is none."""
    path = Path(changed.name)
    try:
        contacts = read_vcards(path, changed.data).contacts
    except BadFile:
        return None
    key = next((entry.key for contact in contacts if (entry := register.find_by_uid(contact.uid))), None)
    if key is None or key not in texts:
        return None
    (ours,) = read_vcards(path, texts[key].encode()).contacts
    is_same = len(contacts) == 1 and not list_changed_fields(contacts[0], ours)
    return AgreedRecord(key, texts[key], is_same)
