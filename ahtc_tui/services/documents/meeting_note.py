"""The note of a meeting: who attended, apologies, declarations of interest and decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.working_days import compute_note_day
from ahtc_tui.domain.documents.meeting_document import MeetingDocument
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind, PaperPart
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.meeting_pages import (
    build_meeting_page,
    find_page,
    stamp_release,
)
from ahtc_tui.services.documents.office_papers import write_papers
from ahtc_tui.services.privacy.marking_limit import refuse_marked_publication
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.publication.service import Release
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings.queries import read_meeting


@dataclass(frozen=True, slots=True)
class NoteReport:
    """A written note, and what is left to do before its day."""

    file: Path
    ref: str
    due: date | None
    """Day by which it is to be published."""
    overdue: bool
    """Whether that day is past and nothing was published."""
    published_on: date | None
    """Day of the last release."""
    marking: Marking
    decisions: int
    missing_welsh: tuple[str, ...]
    """Texts that a Welsh or bilingual note has in English, marked as such."""


def export_note(
    workspace: Workspace,
    ref: str,
    target: Path,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language = Language.BOTH,
    *,
    is_published: bool = False,
) -> NoteReport:
    """Write the note of a meeting: its last release, or without `is_published` a copy for the office, which says so.

    Raises BadInput for another suffix, NotFound; Refused where the file exists, for a meeting that was cancelled or
    whose day has not come, and for a published note that is not released as it is now.
    """
    check_format("note", target)
    published_on: date | None
    ref, due = read_due_day(workspace, ref)
    if is_published:
        refuse_marked_publication(marking)
        release = publication.read_release(workspace, find_page(PublishedDocument.NOTE, ref))
        published_on = release.row.released_on
        papers = build_released_papers(release, language)
        decisions = len(release.english.decisions)
    else:
        page = build_meeting_page(workspace, PublishedDocument.NOTE, ref)
        last = publication.find_last_release(workspace, page.subject)
        published_on = last.released_on if last else None
        papers, decisions = [], len(page.english.decisions)
        for printed in language.languages:
            with use_language(printed):
                document = page.welsh if printed is Language.CY else page.english
                paper = build_note(document, due, workspace.today(), published_on, is_published=False)
                papers.append((printed, replace(paper, marking=marking).for_office()))
    write_papers(workspace, PaperKind.NOTE, target, papers, force)
    is_late = due is not None and due < workspace.today() and published_on is None
    return NoteReport(target, ref, due, is_late, published_on, marking, decisions, papers[0][1].untranslated)


def build_released_papers(release: Release[MeetingDocument], language: Language) -> list[tuple[Language, OfficePaper]]:
    """Return the note of a release in each language of a file, Welsh first."""
    papers = []
    documents = stamp_release(release, language)
    for printed, document in zip(language.languages, documents, strict=True):
        with use_language(printed):
            day = release.row.released_on
            papers.append((printed, build_note(document, None, day, day)))
    return papers


def read_due_day(workspace: Workspace, ref: str) -> tuple[str, date | None]:
    """Return the reference of a meeting and the day of its note. Raises NotFound; Refused before the meeting."""
    with workspace.database.read() as cursor:
        key, ref = record_lookup.find_meeting(cursor, ref)
        row = read_meeting(cursor, key)
    if row.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled. It has no minutes.").format(ref=ref))
    if row.day is None or not row.day.has_day:
        return ref, None
    if row.day.earliest > workspace.today():
        sentence = _("{ref} is on {day}, in the future. Its note can be exported from that date.")
        raise Refused(sentence.format(ref=ref, day=row.day))
    return ref, compute_note_day(row.day.latest)


def build_note(
    document: MeetingDocument,
    due: date | None,
    today: date,
    published_on: date | None = None,
    *,
    is_published: bool = True,
) -> OfficePaper:
    """Return the note in the current language; a part without content says so in a sentence.

    It has the day of publication, a copy for the office that of the last one; before, the day by which it is due.
    """
    facts = [(_("Meeting"), document.title)] if document.title else []
    if document.time:
        facts.append((_("Time"), document.time))
    if document.where:
        facts.append((_("Venue"), document.where))
    if published_on:
        published_label = _("Published on") if is_published else _("Last published on")
        facts.append((published_label, format_long_date(published_on)))
    elif due:
        due_label = _("Was to be published by") if due < today else _("To be published by")
        facts.append((due_label, format_long_date(due)))
    if document.minutes_status:
        facts.append((_("Status of the minutes"), document.format_status()))
    attendance = {group.heading: group.people for group in document.attendance}
    apologies, absent = (attendance.pop(heading, ()) for heading in (_("Apologies"), _("Absent")))
    parts = [PaperPart(heading, points=people) for heading, people in attendance.items()]
    if not (parts or absent):
        parts = [PaperPart(_("Attendance"), none=_("Attendance was not recorded."))]
    decisions = tuple(decision.text for decision in document.decisions)
    parts += [
        PaperPart(_("Apologies"), points=apologies, none=_("No apologies were recorded.")),
        *([PaperPart(_("Absent"), points=absent)] if absent else []),
        *_list_declarations(document),
        PaperPart(_("Decisions"), points=decisions, none=_("No decisions were recorded.")),
        PaperPart(_("About this note"), (document.remark,)),
    ]
    title = _("Note of the meeting: {group}").format(group=document.group)
    return OfficePaper(title, document.when, document.day or today, tuple(facts), tuple(parts), document.marking)


def _list_declarations(document: MeetingDocument) -> list[PaperPart]:
    """Return the part with the declarations of interest: the lines under their standing item, if there is one."""
    if not document.agenda:
        return []
    declarations = tuple(line.text for item in document.agenda for line in item.lines)
    none = _("No declarations were recorded.")
    return [PaperPart(_("Declarations of interest"), points=declarations, none=none)]
