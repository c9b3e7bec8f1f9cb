"""Agenda, minutes and note of a meeting as pages to be published, and as the documents of their releases.

Pages of other records, such as the dashboard, name people in the same way.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import NO_DAY, format_long_date
from ahtc_tui.domain.documents.meeting_document import (
    Cut,
    DocumentKind,
    Edition,
    MeetingDocument,
)
from ahtc_tui.domain.i18n import Language, _, gettext_noop, use_language
from ahtc_tui.domain.meetings.standard_titles import is_item_for_declarations
from ahtc_tui.domain.publication.marks import SMALL_GROUP, MarkContext
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.domain.publication.page_texts import PageFields, PageTexts
from ahtc_tui.domain.publication.record_texts import RecordTexts
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.composition import compose_with_names
from ahtc_tui.services.documents.participant_names import ParticipantNames
from ahtc_tui.services.documents.private_names import PrivateNames
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.publication.service import BuildPage, PublishedPage, Release, read_mark_context
from ahtc_tui.store.documents import published_names
from ahtc_tui.store.publication.queries import ReleaseSubject

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


MEETING_FIELDS = PageFields(
    frozenset({
        *("kind", "cut", "marking", "ref", "day", "when", "time", "remark", "warning", "version", "due", "heading"),
        *("minutes", "at", "number", "item", "withheld", "minutes_status", "language", "missing_welsh", "is_agreed"),
    }),
    {
        **dict.fromkeys(("lead", "presenter", "author", "group"), "name"),
        **dict.fromkeys(("was", "now", "by"), "amendment"),
        **dict.fromkeys(("agenda", "items"), "item"),
        "papers": "paper",
        "where": "venue",
        "silence": "next_meeting",
    },
    frozenset({"heading"}),
    {"decisions": gettext_noop("Decisions")},
)  # fmt: skip
"""Kinds of the fields of agenda and minutes; every other field is typed text."""


def find_page(document: PublishedDocument, ref: str) -> BuildPage:
    """Return what composes the page of a document of a meeting."""
    return partial(build_meeting_page, document=document, ref=ref)


def build_meeting_page(workspace: Workspace, document: PublishedDocument, ref: str) -> PublishedPage[MeetingDocument]:
    """Return a document of a meeting as it would be published, in both languages.

    Raises NotFound; Refused for a cancelled meeting, where it is not the agenda.
    """
    kind = DocumentKind.AGENDA if document is PublishedDocument.AGENDA else DocumentKind.MINUTES
    pages: list[MeetingDocument] = []
    originals: dict[str, str] = {}
    withheld: set[str] = set()
    terms: set[str] = set()
    apologies: set[str] = set()
    for language in (Language.EN, Language.CY):
        edition = Edition(Cut.PUBLISHED, Marking.OFFICIAL, language)
        page, names = compose_with_names(workspace, kind, ref, edition)
        pages.append(_prune_for_note(page) if document is PublishedDocument.NOTE else page)
        originals |= names.originals
        withheld |= names.private.withheld
        terms |= set(names.labels.values())
        with use_language(language):
            apologies |= set(map(names.format_attendee, names.list_unnamed_apologies()))
    english, welsh = (replace(page.without_references(), missing_welsh=()) for page in pages)
    with workspace.database.read() as cursor:
        key, ref = record_lookup.find_meeting(cursor, ref)
        day = english.day if english.day and english.day != NO_DAY else workspace.today()
        context = read_mark_context(cursor, day, withheld, terms)
    context = replace(
        context,
        apologies=frozenset(apologies),
        small_groups=tuple(names.list_small_groups()),
        is_small_meeting=len(names.people) <= SMALL_GROUP,
    )
    subject = ReleaseSubject(document, meeting=key)
    return PublishedPage(subject, ref, english, welsh, PageTexts(MEETING_FIELDS, originals), context, Marking.OFFICIAL)


def read_released_documents(
    workspace: Workspace, document: PublishedDocument, ref: str, language: Language
) -> tuple[MeetingDocument, ...]:
    """Return the last release of a document of a meeting in each language of a file, with its number.

    Raises NotFound; Refused where it was never released, or where it changed since.
    """
    release = publication.read_release(workspace, find_page(document, ref))
    return stamp_release(release, language)


def stamp_release(release: Release[MeetingDocument], language: Language) -> tuple[MeetingDocument, ...]:
    """Return the documents of a release in each language of a file, with its number and day as their version."""
    documents = []
    for printed, page in release.list_versions(language):
        with use_language(printed):
            documents.append(replace(page, version=format_release(release)))
    return tuple(documents)


def format_release(release: Release[Any]) -> str:
    """Return the number and day of a release, as every language and format prints it."""
    row = release.row
    return _("Release {n}, published {day}").format(n=row.number, day=format_long_date(row.released_on))


def _prune_for_note(document: MeetingDocument) -> MeetingDocument:
    """Return only what a note prints of the minutes: declarations of interest, attendance and decisions.

    The lines of the standing item for declarations are the declarations. The item is kept without lines too: only then
    the note says that nothing was recorded under it.
    """
    items = [
        replace(item, title="", section="", presenter="", silence="", brief=(), papers=())
        for item in document.agenda
        if is_item_for_declarations(item.title)
    ]
    return replace(
        document, agenda=tuple(items), actions=(), amendments=(), papers=(), brief=(), next_meeting="", condition=""
    )


def read_record_texts(workspace: Workspace) -> tuple[RecordTexts, MarkContext]:
    """Return the walk through the records of a page, in which people are named as in published minutes."""
    today = workspace.today()
    with workspace.database.read() as cursor:
        people = published_names.read_registered_people(cursor, today)
        context = read_mark_context(cursor, today)
    return RecordTexts(ParticipantNames(Cut.PUBLISHED, {}, PrivateNames(people))), context
