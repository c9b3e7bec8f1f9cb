"""Actions as a calendar file (RFC 5545): to-dos (VTODO), or all-day events for programs without to-dos.

Equal records give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow, Marking, Priority, Status
from ahtc_tui.domain.dates.date_as_known import Precision, format_long_date
from ahtc_tui.domain.i18n import _, render_in_each_language
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.ics.invites import PRODID

if TYPE_CHECKING:
    from icalendar import Component

TODO_STATES = {Status.DONE: "COMPLETED", Status.CANCELLED: "CANCELLED"} | dict.fromkeys(
    (Status.IN_PROGRESS, Status.CONTINUING, Status.PROPOSED_COMPLETE), "IN-PROCESS"
)
"""RFC 5545 section 3.8.1.11; other states are NEEDS-ACTION."""
PRIORITIES = {Priority.HIGH: 1, Priority.MEDIUM: 5, Priority.LOW: 9}
_CLASSES = {Marking.OFFICIAL: "PUBLIC", Marking.OFFICIAL_SENSITIVE: "CONFIDENTIAL"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """An action with the time and number of its changes."""

    row: ActionRow
    changed_at: datetime
    """Time with an offset, for DTSTAMP and LAST-MODIFIED."""
    sequence: int
    marking: Marking
    """The higher one of the action and the file."""


def get_due_day(row: ActionRow) -> date | None:
    """Return the day on which an action is due; None without an exact day, and for a continuing duty."""
    if row.due is None or row.due.precision is not Precision.DAY or row.status is Status.CONTINUING:
        return None
    return row.due.latest


def build_deadlines(deadlines: Sequence[Deadline], *, as_events: bool) -> bytes:
    """Return one METHOD:PUBLISH file in the given order; as events, every action needs a `get_due_day`."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for deadline in deadlines:
        calendar.add_component(_build_event(deadline) if as_events else _build_to_do(deadline))
    data: bytes = calendar.to_ical()
    return data


def _build_to_do(deadline: Deadline) -> Component:
    from icalendar import Todo

    row = deadline.row
    item = Todo()
    _add_common_fields(item, deadline, "ahtc")
    if day := get_due_day(row):
        item.add("due", day)
    item.add("status", TODO_STATES.get(row.status, "NEEDS-ACTION"))
    if row.status is Status.DONE:
        item.add("percent-complete", 100)
        if row.closed_on and row.closed_on.precision is Precision.DAY:  # noon is on that day in all of Europe
            item.add("completed", datetime.combine(row.closed_on.latest, time(12), UTC))
    return item


def _build_event(deadline: Deadline) -> Component:
    """Build an all-day event that is free time, with a reminder the day before while the action is open."""
    from icalendar import Alarm, Event

    row, day = deadline.row, get_due_day(deadline.row)
    if day is None:
        raise ValueError(row.ref)
    event = Event()
    _add_common_fields(event, deadline, "deadline.ahtc")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("status", "CANCELLED" if row.status is Status.CANCELLED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if row.is_open:
        event.add_component(Alarm.new_display(_format_summary(row), -timedelta(days=1)))
    return event


def _add_common_fields(component: Component, deadline: Deadline, uid_suffix: str) -> None:
    row, stamp = deadline.row, deadline.changed_at.astimezone(UTC).replace(microsecond=0)
    component.add("uid", f"{row.key.hex()}@{uid_suffix}")
    component.add("sequence", deadline.sequence)
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("summary", _format_summary(row))
    component.add("description", _format_description(deadline))
    component.add("class", _CLASSES[deadline.marking])
    if row.priority:
        component.add("priority", PRIORITIES[row.priority])
    if row.objective:
        component.add("categories", [_("Objective {number}").format(number=row.objective)])


def _format_summary(row: ActionRow) -> str:
    return f"{row.ref}: {clean_line(row.title)}"


def _format_description(deadline: Deadline) -> str:
    """Return the marking, the facts for the owner, and the latest update, in each language of the file."""
    return render_in_each_language(lambda: _describe(deadline))


def _describe(deadline: Deadline) -> str:
    row = deadline.row
    facts = (
        (_("Lead"), row.lead),
        (_("Support"), ", ".join(row.support)),
        (_("Status"), row.status.label),
        (_("BRAG"), f"{row.brag} {row.brag.label}" if row.brag else None),
        (_("Due"), str(row.due) if row.due and row.status is not Status.CONTINUING else None),
        (_("Source"), row.source),
    )
    lines = [f"{name}: {clean_line(value)}" for name, value in facts if value]
    update = (
        f"{format_long_date(row.latest_update_on)}: {clean_line(row.latest_update)}" if row.latest_update_on else ""
    )
    return "\n\n".join(part for part in (deadline.marking.label, "\n".join(lines), update) if part)
