"""Writers of odd sheets, one trap each, as other people send them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("Ref", "Action", "Lead", "Due", "Status", "Update")
FIRST_ROW = ("DP-01", "Train the staff", "AHTC", date(2014, 1, 31), "Ongoing", "First course held")
SECOND_ROW = ("DP-02", "Write the guide", "Bawso", "ASAP", "Complete", None)
TITLES = {"DP-01": "Train the staff", "DP-02": "Write the guide"}


def write_rows(sheet: Worksheet, *rows: tuple[Any, ...], top: int = 1, left: int = 1) -> None:
    """Write rows of values, starting at a cell."""
    for number, row in enumerate(rows, top):
        for column, value in enumerate(row, left):
            if value is not None:
                sheet.cell(number, column, value)


def create_fill(colour: Any) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def write_plain(sheet: Worksheet) -> None:
    """Write the table without any trap."""
    write_rows(sheet, HEADINGS, FIRST_ROW, SECOND_ROW)


def write_title_rows(sheet: Worksheet) -> None:
    write_rows(sheet, ("Leadership Group",), ("Return, quarter 3",), ("Lead:", "AHTC", "Date:", "12/12/2013"))
    sheet.merge_cells("A1:F1")
    write_rows(sheet, HEADINGS, FIRST_ROW, SECOND_ROW, top=6)


def write_from_column_c(sheet: Worksheet) -> None:
    write_rows(sheet, ("Delivery plan",), top=2, left=3)
    write_rows(sheet, HEADINGS, FIRST_ROW, SECOND_ROW, top=4, left=3)


def write_two_row_headers(sheet: Worksheet) -> None:
    write_rows(
        sheet, ("Ref", "Action", "Lead", "Due date", None, "Status"), (None, None, None, "Original", "Revised", None)
    )
    sheet.merge_cells("D1:E1")
    for column in "ABCF":
        sheet.merge_cells(f"{column}1:{column}2")
    write_rows(sheet, ("DP-01", "Train the staff", "AHTC", date(2013, 11, 30), date(2014, 1, 31), "Ongoing"), top=3)
    write_rows(sheet, ("DP-02", "Write the guide", "Bawso", None, None, "Complete"), top=4)


def write_unmerged_headers(sheet: Worksheet) -> None:
    write_two_row_headers(sheet)
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


def write_grouped_headers(sheet: Worksheet) -> None:
    write_rows(sheet, ("Details", None, "Ownership", None, "Dates"), ("Ref", "Action", "Lead", "Support", "Due"))
    for area in ("A1:B1", "C1:D1"):
        sheet.merge_cells(area)
    write_rows(sheet, ("DP-01", "Train the staff", "AHTC", "Bawso", "ASAP"), ("DP-02", "Write the guide"), top=3)


def write_merged_cells(sheet: Worksheet) -> None:
    write_rows(sheet, ("Ref", "Objective", "Action", "Lead"))
    write_rows(sheet, ("DP-01", "2. Training", "Train the staff", "AHTC"), ("DP-02", None, "Write the guide"), top=2)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("D2:D3")


def write_sections(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS, ("Objective 2: Training",), FIRST_ROW, ("Objective 3: Writing",), SECOND_ROW)
    sheet.merge_cells("A2:F2")
    sheet.merge_cells("A4:F4")


def write_unmerged_sections(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS, ("Objective 2: Training",), FIRST_ROW, ("Objective 3: Writing",), SECOND_ROW)


def hide_row_and_column(sheet: Worksheet) -> None:
    write_plain(sheet)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True


def add_hidden_sheet(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS, FIRST_ROW)
    book: Any = sheet.parent
    hidden = book.create_sheet("Old")
    write_rows(hidden, HEADINGS, SECOND_ROW)
    hidden.sheet_state = "veryHidden"


def write_lists_beside(sheet: Worksheet) -> None:
    write_plain(sheet)
    write_rows(sheet, ("Status", "Lead"), ("Ongoing", "AHTC"), ("Complete", "Bawso"), ("On hold", "CPS"), left=9)


def add_list_sheet(sheet: Worksheet) -> None:
    write_plain(sheet)
    book: Any = sheet.parent
    write_rows(book.create_sheet("Lists"), ("Status", "BRAG", "Lead"), ("Ongoing", "R", "AHTC"))


def write_lists_lower_down(sheet: Worksheet) -> None:
    write_plain(sheet)
    write_rows(sheet, ("Status", "RAG"), ("Ongoing", "R"), ("Complete", "A"), top=2, left=10)


def write_tables_side_by_side(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS[:3], FIRST_ROW[:3])
    write_rows(sheet, HEADINGS[:3], SECOND_ROW[:3], left=6)


def write_tables_below(sheet: Worksheet) -> None:
    write_rows(sheet, ("Open",), HEADINGS, FIRST_ROW)
    write_rows(sheet, ("Closed",), ("No.", "What", "By whom"), SECOND_ROW[:3], top=7)


def write_numbered_rows(sheet: Worksheet) -> None:
    write_rows(sheet, ("No.", *HEADINGS), (1, *FIRST_ROW), (2, *SECOND_ROW), *[(number,) for number in range(3, 40)])


def write_totals(sheet: Worksheet) -> None:
    write_plain(sheet)
    write_rows(sheet, (None, "Total", None, 2), ("Total: 2",), top=4)


def write_blank_rows(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS, (), FIRST_ROW, (), (), SECOND_ROW)


def write_repeated_headers(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS, FIRST_ROW, HEADINGS, SECOND_ROW)


def write_bilingual_headers(sheet: Worksheet) -> None:
    welsh = ("Cyf.", "Cam gweithredu", "Arweinydd", "Erbyn", "Statws", "Cynnydd")
    write_rows(sheet, HEADINGS, welsh, FIRST_ROW, SECOND_ROW)


def write_far_space(sheet: Worksheet) -> None:
    write_plain(sheet)
    sheet["XFD1048576"] = " "


def write_far_word(sheet: Worksheet) -> None:
    write_plain(sheet)
    sheet["XFD900000"] = "stray"


def fill_far_cell(sheet: Worksheet) -> None:
    write_plain(sheet)
    sheet["XFD1048576"].fill = create_fill("FFFF00")


def write_formulas(sheet: Worksheet) -> None:
    write_plain(sheet)
    sheet["D2"] = "=TODAY()+30"
    sheet["A9"] = "=COUNTA(B2:B3)"


def add_excel_table(sheet: Worksheet) -> None:
    from openpyxl.worksheet.table import Table

    write_rows(sheet, HEADINGS, FIRST_ROW, SECOND_ROW, top=3, left=2)
    sheet.add_table(Table(displayName="Log", ref="B3:G5"))
    sheet.auto_filter.ref = "B3:G5"


def add_filter(sheet: Worksheet) -> None:
    write_plain(sheet)
    sheet.auto_filter.ref = "A1:F3"
    sheet.auto_filter.add_filter_column(4, ["Ongoing"])
    sheet.row_dimensions[3].hidden = True


def fill_cells(sheet: Worksheet) -> None:
    write_rows(sheet, (*HEADINGS, "BRAG"), FIRST_ROW, SECOND_ROW)
    sheet["G2"].fill = create_fill("92D050")
    sheet["G3"].fill = create_fill(Color(theme=4, tint=0.4))
    sheet["F2"].fill = create_fill(Color(indexed=10))
    sheet["F3"].fill = create_fill("DDEBF7")


def strike_cell(sheet: Worksheet) -> None:
    write_plain(sheet)
    sheet["B3"].font = Font(strike=True)


def fill_row(sheet: Worksheet) -> None:
    write_rows(sheet, (*HEADINGS, "BRAG"), FIRST_ROW, SECOND_ROW)
    sheet.row_dimensions[3].fill = create_fill("FF0000")


def add_comment(sheet: Worksheet) -> None:
    write_plain(sheet)
    sheet["F3"].comment = Comment("reviewer:\nspeak to the chair first", "reviewer")


def write_serials(sheet: Worksheet) -> None:
    write_rows(
        sheet, HEADINGS, (*FIRST_ROW[:3], 41729, "Ongoing"), (*SECOND_ROW[:3], datetime(2014, 3, 31, 10, 0), "Complete")
    )


def use_1904_epoch(sheet: Worksheet) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book: Any = sheet.parent
    book.epoch = CALENDAR_MAC_1904
    write_plain(sheet)


def write_odd_spaces(sheet: Worksheet) -> None:
    write_rows(sheet, ("\u00a0Ref ", "Action\n(what)", "LEAD:", "Due  date", "status*", "Up-date"))
    write_rows(sheet, (" DP-01\u00a0", "Train\tthe staff", "AHTC"), ("DP-02", "Write the guide\u200b"), top=2)


def write_wrapped_headings(sheet: Worksheet) -> None:
    write_rows(
        sheet,
        ("Ref", "Action required", "By\nwhom", "By\nwhen", "Progress since\nlast meeting"),
        FIRST_ROW[:4],
        SECOND_ROW[:4],
    )


def write_hostile_text(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS, FIRST_ROW, ("DP-02", "[/x] _x0007_bell _x000D_end", "=cmd", None, "<b>"))
    sheet["C3"].data_type = "s"


def write_notes_first(sheet: Worksheet) -> None:
    write_rows(sheet, ("Please fill in the white cells and return to the secretariat by the end of the month.",))
    write_rows(sheet, ("Status is one of:", "Ongoing", "Complete"), top=2)
    write_rows(sheet, HEADINGS, FIRST_ROW, SECOND_ROW, top=5)


def write_cover_sheet(sheet: Worksheet) -> None:
    write_rows(sheet, ("Quarterly return",), ("Owner", "Gwent Police"), ("Date", date(2013, 12, 31)))
    book: Any = sheet.parent
    write_plain(book.create_sheet("Return"))


def write_unnamed_column(sheet: Worksheet) -> None:
    write_rows(sheet, ("Ref", "Action", None, "Lead"), (*FIRST_ROW[:2], "see note", "AHTC"), SECOND_ROW[:2])


def write_new_row(sheet: Worksheet) -> None:
    write_plain(sheet)
    write_rows(sheet, (None, "Share the form", "SPOC Gwent"), top=4)


def write_duplicate_headings(sheet: Worksheet) -> None:
    write_rows(
        sheet, ("Item", "Ref", "Action", "Date", "Due date"), (1, *FIRST_ROW[:2], "x", "ASAP"), (2, *SECOND_ROW[:2])
    )


def write_unknown_headings(sheet: Worksheet) -> None:
    write_rows(sheet, ("Action", "Zone of work", "Colour of ink"), ("Train the staff", "north", "x"))


def rename_sheet(sheet: Worksheet) -> None:
    sheet.title = "Q3 & 'Q4' <new> – ŵ"
    write_plain(sheet)


def write_booleans(sheet: Worksheet) -> None:
    write_rows(
        sheet, ("Ref", "Action", "Complete?"), ("DP-01", "Train the staff", True), ("DP-02", "Write the guide", False)
    )
    write_rows(sheet, (None, None, False), top=4)


def write_percentages(sheet: Worksheet) -> None:
    write_rows(sheet, (*HEADINGS[:4], "% complete"), (*FIRST_ROW[:4], 0.5), (*SECOND_ROW[:4], 1))


def write_percent_formats(sheet: Worksheet) -> None:
    """Write numbers that are shown as percentages, and numbers beside a percent sign that is only text."""
    write_rows(sheet, (*HEADINGS[:4], "Status", "Share"), (*FIRST_ROW[:4], 0.5, 0.5), (*SECOND_ROW[:4], 1, 1))
    for row, number_format in ((2, "0.0%"), (3, "0%")):
        sheet.cell(row, 5).number_format = number_format
        sheet.cell(row, 6).number_format = '0.0" of 1%"'


def write_long_text(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS, (*FIRST_ROW[:5], "word " * 6_000), SECOND_ROW)


def write_legend(sheet: Worksheet) -> None:
    write_plain(sheet)
    write_rows(sheet, ("Key:",), ("R", "Red: late"), ("A", "Amber: at risk"), (), ("Signed:", "SPOC", "Date:"), top=5)


def write_spare_columns(sheet: Worksheet) -> None:
    write_rows(
        sheet, ("Ref", None, "Action", None, None, "Lead"), ("DP-01", None, "Train the staff", None, None, "AHTC")
    )
    write_rows(sheet, ("DP-02", None, "Write the guide"), top=3)
    for area in ("A1:B1", "C1:E1", "A2:B2", "C2:E2"):
        sheet.merge_cells(area)


def write_help_row(sheet: Worksheet) -> None:
    write_rows(sheet, HEADINGS, ("(fixed)", "(fixed)", "(name)", "(dd/mm/yy)", "(choose)"), FIRST_ROW, SECOND_ROW)
