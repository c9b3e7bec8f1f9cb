"""Compares a published file with the release that it was written from."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.dashboard import Dashboard
from ahtc_tui.domain.documents.meeting_document import DocumentKind, MeetingDocument
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind
from ahtc_tui.domain.errors import BadFile, NotFound
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.publication.comparison import (
    AlteredParagraph,
    PlacedText,
    find_alterations,
    measure_likeness,
)
from ahtc_tui.domain.publication.model import PublishedDocument, ReleaseRow
from ahtc_tui.domain.publication.page_texts import PageTexts
from ahtc_tui.services.documents.file_formats import WORD, write_format
from ahtc_tui.services.documents.meeting_note import build_released_papers
from ahtc_tui.services.documents.meeting_pages import MEETING_FIELDS, stamp_release
from ahtc_tui.services.documents.office_papers import load_welsh_names, write_papers
from ahtc_tui.services.documents.rendering import build_writers, find_template
from ahtc_tui.services.exports import commission, dashboard, highlight
from ahtc_tui.services.exports.highlight import HighlightContent
from ahtc_tui.services.exports.published_pages import render_page
from ahtc_tui.services.publication.service import Release, load_page
from ahtc_tui.store.publication.queries import ReleaseName, list_releases

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

LEAST_LIKENESS = 0.5
"""Share of common words below which a file was not written from a release."""
SOURCE_KIND = "source"
"""Kind of the names of documents in footnotes, which are compared footnote by footnote."""
PAGE_TYPES: dict[PublishedDocument, type[Any]] = {
    PublishedDocument.MINUTES: MeetingDocument,
    PublishedDocument.AGENDA: MeetingDocument,
    PublishedDocument.NOTE: MeetingDocument,
    PublishedDocument.PAPER: OfficePaper,
    PublishedDocument.DASHBOARD: Dashboard,
    PublishedDocument.HIGHLIGHT: HighlightContent,
}


@dataclass(frozen=True, slots=True)
class FileComparison:
    """The release of a file, and the paragraphs that differ from it."""

    release: int
    document: PublishedDocument
    ref: str
    released_on: date
    language: Language
    differs: tuple[AlteredParagraph, ...]


class _Candidate(NamedTuple):
    name: ReleaseName
    release: Release[Any]
    language: Language


def compare_with_release(workspace: Workspace, file: Path) -> FileComparison:
    """Return the release that a file was written from, and the paragraphs that differ.

    Raises NotFound where no release of this office is like the file, BadFile where it cannot be read, ProgramError for
    a PDF without LibreOffice.
    """
    try:
        found = _read_body(file)
    except FileNotFoundError as error:
        raise BadFile(_('There is no file "{path}".').format(path=file)) from error
    except OSError as error:
        raise BadFile(_("{name} cannot be read: {reason}").format(name=file.name, reason=error.strerror)) from error
    candidate = _find_candidate(workspace, found)
    ending = WORD if file.suffix.lower() == ".odt" else file.suffix.lower()
    with tempfile.TemporaryDirectory(prefix="ahtc-") as folder:
        copy = Path(folder) / f"release{ending}"
        _write_release(workspace, candidate, copy)
        released = _read_body(copy)
    differs = find_alterations(released, found, list(_list_placed_texts(candidate)))
    name = candidate.name
    ref = name.meeting_ref or name.commission_ref or name.document.value
    return FileComparison(name.number, name.document, ref, name.released_on, candidate.language, tuple(differs))


def _read_body(file: Path) -> str:
    if file.suffix.lower() == ".pdf":
        from ahtc_tui.formats.pdf.page_texts import read_page_bodies

        return "\n".join(read_page_bodies(file.read_bytes()))
    from ahtc_tui.formats.files.text_extraction import read_body_text

    return read_body_text(file, file.read_bytes())


def _find_candidate(workspace: Workspace, found: str) -> _Candidate:
    """Return the release, and its language, whose words the file has most of. Raises NotFound."""
    words = found.split()
    best: tuple[float, _Candidate] | None = None
    with workspace.database.read() as cursor:
        names = list_releases(cursor)
    for name in names:
        if name.document not in PAGE_TYPES:
            continue
        release = _load_release(name)
        for language in Language:
            candidate = _Candidate(name, release, language)
            likeness = measure_likeness(_render(candidate).split(), words)
            if best is None or likeness > best[0]:
                best = likeness, candidate
    if best is None or best[0] < LEAST_LIKENESS:
        raise NotFound(_("This file was not made from a release of this office."))
    return best[1]


def _load_release(name: ReleaseName) -> Release[Any]:
    page_type = PAGE_TYPES[name.document]
    row = ReleaseRow(name.number, name.released_on, "", Marking.OFFICIAL)
    return Release(row, load_page(page_type, name.page_en), load_page(page_type, name.page_cy))


def _render(candidate: _Candidate) -> str:
    """Return the text of a release in the languages of a file."""
    name, release, language = candidate
    pages: Sequence[tuple[Language, Any]]
    if name.document is PublishedDocument.NOTE:
        pages = build_released_papers(release, language)
    elif isinstance(release.english, MeetingDocument):
        pages = list(zip(language.languages, stamp_release(release, language), strict=True))
    else:
        pages = release.list_versions(language)
    texts = []
    for printed, page in pages:
        with use_language(printed):
            texts += render_page(page, printed)
    return "\n".join(texts)


def _list_placed_texts(candidate: _Candidate) -> Iterator[PlacedText]:
    """Yield the texts of a release in each of its languages, with their places."""
    release, texts = candidate.release, PageTexts(MEETING_FIELDS if _is_meeting(candidate) else commission.PAPER_FIELDS)
    if isinstance(release.english, MeetingDocument | OfficePaper):
        listed = texts.list_texts(release.english, release.welsh)
        for language in candidate.language.languages:
            for text in listed:
                if text.kind != SOURCE_KIND:
                    printed = text.printed if language is Language.EN else text.printed_cy or text.printed
                    yield PlacedText(text.place or _("Heading"), printed)
            page = release.english if language is Language.EN else release.welsh
            yield from _list_footnotes(page, language) if isinstance(page, OfficePaper) else ()
        return
    for line in _render(candidate).splitlines():
        yield PlacedText(line.strip(), line)


def _list_footnotes(paper: OfficePaper, language: Language) -> Iterator[PlacedText]:
    """Yield the footnotes of a paper with the numbers of their paragraphs."""
    with use_language(language):
        for paragraph in (paragraph for part in paper.parts for paragraph in part.paragraphs):
            for note in paragraph.sources:
                yield PlacedText(paragraph.number, note.text)


def _is_meeting(candidate: _Candidate) -> bool:
    return isinstance(candidate.release.english, MeetingDocument)


def _write_release(workspace: Workspace, candidate: _Candidate, target: Path) -> None:
    """Write a release in the format of a file, as the export does."""
    name, release, language = candidate
    ending = target.suffix
    match release.english:
        case MeetingDocument() if name.document is PublishedDocument.NOTE:
            write_papers(workspace, PaperKind.NOTE, target, build_released_papers(release, language))
        case MeetingDocument():
            documents = stamp_release(release, language)
            template = find_template(workspace, DocumentKind(name.document.value))
            write_format(target, target.name, ending, build_writers(documents, template))
        case OfficePaper():
            write_papers(workspace, PaperKind.PAPER, target, commission.stamp_papers(release, language))
        case HighlightContent():
            content = highlight.stamp_release(release)
            highlight.write_report(workspace, target, content, Marking.OFFICIAL, language)
        case _:
            from ahtc_tui.formats.html.dashboard import render_dashboard

            names = load_welsh_names(workspace, language)
            page = render_dashboard(dashboard.stamp_release(release), language, names)
            target.write_bytes(page.encode("utf-8", "replace"))
