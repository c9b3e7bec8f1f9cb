"""Gaps that may remain in minutes before they are issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.i18n import _, choose_language
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.labelled_enum import find_member
from ahtc_tui.domain.meetings.kinds import PRESENT_STATES, DecisionStatus, ItemOutcome, Presence
from ahtc_tui.domain.meetings.seating import Attended, HeldMeeting, Seat, list_current_seats
from ahtc_tui.domain.meetings.standard_titles import choose_item_title
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.text.normalization import normalize_text


class GapKind(StrEnum):
    """Kind of gap or contradiction in minutes."""

    NO_OWNER = "no_owner"
    NO_DATE = "no_date"
    NO_WORDS = "no_words"
    NO_ATTENDANCE = "no_attendance"
    PRESENT_TWICE = "present_twice"
    DEPUTY_OUT_OF_TERM = "deputy_out_of_term"
    TWO_DEPUTIES = "two_deputies"
    TWO_TERMS = "two_terms"
    DEPUTY_OF_DEPUTY = "deputy_of_deputy"
    DEPUTY_FOR_NOBODY = "deputy_for_nobody"
    DEPUTY_OF_PRESENT = "deputy_of_present"
    TOO_MANY_VOTES = "too_many_votes"
    VOTED_WITH_INTEREST = "voted_with_interest"
    NO_QUORUM = "no_quorum"
    NOTHING_RECORDED = "nothing_recorded"
    FIGURE_CHANGED = "figure_changed"

    @property
    def is_about_attendance(self) -> bool:
        """Whether the gap is in the attendance, not in the lines of the minutes."""
        return self in ATTENDANCE_KINDS

    @property
    def label(self) -> str:
        """Readable words."""
        return {
            GapKind.NO_OWNER: _("action without a lead"),
            GapKind.NO_DATE: _("action without a date"),
            GapKind.NO_WORDS: _("decision without text"),
            GapKind.NO_ATTENDANCE: _("attendance is not recorded"),
            GapKind.PRESENT_TWICE: _("recorded as present more than once"),
            GapKind.DEPUTY_OUT_OF_TERM: _("the term of the deputy does not include the date of the meeting"),
            GapKind.TWO_DEPUTIES: _("more than one deputy for the seat"),
            GapKind.TWO_TERMS: _("two terms of the seat include the date of the meeting"),
            GapKind.DEPUTY_OF_DEPUTY: _("deputy for a deputy"),
            GapKind.DEPUTY_FOR_NOBODY: _("deputy for somebody neither a member nor invited"),
            GapKind.DEPUTY_OF_PRESENT: _("deputy for somebody present throughout"),
            GapKind.TOO_MANY_VOTES: _("more votes than members present"),
            GapKind.VOTED_WITH_INTEREST: _("vote of somebody with an interest in the item"),
            GapKind.NO_QUORUM: _("fewer voting members present than the quorum"),
            GapKind.NOTHING_RECORDED: _("nothing is recorded"),
            GapKind.FIGURE_CHANGED: _("the figure changed after the text was written"),
        }[self]


ATTENDANCE_KINDS = frozenset(
    (
        GapKind.NO_ATTENDANCE,
        GapKind.PRESENT_TWICE,
        GapKind.DEPUTY_OUT_OF_TERM,
        GapKind.TWO_DEPUTIES,
        GapKind.TWO_TERMS,
        GapKind.DEPUTY_OF_DEPUTY,
        GapKind.DEPUTY_FOR_NOBODY,
        GapKind.DEPUTY_OF_PRESENT,
        GapKind.NO_QUORUM,
    )
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap and its place."""

    kind: GapKind
    item: int | None
    line: str | None
    """Number of the paragraph: "3.2"."""
    ref: str | None
    text: str
    """Text of the line, title of the item, or name of the party without recorded attendance."""
    key: RowKey = NO_KEY
    """Key of the line, if the gap is in a line."""
    text_cy: str | None = None

    @property
    def shown_text(self) -> str:
        """The text in the current language; a usual title of an item is translated by the catalogue."""
        return choose_item_title(self.text, self.text_cy) if self.item else choose_language(self.text, self.text_cy)

    def __str__(self) -> str:
        place = self.line or (str(self.item) if self.item is not None else "")
        return "  ".join(part for part in (place, self.kind.label, self.ref or "", self.shown_text) if part)


