"""The skeleton of every workbook: sheets with title and note, page layout, document properties, reproducible saving.

openpyxl is imported inside functions, so that only an export loads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text, format_sheet_name
from ahtc_tui.formats.xlsx.streaming import SheetStream, save_workbook
from ahtc_tui.formats.xlsx.style import BODY_POINTS, FONT, HEADING_FILL, build_style, write_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def _create_workbook() -> Any:
    """Return a workbook with our normal font, since Excel measures column widths in its digits."""
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList
    from openpyxl.workbook import Workbook

    workbook: Any = Workbook()
    normal = Font(name=FONT, size=BODY_POINTS, family=2)
    workbook._fonts = IndexedList([normal])
    workbook._named_styles["Normal"].font = normal
    return workbook


@dataclass
class ReportWorkbook:
    """A workbook that leaves the office, with what all its sheets have in common."""

    title: str
    note: str
    """Line below the title, with the marking."""
    marking: Marking
    as_at: date
    book: Any = field(default_factory=_create_workbook)
    """The openpyxl workbook."""
    _has_sheets: bool = False

    def add_sheet(self, name: str, title: str = "") -> Worksheet:
        """Add a sheet with the title of the workbook or its own in A1, and the note in A2."""
        sheet: Any = self.book.create_sheet() if self._has_sheets else self.book.active
        self._has_sheets = True
        sheet.title = format_sheet_name(name)
        heading = build_style(sheet, bold=True, size=16, ink=HEADING_FILL, grid=False, wrap=False)
        write_cell(sheet["A1"], title or self.title, heading)
        write_cell(sheet["A2"], self.note, build_style(sheet, bold=True, size=11, grid=False, wrap=False))
        sheet.row_dimensions[1].height = 24
        sheet.row_dimensions[2].height = 20
        return cast("Worksheet", sheet)

    def lay_out(
        self, sheet: Any, *, area: str = "", heading_rows: str = "", frozen: str = "", pages_tall: int = 0
    ) -> None:
        """Set A4 landscape, one page wide, with the marking in header and footer and page numbers in the footer.

        `area` is printed, `heading_rows` ("3:3") are repeated on every page, `frozen` is the first cell that scrolls.
        """
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = pages_tall
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top = margins.bottom = 0.7
        margins.header = margins.footer = 0.3
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False
        _set_page_part(sheet.oddHeader.center, self.marking.label, bold=True)
        _set_page_part(sheet.oddFooter.left, self.marking.label, bold=True)
        _set_page_part(sheet.oddFooter.center, _("Page {page} of {pages}").format(page="&P", pages="&N"))
        _set_page_part(sheet.oddFooter.right, _("as at {day}").format(day=format_long_date(self.as_at)))
        if area:
            sheet.print_area = area
        if heading_rows:
            sheet.print_title_rows = heading_rows
        if frozen:
            sheet.freeze_panes = frozen

    def save(self, path: Path, streams: Mapping[str, SheetStream] | None = None) -> None:
        """Write the file, replacing any; `streams` are the rows that are appended to sheets, by title.

        Times in the properties are those of `as_at`, so that equal content gives equal bytes.
        """
        from openpyxl.packaging.custom import StringProperty

        properties = self.book.properties
        properties.title, properties.subject = clean_cell_text(self.title), clean_cell_text(self.note)
        properties.creator = properties.lastModifiedBy = format_author()
        properties.keywords = self.marking.label
        properties.created = properties.modified = datetime.combine(self.as_at, time())
        self.book.custom_doc_props.append(StringProperty(name="as_at", value=self.as_at.isoformat()))
        save_workbook(self.book, path, self.as_at, streams)


def _set_page_part(part: Any, text: str, *, bold: bool = False) -> None:
    part.text = text
    part.size = 10
    part.font = f"{FONT},{'Bold' if bold else 'Regular'}"
