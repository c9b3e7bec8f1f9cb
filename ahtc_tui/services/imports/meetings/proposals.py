"""Questions about what others propose by calendar (RFC 5546): nothing of it is written without an answer."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_wall_time
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent, Guest
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.meetings.kinds import InviteRole, Reply
from ahtc_tui.domain.meetings.model import LONDON, MeetingRow
from ahtc_tui.domain.meetings.wall_time import convert_wall_time
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id
from ahtc_tui.services.imports.meetings.differences import Difference
from ahtc_tui.store.meetings.clashes import list_overlapping
from ahtc_tui.store.records.cursor import Cursor

GUEST_METHODS = ("COUNTER", "DECLINECOUNTER", "REFRESH")
"""Methods that are about a meeting that is known: they never add one."""
PROPOSING_METHODS = ("COUNTER", "REQUEST")
PUBLISHING_METHODS = ("", "PUBLISH", "CANCEL")
"""Methods of a calendar that states how a meeting is; every other one, known or not, proposes."""
OWN_UID_ENDING = "@ahtc"


def is_proposal(event: CalendarEvent) -> bool:
    """Return whether an event about a known meeting only proposes: a guest cannot cancel a meeting of this office."""
    is_foreign_cancellation = event.cancels and event.uid.endswith(OWN_UID_ENDING) and not event.is_own
    return event.method not in PUBLISHING_METHODS or is_foreign_cancellation


def format_moment(when: date) -> str:
    """Return a day, or a time in London: "17 December 2013, 10am"."""
    if not isinstance(when, datetime):
        return format_long_date(when)
    wall_time = when.astimezone(ZoneInfo(LONDON)) if when.tzinfo else when
    return format_wall_time(wall_time)


def format_sentence(method: str, name: str, value: str | None) -> str:
    """Return who proposes a value by a method: "Bawso proposes 17 December 2013, 10am instead"."""
    if method == "COUNTER":
        return _("{name} proposes {value} instead").format(name=name, value=value)
    return _("a calendar from elsewhere has {value} instead").format(value=value or "–")


def format_notice(method: str, name: str, ref: str) -> str:
    """Return what a DECLINECOUNTER or a REFRESH says about a meeting."""
    if method == "DECLINECOUNTER":
        return _("{name} declines a proposed change of {ref}, and the meeting stays as it is").format(
            name=name, ref=ref
        )
    sentence = _("{name} asks for the current invitation: `ahtc export invites OUT.ics --meeting {ref}`")
    return sentence.format(name=name, ref=ref)


def explain_proposal(event: CalendarEvent, value: date | str | None) -> str:
    """Return the reason of the question about a value."""
    text = format_moment(value) if isinstance(value, date) else value
    return format_sentence(event.method, _find_sender(event), text)


def _find_sender(event: CalendarEvent) -> str:
    """Return the name of the guest or the organiser who sent an event, as far as the event tells."""
    sender: Guest | None = event.organiser if event.method == "DECLINECOUNTER" else None
    if event.method in ("COUNTER", "REFRESH") and len(event.guests) == 1:
        sender = event.guests[0]
    return (sender.name or sender.email if sender else "") or _("a guest")


def list_proposed_guests(event: CalendarEvent) -> tuple[Guest, ...]:
    """Return the guests that an event may add; the only guest of a counter-proposal is its sender."""
    return () if event.cancels or (event.method == "COUNTER" and len(event.guests) == 1) else event.guests


def list_guests(event: CalendarEvent, known_addresses: Container[str]) -> tuple[Guest, ...]:
    """Return the guests of a new meeting, and the organiser of an invitation, whom a reply needs, if no contact."""
    organiser = event.organiser
    if event.method != "REQUEST" or organiser is None or not organiser.email or organiser.email in known_addresses:
        return event.guests
    others = tuple(guest for guest in event.guests if guest.email != organiser.email)
    return (replace(organiser, role=InviteRole.CHAIR, reply=Reply.ACCEPTED), *others)


def select_proposed(event: CalendarEvent, differences: dict[str, Difference]) -> dict[str, Difference]:
    """Return the differences that are proposed: a counter-proposal need not repeat what stays."""
    if event.method != "COUNTER":
        return differences
    return {name: values for name, values in differences.items() if values[1] and name != "state"}


def compute_next_sequence(event: CalendarEvent, row: MeetingRow) -> int:
    """Return the version after a proposal is taken: an organiser who accepts one sends a new version."""
    return row.sequence + 1 if event.method == "COUNTER" else max(row.sequence, event.sequence)


def build_notice(event: CalendarEvent, row: MeetingRow | None) -> Question:
    """Return the question about an event that changes nothing: its meeting is unknown, or it is a notice."""
    reason = _('no meeting has the UID "{uid}"').format(uid=event.uid)
    if row:
        reason = format_notice(event.method, _find_sender(event), row.ref)
    identifier = build_question_id("notice", event.uid, event.instance, event.method, _find_sender(event))
    ref, field = row.ref if row else None, event.method.lower()
    theirs = format_moment(event.starts or event.day) if event.has_start else None
    return Question(identifier, ref, field, None, None, theirs, reason, event.position, takes=False)


def build_invitation_question(event: CalendarEvent, clashes: Sequence[MeetingRow]) -> Question:
    """Return the question about an invitation to a meeting that is not here; it names the meetings at the same time."""
    organiser = event.organiser
    name = (organiser.name or organiser.email if organiser else "") or _("an organiser without a name")
    reason = _("{name} invites you to a meeting not in the records").format(name=name)
    if clashes:
        refs = ", ".join(row.ref for row in clashes)
        reason = "; ".join((reason, _("at the same time as {refs}").format(refs=refs)))
    identifier = build_question_id("request", event.uid, event.instance, event.sequence)
    theirs = format_moment(event.starts or event.day)
    return Question(identifier, None, "request", None, None, theirs, reason, event.position, event.title)


@dataclass
class ReceivedInvitations:
    """The invitations of an import to meetings that are not here: each is one question, also where it has many days."""

    _asked: set[str] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)

    def declines(self, cursor: Cursor, file: FilePlan, event: CalendarEvent) -> bool:
        """Return whether an event is such an invitation, and no answer takes it."""
        if event.method != "REQUEST" or event.uid in self._taken:
            return False
        if event.instance and event.uid in self._asked:
            return True
        self._asked.add(event.uid)
        overlapping = list_overlapping(cursor, event.starts, event.ends) if event.starts else []
        if not file.takes(build_invitation_question(event, overlapping)):
            return True
        self._taken.add(event.uid)
        return False


def build_day_question(event: CalendarEvent, series: MeetingRow, excluded: datetime | None = None) -> Question:
    """Return the question about a day of a series without a record, or about one to be cancelled (`excluded`)."""
    when, planned = excluded or event.starts or event.day, excluded or event.instance
    field, reason = "starts", explain_proposal(event, when)
    if excluded:
        when = convert_wall_time(excluded, series.tz, LONDON)
        field = "state"
        reason = _("the series in the file leaves out {day}: cancel this date?").format(day=format_moment(when))
    identifier = build_question_id("meeting", event.uid, planned, field, when.isoformat())
    ours = convert_wall_time(planned, series.tz, LONDON).isoformat() if planned else None
    return Question(identifier, series.ref, field, None, ours, when.isoformat(), reason, event.position, series.title)


def build_onward_question(event: CalendarEvent, series: MeetingRow | None) -> Question:
    """Return the question about a change of a day and all later ones that no rule of a series expresses."""
    when = format_moment(event.starts or event.day)
    reason = _("it changes this date and all later ones. End the series before it, and add another from {when}")
    identifier = build_question_id("onward", event.uid, event.instance, when)
    ref, title = (series.ref, series.title) if series else (None, event.title)
    text = reason.format(when=when)
    return Question(identifier, ref, "repeat", None, None, when, text, event.position, title, takes=False)


def build_guest_question(event: CalendarEvent, row: MeetingRow, names: list[str]) -> Question:
    """Return the question about guests who are not invited."""
    text = ", ".join(names)
    identifier = build_question_id("meeting", event.uid, event.instance, "invited", text)
    reason = _("not invited to this meeting: {names}").format(names=text)
    return Question(identifier, row.ref, "invited", None, None, text, reason, event.position, row.title)
