"""Extraction of readable text from output files, for the check for case data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO, TextIOWrapper
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

from ahtc_tui.domain.case_data.reporter import check_export, is_case_data_reported
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from zipfile import ZipFile

TEXT_SUFFIXES = frozenset({".md", ".ics", ".vcf", ".html", ".svg", ".txt"})
ZIP_SUFFIXES = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".ods", ".zip"})
ODF_PARTS = ("content.xml", "styles.xml", "meta.xml")
DEEPEST = 4
"""Depth to which archives inside archives are read."""
BLOCK_BYTES = 256 * 1024
"""Size of the parts in which long files are read, so that memory does not grow with the file."""
_PARAGRAPH = re.compile(rb"</w:p>|</w:tc>|<w:(?:br|tab)\b[^<>]*>")
_SLIDE_PARAGRAPH = re.compile(rb"</a:p>|<a:br\b[^<>]*>")
_HTML_BLOCK = re.compile(r"(?i)<(?:br|/?(?:p|h[1-6]|li|t[hdr]|d[td]|div|section|caption))\b[^<>]*>")
_ODF_PARAGRAPH = re.compile(rb"</text:[hp]>|</dc:\w+>|</meta:[\w-]+>|<text:(?:tab|line-break|s)\b[^<>]*>")
_ODF_ALTERNATIVES = re.compile(rb"<(?:table|svg):(title|desc)>.*?</(?:table|svg):\1>", re.DOTALL)
"""Titles and descriptions for screen readers, which a Word document has as attributes."""
_ODF_NOTE = re.compile(rb"<text:note\b.*?</text:note>", re.DOTALL)
_ODF_NOTE_BODY = re.compile(rb"<text:note-body>(.*?)</text:note-body>", re.DOTALL)
FOOTNOTES, RELATIONSHIPS = "word/footnotes.xml", "_rels/.rels"
WORD_TEXT = "word/document.xml"
_TAG = re.compile(rb"<[^<>]*>")
_JSON_SIGNS = bytes.maketrans(b",:[]{} \t\r", b"\n" * 9)
_BACKSLASH, _QUOTE = b"\x01", b"\x02"
"""What stands for two signs of an escape in JSON, which has no control characters, while its texts are split."""
_TABLE_ROW = re.compile(r"^\|.*", re.MULTILINE)
_FOLDED_LINE = re.compile(r"\r?\n[ \t]")


def scan_outgoing_file(path: Path, name: str) -> None:
    """Report what looks like case data in a file of the format of its suffix, which will be called `name`."""
    if is_case_data_reported():
        with path.open("rb") as file:
            for text in read_text(path, file):
                check_export(name, text)


def find_word_text(archive: ZipFile) -> str | None:
    """Return the name of the part with the text of a Word document, None in another archive.

    Word for the web writes "word/document2.xml", which only the relationships of the package name (ECMA-376 part 2).
    """
    names = archive.namelist()
    if WORD_TEXT in names or RELATIONSHIPS not in names:
        return WORD_TEXT if WORD_TEXT in names else None
    from defusedxml import DefusedXmlException, ElementTree

    try:
        parts = ElementTree.fromstring(archive.read(RELATIONSHIPS))
    except (ElementTree.ParseError, DefusedXmlException):
        return None
    targets = [part.get("Target", "") for part in parts if part.get("Type", "").endswith("/officeDocument")]
    return next((name for target in targets if (name := target.lstrip("/")).startswith("word/")), None)


def extract_text(name: PurePath, data: bytes, depth: int = 0) -> Iterator[str]:
    """Yield the text of the bytes of a file, as `read_text` does."""
    return read_text(name, BytesIO(data), depth)


def read_text(name: PurePath, file: IO[bytes], depth: int = 0) -> Iterator[str]:
    """Yield the text of a file by its suffix, one line per paragraph, cell or value; nothing for unknown suffixes.

    A sheet, CSV or JSON comes in parts of about `BLOCK_BYTES`.
    """
    kind = name.suffix.lower()
    if kind == ".json":
        yield from _read_json(file)
    elif kind == ".csv":
        yield from _read_csv(file)
    elif kind in TEXT_SUFFIXES:
        yield _split_text(kind, file.read().decode("utf-8", "replace"))
    elif kind == ".eml":
        yield from _extract_mail(file.read())
    elif kind in ZIP_SUFFIXES and depth < DEEPEST:
        yield from _read_archive(file, depth)


def _read_json(file: IO[bytes]) -> Iterator[str]:
    """Yield names, texts and numbers, each on a line: a whole document may be one line, which no pattern expects."""
    rest, size = b"", BLOCK_BYTES
    while block := file.read(size):
        data = (rest + block).replace(b"\\\\", _BACKSLASH).replace(b'\\"', _QUOTE)
        parts = data.split(b'"')
        # After an even number of quotes the end is no text. A text or number that the end cuts waits for the next part.
        cut = parts[-1] if len(parts) % 2 else b'"' + parts[-1]
        if len(parts) % 2:
            cut = re.split(rb"[,:\[\]{}\s]", cut)[-1]
            parts[-1] = parts[-1][: len(parts[-1]) - len(cut)]
        else:
            parts.pop()
        yield _join_json(parts)
        rest = cut.replace(_QUOTE, b'\\"').replace(_BACKSLASH, b"\\\\")
        size = max(BLOCK_BYTES, len(rest))  # A long text is not searched again for each of its parts.
    if rest:
        yield _join_json([b"", rest])


def _join_json(parts: list[bytes]) -> str:
    """Return the texts of JSON that was split at its quotes, and what is between them, with each value on a line."""
    between = b"\n".join(parts[::2]).translate(_JSON_SIGNS)
    data = b"\n".join((b"\n".join(parts[1::2]), *dict.fromkeys(between.split())))
    text = data.replace(_QUOTE, b'\\"').replace(_BACKSLASH, b"\\\\").decode("utf-8", "replace")
    return text.replace("\\n", "\n").replace('\\"', '"')


def _read_csv(file: IO[bytes]) -> Iterator[str]:
    import csv

    rows, size = [], 0
    lines = TextIOWrapper(file, "utf-8", "replace", newline="")
    for row in csv.reader(lines):
        rows.append("\n".join(row))
        size += len(rows[-1])
        if size > BLOCK_BYTES:
            yield "\n".join(rows)
            rows, size = [], 0
    yield "\n".join(rows)
    lines.detach()  # The file stays open for its owner.


def _split_text(kind: str, text: str) -> str:
    """Return text with values that share a line on separate lines: they are not one sentence."""
    if kind in (".ics", ".vcf"):
        return _unfold_lines(text)
    return _TABLE_ROW.sub(lambda row: row[0].replace("|", "\n"), text) if kind == ".md" else text


def _read_archive(file: IO[bytes], depth: int) -> Iterator[str]:
    import zipfile

    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    yield from _read_member(PurePath(name), member, depth + 1)


def _read_member(name: PurePath, file: IO[bytes], depth: int) -> Iterator[str]:
    if name.suffix != ".xml":
        yield from read_text(name, file, depth)
    elif str(name) in ODF_PARTS:
        yield _strip_tags(_ODF_PARAGRAPH.sub(b"\n", file.read()))
    elif name.parts[0] == "word":
        yield _strip_tags(_PARAGRAPH.sub(b"\n", file.read()))
    elif name.parts[:2] == ("ppt", "slides"):
        yield _strip_tags(_SLIDE_PARAGRAPH.sub(b"\n", file.read()))
    elif name.parts[0] == "xl" and name.name != "styles.xml":
        for block in _cut_before_tags(file):
            yield unescape(_TAG.sub(b"\n", block).decode("utf-8", "replace"))


def _cut_before_tags(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the content in parts that end before a tag, so that no tag and no text of a cell is cut in two."""
    rest = b""
    while block := file.read(BLOCK_BYTES):
        complete, sign, tag = (rest + block).rpartition(b"<")
        rest = sign + tag
        yield complete
    yield rest


