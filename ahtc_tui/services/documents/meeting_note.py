"""The note of a meeting for publication: who attended, apologies, declarations of interest and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.working_days import compute_note_day
from ahtc_tui.domain.documents.meeting_document import (
    Cut,
    DocumentKind,
    Edition,
    MeetingDocument,
    is_about_declarations,
    is_declared_interest,
)
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind, PaperPart
from ahtc_tui.domain.documents.publication import UnresolvedPlace
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.composition import compose_document
from ahtc_tui.services.documents.file_formats import check_ending
from ahtc_tui.services.documents.office_papers import Papers, build_in_languages, write_papers
from ahtc_tui.services.documents.publication import begin_note_publication
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
    marking: Marking
    decisions: int
    missing_welsh: tuple[str, ...]
    """Texts that a Welsh or bilingual note has in English, marked as such."""
    unresolved: tuple[UnresolvedPlace, ...]
    """Details of people in a note that was published by force."""


def export_note(
    workspace: Workspace,
    ref: str,
    target: Path,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language = Language.BOTH,
) -> NoteReport:
    """Write the note of a meeting, in the published cut; errors are in the current language.

    Raises BadInput for another suffix, NotFound; Refused where the file exists, or for a meeting that was cancelled or
    whose day has not come; PublicationRefused while details of people are in it, unless `force`, which is recorded.
    """
    check_ending(target)
    ref, due = _read_due_day(workspace, ref)
    documents: list[MeetingDocument] = []

    def build() -> OfficePaper:
        document = compose_document(
            workspace, DocumentKind.MINUTES, ref, Edition(Cut.PUBLISHED, marking)
        ).without_references()
        documents.append(document)
        return build_note(document, due, workspace.today())

    papers = build_in_languages(workspace, PaperKind.NOTE, build, language)
    places = _find_printed_places(documents, papers)
    with begin_note_publication(workspace, ref, places, force=force):
        write_papers(workspace, PaperKind.NOTE, target, papers, force)
    is_late = due is not None and due < workspace.today()
    untranslated = papers[0][1].untranslated
    return NoteReport(
        target, ref, due, is_late, documents[0].marking, len(documents[0].decisions), untranslated, places
    )


def _read_due_day(workspace: Workspace, ref: str) -> tuple[str, date | None]:
    """Return the reference of a meeting and the day of its note. Raises NotFound; Refused before the meeting."""
    with workspace.database.read() as cursor:
        key, ref = record_lookup.find_meeting(cursor, ref)
        row = read_meeting(cursor, key)
    if row.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled: it has no minutes.").format(ref=ref))
    if row.day is None or not row.day.has_day:
        return ref, None
    if row.day.earliest > workspace.today():
        sentence = _("{ref} is on {day}, in the future: its note can be written from that day on.")
        raise Refused(sentence.format(ref=ref, day=row.day))
    return ref, compute_note_day(row.day.latest)


def _find_printed_places(documents: list[MeetingDocument], papers: Papers) -> tuple[UnresolvedPlace, ...]:
    """Return the unresolved places of the minutes whose text the note prints."""
    printed = {text for _language, paper in papers for text in _list_texts(paper)}
    places = (place for document in documents for place in document.unresolved if place.text in printed)
    return tuple(dict.fromkeys(places))


def _list_texts(paper: OfficePaper) -> list[str]:
    facts = [value for _label, value in paper.facts]
    return [paper.title.partition(": ")[2], *facts, *(text for part in paper.parts for text in part.texts)]


def build_note(document: MeetingDocument, due: date | None, today: date) -> OfficePaper:
    """Return the note in the current language; a part without content says so in a sentence."""
    facts = [(_("Meeting"), document.title)] if document.title else []
    facts += [(_("Time"), document.time)] if document.time else []
    facts += [(_("Venue"), document.where)] if document.where else []
    facts += [(_("To be published by"), format_long_date(due))] if due else []
    facts += [(_("Status of the minutes"), document.minutes_status)] if document.minutes_status else []
    attendance = {group.heading: group.people for group in document.attendance}
    apologies, absent = (attendance.pop(heading, ()) for heading in (_("Apologies"), _("Absent")))
    parts = [PaperPart(heading, points=people) for heading, people in attendance.items()]
    if not (parts or absent):
        parts = [PaperPart(_("Attendance"), none=_("Attendance was not recorded."))]
    declarations = tuple(
        line.text
        for item in document.agenda
        for line in item.lines
        if is_about_declarations(item.title) or is_declared_interest(line.text)
    )
    decisions = tuple(decision.text for decision in document.decisions)
    parts += [
        PaperPart(_("Apologies"), points=apologies, none=_("No apologies were recorded.")),
        *([PaperPart(_("Absent"), points=absent)] if absent else []),
        PaperPart(
            _("Declarations of interest"), points=declarations, none=_("No declarations of interest were recorded.")
        ),
        PaperPart(_("Decisions"), points=decisions, none=_("No decisions were recorded.")),
        PaperPart(_("About this note"), (document.remark,)),
    ]
    title = _("Note of the meeting: {group}").format(group=document.group)
    return OfficePaper(title, document.when, document.day or today, tuple(facts), tuple(parts), document.marking)
