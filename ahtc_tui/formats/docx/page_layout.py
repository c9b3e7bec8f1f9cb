"""Page layout of Word documents: size, styles, language, marking and page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.formats.docx.tables import add_table_styles, apply_style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer, _Header
    from docx.text.paragraph import Paragraph

FONT = "Arial"
INK = "1F2A44"
"""Colour of headings, with a contrast of 13 to 1."""

STYLES: dict[str, dict[str, Any]] = {
    "Normal": {"size": 11, "after": 6},
    "Heading 1": {"size": 20, "bold": True, "colour": INK, "before": 0, "after": 6, "keep": True},
    "Heading 2": {"size": 13, "bold": True, "colour": INK, "before": 16, "after": 4, "keep": True},
    "Heading 3": {"size": 11, "bold": True, "before": 8, "after": 2, "keep": True},
    "Group name": {"size": 13, "bold": True, "colour": INK, "after": 2, "keep": True},
    "Meeting day": {"size": 13, "bold": True, "after": 4},
    "Meeting facts": {"size": 11, "after": 2},
    "Remark": {"size": 10, "italic": True, "before": 6, "after": 2},
    "Warning": {"size": 11, "bold": True, "colour": "9C1C1C", "before": 6, "after": 4},
    "Section label": {"size": 11, "italic": True, "colour": INK, "before": 12, "after": 0, "keep": True},
    "Brief": {"size": 11, "bold": True, "before": 8, "after": 4, "keep": True},
    "No actions": {"size": 11, "italic": True, "before": 4, "after": 4},
    "Cell": {"size": 10, "before": 2, "after": 2},
    "Cell heading": {"size": 10, "bold": True, "before": 2, "after": 2, "keep": True},
    "Cell section": {"size": 10, "bold": True, "italic": True, "colour": INK, "before": 4, "after": 2, "keep": True},
    "Minute": {"size": 11, "before": 2, "after": 6, "hang": 1.1},
    "List Bullet": {"size": 11, "before": 0, "after": 2},
    "Small": {"size": 9, "before": 0, "after": 2},
    "Office name": {"size": 14, "bold": True, "colour": INK, "after": 2, "keep": True},
    "Letterhead": {"size": 9, "after": 0, "keep": True},
    "Addressee": {"size": 11, "after": 0, "keep": True},
    "Signature": {"size": 11, "after": 0, "keep": True},
    "Marking": {"size": 10, "bold": True, "after": 0, "centre": True},
    "Status": {"size": 9, "after": 0, "centre": True},
    "Foot": {"size": 9, "after": 0},
}

REFERENCE_STYLE = "Reference"
"""Character style of internal references: small and grey, with a contrast of 5.9 to 1."""


def create_page() -> Document:
    """Return an empty A4 document in English with the styles."""
    import docx
    from docx.shared import Cm

    page = docx.Document()
    _remove_unused_parts(page)
    section = page.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.0)
    for name, look in STYLES.items():
        set_style(page, name, look)
    add_missing_styles(page)
    _set_language(page)
    return page


def _remove_unused_parts(page: Document) -> None:
    """Remove the thumbnail, and the copy of the styles for Word 2010, which would not have our styles."""
    for relations in (page.part.package.rels, page.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del relations[key]


def set_style(page: Document, name: str, look: dict[str, Any]) -> None:
    """Define a paragraph style by an entry of `STYLES`; sizes in points, `hang` and `tabs` in centimetres."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    exists = name in [style.name for style in page.styles]
    style: Any = page.styles[name] if exists else page.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not exists:
        style.base_style = page.styles["Normal"]
        style.quick_style = True
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.font.size = Pt(look["size"])
    style.font.bold, style.font.italic = look.get("bold", False), look.get("italic", False)
    style.font.color.rgb = RGBColor.from_string(look.get("colour", "000000"))
    paragraph_format = style.paragraph_format
    paragraph_format.space_before, paragraph_format.space_after = Pt(look.get("before", 0)), Pt(look["after"])
    paragraph_format.line_spacing, paragraph_format.keep_with_next = 1.08, look.get("keep", False)
    if "hang" in look:
        paragraph_format.left_indent, paragraph_format.first_line_indent = Cm(look["hang"]), Cm(-look["hang"])
        for position in look.get("tabs", (look["hang"],)):
            paragraph_format.tab_stops.add_tab_stop(Cm(position))
    if look.get("centre"):
        paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if name == "Heading 2":
        paragraph_format.tab_stops.add_tab_stop(Cm(1.1))


def add_missing_styles(page: Document) -> None:
    """Add the styles that a page has not, such as one of a template in which they were renamed."""
    existing = {style.name for style in page.styles}
    for name, look in STYLES.items():
        if name not in existing:
            set_style(page, name, look)
    if REFERENCE_STYLE not in existing:
        _add_reference_style(page)
    add_table_styles(page, existing)


def _add_reference_style(page: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    style: Any = page.styles.add_style(REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
    style.font.size, style.font.color.rgb = Pt(8), RGBColor.from_string("5A6372")


def _set_language(page: Document) -> None:
    """Set British English, and the layout of current Word versions instead of Word 2007."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for language in page.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    page.core_properties.language = "en-GB"
    settings = page.settings.element
    compatible = settings.find(qn("w:compat"))
    mode = OxmlElement("w:compatSetting")
    values = (("name", "compatibilityMode"), ("uri", "http://schemas.microsoft.com/office/word"), ("val", "15"))
    for name, value in values:
        mode.set(qn(f"w:{name}"), value)
    compatible.append(mode)
    page.core_properties.comments = page.core_properties.title = page.core_properties.author = ""


def add_line(page: Document, text: str, style: str) -> Paragraph:
    """Append a paragraph in a style other than the default one, and return it; the text has no tab or line break."""
    paragraph = page.add_paragraph()
    apply_style(paragraph, style)
    add_run(paragraph, text)
    return paragraph


def add_run(paragraph: Paragraph, text: str, style: str = "") -> Any:
    """Append a run without a tab or line break, perhaps in a character style, and return its element.

    python-docx takes longer: it reads every style for each name, and appends each character by itself.
    """
    document_part: Any = paragraph.part
    run = paragraph._p.add_r()
    if style:
        run.style = document_part.styles[style].style_id
    if text:
        run.add_t(text)
    return run


def add_header(page: Document, status: str = "") -> None:
    """Add the marking and, below it, the status of the document to the header."""
    header = page.sections[0].header
    _set_marking(header)
    if status:
        header.add_paragraph(status, style="Status")


def add_footer(page: Document, name: str) -> None:
    """Add the marking, the name of the document, and "page n of m" to the footer."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    footer = page.sections[0].footer
    _set_marking(footer)
    line = footer.add_paragraph(f"{name}\t{{{{ say.page }}}} ", style="Foot")
    line.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)
    _add_page_field(line, "PAGE")
    line.add_run(" {{ say.of }} ")
    _add_page_field(line, "NUMPAGES")


def _set_marking(part: _Header | _Footer) -> None:
    part.is_linked_to_previous = False
    part.paragraphs[0].text = "{{ marking }}"
    part.paragraphs[0].style = "Marking"


def _add_page_field(line: Paragraph, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "code", "separate", "value", "end"):
        run = line.add_run("1" if kind == "value" else "")
        if kind == "code":
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind != "value":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def add_labelled_line(page: Document, label: str, value: str) -> None:
    """Add a line "Label: value"."""
    line = page.add_paragraph(style="Meeting facts")
    line.add_run(f"{label}: ", style="Strong")
    line.add_run(value)
