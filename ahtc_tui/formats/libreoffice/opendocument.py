"""Adds to an OpenDocument file what LibreOffice leaves out of it: its language, and the text alternatives of tables.

Both are read from the Word document or workbook from which it was converted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}
FIRST_PART = "mimetype"
"""Part that is the first and not compressed (ODF 1.2 part 3, 3.3)."""


class TableTexts(NamedTuple):
    """Title and description of a table, which Word calls its alternative text; empty where it has none."""

    title: str
    description: str


def complete_opendocument(path: Path, source: Path) -> None:
    """Write the language and the text alternatives of the tables of the source into the file converted from it."""
    with ZipFile(source) as archive:
        language = _read_language(archive.read("docProps/core.xml"))
        names = archive.namelist()
        tables = _read_tables(archive.read("word/document.xml")) if "word/document.xml" in names else []
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if language:
        parts["meta.xml"] = _set_language(parts["meta.xml"], language)
        parts["styles.xml"] = _set_default_language(parts["styles.xml"], language)
    if any(any(texts) for texts in tables):
        parts["content.xml"] = _describe_tables(parts["content.xml"], tables)
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data, ZIP_STORED if name == FIRST_PART else ZIP_DEFLATED)


def _read_language(core: bytes) -> str:
    language = _parse(core).find("dc:language", NAMESPACES)
    return "" if language is None else language.text or ""


def _read_tables(document: bytes) -> list[TableTexts]:
    """Return the texts of the tables of a Word document, in its order."""
    value = _format_name("w:val")
    tables = []
    for properties in _parse(document).iterfind(".//w:tbl/w:tblPr", NAMESPACES):
        texts = [properties.find(f"w:{name}", NAMESPACES) for name in ("tblCaption", "tblDescription")]
        tables.append(TableTexts(*("" if text is None else text.get(value, "") for text in texts)))
    return tables


def _set_language(meta: bytes, language: str) -> bytes:
    """Return the properties with the language of the document."""
    root = _parse(meta)
    properties = root.find("office:meta", NAMESPACES)
    entry = properties.find("dc:language", NAMESPACES)
    if entry is None:
        entry = properties.makeelement(_format_name("dc:language"))
        properties.append(entry)
    entry.text = language
    return _write(root)


def _set_default_language(styles: bytes, language: str) -> bytes:
    """Return the styles with the language of the document as that of all text without one of its own."""
    root = _parse(styles)
    code, _hyphen, country = language.partition("-")
    for properties in root.iterfind(".//style:default-style/style:text-properties", NAMESPACES):
        properties.set(_format_name("fo:language"), code)
        properties.set(_format_name("fo:country"), country or "none")
    return _write(root)


def _describe_tables(content: bytes, tables: list[TableTexts]) -> bytes:
    """Return the text with title and description of each table (ODF 1.2 part 1, 9.1.2), where none was lost."""
    root = _parse(content)
    elements = list(root.iter(_format_name("table:table")))
    for element, texts in zip(elements, tables, strict=True) if len(elements) == len(tables) else ():
        for name, text in (("desc", texts.description), ("title", texts.title)):
            if text and element.find(f"table:{name}", NAMESPACES) is None:
                child = element.makeelement(_format_name(f"table:{name}"))
                child.text = text
                element.insert(0, child)
    return _write(root)


def _parse(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def _write(root: Any) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def _format_name(name: str) -> str:
    """Return a name as lxml has it: "dc:language" with the address of its namespace."""
    prefix, _colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
