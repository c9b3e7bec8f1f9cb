"""Matches answers to invitations with meetings and guests.

An unknown sender, an unknown meeting and an outdated answer are questions: "theirs" takes the answer and invites an
unknown sender, the name of a contact assigns the answer to that contact, "ours" and "skip" ignore it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.replies import REPLIES, InvitationAnswer
from ahtc_tui.domain.imports.report import FileWarning, Question, TakeMode
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.kinds import Reply
from ahtc_tui.domain.meetings.model import LONDON, SeriesDay
from ahtc_tui.domain.meetings.wall_time import convert_wall_time
from ahtc_tui.services import record_lookup
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id
from ahtc_tui.services.imports.meetings.proposals import (
    GUEST_METHODS,
    PROPOSING_METHODS,
    format_moment,
    format_notice,
    format_sentence,
)
from ahtc_tui.services.meetings.series_dates import read_series_calendar
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.imports import replies as stored
from ahtc_tui.store.meetings import queries
from ahtc_tui.store.records.cursor import Cursor

UNKNOWN_TIME = datetime.min.replace(tzinfo=UTC)
KEEP_WORDS = ("ours", "skip")
TAKE_WORDS = ("theirs", "both")


@dataclass(frozen=True)
class MatchedAnswer:
    """An answer with its meeting and its guest."""

    plan: FilePlan
    answer: InvitationAnswer
    meeting: stored.AnsweredMeeting
    guest: stored.Guest
    slot: SeriesDay | None = None
    """The day of the series `meeting`, where that day has no record yet."""

    @property
    def answered_at(self) -> datetime:
        """Time of the answer."""
        return self.answer.sent or UNKNOWN_TIME

    @property
    def guest_label(self) -> str:
        """Name of the guest, with the day if that has no reference yet."""
        if self.slot is None:
            return self.guest.name
        return f"{self.guest.name} ({format_long_date(self.slot.day)})"

    @property
    def identity(self) -> tuple[RowKey, bytes, datetime | None]:
        """Identity of the invitation."""
        return self.meeting.key, self.guest.party or self.guest.name.encode(), self.slot.planned if self.slot else None

    def add_warning(self, reason: str) -> None:
        """Add a warning about this answer."""
        self.plan.warnings.append(FileWarning(self.answer.cell, f"{self.meeting.ref}, {self.guest_label}: {reason}"))


def match_answer(cursor: Cursor, today: date, plan: FilePlan, answer: InvitationAnswer) -> MatchedAnswer | None:
    """Return the match of an answer; None where its question is open, or answered with "ours" or "skip"."""
    meeting = stored.find_meeting(cursor, answer.uid, today) if answer.uid else None
    if answer.method != "REPLY":
        _report_other_event(cursor, plan, answer, meeting)
        return None
    if meeting is None:
        reason = _('no meeting has the UID "{uid}"').format(uid=answer.uid)
        _leave_question(plan, _build_question(answer, None, reason))
        return None
    meeting_and_slot = _find_day(cursor, today, meeting, answer) if answer.instance else (meeting, None)
    if meeting_and_slot is None:
        reason = _("it answers for {day}, and the series {ref} does not include this date")
        _leave_question(plan, _build_question(answer, meeting, reason.format(ref=meeting.ref, day=answer.instance)))
        return None
    meeting, slot = meeting_and_slot
    guest, reason = _find_guest(answer, stored.list_guests(cursor, meeting.key, today))
    if guest and not reason:
        reason = _find_doubt(answer, meeting, guest)
    if guest is None or reason:
        return _apply_decision(
            cursor,
            plan,
            MatchedAnswer(plan, answer, meeting, guest or _build_stranger(cursor, answer), slot),
            guest,
            reason,
        )
    return MatchedAnswer(plan, answer, meeting, guest, slot)


def _report_other_event(
    cursor: Cursor, plan: FilePlan, answer: InvitationAnswer, meeting: stored.AnsweredMeeting | None
) -> None:
    """Ask about an event that proposes a change, and name any other; a proposal is taken by `import meetings`."""
    if answer.method not in (*GUEST_METHODS, *PROPOSING_METHODS):
        method = answer.method or "PUBLISH"
        reason = _("is METHOD:{method}, not a reply: use import meetings").format(method=method)
        plan.warnings.append(FileWarning(answer.cell, reason))
        return
    name = answer.email or _("a guest")
    theirs = format_moment(answer.starts) if answer.starts else None
    if meeting is None:
        reason = _('no meeting has the UID "{uid}"').format(uid=answer.uid)
    elif answer.method in PROPOSING_METHODS:
        reason = format_sentence(answer.method, name, theirs) + _(": use import meetings to accept it")
    else:
        reason = format_notice(answer.method, name, meeting.ref)
    row = queries.read_meeting(cursor, meeting.key) if meeting else None
    ours = format_moment(row.starts or row.day.latest) if row and row.day else None
    identifier = build_question_id(answer.method, answer.uid, answer.instance, answer.email, answer.sent, theirs)
    ref, field = meeting.ref if meeting else None, answer.method.lower()
    question = Question(identifier, ref, field, None, ours, theirs, reason, answer.cell, answer.email, takes=False)
    _leave_question(plan, question)


def _find_day(
    cursor: Cursor, today: date, meeting: stored.AnsweredMeeting, answer: InvitationAnswer
) -> tuple[stored.AnsweredMeeting, SeriesDay | None] | None:
    """Return the day of a series that an answer names: its record, or the series and the planned day, or None."""
    calendar = read_series_calendar(cursor, meeting.key)
    if calendar is None or answer.planned is None:
        return None
    wall_time = answer.planned
    if wall_time.tzinfo:
        wall_time = wall_time.astimezone(ZoneInfo(LONDON)).replace(tzinfo=None)
    elif not answer.whole_day:
        wall_time = convert_wall_time(wall_time, calendar.row.tz, LONDON)
    by_day = calendar.row.start_time is None or answer.whole_day
    for day in calendar.list_days(wall_time.date(), wall_time.date()):
        if day.planned.date() == wall_time.date() if by_day else day.planned == wall_time:
            if day.ref:
                return stored.read_meeting(cursor, record_lookup.find_meeting_key(cursor, day.ref), today), None
            return meeting._replace(is_upcoming=meeting.is_active and day.day >= today), day
    return None


def _find_guest(answer: InvitationAnswer, invited: Sequence[stored.Guest]) -> tuple[stored.Guest | None, str]:
    """Return the guest who answers, or None and the reason. The address of a guest precedes that of a post holder."""
    if answer.guest_count != 1 or not answer.email:
        number = answer.guest_count if answer.guest_count != 1 else 0
        return None, _("it names {n} guests with an address, not one").format(n=number)
    direct_guests = [guest for guest in invited if answer.email in guest.own_addresses]
    guests = direct_guests or [guest for guest in invited if answer.email in guest.holder_addresses]
    if len(guests) == 1:
        return guests[0], ""
    sentence = _("{email} may be one of several invited people") if guests else _("{email} is not invited")
    return None, sentence.format(email=answer.email)


def _find_doubt(answer: InvitationAnswer, meeting: stored.AnsweredMeeting, guest: stored.Guest) -> str:
    """Return why the answer of a guest is doubtful, or an empty string."""
    if answer.sequence is None:
        return _("it has no version of the meeting (SEQUENCE)")
    if answer.sequence < meeting.sequence:
        sentence = _("it answers an earlier version of the meeting (SEQUENCE {theirs}, now {ours})")
        return sentence.format(theirs=answer.sequence, ours=meeting.sequence)
    if answer.reply is None:
        return _('"{word}" is not an answer').format(word=answer.partstat)
    if answer.sent and guest.answered_at and answer.sent < datetime.fromisoformat(guest.answered_at):
        return _("a later answer has already been imported ({time})").format(time=guest.answered_at)
    return ""


def _build_stranger(cursor: Cursor, answer: InvitationAnswer) -> stored.Guest:
    """Return an uninvited sender as a guest: the contact with the address, else the address as the name."""
    parties = stored.find_by_address(cursor, answer.email) if answer.email else []
    party, name = parties[0] if len(parties) == 1 else (NO_KEY, answer.email)
    return stored.Guest(NO_KEY, party, name, Reply.NEEDS_ACTION, None, {}, frozenset((answer.email,)), frozenset())


def _apply_decision(
    cursor: Cursor, plan: FilePlan, matched: MatchedAnswer, guest: stored.Guest | None, reason: str
) -> MatchedAnswer | None:
    """Apply the decision about a doubtful answer; without a valid decision record the question and return None."""
    answer = matched.answer
    question = _build_question(answer, matched.meeting, reason, guest)
    decision = plan.options.answers.get(question.id, "").strip()
    if decision.lower() in KEEP_WORDS:
        plan.unchanged += 1
        return None
    reply = REPLIES.get(decision.upper().replace("_", "-"))
    if answer.reply is None and reply:
        return replace(matched, answer=replace(answer, partstat=decision.upper().replace("_", "-")))
    takes = decision.lower() in TAKE_WORDS or (not decision and plan.options.take is TakeMode.ALL)
    is_single = answer.guest_count == 1 and answer.email and answer.reply is not None
    if takes and is_single and (guest or "several" not in question.reason or matched.guest.party):
        return matched
    if (
        decision
        and decision.lower() not in TAKE_WORDS
        and answer.reply is not None
        and (named := _assign_named_guest(cursor, matched, decision))
    ):
        return named
    _leave_question(plan, question)
    return None


def _assign_named_guest(cursor: Cursor, matched: MatchedAnswer, name: str) -> MatchedAnswer | None:
    """Assign an answer to the contact with a name; None where no contact or several match."""
    try:
        party = find_party(cursor, name)
    except (NotFound, BadInput):
        return None
    invited = {guest.party: guest for guest in stored.list_guests(cursor, matched.meeting.key, date.max)}
    stranger = stored.Guest(NO_KEY, party.key, party.name, Reply.NEEDS_ACTION, None, {}, frozenset(), frozenset())
    return replace(matched, guest=invited.get(party.key, stranger))


def _build_question(
    answer: InvitationAnswer, meeting: stored.AnsweredMeeting | None, reason: str, guest: stored.Guest | None = None
) -> Question:
    identifier = build_question_id(answer.uid, answer.instance, answer.email, answer.partstat, answer.sent)
    ours = guest.reply.value if guest else None
    theirs = answer.reply.value if answer.reply else answer.partstat.lower()
    ref, party = meeting.ref if meeting else None, guest.name if guest else answer.email
    takes = meeting is not None and answer.reply is not None
    return Question(identifier, ref, "reply", None, ours, theirs, reason, answer.cell, party, takes=takes)


def _leave_question(plan: FilePlan, question: Question) -> None:
    """Record an open question, or count it as unchanged if it was answered with "ours" or "skip"."""
    if plan.options.answers.get(question.id, "").strip().lower() in KEEP_WORDS:
        plan.unchanged += 1
    else:
        plan.questions.append(question)
