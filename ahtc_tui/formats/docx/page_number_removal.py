"""Removes the page numbers of a Word document that becomes a part of a larger file with numbers of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def remove_page_numbers(path: Path) -> None:
    """Remove the page numbers from the headers and footers of a document, with the text from the tab before them on.

    A paragraph without a tab loses all its text.
    """
    import docx
    from docx.oxml.ns import qn

    page = docx.Document(str(path))
    for part in page.part.package.iter_parts():
        if part.partname.startswith(("/word/header", "/word/footer")):
            root: Any = part
            for paragraph in root.element.iter(qn("w:p")):
                _remove_page_number(paragraph)
    page.save(str(path))


def _remove_page_number(paragraph: Any) -> None:
    from docx.oxml.ns import qn

    tab, simple = qn("w:tab"), qn("w:fldSimple")
    fields = (qn("w:instrText"), simple)
    kinds = {tab, *fields, *map(qn, ("w:t", "w:fldChar"))}
    parts = [part for part in paragraph.iter(*kinds) if part.getparent().tag != qn("w:tabs")]
    codes = [number for number, part in enumerate(parts) if part.tag in fields and _is_page_field(part)]
    if codes:
        start = max((number for number in range(codes[0]) if parts[number].tag == tab), default=0)
        for part in parts[start:]:
            part.getparent().remove(part)


def _is_page_field(field: Any) -> bool:
    from docx.oxml.ns import qn

    return (field.text or field.get(qn("w:instr"), "")).split()[:1] in (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])
