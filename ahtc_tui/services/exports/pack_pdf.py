"""Export of a meeting pack as one PDF: cover with contents, agenda, last minutes, papers and open actions.

The files of the papers are attached to them, or are in a folder of the office, named by the number of the paper:
"P1 Courses.docx". A file of the folder comes before an attached one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from ahtc_tui.domain.actions.filters import Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking, find_highest_marking
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.documents.meeting_pack import MeetingPackReport, build_pack_sort_key
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind, PaperPart
from ahtc_tui.domain.errors import BadFile, BadInput, ProgramError
from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
from ahtc_tui.domain.i18n import SEPARATOR, _, get_current_language, join_translations, pgettext
from ahtc_tui.domain.meetings.model import PAPER_ENDINGS, PaperFile, PaperRow
from ahtc_tui.domain.publication.withholding import find_reason
from ahtc_tui.domain.text.sizes import format_size
from ahtc_tui.formats.files.atomic_write import check_target, write_file_atomically
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.documents.meeting_documents import export_document
from ahtc_tui.services.documents.meeting_file_names import find_free_meeting_path
from ahtc_tui.services.documents.office_papers import build_in_languages, write_papers
from ahtc_tui.services.exports.meeting_pack import read_pack_content
from ahtc_tui.services.meetings.paper_files import list_files
from ahtc_tui.services.output_folders import format_file_name
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings.queries import read_meeting

LARGEST_PAPER = 50 * 1024 * 1024
"""Largest file of a paper, in bytes."""


@dataclass(frozen=True, slots=True)
class PackEntry:
    """A part of the pack."""

    title: str
    page: int
    """Number of its first page."""
    pages: int


@dataclass(frozen=True, slots=True)
class PackPdfReport:
    """A written pack, and the papers that it names on a separate page."""

    file: Path
    ref: str
    marking: Marking
    pages: int
    parts: tuple[PackEntry, ...]
    missing: tuple[str, ...]
    """A sentence for each paper without a file, or with one that cannot be put into the pack."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A paper of the joined document with its title in the current language, and number of pages."""

    format_title: Callable[[], str]
    file: Path
    pages: int
    paper: str = ""
    """Number of a paper of the meeting, which is printed on each of its pages."""


