"""Contacts out of CSV files and workbooks: ours, Outlook's, Google's, anybody's. Never asks the register who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from ahtc_tui.domain.case_data.detector import header_of_case_data
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import Card, CardFile
from ahtc_tui.domain.imports.report import ColumnRead, UnknownColumns, Warned
from ahtc_tui.domain.imports.sheets import Cell, Line, Table
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.formats.ics.invitation_text import address, one_line
from ahtc_tui.formats.sheets.contact_headings import FIELDS, IGNORED, heading_key, meaning

__all__ = ["heading_key", "read_contact_sheets"]

MOST_ROWS = 10_000
_APART = re.compile(r" ::: |[;\n]")
"""Between several values of one cell, as Google and people write them."""
_LOOKED_AT = 200
"""Rows that show what a column holds."""
_ANCHORS = ("name", "first", "last", "organisation", "email")
_KINDS = {
    PartyKind.PERSON: ("person", "individual", "contact", "unigolyn"),
    PartyKind.POST: ("post", "office", "swydd", "mailbox"),
    PartyKind.ORGANISATION: ("organisation", "organization", "company", "sefydliad"),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}
_LANGUAGES = {"welsh": "cy", "cymraeg": "cy", "cy": "cy", "english": "en", "saesneg": "en", "en": "en"}


def read_contact_sheets(path: Path, columns: Mapping[str, str]) -> CardFile:
    """The contacts of every table of a file that has a column of names. `columns` are headings that were explained.

    An empty field leaves a column out. Raises UnknownColumns where no table has one, BadInput for a field that
    contacts do not have.
    """
    from ahtc_tui.formats.sheets.reader import read_book

    for heading, field in columns.items():
        if field and field not in FIELDS:
            sentence = _('Contacts have no field "{field}" for the column "{heading}": choose from {fields}.')
            raise BadInput(sentence.format(field=field, heading=heading, fields=", ".join(FIELDS)))
    learnt = dict(columns)
    book = read_book(path, lambda heading: meaning(heading, learnt), _ANCHORS)
    warnings = list(book.warnings)
    cards: list[Card] = []
    count = 0
    tables = [_Columns(table, learnt) for table in book.tables]
    usable = [table for table in tables if table.names]
    if not usable:
        sentence = _('"{path}" has no column of names: say which it is with --map "Column=name".')
        raise UnknownColumns(sentence.format(path=path), (each for table in tables for each in table.read(learnt)))
    for table in usable:
        warnings += table.unread()
        for line in table.lines:
            if not any(cell.value not in (None, "") for cell in line.cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise BadFile(
                    _('"{path}" holds more than {n} contacts: import it in parts.').format(path=path, n=MOST_ROWS)
                )
            found = table.card(line)
            (cards if isinstance(found, Card) else warnings).append(found)  # type: ignore[arg-type]
            warnings += table.no_addresses(line)
    found_columns = tuple(column for table in usable for column in table.read(learnt))
    return CardFile(path, count, tuple(cards), tuple(warnings), found_columns)


class _Columns:
    """What the columns of one table mean."""

    def __init__(self, table: Table, learnt: dict[str, str]) -> None:
        self.table = table
        self.lines = tuple(islice(table.lines, MOST_ROWS + 1))
        said = [meaning(heading, learnt) for heading in table.headers]
        if "first" in said and "role" in said:  # beside a forename Outlook's "Title" is Dr or Ms
            said = [
                "prefix" if folded(name) == "title" else field for name, field in zip(table.headers, said, strict=True)
            ]
        self.fields = said
        self.names = bool({"name", "last", "first", "organisation"} & set(said)) and len(set(said) - {None}) > 1
        self.names = self.names or "name" in said
        self._left_out = IGNORED | {name for name, field in learnt.items() if not field}

    def read(self, learnt: dict[str, str]) -> Iterator[ColumnRead]:
        """What each column was taken for, with samples and how sure that is."""
        for n, (name, field) in enumerate(zip(self.table.headers, self.fields, strict=True)):
            texts = (_text(line.cells[n]) for line in self.lines[:_LOOKED_AT] if n < len(line.cells))
            samples = tuple(islice(dict.fromkeys(text[:60] for text in texts if text), 3))
            if name.strip() or samples:
                yield ColumnRead(self.table.sheet, name, field, self._sure(name, field, learnt), samples)

    def _sure(self, name: str, field: str | None, learnt: dict[str, str]) -> int:
        if heading_key(name) in learnt or (field is None and heading_key(name) in self._left_out):
            return 100
        return 95 if field else 0

    def unread(self) -> list[Warned]:
        """The columns whose cells are left out; one that is about a person's case is named as that."""
        left, sheet = [], self.table.sheet or "1"
        warnings = []
        for n, (name, field) in enumerate(zip(self.table.headers, self.fields, strict=True)):
            if what := header_of_case_data(name):
                warnings.append(Warned(sheet, _('the column "{name}" may hold {what}').format(name=name, what=what)))
            used = any(n < len(line.cells) and line.cells[n].value not in (None, "") for line in self.lines)
            if used and field is None and name.strip() and heading_key(name) not in self._left_out:
                left.append(name)
        if left:
            sentence = _('the columns {names} are not read: m, or --map "Column=field", says what one is')
            warnings.append(Warned(self.table.header_at or sheet, sentence.format(names=", ".join(left[:12]))))
        return warnings

    def card(self, line: Line) -> Card | Warned:
        """The contact of one row, or why there is none."""
        found = dict(self._values(line))
        text = {field: one_line(cells[0][0]) for field, cells in found.items()}
        row = f"{self.table.sheet}!{line.number}" if self.table.sheet else str(line.number)
        kind = _KIND_OF.get(folded(text.get("kind", "")))
        parts = (text.get("first", ""), text.get("middle", ""), text.get("last", ""))
        name = text.get("name", "") or " ".join(part for part in parts if part)
        organisation = text.get("organisation", "")
        if not name and organisation and kind is None:
            kind = PartyKind.ORGANISATION
        name = name or (organisation if kind is PartyKind.ORGANISATION else "")
        if not name:
            return Warned(row, _("names nobody: left out"))
        return Card(
            row,
            name[:300],
            kind,
            ref=text.get("ref", ""),
            organisation="" if kind is PartyKind.ORGANISATION else organisation[:300],
            unit=text.get("unit", "")[:300],
            role=text.get("role", "")[:1000],
            postnominal=text.get("postnominal", "")[:100],
            emails=tuple(email for email, _cell in self._several(found, "email") if address(email)),
            phones=tuple(phone for phone, _cell in self._several(found, "phone")),
            language=_LANGUAGES.get(folded(text.get("language", "")), ""),
            cells={field: cells[0][1].at for field, cells in found.items()},
        )

    def no_addresses(self, line: Line) -> list[Warned]:
        """What stands in a column of addresses and is none."""
        sentence = _('"{text}" is no e-mail address: left out')
        return [
            Warned(cell.at, sentence.format(text=email[:80]))
            for email, cell in self._several(dict(self._values(line)), "email")
            if not address(email)
        ]

    def _values(self, line: Line) -> Iterator[tuple[str, list[tuple[str, Cell]]]]:
        """Each field with what its columns say, in their order."""
        found: dict[str, list[tuple[str, Cell]]] = {}
        for field, cell in zip(self.fields, line.cells, strict=False):
            text = _text(cell)
            if field and text:
                found.setdefault(field, []).append((text, cell))
        yield from found.items()

    def _several(self, found: dict[str, list[tuple[str, Cell]]], field: str) -> list[tuple[str, Cell]]:
        """The values of a field and of its second column, one by one."""
        cells = found.get(field, []) + found.get(f"{field}2", [])
        each = ((part.strip(" <>"), cell) for text, cell in cells for part in _APART.split(text))
        return [(part, cell) for part, cell in each if part]


def _text(cell: Cell) -> str:
    """A cell as text on one line; whole numbers without a fraction, and without the apostrophe of our own files."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = str(value)
    if len(said) > 1 and said[0] == "'" and said[1] in "=+-@'":
        said = said[1:]
    return "\n".join(one_line(part) for part in said.splitlines()).strip()
