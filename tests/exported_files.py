"""The texts of exported files of every format."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from html import unescape
from io import BytesIO


def read_texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text of a file with the path of its member: raw, decoded, and without tags."""
    text = data.decode("utf-8", "replace")
    yield name, text
    yield name, unescape(re.sub(r"<[^>]*>", "", text))
    yield name, re.sub(r"\r?\n[ \t]", "", text)
    if name.endswith(".pdf"):
        yield from ((name, text) for text in _read_pdf_texts(data))
    if name.endswith(".eml"):
        for number, part in enumerate(BytesParser(policy=policy.default).parsebytes(data).walk()):
            if isinstance(payload := part.get_payload(decode=True), bytes):
                yield from read_texts(f"{name}/{part.get_filename() or number}", payload)
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name}/{member}", member
                yield from read_texts(f"{name}/{member}", archive.read(member))
    for found in re.findall(r"UEsDB[A-Za-z0-9+/=]{200,}", text):
        yield from read_texts(f"{name}/base64", base64.b64decode(found + "=" * (-len(found) % 4)))


def _read_pdf_texts(data: bytes) -> Iterator[str]:
    """Yield the text of each page, and the strings and decoded streams of every object."""
    from pypdf import PdfReader
    from pypdf.generic import IndirectObject, StreamObject

    reader = PdfReader(BytesIO(data))
    yield from (page.extract_text() for page in reader.pages)
    for number in range(1, reader.trailer["/Size"]):  # type: ignore[call-overload]
        record = IndirectObject(number, 0, reader).get_object()
        yield repr(record)
        if isinstance(record, StreamObject) and record.get("/Subtype") != "/Image":
            yield record.get_data().decode("utf-8", "replace")
