"""Actions as a calendar file (RFC 5545): to-dos (VTODO), or all-day events for programs without to-dos.

Equal records give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from ahtc_tui.domain.actions.model import ActionRow, Marking, Priority, Status
from ahtc_tui.domain.dates.date_as_known import Precision, format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.i18n import _, choose_language, render_in_each_language, render_one_line
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.formats.content_lines import escape_text, fold_line
from ahtc_tui.formats.ics.invites import PRODID

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
    welsh_names: Mapping[str, str] = field(default_factory=dict)
    """Welsh names of parties by English name."""

    def translate_name(self, name: str) -> str:
        """Return the name of a party in the current language."""
        return choose_language(name, self.welsh_names.get(name))


def get_due_day(row: ActionRow) -> date | None:
    """Return the day on which an action is due; None without an exact day, and for a continuing duty."""
    if row.due is None or row.due.precision is not Precision.DAY or row.status is Status.CONTINUING:
        return None
    return row.due.latest


def build_deadlines(deadlines: Iterable[Deadline], *, as_events: bool) -> bytes:
    """Return one METHOD:PUBLISH file in the given order; as events, every action needs a `get_due_day`."""
    format_component = _format_event if as_events else _format_to_do
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "METHOD:PUBLISH")
    components = (line for deadline in deadlines for line in format_component(deadline))
    return "".join(map(fold_line, chain(head, components, ["END:VCALENDAR"]))).encode("utf-8")


def _format_to_do(deadline: Deadline) -> Iterator[str]:
    row = deadline.row
    yield "BEGIN:VTODO"
    yield from _format_common_fields(deadline, "ahtc")
    if day := get_due_day(row):
        yield f"DUE;VALUE=DATE:{_format_day(day)}"
    yield f"STATUS:{TODO_STATES.get(row.status, 'NEEDS-ACTION')}"
    if row.status is Status.DONE:
        yield "PERCENT-COMPLETE:100"
        if row.closed_on and row.closed_on.precision is Precision.DAY:  # noon is on that day in all of Europe
            yield f"COMPLETED:{_format_day(row.closed_on.latest)}T120000Z"
    yield "END:VTODO"


def _format_event(deadline: Deadline) -> Iterator[str]:
    """Yield an all-day event that is free time, with a reminder the day before while the action is open."""
    row, day = deadline.row, get_due_day(deadline.row)
    if day is None:
        raise ValueError(row.ref)
    yield "BEGIN:VEVENT"
    yield from _format_common_fields(deadline, "deadline.ahtc")
    yield f"DTSTART;VALUE=DATE:{_format_day(day)}"
    yield f"DTEND;VALUE=DATE:{_format_day(day + timedelta(days=1))}"
    yield f"STATUS:{'CANCELLED' if row.status is Status.CANCELLED else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if row.is_open:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_format_summary(row)}",
            "TRIGGER:-P1D",
            "END:VALARM",
        )
    yield "END:VEVENT"


def _format_common_fields(deadline: Deadline, uid_suffix: str) -> Iterator[str]:
    row, stamp = deadline.row, f"{deadline.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"UID:{row.key.hex()}@{uid_suffix}"
    yield f"SEQUENCE:{deadline.sequence}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SUMMARY:{_format_summary(row)}"
    yield f"DESCRIPTION:{escape_text(render_in_each_language(lambda: _describe(deadline)))}"
    yield f"CLASS:{_CLASSES[deadline.marking]}"
    if row.priority:
        yield f"PRIORITY:{PRIORITIES[row.priority]}"
    if row.objective:
        category = _("Objective {number}").format(number=row.objective)
        yield f"CATEGORIES:{escape_text(category)}"


def _format_day(day: date) -> str:
    """Return a day in the form of RFC 5545 section 3.3.4."""
    return day.isoformat().replace("-", "")


def _format_summary(row: ActionRow) -> str:
    title = render_one_line(lambda: clean_line(row.shown_title))
    return escape_text(f"{row.ref}: {title}")


def _describe(deadline: Deadline) -> str:
    row = deadline.row
    facts = (
        (_("Lead"), deadline.translate_name(row.lead) if row.lead else None),
        (_("Support"), ", ".join(map(deadline.translate_name, row.support))),
        (_("Status"), row.status.label),
        (_("BRAG"), row.brag and row.brag.option_label),
        (_("Due"), format_day(row.due) if row.status is not Status.CONTINUING else None),
        (_("Source"), format_source(row.source)),
    )
    lines = [f"{name}: {clean_line(value)}" for name, value in facts if value]
    update = (
        f"{format_long_date(row.latest_update_on)}: {clean_line(row.printed_update)}" if row.latest_update_on else ""
    )
    return "\n\n".join(part for part in (deadline.marking.label, "\n".join(lines), update) if part)
