"""Workbooks as people send them, one trap each: how it is made, and what a reader must find in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from ahtc_tui.domain.imports.sheets import Book
from ahtc_tui.domain.returns.readers import fields_of
from tests.formats.sheets.book_lines import all_lines, cell_at

HEADS = ("Ref", "Action", "Lead", "Due", "Status", "Update")
ONE = ("DP-01", "Train the staff", "AHTC", date(2014, 1, 31), "Ongoing", "First course held")
TWO = ("DP-02", "Write the guide", "Bawso", "ASAP", "Complete", None)
BOTH = {"DP-01": "Train the staff", "DP-02": "Write the guide"}


@dataclass(frozen=True)
class Odd:
    """One odd workbook."""

    trap: str
    make: Callable[[Worksheet], object]
    titles: dict[str, str] = field(default_factory=lambda: dict(BOTH))
    """Reference to title of every line that must be found, and no other."""
    cells: dict[str, Any] = field(default_factory=dict)
    """ "Sheet!A1" to the value that must be read there."""
    seen: Callable[[Book], bool] = lambda _book: True
    """What must hold of the whole book."""


def put(sheet: Worksheet, *rows: tuple[Any, ...], top: int = 1, left: int = 1) -> None:
    """Write rows of values from a cell on."""
    for number, row in enumerate(rows, top):
        for column, value in enumerate(row, left):
            if value is not None:
                sheet.cell(number, column, value)


def _fill(colour: Any) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def plain(sheet: Worksheet) -> None:
    """The table as it was sent."""
    put(sheet, HEADS, ONE, TWO)


def titled(sheet: Worksheet) -> None:
    put(sheet, ("Leadership Group",), ("Return, quarter 3",), ("Lead:", "AHTC", "Date:", "12/12/2013"))
    sheet.merge_cells("A1:F1")
    put(sheet, HEADS, ONE, TWO, top=6)


def from_column_c(sheet: Worksheet) -> None:
    put(sheet, ("Delivery plan",), top=2, left=3)
    put(sheet, HEADS, ONE, TWO, top=4, left=3)


def two_row_headers(sheet: Worksheet) -> None:
    put(sheet, ("Ref", "Action", "Lead", "Due date", None, "Status"), (None, None, None, "Original", "Revised", None))
    sheet.merge_cells("D1:E1")
    for column in "ABCF":
        sheet.merge_cells(f"{column}1:{column}2")
    put(sheet, ("DP-01", "Train the staff", "AHTC", date(2013, 11, 30), date(2014, 1, 31), "Ongoing"), top=3)
    put(sheet, ("DP-02", "Write the guide", "Bawso", None, None, "Complete"), top=4)


def two_rows_without_merging(sheet: Worksheet) -> None:
    two_row_headers(sheet)
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


def grouped_above(sheet: Worksheet) -> None:
    put(sheet, ("Details", None, "Ownership", None, "Dates"), ("Ref", "Action", "Lead", "Support", "Due"))
    for area in ("A1:B1", "C1:D1"):
        sheet.merge_cells(area)
    put(sheet, ("DP-01", "Train the staff", "AHTC", "Bawso", "ASAP"), ("DP-02", "Write the guide"), top=3)


def merged_down(sheet: Worksheet) -> None:
    put(sheet, ("Ref", "Objective", "Action", "Lead"))
    put(sheet, ("DP-01", "2. Training", "Train the staff", "AHTC"), ("DP-02", None, "Write the guide"), top=2)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("D2:D3")


def sections(sheet: Worksheet) -> None:
    put(sheet, HEADS, ("Objective 2: Training",), ONE, ("Objective 3: Writing",), TWO)
    sheet.merge_cells("A2:F2")
    sheet.merge_cells("A4:F4")


def unmerged_sections(sheet: Worksheet) -> None:
    put(sheet, HEADS, ("Objective 2: Training",), ONE, ("Objective 3: Writing",), TWO)


def hidden_things(sheet: Worksheet) -> None:
    plain(sheet)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True


def hidden_sheet(sheet: Worksheet) -> None:
    put(sheet, HEADS, ONE)
    book: Any = sheet.parent
    other = book.create_sheet("Old")
    put(other, HEADS, TWO)
    other.sheet_state = "veryHidden"


def lists_beside(sheet: Worksheet) -> None:
    plain(sheet)
    put(sheet, ("Status", "Lead"), ("Ongoing", "AHTC"), ("Complete", "Bawso"), ("On hold", "CPS"), left=9)


def list_sheet(sheet: Worksheet) -> None:
    plain(sheet)
    book: Any = sheet.parent
    put(book.create_sheet("Lists"), ("Status", "BRAG", "Lead"), ("Ongoing", "R", "AHTC"))


def lists_lower_down(sheet: Worksheet) -> None:
    plain(sheet)
    put(sheet, ("Status", "RAG"), ("Ongoing", "R"), ("Complete", "A"), top=2, left=10)


def side_by_side(sheet: Worksheet) -> None:
    put(sheet, HEADS[:3], ONE[:3])
    put(sheet, HEADS[:3], TWO[:3], left=6)


def one_below_another(sheet: Worksheet) -> None:
    put(sheet, ("Open",), HEADS, ONE)
    put(sheet, ("Closed",), ("No.", "What", "By whom"), TWO[:3], top=7)


def numbered_ahead(sheet: Worksheet) -> None:
    put(sheet, ("No.", *HEADS), (1, *ONE), (2, *TWO), *[(number,) for number in range(3, 40)])


def totals(sheet: Worksheet) -> None:
    plain(sheet)
    put(sheet, (None, "Total", None, 2), ("Total: 2",), top=4)


def blank_rows(sheet: Worksheet) -> None:
    put(sheet, HEADS, (), ONE, (), (), TWO)


def repeated_headers(sheet: Worksheet) -> None:
    put(sheet, HEADS, ONE, HEADS, TWO)


def both_languages(sheet: Worksheet) -> None:
    welsh = ("Cyf.", "Cam gweithredu", "Arweinydd", "Erbyn", "Statws", "Cynnydd")
    put(sheet, HEADS, welsh, ONE, TWO)


def far_cell(sheet: Worksheet) -> None:
    plain(sheet)
    sheet["XFD1048576"] = " "


def far_word(sheet: Worksheet) -> None:
    plain(sheet)
    sheet["XFD900000"] = "stray"


def far_format(sheet: Worksheet) -> None:
    plain(sheet)
    sheet["XFD1048576"].fill = _fill("FFFF00")


def formulas(sheet: Worksheet) -> None:
    plain(sheet)
    sheet["D2"] = "=TODAY()+30"
    sheet["A9"] = "=COUNTA(B2:B3)"


def excel_table(sheet: Worksheet) -> None:
    from openpyxl.worksheet.table import Table

    put(sheet, HEADS, ONE, TWO, top=3, left=2)
    sheet.add_table(Table(displayName="Log", ref="B3:G5"))
    sheet.auto_filter.ref = "B3:G5"


def filtered(sheet: Worksheet) -> None:
    plain(sheet)
    sheet.auto_filter.ref = "A1:F3"
    sheet.auto_filter.add_filter_column(4, ["Ongoing"])
    sheet.row_dimensions[3].hidden = True


def coloured(sheet: Worksheet) -> None:
    put(sheet, (*HEADS, "BRAG"), ONE, TWO)
    sheet["G2"].fill = _fill("92D050")
    sheet["G3"].fill = _fill(Color(theme=4, tint=0.4))
    sheet["F2"].fill = _fill(Color(indexed=10))
    sheet["F3"].fill = _fill("DDEBF7")


def struck(sheet: Worksheet) -> None:
    plain(sheet)
    sheet["B3"].font = Font(strike=True)


def coloured_row(sheet: Worksheet) -> None:
    put(sheet, (*HEADS, "BRAG"), ONE, TWO)
    sheet.row_dimensions[3].fill = _fill("FF0000")


def commented(sheet: Worksheet) -> None:
    plain(sheet)
    sheet["F3"].comment = Comment("reviewer:\nspeak to the chair first", "reviewer")


def serials(sheet: Worksheet) -> None:
    put(sheet, HEADS, (*ONE[:3], 41729, "Ongoing"), (*TWO[:3], datetime(2014, 3, 31, 10, 0), "Complete"))


def since_1904(sheet: Worksheet) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book: Any = sheet.parent
    book.epoch = CALENDAR_MAC_1904
    plain(sheet)


def odd_spaces(sheet: Worksheet) -> None:
    put(sheet, ("\u00a0Ref ", "Action\n(what)", "LEAD:", "Due  date", "status*", "Up-date"))
    put(sheet, (" DP-01\u00a0", "Train\tthe staff", "AHTC"), ("DP-02", "Write the guide\u200b"), top=2)


def wrapped_heading(sheet: Worksheet) -> None:
    put(sheet, ("Ref", "Action required", "By\nwhom", "By\nwhen", "Progress since\nlast meeting"), ONE[:4], TWO[:4])


def hostile_words(sheet: Worksheet) -> None:
    put(sheet, HEADS, ONE, ("DP-02", "[/x] _x0007_bell _x000D_end", "=cmd", None, "<b>"))
    sheet["C3"].data_type = "s"


def notes_first(sheet: Worksheet) -> None:
    put(sheet, ("Please fill in the white cells and return to the secretariat by the end of the month.",))
    put(sheet, ("Status is one of:", "Ongoing", "Complete"), top=2)
    put(sheet, HEADS, ONE, TWO, top=5)


def cover_sheet(sheet: Worksheet) -> None:
    put(sheet, ("Quarterly return",), ("Owner", "Gwent Police"), ("Date", date(2013, 12, 31)))
    book: Any = sheet.parent
    plain(book.create_sheet("Return"))


def unnamed_column(sheet: Worksheet) -> None:
    put(sheet, ("Ref", "Action", None, "Lead"), (*ONE[:2], "see note", "AHTC"), TWO[:2])


def new_rows(sheet: Worksheet) -> None:
    plain(sheet)
    put(sheet, (None, "Share the form", "SPOC Gwent"), top=4)


def same_heading_twice(sheet: Worksheet) -> None:
    put(sheet, ("Item", "Ref", "Action", "Date", "Due date"), (1, *ONE[:2], "x", "ASAP"), (2, *TWO[:2]))


def few_known(sheet: Worksheet) -> None:
    put(sheet, ("Action", "Zone of work", "Colour of ink"), ("Train the staff", "north", "x"))


def strange_sheet_name(sheet: Worksheet) -> None:
    sheet.title = "Q3 & 'Q4' <new> – ŵ"
    plain(sheet)


def booleans(sheet: Worksheet) -> None:
    put(sheet, ("Ref", "Action", "Complete?"), ("DP-01", "Train the staff", True), ("DP-02", "Write the guide", False))
    put(sheet, (None, None, False), top=4)


def percentages(sheet: Worksheet) -> None:
    put(sheet, (*HEADS[:4], "% complete"), (*ONE[:4], 0.5), (*TWO[:4], 1))


def very_long(sheet: Worksheet) -> None:
    put(sheet, HEADS, (*ONE[:5], "word " * 6_000), TWO)


def legend_below(sheet: Worksheet) -> None:
    plain(sheet)
    put(sheet, ("Key:",), ("R", "Red: late"), ("A", "Amber: at risk"), (), ("Signed:", "SPOC", "Date:"), top=5)


def spare_columns(sheet: Worksheet) -> None:
    put(sheet, ("Ref", None, "Action", None, None, "Lead"), ("DP-01", None, "Train the staff", None, None, "AHTC"))
    put(sheet, ("DP-02", None, "Write the guide"), top=3)
    for area in ("A1:B1", "C1:E1", "A2:B2", "C2:E2"):
        sheet.merge_cells(area)


def filling_in(sheet: Worksheet) -> None:
    put(sheet, HEADS, ("(fixed)", "(fixed)", "(name)", "(dd/mm/yy)", "(choose)"), ONE, TWO)


ODD = [
    Odd("as it was sent", plain, cells={"S!D2": date(2014, 1, 31), "S!F3": None}),
    Odd("title and form lines above", titled),
    Odd("first column is C", from_column_c, cells={"S!E5": "AHTC"}),
    Odd("headers over two rows", two_row_headers, cells={"S!E3": date(2014, 1, 31)},
        seen=lambda b: fields_of(b.tables[0].headers) == ("ref", "title", "lead", "original_due", "proposed_due", "status")),
    Odd("headers over two rows, not merged", two_rows_without_merging,
        seen=lambda b: fields_of(b.tables[0].headers)[3:5] == ("original_due", "proposed_due")),
    Odd("groups of columns named above", grouped_above, seen=lambda b: "support" in fields_of(b.tables[0].headers)),
    Odd("cells merged downwards", merged_down, cells={"S!B3": "2. Training", "S!D3": "AHTC"},
        seen=lambda b: cell_at(b, "S!B3").spread and not cell_at(b, "S!B2").spread),
    Odd("headings between the rows, merged", sections,
        seen=lambda b: [line.section for line in all_lines(b)] == ["Objective 2: Training", "Objective 3: Writing"]),
    Odd("headings between the rows", unmerged_sections,
        seen=lambda b: all_lines(b)[1].section == "Objective 3: Writing"),
    Odd("hidden row and column", hidden_things,
        seen=lambda b: all_lines(b)[1].hidden and not all_lines(b)[0].hidden and b.tables[0].hidden_columns == (4,)),
    Odd("a very hidden sheet", hidden_sheet, seen=lambda b: [table.hidden for table in b.tables] == [False, True]),
    Odd("lists beside the table", lists_beside, seen=lambda b: len(b.tables) == 1 and len(b.tables[0].headers) == 6),
    Odd("a sheet of lists", list_sheet, seen=lambda b: [table.sheet for table in b.tables] == ["S"]),
    Odd("lists that begin lower down", lists_lower_down, seen=lambda b: len(b.tables) == 1),
    Odd("two tables side by side", side_by_side, seen=lambda b: len(b.tables) == 2),
    Odd("two tables, one below another", one_below_another, seen=lambda b: [table.title for table in b.tables] == ["Open", "Closed"]),
    Odd("rows numbered ahead", numbered_ahead, seen=lambda b: len(all_lines(b)) == 2),
    Odd("rows of totals", totals),
    Odd("blank rows between", blank_rows),
    Odd("headers printed again", repeated_headers),
    Odd("headers in both languages", both_languages),
    Odd("a space in the last cell of the sheet", far_cell),
    Odd("a word in the last column, far below", far_word, seen=lambda b: "far from all others" in b.warnings[0].reason),
    Odd("a format in the last cell of the sheet", far_format, seen=lambda b: not b.warnings),
    Odd("formulas that nobody calculated", formulas, cells={"S!D2": None},
        seen=lambda b: b.warnings[0].cell == "S!D2" and b.warnings[0].reason.startswith("2 formulas")),
    Odd("an Excel table with a filter", excel_table),
    Odd("rows hidden by a filter", filtered, seen=lambda b: all_lines(b)[1].hidden),
    Odd("colours by code, theme, index and band", coloured,
        seen=lambda b: [cell_at(b, f"S!{at}").fill for at in ("G2", "G3", "F2", "F3")] == ["green", "blue", "red", None]),
    Odd("a title struck through", struck, seen=lambda b: cell_at(b, "S!B3").struck and not cell_at(b, "S!B2").struck),
    Odd("a row coloured as a whole", coloured_row,
        seen=lambda b: cell_at(b, "S!G3").fill == "red" and not cell_at(b, "S!G2").fill),
    Odd("a comment", commented, seen=lambda b: "speak to the chair" in str(cell_at(b, "S!F3").comment)),
    Odd("a serial number and a time", serials, cells={"S!D2": 41729, "S!D3": datetime(2014, 3, 31, 10)}),
    Odd("days since 1904", since_1904, cells={"S!D2": date(2014, 1, 31)}, seen=lambda b: b.since_1904),
    Odd("odd spaces and signs", odd_spaces, {"DP-01": "Train\tthe staff", "DP-02": "Write the guide\u200b"},
        seen=lambda b: fields_of(b.tables[0].headers) == ("ref", "title", "lead", "due", "status", "update")),
    Odd("headings broken over lines", wrapped_heading,
        seen=lambda b: fields_of(b.tables[0].headers) == ("ref", "title", "lead", "due", "update")),
    Odd("words that a screen would obey", hostile_words, {"DP-01": BOTH["DP-01"], "DP-02": "[/x] bell \nend"}),
    Odd("instructions first", notes_first),
    Odd("a cover sheet", cover_sheet, seen=lambda b: [table.sheet for table in b.tables] == ["Return"]),
    Odd("a column without a heading", unnamed_column, cells={"S!C2": "see note"}),
    Odd("a new row without a reference", new_rows, {**BOTH, "S!B4": "Share the form"}),
    Odd("two columns of one meaning", same_heading_twice,
        seen=lambda b: fields_of(b.tables[0].headers) == (None, "ref", "title", None, "due")),
    Odd("one heading known of three", few_known, {"S!A2": "Train the staff"}),
    Odd("signs in the name of the sheet", strange_sheet_name, cells={"Q3 & 'Q4' <new> – ŵ!C2": "AHTC"}),
    Odd("tick boxes, filled down", booleans, cells={"S!C2": True, "S!C3": False}),
    Odd("percentages", percentages, cells={"S!E2": 0.5, "S!E3": 1}),
    Odd("a cell of thirty thousand letters", very_long),
    Odd("a legend and signatures below", legend_below),
    Odd("headings merged over spare columns", spare_columns, cells={"S!F2": "AHTC"}, seen=lambda b: len(b.tables) == 1),
    Odd("how to fill it in, under the headings", filling_in),
]  # fmt: skip


def saved(odd: Odd, path: Path) -> Path:
    """The workbook as a file."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "S"
    odd.make(sheet)
    book.save(path)
    return path
