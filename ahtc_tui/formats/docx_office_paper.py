"""A short paper of the office as a Word file: headings, sentences, tables with repeated heads. No template.

User text is literal whatever it holds. The same paper gives the same bytes.
"""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.safe import safe
from ahtc_tui.domain.words import _
from ahtc_tui.formats.docx_shapes import blank, field_of, footer_of, header_of
from ahtc_tui.formats.docx_tables import add_table
from ahtc_tui.formats.docx_zip import EPOCH, same_bytes

if TYPE_CHECKING:
    from docx.document import Document

    from ahtc_tui.domain.office_papers import OfficePaper, Part


def write_docx(path: Path, paper: OfficePaper) -> None:
    """Write the paper."""
    page = blank()
    header_of(page, paper.marking.label)
    footer_of(page, paper.marking.label, _line(paper.title), (_("Page"), _("of")))
    page.add_heading(_line(paper.title), level=1)
    page.add_paragraph(_line(paper.subtitle), style="Meeting day")
    for label, value in paper.facts:
        field_of(page, label, _line(value))
    for part in paper.parts:
        _part(page, part)
    properties = page.core_properties
    properties.title, properties.subject = _line(paper.title)[:255], _line(paper.subtitle)[:255]
    properties.keywords = paper.marking.label
    properties.revision = 1
    moment = datetime.combine(max(paper.day, EPOCH), time())
    properties.created = properties.modified = moment
    page.save(str(path))
    same_bytes(path, paper.day)


def _part(page: Document, part: Part) -> None:
    page.add_heading(_line(part.heading), level=2)
    for line in part.lines:
        page.add_paragraph(_line(line), style="Normal")
    if part.rows:
        table = add_table(page, part.head, part.widths)
        for row in part.rows:
            cells = table.add_row().cells  # type: ignore[no-untyped-call]
            for cell, text in zip(cells, row, strict=True):
                cell.paragraphs[0].text = _line(text)
                cell.paragraphs[0].style = "Cell"
    elif not part.lines:
        page.add_paragraph(part.none or _("None."), style="No actions")


def _line(text: str) -> str:
    """User text on one line, without what Word or a terminal would take for a command."""
    return " ".join(safe(text).split())