def _strip_tags(data: bytes) -> str:
    return unescape(_TAG.sub(b"", data).decode("utf-8", "replace"))


def _unfold_lines(text: str) -> str:
    """Join folded lines, and separate values that share a line. The name of a parameter is no text."""
    return (
        _FOLDED_LINE.sub("", text).replace(";TYPE=", ";").replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",")
    )


def _extract_mail(data: bytes) -> Iterator[str]:
    """Yield the subject and every text part."""
    from email import policy
    from email.parser import BytesParser

    mail = BytesParser(policy=policy.default).parsebytes(data)
    yield str(mail["Subject"] or "")
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            text = str(part.get_content())
            yield _unfold_lines(text) if part.get_content_subtype() == "calendar" else text


_MARKDOWN_SIGN = re.compile(r"\\([^\w\s])|\*\*|\[\^[\w-]+\]")
"""A sign after a backslash, or what marks bold text and a footnote."""


def read_body_text(name: PurePath, data: bytes) -> str:
    """Return the text of a document and its footnotes, without header, footer and properties.

    Raises BadFile for a file that cannot be read.
    """
    import zipfile

    kind = name.suffix.lower()
    if kind in (".md", ".txt"):
        text = data.decode("utf-8", "replace")
        return _MARKDOWN_SIGN.sub(r"\1", text) if kind == ".md" else text
    if kind in (".html", ".htm"):
        text = re.sub(r"(?s)<(style|head|script)\b.*?</\1>", " ", data.decode("utf-8", "replace"))
        return unescape(re.sub(r"<[^<>]*>", " ", _HTML_BLOCK.sub("\n", " ".join(text.split()))))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if kind == ".odt":
                content = _ODF_ALTERNATIVES.sub(b"", archive.read("content.xml"))
                parts, pattern = [_ODF_NOTE.sub(b"", content), *_ODF_NOTE_BODY.findall(content)], _ODF_PARAGRAPH
            else:
                notes = [FOOTNOTES] if FOOTNOTES in archive.namelist() else []
                members = (find_word_text(archive) or WORD_TEXT, *notes)
                parts, pattern = [archive.read(member) for member in members], _PARAGRAPH
    except (zipfile.BadZipFile, LookupError, ValueError) as error:
        raise BadFile(_("ahtc cannot read {name} as a document.").format(name=name.name)) from error
    return "\n".join(_strip_tags(pattern.sub(b"\n", part)) for part in parts)
