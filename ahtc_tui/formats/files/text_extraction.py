"""Extraction of readable text from output files, for the check for case data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO, StringIO
from itertools import chain
from pathlib import Path, PurePath

from ahtc_tui.domain.case_data.reporter import check_export, is_case_data_reported

TEXT_SUFFIXES = frozenset({".md", ".csv", ".json", ".ics", ".vcf", ".html", ".svg", ".txt"})
ZIP_SUFFIXES = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".ods", ".zip"})
ODF_PARTS = ("content.xml", "styles.xml", "meta.xml")
DEEPEST = 4
"""Depth to which archives inside archives are read."""
_PARAGRAPH = re.compile(rb"</w:p>|</w:tc>|<w:(?:br|tab)\b[^<>]*>")
_SLIDE_PARAGRAPH = re.compile(rb"</a:p>|<a:br\b[^<>]*>")
_ODF_PARAGRAPH = re.compile(rb"</text:[hp]>|</dc:\w+>|</meta:[\w-]+>|<text:(?:tab|line-break|s)\b[^<>]*>")
_TAG = re.compile(rb"<[^<>]*>")
_TABLE_ROW = re.compile(r"^\|.*", re.MULTILINE)
_FOLDED_LINE = re.compile(r"\r?\n[ \t]")


def scan_outgoing_file(path: Path, name: str) -> None:
    """Report what looks like case data in a file of the format of its suffix, which will be called `name`."""
    if is_case_data_reported():
        for text in extract_text(path, path.read_bytes()):
            check_export(name, text)


def extract_text(name: PurePath, data: bytes, depth: int = 0) -> Iterator[str]:
    """Yield the text of a file by its suffix, one line per paragraph, cell or value; nothing for unknown suffixes."""
    kind = name.suffix.lower()
    if kind in TEXT_SUFFIXES:
        yield _split_text(kind, data.decode("utf-8", "replace"))
    elif kind == ".eml":
        yield from _extract_mail(data)
    elif kind in ZIP_SUFFIXES and depth < DEEPEST:
        yield from _extract_archive(data, depth)


def _split_text(kind: str, text: str) -> str:
    """Return text with values that share a line on separate lines: they are not one sentence."""
    match kind:
        case ".ics" | ".vcf":
            return _unfold_lines(text)
        case ".json":
            return text.replace("\\n", "\n")
        case ".csv":
            import csv

            return "\n".join(chain.from_iterable(csv.reader(StringIO(text))))
        case ".md":
            return _TABLE_ROW.sub(lambda row: row[0].replace("|", "\n"), text)
        case _:
            return text


def _unfold_lines(text: str) -> str:
    """Join folded lines, and separate values that share a line."""
    return _FOLDED_LINE.sub("", text).replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",")


def _extract_archive(data: bytes, depth: int) -> Iterator[str]:
    import zipfile

    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _extract_member(PurePath(member), archive.read(member), depth + 1)


def _extract_member(name: PurePath, data: bytes, depth: int) -> Iterator[str]:
    if name.suffix != ".xml":
        yield from extract_text(name, data, depth)
    elif str(name) in ODF_PARTS:
        yield unescape(_TAG.sub(b"", _ODF_PARAGRAPH.sub(b"\n", data)).decode("utf-8", "replace"))
    elif name.parts[0] == "word":
        yield unescape(_TAG.sub(b"", _PARAGRAPH.sub(b"\n", data)).decode("utf-8", "replace"))
    elif name.parts[:2] == ("ppt", "slides"):
        yield unescape(_TAG.sub(b"", _SLIDE_PARAGRAPH.sub(b"\n", data)).decode("utf-8", "replace"))
    elif name.parts[0] == "xl" and name.name != "styles.xml":
        yield unescape(_TAG.sub(b"\n", data).decode("utf-8", "replace"))


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
