"""Failure conditions of the Matterhorn Protocol 1.1 (PDF Association) for PDF/UA-1 that pypdf can test in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pypdf
from pypdf.generic import ContentStream

STANDARD_TYPES = frozenset((
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private",
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead",
    "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT",
    "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
))  # fmt: skip
"""Structure types of PDF 1.7 (ISO 32000-1, 14.8.4)."""
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
"""Parents of a structure element (ISO 32000-1, 14.8.4.3)."""
PAINTING = frozenset((b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh"))
"""Operators that put content on a page."""


class Element(NamedTuple):
    """A structure element with its type as the role map gives it."""

    node: Any
    kind: str
    parent: str


def _read_root(reader: pypdf.PdfReader) -> Any:
    return reader.trailer["/Root"]


class PdfFile:
    """The parts of a PDF file that the conditions look at."""

    def __init__(self, path: Path) -> None:
        self.reader = pypdf.PdfReader(path)
        self.root = _read_root(self.reader)
        tree = self.root.get("/StructTreeRoot")
        self.tree: Any = tree.get_object() if tree is not None else {}
        self.roles = {key[1:]: str(value)[1:] for key, value in (self.tree.get("/RoleMap") or {}).items()}
        self.elements = list(self._walk(self.tree, ""))
        metadata = self.root.get("/Metadata")
        self.xmp = metadata.get_object().get_data().decode() if metadata is not None else ""

    def _walk(self, node: Any, parent: str) -> Iterator[Element]:
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            item = child.get_object() if hasattr(child, "get_object") else child
            if isinstance(item, dict) and "/S" in item:
                kind = str(item["/S"])[1:]
                kind = self.roles.get(kind, kind) if kind not in STANDARD_TYPES else kind
                yield Element(item, kind, parent)
                yield from self._walk(item, kind)

    def list_annotations(self) -> Iterator[Any]:
        """Yield the annotations of all pages that are shown."""
        for page in self.reader.pages:
            for reference in page.get("/Annots") or ():
                annotation = reference.get_object()
                if annotation.get("/Subtype") not in ("/Popup", "/Widget") and not int(annotation.get("/F", 0)) & 2:
                    yield annotation

    def list_fonts(self) -> Iterator[Any]:
        """Yield the fonts of all pages."""
        for page in self.reader.pages:
            resources: Any = page["/Resources"]
            yield from (font.get_object() for font in (resources.get_object().get("/Font") or {}).values())

    def list_headings(self) -> list[int]:
        """Return the levels of the headings in the order of the file."""
        return [int(element.kind[1]) for element in self.elements if re.fullmatch("H[1-6]", element.kind)]


def _has_unmarked_content(file: PdfFile) -> bool:
    for page in file.reader.pages:
        depth = 0
        for _operands, operator in ContentStream(page.get_contents(), file.reader).operations:
            depth += {b"BMC": 1, b"BDC": 1, b"EMC": -1}.get(operator, 0)
            if depth == 0 and operator in PAINTING:
                return True
    return False


def _has_mixed_artifacts(file: PdfFile) -> bool:
    """Return whether content with a number of the structure is inside an artifact, or the other way round."""
    for page in file.reader.pages:
        open_marks: list[bool] = []
        for operands, operator in ContentStream(page.get_contents(), file.reader).operations:
            if operator in (b"BMC", b"BDC"):
                is_artifact = operands[0] == "/Artifact"
                if any(mark is not is_artifact for mark in open_marks):
                    return True
                open_marks.append(is_artifact)
            elif operator == b"EMC" and open_marks:
                open_marks.pop()
    return False


def _skips_a_heading(file: PdfFile) -> bool:
    levels = file.list_headings()
    return any(after > before + 1 for before, after in pairwise(levels))


def _find_descendant_fonts(font: Any) -> Any:
    return font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font


def _is_embedded(font: Any) -> bool:
    descriptor = _find_descendant_fonts(font).get("/FontDescriptor")
    return descriptor is not None and bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.get_object()))


def _has_scope(node: Any) -> bool:
    attributes = node.get("/A")
    listed = attributes if isinstance(attributes, list) else [attributes] if attributes is not None else []
    return "/ID" in node or any("/Scope" in item.get_object() for item in listed if hasattr(item, "get_object"))


def _list_note_ids(file: PdfFile) -> list[Any]:
    return [element.node.get("/ID") for element in file.elements if element.kind == "Note"]


FAILURES: dict[str, tuple[str, Callable[[PdfFile], bool]]] = {
    "01-003": ("an artifact and tagged content are inside each other", _has_mixed_artifacts),
    "01-005": ("content is neither an artifact nor tagged", _has_unmarked_content),
    "01-007": ("the tags are marked as suspect", lambda file: file.root["/MarkInfo"].get("/Suspects") == True),  # noqa: E712
    "02-001": (
        "a structure type is neither standard nor in the role map",
        lambda file: any(element.kind not in STANDARD_TYPES for element in file.elements),
    ),
    "02-004": ("the role map renames a standard type", lambda file: bool(STANDARD_TYPES & file.roles.keys())),
    "06-001": ("there are no XMP metadata", lambda file: not file.xmp),
    "06-002": ("the metadata have no identifier of PDF/UA", lambda file: "pdfuaid:part" not in file.xmp),
    "06-003": (
        "the metadata have no title",
        lambda file: not re.search(r"<dc:title>.*?\w.*?</dc:title>", file.xmp, re.S),
    ),
    "07-002": (
        "the title is not shown in the window",
        lambda file: file.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") != True,  # noqa: E712
    ),
    "09-004": (
        "a part of a table is outside its place",
        lambda file: any(
            element.parent not in PARENTS[element.kind]
            for element in file.elements
            if element.kind in ("TR", "TH", "TD")
        ),
    ),
    "09-005": (
        "a part of a list is outside its place",
        lambda file: any(
            element.parent not in PARENTS[element.kind] for element in file.elements if element.kind in ("LI", "LBody")
        ),
    ),
    "09-006": (
        "an entry of a table of contents is outside its place",
        lambda file: any(element.parent != "TOC" for element in file.elements if element.kind == "TOCI"),
    ),
    "11-006": ("the file has no language", lambda file: not file.root.get("/Lang")),
    "13-004": (
        "a picture has no text alternative",
        lambda file: any(
            not (element.node.get("/Alt") or element.node.get("/ActualText"))
            for element in file.elements
            if element.kind == "Figure"
        ),
    ),
    "14-002": ("the first heading is not of the first level", lambda file: file.list_headings()[:1] not in ([], [1])),
    "14-003": ("a level of the headings is left out", _skips_a_heading),
    "14-007": (
        "headings with and without a number are mixed",
        lambda file: bool(file.list_headings()) and any(element.kind == "H" for element in file.elements),
    ),
    "15-003": (
        "a table head names neither a row nor a column",
        lambda file: any(not _has_scope(element.node) for element in file.elements if element.kind == "TH"),
    ),
    "19-003": ("a footnote has no identifier", lambda file: None in _list_note_ids(file)),
    "19-004": (
        "two footnotes have one identifier",
        lambda file: len(set(map(str, _list_note_ids(file)))) < len(_list_note_ids(file)),
    ),
    "25-001": ("the file has a dynamic form", lambda file: "/XFA" in (file.root.get("/AcroForm") or {})),
    "26-001": ("the file is encrypted", lambda file: file.reader.is_encrypted),
    "28-009": (
        "a page with annotations has no order of tabs by the structure",
        lambda file: any(page.get("/Tabs") != "/S" for page in file.reader.pages if page.get("/Annots")),
    ),
    "28-011": (
        "a link has no place in the structure",
        lambda file: any(
            "/StructParent" not in note for note in file.list_annotations() if note["/Subtype"] == "/Link"
        ),
    ),
    "28-012": (
        "a link has no description",
        lambda file: any(not note.get("/Contents") for note in file.list_annotations() if note["/Subtype"] == "/Link"),
    ),
    "31-009": ("a font is not embedded", lambda file: not all(map(_is_embedded, file.list_fonts()))),
    "31-027": (
        "a font has no mapping to Unicode",
        lambda file: any(font["/Subtype"] == "/Type0" and "/ToUnicode" not in font for font in file.list_fonts()),
    ),
}
"""Each condition by its number: what fails, and whether a file fails."""


def find_failures(path: Path) -> list[str]:
    """Return the conditions that a file fails, with their numbers."""
    file = PdfFile(path)
    return [f"{number} {sentence}" for number, (sentence, fails) in FAILURES.items() if fails(file)]