class _PackBuilder:
    """Builds the parts of one pack in a temporary folder."""

    def __init__(self, workspace: Workspace, folder: Path, content: MeetingPackReport, marking: Marking) -> None:
        self.workspace, self.folder, self.content = workspace, folder, content
        self.languages = get_current_language().languages
        self.marking = find_highest_marking(marking, [content.marking])
        self.parts: list[_Part] = []
        self.missing: list[str] = []

    def add_document(self, kind: DocumentKind, ref: str, format_title: Callable[[], str]) -> None:
        """Add the agenda or the minutes of a meeting."""
        path = self.folder / f"{kind.value}.docx"
        report = export_document(self.workspace, kind, ref, path, Edition(marking=self.marking))
        self.marking = find_highest_marking(self.marking, [report.marking])
        self.parts.append(self._measure(format_title, self._convert_without_page_numbers(path)))

    def add_papers(self, papers: Sequence[PaperRow], source: Path | None, attached: Mapping[str, PaperFile]) -> None:
        """Add each paper in order: its file, or a page that says why it is not in the pack."""
        folder = self.folder / "attached"
        folder.mkdir()
        for number, paper in enumerate(papers, start=1):
            try:
                file = (find_paper_file(source, paper.ref) if source else None) or _write_attached(
                    folder, attached.get(paper.ref), number
                )
                if paper.is_withheld:
                    self._add_withheld_sheet(paper, number)
                if file or not paper.is_withheld:
                    self.parts.append(replace(self._copy_file(paper, file, number), paper=paper.number))
            except BadFile as error:
                self.missing.append(f"{paper.ref}: {error}")
                notice = self._write_notice(paper, str(error), number)
                part = self._measure(partial(_format_missing_title, paper), notice)
                self.parts.append(replace(part, paper=paper.number))

    def _add_withheld_sheet(self, paper: PaperRow, number: int) -> None:
        """Add the sheet of a paper that is withheld from publication, before its file if there is one."""

        def build() -> OfficePaper:
            facts = [(_("Paper"), paper.ref)]
            facts += [(_("Author"), paper.author)] if paper.author else []
            facts += [(_("Reason"), find_reason(paper.withheld_reason).label)] if paper.withheld_reason else []
            part = PaperPart(_("Withheld"), (_("This paper is withheld from publication. Do not pass it on."),))
            return self._build_paper(paper.printed_title, facts, (part,))

        sheet = self._measure(partial(_format_withheld_title, paper), self._write_paper(f"withheld-{number}", build))
        self.parts.append(replace(sheet, paper=paper.number))

    def _copy_file(self, paper: PaperRow, file: Path | None, number: int) -> _Part:
        """Copy the file of a paper as PDF. Raises BadFile with the reason as a clause."""
        if file is None:
            raise BadFile(_("no file of this paper was given"))
        if file.stat().st_size > LARGEST_PAPER:
            sentence = _("{name} has {size}; a paper may have {most}")
            size, most = format_size(file.stat().st_size), format_size(LARGEST_PAPER)
            raise BadFile(sentence.format(name=file.name, size=size, most=most))
        copy = self.folder / f"paper-{number}.pdf"
        try:
            if file.suffix.lower() == ".pdf":
                shutil.copyfile(file, copy)
            else:
                self._convert(file, copy)
            return self._measure(partial(_format_title, paper), copy)
        except BadFile as error:
            raise BadFile(_("{name} cannot be used: {reason}").format(name=file.name, reason=error)) from error
        except OSError as error:
            raise BadFile(_("{name} cannot be read: {reason}").format(name=file.name, reason=error.strerror)) from error

    def _convert(self, file: Path, copy: Path) -> None:
        from ahtc_tui.formats.libreoffice.conversion import convert_file

        source = self.folder / f"{copy.stem}{file.suffix.lower()}"
        shutil.copyfile(file, source)
        try:
            convert_file(source, copy, file.name)
        except ProgramError as error:
            raise BadFile(str(error)) from error

    def _write_notice(self, paper: PaperRow, reason: str, number: int) -> Path:
        def build() -> OfficePaper:
            facts = [(_("Paper"), paper.ref)]
            facts += [(_("Author"), paper.author)] if paper.author else []
            facts += [(_("Due"), format_day(paper.due))] if paper.due else []
            sentence = self._choose(reason, reason.split(SEPARATOR))
            part = PaperPart(_("Not in this pack"), (f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.",))
            return self._build_paper(paper.printed_title, facts, (part,))

        return self._write_paper(f"notice-{number}", build)

    def add_actions(self, rows: Sequence[ActionRow]) -> None:
        """Add the open actions by objective and lead."""

        def build() -> OfficePaper:
            groups = [(heading, list(group)) for heading, group in groupby(rows, key=lambda row: row.printed_objective)]
            parts = [_build_action_part(heading or _("Without an objective"), group) for heading, group in groups]
            return self._build_paper(_("Open actions"), [], tuple(parts) or (_build_action_part("", []),))

        self.marking = find_highest_marking(self.marking, [row.marking for row in rows])
        self.parts.append(self._measure(lambda: _("Open actions"), self._write_paper("actions", build)))

    def write_cover(self) -> list[PackEntry]:
        """Put the cover with the contents before the parts; return the entries with their pages."""
        pages = len(get_current_language().languages)
        while True:
            cover = self._write_cover(pages)
            counted = self._measure(lambda: _("Cover and contents"), cover)
            if counted.pages == pages:
                break
            pages = counted.pages
        self.parts.insert(0, counted)
        return self._number_parts(0)

    def _number_parts(self, cover_pages: int) -> list[PackEntry]:
        entries, page = [], cover_pages + 1
        for part in self.parts:
            entries.append(PackEntry(part.format_title(), page, part.pages))
            page += part.pages
        return entries

    def _write_cover(self, pages: int) -> Path:
        content = self.content

        def build() -> OfficePaper:
            facts = [(_("Venue"), content.where)] if content.where else []
            entries = enumerate(self._number_parts(pages), start=1)
            rows = tuple((str(number), entry.title, str(entry.page)) for number, entry in entries)
            part = PaperPart(
                _("Contents"),
                (),
                (pgettext("number", "No."), _("Paper"), _("Pack page")),
                rows,
                (1.6, 12.0, 2.8),
                _("No papers."),
            )
            return self._build_paper(_("Papers for the meeting: {group}").format(group=content.group), facts, (part,))

        return self._write_paper("cover", build)

    def _build_paper(self, title: str, facts: Sequence[tuple[str, str]], parts: tuple[PaperPart, ...]) -> OfficePaper:
        subtitle = self._choose(self.content.when, self.content.when.splitlines())
        return OfficePaper(title, subtitle, self.workspace.today(), tuple(facts), parts, self.marking)

    def _choose(self, text: str, in_languages: Sequence[str]) -> str:
        """Return a text of the file in the current language, or as it is where the languages share it."""
        if len(in_languages) != len(self.languages):
            return text
        return dict(zip(self.languages, in_languages, strict=True)).get(get_current_language(), text)

    def _write_paper(self, name: str, build: Callable[[], OfficePaper]) -> Path:
        papers = build_in_languages(self.workspace, PaperKind.PACK, build, get_current_language())
        path = write_papers(self.workspace, PaperKind.PACK, self.folder / f"{name}.docx", papers, force=True)
        return self._convert_without_page_numbers(path)

    @staticmethod
    def _convert_without_page_numbers(document: Path) -> Path:
        """Convert a document of our own, whose pages have the numbers of the pack alone; return the PDF file."""
        from ahtc_tui.formats.docx.page_number_removal import remove_page_numbers
        from ahtc_tui.formats.libreoffice.conversion import convert_file

        remove_page_numbers(document)
        target = document.with_suffix(".pdf")
        convert_file(document, target, target.name)
        return target

    @staticmethod
    def _measure(format_title: Callable[[], str], file: Path) -> _Part:
        from ahtc_tui.formats.pdf.assembly import count_pages

        return _Part(format_title, file, count_pages(file))


def _format_minutes_title(workspace: Workspace, ref: str) -> str:
    """Return "Minutes, 10 December 2013", with the reference where the day is not known."""
    with workspace.database.read() as cursor:
        row = read_meeting(cursor, record_lookup.find_meeting(cursor, ref)[0])
    return _("Minutes, {day}").format(day=format_day(row.day) or row.ref)


def _build_action_part(heading: str, rows: Sequence[ActionRow]) -> PaperPart:
    """Return the actions of an objective by lead."""
    head = (_("Ref"), _("Action"), _("Lead"), _("Due"))
    lines = tuple((row.ref, row.printed_title, row.lead_in_full, format_day(row.due) or "–") for row in rows)
    return PaperPart(heading, (), head, lines, (2.8, 7.0, 3.2, 3.4), _("No open actions."))


def _format_title(paper: PaperRow) -> str:
    return f"{paper.ref} {paper.printed_title}"


def _format_withheld_title(paper: PaperRow) -> str:
    return _("{title} (withheld)").format(title=_format_title(paper))


def _format_missing_title(paper: PaperRow) -> str:
    return _("{title} (not in this pack)").format(title=_format_title(paper))


def find_paper_file(folder: Path, ref: str) -> Path | None:
    """Return the file of a paper: its name begins with the reference ("LG-2014-01-P1") or its end ("P1"); a PDF first.

    Raises BadFile where the only file has another format.
    """
    number = ref.rpartition("/")[2]
    pattern = re.compile(rf"(?:{re.escape(ref.replace('/', '-'))}|{re.escape(number)})(?![0-9])", re.IGNORECASE)
    files = sorted(file for file in folder.iterdir() if file.is_file() and pattern.match(file.name))
    known = [file for ending in PAPER_ENDINGS for file in files if file.suffix.lower() == ending]
    if files and not known:
        sentence = _("{name} cannot be put into the pack. Use {formats}")
        raise BadFile(sentence.format(name=files[0].name, formats=", ".join(PAPER_ENDINGS)))
    return known[0] if known else None


def _write_attached(folder: Path, file: PaperFile | None, number: int) -> Path | None:
    """Write an attached file under its own name, in a separate folder; return its path."""
    from pathvalidate import sanitize_filename

    if file is None:
        return None
    path = folder / str(number) / sanitize_filename(file.name)
    path.parent.mkdir()
    path.write_bytes(file.content)
    return path


def check_pack_target(target: Path, papers: Path | None, force: bool = False) -> None:
    """Raise, before anything is written, what would stop the pack.

    BadInput where `papers` is not a folder, Refused where the file exists, ProgramError where LibreOffice is missing.
    """
    from ahtc_tui.formats.libreoffice.conversion import require_libreoffice

    if papers is not None and not papers.is_dir():
        raise BadInput(_('"{path}" is not a folder.').format(path=papers))
    check_target(target, force)
    require_libreoffice(Path("agenda.docx"), target.name)


def write_pack_pdf(
    workspace: Workspace,
    ref: str,
    target: Path,
    papers: Path | None = None,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> PackPdfReport:
    """Write the pack as one PDF; `papers` is the folder with the files of the papers.

    Raises as `check_pack_target`; NotFound; Refused for a meeting that was held or cancelled.
    """
    check_pack_target(target, papers, force)
    content, last_meeting, action_filter = read_pack_content(workspace, ref, target.parent)
    with hold_temporary_folder() as temporary:
        builder = _PackBuilder(workspace, temporary, content, marking)
        builder.add_document(DocumentKind.AGENDA, content.ref, lambda: _("Agenda"))
        if last_meeting:
            title = partial(_format_minutes_title, workspace, last_meeting)
            builder.add_document(DocumentKind.MINUTES, last_meeting, title)
        builder.add_papers(content.papers, papers, list_files(workspace, content.ref))
        builder.add_actions(sorted(list_actions(workspace, action_filter, Sort.REF), key=build_pack_sort_key))
        entries = builder.write_cover()
        _join(target, builder, force)
    pages = sum(entry.pages for entry in entries)
    return PackPdfReport(target, content.ref, builder.marking, pages, tuple(entries), tuple(builder.missing))


def write_pack_pdf_to_folder(workspace: Workspace, ref: str) -> PackPdfReport:
    """Write the pack under a free name in the exports folder. Raises as `write_pack_pdf`."""
    target = find_free_meeting_path(workspace, ref, "pack", ".pdf")
    return write_pack_pdf(workspace, ref, target)


def _join(target: Path, builder: _PackBuilder, force: bool) -> None:
    from ahtc_tui.formats.pdf.assembly import PdfPart, PdfProperties, join_parts

    group, language = builder.content.group, get_current_language()
    title = format_file_name(lambda: _("Papers for the meeting: {group}").format(group=group))
    keywords = join_translations(language.languages, lambda: builder.marking.label)
    properties = PdfProperties(title, builder.content.ref, keywords, language)
    parts = [PdfPart(part.format_title(), part.file, part.paper) for part in builder.parts]
    write_file_atomically(target, lambda path: join_parts(path, parts, properties), force)
