"""An office paper as a slide, from a template that the secretariat may have restyled in PowerPoint or LibreOffice.

The layout of the template decides place, font and colour; its placeholders are recognised by their names. Equal papers
give equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import ProgramError
from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, _, use_language
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.formats.blocks.office_paper import clean_text
from ahtc_tui.formats.files.office_container import (
    LANGUAGE_TAGS,
    DocumentProperties,
    build_template_error,
    normalize_container,
    set_properties,
)

if TYPE_CHECKING:
    from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperPart

PLACEHOLDERS = ("Title", "Marking", "Facts", "Table", "Lists", "Footer")
"""Names of the placeholders of the layout, in reading order."""
LENGTHS = (400, 160, 110, 80)
"""Characters of a text in a list or cell, in the order in which they are tried until a slide has room."""
CELL_CHARACTERS, CELL_LINE = 5.0, 0.46
"""Characters of a centimetre of a cell, and height of a line in centimetres, in the type of the table."""
MOST_ROWS = 10
"""Rows of the table that a slide has room for; the heading has the number of all where there are more."""
LINE_LENGTH, MOST_LINES = 52, 22
"""Characters of a line, and lines, that the lists have room for in the type of the shipped template."""
SHARES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Sizes of the type of the lists, as shares of the size in the template."""
LEAST_SHARE = 0.8
"""Smallest type for which longer texts are preferred."""
CELL_POINTS = 11
ROW_CENTIMETRES = 0.7
EMU = 360_000
"""Units of the file in a centimetre."""
CELL_MARGINS = {"left": 0.15, "right": 0.15, "top": 0.05, "bottom": 0.05}
"""Margins of a cell in centimetres."""

Lines = Sequence[tuple[int, str]]
"""Paragraphs with their level: 0 for a heading, 1 for a point."""


def write_office_paper_slides(
    path: Path, papers: Sequence[tuple[Language, OfficePaper]], template: Path, name_office: Callable[[], str]
) -> None:
    """Write a slide for the paper in each of its languages: its first part as a table, the others as lists.

    `name_office` returns the name of the office in the current language, for the foot of the slide. Raises BadFile with
    one sentence if the template cannot be used, ProgramError where python-pptx is not installed.
    """
    try:
        import pptx
    except ImportError as error:
        sentence = _('Presentations need more Python packages. Install them with `pip install "ahtc[slides]"`.')
        raise ProgramError(sentence) from error
    try:
        page: Any = pptx.Presentation(str(template))
        layout = page.slide_layouts[0]
    except Exception as error:  # python-pptx, lxml and zipfile raise many types for other files
        raise build_template_error(template, _("it is not a presentation with a slide layout")) from error
    positions = {shape.name: shape.placeholder_format.idx for shape in layout.placeholders}
    for name in PLACEHOLDERS:
        if name not in positions:
            raise build_template_error(template, _('no placeholder is called "{name}"').format(name=name))
    for language, paper in papers:
        slide = page.slides.add_slide(layout)
        shapes = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
        with use_language(language):
            named = {name: shapes[positions[name]] for name in PLACEHOLDERS}
            _fill_slide(named, paper, language, name_office())
    properties = DocumentProperties(
        [language for language, _paper in papers],
        [clean_text(paper.title) for _language, paper in papers],
        [clean_text(paper.subtitle) for _language, paper in papers],
        papers[0][1].marking,
        papers[0][1].day,
    )
    set_properties(page.core_properties, properties)
    page.save(str(path))
    normalize_container(path, properties.day)


def _fill_slide(shapes: dict[str, Any], paper: OfficePaper, language: Language, office: str) -> None:
    """Fill the placeholders of a slide, in the current language."""
    first, *others = (part.without_empty_columns() for part in paper.parts)
    others = others if first.rows else [first, *others]
    facts = [(0, paper.subtitle), *((0, f"{label}: {value}") for label, value in paper.facts)]
    texts: dict[str, Lines] = {
        "Title": [(0, paper.title)],
        "Marking": [(0, paper.marking.label)],
        "Facts": facts,
        "Lists": _fit_lists(others),
        "Footer": [(0, office)],
    }
    for name, lines in texts.items():
        shapes[name].name = name
        _write_lines(shapes[name].text_frame, lines, language)
    _reduce_type(shapes["Lists"].text_frame, texts["Lists"])
    if first.rows:
        _fill_table(shapes["Table"], first, language)
    else:
        shapes["Table"]._element.getparent().remove(shapes["Table"]._element)


