"""Contacts as imports read them and as exports write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.contacts.contact_points import normalize_point
from ahtc_tui.domain.contacts.model import ContactPoint, ContactPointKind, PartyKind
from ahtc_tui.domain.imports.report import ColumnMapping, FileWarning
from ahtc_tui.domain.keys import RowKey


@dataclass(frozen=True, slots=True)
class ImportedContact:
    """One contact of an imported file; fields that the file lacks are empty."""

    position: str
    """Position in the file: "card 3", "Sheet1!7"."""
    name: str
    kind: PartyKind | None = None
    """None where the file lacks it; the contact is then a person."""
    uid: str = ""
    ref: str = ""
    organisation: str = ""
    unit: str = ""
    """The part of the organisation."""
    role: str = ""
    """The job title, which may be the title of a post."""
    postnominal: str = ""
    emails: tuple[str, ...] = ()
    """The address to keep is first."""
    phones: tuple[str, ...] = ()
    point_kinds: dict[str, ContactPointKind] = field(default_factory=dict)
    """Kinds of addresses and numbers, by their normal form."""
    language: str = ""
    """ "en" or "cy"."""
    stated: dict[str, str | None] = field(default_factory=dict)
    """Columns that `ContactRow` states for imports, by name."""
    cells: dict[str, str] = field(default_factory=dict)
    """Address of the cell of each field; empty for vCards."""

    def list_points(self, column: str) -> tuple[ContactPoint, ...]:
        """Return the email addresses or the telephone numbers, the preferred one first."""
        values = self.emails if column == "email" else self.phones
        return tuple(ContactPoint(value[:200], self.point_kinds.get(normalize_point(value))) for value in values)

    def cell_reference(self, field_name: str) -> str:
        """Return the cell of a field, else the position of the contact."""
        return self.cells.get(field_name, self.position)


@dataclass(frozen=True, slots=True)
class ContactFile:
    """The contacts that were read from one file, and the mapping of its columns where it is a table."""

    path: Path
    read: int
    """Number of vCards or rows in the file; one that is not a contact has a warning."""
    contacts: tuple[ImportedContact, ...]
    warnings: tuple[FileWarning, ...]
    columns: tuple[ColumnMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportedContact:
    """A contact as it is written to vCard, CSV and XLSX files."""

    key: RowKey
    ref: str
    kind: PartyKind
    name: str
    postnominal: str | None
    organisation: str | None
    role: str | None
    """The job title, or the title of the post that the person holds."""
    holder: str | None
    """Current holder of a post."""
    area: str | None
    email: str | None
    phone: str | None
    language: str | None
    groups: tuple[str, ...]
    """Names of the groups with a seat for the contact, sorted."""
    changed_ms: int
    """Time of the last change, in milliseconds since 1970."""
    salutation: str | None = None
    """Words after "Dear"; by default the name of the person, or of the holder of the post."""
    postal_address: str | None = None
    emails: tuple[ContactPoint, ...] = ()
    """All addresses, the preferred one first."""
    phones: tuple[ContactPoint, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    """Columns that `ContactRow` states for files, by name, as they are stored."""

    def list_points(self, column: str) -> tuple[ContactPoint, ...]:
        """Return the email addresses or the telephone numbers, the preferred one first."""
        preferred, points = (self.email, self.emails) if column == "email" else (self.phone, self.phones)
        return points or ((ContactPoint(preferred, preferred=True),) if preferred else ())
