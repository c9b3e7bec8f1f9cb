"""Footnotes of a Word document, which python-docx does not write: their references and the part with their texts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.i18n import Language
from ahtc_tui.formats.docx.page_layout import add_run, set_style
from ahtc_tui.formats.files.office_container import LANGUAGE_TAGS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TEXT_STYLE, REFERENCE_STYLE = "footnote text", "footnote reference"
"""Built-in names of the styles, which Word knows in every language."""
FIRST_NUMBER = 2
"""Ids of footnotes begin here: 0 and 1 are the lines between text and footnotes."""
SEPARATORS = (("separator", 0), ("continuationSeparator", 1))


def add_styles(page: Document) -> None:
    """Add the styles of footnotes that a page has not."""
    from docx.enum.style import WD_STYLE_TYPE

    existing = {style.name for style in page.styles}
    if TEXT_STYLE not in existing:
        set_style(page, TEXT_STYLE, {"size": 9, "after": 2})
    if REFERENCE_STYLE not in existing:
        style: Any = page.styles.add_style(REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
        style.font.superscript = True


class Footnotes:
    """The footnotes of a file, numbered through all its languages."""

    def __init__(self) -> None:
        self._notes: list[tuple[str, Language]] = []

    def add(self, paragraph: Paragraph, text: str, language: Language) -> None:
        """Append the reference of a new footnote to a paragraph."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(FIRST_NUMBER + len(self._notes)))
        add_run(paragraph, "", REFERENCE_STYLE).append(reference)
        self._notes.append((text, language))

    def attach(self, page: Document) -> None:
        """Add the part with the texts of the footnotes; nothing where there are none."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls
        from lxml import etree

        if not self._notes:
            return
        lines = [
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in SEPARATORS
        ]
        style_ids = [page.styles[name].style_id for name in (TEXT_STYLE, REFERENCE_STYLE)]
        lines += [
            _format_note(number, text, language, *style_ids)
            for number, (text, language) in enumerate(self._notes, FIRST_NUMBER)
        ]
        tree = parse_xml(f"<w:footnotes {nsdecls('w')}>{''.join(lines)}</w:footnotes>")
        blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, page.part.package)
        page.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _format_note(number: int, text: str, language: Language, text_style: str, reference_style: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{text_style}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{reference_style}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr><w:lang w:val="{LANGUAGE_TAGS[language]}"/></w:rPr>'
        f'<w:t xml:space="preserve"> {escape(text, quote=False)}</w:t></w:r></w:p></w:footnote>'
    )
