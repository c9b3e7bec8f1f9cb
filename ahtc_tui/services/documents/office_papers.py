"""Writes short office papers in the format of the suffix of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind
from ahtc_tui.domain.export_kinds import DOCUMENT, EXPORT_KINDS, check_ending
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.documents.file_formats import SLIDES, DocumentWriters, write_format
from ahtc_tui.services.documents.letterhead import name_office
from ahtc_tui.services.documents.ready_sentences import fill_document
from ahtc_tui.services.documents.rendering import PAPER_TEMPLATE, find_template
from ahtc_tui.services.output_folders import find_free_path, format_file_name
from ahtc_tui.services.workspace import Workspace, read_marks
from ahtc_tui.store.documents.meeting_documents import read_welsh_names

OF_THE_OFFICE = (PaperKind.BRIEF, PaperKind.HANDOVER)
if TYPE_CHECKING:
    from ahtc_tui.formats.blocks.model import BlockDocument

Target = Path | str
"""The file of a document, or the suffix of a file with a free name in the exports folder."""

Papers = Sequence[tuple[Language, OfficePaper]]
"""One paper in each of its languages, Welsh first."""


def write_in_languages(
    workspace: Workspace,
    kind: PaperKind,
    target: Path,
    build: Callable[[], OfficePaper],
    force: bool,
    language: Language = Language.EN,
) -> Path:
    """Write the paper that `build` returns in the languages of a file. Raises as `write_papers`."""
    check_ending(target, _list_formats(kind))
    return write_papers(workspace, kind, target, build_in_languages(workspace, kind, build, language), force)


def build_in_languages(
    workspace: Workspace, kind: PaperKind, build: Callable[[], OfficePaper], language: Language
) -> Papers:
    """Return the paper that `build` returns, in one language, or in Welsh and then in English.

    Papers that stay in the office name the fields that wait for a decision.
    """
    names = load_welsh_names(workspace, language)
    marks = read_marks(workspace) if kind in OF_THE_OFFICE else ConflictMarks()
    papers = []
    for printed_language in language.languages:
        with use_language(printed_language):
            paper = fill_document(workspace, build()).with_conflicts(marks)
            papers.append(
                (printed_language, paper.with_names(names) if names and printed_language is Language.CY else paper)
            )
    return papers


def write_papers(workspace: Workspace, kind: PaperKind, target: Path, papers: Papers, force: bool = False) -> Path:
    """Write the papers of a file atomically.

    Raises BadInput for another suffix, Refused where the file exists, BadFile for a template that cannot be filled,
    ProgramError where LibreOffice is needed and missing.
    """
    ending = check_ending(target, _list_formats(kind))

    def write_word(path: Path) -> None:
        from ahtc_tui.formats.docx.office_paper import write_office_paper_docx

        shipped = "" if kind is PaperKind.LETTER else PAPER_TEMPLATE
        write_office_paper_docx(path, papers, find_template(workspace, kind, shipped))

    def build_blocks() -> list[BlockDocument]:
        from ahtc_tui.formats.blocks.office_paper import build_paper_blocks

        return [build_paper_blocks(language, paper) for language, paper in papers]

    def write_slides(path: Path) -> None:
        from ahtc_tui.formats.pptx.office_paper import write_office_paper_slides

        template = find_template(workspace, kind, ending=SLIDES)
        write_office_paper_slides(path, papers, template, partial(name_office, workspace))

    writers = DocumentWriters(write_word, build_blocks, write_slides)
    write_file_atomically(target, lambda path: write_format(path, target.name, ending, writers), force)
    return target


def _list_formats(kind: PaperKind) -> tuple[str, ...]:
    """Return the formats of a kind of paper; letters and packs are kinds of export as folders."""
    export = EXPORT_KINDS.get(kind)
    return DOCUMENT if export is None or export.is_folder else export.formats


def load_welsh_names(workspace: Workspace, language: Language) -> dict[str, str]:
    """Return Welsh names by English name of parties and areas; nothing for a file in English."""
    if language is Language.EN:
        return {}
    with workspace.database.read() as cursor:
        return read_welsh_names(cursor)


def find_target(workspace: Workspace, kind: PaperKind, target: Target, build_name: Callable[[], str]) -> Path:
    """Return the file of a target; a free one in the exports folder has its name in the language of files.

    Raises BadInput for a file whose suffix is not a format of documents.
    """
    if isinstance(target, str):
        return find_free_path(workspace.exports, format_file_name(build_name), target, "paper")
    check_ending(target, _list_formats(kind))
    return target
