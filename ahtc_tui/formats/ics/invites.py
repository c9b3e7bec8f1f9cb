"""Meetings as calendar files (RFC 5545): PUBLISH for import, REQUEST and CANCEL for one meeting (iTIP, RFC 5546).

Equal records give equal bytes, since stamps are the times of changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.kinds import MeetingKind, MeetingState
from ahtc_tui.domain.meetings.model import MeetingCard, MeetingRow
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.ics.invitation_text import format_description, parse_uri
from ahtc_tui.formats.ics.people import build_attendees, build_organiser, list_without_address
from ahtc_tui.formats.ics.times import (
    build_moved_span,
    build_rule,
    build_span,
    explain_omission,
    find_replaced_instance,
    to_series_day,
)
from ahtc_tui.formats.ics.vtimezone import build_vtimezones

if TYPE_CHECKING:
    from icalendar import Event

__all__ = [
    "Invite",
    "Method",
    "OmittedMeeting",
    "PublishedCalendar",
    "build_calendar",
    "build_cancellation",
    "build_events",
    "build_omission",
    "build_publication",
    "build_request",
    "explain_omission",
    "list_without_address",
    "require_organiser_and_day",
]

PRODID = "-//ahtc//Wales Anti Human Trafficking Co-ordinator//EN"
_GATHERINGS = (MeetingKind.MEETING, MeetingKind.VISIT, MeetingKind.CONFERENCE, MeetingKind.SCRUTINY)
_CLASSES = {Marking.OFFICIAL: "PUBLIC", Marking.OFFICIAL_SENSITIVE: "CONFIDENTIAL"}


class Method(StrEnum):
    """Purpose of a calendar file (RFC 5546 section 1.4)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Invite:
    """A meeting and the time of its last change."""

    card: MeetingCard
    changed_at: datetime
    """Time with an offset, for DTSTAMP and LAST-MODIFIED, so that a second export is equal."""
    moved: tuple[tuple[datetime, datetime], ...] = ()
    """Days of a series that a bank holiday moves: planned and actual wall time."""
    skipped: tuple[datetime, ...] = ()
    """Planned wall times of the days of a series that a bank holiday cancels."""
    days: tuple[Invite, ...] = ()
    """Days of a series with a separate record."""
    timed: bool | None = None
    """For a day of a series, whether the series has a time; None if the day decides."""
    shown: MeetingRow | None = None
    """A series with the actual time of its first day, which the text of a mail states."""

    def __post_init__(self) -> None:
        """Raise ValueError for a time without an offset."""
        if self.changed_at.tzinfo is None:
            raise ValueError("changed_at needs an offset")


@dataclass(frozen=True, slots=True)
class OmittedMeeting:
    """A meeting that a calendar cannot hold, with the reason in one sentence."""

    ref: str
    reason: str
    needs_decision: bool = True
    """Whether somebody has to settle it; a meeting whose day is not fixed yet only waits."""


@dataclass(frozen=True, slots=True)
class PublishedCalendar:
    """A calendar file and the meetings that it omits."""

    data: bytes
    meetings: int
    """Number of meetings in the file."""
    omitted: tuple[OmittedMeeting, ...]


def build_publication(invites: Sequence[Invite]) -> PublishedCalendar:
    """Return many meetings as one METHOD:PUBLISH file in the given order, without ATTENDEE (RFC 5546 section 3.2.1).

    The same section requires an ORGANIZER. It is left out where the organiser has no address; programs import such
    files.
    """
    reasons = [(invite, explain_omission(invite.card)) for invite in invites]
    kept = [invite for invite, reason in reasons if reason is None]
    events = [event for invite in kept for event in build_events(invite, Method.PUBLISH)]
    omitted = tuple(build_omission(invite.card, reason) for invite, reason in reasons if reason is not None)
    return PublishedCalendar(build_calendar(events, Method.PUBLISH), len(kept), omitted)


def build_omission(card: MeetingCard, reason: str) -> OmittedMeeting:
    """Return a meeting that is left out; where its day is not fixed yet, it only waits."""
    row = card.row
    has_day = row.day is not None and row.day.precision is Precision.DAY
    return OmittedMeeting(row.ref, reason, needs_decision=has_day)


def build_request(invite: Invite) -> bytes:
    """Return one meeting as METHOD:REQUEST (RFC 5546 section 3.2.2): an invitation, or an update.

    Raises Refused without an organiser's address, for a cancelled meeting, and for one without a day.
    """
    require_organiser_and_day(invite.card)
    if invite.card.row.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled. Send a cancellation instead.").format(ref=invite.card.row.ref))
    return build_calendar(build_events(invite, Method.REQUEST), Method.REQUEST)


def build_cancellation(invite: Invite) -> bytes:
    """Return one meeting as METHOD:CANCEL (RFC 5546 section 3.2.5), with the UID of its invitation.

    The caller that cancels the record increments SEQUENCE. Raises Refused without an organiser's address or a day.
    """
    require_organiser_and_day(invite.card)
    return build_calendar(build_events(invite, Method.CANCEL), Method.CANCEL)


