"""The formats of documents: the suffix of a file decides, in the same way for every kind of document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.files.temporary_files import hold_temporary_folder

if TYPE_CHECKING:
    from ahtc_tui.formats.blocks.model import BlockDocument

WORD = ".docx"
CONVERTED = (".odt", ".pdf")
"""Formats that LibreOffice writes from the Word document, so that they have its text and its look."""

PAGE = ".html"
PLAIN = ".txt"
SLIDES = ".pptx"


@dataclass(frozen=True, slots=True)
class DocumentWriters:
    """How a document is written: as Word, as blocks in each of its languages, and as slides where it has them."""

    word: Callable[[Path], None]
    blocks: Callable[[], Sequence[BlockDocument]]
    slides: Callable[[Path], None] | None = None


def write_format(path: Path, name: str, ending: str, writers: DocumentWriters) -> None:
    """Write a document to `path` in the format of a suffix; `name` is the name that the file will have.

    Raises BadFile for a template that cannot be filled, ProgramError where LibreOffice is needed and missing.
    """
    if ending == WORD:
        writers.word(path)
    elif ending in CONVERTED:
        convert_document(path, name, writers.word)
    elif ending == SLIDES and writers.slides:
        writers.slides(path)
    else:
        path.write_bytes(_choose_renderer(ending)(*writers.blocks()).encode("utf-8", "replace"))


def _choose_renderer(ending: str) -> Callable[..., str]:
    """Return what renders the blocks of a document in a format of text."""
    if ending == PAGE:
        from ahtc_tui.formats.html.document import render_document

        return render_document
    from ahtc_tui.formats.markdown.rendering import render_markdown, render_text

    return render_text if ending == PLAIN else render_markdown


def write_workbook(path: Path, name: str, write_xlsx: Callable[[Path], None]) -> None:
    """Write a workbook to `path`; as OpenDocument it is converted. Raises ProgramError."""
    if path.suffix.lower() == ".ods":
        convert_document(path, name, write_xlsx, ".xlsx")
    else:
        write_xlsx(path)


def can_convert() -> bool:
    """Return whether LibreOffice is installed, which writes PDF and OpenDocument files."""
    from ahtc_tui.formats.libreoffice.conversion import find_libreoffice

    return find_libreoffice() is not None


def convert_document(path: Path, name: str, write_source: Callable[[Path], None], ending: str = WORD) -> None:
    """Write the Office file that `write_source` gives to `path` in another format. Raises ProgramError."""
    from ahtc_tui.formats.libreoffice.conversion import convert_file

    with hold_temporary_folder() as folder:
        source = folder / f"document{ending}"
        write_source(source)
        convert_file(source, path, name)
