"""Questions about what others propose by calendar (RFC 5546): nothing of it is written without an answer."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_wall_time
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent, Guest
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.meetings.model import LONDON, MeetingRow
from ahtc_tui.domain.meetings.wall_time import convert_wall_time
from ahtc_tui.services.imports.file_plan import build_question_id
from ahtc_tui.services.imports.meetings.differences import Difference

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
        return _("{name} declines a proposed change of {ref}: the meeting stays as it is").format(name=name, ref=ref)
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
    reason = _('no meeting here has the UID "{uid}"').format(uid=event.uid)
    if row:
        reason = format_notice(event.method, _find_sender(event), row.ref)
    identifier = build_question_id("notice", event.uid, event.instance, event.method, _find_sender(event))
    ref, field = row.ref if row else None, event.method.lower()
    theirs = format_moment(event.starts or event.day) if event.has_start else None
    return Question(identifier, ref, field, None, None, theirs, reason, event.position, takes=False)


def build_day_question(event: CalendarEvent, series: MeetingRow, excluded: datetime | None = None) -> Question:
    """Return the question about a day of a series without a record, or about one to be cancelled (`excluded`)."""
    when, planned = excluded or event.starts or event.day, excluded or event.instance
    field, reason = "starts", explain_proposal(event, when)
    if excluded:
        when = convert_wall_time(excluded, series.tz, LONDON)
        field = "state"
        reason = _("the series is without {day} there: cancel that day?").format(day=format_moment(when))
    identifier = build_question_id("meeting", event.uid, planned, field, when.isoformat())
    ours = convert_wall_time(planned, series.tz, LONDON).isoformat() if planned else None
    return Question(identifier, series.ref, field, None, ours, when.isoformat(), reason, event.position, series.title)


def build_onward_question(event: CalendarEvent, series: MeetingRow | None) -> Question:
    """Return the question about a change of a day and all later ones that no rule of a series expresses."""
    when = format_moment(event.starts or event.day)
    reason = _("it changes this day and all later ones: end the series before it, and add another from {when}")
    identifier = build_question_id("onward", event.uid, event.instance, when)
    ref, title = (series.ref, series.title) if series else (None, event.title)
    text = reason.format(when=when)
    return Question(identifier, ref, "repeat", None, None, when, text, event.position, title, takes=False)


def build_guest_question(event: CalendarEvent, row: MeetingRow, names: list[str]) -> Question:
    """Return the question about guests who are not invited."""
    text = ", ".join(names)
    identifier = build_question_id("meeting", event.uid, event.instance, "invited", text)
    reason = _("not invited here: {names}").format(names=text)
    return Question(identifier, row.ref, "invited", None, None, text, reason, event.position, row.title)