def find_action_gaps(action: ActionRow) -> Iterator[GapKind]:
    """Return the gaps of an action. A continuing duty needs no date; a closed action has no gaps."""
    if action.is_open:
        if action.lead is None:
            yield GapKind.NO_OWNER
        if action.due is None and action.review_on is None and action.status is not Status.CONTINUING:
            yield GapKind.NO_DATE


def find_attendance_faults(
    seats: Sequence[Seat], meeting: HeldMeeting, invited: Collection[RowKey]
) -> Iterator[tuple[GapKind, str]]:
    """Return the contradictions in the attendance of a meeting, each with the name of the attendee or the seat."""
    present = [attendee for attendee in meeting.attendees if attendee.state in PRESENT_STATES]
    people = Counter(attendee.person for attendee in present if attendee.person)
    for person, times in people.items():
        if times > 1:
            yield GapKind.PRESENT_TWICE, next(guest.name for guest in present if guest.person == person)
    deputies = [attendee for attendee in present if attendee.is_deputy or attendee.seat]
    for deputy in deputies:
        if kind := _find_deputy_fault(deputy, present, seats, meeting, invited):
            yield kind, deputy.name
    for seat in list_current_seats(seats, meeting):
        if len([deputy for deputy in deputies if _represents(deputy, seat, meeting.day)]) > 1:
            yield GapKind.TWO_DEPUTIES, seat.name


def _find_deputy_fault(
    deputy: Attended,
    present: Sequence[Attended],
    seats: Sequence[Seat],
    meeting: HeldMeeting,
    invited: Collection[RowKey],
) -> GapKind | None:
    represented = [seat for seat in list_current_seats(seats, meeting) if _represents(deputy, seat, meeting.day)]
    terms = [
        term
        for seat in (represented if deputy.deputy_for or deputy.seat else seats)
        for term in seat.deputies
        if term.person in deputy.parties
    ]
    if terms and not any(term.period.includes(meeting.day) for term in terms):
        return GapKind.DEPUTY_OUT_OF_TERM
    if deputy.seat:
        return None if represented else GapKind.DEPUTY_FOR_NOBODY
    if not deputy.deputy_for:
        return None if terms else GapKind.DEPUTY_FOR_NOBODY
    if _is_present_throughout(deputy.deputy_for, present):
        return GapKind.DEPUTY_OF_PRESENT
    others = {other.person for other in present if other.is_deputy and other is not deputy} | {
        term.person for seat in seats for term in seat.list_terms(meeting.day) if term.deputy
    }
    if not represented and deputy.deputy_for & others:
        return GapKind.DEPUTY_OF_DEPUTY
    return None if represented or deputy.deputy_for & set(invited) else GapKind.DEPUTY_FOR_NOBODY


def _is_present_throughout(parties: Collection[RowKey], present: Sequence[Attended]) -> bool:
    """Return whether one of the parties attended itself, at all items."""
    return any(
        attendee.parties.intersection(parties)
        for attendee in present
        if not attendee.is_deputy and attendee.items is None and attendee.state is not Presence.PART
    )


def _represents(deputy: Attended, seat: Seat, day: date) -> bool:
    """Return whether a deputy attends for a seat: it is named, or the person is its deputy on the day."""
    if deputy.seat:
        return deputy.seat == seat.key
    if deputy.deputy_for:
        return bool(deputy.deputy_for & seat.list_party_keys(day))
    return any(term.deputy and term.person in deputy.parties for term in seat.list_terms(day))


def is_empty_decision(text: str) -> bool:
    """Return whether the text of a decision does not state what was decided: "Agreed.", "Cytunwyd"; "Adopt." does."""
    states = (ItemOutcome, DecisionStatus, MinutesState)
    return not normalize_text(text) or any(find_member(text, members) for members in states)
