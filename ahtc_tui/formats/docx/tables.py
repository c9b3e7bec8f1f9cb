"""Tables of Word documents with repeated header rows, and rows that the template engine repeats."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.office_paper import EMPTY_CELLS, share_width
from ahtc_tui.domain.documents.page_space import MOST_ROWS_TOGETHER

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

RULE_COLOUR = "9AA3B5"
HEADING_TINT = "E9ECF2"
MANY_COLUMNS = 8
"""Number of columns above which a table has the narrow style."""

TABLE_PROPERTIES = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
    "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
    "tblDescription",
)  # fmt: skip
"""Children of `w:tblPr` in the order of the schema (ECMA-376 part 1, CT_TblPr)."""


TABLE_STYLE, NARROW_TABLE_STYLE = "Office table", "Office table narrow"
"""Names of the table styles; the second has less padding, for tables of many columns."""
CELL_PADDING, NARROW_PADDING = 108, 40
"""Horizontal padding of a cell, in twentieths of a point."""


def add_table_styles(page: Document, existing: Collection[str]) -> None:
    """Add the two table styles, unless they exist: rules between the rows, and a tinted header row."""
    for name, padding in ((TABLE_STYLE, CELL_PADDING), (NARROW_TABLE_STYLE, NARROW_PADDING)):
        if name not in existing:
            _add_table_style(page, name, padding)


def _add_table_style(page: Document, name: str, padding: int) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    rule = {"val": "single", "sz": "4", "space": "0", "color": RULE_COLOUR}
    borders = [_create_element(side, **rule) for side in ("top", "bottom", "insideH")]
    margins = [_create_element(side, w=str(padding), type="dxa") for side in ("left", "right")]
    properties = _create_element("tblPr")
    properties.append(_create_element("tblBorders", *borders))
    properties.append(_create_element("tblCellMar", *margins))
    shade = _create_element("shd", val="clear", color="auto", fill=HEADING_TINT)
    heading = _create_element("tblStylePr", _create_element("tcPr", shade), type="firstRow")
    style: Any = page.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.base_style = page.styles["Normal Table"]
    style.quick_style = True
    style.element.extend((properties, heading))


def _create_element(name: str, *children: Any, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    element.extend(children)
    return element


def add_table(page: Document, headings: Sequence[str], widths: Sequence[float], description: str) -> Table:
    """Add a table with a repeated header row; widths in centimetres; `description` is its text alternative."""
    from docx.shared import Cm

    style = NARROW_TABLE_STYLE if len(headings) > MANY_COLUMNS else TABLE_STYLE
    table: Table = page.add_table(rows=1, cols=len(headings), style=style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    properties = table._tbl.tblPr
    properties.append(_create_element("tblCaption", val=description))
    sort_table_properties(properties)
    head = table.rows[0]
    mark_header_row(head)
    for cell, heading in zip(head.cells, headings, strict=True):
        fill_cell(cell, f"@Cell heading|{heading}")
    return table


def add_template_rows(table: Table, name: str, source: str, cells: Sequence[str], section: str = "") -> None:
    """Add a row for each `name` of `source`.

    If the expression `section` is not empty, a row across all columns shows it first.
    """
    _add_statement(table, f"{{%tr for {name} in {source} %}}")
    if section:
        _add_statement(table, f"{{%tr if {section} %}}")
        section_cells = _add_row(table).cells
        fill_cell(section_cells[0].merge(section_cells[-1]), f"@Cell section|{{{{ {section} }}}}")
        _add_statement(table, "{%tr endif %}")
    for cell, text in zip(add_unsplit_row(table).cells, cells, strict=True):
        fill_cell(cell, text)
    _add_statement(table, "{%tr endfor %}")


def _add_statement(table: Table, statement: str) -> None:
    _add_row(table).cells[0].text = statement


def apply_style(paragraph: Paragraph, name: str) -> None:
    """Give a paragraph a style other than the default one; python-docx reads every style to find out which that is."""
    part: Any = paragraph.part
    paragraph._p.style = part.styles[name].style_id


def fill_cell(cell: _Cell, text: str) -> None:
    """Fill a cell with one paragraph per line; "@Style|" selects a style."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        style, _bar, content = line[1:].partition("|") if line.startswith("@") else ("Cell", "", line)
        apply_style(paragraph, style)
        paragraph.add_run(content)


