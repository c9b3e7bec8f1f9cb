"""Running page numbers of a joined PDF, in a font that the file embeds (ISO 14289-1, 7.21.4.1).

The number is in words, because an attached paper has page numbers of its own: "Pack page 3 of 12". `page_numbers.ttf`
has the characters of `WIDTHS` of Aileron by Sora Sagano, in the public domain (CC0).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.i18n import _, render_lines

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

FONT_FILE = "page_numbers.ttf"
FIRST, LAST = ord(" "), ord("z")
CHARACTERS = {
    216: " ", 233: "j", 238: "i", 247: "l", 290: "f", 303: "/", 313: "t", 330: "r", 459: "s", 462: "z", 482: "x",
    513: "y", 514: "v", 522: "k", 529: "c", 531: "a", 549: "e", 580: "0123456789", 586: "o", 592: "u", 593: "hn",
    598: "P", 611: "bp", 612: "T", 615: "dgq", 785: "w", 855: "m",
}  # fmt: skip
"""Characters of the font by width, in thousandths of the size of the type."""
WIDTHS = {character: width for width, characters in CHARACTERS.items() for character in characters}
POINTS, LINE = 9, 11
RIGHT, TOP = 32, 26
"""Distance of the number from the right and the upper edge of the page, in points."""
NONSYMBOLIC = 32
"""Flag of a font with Latin characters (ISO 32000-1, table 123)."""


def add_page_numbers(writer: PdfWriter, papers: Sequence[str]) -> None:
    """Print "Pack page 3 of 12" in the upper right corner of each page, in each language of the file on a line.

    `papers` has the number of the paper of each page, printed in the upper left corner, or "".
    """
    font = _add_font(writer)
    for number, (page, paper) in enumerate(zip(writer.pages, papers, strict=True), start=1):
        labels = format_paper_number(paper).splitlines() if paper else []
        _add_page_number(page, format_page_number(number, len(writer.pages)).splitlines(), labels, font)


def format_page_number(number: int, pages: int) -> str:
    """Return the number of a page in words, each language on a line."""
    return render_lines(lambda: _("Pack page {n} of {pages}").format(n=number, pages=pages))


def format_paper_number(paper: str) -> str:
    """Return the number of a paper in words, each language on a line."""
    return render_lines(lambda: _("Paper {n}").format(n=paper))


def _add_font(writer: PdfWriter) -> Any:
    """Embed the font; return the reference of its object."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

    data = (resources.files("ahtc_tui.formats.pdf") / FONT_FILE).read_bytes()
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream[NameObject("/Length1")] = NumberObject(len(data))
    name, box = NameObject("/AHTCNO+Aileron-Regular"), (-150, -210, 945, 800)
    numbers = {
        "/Flags": NONSYMBOLIC,
        "/ItalicAngle": 0,
        "/Ascent": 970,
        "/Descent": -230,
        "/CapHeight": 690,
        "/StemV": 80,
    }
    descriptor = DictionaryObject({NameObject(key): NumberObject(value) for key, value in numbers.items()})
    descriptor[NameObject("/Type")], descriptor[NameObject("/FontName")] = NameObject("/FontDescriptor"), name
    descriptor[NameObject("/FontBBox")] = ArrayObject(map(NumberObject, box))
    descriptor[NameObject("/FontFile2")] = writer._add_object(stream)
    widths = (NumberObject(WIDTHS.get(chr(code), 0)) for code in range(FIRST, LAST + 1))
    names = {"/Type": "/Font", "/Subtype": "/TrueType", "/Encoding": "/WinAnsiEncoding"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    font[NameObject("/BaseFont")], font[NameObject("/Widths")] = name, ArrayObject(widths)
    font[NameObject("/FirstChar")], font[NameObject("/LastChar")] = NumberObject(FIRST), NumberObject(LAST)
    font[NameObject("/FontDescriptor")] = writer._add_object(descriptor)
    return writer._add_object(font)


def _add_page_number(page: PageObject, lines: Sequence[str], labels: Sequence[str], font: Any) -> None:
    from pypdf import PageObject
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.mediabox
    overlay = PageObject.create_blank_page(width=float(box.right), height=float(box.top))
    fonts = DictionaryObject({NameObject("/PackFont"): font})
    overlay[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    texts = []
    rows = [(number, text, True) for number, text in enumerate(lines)]
    for number, text, is_right in rows + [(number, text, False) for number, text in enumerate(labels)]:
        known = "".join(character for character in text if character in WIDTHS)
        width = sum(WIDTHS[character] for character in known) * POINTS / 1_000
        left = float(box.right) - RIGHT - width if is_right else float(box.left) + RIGHT
        bottom = float(box.top) - TOP - number * LINE
        texts.append(f"BT /PackFont {POINTS} Tf {left:.1f} {bottom:.1f} Td ({known}) Tj ET")
    stream = DecodedStreamObject()
    stream.set_data(f"/Artifact BMC {' '.join(texts)} EMC".encode("ascii"))
    overlay[NameObject("/Contents")] = stream
    page.merge_page(overlay)
