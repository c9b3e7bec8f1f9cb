"""Builders of meeting cards; a test gives only the fields that it checks."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, time
from typing import Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_iso_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingKind, MeetingState, Reply
from ahtc_tui.domain.meetings.model import AgendaRow, InviteeRow, MeetingCard, MeetingRow
from ahtc_tui.formats.ics.invites import Invite

CHANGED_AT = datetime(2026, 6, 1, 9, 30, 15, 250_000, tzinfo=UTC)

_ROW = MeetingRow(
    key=RowKey(b"\x01" * 16),
    ref="LG-2026-07",
    kind=MeetingKind.MEETING,
    title="Leadership Group",
    group="Wales Anti Human Trafficking Leadership Group",
    group_ref="LG",
    day=read_iso_date("2026-07-01"),
    start_time=time(10, 0),
    ends=None,
    tz="Europe/London",
    place="Cardiff",
    venue="Cathays Park",
    link="https://meet.example.org/lg",
    state=MeetingState.CONFIRMED,
    uid="0197c0de-lg-2026-07@ahtc.example.org",
    sequence=0,
    recurrence=None,
    all_day=False,
    agenda_items=2,
    source=None,
    marking=Marking.OFFICIAL,
)

_CARD = MeetingCard(
    row=_ROW,
    area="Wales",
    organiser="Siân Jones",
    organiser_email="sian.jones@example.org",
    host=None,
    keynote=None,
    occasion=None,
    attendance_text=None,
    note=None,
    agenda=(
        AgendaRow(1, None, "Actions of the last meeting", "AHTC", 10, True),
        AgendaRow(2, None, "The NRM process", None, None, False),
    ),
    invitees=(
        InviteeRow("Chair of the Group", "chair", "chair@example.org", InviteRole.CHAIR, Reply.ACCEPTED),
        InviteeRow("Gwent Police", "gwent", "spoc@gwent.example.org", InviteRole.REQUIRED, Reply.NEEDS_ACTION),
        InviteeRow("Bawso", "bawso", "office@bawso.example.org", InviteRole.OPTIONAL, Reply.TENTATIVE),
        InviteeRow("Welsh NRM First Responders", None, None, InviteRole.REQUIRED, Reply.NEEDS_ACTION),
    ),
    attendance=(),
    lines=(),
    decisions=(),
    actions=(),
)

_ROW_FIELDS = {field.name for field in fields(MeetingRow)}


def a_meeting_card(**overrides: Any) -> MeetingCard:
    """Build a meeting of the Leadership Group on 1 July 2026 at 10:00; given fields replace those of row and card.

    `day` may be a reduced ISO date and `start_time` "HH:MM".
    """
    day, start = overrides.get("day"), overrides.get("start_time")
    if isinstance(day, str):
        overrides["day"] = read_iso_date(day)
    if isinstance(start, str):
        overrides["start_time"] = time.fromisoformat(start)
    row_values = {name: value for name, value in overrides.items() if name in _ROW_FIELDS}
    card_values = {name: value for name, value in overrides.items() if name not in _ROW_FIELDS}
    return replace(_CARD, row=replace(_ROW, **row_values), **card_values)


def an_invite(*, changed_at: datetime = CHANGED_AT, **overrides: Any) -> Invite:
    """Build an invitation to that meeting, with the time of its last change."""
    return Invite(a_meeting_card(**overrides), changed_at)


def an_invitee(name: str, email: str | None, role: InviteRole = InviteRole.REQUIRED) -> InviteeRow:
    """Build an invited contact without a reply."""
    return InviteeRow(name, None, email, role, Reply.NEEDS_ACTION)


def parse_known_date(text: str, iso: str) -> DateAsKnown:
    """Return a date with the text that it was read from."""
    return read_iso_date(iso, text)
