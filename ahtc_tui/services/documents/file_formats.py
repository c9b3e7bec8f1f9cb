"""The formats of documents: the suffix of a file decides, in the same way for every kind of document."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

WORD = ".docx"
CONVERTED = (".odt", ".pdf")
"""Formats that LibreOffice writes from the Word document, so that they have its text and its look."""

ENDINGS = (WORD, *CONVERTED, ".md")
"""Formats of every document."""


@dataclass(frozen=True, slots=True)
class DocumentWriters:
    """How a document is written: as Word, and as text in other formats by their suffix."""

    word: Callable[[Path], None]
    texts: Mapping[str, Callable[[], str]]


def check_ending(target: Path, endings: Sequence[str] = ENDINGS) -> str:
    """Return the suffix of a file in lower case. Raises BadInput for a format that the document has not."""
    ending = target.suffix.lower()
    if ending not in endings:
        *others, last = endings
        sentence = _('This document is written as {others} or {last}, not "{name}".')
        raise BadInput(sentence.format(others=", ".join(others), last=last, name=target.name))
    return ending


def write_format(path: Path, name: str, ending: str, writers: DocumentWriters) -> None:
    """Write a document to `path` in the format of a suffix; `name` is the name that the file will have.

    Raises BadFile for a template that cannot be filled, ProgramError where LibreOffice is needed and missing.
    """
    if ending in writers.texts:
        path.write_bytes(writers.texts[ending]().encode("utf-8", "replace"))
    elif ending == WORD:
        writers.word(path)
    else:
        convert_document(path, name, writers.word)


def convert_document(path: Path, name: str, write_word: Callable[[Path], None]) -> None:
    """Write the Word document that `write_word` gives to `path` in another format. Raises ProgramError."""
    from ahtc_tui.formats.libreoffice.conversion import convert_file

    with tempfile.TemporaryDirectory(prefix="ahtc-") as folder:
        source = Path(folder) / f"document{WORD}"
        write_word(source)
        convert_file(source, path, name)
