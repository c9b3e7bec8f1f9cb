"""Whose answer to which meeting it is; what is not certain is asked, and a person's decision on it is followed.

A stranger, an unknown meeting or an old answer is never taken unasked. "theirs" takes the answer as it came (a stranger
becomes somebody invited), the name of somebody in the register says whose answer it is, "ours" or "skip" leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.replies import REPLIES, Answer
from ahtc_tui.domain.imports.report import Question, Take, Warned
from ahtc_tui.domain.meetings.model import Reply
from ahtc_tui.services.imports.file_plan import FilePlan, question_id
from ahtc_tui.services.meetings.series_dates import series_of
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.imports import replies as stored
from ahtc_tui.store.meetings import queries as stored_meetings
from ahtc_tui.store.meetings import series as stored_series

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.series import Slot
    from ahtc_tui.store.records.cursor import Cursor

NO_TIME = datetime.min.replace(tzinfo=UTC)
OURS = ("ours", "skip")
THEIRS = ("theirs", "both")


@dataclass(frozen=True)
class Matched:
    """An answer with the meeting and the invitation that it is for."""

    plan: FilePlan
    answer: Answer
    met: stored.Met
    guest: stored.Guest
    slot: Slot | None = None
    """The day of the series `met` that it is for, where that has no record yet."""

    @property
    def time(self) -> datetime:
        """When it was given."""
        return self.answer.sent or NO_TIME

    @property
    def who(self) -> str:
        """The guest, and the day where that has no reference."""
        if self.slot is None:
            return self.guest.name
        return f"{self.guest.name} ({long_date((self.slot.starts or self.slot.planned).date())})"

    @property
    def identity(self) -> tuple[bytes, bytes, datetime | None]:
        """The invitation that it answers."""
        return self.met.key, self.guest.party or self.guest.name.encode(), self.slot.planned if self.slot else None

    def warn(self, reason: str) -> None:
        """Say what a person should know of this answer."""
        self.plan.warnings.append(Warned(self.answer.cell, f"{self.met.ref}, {self.who}: {reason}"))


def match(cursor: Cursor, today: date, plan: FilePlan, answer: Answer) -> Matched | None:
    """The invitation that an answer is for; None where it is a question that nobody decided, or is left."""
    met = stored.meeting_of_uid(cursor, answer.uid, today) if answer.uid else None
    if met is None:
        _left(plan, _question(answer, None, _('no meeting here has the UID "{uid}"').format(uid=answer.uid)))
        return None
    found = _day(cursor, today, met, answer) if answer.instance else (met, None)
    if found is None:
        reason = _("it answers for one day of a series ({day}), and {ref} plans none such")
        _left(plan, _question(answer, met, reason.format(ref=met.ref, day=answer.instance)))
        return None
    met, slot = found
    guest, reason = _guest(answer, stored.guests(cursor, met.key, today))
    if guest and not reason:
        reason = _doubt(answer, met, guest)
    if guest is None or reason:
        return _decided(
            cursor, plan, Matched(plan, answer, met, guest or _stranger(cursor, answer), slot), guest, reason
        )
    return Matched(plan, answer, met, guest, slot)


def _day(cursor: Cursor, today: date, met: stored.Met, answer: Answer) -> tuple[stored.Met, Slot | None] | None:
    """The day of a series that an answer names: its own record, else the day as planned; None where there is none."""
    row = stored_meetings.by_key(cursor, met.key)
    series = series_of(row)
    if series is None or answer.planned is None:
        return None
    wall = answer.planned
    if wall.tzinfo:
        wall = wall.astimezone(ZoneInfo(row.tz)).replace(tzinfo=None)
    by_day = row.start_time is None or answer.whole_day
    for own in stored_series.own_days(cursor, met.key):
        planned = own.recurrence_id
        if planned and (planned.date() == wall.date() if by_day else planned == wall):
            return stored.meeting(cursor, own.key, today), None
    for slot in series.slots(wall.date(), wall.date()):
        if slot.planned.date() == wall.date() if by_day else slot.planned == wall:
            starts = slot.starts or slot.planned
            return met._replace(to_come=met.stands and starts.date() >= today), slot
    return None


def _guest(answer: Answer, invited: Sequence[stored.Guest]) -> tuple[stored.Guest | None, str]:
    """Who of those invited answers, or why that is not certain. A guest's own address counts before a holder's."""
    if answer.guests != 1 or not answer.email:
        number = answer.guests if answer.guests != 1 else 0
        return None, _("it names {n} guests with an address, not one").format(n=number)
    own = [guest for guest in invited if guest.own == answer.email]
    found = own or [guest for guest in invited if answer.email in guest.holders]
    if len(found) == 1:
        return found[0], ""
    sentence = _("{email} may be several who are invited") if found else _("{email} is not invited")
    return None, sentence.format(email=answer.email)


def _doubt(answer: Answer, met: stored.Met, guest: stored.Guest) -> str:
    """Why an answer of a guest may not count; empty where it does."""
    if answer.sequence is None:
        return _("it does not say which version of the meeting it answers (SEQUENCE)")
    if answer.sequence < met.sequence:
        sentence = _("it answers an earlier version of the meeting (SEQUENCE {theirs}, now {ours})")
        return sentence.format(theirs=answer.sequence, ours=met.sequence)
    if answer.reply is None:
        return _('"{word}" is no answer').format(word=answer.said)
    if answer.sent and guest.answered and answer.sent < datetime.fromisoformat(guest.answered):
        return _("a later answer was imported already ({time})").format(time=guest.answered)
    return ""


def _stranger(cursor: Cursor, answer: Answer) -> stored.Guest:
    """Somebody who answers and is not invited: whoever the register has with the address, else the address itself."""
    known = stored.with_address(cursor, answer.email) if answer.email else []
    party, name = known[0] if len(known) == 1 else (b"", answer.email)
    return stored.Guest(b"", party, name, Reply.NEEDS_ACTION, None, {}, answer.email, frozenset())


def _decided(
    cursor: Cursor, plan: FilePlan, matched: Matched, guest: stored.Guest | None, reason: str
) -> Matched | None:
    """What a person said of a doubtful answer; the question itself where nobody said anything that can be followed."""
    answer = matched.answer
    question = _question(answer, matched.met, reason, guest)
    said = plan.wishes.answers.get(question.id, "").strip()
    if said.lower() in OURS:
        plan.unchanged += 1
        return None
    meant = REPLIES.get(said.upper().replace("_", "-"))
    if answer.reply is None and meant:
        return replace(matched, answer=replace(answer, said=said.upper().replace("_", "-")))
    takes = said.lower() in THEIRS or (not said and plan.wishes.take is Take.ALL)
    one = answer.guests == 1 and answer.email and answer.reply is not None
    if takes and one and (guest or "several" not in question.reason or matched.guest.party):
        return matched
    if said and said.lower() not in THEIRS and answer.reply is not None and (named := _named(cursor, matched, said)):
        return named
    _left(plan, question)
    return None


def _named(cursor: Cursor, matched: Matched, words: str) -> Matched | None:
    """The answer as that of whoever the words name; None where they name nobody, or several."""
    try:
        party = find_party(cursor, words)
    except (NotFound, BadInput):
        return None
    invited = {one.party: one for one in stored.guests(cursor, matched.met.key, date.max)}
    stranger = stored.Guest(b"", party.key, party.name, Reply.NEEDS_ACTION, None, {}, "", frozenset())
    return replace(matched, guest=invited.get(party.key, stranger))


def _question(answer: Answer, met: stored.Met | None, reason: str, guest: stored.Guest | None = None) -> Question:
    name = question_id(answer.uid, answer.instance, answer.email, answer.said, answer.sent)
    ours = guest.reply.value if guest else None
    theirs = answer.reply.value if answer.reply else answer.said.lower()
    ref, party = met.ref if met else None, guest.name if guest else answer.email
    takes = met is not None and answer.reply is not None
    return Question(name, ref, "reply", None, ours, theirs, reason, answer.cell, party, takes=takes)


def _left(plan: FilePlan, question: Question) -> None:
    """Leave a question to a person, unless they said that it stays as it is."""
    if plan.wishes.answers.get(question.id, "").strip().lower() in OURS:
        plan.unchanged += 1
    else:
        plan.questions.append(question)
