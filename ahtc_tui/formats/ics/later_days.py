"""Changes of a day of a series and of all later ones (RANGE=THISANDFUTURE): the series ends, and another one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import LONDON
from ahtc_tui.domain.meetings.series import Series
from ahtc_tui.domain.meetings.wall_time import convert_wall_time

_UNTIL_FORMATS = {8: "%Y%m%d", 15: "%Y%m%dT%H%M%S", 16: "%Y%m%dT%H%M%SZ"}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TIME_PARTS = frozenset(("BYHOUR", "BYMINUTE", "BYSECOND"))


def split_changed_series(events: Sequence[CalendarEvent]) -> tuple[list[CalendarEvent], list[FileWarning]]:
    """Return the events with each series split where a change of all later days begins, and a warning for each split.

    Series come before their days.
    A change that no rule can express, or whose series is not among the events, stays as it is.
    """
    warnings: list[FileWarning] = []
    changed_uids = {event.uid for event in events if event.is_onward and event.instance}
    kept = [event for event in events if event.uid not in changed_uids]
    for uid in sorted(changed_uids):
        group = [event for event in events if event.uid == uid]
        series = next((event for event in group if event.recurrence and event.instance is None), None)
        days = [event for event in group if event is not series]
        kept += _split_group(series, days, warnings) if series else group
    return sorted(kept, key=lambda event: event.instance is not None), warnings


def _split_group(
    series: CalendarEvent | None, days: list[CalendarEvent], warnings: list[FileWarning]
) -> list[CalendarEvent]:
    """Return the parts of a series, and its other changed days with the UID and the planned time of their part."""
    kept: list[CalendarEvent] = []
    waiting = sorted(days, key=lambda event: event.instance or datetime.combine(event.day, time.min))
    while waiting:
        day = waiting.pop(0)
        planned = _convert_planned(day, series) if series and day.is_onward else None
        parts = _split(series, day, planned) if series and planned else None
        if parts is None or planned is None:
            kept.append(day)
            continue
        warnings.append(FileWarning(day.position, _explain_split(planned, parts)))
        ended, series = parts
        kept += [ended] if ended else []
        waiting = _move_later_days(waiting, series, day) if series else []
    return [*kept, *([series] if series else [])]


def _explain_split(planned: datetime, parts: tuple[CalendarEvent | None, CalendarEvent | None]) -> str:
    ended, begun = parts
    day = format_long_date(planned)
    if ended and begun:
        return _("the series ends before {date}, and another one begins").format(date=day)
    return _("the series ends before {date}").format(date=day) if ended else _("it changes all dates in the series")


def _convert_planned(day: CalendarEvent, series: CalendarEvent) -> datetime | None:
    """Return the planned time of a changed day in the zone of its series."""
    if day.instance is None:
        return None
    if day.is_instance_day:
        return datetime.combine(day.instance.date(), series.starts.time() if series.starts else time.min)
    return convert_wall_time(day.instance, LONDON, series.tz)


def _split(
    series: CalendarEvent, change: CalendarEvent, planned: datetime
) -> tuple[CalendarEvent | None, CalendarEvent | None] | None:
    """Return the series up to a change, None where it is the first day, and the one from it on, None if cancelled.

    None in place of both where no rule expresses the change.
    """
    first = series.starts or datetime.combine(series.day, time.min)
    pattern = Series(series.recurrence or "", first, tz=series.tz)
    if not pattern.has_planned(planned) or (change.starts is None) != (series.starts is None):
        return None
    count = sum(slot.planned < planned for slot in pattern.list_slots(first.date(), planned.date()))
    ended = _end_series(series, planned, count) if count else None
    if change.cancels or change.state is MeetingState.CANCELLED:
        return ended, None
    starts = change.starts and convert_wall_time(change.starts, change.tz, series.tz)
    shift = (starts or datetime.combine(change.day, time.min)) - planned
    rule = _shift_rule(series.recurrence or "", planned, shift, count)
    if rule is None:
        return None
    return ended, replace(
        change,
        uid=f"{series.uid}#{planned:%Y%m%dT%H%M}" if ended else series.uid,
        title=change.title or series.title,
        day=(planned + shift).date(),
        starts=starts,
        ends=change.ends and (convert_wall_time(change.ends, change.tz, series.tz) if starts else change.ends),
        tz=series.tz,
        instance=None,
        is_onward=False,
        recurrence=rule,
        exceptions=tuple(day + shift for day in series.exceptions if day >= planned),
    )


def _end_series(series: CalendarEvent, planned: datetime, count: int) -> CalendarEvent:
    """Return a series that ends before a planned time, with its number of days where it had one."""
    parts = _parse_rule(series.recurrence or "")
    if "COUNT" in parts:
        parts["COUNT"] = str(count)
    elif series.starts is None:
        parts["UNTIL"] = f"{planned - timedelta(days=1):%Y%m%d}"
    else:
        last = planned.replace(tzinfo=ZoneInfo(series.tz)).astimezone(UTC) - timedelta(seconds=1)
        parts["UNTIL"] = f"{last:%Y%m%dT%H%M%SZ}"
    exceptions = tuple(day for day in series.exceptions if day < planned)
    return replace(series, recurrence=_format_rule(parts), exceptions=exceptions)


def _shift_rule(rule: str, planned: datetime, shift: timedelta, count: int) -> str | None:
    """Return the rule of the days from a planned time on, all moved by `shift`; None where there is none."""
    parts = _parse_rule(rule)
    day_parts = {name for name in parts if name.startswith("BY")}
    if shift and day_parts & _TIME_PARTS:
        return None
    moved = planned + shift
    if moved.date() != planned.date() and (day_parts or parts["FREQ"] not in ("DAILY", "WEEKLY")):
        if parts["FREQ"] != "WEEKLY" or day_parts != {"BYDAY"} or not re.fullmatch("[A-Z]{2}", parts["BYDAY"]):
            return None
        parts["BYDAY"] = _WEEKDAYS[moved.weekday()]
    if "COUNT" in parts:
        parts["COUNT"] = str(int(parts["COUNT"]) - count)
    if "UNTIL" in parts:
        pattern = _UNTIL_FORMATS[len(parts["UNTIL"])]
        move = timedelta(days=(moved.date() - planned.date()).days) if len(parts["UNTIL"]) == 8 else shift
        until = datetime.strptime(parts["UNTIL"], pattern)  # noqa: DTZ007
        parts["UNTIL"] = f"{until + move:{pattern}}"
    return _format_rule(parts)


def _move_later_days(days: list[CalendarEvent], series: CalendarEvent, change: CalendarEvent) -> list[CalendarEvent]:
    """Return the changed days after a change as days of the new series."""
    begin = change.starts and convert_wall_time(change.starts, change.tz, LONDON)
    old = change.instance if not change.is_instance_day else None
    shift = series.day - change.instance.date() if change.instance else timedelta()
    if begin and old:
        shift = begin - old
    return [replace(day, uid=series.uid, instance=day.instance + shift if day.instance else None) for day in days]


def _parse_rule(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";") if part)


def _format_rule(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())
