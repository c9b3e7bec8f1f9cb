"""Lists who is expected at a meeting: seats with their deputies, the invited, and the recorded attendance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import NO_DAY
from ahtc_tui.domain.documents.participants import Capacity, Participant
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingState, Presence
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.series_dates import show_on_next_day
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.documents.expected_people import ExpectedParty, read_expected_parties
from ahtc_tui.store.meetings.queries import read_meeting

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
