"""`ahtc today`: late and due actions, coming meetings, leads to chase. Read only."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ahtc_tui.cli.console.argument_types import parse_limit
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    LATE_COLOUR,
    add_colour,
    format_rating,
    format_table,
    is_accessible,
    print_result,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, add_arguments
from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.formatting import format_clock, format_days_from_today, format_due, format_weekday_date
from ahtc_tui.domain.i18n import _, ngettext, pgettext
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks, format_names
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.today import (
    MEETING_ROWS,
    SECTION_ROWS,
    TERM_DAYS,
    ChaseCandidate,
    CommissionDue,
    NextMeeting,
    QuietContact,
    RecordToReview,
    Section,
    TodayView,
    UnheldWork,
    count_others,
)
from ahtc_tui.services.today import show_today

RECORD_SECTIONS = ("decisions", "terms_of_reference", "seats_ending", "web_pages", "promises")
"""Sections of records that are to be decided or reviewed."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the arguments of `today`."""
    limit_help = _("rows of each section; without it, --json has all")
    limit = Argument("--limit", "N", limit_help, type=parse_limit)
    add_arguments(parser, print_today, limit, JSON, shows_names=True, reads_state=True)


def print_today(context: Context, args: Namespace) -> None:
    """Print the sections of Today."""
    limit: int | None = args.limit
    rows_shown = limit if limit is not None or args.json else SECTION_ROWS
    with context.open_workspace() as workspace:
        meetings_shown = MEETING_ROWS if limit is None else min(limit, MEETING_ROWS)
        view = show_today(workspace, rows_shown, meetings_shown, is_folded=not args.json)
    print_result(args.json, lambda: _today_data(view), lambda: _format_today(view, context.marks), marks=context.marks)


def _today_data(view: TodayView) -> dict[str, Any]:
    from ahtc_tui.domain.actions.serialization import serialize_action
    from ahtc_tui.domain.serialization import serialize_record, serialize_value

    sections = ("late", "due_soon", "awaiting_review", "proposed_complete")
    return {
        "date": view.date.isoformat(),
        **{name: [serialize_action(row, view.date) for row in getattr(view, name).rows] for name in sections},
        "next_meetings": [_meeting_data(row) for row in view.next_meetings.rows],
        "chase": serialize_value(view.chase.rows),
        "not_spoken_to": [serialize_record(row, "last_on") for row in view.not_spoken_to.rows],
        "papers": [{**serialize_record(row, "due"), "late": row.is_late(view.date)} for row in view.papers.rows],
        **{name: [serialize_record(row, "due") for row in getattr(view, name).rows] for name in RECORD_SECTIONS},
        "unheld": [serialize_record(row, "since") for row in view.unheld.rows],
        "totals": {
            **{
                name: getattr(view, name).total
                for name in (*sections, *RECORD_SECTIONS, "next_meetings", "papers", "chase", "not_spoken_to", "unheld")
            },
            "continuing": view.continuing,
            "no_lead": view.no_lead,
            "open": view.open,
            "conflicts": view.conflicts,
            "retention_due": view.retention_due,
        },
    }


def _meeting_data(row: NextMeeting) -> dict[str, Any]:
    from ahtc_tui.domain.serialization import serialize_record

    return {**serialize_record(row, "day"), "missing": list(row.missing_parts)}


def _format_today(view: TodayView, marks: ConflictMarks) -> list[str]:
    day = view.date
    return [
        capitalise(format_weekday_date(day)),
        *_format_section(_("Late"), view.late, _format_actions(view.late, day)),
        *_format_conflicts(view.conflicts, marks),
        *_format_section(_("Due in 14 days"), view.due_soon, _format_actions(view.due_soon, day)),
        *_format_section(_("Commissions"), view.papers, _format_papers(view.papers.rows, day)),
        *_format_section(_("Promises"), view.promises, _format_promises(view.promises, day)),
        *_format_section(_("Work without a holder"), view.unheld, _format_unheld_work(view.unheld.rows)),
        *_format_section(_("Next"), view.next_meetings, _format_meetings(view.next_meetings.rows)),
        *_format_section(
            _("Continuing duties to review, of {n}").format(n=view.continuing),
            view.awaiting_review,
            _format_reviews(view.awaiting_review.rows),
        ),
        *_format_section(
            _("Proposed complete, for the group to close"),
            view.proposed_complete,
            _format_actions(view.proposed_complete, day),
        ),
        *_format_section(_("Open decisions"), view.decisions, _format_decisions(view.decisions.rows)),
        *_format_section(
            _("Terms of reference to review"),
            view.terms_of_reference,
            _format_records(view.terms_of_reference.rows, day),
        ),
        *_format_section(
            _("Seats ending within {n} days").format(n=TERM_DAYS),
            view.seats_ending,
            _format_records(view.seats_ending.rows, day),
        ),
        *_format_section(_("Web pages to review"), view.web_pages, _format_records(view.web_pages.rows, day)),
        *_format_section(_("To chase"), view.chase, _format_chases(view.chase.rows)),
        *([f"  {_format_no_lead(view.no_lead)}"] if view.no_lead else []),
        *_format_section(_("No recent contact"), view.not_spoken_to, _format_quiet_contacts(view.not_spoken_to.rows)),
        *_format_retention(view.retention_due),
    ]


def _format_no_lead(number: int) -> str:
    return ngettext("{n} more has no lead to chase", "{n} more have no lead to chase", number)