def add_unsplit_row(table: Table) -> _Row:
    """Add a row that is not split across pages."""
    row = _add_row(table)
    row._tr.get_or_add_trPr().append(_create_element("cantSplit"))
    return row


def set_least_height(row: _Row, height: float) -> None:
    """Give a row a least height in centimetres; 0 leaves it to its text."""
    from docx.shared import Cm

    if height:
        row.height = Cm(height)


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


def keep_short_tables_together(body: Any) -> None:
    """Keep the rows of each short table on one page, by its paragraphs.

    A longer one may go on over the page, with the heading and two rows at least on the first page and two on the last.
    """
    from docx.oxml.ns import qn

    for table in body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        kept = rows[:-1] if len(rows) <= MOST_ROWS_TOGETHER else [*rows[:2], rows[-2]]
        for row in kept:
            for paragraph in row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def add_paragraph_after_last_table(page: Document) -> None:
    """Add an empty paragraph of no height where a document ends with a table.

    Word and LibreOffice add one of a full line, which may make a page of its own.
    """
    from docx.oxml.ns import qn
    from docx.shared import Pt

    *_others, last, _section = page.element.body
    if last.tag == qn("w:tbl"):
        paragraph = page.add_paragraph()
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing = Pt(1)


def mark_header_row(row: _Row) -> None:
    """Mark a row as the heading of its table, which is not split and is tagged as headings in a PDF."""
    row._tr.get_or_add_trPr().extend((_create_element("cantSplit"), _create_element("tblHeader")))


def sort_table_properties(properties: Any) -> None:
    """Put the children of a `w:tblPr` into the order of the schema; unknown ones are last."""
    from docx.oxml.ns import qn

    order = [qn(f"w:{name}") for name in TABLE_PROPERTIES]
    properties[:] = sorted(properties, key=lambda child: order.index(child.tag) if child.tag in order else len(order))


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def remove_empty_columns(body: Any, headings: Collection[str]) -> None:
    """Remove the columns with one of these headings that have no value in any row; the wide ones take their width.

    A column with another heading stays: a restyled template may have one to be filled in by hand.
    """
    from docx.oxml.ns import qn

    for table in body.iter(qn("w:tbl")):
        rows: list[list[Any]] = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
        head = rows.pop(0) if rows else []
        entries = [cells for cells in rows if len(cells) == len(head)]
        empty = {
            n
            for n, heading in enumerate(head)
            if _read_text(heading) in headings and all(_read_text(cells[n]) in EMPTY_CELLS for cells in entries)
        }
        is_regular = len(table.tblGrid) == len(head) and all(len(cells) in (1, len(head)) for cells in rows)
        if entries and is_regular and 0 < len(empty) < len(head):
            _remove_columns(table, empty)


def _remove_columns(table: Any, removed: Collection[int]) -> None:
    """Remove columns by their numbers; a row of one cell, such as the title of a section, spans the others."""
    from docx.oxml.ns import qn

    columns = dict(enumerate(table.tblGrid))
    old_widths = {n: column.w or 1 for n, column in columns.items()}
    kept = [n for n in columns if n not in removed]
    total = sum(old_widths.values())
    widths = dict(zip(kept, map(round, share_width(list(old_widths.values()), kept)), strict=True))
    for row in table.findall(qn("w:tr")):
        cells = row.findall(qn("w:tc"))
        if len(cells) == 1:
            cells[0].grid_span, cells[0].width = len(kept), total
            continue
        for n, cell in enumerate(cells):
            if n in removed:
                row.remove(cell)
            else:
                cell.width = widths[n]
    for n, column in columns.items():
        if n in removed:
            table.tblGrid.remove(column)
        else:
            column.w = widths[n]


def _read_text(cell: Any) -> str:
    from docx.oxml.ns import qn

    return "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip()
