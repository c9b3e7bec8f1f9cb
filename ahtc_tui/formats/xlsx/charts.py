"""The two native charts of the summary, over the numbers beside them. Never a number of their own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.xlsx.style import BRAG_COLOURS, FONT, GRID, HEADING_FILL, INK, NOT_RATED_FILL

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CENTIMETRES_A_POINT = 2.54 / 72
_WIDTH = 17.0
OPENED_FILL, CLOSED_FILL = HEADING_FILL, "8FA9C9"


def add_objective_chart(sheet: Worksheet, anchor: str, rows: tuple[int, int], points: float, title: str = "") -> None:
    """Stacked bars, one an objective, in the colours of the ratings; `rows` are the heading and the last objective."""
    chart = _bars(title or _("Rating by objective"), points)
    chart.type = "bar"
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.gapWidth = 40
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    _add_series(sheet, chart, rows, columns=(2, 6))
    fills_and_inks = [*BRAG_COLOURS.values(), (NOT_RATED_FILL, INK)]
    for series, (fill, ink) in zip(chart.series, fills_and_inks, strict=True):
        _fill(series, fill)
        _label(series, ink)
    sheet.add_chart(chart, anchor)


def add_month_chart(sheet: Worksheet, anchor: str, rows: tuple[int, int], points: float) -> None:
    """Columns of actions opened and closed; `rows` are the heading and the last month."""
    chart = _bars(_("Actions opened and closed by month"), points)
    chart.type = "col"
    chart.grouping = "clustered"
    chart.gapWidth = 60
    _add_series(sheet, chart, rows, columns=(2, 3))
    for series, fill in zip(chart.series, (OPENED_FILL, CLOSED_FILL), strict=True):
        _fill(series, fill)
    sheet.add_chart(chart, anchor)


def add_line_chart(sheet: Worksheet, anchor: str, rows: tuple[int, int], points: float, title: str) -> None:
    """A line over the first column of numbers; `rows` are the heading and the last month."""
    from openpyxl.chart import LineChart

    chart = _dressed(LineChart(), title, points)
    _add_series(sheet, chart, rows, columns=(2, 2))
    line = chart.series[0]
    line.graphicalProperties.line.solidFill = HEADING_FILL
    line.graphicalProperties.line.width = 28575
    line.smooth = False
    sheet.add_chart(chart, anchor)


def add_timeline_chart(sheet: Worksheet, anchor: str, rows: tuple[int, int], points: float, today: date) -> None:
    """Bars over the days: empty to the beginning, dark while it runs, light where its date may lie.

    `rows` are the heading and the last bar; beginnings, days that it runs and days that it may be stand in D, G, H.
    """
    from openpyxl.chart.legend import LegendEntry

    chart = _bars(_("What is open, by date (as at {day})").format(day=long_date(today)), points)
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 40
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.y_axis.number_format = "mmm yy"
    starts = [sheet.cell(at, 4).value for at in range(rows[0] + 1, rows[1] + 1)]
    chart.y_axis.scaling.min = to_excel(min(day for day in starts if isinstance(day, date)))
    for column in (4, 7, 8):
        _add_series(sheet, chart, rows, columns=(column, column))
    for series, fill in zip(chart.series[1:], (OPENED_FILL, CLOSED_FILL), strict=True):
        _fill(series, fill)
    chart.series[0].graphicalProperties.noFill = True
    chart.series[0].graphicalProperties.line.noFill = True
    _edge(chart.series[2], CLOSED_FILL)
    chart.legend.legendEntry = [LegendEntry(idx=0, delete=True)]
    sheet.add_chart(chart, anchor)


def _edge(series: Any, fill: str) -> None:
    """An edge in the colour of the bar, so that one day of many months is still seen."""
    series.graphicalProperties.line.solidFill = fill
    series.graphicalProperties.line.width = 28_575


def to_excel(day: date) -> int:
    """A day as Excel counts it."""
    return (day - date(1899, 12, 30)).days


def _bars(title: str, points: float) -> Any:
    """An empty bar chart with nothing laid over the bars."""
    from openpyxl.chart import BarChart

    return _dressed(BarChart(), title, points)


def _dressed(chart: Any, title: str, points: float) -> Any:
    """A chart with both axes shown, whole numbers on the second, and its title above it."""
    from openpyxl.chart.shapes import GraphicalProperties

    chart.title = title
    chart.title.tx.rich.p[0].pPr = _paragraph(12, bold=True)
    chart.title.overlay = False
    chart.legend.position = "b"
    chart.legend.overlay = False
    chart.legend.txPr = _text(9)
    chart.roundedCorners = False
    chart.width, chart.height = _WIDTH, points * _CENTIMETRES_A_POINT
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _text(9)
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_line(GRID))
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


def _fill(series: Any, colour: str) -> None:
    series.graphicalProperties.solidFill = colour
    series.graphicalProperties.line.solidFill = "FFFFFF"
    series.invertIfNegative = False


def _label(series: Any, ink: str) -> None:
    """The number inside each part of a bar, so that the colour does not stand alone; nothing where it is nought."""
    from openpyxl.chart.label import DataLabelList

    labels: Any = DataLabelList(numFmt="0;;;", txPr=_text(9, ink, bold=True))
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    series.dLbls = labels
    write = labels.to_tree

    def with_its_own_format(*name: Any) -> Any:
        tree = write(*name)
        tree.find("numFmt").set("sourceLinked", "0")
        return tree

    labels.to_tree = with_its_own_format


def _line(colour: str) -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill=colour, w=9525)


def _text(points: float, ink: str = INK, *, bold: bool = False) -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph

    return RichText(p=[Paragraph(pPr=_paragraph(points, ink, bold=bold), endParaRPr=None)])


def _paragraph(points: float, ink: str = INK, *, bold: bool = False) -> Any:
    from openpyxl.drawing.text import CharacterProperties, Font, ParagraphProperties

    return ParagraphProperties(
        defRPr=CharacterProperties(sz=int(points * 100), b=bold, solidFill=ink, latin=Font(typeface=FONT))
    )


def add_period_chart(sheet: Worksheet, anchor: str, title: str, rows: tuple[int, int], points: float) -> None:
    """Columns, one a period, of the numbers in the second column; `rows` are the heading and the last period."""
    chart = _bars(title, points)
    chart.type = "col"
    chart.gapWidth = 60
    chart.legend = None
    chart.y_axis.number_format = "#,##0"
    _add_series(sheet, chart, rows, columns=(2, 2))
    _fill(chart.series[0], HEADING_FILL)
    sheet.add_chart(chart, anchor)