def _fit_lists(parts: Sequence[PaperPart]) -> Lines:
    """Return the lines of the lists, with texts as long as the slide has room for."""
    candidates = [[line for part in parts for line in _list_lines(part, length)] for length in LENGTHS]
    return next((lines for lines in candidates if (_find_share(lines) or 0) >= LEAST_SHARE), candidates[-1])


def _list_lines(part: PaperPart, length: int) -> Iterator[tuple[int, str]]:
    """Yield the heading of a part and a point for each row: "Adopt the course (Bawso; 7 February 2014)"."""
    yield 0, part.heading
    for title, *details in part.rows:
        known = "; ".join(detail for detail in details if detail not in ("", "–"))
        yield 1, shorten_text(title, length) + (f" ({known})" if known else "")
    if part.is_empty:
        yield 1, part.none or _("No entries.")


def _reduce_type(frame: Any, lines: Lines) -> None:
    """Reduce the type of lists that are longer than their place; PowerPoint itself does so only after an edit."""
    from pptx.enum.text import MSO_AUTO_SIZE

    share = _find_share(lines) or SHARES[-1]
    if share < 1:
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        frame._txBody.bodyPr.normAutofit.set("fontScale", str(round(share * 100_000)))


def _find_share(lines: Lines) -> float | None:
    """Return the size of the type in which the lists have room, None if in none."""
    heights = {share: sum(ceil(len(line) * share / LINE_LENGTH) for _level, line in lines) * share for share in SHARES}
    return next((share for share, height in heights.items() if height <= MOST_LINES), None)


def _find_cell_length(rows: Sequence[Sequence[str]], column: float, height: float) -> int:
    """Return how long texts in the first column can be; its width and the height of the table are in centimetres."""

    def measure(length: int) -> float:
        lines = (ceil(len(shorten_text(row[0], length)) / (column * CELL_CHARACTERS)) for row in rows)
        return sum(max(ROW_CENTIMETRES, number * CELL_LINE + CELL_MARGINS["top"] * 2) for number in lines)

    return next((length for length in LENGTHS if measure(length) + ROW_CENTIMETRES <= height), LENGTHS[-1])


def _fill_table(placeholder: Any, part: PaperPart, language: Language) -> None:
    """Put the table of a part in place of its placeholder, with the heading of the part as its alternative text."""
    from pptx.util import Cm

    rows = part.rows[:MOST_ROWS]
    head = (f"{part.head[0]} ({len(part.rows)})" if len(rows) < len(part.rows) else part.head[0], *part.head[1:])
    width, height = placeholder.width, placeholder.height
    frame = placeholder.insert_table(len(rows) + 1, len(head))
    frame.name = "Table"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean_text(part.heading))
    for column, share in zip(frame.table.columns, part.widths, strict=True):
        column.width = int(width * share / sum(part.widths))
    longest = _find_cell_length(rows, frame.table.columns[0].width / EMU, height / EMU)
    for table_row, texts in zip(frame.table.rows, (head, *rows), strict=True):
        table_row.height = Cm(ROW_CENTIMETRES)
        for cell, text in zip(table_row.cells, texts, strict=True):
            for side, margin in CELL_MARGINS.items():
                setattr(cell, f"margin_{side}", Cm(margin))
            _write_lines(cell.text_frame, [(0, shorten_text(text, longest))], language, CELL_POINTS)


def _write_lines(frame: Any, lines: Lines, language: Language, points: int = 0) -> None:
    """Write paragraphs, each run with its language: what is marked as English is English."""
    from pptx.util import Pt

    for number, (level, line) in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.level = level
        before, mark, after = clean_text(line).partition(ENGLISH_ONLY)
        for text, tag in ((before, language), (mark + after, Language.EN)):
            if text:
                run = paragraph.add_run()
                run.text = text
                run._r.get_or_add_rPr().set("lang", LANGUAGE_TAGS[tag])
                run.font.size = Pt(points) if points else None
