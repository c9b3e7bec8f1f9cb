"""Reader of CSV and TSV files in the encodings and with the separators of spreadsheet programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.formats.csv_cells import starts_like_formula
from ahtc_tui.formats.files.input_files import decode_text, find_unicode_encoding
from ahtc_tui.formats.sheets.grid import MAX_CELL_LENGTH, Grid, clean_text
from ahtc_tui.formats.sheets.headers import FieldFinder
from ahtc_tui.formats.sheets.size_limits import MAX_ROWS, build_row_reason

_SEPARATORS = (",", ";", "\t", "|")
_DECLARED_SEPARATOR = re.compile(r'\A"?sep=(?P<sign>[^\r\n])"?\r?\n', re.IGNORECASE)
_STATEMENT = re.compile(
    r"\s*(?:(?:import|from) [\w.]+(?: import [\w*, ()]+)?(?: as \w+)?\s*$|(?:async )?def \w+\(|class \w+[(:]|@\w+"
    r"|(?:if|elif|for|while|with|try|except|else|finally)\b.*:\s*$|return\b(?!,)|print\(|\w[\w.\[\]\"']* [+-]?= \S"
    r"|(?i:create table|insert into|alter table|drop table|delete from|select\b.* from) |-- "
    r"|(?:done|fi|then|esac)\s*$|for \w+ in .*; do\b|echo |export \w+=|(?:if|while) \[|\[\["
    r"|(?:const|let|var) \w+ =|function \w*\(|#include|public |private |\};?\s*$|</?\w+[^<>]*>\s*$)"
)
"""Lines of Python, shells, JavaScript, C, HTML or SQL."""
_CODE_SAMPLE, _MIN_STATEMENTS, _FEW_STATEMENTS = 200, 5, 3
_SAMPLE_ROWS = 60
MAX_COLUMNS = 512


def read_text_grid(data: bytes, find_field: FieldFinder) -> Grid:
    """Return the one sheet of a text file. Raises BadFile whose text is only the reason."""
    text = _decode_text(data)
    if _is_program(text):
        raise BadFile(_("it is the code of a program, not a table"))
    match = _DECLARED_SEPARATOR.match(text)
    body = text[match.end() :] if match else text
    rows = _read_rows(body, match["sign"] if match else _detect_separator(body, find_field))
    grid = Grid("")
    for number, record in enumerate(rows, 1):
        values: list[CellValue] = [_clean_field(field) for field in record[:MAX_COLUMNS]]
        while values and values[-1] is None:
            values.pop()
        if values:
            grid.rows.append((number, values))
        if len(grid.rows) > MAX_ROWS:
            raise BadFile(build_row_reason())
    return grid


def _decode_text(data: bytes) -> str:
    """Return decoded text. Raises BadFile for bytes that are no text."""
    if b"\0" in data[:4096] and not find_unicode_encoding(data):
        raise BadFile(_("it is neither a workbook nor text"))
    return decode_text(data)


def _is_program(text: str) -> bool:
    """Return whether many of the first lines are statements of a program: a script saved with the ending of a table."""
    if text.startswith("#!"):
        return True
    lines = [line for line in text[:20_000].splitlines()[:_CODE_SAMPLE] if line.strip()]
    statements = sum(bool(_STATEMENT.match(line)) for line in lines)
    is_mostly_code = statements >= _FEW_STATEMENTS and statements * 4 >= len(lines) * 3
    return is_mostly_code or (statements >= _MIN_STATEMENTS and statements * 4 >= len(lines))


def _detect_separator(text: str, find_field: FieldFinder) -> str:
    """Return the separator with the most known headings, or with the most regular columns."""

    def score_separator(separator: str) -> tuple[int, int]:
        rows = [row for row, _n in zip(_read_rows(text[:200_000], separator), range(_SAMPLE_ROWS), strict=False)]
        known_count = max(
            (len({find_field(cell) for cell in row if len(cell) < 80} - {None}) for row in rows[:20]), default=0
        )
        widths = [len(row) for row in rows if len(row) > 1]
        return known_count, max((widths.count(width) * (width - 1) for width in set(widths)), default=0)

    return max(_SEPARATORS, key=score_separator)


def _read_rows(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the records; where a quotation mark is not closed, quotation marks have no meaning."""
    csv.field_size_limit(MAX_CELL_LENGTH * 4)
    has_lone_quote = text.count('"') % 2 == 1
    lines = io.StringIO(text.replace("\0", ""), newline="")
    try:
        yield from csv.reader(
            lines, delimiter=separator, quoting=csv.QUOTE_NONE if has_lone_quote else csv.QUOTE_MINIMAL
        )
    except csv.Error as error:
        raise BadFile(_("a cell is longer than a sheet allows, or quotation marks are unbalanced")) from error


def _clean_field(field: str) -> str | None:
    """Return the text without the apostrophe that prevents formula injection."""
    text = clean_text(field)
    return text[1:] if text and text[0] == "'" and starts_like_formula(text[1:]) else text
