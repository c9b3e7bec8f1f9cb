"""Reader of workbooks with texts for translation: our own, saved by any spreadsheet."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _, gettext_noop, use_language
from ahtc_tui.domain.welsh.model import ReturnedText, TranslationState
from ahtc_tui.formats.files.input_guard import FileKind, detect_kind
from ahtc_tui.formats.sheets.grid import Grid
from ahtc_tui.formats.sheets.values import ValueReader

HEADINGS = {
    "ref": gettext_noop("Ref"),
    "field": gettext_noop("Field"),
    "en": gettext_noop("English"),
    "cy": gettext_noop("Welsh"),
    "state": gettext_noop("State"),
}
"""Heading of each column in English, translated where it is written."""
REQUIRED = frozenset(HEADINGS) - {"state"}
"""Files that were exported before the column "State" existed have the others."""


def read_translation_workbook(path: Path) -> list[ReturnedText]:
    """Return the rows with a reference of every sheet with our headings. Raises BadFile with one sentence."""
    kind = detect_kind(path)
    try:
        if kind is FileKind.TEXT:
            raise BadFile(_("it is not a workbook"))
        with ValueReader(path) as values:
            grids = values.read_grids()
    except (BadFile, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=reason)) from error
    tables = [(grid, columns, row) for grid in grids if (place := _find_headings(grid)) for columns, row in [place]]
    if not tables:
        sentence = _('"{path}" has no columns {headings}. Export the file again with `ahtc welsh export`.')
        raise BadFile(sentence.format(path=path, headings=", ".join(_(heading) for heading in HEADINGS.values())))
    return [text for grid, columns, row in tables for text in _read_rows(grid, columns, row)]


def _find_headings(grid: Grid) -> tuple[dict[str, int], int] | None:
    """Return the column of each field and the number of the row with the headings; None where there is none."""
    names: dict[str, str] = {}
    for language in Language:
        with use_language(language):
            names |= {_(heading).casefold(): field for field, heading in HEADINGS.items()}
    for number, row in grid.rows:
        fields = {names.get(str(value or "").strip().casefold()): column for column, value in enumerate(row)}
        if fields.keys() >= REQUIRED:
            return {field: fields[field] for field in HEADINGS if field in fields}, number
    return None


def _read_rows(grid: Grid, columns: dict[str, int], heading_row: int) -> list[ReturnedText]:
    texts = []
    unreviewed = _list_translations(TranslationState.UNREVIEWED)
    for number, row in grid.rows:
        cells = {field: _read_cell(row[column] if column < len(row) else None) for field, column in columns.items()}
        if number > heading_row and cells["ref"]:
            cell = grid.format_cell_name(number, columns["cy"])
            is_reviewed = cells.get("state", "").casefold() not in unreviewed
            texts.append(ReturnedText(cells["ref"], cells["field"], cells["en"], cells["cy"], cell, is_reviewed))
    return texts


def _list_translations(state: TranslationState) -> frozenset[str]:
    """Return the readable names of a state in all languages, folded."""
    labels = set()
    for language in Language:
        with use_language(language):
            labels.add(state.label.casefold())
    return frozenset(labels)


def _read_cell(value: object) -> str:
    """Return the text of a cell; a whole number has no decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
