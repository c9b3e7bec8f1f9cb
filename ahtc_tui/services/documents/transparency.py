"""Transparency return: external meetings of the office in a period, from the engagement log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.transparency import (
    RETURNED_KINDS,
    ExternalMeeting,
    LoggedContact,
    TransparencyReturn,
    is_in_period,
)
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import Language, _, get_current_language, mark_untranslated, translated_names, use_language
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.domain.publication.page_texts import PageFields, PageTexts
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.formats.transparency_return import write_transparency_csv
from ahtc_tui.services.documents.participant_names import ParticipantNames
from ahtc_tui.services.documents.private_names import PrivateNames
from ahtc_tui.services.output_folders import require_marked_name
from ahtc_tui.services.privacy.marking_limit import refuse_marked_publication
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.publication.service import BuildPage, PublishedPage, read_mark_context
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.own_post import find_own_post_ref
from ahtc_tui.store.documents import external_meetings as stored
from ahtc_tui.store.documents import published_names
from ahtc_tui.store.publication.queries import ReleaseSubject

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

FIELDS = PageFields(frozenset({"number", "on"}), {"official": "name", "organisation": "name"})
FIRST_DAY, LAST_DAY = date.min, date.max


@dataclass(frozen=True, slots=True)
class TransparencyReport:
    """A written return, and what it leaves out."""

    file: Path
    marking: Marking
    meetings: int
    """Number of lines: one for each organisation that was met."""
    private: tuple[str, ...]
    """References of contacts with private people only."""
    other_kinds: int
    """Number of mails and training sessions in the period."""
    governments: tuple[str, ...]
    """Departments and administrations that were met, whose kind says that they are not external."""


@dataclass(frozen=True, slots=True)
class _ReturnContent:
    """The return of a period, with what it leaves out."""

    page: TransparencyReturn
    private: tuple[str, ...]
    other_kinds: int
    governments: tuple[str, ...]
    originals: dict[str, str]
    withheld: frozenset[str]


def find_page(first: date = FIRST_DAY, last: date = LAST_DAY) -> BuildPage:
    """Return what composes the return of a period as a page to be published."""
    return partial(build_transparency_page, first=first, last=last)


def build_transparency_page(workspace: Workspace, first: date, last: date) -> PublishedPage[TransparencyReturn]:
    """Return the external meetings of a period as they would be published, in both languages.

    Raises BadInput for a period that ends before it begins.
    """
    _check_period(first, last)
    contents = []
    for language in (Language.EN, Language.CY):
        with use_language(language):
            contents.append(_build_content(workspace, first, last))
    english, welsh = contents
    originals, withheld = english.originals | welsh.originals, english.withheld | welsh.withheld
    with workspace.database.read() as cursor:
        context = read_mark_context(cursor, min(last, workspace.today()), withheld)
    document = PublishedDocument.TRANSPARENCY
    texts = PageTexts(FIELDS, originals)
    subject = ReleaseSubject(document)
    return PublishedPage(subject, document.value, english.page, welsh.page, texts, context, is_daily=True)


def export_transparency(
    workspace: Workspace,
    target: Path,
    first: date,
    last: date,
    *,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    is_published: bool = False,
) -> TransparencyReport:
    """Write the external meetings between two days as CSV; names of people are replaced as in published minutes.

    Without `is_published` it is a copy for the office, which says so. Raises BadInput for another suffix or a period
    that ends before it begins, Refused where the file exists, or where a published return is not released.
    """
    check_format("transparency", target)
    _check_period(first, last)
    if is_published:
        refuse_marked_publication(marking)
    require_marked_name(target, marking)
    content = _build_content(workspace, first, last)
    rows: Sequence[ExternalMeeting] = content.page.meetings
    remark = _("Not for publication, {marking}").format(marking=marking.label)
    if is_published:
        remark = ""
        rows = _read_released_rows(workspace, first, last)
    write_file_atomically(target, lambda path: write_transparency_csv(path, rows, content.page.official, remark), force)
    return TransparencyReport(target, marking, len(rows), content.private, content.other_kinds, content.governments)


def _check_period(first: date, last: date) -> None:
    if last < first:
        sentence = _("{last} comes before {first}. Give the earlier date first.")
        raise BadInput(sentence.format(first=format_long_date(first), last=format_long_date(last)))


def _read_released_rows(workspace: Workspace, first: date, last: date) -> tuple[ExternalMeeting, ...]:
    """Return the rows of the current period in the wording of the last release. Raises Refused without one."""
    pages = publication.print_released(workspace, find_page(first, last))
    page: TransparencyReturn = pages[Language.CY if get_current_language() is Language.CY else Language.EN]
    return page.meetings


def _build_content(workspace: Workspace, first: date, last: date) -> _ReturnContent:
    """Return the return of a period in the current language."""
    day = min(last, workspace.today())
    with workspace.database.read() as cursor:
        with translated_names():
            own_post = find_own_post_ref(cursor)
            contacts = [row for row in stored.read_contacts(cursor, own_post) if is_in_period(row.on, first, last)]
            official = _format_official(cursor, day)
        names = ParticipantNames(Cut.PUBLISHED, {}, PrivateNames(published_names.read_registered_people(cursor, day)))
    counted = [row for row in contacts if row.kind in RETURNED_KINDS]
    rows = _build_rows(counted, official, names)
    refs = {row.number for row in rows}
    private = {row.ref: None for row in counted if row.organisation is None and row.ref not in refs}
    return _ReturnContent(
        TransparencyReturn(rows, official),
        tuple(private),
        len(contacts) - len(counted),
        tuple(
            sorted({row.organisation for row in counted if row.organisation and row.is_government and not row.is_ours})
        ),
        names.originals,
        frozenset(names.private.withheld),
    )


def _format_official(cursor: Cursor, day: date) -> str:
    """Return the holder, where the name may be published, and the post of the office."""
    official = stored.read_official(cursor, find_own_post_ref(cursor), day)
    if official is None:
        return format_author()
    return ", ".join(part for part in (official.holder, official.post) if part)


def _build_rows(contacts: list[LoggedContact], official: str, names: ParticipantNames) -> tuple[ExternalMeeting, ...]:
    """Return a row for each external organisation of a contact, once: outside the governments of the United Kingdom."""
    rows: dict[tuple[str, str], ExternalMeeting] = {}
    for contact in contacts:
        if contact.organisation is None or not contact.is_external:
            continue
        on = contact.on.iso or contact.on.words
        subject = names.format_text(mark_untranslated(contact.subject))
        row = ExternalMeeting(contact.ref, official, on, contact.organisation, subject)
        rows.setdefault((contact.ref, contact.organisation), row)
    return tuple(rows.values())
