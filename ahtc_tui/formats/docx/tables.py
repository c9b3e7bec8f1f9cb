"""Tables of Word documents with repeated header rows, and rows that the template engine repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row

RULE_COLOUR = "9AA3B5"
HEADING_TINT = "E9ECF2"

TABLE_PROPERTIES = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
    "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
    "tblDescription",
)  # fmt: skip
"""Children of `w:tblPr` in the order of the schema (ECMA-376 part 1, CT_TblPr)."""


def add_table(page: Document, headings: Sequence[str], widths: Sequence[float], quiet: bool = False) -> Table:
    """Add a table with a repeated header row; widths in centimetres. `quiet` omits the tint of the headings."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table: Table = page.add_table(rows=1, cols=len(headings))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE_COLOUR)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    _add_table_property(table, borders)
    head = table.rows[0]
    _repeat_row(head)
    for cell, heading in zip(head.cells, headings, strict=True):
        fill_cell(cell, f"@Cell heading|{heading}")
        if not quiet:
            _tint_cell(cell)
    return table


def _repeat_row(row: _Row) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _tint_cell(cell: _Cell) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEADING_TINT)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def add_template_rows(
    table: Table,
    name: str,
    source: str,
    kinds: Sequence[Sequence[str]],
    conditions: Sequence[str] = (),
    section: str = "",
) -> None:
    """Add a row for each `name` of `source`; of several kinds of rows, the first whose condition holds, else the last.

    If the expression `section` is not empty, a row across all columns shows it first.
    """
    _add_statement(table, f"{{%tr for {name} in {source} %}}")
    if section:
        _add_statement(table, f"{{%tr if {section} %}}")
        cells = _add_row(table).cells
        fill_cell(cells[0].merge(cells[-1]), f"@Cell section|{{{{ {section} }}}}")
        _add_statement(table, "{%tr endif %}")
    for number, kind in enumerate(kinds):
        if conditions:
            keyword = "if" if number == 0 else "elif"
            _add_statement(table, f"{{%tr {keyword} {conditions[number]} %}}" if conditions[number] else "{%tr else %}")
        row = add_unsplit_row(table)
        for cell, text in zip(row.cells, kind, strict=True):
            fill_cell(cell, text)
    if conditions:
        _add_statement(table, "{%tr endif %}")
    _add_statement(table, "{%tr endfor %}")


def _add_statement(table: Table, statement: str) -> None:
    _add_row(table).cells[0].text = statement


def fill_cell(cell: _Cell, text: str) -> None:
    """Fill a cell with one paragraph per line: "@Style|" selects a style, "**" begins and ends bold."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        style, _bar, content = line[1:].partition("|") if line.startswith("@") else ("Cell", "", line)
        paragraph.style = style
        for part, words in enumerate(re.split(r"\*\*", content)):
            if words:
                paragraph.add_run(words).bold = part % 2 == 1 or None


def add_unsplit_row(table: Table) -> _Row:
    """Add a row that is not split across pages."""
    from docx.oxml import OxmlElement

    row = _add_row(table)
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def tighten_cells(table: Table) -> None:
    """Reduce the horizontal padding of all cells."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    _add_table_property(table, margins)


def _add_table_property(table: Table, element: Any) -> None:
    table._tbl.tblPr.append(element)
    sort_table_properties(table._tbl.tblPr)


def repair_tables(body: Any) -> None:
    """Give every cell its paragraph and every table its properties in order.

    A filled template may lack them: a loop without entries leaves a cell empty, and Word refuses such a file (ECMA-376
    part 1, 17.4.65: a cell ends with a paragraph).
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in body.iter(qn("w:tc")):
        if not len(cell) or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))
    for properties in body.iter(qn("w:tblPr")):
        sort_table_properties(properties)


def sort_table_properties(properties: Any) -> None:
    """Put the children of a `w:tblPr` into the order of the schema; unknown ones are last."""
    from docx.oxml.ns import qn

    order = [qn(f"w:{name}") for name in TABLE_PROPERTIES]
    properties[:] = sorted(properties, key=lambda child: order.index(child.tag) if child.tag in order else len(order))


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row
