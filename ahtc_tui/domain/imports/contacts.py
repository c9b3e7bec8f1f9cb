"""Contacts as files give them and take them: one card a person, post or organisation. Never a file or a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.imports.report import ColumnMapping, FileWarning
from ahtc_tui.domain.keys import RowKey


@dataclass(frozen=True, slots=True)
class ImportedContact:
    """What a file says of one contact. Empty is "does not say"."""

    position: str
    """Where it stands: "card 3", "Sheet1!7"."""
    name: str
    kind: PartyKind | None = None
    """None where the file does not say; then it is a person."""
    uid: str = ""
    ref: str = ""
    organisation: str = ""
    unit: str = ""
    """The part of the organisation, where the file names one beside it."""
    role: str = ""
    """What a person does: a job title, which may be the title of a post."""
    postnominal: str = ""
    emails: tuple[str, ...] = ()
    """The one to keep first."""
    phones: tuple[str, ...] = ()
    language: str = ""
    """ "en" or "cy"."""
    cells: dict[str, str] = field(default_factory=dict)
    """Field to where it stands, in files of cells."""

    def cell_reference(self, field_name: str) -> str:
        """Where a field stands."""
        return self.cells.get(field_name, self.position)


@dataclass(frozen=True, slots=True)
class ContactFile:
    """What was read of one file of contacts."""

    path: Path
    read: int
    """How many cards or rows the file holds; those without a card have a warning."""
    contacts: tuple[ImportedContact, ...]
    warnings: tuple[FileWarning, ...]
    columns: tuple[ColumnMapping, ...] = ()
    """What each column of a file of cells was taken for."""


@dataclass(frozen=True, slots=True)
class ExportedContact:
    """One contact as it leaves."""

    key: RowKey
    ref: str
    kind: PartyKind
    name: str
    postnominal: str | None
    organisation: str | None
    role: str | None
    """What a person does, or the title of the post that they hold."""
    holder: str | None
    """Who holds a post now."""
    area: str | None
    email: str | None
    phone: str | None
    language: str | None
    groups: tuple[str, ...]
    """Names of the groups sat on, by name."""
    changed_ms: int
    """When the record last changed, in milliseconds since 1970."""
