"""Schema checks of Office files: rules of ECMA-376 that Word or Excel enforce, and openxml-audit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

TABLE_PROPERTIES = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
    "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
    "tblDescription",
)  # fmt: skip
"""Children of the properties of a table in the order of the schema (CT_TblPr)."""
SHEET_PARTS = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "drawingHF", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""Children of a worksheet in the order of the schema (CT_Worksheet)."""
LONGEST_TEXT = 32_767
"""Characters that a cell of Excel holds."""

KNOWN_DIFFERENCE = ("/xl/styles.xml", "/fonts[")
"""openpyxl writes the children of a font in an order of its own, which CT_Font allows and openxml-audit reports."""


def find_schema_faults(path: Path) -> list[str]:
    """Return where an Office file breaks the schema, by the rules here and by openxml-audit."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    faults = [f"{path.name}: {fault}" for fault in (*_check_package(parts), *_check_parts(parts))]
    return [*faults, *(f"{path.name}: {fault}" for fault in audit_file(path))]


def audit_file(path: Path) -> list[str]:
    """Return the errors that openxml-audit finds; none where it is not installed."""
    try:
        from openxml_audit import OpenXmlValidator, ValidationSeverity
    except ModuleNotFoundError:
        return []
    errors = OpenXmlValidator().validate(path).errors
    part, place = KNOWN_DIFFERENCE
    return [
        str(error)
        for error in errors
        if error.severity is ValidationSeverity.ERROR and not (error.part_uri == part and place in error.path)
    ]


def _check_package(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield parts without a content type, and relationships without their part."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    extensions = {element.get("Extension") for element in types}
    overrides = {element.get("PartName") for element in types}
    for name, data in parts.items():
        if name != "[Content_Types].xml" and f"/{name}" not in overrides and name.rpartition(".")[2] not in extensions:
            yield f"{name} has no content type"
        if not name.endswith(".rels"):
            continue
        folder = Path("/", name).parent.parent
        for relationship in etree.fromstring(data).iter(RELATIONSHIP):
            target = (folder / relationship.get("Target")).resolve()
            if relationship.get("TargetMode") != "External" and str(target)[1:] not in parts:
                yield f"{name} names {target}, which is missing"


def _check_parts(parts: dict[str, bytes]) -> Iterator[str]:
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            yield from (f"{name}: {fault}" for fault in _check_word_part(etree.fromstring(data)))
        elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield from (f"{name}: {fault}" for fault in _check_sheet(etree.fromstring(data)))


def _check_word_part(part: etree._Element) -> Iterator[str]:
    for cell in part.iter(f"{WORD}tc"):
        if not len(cell) or cell[-1].tag != f"{WORD}p":
            yield "a table cell does not end with a paragraph"
    for properties in part.iter(f"{WORD}tblPr"):
        names = [child.tag.removeprefix(WORD) for child in properties]
        if names != sorted(names, key=TABLE_PROPERTIES.index):
            yield f"table properties out of order: {', '.join(names)}"


def _check_sheet(sheet: etree._Element) -> Iterator[str]:
    names = [child.tag.removeprefix(SHEET) for child in sheet]
    if names != sorted(names, key=SHEET_PARTS.index):
        yield f"parts of the sheet out of order: {', '.join(names)}"
    yield from (
        f"a text of {len(text.text)} characters"
        for text in sheet.iter(f"{SHEET}t")
        if text.text and len(text.text) > LONGEST_TEXT
    )
    yield from (
        f"a formula with a leading sign: {formula.text}"
        for tag in ("f", "formula1", "formula2", "formula")
        for formula in sheet.iter(f"{SHEET}{tag}")
        if formula.text and formula.text.startswith("=")
    )
