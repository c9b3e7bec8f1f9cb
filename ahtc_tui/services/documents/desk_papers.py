"""Papers of the meeting room: who is expected, the attendance sheet to sign, and name plates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import NO_DAY
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind, PaperPart
from ahtc_tui.domain.documents.page_space import count_pages
from ahtc_tui.domain.documents.participants import NOT_COMING, Capacity, Participant
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.groups.model import print_class, translate_class
from ahtc_tui.domain.i18n import Language, _, get_current_language, pgettext
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingState, Presence
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.text.cleaning import capitalise, clean_line
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.file_formats import DocumentWriters, write_format
from ahtc_tui.services.documents.office_papers import load_welsh_names, write_in_languages
from ahtc_tui.services.documents.times import format_meeting_day, format_time
from ahtc_tui.services.meetings.series_dates import show_on_next_day
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.documents.expected_people import ExpectedParty, read_expected_parties
from ahtc_tui.store.meetings.queries import read_meeting

if TYPE_CHECKING:
    from ahtc_tui.formats.docx.name_plates import NamePlate


CAPACITIES = {InviteRole.CHAIR: Capacity.CHAIR, InviteRole.SPEAKER: Capacity.SPEAKER}


@dataclass(frozen=True, slots=True)
class ExpectedMeeting:
    """A meeting with its participants, in the order of the seats."""

    row: MeetingRow
    day: date
    """Date on which the names apply: the date of the meeting, or today if it is not known."""
    participants: tuple[Participant, ...]


def list_participants(workspace: Workspace, ref: str) -> ExpectedMeeting:
    """Return the participants of a meeting. Raises NotFound; Refused for a cancelled meeting."""
    today = workspace.today()
    with workspace.database.read() as cursor:
        key, _ref = record_lookup.find_meeting(cursor, ref)
        row = read_meeting(cursor, key)
        row = show_on_next_day(cursor, row, today) or row
        day = row.day.latest if row.day and row.day.latest != NO_DAY else today
        parties = read_expected_parties(cursor, key, day)
    if row.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled. It needs no attendance sheet or name plates.").format(ref=row.ref))
    return ExpectedMeeting(row, day, tuple(_merge_parties(parties)))


def _merge_parties(parties: list[ExpectedParty]) -> list[Participant]:
    """Return each person once: the seat counts before the invitation, and the recorded attendance is added to it."""
    participants: list[Participant] = []
    known: dict[object, Participant] = {}
    for party in parties:
        identities = [
            identity for identity in (party.person, party.party, party.member, _fold_words(party)) if identity
        ]
        participant = next((known[identity] for identity in identities if identity in known), None)
        if participant is None:
            participant = _build_participant(party)
            participants.append(participant)
        if party.state is not None:
            participant.state = party.state
            _note_deputy(participant, party, participants)
        for identity in identities:
            known.setdefault(identity, participant)
    return [participant for participant in participants if not _is_invited_through_deputy(participant, participants)]


def _is_invited_through_deputy(invited: Participant, participants: list[Participant]) -> bool:
    """Return whether an invited body without an answer is represented by a recorded deputy, who has a row already."""
    is_open_body = invited.capacity is Capacity.INVITED and not (invited.name or invited.post or invited.state)
    return is_open_body and any(
        deputy.state is Presence.DEPUTY and invited.organisation in (deputy.represents, deputy.organisation)
        for deputy in participants
    )


def _fold_words(party: ExpectedParty) -> str:
    """Return the text of a party that is not in the register."""
    return (party.name or "").casefold() if party.party is None else ""


def _build_participant(party: ExpectedParty) -> Participant:
    is_body = party.kind in (PartyKind.ORGANISATION, PartyKind.GROUP, PartyKind.POST) and not party.holder
    is_class = party.party is None and party.name is None
    name = "" if is_body else clean_line(party.holder or party.name)
    organisation = clean_line(party.seat if is_class else party.organisation)
    post = clean_line(party.post).removesuffix(f", {organisation}")
    return Participant(
        name,
        "" if post == organisation else post,
        organisation,
        _find_capacity(party),
        clean_line(party.deputy_for or party.seat) if party.deputy or party.deputy_for else "",
        is_class=is_class,
    )


def _find_capacity(party: ExpectedParty) -> Capacity:
    if party.deputy or party.deputy_for or party.state is Presence.DEPUTY:
        return Capacity.DEPUTY
    if party.role in CAPACITIES:
        return CAPACITIES[party.role]
    if party.seat is not None:
        return Capacity.MEMBER
    return Capacity.INVITED if party.role else Capacity.IN_ATTENDANCE


def _note_deputy(deputy: Participant, party: ExpectedParty, participants: list[Participant]) -> None:
    """Note at a member who is represented the name of the deputy."""
    represented = clean_line(party.deputy_for)
    for participant in participants:
        names = (participant.name, participant.post, f"{participant.post}, {participant.organisation}")
        is_seat = participant.capacity in (Capacity.CHAIR, Capacity.MEMBER)
        if (
            represented
            and participant is not deputy
            and (represented in names or (is_seat and represented == participant.organisation))
        ):
            participant.replaced_by = deputy.name or ", ".join(filter(None, (deputy.post, deputy.organisation)))
            return


SHEET_WIDTHS = (1.1, 3.2, 6.4, 2.7, 3.0)
ROW_HEIGHT = 0.9
"""Height of a row to sign in, in centimetres."""
FEWEST_BLANK_ROWS = 2
"""Rows for people who are not expected; further ones fill the last page."""


@dataclass(frozen=True, slots=True)
class DeskPaperReport:
    """A written paper with the number of people on it."""

    file: Path
    ref: str
    marking: Marking
    people: int
    unnamed: tuple[str, ...]
    """Bodies that have not named who comes."""


def export_attendance_sheet(
    workspace: Workspace, ref: str, target: Path, marking: Marking = Marking.OFFICIAL, force: bool = False
) -> DeskPaperReport:
    """Write the sheet on which the people who come sign, with rows for those who are not expected.

    In two languages a sheet in Welsh comes before one in English, and each person signs one of them.

    Raises BadInput for another suffix, NotFound, Refused where the file exists or the meeting is cancelled.
    """
    check_format("signin", target)
    meeting = list_participants(workspace, ref)
    language = get_current_language()
    highest = find_highest_marking(marking, [meeting.row.marking])
    names = load_welsh_names(workspace, language)
    is_in_both = len(language.languages) > 1

    def build() -> OfficePaper:
        return _build_sheet(meeting, names if get_current_language() is Language.CY else {}, highest, is_in_both)

    write_in_languages(workspace, PaperKind.SIGN_IN, target, build, force, language)
    return _build_report(target, meeting, highest, meeting.participants)


def export_name_plates(
    workspace: Workspace, ref: str, target: Path, marking: Marking = Marking.OFFICIAL, force: bool = False
) -> DeskPaperReport:
    """Write a name plate for each person who is expected to come, one on each page.

    Raises BadInput for another suffix, NotFound, Refused where the file exists or the meeting is cancelled.
    """
    ending = check_format("nameplates", target)
    from ahtc_tui.formats.docx.name_plates import NamePlatePage, write_name_plates

    meeting = list_participants(workspace, ref)
    language = get_current_language()
    names = load_welsh_names(workspace, language)
    coming = tuple(participant for participant in meeting.participants if participant.is_coming)
    plates = [_build_plate(participant, language, names) for participant in coming]
    highest = find_highest_marking(marking, [meeting.row.marking])
    title = meeting.row.group or meeting.row.title
    page = NamePlatePage(title, meeting.row.ref, language, highest, meeting.day)
    writers = DocumentWriters(lambda path: write_name_plates(path, plates, page), tuple)
    write_file_atomically(target, lambda path: write_format(path, target.name, ending, writers), force)
    return _build_report(target, meeting, highest, coming)


def _build_report(
    target: Path, meeting: ExpectedMeeting, marking: Marking, people: tuple[Participant, ...]
) -> DeskPaperReport:
    bodies = (
        translate_class(person.organisation) if person.is_class else person.organisation or person.post
        for person in people
        if not person.name
    )
    unnamed = tuple(dict.fromkeys(bodies))
    return DeskPaperReport(target, meeting.row.ref, marking, len(people), unnamed)


def _build_sheet(meeting: ExpectedMeeting, names: Mapping[str, str], marking: Marking, is_in_both: bool) -> OfficePaper:
    """Return the sheet in the current language: seats with deputies, other expected people, and blank rows."""
    row = meeting.row
    seats = [person for person in meeting.participants if _has_seat(person)]
    others = [person for person in meeting.participants if not _has_seat(person)]
    head = (pgettext("number", "No."), _("Name"), _("Post and organisation"), _("Attends as"), _("Signature"))
    rows = tuple(_build_sheet_row(number, person, names) for number, person in enumerate((*seats, *others), 1))
    parts = [PaperPart(_("Expected"), (), head, rows, SHEET_WIDTHS, row_height=ROW_HEIGHT)] if rows else []
    facts = [(_("Meeting"), row.printed_title)] if row.group and row.title.lower() not in row.group.lower() else []
    if row.starts:
        facts.append((_("Time"), format_time(row)))
    if row.location:
        facts.append((_("Venue"), row.location))
    if is_in_both:
        facts.append((_("Signing"), _("Sign once, in Welsh or in English.")))
    title = _("Attendance sheet: {group}").format(group=row.group or row.title)
    paper = OfficePaper(title, format_meeting_day(row), meeting.day, tuple(facts), tuple(parts), marking)
    others_present = PaperPart(_("Others present"), (), head, (), SHEET_WIDTHS, row_height=ROW_HEIGHT)
    return _fill_last_page(paper, others_present, len(rows) + 1)


def _fill_last_page(paper: OfficePaper, part: PaperPart, first: int) -> OfficePaper:
    """Return the paper with a part of blank rows, numbered from `first`, that fills its last page."""

    def add_rows(count: int) -> OfficePaper:
        rows = tuple((str(number), *("" for _cell in part.head[1:])) for number in range(first, first + count))
        return replace(paper, parts=(*paper.parts, replace(part, rows=rows)))

    count = FEWEST_BLANK_ROWS
    pages = count_pages(add_rows(count))
    while count_pages(add_rows(count + 1)) == pages:
        count += 1
    return add_rows(count)


def _has_seat(person: Participant) -> bool:
    return person.capacity in (Capacity.CHAIR, Capacity.MEMBER, Capacity.DEPUTY)


def _translate_post(person: Participant, names: Mapping[str, str]) -> str:
    """Return the post in the current language, without its organisation, with which the register may name it."""
    full_name = f"{person.post}, {person.organisation}"
    translated = names.get(full_name) or names.get(person.post, person.post)
    return translated.removesuffix(f", {names.get(person.organisation, person.organisation)}")


def _build_sheet_row(number: int, person: Participant, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells of a row in the current language; `names` are the Welsh names by the English ones."""

    def translate(name: str) -> str:
        return names.get(name, name)

    body = print_class(person.organisation) if person.is_class else translate(person.organisation)
    body = capitalise(", ".join(dict.fromkeys(filter(None, (_translate_post(person, names), body)))))
    capacity = person.capacity.label
    if person.represents:
        capacity = _("Deputy for {name}").format(name=translate(person.represents))
    signature = capitalise(person.state.label) if person.state in NOT_COMING and person.state else ""
    if person.replaced_by:
        signature = _("Deputy: {name}").format(name=translate(person.replaced_by))
    return str(number), person.name, body, capacity, signature


def _build_plate(person: Participant, language: Language, names: Mapping[str, str]) -> NamePlate:
    """Return name, post and organisation, in each language of the file.

    Where no person is named, the post is in large type, or the body where it has not named one.
    """
    from ahtc_tui.formats.docx.name_plates import NamePlate

    def list_names(english: str, welsh: str) -> tuple[str, ...]:
        names_in_file = (
            welsh if printed_language is Language.CY else english for printed_language in language.languages
        )
        return tuple(dict.fromkeys(names_in_file)) if english else ()

    post = list_names(person.post.removesuffix(f", {person.organisation}"), _translate_post(person, names))
    organisation = list_names(person.organisation, names.get(person.organisation, person.organisation))
    texts = [(person.name,) if person.name else (), post, organisation]
    large, *small = [lines for lines in texts if lines] or [post]
    return NamePlate(large, tuple(line for lines in small for line in lines if line not in large))