def _format_retention(number: int) -> list[str]:
    """Return the number of records whose period is over; no lines if there are none."""
    sentence = _("Retention: {n}   `ahtc retention` shows what is due to be destroyed or transferred")
    return ["", sentence.format(n=number)] if number else []


def _format_conflicts(number: int, marks: ConflictMarks) -> list[str]:
    """Return the number of open conflicts and their fields; no lines if there are none."""
    if not number:
        return []
    sentence = _("Conflicts: {n}   `ahtc conflicts` shows every value").format(n=number)
    return ["", sentence, *(f"  {ref}  {format_names(names)}" for ref, names in marks.fields.items())]


def _format_section(heading: str, section: Section[Any], lines: Iterable[str]) -> list[str]:
    """Return a heading with its total, and its rows; no lines if it is empty."""
    if not section.total:
        return []
    row_lines = list(lines)
    more = section.hidden
    return [
        "",
        f"{heading}: {section.total}",
        *row_lines,
        *(["  … " + _("and {n} more").format(n=more)] if more else []),
    ]


def _indent_table(cells: Sequence[tuple[str, ...]], widths: tuple[int | None, ...]) -> list[str]:
    """Return the lines of a table, indented by two spaces: its first column is empty."""
    return format_table([("", *row) for row in cells], (0, *widths))


def _format_actions(section: Section[ActionRow], day: date) -> list[str]:
    cells = [
        (
            format_rating(row.brag),
            row.ref,
            row.shown_title,
            row.lead_label,
            _format_due(row, day, others),
        )
        for row, others in section.counted_rows
    ]
    return _indent_table(cells, (9, 14, None, 26, 24))


def _format_due(row: ActionRow, day: date, others: int) -> str:
    is_late = row.is_late(day)
    is_spoken = is_late and is_accessible()
    due = format_days_from_today(row.days_left(day) or 0) if is_spoken else format_due(row.due, day, is_late)
    return add_colour(count_others(due, others), LATE_COLOUR) if is_late else due


def _format_reviews(rows: tuple[ActionRow, ...]) -> list[str]:
    cells = [
        (
            row.ref,
            row.shown_title,
            row.lead_label,
            _("review {day}").format(day=row.review_on) if row.review_on else _("no review date"),
        )
        for row in rows
    ]
    return _indent_table(cells, (14, None, 26, 26))


def _format_start(row: NextMeeting) -> str:
    return f"{row.day}, {format_clock(row.starts)}" if row.starts else str(row.day)


def _format_meetings(rows: tuple[NextMeeting, ...]) -> list[str]:
    cells = [
        (_format_start(row), row.ref, row.shown_title, row.place or "–", ", ".join(row.missing_parts)) for row in rows
    ]
    return _indent_table(cells, (24, 24, None, 24, 30))


def _format_papers(rows: tuple[CommissionDue, ...], day: date) -> list[str]:
    cells = [
        (row.ref, row.shown_title, row.asked_by or "–", format_due(row.due, day, row.is_late(day))) for row in rows
    ]
    return _indent_table(cells, (14, None, 40, 12))


def _format_decisions(rows: tuple[RecordToReview, ...]) -> list[str]:
    from ahtc_tui.domain.meetings.kinds import DecisionStatus

    cells = [(row.ref, row.shown_title, DecisionStatus(row.detail).label, str(row.due or "–")) for row in rows]
    return _indent_table(cells, (14, None, 14, 18))


def _format_promises(section: Section[RecordToReview], day: date) -> list[str]:
    cells = [
        (
            row.ref,
            row.shown_title,
            row.detail,
            count_others(format_due(row.due, day, row.due is not None and row.due.latest < day), others),
        )
        for row, others in section.counted_rows
    ]
    return _indent_table(cells, (14, None, 30, 24))


def _format_unheld_work(rows: tuple[UnheldWork, ...]) -> list[str]:
    cells = [(row.label, row.work, _("since {day}").format(day=row.since) if row.since else "") for row in rows]
    return _indent_table(cells, (None, 26, 26))


def _format_records(rows: tuple[RecordToReview, ...], day: date) -> list[str]:
    cells = [
        (row.ref, row.title, row.detail, format_due(row.due, day, False) if row.due else _("never reviewed"))
        for row in rows
    ]
    return _indent_table(cells, (26, None, 30, 16))


def _format_late_count(row: ChaseCandidate) -> str:
    """Return how many of the actions of a lead are late; where none is, how many are due soon."""
    if not row.late:
        return ngettext("1 due soon", "{n} due soon", row.actions)
    return pgettext("in full", "{late} of {n} late").format(n=row.actions, late=row.late)


def _format_chases(rows: tuple[ChaseCandidate, ...]) -> list[str]:
    cells = [
        (
            f"{row.name} ({holder})" if (holder := _("vacant") if row.vacant else row.holder) else row.name,
            _format_late_count(row),
            ", ".join(row.refs),
        )
        for row in rows
    ]
    return _indent_table(cells, (None, 16, 32))


def _format_quiet_contacts(rows: tuple[QuietContact, ...]) -> list[str]:
    cells = [
        (
            row.name,
            _("last {day} ({kind})").format(day=row.last_on, kind=row.kind) if row.last_on else row.why,
            ngettext("1 day", "{n} days", row.days) if row.days is not None else "",
            row.why if row.last_on else "",
        )
        for row in rows
    ]
    return _indent_table(cells, (None, 34, 10, 40))