def require_organiser_and_day(card: MeetingCard) -> None:
    """Raise Refused for a meeting that no calendar can hold, or without an organiser who has an address."""
    if reason := explain_omission(card):
        raise Refused(reason)
    if build_organiser(card) is None:
        raise Refused(
            _(
                "{ref} has no organiser with an email address. Set office.email in Settings, or name an organiser "
                "with one."
            ).format(ref=card.row.ref)
        )


def build_calendar(events: Sequence[Event], method: str = "") -> bytes:
    """Return a calendar file of events, with our PRODID and zone; without a method, as calendars store it."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", str(method))
    for zone in build_vtimezones(events):
        calendar.add_component(zone)
    for event in events:
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def build_events(invite: Invite, method: Method) -> list[Event]:
    """Return a meeting, or a series with every changed day (RECURRENCE-ID, EXDATE).

    A cancelled day is an EXDATE in a request, which cannot contain cancelled meetings (RFC 5546 section 3.2.2).
    """
    series = invite.card.row
    timed = bool(series.recurrence) and build_span(series).timed
    cancelled = [
        day for day in invite.days if method is Method.REQUEST and day.card.row.state is MeetingState.CANCELLED
    ]
    published = [day for day in invite.days if day not in cancelled and explain_omission(day.card) is None]
    event = _build_event(invite, method)
    for wall in sorted(
        (*invite.skipped, *(day.card.row.recurrence_id for day in cancelled if day.card.row.recurrence_id))
    ):
        event.add("exdate", to_series_day(wall, series.tz, timed=timed))
    moved = [_build_moved_event(invite, method, *times) for times in invite.moved]
    return [event, *moved, *(_build_event(replace(day, timed=timed), method) for day in published)]


def _build_moved_event(invite: Invite, method: Method, wall: datetime, starts: datetime) -> Event:
    """Build a day of a series that a bank holiday moves; its other properties are those of the series."""
    series = invite.card.row
    event = _build_event(invite, method)
    del event["rrule"], event["dtstart"], event["dtend"]
    span = build_moved_span(series, starts)
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    event.add("recurrence-id", to_series_day(wall, series.tz, timed=span.timed))
    return event


def _build_event(invite: Invite, method: Method) -> Event:
    from icalendar import Event

    card, row = invite.card, invite.card.row
    stamp = invite.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", clean_line(row.uid))
    event.add("sequence", row.sequence)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    _add_times(event, card, invite.timed)
    _add_texts(event, card)
    event.add("status", _choose_status(row.state, method))
    event.add("transp", "OPAQUE" if _is_busy(card, method) else "TRANSPARENT")
    if sender := build_organiser(card):
        event.add("organizer", sender)
    if method is not Method.PUBLISH:
        for guest in build_attendees(card, request_reply=method is Method.REQUEST):
            event.add("attendee", guest)
    _add_alarm(event, card, method)
    return event


def _add_times(event: Event, card: MeetingCard, timed: bool | None) -> None:
    span = build_span(card.row)
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    instance = find_replaced_instance(card)
    if card.row.recurrence_id is not None and timed is not None:
        instance = to_series_day(card.row.recurrence_id, card.row.series_tz or card.row.tz, timed=timed)
    if instance is not None:
        event.add("recurrence-id", instance)
    elif recurrence := build_rule(card.row):
        event.add("rrule", recurrence)


def _add_texts(event: Event, card: MeetingCard) -> None:
    row = card.row
    event.add("summary", clean_line(row.shown_title))
    event.add("description", format_description(card))
    event.add("class", _CLASSES[row.marking])
    if place := clean_line(row.location):
        event.add("location", place)
    if link := parse_uri(row.link):
        event.add("url", link)
    if group := clean_line(row.group):
        event.add("categories", [group])


def _add_alarm(event: Event, card: MeetingCard, method: Method) -> None:
    """Add a reminder to a future meeting; programs would ring for every imported past meeting."""
    from icalendar import Alarm

    if method is Method.CANCEL or card.row.state in (MeetingState.HELD, MeetingState.CANCELLED):
        return
    lead_time = timedelta(minutes=15) if build_span(card.row).timed else timedelta(days=1)
    event.add_component(Alarm.new_display(clean_line(card.row.shown_title) or card.row.ref, -lead_time))


def _choose_status(state: MeetingState, method: Method) -> str:
    if method is Method.CANCEL or state is MeetingState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if state is MeetingState.TENTATIVE else "CONFIRMED"


def _is_busy(card: MeetingCard, method: Method) -> bool:
    """Return whether the meeting is busy time: an active gathering with a time, or one that lasts all day."""
    row = card.row
    is_active = method is not Method.CANCEL and row.state is not MeetingState.CANCELLED
    return is_active and row.kind in _GATHERINGS and (row.all_day or row.starts is not None)
