"""The skeleton of every workbook: sheets with title and note, page layout, document properties, reproducible saving.

openpyxl is imported inside functions, so that only an export loads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.documents.translation import translate_names
from ahtc_tui.domain.i18n import Language, _, get_current_language, render_one_line, use_language
from ahtc_tui.formats.files.office_container import LANGUAGE_TAGS
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text, format_sheet_name
from ahtc_tui.formats.xlsx.streaming import SheetStream, save_workbook
from ahtc_tui.formats.xlsx.style import BODY_POINTS, FONT, HEADING_FILL, INK, build_style, write_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


LINE_COLUMNS = 7
"""Number of columns that a line in two languages covers."""


def _create_workbook() -> Any:
    """Return a workbook with our normal font, since Excel measures column widths in its digits.

    Its cells begin at the top by default: in an ODS file the colours of a rating bring the default alignment with them.
    """
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils.indexed_list import IndexedList
    from openpyxl.workbook import Workbook

    workbook: Any = Workbook()
    normal = Font(name=FONT, size=BODY_POINTS, family=2)
    workbook._fonts = IndexedList([normal])
    workbook._named_styles["Normal"].font = normal
    workbook._named_styles["Normal"].alignment = Alignment(vertical="top")
    return workbook


class PaperSize(NamedTuple):
    """Size of the paper of a sheet, and the number of pages beside each other."""

    code: int
    """Number in ECMA-376, 18.3.1.63."""
    room: float
    """Width between the margins of a page in landscape, in inches."""
    pages_wide: int = 1


A4, A3 = PaperSize(9, 10.9), PaperSize(8, 15.7)
LEAST_POINTS = 8
"""Smallest type of a printed sheet."""
INCHES_OF_WIDTH = 0.0778
"""Width of a unit of column width at the type size of the sheets, in inches."""


def choose_paper(widths: Iterable[float]) -> PaperSize:
    """Return the paper on which columns print in type of at least 8 points: A4, A3, or several pages of A3."""
    needed = sum(widths) * INCHES_OF_WIDTH * LEAST_POINTS / BODY_POINTS
    if needed <= A4.room:
        return A4
    return A3._replace(pages_wide=ceil(needed / A3.room))


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
    _titles: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.describe(self.title, self.note)

    def describe(self, title: str, note: str) -> None:
        """Set title and note of the sheets that follow, in the language of the second half of a bilingual file."""
        self.title, self.note = title, note
        self._titles.append(title)
        self._notes.append(note)

    def add_sheet(self, name: str, title: str = "") -> Worksheet:
        """Add a sheet with the title of the workbook or its own in A1, and the note in A2."""
        sheet: Any = self.book.create_sheet() if self._has_sheets else self.book.active
        self._has_sheets = True
        sheet.title = format_sheet_name(name)
        _write_line(sheet, 1, title or self.title, 16, HEADING_FILL, 24)
        _write_line(sheet, 2, self.note, 11, INK, 20)
        return cast("Worksheet", sheet)

    def lay_out(
        self,
        sheet: Any,
        *,
        area: str = "",
        heading_rows: str = "",
        frozen: str = "",
        pages_tall: int = 0,
        paper: PaperSize = A4,
    ) -> None:
        """Set landscape, as many pages wide as `paper` says, with the marking in header and footer and page numbers.

        `area` is printed, `heading_rows` ("3:3") are repeated on every page, `frozen` is the first cell that scrolls.
        """
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = paper.code
        sheet.page_setup.fitToWidth = paper.pages_wide
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
        page = render_one_line(lambda: _("Page {page} of {pages}").format(page="&P", pages="&N"))
        _set_page_part(sheet.oddFooter.center, page)
        day = render_one_line(lambda: _("as at {day}").format(day=format_long_date(self.as_at)))
        _set_page_part(sheet.oddFooter.right, day)
        if area:
            sheet.print_area = area
        if heading_rows:
            sheet.print_title_rows = heading_rows
        if frozen:
            sheet.freeze_panes = frozen

    def save(self, path: Path, streams: Mapping[str, SheetStream] | None = None) -> None:
        """Write the file, replacing any; `streams` are the rows that are appended to sheets, by title.

        The times in the properties are `as_at`, so that equal content gives equal bytes.
        """
        from openpyxl.packaging.custom import StringProperty

        properties = self.book.properties
        properties.title, properties.subject = clean_cell_text(_join(self._titles)), clean_cell_text(_join(self._notes))
        properties.creator = properties.lastModifiedBy = format_author()
        properties.keywords = self.marking.label
        properties.language = LANGUAGE_TAGS[get_current_language().languages[0]]
        properties.created = properties.modified = datetime.combine(self.as_at, time())
        self.book.custom_doc_props.append(StringProperty(name="as_at", value=self.as_at.isoformat()))
        save_workbook(self.book, path, self.as_at, streams)


class Report(Protocol):
    """Attributes of every report: title, note, marking and day."""

    @property
    def title(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def marking(self) -> Marking: ...
    @property
    def as_at(self) -> date: ...


ReportT = TypeVar("ReportT", bound=Report)


def write_report(
    path: Path,
    build_report: Callable[[], ReportT],
    add_sheets: Callable[[ReportWorkbook, ReportT], None],
    names: Mapping[str, str] | None = None,
) -> None:
    """Write a report, replacing any file; one in both languages has the sheets in Welsh and then those in English.

    `names` are Welsh names by English name, for the sheets in Welsh.
    """
    workbook: ReportWorkbook | None = None
    for language in get_current_language().languages:
        with use_language(language):
            report = build_report()
            if names and language is Language.CY:
                report = translate_names(report, names)
            if workbook is None:
                workbook = ReportWorkbook(report.title, report.note, report.marking, report.as_at)
            else:
                workbook.describe(report.title, report.note)
            add_sheets(workbook, report)
    if workbook is not None:
        workbook.save(path)


def _write_line(sheet: Any, row: int, text: str, size: int, ink: str, height: float) -> None:
    """Write a line above the table; one in two languages has a row of two lines, across the columns."""
    lines = text.count("\n") + 1
    line_style = build_style(sheet, bold=True, size=size, ink=ink, grid=False, wrap=lines > 1)
    write_cell(sheet.cell(row, 1), text, line_style)
    sheet.row_dimensions[row].height = height * lines
    if lines > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=LINE_COLUMNS)


def _join(texts: Sequence[str]) -> str:
    """Return a property, which has one line."""
    return " | ".join(texts).replace("\n", " | ")


def _set_page_part(part: Any, text: str, *, bold: bool = False) -> None:
    part.text = text
    part.size = 10
    part.font = f"{FONT},{'Bold' if bold else 'Regular'}"
