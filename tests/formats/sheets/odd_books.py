"""Odd workbooks, one trap each: how it is written, and what a reader must find in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ahtc_tui.domain.imports.sheets import Book
from ahtc_tui.domain.returns.headings import resolve_headings
from tests.formats.sheets.book_lines import find_cell, list_lines
from tests.formats.sheets.odd_sheets import (
    TITLES,
    add_comment,
    add_excel_table,
    add_filter,
    add_hidden_sheet,
    add_list_sheet,
    fill_cells,
    fill_far_cell,
    fill_row,
    hide_row_and_column,
    rename_sheet,
    strike_cell,
    use_1904_epoch,
    write_bilingual_headers,
    write_blank_rows,
    write_booleans,
    write_cover_sheet,
    write_duplicate_headings,
    write_far_space,
    write_far_word,
    write_formulas,
    write_from_column_c,
    write_grouped_headers,
    write_help_row,
    write_hostile_text,
    write_legend,
    write_lists_beside,
    write_lists_lower_down,
    write_long_text,
    write_merged_cells,
    write_new_row,
    write_notes_first,
    write_numbered_rows,
    write_odd_spaces,
    write_percent_formats,
    write_percentages,
    write_plain,
    write_repeated_headers,
    write_sections,
    write_serials,
    write_spare_columns,
    write_tables_below,
    write_tables_side_by_side,
    write_title_rows,
    write_totals,
    write_two_row_headers,
    write_unknown_headings,
    write_unmerged_headers,
    write_unmerged_sections,
    write_unnamed_column,
    write_wrapped_headings,
)


@dataclass(frozen=True)
class OddWorkbook:
    """A workbook with one trap."""

    trap: str
    make: Callable[[Worksheet], object]
    titles: dict[str, str] = field(default_factory=lambda: dict(TITLES))
    """Reference to title of every line that must be found, and no other."""
    cells: dict[str, Any] = field(default_factory=dict)
    """ "Sheet!A1" to the value that must be read there."""
    check: Callable[[Book], bool] = lambda _book: True
    """What must hold of the whole book."""


def find_fields(book: Book) -> tuple[str | None, ...]:
    """Return the fields of the first table."""
    return resolve_headings(book.tables[0].headers)


ODD_WORKBOOKS = [
    OddWorkbook("as it was sent", write_plain, cells={"S!D2": date(2014, 1, 31), "S!F3": None}),
    OddWorkbook("title and form lines above", write_title_rows),
    OddWorkbook("first column is C", write_from_column_c, cells={"S!E5": "AHTC"}),
    OddWorkbook("headers over two rows", write_two_row_headers, cells={"S!E3": date(2014, 1, 31)},
        check=lambda b: find_fields(b) == ("ref", "title", "lead", "original_due", "proposed_due", "status")),
    OddWorkbook("headers over two rows, not merged", write_unmerged_headers,
        check=lambda b: find_fields(b)[3:5] == ("original_due", "proposed_due")),
    OddWorkbook("groups of columns named above", write_grouped_headers, check=lambda b: "support" in find_fields(b)),
    OddWorkbook("cells merged downwards", write_merged_cells, cells={"S!B3": "2. Training", "S!D3": "AHTC"},
        check=lambda b: find_cell(b, "S!B3").spread and not find_cell(b, "S!B2").spread),
    OddWorkbook("headings between the rows, merged", write_sections,
        check=lambda b: [line.section for line in list_lines(b)] == ["Objective 2: Training", "Objective 3: Writing"]),
    OddWorkbook("headings between the rows", write_unmerged_sections, check=lambda b: list_lines(b)[1].section == "Objective 3: Writing"),
    OddWorkbook("hidden row and column", hide_row_and_column,
        check=lambda b: list_lines(b)[1].hidden and not list_lines(b)[0].hidden and b.tables[0].hidden_columns == (4,)),
    OddWorkbook("a very hidden sheet", add_hidden_sheet, check=lambda b: [table.hidden for table in b.tables] == [False, True]),
    OddWorkbook("lists beside the table", write_lists_beside, check=lambda b: len(b.tables) == 1 and len(b.tables[0].headers) == 6),
    OddWorkbook("a sheet of lists", add_list_sheet, check=lambda b: [table.sheet for table in b.tables] == ["S"]),
    OddWorkbook("lists that begin lower down", write_lists_lower_down, check=lambda b: len(b.tables) == 1),
    OddWorkbook("two tables side by side", write_tables_side_by_side, check=lambda b: len(b.tables) == 2),
    OddWorkbook("two tables, one below another", write_tables_below, check=lambda b: [table.title for table in b.tables] == ["Open", "Closed"]),
    OddWorkbook("rows numbered ahead", write_numbered_rows, check=lambda b: len(list_lines(b)) == 2),
    OddWorkbook("rows of totals", write_totals),
    OddWorkbook("blank rows between", write_blank_rows),
    OddWorkbook("headers printed again", write_repeated_headers),
    OddWorkbook("headers in both languages", write_bilingual_headers),
    OddWorkbook("a space in the last cell of the sheet", write_far_space),
    OddWorkbook("a word in the last column, far below", write_far_word, check=lambda b: "far from all others" in b.warnings[0].reason),
    OddWorkbook("a format in the last cell of the sheet", fill_far_cell, check=lambda b: not b.warnings),
    OddWorkbook("formulas that nobody calculated", write_formulas, cells={"S!D2": None},
        check=lambda b: b.warnings[0].cell == "S!D2" and b.warnings[0].reason.startswith("2 formulas")),
    OddWorkbook("an Excel table with a filter", add_excel_table),
    OddWorkbook("rows hidden by a filter", add_filter, check=lambda b: list_lines(b)[1].hidden),
    OddWorkbook("colours by code, theme, index and band", fill_cells,
        check=lambda b: [find_cell(b, f"S!{at}").fill for at in ("G2", "G3", "F2", "F3")] == ["green", "blue", "red", None]),
    OddWorkbook("a title struck through", strike_cell, check=lambda b: find_cell(b, "S!B3").struck and not find_cell(b, "S!B2").struck),
    OddWorkbook("a row coloured as a whole", fill_row, check=lambda b: find_cell(b, "S!G3").fill == "red" and not find_cell(b, "S!G2").fill),
    OddWorkbook("a comment", add_comment, check=lambda b: "speak to the chair" in str(find_cell(b, "S!F3").comment)),
    OddWorkbook("a serial number and a time", write_serials, cells={"S!D2": 41729, "S!D3": datetime(2014, 3, 31, 10)}),
    OddWorkbook("days since 1904", use_1904_epoch, cells={"S!D2": date(2014, 1, 31)}, check=lambda b: b.since_1904),
    OddWorkbook("odd spaces and signs", write_odd_spaces, {"DP-01": "Train\tthe staff", "DP-02": "Write the guide\u200b"},
        check=lambda b: find_fields(b) == ("ref", "title", "lead", "due", "status", "update")),
    OddWorkbook("headings broken over lines", write_wrapped_headings,
        check=lambda b: find_fields(b) == ("ref", "title", "lead", "due", "update")),
    OddWorkbook("words that a screen would obey", write_hostile_text, {"DP-01": TITLES["DP-01"], "DP-02": "[/x] bell \nend"}),
    OddWorkbook("instructions first", write_notes_first),
    OddWorkbook("a cover sheet", write_cover_sheet, check=lambda b: [table.sheet for table in b.tables] == ["Return"]),
    OddWorkbook("a column without a heading", write_unnamed_column, cells={"S!C2": "see note"}),
    OddWorkbook("a new row without a reference", write_new_row, {**TITLES, "S!B4": "Share the form"}),
    OddWorkbook("two columns of one meaning", write_duplicate_headings, check=lambda b: find_fields(b) == (None, "ref", "title", None, "due")),
    OddWorkbook("one heading known of three", write_unknown_headings, {"S!A2": "Train the staff"}),
    OddWorkbook("signs in the name of the sheet", rename_sheet, cells={"Q3 & 'Q4' <new> – ŵ!C2": "AHTC"}),
    OddWorkbook("tick boxes, filled down", write_booleans, cells={"S!C2": True, "S!C3": False}),
    OddWorkbook("percentages", write_percentages, cells={"S!E2": 0.5, "S!E3": 1}),
    OddWorkbook("percentages by number format", write_percent_formats,
        check=lambda b: [find_cell(b, f"S!{at}").value for at in ("E2", "E3", "F2", "F3")] == ["50%", "100%", 0.5, 1]),
    OddWorkbook("a cell of thirty thousand letters", write_long_text),
    OddWorkbook("a legend and signatures below", write_legend),
    OddWorkbook("headings merged over spare columns", write_spare_columns, cells={"S!F2": "AHTC"}, check=lambda b: len(b.tables) == 1),
    OddWorkbook("how to fill it in, under the headings", write_help_row),
]  # fmt: skip


def save_workbook(odd: OddWorkbook, path: Path) -> Path:
    """Write the workbook to a file."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "S"
    odd.make(sheet)
    book.save(path)
    return path
