"""Exports agenda and minutes for the chair, the group or the public; manages the templates of the workspace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition, MeetingDocument
from ahtc_tui.domain.documents.office_paper import PaperKind
from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.formats.files.atomic_write import check_target, make_bytes_writer, write_file_atomically
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.file_formats import (
    CONVERTED,
    SLIDES,
    WORD,
    DocumentWriters,
    write_format,
)
from ahtc_tui.services.documents.issued_copies import find_issued_version
from ahtc_tui.services.documents.meeting_pages import read_released_documents
from ahtc_tui.services.documents.rendering import (
    PAPER_TEMPLATE,
    SHIPPED,
    TEMPLATES,
    build_writers,
    compose_documents,
    find_template,
)
from ahtc_tui.services.output_folders import claim_free_name, format_file_name
from ahtc_tui.services.privacy.marking_limit import refuse_marked_publication
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.documents import chasers as stored
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.meetings.queries import find_secretariat

if TYPE_CHECKING:
    from ahtc_tui.formats.eml.notes import Circulation
    from ahtc_tui.services.workspace import Workspace


BACK_PLAN = "back-plan.txt"
"""File with the tasks from which a back-plan is created."""

ACTIONS_BY_ITEM = "minutes-actions-by-item.docx"
"""Template of minutes with the actions under their items; renamed to `minutes.docx` it replaces the other."""

MAIL = ".eml"

SLIDE_TEMPLATE = f"{PaperKind.HIGHLIGHT}{SLIDES}"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """Result of an export."""

    file: Path
    kind: DocumentKind
    ref: str
    cut: Cut
    marking: Marking
    items: int
    actions: tuple[str, ...]
    decisions: tuple[str, ...]
    template: Path | None
    """Template of the workspace, where one was used."""
    language: Language = Language.EN
    missing_welsh: tuple[str, ...] = ()
    """Places of a Welsh document with English text, which is marked."""
    without_address: tuple[str, ...] = ()
    """Recipients of a mail draft who have no email address."""


def export_document(
    workspace: Workspace,
    kind: DocumentKind,
    ref: str,
    target: Path,
    edition: Edition | None = None,
    *,
    force: bool = False,
) -> DocumentReport:
    """Write the agenda or minutes of a meeting; the suffix of `target` selects the format.

    The document has the highest marking of its parts; by default it is to be circulated. Raises BadInput for
    another suffix, NotFound, Refused where the file exists, the meeting was cancelled, or a published copy is not
    released as it is now, BadFile for a template that cannot be filled, ProgramError where LibreOffice is needed and
    missing. Minutes as .eml are a draft to those invited. `force` replaces an existing file.
    """
    ending = check_format(kind, target)
    edition = edition or Edition()
    circulation = read_circulation(workspace, ref) if ending == MAIL else None
    documents = read_documents(workspace, kind, ref, edition)
    template = find_template(workspace, kind)
    writers = build_writers(documents, template)

    def write_file(path: Path) -> None:
        if circulation:
            write_minutes_mail(path, documents, writers, circulation, edition.language)
        else:
            write_format(path, target.name, ending, writers)

    write_file_atomically(target, write_file, force)
    used = template if ending in (WORD, *CONVERTED) and template.parent != SHIPPED else None
    without_address = circulation.without_address if circulation else ()
    return _build_report(target, documents, used, edition.language, without_address)


def read_documents(workspace: Workspace, kind: DocumentKind, ref: str, edition: Edition) -> tuple[MeetingDocument, ...]:
    """Return a document in its languages: for the public the last release, else as the records are now.

    Raises NotFound; Refused for minutes of a cancelled meeting, and where the public has no release of this text.
    """
    if edition.cut is Cut.PUBLISHED:
        refuse_marked_publication(edition.marking)
        return read_released_documents(workspace, PublishedDocument(kind.value), ref, edition.language)
    if kind is DocumentKind.MINUTES:
        edition = replace(edition, issue=find_issued_version(workspace, ref))
    return compose_documents(workspace, kind, ref, edition)


def _build_report(
    target: Path,
    documents: tuple[MeetingDocument, ...],
    template: Path | None,
    language: Language,
    without_address: tuple[str, ...],
) -> DocumentReport:
    document = documents[0]
    return DocumentReport(
        target,
        document.kind,
        document.ref,
        document.cut,
        document.marking,
        len(document.agenda),
        tuple(action.ref for action in document.actions),
        tuple(decision.ref for decision in document.decisions),
        template,
        language,
        document.missing_welsh,
        without_address,
    )


def list_minutes_warnings(workspace: Workspace, ref: str, cut: Cut, language: Language) -> list[str]:
    """Return warnings to read before minutes are issued: texts without Welsh. Raises NotFound."""
    documents = compose_documents(workspace, DocumentKind.MINUTES, ref, Edition(cut, Marking.OFFICIAL, language))
    return list(dict.fromkeys(sentence for document in documents for sentence in format_warnings(document)))


def format_warnings(paper: MeetingDocument | DocumentReport) -> list[str]:
    """Return the warnings of a document as sentences."""
    english = _("No Welsh text, so English is used: {words}")
    return [english.format(words=words) for words in paper.missing_welsh]


def copy_templates(workspace: Workspace, force: bool = False) -> list[Path]:
    """Copy the shipped templates into the workspace. Raises Refused where one of them exists, unless `force`."""
    folder = workspace.root / TEMPLATES
    shipped = {folder / f"{kind}.docx": SHIPPED / f"{kind}.docx" for kind in DocumentKind}
    shipped[folder / ACTIONS_BY_ITEM] = SHIPPED / ACTIONS_BY_ITEM
    shipped |= {folder / f"{kind}.docx": SHIPPED / f"{PAPER_TEMPLATE}.docx" for kind in PaperKind}
    shipped[folder / SLIDE_TEMPLATE] = SHIPPED / SLIDE_TEMPLATE
    shipped[folder / BACK_PLAN] = SHIPPED / BACK_PLAN
    for target in shipped:
        check_target(target, force)
    _make_folder(folder)
    for target, source in shipped.items():
        content = source.read_bytes()
        write_file_atomically(target, make_bytes_writer(content), force)
    return list(shipped)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError(
            _("{folder} cannot be created: {reason}.").format(folder=folder, reason=error.strerror)
        ) from error


def read_circulation(workspace: Workspace, ref: str) -> Circulation:
    """Return those who are invited to a meeting, and the sender. Raises NotFound, Refused without an address."""
    from ahtc_tui.formats.eml.notes import Circulation

    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        invitees = read_card(cursor, meeting, workspace.today()).invitees
        office = find_secretariat(cursor)
        sender = stored.read_sender(cursor, office) if office else None
    circulation = Circulation(sender, invitees)
    if not invitees:
        raise Refused(_("Nobody is invited to {ref}, so no email with the minutes was saved.").format(ref=ref))
    if len(circulation.without_address) == len(invitees):
        raise Refused(_("Nobody invited to {ref} has an email address.").format(ref=ref))
    return circulation


def write_minutes_mail(
    path: Path,
    documents: tuple[MeetingDocument, ...],
    writers: DocumentWriters,
    circulation: Circulation,
    language: Language,
) -> None:
    """Write the draft with the minutes attached as a Word document, in the languages of the minutes."""
    from ahtc_tui.formats.eml.draft import Attachment
    from ahtc_tui.formats.eml.notes import build_minutes_draft

    document = documents[0]
    with hold_temporary_folder() as folder, use_language(language):
        title = format_file_name(lambda: f"{document.day or document.ref} {document.kind.label}, {document.group}")
        word = folder / f"{claim_free_name(folder, title, set(), 'minutes')}{WORD}"
        writers.word(word)
        path.write_bytes(build_minutes_draft(documents, circulation, Attachment(word.name, word.read_bytes())))
