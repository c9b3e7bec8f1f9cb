"""The facts of a meeting, as the screen and the command line show them."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.dates.calendar_names import format_bank_holiday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formatting import format_clock, format_hours, format_wall_time, format_weekday_date
from ahtc_tui.domain.fields.model import CardRow, build_plain_rows, build_row
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.fields import MEETING_FIELDS
from ahtc_tui.domain.meetings.model import LONDON, MeetingCard, MeetingRow
from ahtc_tui.domain.meetings.series_words import format_recurrence
from ahtc_tui.domain.welsh.model import name_other_language


def build_state_rows(row: MeetingRow) -> Iterator[CardRow]:
    """Yield kind and status; the screen has them in one line."""
    yield build_row(_("Kind"), row.kind)
    yield build_row(_("Status"), row.state)


def build_fact_rows(card: MeetingCard, row: MeetingRow) -> Iterator[CardRow]:
    """Yield the facts of a meeting; `row` is the row of the card; for a series it has the time of the next date."""
    yield build_row(*name_other_language(row.title, row.title_cy))
    yield build_row(_("When"), format_meeting_time(row))
    yield build_row(_("Planned for"), _format_planned(card))
    yield build_row(_("Repeats"), format_recurrence(row.recurrence, row.on_holiday))
    yield build_row(_("First day"), format_meeting_time(card.row) if card.row.recurrence else None)
    yield build_row(_("Series"), row.series)
    yield build_row(_("At the same time"), *map(str, card.clashes))
    yield build_row(_("Where"), row.location or _("not stated"))
    yield build_row(_("Link"), row.link)
    yield build_row(_("Area"), card.area)
    yield build_row(_("Group"), row.group)
    yield build_row(_("Organiser"), _format_organiser(card))
    yield build_row(_("Host"), card.host)
    yield build_row(_("Keynote"), card.keynote)
    yield build_row(_("Occasion"), card.occasion)
    yield build_row(_("Attendance"), card.attendance_text)
    yield build_row(_("Language preferences"), card.language_summary)
    yield build_row(_("Interpretation"), card.interpretation)
    yield build_row(_("Marking"), row.marking)
    yield from build_plain_rows(MEETING_FIELDS, card)
    yield build_row(_("Note"), card.note)


def format_meeting_time(row: MeetingRow) -> str:
    """Return the time in full: "Tuesday 10 December 2013, 10am to midday". The zone is added unless it is London's."""
    if row.day is None:
        return _("no date")
    text = _format_long_day(row.day)
    if row.starts:
        text += f", {format_hours(row.starts, row.ends)}"
    elif row.start_time:
        text += f", {format_clock(row.start_time)}"
    elif row.all_day:
        text += _(", all day")
    return text if row.tz == LONDON else f"{text} ({row.tz})"


def _format_long_day(day: DateAsKnown) -> str:
    if day.precision is not Precision.DAY:
        return str(day)
    return format_weekday_date(day.latest) + (f" ({day.words})" if day.words else "")


def _format_planned(card: MeetingCard) -> str:
    """Return the planned day of a day of a series that was moved, with the bank holiday that moved it."""
    next_day = card.next_day
    planned = next_day.planned if next_day else card.row.planned
    starts = next_day.starts if next_day else card.row.starts
    holiday = next_day.holiday if next_day else None
    if planned is None or planned == starts:
        return ""
    day = format_wall_time(planned)
    return f"{day} ({format_bank_holiday(holiday)})" if holiday else day


def _format_organiser(card: MeetingCard) -> str | None:
    if card.organiser is None:
        return None
    return ", ".join((card.organiser, card.organiser_email or _("no address")))


def format_leaving_out(card: MeetingCard) -> str:
    """Return the sentence that proposes what to leave out where the agenda is longer than the meeting; else empty.

    The last items go first, those with a paper or with matters arising only where the others are not enough.
    """
    free = [item for item in reversed(card.agenda) if item.minutes and not (item.standing or item.closing)]
    over, proposed = card.minutes_over, []
    for item in sorted(free, key=lambda item: bool(item.papers or item.matters)):
        if over > 0:
            proposed.append(item)
            over -= item.minutes or 0
    if not proposed or over > 0:
        return ""
    names = ", ".join(f"{item.position} {item.shown_title} ({item.minutes})" for item in proposed)
    return _("To end in time, leave out: {items}.").format(items=names)
