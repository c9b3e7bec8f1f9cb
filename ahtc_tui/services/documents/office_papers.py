"""Writes short office papers as Word or Markdown, by the suffix of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ahtc_tui.domain.documents.office_paper import OfficePaper
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.output_folders import find_free_path
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.documents.meeting_documents import read_welsh_names

ENDINGS = (".docx", ".md")


def check_ending(target: Path) -> None:
    """Raise BadInput on a file that is neither Word nor Markdown."""
    if target.suffix.lower() not in ENDINGS:
        raise BadInput(_('This paper is written as .docx or .md, not "{name}".').format(name=target.name))


def write_paper(target: Path, paper: OfficePaper, force: bool = False) -> Path:
    """Write a paper atomically. Raises BadInput for another suffix, Refused where the file exists."""
    return write_in_languages(target, lambda: paper, force)


def write_in_languages(
    target: Path,
    build: Callable[[], OfficePaper],
    force: bool = False,
    language: Language = Language.EN,
    names: Mapping[str, str] | None = None,
    marks: ConflictMarks | None = None,
) -> Path:
    """Write the paper that `build` returns, in one language, or in Welsh and then in English.

    `names` are Welsh names by English name. `marks` are named in papers that stay in the office. Raises as
    `write_paper`.
    """
    check_ending(target)
    papers = []
    for each in language.languages:
        with use_language(each):
            paper = build().with_conflicts(marks or ConflictMarks())
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
    """Return Welsh names by English name of parties and areas; nothing for a file in English."""
    if language is Language.EN:
        return {}
    with workspace.database.read() as cursor:
        return read_welsh_names(cursor)


def find_free_target(workspace: Workspace, name: str) -> Path:
    """Return a free name for a Word file in the exports folder."""
    return find_free_path(workspace.exports, name, ".docx", "paper")
