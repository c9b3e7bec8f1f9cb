"""Start and end of a meeting, from a draft and the stored values. Wall times with a time zone, never instants.

Refuses a time that the change to summer time skips, and an end that is not after the start. A start in the hour that
the change to winter time repeats is its first occurrence; an end is the first one after the start. No database access.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formatting import format_wall_time
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LONDON, MeetingRow
from ahtc_tui.domain.meetings.wall_time import add_duration, compute_duration, to_utc

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft

TIME_FIELDS = ("starts", "ends", "minutes")
"""Draft fields that give the time."""


def build_times(draft: MeetingDraft, before: MeetingRow | None = None) -> dict[str, Any]:
    """Return day, start, end and all-day flag as stored; empty if the draft gives none of them.

    A meeting that is moved to another day keeps its start time and its length. Raises BadInput.
    """
    if not draft.given_fields.keys() & set(TIME_FIELDS):
        return {}
    tz = before.tz if before else LONDON
    day, start_time = _find_start(draft, before)
    starts = datetime.combine(day.latest, start_time) if day and start_time else None
    if starts:
        refuse_skipped_hour(starts, tz)
    ends = _find_end(draft, before, day, starts, tz)
    if ends:
        refuse_skipped_hour(ends, tz)
        begin = starts or (datetime.combine(day.latest, time.min) if day else None)
        if begin and compute_duration(begin, ends, tz) <= timedelta():
            raise BadInput(
                _("The meeting would end before it starts, from {starts} to {ends}.").format(
                    starts=format_wall_time(begin), ends=format_wall_time(ends)
                )
            )
    return {
        "day": day.stored_text if day else None,
        "start_time": start_time.isoformat("minutes") if start_time else None,
        "ends": ends.isoformat("T", "minutes") if ends else None,
        "all_day": int(bool(before and before.all_day and start_time is None)),
    }


def _find_start(draft: MeetingDraft, before: MeetingRow | None) -> tuple[DateAsKnown | None, time | None]:
    if "starts" not in draft.given_fields:
        return (before.day, before.start_time) if before else (None, None)
    if draft.starts is None:
        return None, None
    day = draft.starts.day or (before.day if before else None)
    if draft.starts.at and (day is None or day.precision is not Precision.DAY):
        raise BadInput(_("A time needs a date. Enter it like 10 December 2013, 10am."))
    keeps_hour = before is not None and day is not None and day.precision is Precision.DAY
    return day, draft.starts.at or (before.start_time if before and keeps_hour else None)


def _find_end(
    draft: MeetingDraft, before: MeetingRow | None, day: DateAsKnown | None, starts: datetime | None, tz: str
) -> datetime | None:
    if draft.minutes and draft.ends:
        raise BadInput(_("Give the end time or the length, not both."))
    if draft.minutes:
        if starts is None:
            raise BadInput(_("A length needs a start time. Enter one, such as 10am."))
        return _add_length(starts, timedelta(minutes=draft.minutes), tz)
    if draft.ends:
        return _read_end(draft, day, starts)
    if draft.given_fields.keys() & {"ends", "minutes"} or before is None or before.ends is None:
        return None
    if starts is None or before.starts is None:
        return None
    return _add_length(starts, compute_duration(before.starts, before.ends, tz), tz)


def _add_length(starts: datetime, length: timedelta, tz: str) -> datetime:
    """Return the end of a meeting. Raises BadInput for an end in the repeated hour that reads as another length."""
    ends = add_duration(starts, length, tz)
    if compute_duration(starts, ends, tz) != length:
        sentence = _("{when} occurs twice because the clocks go back, and the first is used. Give another end.")
        raise BadInput(sentence.format(when=format_wall_time(ends)))
    return ends


def _read_end(draft: MeetingDraft, day: DateAsKnown | None, starts: datetime | None) -> datetime:
    """Read the end of a draft. A day without a time ends an all-day meeting at the midnight after it."""
    assert draft.ends is not None
    end_day = draft.ends.day or day
    if end_day is None or end_day.precision is not Precision.DAY:
        raise BadInput(_("An end time needs a date. Enter it like 10 December 2013, midday."))
    if draft.ends.at:
        if starts is None:
            raise BadInput(_("An end time needs a start time, like 10am."))
        return datetime.combine(end_day.latest, draft.ends.at)
    if starts:
        raise BadInput(_("A meeting with a start time needs an end time. Enter it like 12:30pm."))
    return datetime.combine(end_day.latest + timedelta(days=1), time.min)


def compute_length(row: MeetingRow) -> timedelta:
    """Return the length of a meeting; empty if its end is not known."""
    if row.ends is None or row.day is None:
        return timedelta()
    return compute_duration(row.starts or datetime.combine(row.day.latest, time.min), row.ends, row.tz)


def refuse_skipped_hour(wall_time: datetime, tz: str) -> None:
    """Raise BadInput for a time that does not exist because the clocks go forward."""
    if to_utc(wall_time, tz).astimezone(ZoneInfo(tz)).replace(tzinfo=None) != wall_time:
        sentence = _("{when} does not exist, because the clocks go forward.")
        raise BadInput(sentence.format(when=format_wall_time(wall_time)))
