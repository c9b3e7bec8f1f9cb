"""Reader of contacts from CSV files and workbooks: our own, Outlook's, Google's and others. It does not use the
register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from ahtc_tui.domain.case_data.detector import find_case_data_heading
from ahtc_tui.domain.contacts.contact_points import collect_point_kinds, split_point_kind
from ahtc_tui.domain.contacts.model import ContactPoint, ContactPointKind, ContactRow, PartyKind
from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.fields.model import Place, list_columns_in, list_stated_headings
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.imports.contacts import ContactFile, ImportedContact
from ahtc_tui.domain.imports.report import ColumnMapping, FileWarning, UnknownColumns
from ahtc_tui.domain.imports.sheets import Cell, Line, Table
from ahtc_tui.domain.labelled_enum import find_member
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.normalization import find_in_both_parts, normalize_text
from ahtc_tui.formats.ics.invitation_text import parse_address

MAX_ROWS = 10_000
_VALUE_SEPARATOR = re.compile(r" ::: |[;\n]")
"""Separator of several values in one cell, as Google and people write it."""
_SAMPLE_ROWS = 200
"""Number of rows that are searched for samples of a column."""
_ANCHORS = ("name", "first", "last", "organisation", "email")
_KIND_WORDS = {
    PartyKind.PERSON: ("person", "individual", "contact", "unigolyn"),
    PartyKind.POST: ("post", "office", "swydd", "mailbox"),
    PartyKind.ORGANISATION: ("organisation", "organization", "company", "sefydliad"),
}
_KIND_BY_WORD = {word: kind for kind, words in _KIND_WORDS.items() for word in words}
_LANGUAGES = {"welsh": "cy", "cymraeg": "cy", "cy": "cy", "english": "en", "saesneg": "en", "en": "en"}

HEADINGS_BY_FIELD: dict[str, tuple[str, ...]] = {
    "ref": ("ref", "reference", "cyf", "cyfeirnod"),
    "kind": ("kind", "type", "contact type", "math"),
    "name": (
        "name", "full name", "display name", "contact", "contact name", "person", "enw", "enw llawn", "enw r cyswllt",
        "cyswllt", "file as",
    ),
    "first": ("first name", "given name", "forename", "forenames", "first", "enw cyntaf", "enw bedydd"),
    "middle": ("middle name", "additional name", "middle", "enw canol"),
    "last": ("last name", "family name", "surname", "last", "cyfenw"),
    "prefix": ("prefix", "name prefix", "salutation", "honorific", "cyfarchiad"),
    "postnominal": (
        "post nominal", "postnominal", "suffix", "name suffix", "letters after name", "ol enw",
        "llythrennau ar ol yr enw",
    ),
    "organisation": (
        "organisation", "organization", "company", "company name", "organisation name", "organization name",
        "organization 1 name", "employer", "agency", "body", "force", "council", "representing", "sefydliad",
        "enw r sefydliad", "corff", "cwmni", "cyflogwr",
    ),
    "unit": (
        "department", "organization department", "organization 1 department", "team", "unit", "directorate",
        "business unit", "adran", "tim", "uned",
    ),
    "role": (
        "role", "post", "job title", "jobtitle", "position", "title", "organization title", "organization 1 title",
        "job", "post title", "rank", "job role", "occupation", "swydd", "teitl swydd", "teitl y swydd", "rol", "teitl",
        "safle", "rheng",
    ),
    "email": (
        "e mail", "email", "e mail address", "email address", "mail", "e mail 1 value", "email 1", "e mail 1",
        "work email", "work e mail", "primary email", "e bost", "ebost", "cyfeiriad e bost", "cyfeiriad ebost",
    ),
    "email2": (
        "e mail 2 address", "e mail 3 address", "e mail 2 value", "e mail 3 value", "email 2", "e mail 2", "email 3",
        "home email", "other email", "personal email", "secondary email", "e mail address 2", "email address 2",
        "ail e bost", "ail ebost", "e bost arall", "ebost arall", "other emails", "e byst eraill", "ebyst eraill",
    ),
    "phone": (
        "phone", "business phone", "telephone", "tel", "phone number", "phone 1 value", "work phone", "tel no",
        "telephone number", "office phone", "direct line", "phone no", "telephone no", "primary phone",
        "contact number", "ffon", "rhif ffon", "rhif ffon gwaith", "ffon gwaith", "rhif cyswllt", "ffon swyddfa",
    ),
    "phone2": (
        "mobile", "mobile phone", "mobile number", "cell", "phone 2 value", "phone 3 value", "business phone 2",
        "home phone", "company main phone", "mobile no", "mob", "other phone", "phone 2", "symudol", "ffon symudol",
        "rhif symudol", "ffon cartref", "other phones", "ffonau eraill",
    ),
    "language": ("language", "preferred language", "language preference", "iaith", "dewis iaith"),
}  # fmt: skip
"""Field to its headings, normalized. Values of `email2` and `phone2` follow those of the first column."""

HEADING_EXAMPLES = {
    "ref": gettext_noop("ref, reference"),
    "kind": gettext_noop("kind, contact type"),
    "name": gettext_noop("name, full name"),
    "first": gettext_noop("first name, forename"),
    "middle": gettext_noop("middle name"),
    "last": gettext_noop("last name, surname"),
    "prefix": gettext_noop("prefix, salutation"),
    "postnominal": gettext_noop("suffix, letters after name"),
    "organisation": gettext_noop("organisation, company"),
    "unit": gettext_noop("department, team"),
    "role": gettext_noop("role, job title"),
    "email": gettext_noop("email, work email"),
    "email2": gettext_noop("email 2, other email"),
    "phone": gettext_noop("phone, telephone number"),
    "phone2": gettext_noop("mobile, phone 2"),
    "language": gettext_noop("language, preferred language"),
}
"""One or two usual headings of each field, as a person writes them."""

STATED = list_columns_in(Place.IMPORT, ContactRow)
"""Columns that the row class states."""
CONTACT_FIELDS = (*HEADINGS_BY_FIELD, *STATED)
IGNORED_HEADINGS = {"area", "in post", "groups", "n", "no", "number", "rhif", "ardal", "yn y swydd", "grwpiau"}
_FIELD_BY_HEADING = {heading: field for field, headings in HEADINGS_BY_FIELD.items() for heading in headings}


def read_contact_sheets(path: Path, columns: Mapping[str, str]) -> ContactFile:
    """Return the contacts of every table with a name column. `columns` maps headings to fields; an empty field skips a
    column.

    Raises UnknownColumns if no table has a name column, and BadInput for an unknown field.
    """
    from ahtc_tui.formats.sheets.reader import read_book

    for heading, field in columns.items():
        if field and field not in CONTACT_FIELDS:
            sentence = _('Contacts have no field "{field}" for the column "{heading}". Choose from {fields}.')
            raise BadInput(sentence.format(field=field, heading=heading, fields=", ".join(CONTACT_FIELDS)))
    mappings = dict(columns)
    book = read_book(path, lambda heading: find_contact_field(heading, mappings), _ANCHORS)
    warnings = list(book.warnings)
    cards: list[ImportedContact] = []
    count = 0
    tables = [_ContactTable(table, mappings) for table in book.tables]
    usable = [table for table in tables if table.has_names]
    if not usable:
        sentence = _('"{path}" has no name column. Choose one with --map "Column=name".')
        raise UnknownColumns(
            sentence.format(path=path),
            (description for table in tables for description in table.describe_columns(mappings)),
        )
    for table in usable:
        warnings += table.warn_unread_columns()
        for line in table.lines:
            if not any(cell.value not in (None, "") for cell in line.cells):
                continue
            count += 1
            if count > MAX_ROWS:
                raise BadFile(
                    _('"{path}" holds more than {n} contacts. Import it in parts.').format(path=path, n=MAX_ROWS)
                )
            outcome = table.read_card(line)
            (cards if isinstance(outcome, ImportedContact) else warnings).append(outcome)  # type: ignore[arg-type]
            warnings += table.warn_bad_addresses(line)
    columns_read = tuple(column for table in usable for column in table.describe_columns(mappings))
    return ContactFile(path, count, tuple(cards), tuple(warnings), columns_read)


class _ContactTable:
    """One table with the fields of its columns."""

    def __init__(self, table: Table, mappings: dict[str, str]) -> None:
        self.table = table
        self.lines = tuple(islice(table.lines, MAX_ROWS + 1))
        fields = [find_contact_field(heading, mappings) for heading in table.headers]
        if "first" in fields and "role" in fields:  # next to a forename the "Title" of Outlook is Dr or Ms
            fields = [
                "prefix" if normalize_text(name) == "title" else field
                for name, field in zip(table.headers, fields, strict=True)
            ]
        self.fields = fields
        self._kinds_by_heading = [_find_point_kind(heading) for heading in table.headers]
        self.has_names = bool({"name", "last", "first", "organisation"} & set(fields)) and len(set(fields) - {None}) > 1
        self.has_names = self.has_names or "name" in fields
        self._ignored = IGNORED_HEADINGS | {name for name, field in mappings.items() if not field}

    def describe_columns(self, mappings: dict[str, str]) -> Iterator[ColumnMapping]:
        """Yield the field of each column, with samples and a confidence in percent."""
        for index, (name, field) in enumerate(zip(self.table.headers, self.fields, strict=True)):
            texts = (_format_cell(line.cells[index]) for line in self.lines[:_SAMPLE_ROWS] if index < len(line.cells))
            samples = tuple(islice(dict.fromkeys(text[:60] for text in texts if text), 3))
            if name.strip() or samples:
                yield ColumnMapping(
                    self.table.sheet, name, field, self._rate_confidence(name, field, mappings), samples
                )

    def _rate_confidence(self, name: str, field: str | None, mappings: dict[str, str]) -> int:
        if normalize_text(name) in mappings or (field is None and normalize_text(name) in self._ignored):
            return 100
        return 95 if field else 0

    def warn_unread_columns(self) -> list[FileWarning]:
        """Return warnings about columns that are not read, and about headings that suggest case data."""
        unread, sheet = [], self.table.sheet or "1"
        warnings = []
        for index, (name, field) in enumerate(zip(self.table.headers, self.fields, strict=True)):
            if case_data := find_case_data_heading(name):
                warnings.append(
                    FileWarning(sheet, _('the column "{name}" may hold {what}').format(name=name, what=case_data))
                )
            used = any(index < len(line.cells) and line.cells[index].value not in (None, "") for line in self.lines)
            if used and field is None and name.strip() and normalize_text(name) not in self._ignored:
                unread.append(name)
        if unread:
            sentence = _('the columns {names} are not read. Assign them with m or --map "Column=field"')
            warnings.append(
                FileWarning(self.table.header_address or sheet, sentence.format(names=", ".join(unread[:12])))
            )
        return warnings

    def read_card(self, line: Line) -> ImportedContact | FileWarning:
        """Return the contact of one row, or a warning if it has none."""
        cells_by_field = dict(self._read_values(line))
        text_by_field = {field: clean_line(cells[0][0]) for field, cells in cells_by_field.items()}
        row = f"{self.table.sheet}!{line.number}" if self.table.sheet else str(line.number)
        kind = _read_kind(text_by_field.get("kind", ""))
        parts = (text_by_field.get("first", ""), text_by_field.get("middle", ""), text_by_field.get("last", ""))
        name = text_by_field.get("name", "") or " ".join(part for part in parts if part)
        organisation = text_by_field.get("organisation", "")
        if not name and organisation and kind is None:
            kind = PartyKind.ORGANISATION
        name = name or (organisation if kind is PartyKind.ORGANISATION else "")
        if not name:
            return FileWarning(row, _("has no name, and is left out"))
        emails = {point.value: point.kind for point, _cell in self._split_points(line, "email")}
        emails = {email: kind for email, kind in emails.items() if parse_address(email)}
        phones = {point.value: point.kind for point, _cell in self._split_points(line, "phone")}
        return ImportedContact(
            row,
            name[:300],
            kind,
            ref=text_by_field.get("ref", ""),
            organisation="" if kind is PartyKind.ORGANISATION else organisation[:300],
            unit=text_by_field.get("unit", "")[:300],
            role=text_by_field.get("role", "")[:1000],
            postnominal=text_by_field.get("postnominal", "")[:100],
            emails=tuple(emails),
            phones=tuple(phones),
            point_kinds=collect_point_kinds(emails) | collect_point_kinds(phones),
            language=_LANGUAGES.get(normalize_text(text_by_field.get("language", "")), ""),
            stated={name: text_by_field[name] for name in STATED if text_by_field.get(name)},
            cells={field: cells[0][1].address for field, cells in cells_by_field.items()},
        )

    def warn_bad_addresses(self, line: Line) -> list[FileWarning]:
        """Return warnings about invalid e-mail addresses."""
        sentence = _('"{text}" is not an email address and is left out')
        return [
            FileWarning(cell.address, sentence.format(text=email.value[:80]))
            for email, cell in self._split_points(line, "email")
            if not parse_address(email.value)
        ]

    def _read_values(self, line: Line) -> Iterator[tuple[str, list[tuple[str, Cell]]]]:
        """Yield each field with its non-empty cells, in column order."""
        cells_by_field: dict[str, list[tuple[str, Cell]]] = {}
        for field, cell in zip(self.fields, line.cells, strict=False):
            text = _format_cell(cell)
            if field and text:
                cells_by_field.setdefault(field, []).append((text, cell))
        yield from cells_by_field.items()

    def _split_points(self, line: Line, field: str) -> Iterator[tuple[ContactPoint, Cell]]:
        """Yield each address or number of a field and of its second columns, with the kind that its text or its heading
        states.
        """
        columns = zip(self.fields, self._kinds_by_heading, line.cells, strict=False)
        own = [(name != field, kind, cell) for name, kind, cell in columns if name in (field, f"{field}2")]
        for _is_second, kind, cell in sorted(own, key=lambda column: column[0]):
            for part in _VALUE_SEPARATOR.split(_format_cell(cell)):
                if stripped := part.strip(" <>"):
                    point = split_point_kind(stripped)
                    yield ContactPoint(point.value, point.kind or kind), cell


def _find_point_kind(heading: str) -> ContactPointKind | None:
    """Return the kind of number or address that a heading names: "Mobile phone", "Home email"."""
    return next((kind for word in heading.split() if (kind := find_member(word, ContactPointKind))), None)


def _read_kind(text: str) -> PartyKind | None:
    """Return the kind of a contact, in English, in Welsh, or in both as our own bilingual export writes it."""
    return next(
        (_KIND_BY_WORD[word] for part in text.split("/") if (word := normalize_text(part)) in _KIND_BY_WORD), None
    )


def _format_cell(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a fraction, and without the apostrophe of our exports."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@'":
        text = text[1:]
    return "\n".join(clean_line(part) for part in text.splitlines()).strip()


IGNORED_HEADINGS |= {"ardal area", "yn y swydd in post", "grwpiau groups"}
"""Headings of our export that are not imported, and headings of row numbers."""


def find_contact_field(heading: str, mappings: dict[str, str]) -> str | None:
    """Return the field of a heading, by `mappings` or by known headings in one or both languages, or None."""
    key = normalize_text(heading)
    if key in mappings:
        return mappings[key] or None
    return (
        _FIELD_BY_HEADING.get(key)
        or list_stated_headings(ContactRow).get(key)
        or find_in_both_parts(key, _FIELD_BY_HEADING)
    )
