"""When a meeting is: start and end of a draft, put together with what stands. Wall times with a zone, never instants.

Refuses an hour that the clocks skip and an end that is not after the start. Never reads or writes the database.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LONDON
from ahtc_tui.formats.ics.vtimezone import instant

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.domain.meetings.series import Slot

FIELDS = ("starts", "ends", "minutes")
"""Fields of a draft that say when."""


def times(draft: MeetingDraft, before: MeetingRow | None = None) -> dict[str, Any]:
    """Day, start, end and whether it lasts all day, as the table stores them; empty where the draft is silent on them.

    A meeting that is moved to another day keeps its hour and its length. Raises BadInput.
    """
    if not draft.given.keys() & set(FIELDS):
        return {}
    tz = before.tz if before else LONDON
    day, at = _start(draft, before)
    starts = datetime.combine(day.latest, at) if day and at else None
    if starts:
        insist_on_hour(starts, tz)
    ends = _end(draft, before, day, starts, tz)
    if ends:
        insist_on_hour(ends, tz)
        begin = starts or (datetime.combine(day.latest, time.min) if day else None)
        if begin and instant(ends, tz) <= instant(begin, tz):
            raise BadInput(
                _("The meeting would end before it starts: from {starts} to {ends}.").format(
                    starts=said(begin), ends=said(ends)
                )
            )
    return {
        "day": day.stored if day else None,
        "start_time": at.isoformat("minutes") if at else None,
        "ends": ends.isoformat("T", "minutes") if ends else None,
        "all_day": int(bool(before and before.all_day and at is None)),
    }


def _start(draft: MeetingDraft, before: MeetingRow | None) -> tuple[DateAsKnown | None, time | None]:
    if "starts" not in draft.given:
        return (before.day, before.start_time) if before else (None, None)
    if draft.starts is None:
        return None, None
    day = draft.starts.day or (before.day if before else None)
    if draft.starts.at and (day is None or day.precision is not Precision.DAY):
        raise BadInput(_("An hour needs a day: write one like 2013-12-10 10:00."))
    keeps_hour = before is not None and day is not None and day.precision is Precision.DAY
    return day, draft.starts.at or (before.start_time if before and keeps_hour else None)


def _end(
    draft: MeetingDraft, before: MeetingRow | None, day: DateAsKnown | None, starts: datetime | None, tz: str
) -> datetime | None:
    if draft.minutes and draft.ends:
        raise BadInput(_("Give the end or the minutes, not both."))
    if draft.minutes:
        if starts is None:
            raise BadInput(_("Minutes need an hour to start from, like 10:00."))
        return later(starts, timedelta(minutes=draft.minutes), tz)
    if draft.ends:
        return _given_end(draft, day, starts)
    if draft.given.keys() & {"ends", "minutes"} or before is None or before.ends is None:
        return None
    if starts is None or before.starts is None:
        return None
    return later(starts, instant(before.ends, tz) - instant(before.starts, tz), tz)


def _given_end(draft: MeetingDraft, day: DateAsKnown | None, starts: datetime | None) -> datetime:
    """The end that a draft gives. A day without an hour ends a meeting of whole days, at the midnight after it."""
    assert draft.ends is not None
    known = draft.ends.day or day
    if known is None or known.precision is not Precision.DAY:
        raise BadInput(_("An end needs a day: write one like 2013-12-10 12:00."))
    if draft.ends.at:
        if starts is None:
            raise BadInput(_("An hour to end needs an hour to start, like 10:00."))
        return datetime.combine(known.latest, draft.ends.at)
    if starts:
        raise BadInput(_("A meeting that starts at an hour ends at one: write it like 12:00."))
    return datetime.combine(known.latest + timedelta(days=1), time.min)


def length(row: MeetingRow) -> timedelta:
    """How long a meeting takes; nothing where its end is not known."""
    if row.ends is None or row.day is None:
        return timedelta()
    return length_between(row.starts or datetime.combine(row.day.latest, time.min), row.ends, row.tz)


def length_between(starts: datetime, ends: datetime, tz: str) -> timedelta:
    """How much time passes between two wall times."""
    return instant(ends, tz) - instant(starts, tz)


def on_slot(row: MeetingRow, slot: Slot) -> MeetingRow:
    """A series as it stands on one of its days."""
    starts = slot.starts or slot.planned
    return replace(row, day=DateAsKnown(starts.date()), ends=later(starts, length(row), row.tz) if row.ends else None)


def later(wall: datetime, length: timedelta, tz: str) -> datetime:
    """The wall time when so much time has passed."""
    return (instant(wall, tz) + length).astimezone(ZoneInfo(tz)).replace(tzinfo=None)


def insist_on_hour(wall: datetime, tz: str) -> None:
    """Raise BadInput for an hour that the clocks skip in spring."""
    if instant(wall, tz).astimezone(ZoneInfo(tz)).replace(tzinfo=None) != wall:
        raise BadInput(
            _("{when} does not exist: the clocks go forward over it.").format(when=said(wall)),
        )


def said(wall: datetime) -> str:
    """A wall time in words: "10:00 on 10 December 2013"."""
    return _("{hour} on {day}").format(hour=f"{wall:%H:%M}", day=long_date(wall.date()))
