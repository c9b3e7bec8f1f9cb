"""Native Excel charts over number tables of the same sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.xlsx.style import BRAG_COLOURS, FONT, GRID, HEADING_FILL, INK, NOT_RATED_FILL

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CENTIMETRES_A_POINT = 2.54 / 72
LABEL_POINTS = 9
_WIDTH = 17.0
OPENED_FILL, CLOSED_FILL = HEADING_FILL, "8FA9C9"


def _add_chart(sheet: Worksheet, anchor: str, chart: Any, axis_titles: tuple[str, str]) -> None:
    """Add a chart with titles of the category axis and of the value axis."""
    for axis, title in zip((chart.x_axis, chart.y_axis), axis_titles, strict=True):
        axis.title = title
        axis.title.tx.rich.p[0].pPr = _create_paragraph_style(9)
        axis.title.overlay = False
    sheet.add_chart(chart, anchor)


def add_objective_chart(sheet: Worksheet, anchor: str, rows: tuple[int, int], points: float, title: str = "") -> None:
    """Add stacked bars, one per row, in the colours of the ratings; `rows` are the heading row and the last row."""
    chart = _create_bar_chart(title or _("Rating by objective"), points)
    chart.type = "bar"
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.gapWidth = 40
    chart.x_axis.tickLblSkip = 1
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    _add_series(sheet, chart, rows, columns=(2, 6))
    fills_and_inks = [*BRAG_COLOURS.values(), (NOT_RATED_FILL, INK)]
    for series, (fill, ink) in zip(chart.series, fills_and_inks, strict=True):
        _fill_series(series, fill)
        _label_series(series, ink)
    category = str(sheet.cell(rows[0], 1).value)
    _add_chart(sheet, anchor, chart, (category, _("Number of actions")))


def add_month_chart(sheet: Worksheet, anchor: str, rows: tuple[int, int], points: float) -> None:
    """Add columns of actions opened and closed; `rows` are the heading row and the row of the last month."""
    chart = _create_bar_chart(_("Actions opened and closed by month"), points)
    chart.type = "col"
    chart.grouping = "clustered"
    chart.gapWidth = 60
    _add_series(sheet, chart, rows, columns=(2, 3))
    for series, fill in zip(chart.series, (OPENED_FILL, CLOSED_FILL), strict=True):
        _fill_series(series, fill)
    _add_chart(sheet, anchor, chart, (_("Month"), _("Number of actions")))


def add_line_chart(sheet: Worksheet, anchor: str, rows: tuple[int, int], points: float, title: str) -> None:
    """Add a line chart of the first number column; `rows` are the heading row and the row of the last month."""
    from openpyxl.chart import LineChart

    chart = _format_chart(LineChart(), title, points)
    _add_series(sheet, chart, rows, columns=(2, 2))
    line = chart.series[0]
    line.graphicalProperties.line.solidFill = HEADING_FILL
    line.graphicalProperties.line.width = 28575
    line.smooth = False
    _add_chart(sheet, anchor, chart, (_("Month"), _("Number of actions")))


def add_timeline_chart(sheet: Worksheet, anchor: str, rows: tuple[int, int], points: float, today: date) -> None:
    """Add bars over a date axis: blank until the start, dark while running, light where the end is uncertain.

    The title of the axis explains the two shades: LibreOffice shows an entry of a legend for the blank part.

    `rows` are the heading row and the row of the last bar. Column D has the start, G the days running, H the uncertain
    days.
    """
    chart = _create_bar_chart(_("What is open, by date (as at {date})").format(date=format_long_date(today)), points)
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 40
    chart.x_axis.tickLblSkip = 1
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.y_axis.number_format = "mmm yy"
    starts = [sheet.cell(row_number, 4).value for row_number in range(rows[0] + 1, rows[1] + 1)]
    chart.y_axis.scaling.min = to_excel_day(min(day for day in starts if isinstance(day, date)))
    for column in (4, 7, 8):
        _add_series(sheet, chart, rows, columns=(column, column))
    for series, fill in zip(chart.series[1:], (OPENED_FILL, CLOSED_FILL), strict=True):
        _fill_series(series, fill)
    chart.series[0].graphicalProperties.noFill = True
    chart.series[0].graphicalProperties.line.noFill = True
    _add_edge(chart.series[2], CLOSED_FILL)
    chart.legend = None
    dates = _("Date (dark: until the earliest due date; light: until the latest)")
    _add_chart(sheet, anchor, chart, (_("Action"), dates))


def _add_edge(series: Any, fill: str) -> None:
    """Give the bars an edge in their own colour, so that a single day stays visible among many months."""
    series.graphicalProperties.line.solidFill = fill
    series.graphicalProperties.line.width = 28_575


def to_excel_day(day: date) -> int:
    """Return the serial number of a day in Excel."""
    return (day - date(1899, 12, 30)).days


def _create_bar_chart(title: str, points: float) -> Any:
    from openpyxl.chart import BarChart

    return _format_chart(BarChart(), title, points)


def _format_chart(chart: Any, title: str, points: float) -> Any:
    """Show both axes, whole numbers on the value axis, and the title above the chart."""
    from openpyxl.chart.shapes import GraphicalProperties

    chart.title = title
    chart.title.tx.rich.p[0].pPr = _create_paragraph_style(12, bold=True)
    chart.title.overlay = False
    chart.legend.position = "b"
    chart.legend.overlay = False
    chart.legend.txPr = _create_rich_text()
    chart.roundedCorners = False
    chart.width, chart.height = _WIDTH, points * _CENTIMETRES_A_POINT
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _create_rich_text()
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_create_line(GRID))
    chart.y_axis.number_format = "0"
    chart.y_axis.scaling.min = 0
    return chart


def _add_series(sheet: Worksheet, chart: Any, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    from openpyxl.chart import Reference

    heading, last = rows
    first_column, last_column = columns
    chart.add_data(
        Reference(sheet, min_col=first_column, max_col=last_column, min_row=heading, max_row=last),
        titles_from_data=True,
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=heading + 1, max_row=last))


def _fill_series(series: Any, colour: str) -> None:
    series.graphicalProperties.solidFill = colour
    series.graphicalProperties.line.solidFill = "FFFFFF"
    series.invertIfNegative = False


def _label_series(series: Any, ink: str) -> None:
    """Show the number inside each part of a bar, so that colour is not the only information; hide zero."""
    from openpyxl.chart.label import DataLabelList

    labels: Any = DataLabelList(numFmt="0;;;", txPr=_create_rich_text(ink, bold=True))
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    series.dLbls = labels
    to_tree = labels.to_tree

    def to_tree_with_format(*name: Any) -> Any:
        tree = to_tree(*name)
        tree.find("numFmt").set("sourceLinked", "0")
        return tree

    labels.to_tree = to_tree_with_format


def _create_line(colour: str) -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill=colour, w=9525)


def _create_rich_text(ink: str = INK, *, bold: bool = False) -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph

    return RichText(p=[Paragraph(pPr=_create_paragraph_style(LABEL_POINTS, ink, bold=bold), endParaRPr=None)])


def _create_paragraph_style(points: float, ink: str = INK, *, bold: bool = False) -> Any:
    from openpyxl.drawing.text import CharacterProperties, Font, ParagraphProperties

    return ParagraphProperties(
        defRPr=CharacterProperties(sz=int(points * 100), b=bold, solidFill=ink, latin=Font(typeface=FONT))
    )


def add_period_chart(sheet: Worksheet, anchor: str, title: str, rows: tuple[int, int], points: float) -> None:
    """Add one column per period for the second column of the table; `rows` are the heading row and the last row."""
    chart = _create_bar_chart(title, points)
    chart.type = "col"
    chart.gapWidth = 60
    chart.legend = None
    chart.y_axis.number_format = "#,##0"
    _add_series(sheet, chart, rows, columns=(2, 2))
    _fill_series(chart.series[0], HEADING_FILL)
    _add_chart(sheet, anchor, chart, (_("Period"), _("Value")))
