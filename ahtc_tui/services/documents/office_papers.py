"""Writes a short paper of the office; the ending of the file says whether as a Word file or as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.output_folders import find_free_path
from ahtc_tui.store.documents.meeting_documents import read_welsh_names

if TYPE_CHECKING:
    from ahtc_tui.domain.documents.office_paper import OfficePaper
    from ahtc_tui.services.workspace import Workspace

ENDINGS = (".docx", ".md")


def check_ending(target: Path) -> None:
    """Raise BadInput on a file that is neither a Word file nor Markdown."""
    if target.suffix.lower() not in ENDINGS:
        raise BadInput(_('This paper is written as .docx or .md, not "{name}".').format(name=target.name))


def write_paper(target: Path, paper: OfficePaper, force: bool = False) -> Path:
    """Write a paper whole or not at all. Raises BadInput on another ending, Refused where a file stands already."""
    return write_in_languages(target, lambda: paper, force)


def write_in_languages(
    target: Path,
    build: Callable[[], OfficePaper],
    force: bool = False,
    language: Language = Language.EN,
    names: Mapping[str, str] | None = None,
) -> Path:
    """Write the paper that `make` puts together, in one language, or Welsh first and English after it.

    `names` are the Welsh names of bodies. Whole or not at all. Raises as `write_paper`.
    """
    check_ending(target)
    papers = []
    for each in language.languages:
        with use_language(each):
            paper = build()
            papers.append((each, paper.with_names(names) if names and each is Language.CY else paper))

    def write_file(path: Path) -> None:
        if target.suffix.lower() == ".docx":
            from ahtc_tui.formats.docx.office_paper import write_office_paper_docx

            write_office_paper_docx(path, papers)
        else:
            from ahtc_tui.formats.markdown.office_paper import render_office_paper

            path.write_bytes(render_office_paper(papers).encode("utf-8", "replace"))

    write_file_atomically(target, write_file, force)
    return target


def load_welsh_names(workspace: Workspace, language: Language) -> dict[str, str]:
    """English name to Welsh name of bodies and areas; nothing for a file in English."""
    if language is Language.EN:
        return {}
    with workspace.database.read() as cursor:
        return read_welsh_names(cursor)


def find_free_target(workspace: Workspace, name: str) -> Path:
    """A Word file in the exports folder under a name that is free."""
    return find_free_path(workspace.exports, name, ".docx", "paper")
