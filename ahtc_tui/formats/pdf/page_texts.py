"""Reads the text of PDF files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _


def read_page_texts(data: bytes) -> Iterator[str]:
    """Yield the title, author, subject and keywords, then the text of each page; nothing from what cannot be read."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it repairs in a file is not for the person
    try:
        reader = PdfReader(BytesIO(data))
        yield from (str(value) for value in (reader.metadata or {}).values())
        for page in reader.pages:
            yield page.extract_text()
    except Exception:  # pypdf raises many types for damaged files
        return


def read_page_bodies(data: bytes) -> list[str]:
    """Return the text of each page. Raises BadFile for what cannot be read."""
    texts = list(read_page_texts(data))
    if not texts:
        raise BadFile(_("The file is not a readable PDF."))
    from pypdf import PdfReader

    return texts[len(PdfReader(BytesIO(data)).metadata or {}) :]
