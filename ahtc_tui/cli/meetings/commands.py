"""`ahtc meetings`: list, show, add, edit and cancel meetings, answer proposed times, use of Welsh."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import collect_flags, parse_year, read_day
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_conflict,
    format_section,
    format_table,
    print_json,
    print_lines,
    print_result,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.record_verbs import declare_remove_verb
from ahtc_tui.cli.console.verbs import (
    JSON,
    LIMIT,
    REF,
    Argument,
    EditVerb,
    LateVerbs,
    OneOf,
    Switch,
    Verb,
    add_verbs,
    declare_filter_words,
    declare_force,
    declare_options,
)
from ahtc_tui.cli.console.write_messages import edit_draft, print_data, print_written, print_written_ref, save_draft
from ahtc_tui.cli.meetings.card import format_card, format_when
from ahtc_tui.domain.dates.calendar_names import format_bank_holiday
from ahtc_tui.domain.dates.formatting import format_weekday_time
from ahtc_tui.domain.fields.model import (
    Place,
    format_value,
    list_choices_by_field,
    list_columns_in,
    list_names,
    read_column,
)
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.calendar import list_remarks
from ahtc_tui.domain.meetings.fields import MEETING_FIELDS
from ahtc_tui.domain.meetings.kinds import MeetingScope, TimeDecision
from ahtc_tui.domain.meetings.model import MeetingRow, SeriesDay
from ahtc_tui.domain.meetings.series_words import format_rule
from ahtc_tui.domain.serialization import serialize_record, serialize_value
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.domain.minutes.checks import Gap

STATED = list_columns_in(Place.LIST, MeetingRow)
"""Columns that the row class states."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `meetings`."""
    which = [
        Argument(f"--{name}", dest="which", action="store_const", const=name, default=MeetingScope.ALL)
        for name in MeetingScope
    ]
    helps = {
        "starts": _('"2013-12-10 10:00", "tue 2pm" or "June 2014", London time'),
        "ends": _('"12:00" or "2013-12-10 12:00"'),
        "repeat": _("monthly on the second Tuesday, every 2 weeks until 30 June 2014, or an RRULE"),
        "on_holiday": _("what a series does on a bank holiday in Wales, keep, move (to the next working day) or skip"),
    }
    options = declare_options(MEETING_FIELDS, helps)
    add_verbs(
        parser,
        Verb("list", print_meetings, _("matching meetings and dated events")).takes(
            OneOf(*which), Argument("--group", "G"), LIMIT, declare_filter_words(FilterNoun.MEETINGS), JSON
        ),
        Verb("show", print_meeting, _("one meeting with agenda and invitations"), REF, JSON),
        Verb("add", add_meeting, _("add a meeting; prints the reference")).takes(
            Argument("title", None, _("the group's name by default"), nargs="?"), *options
        ),
        declare_remove_verb("meeting"),
        EditVerb(
            edit_meeting,
            list_choices_by_field(MEETING_FIELDS),
            Argument("--on", "DAY", _("one date in a series, not all")),
            Switch("--following", _("this date in a series and all later ones")),
        ),
        Verb("cancel", cancel_meeting, _("cancel a meeting; it stays in the list")).takes(
            REF, Argument("--on", "DAY", _("one date in a series, not all"))
        ),
        *declare_verbs(),
        _declare_answer(),
        *_declare_late_verbs(),
    )


def _declare_late_verbs() -> list[Verb | LateVerbs]:
    return [
        LateVerbs("ahtc_tui.cli.meetings.agenda", "agenda", "template", "papers", "invite", "forward"),
        *_declare_welsh_verbs(),
        LateVerbs(
            "ahtc_tui.cli.minutes.commands",
            *("attend", "minute", "close", "carry", "state", "gaps"),
            *("issue", "issued", "transcript", "compare", "amend", "publish"),
        ),
        LateVerbs("ahtc_tui.cli.correspondence.commands", "circulate", "answers", "answered"),
        LateVerbs("ahtc_tui.cli.correspondence.polls", "poll", "poll-answers", "poll-answer", "poll-choose"),
    ]


def print_meetings(context: Context, args: Namespace) -> None:
    """Print the meetings that match."""
    words = join_arguments(args.words)
    with context.open_workspace() as workspace:
        if args.which is MeetingScope.ALL:
            rows = meetings.list_calendar(workspace, words, args.group, args.limit)
        else:
            rows = meetings.list_meetings(workspace, words, args.group, args.which, args.limit)
        parts = [_read_parts(workspace, row) for row in rows] if args.json else []
    if args.json:
        print_json([meeting_data(row) | part for row, part in zip(rows, parts, strict=True)], marks=context.marks)
    else:
        widths = (24, 26, None, 22, 12, *(stated.width for stated in STATED.values()))
        lines = format_table([_meeting_cells(row) for row in rows], widths, marks=context.marks)
        for row, line in zip(rows, lines, strict=True):
            print_lines([line, *([f"    {format_rule(row.recurrence)}"] if row.recurrence else [])])
        context.print_notice(ngettext("1 meeting", "{n} meetings", len(rows)))


def _read_parts(workspace: Workspace, row: MeetingRow) -> dict[str, Any]:
    """Return agenda, attendance and minutes of a meeting as JSON data."""
    card = meetings.show_meeting(workspace, row.ref)
    return {
        "agenda": serialize_value(card.agenda),
        "attendance": serialize_value(card.attendance),
        "lines": serialize_value(card.lines),
    }


def _meeting_cells(row: MeetingRow) -> tuple[str, ...]:
    cells = (format_when(row), row.ref, row.shown_title, row.location or row.group or "", row.state.label)
    return (*cells, *(format_value(read_column(row, name)) for name in STATED))


def meeting_data(row: MeetingRow) -> dict[str, Any]:
    """Return a meeting as JSON data; `starts` is as precise as the known date, and of a series its next date."""
    day = row.day.iso if row.day else None
    starts = row.starts.isoformat(timespec="minutes") if row.starts else day
    return {**serialize_record(row, "day"), "starts": starts}


def print_meeting(context: Context, args: Namespace) -> None:
    """Print all of one meeting: agenda, invitations, attendance, minutes, decisions."""
    from ahtc_tui.cli.minutes import lifecycle
    from ahtc_tui.services.meetings import attendance

    with context.open_workspace() as workspace:
        card = meetings.show_meeting(workspace, args.ref)
        (row,) = meetings.show_on_next_days(workspace, [card.row])
        lifecycle_data = lifecycle.lifecycle_data(workspace, args.ref)
        gaps = _list_attendance_faults(workspace, args.ref)
        quorum = attendance.show_quorum(workspace, args.ref)
    if args.json:
        data = serialize_value(card)
        data.pop("row")
        notes = {"source_notes": dict(card.source_notes), "paragraph": card.row.source}
        needed, voting = quorum or (None, None)
        more = {"attendance_gaps": serialize_value(gaps), "quorum": needed, "voting_present": voting}
        print_json({**meeting_data(row), **data, **notes, **lifecycle_data, **more}, marks=context.marks)
    else:
        print_lines(
            [
                *format_card(card),
                *format_section(
                    _("Quorum"), [_("{m} present, {n} needed").format(m=quorum[1], n=quorum[0])] if quorum else []
                ),
                *format_section(_("Attendance to check"), [str(gap) for gap in gaps]),
                *format_conflict(context.marks, card.row.ref),
            ]
        )


def _list_attendance_faults(workspace: Workspace, ref: str) -> list[Gap]:
    """Return the contradictions in the attendance, without the attendance that is not recorded yet."""
    from ahtc_tui.domain.minutes.checks import GapKind
    from ahtc_tui.services.minutes.checks import list_gaps

    gaps = list_gaps(workspace, ref)
    return [gap for gap in gaps if gap.kind.is_about_attendance and gap.kind is not GapKind.NO_ATTENDANCE]


def add_meeting(context: Context, args: Namespace) -> None:
    """Add a meeting and print its reference."""
    from ahtc_tui.domain.drafts.meetings import build_meeting_draft

    values = collect_flags(args, ("title", *list_names(MEETING_FIELDS, Place.ADD)))
    _print_written(context, save_draft(context, build_meeting_draft, meetings.add_meeting, values))


def edit_meeting(context: Context, args: Namespace) -> None:
    """Edit the fields of a meeting, of one day of a series, or of a day and all later ones."""
    from ahtc_tui.domain.drafts.meetings import build_meeting_draft

    def edit(workspace: Workspace, ref: str, draft: MeetingDraft) -> MeetingRow:
        day = read_day(workspace.today(), args.on) if args.on is not None else None
        if args.following:
            return series.edit_following(workspace, ref, day, draft)
        if day is not None:
            return series.edit_day(workspace, ref, day, draft)
        return meetings.edit_meeting(workspace, ref, draft)

    _print_written(context, edit_draft(context, args, build_meeting_draft, edit))


def cancel_meeting(context: Context, args: Namespace) -> None:
    """Cancel a meeting, or one day of a series."""
    with context.open_workspace() as workspace:
        if args.on is None:
            row = meetings.cancel_meeting(workspace, args.ref)
        else:
            row = series.cancel_day(workspace, args.ref, read_day(workspace.today(), args.on))
    _print_written(context, row)


def _print_written(context: Context, row: MeetingRow) -> None:
    remarks = list_remarks(row)
    with context.open_workspace() as workspace:
        clashes = meetings.list_clashes(workspace, row.ref)
        if row.recurrence:
            [row] = meetings.show_on_next_days(workspace, [row])
    print_written(context, row.ref, clashes=serialize_value(clashes), remarks=remarks)
    context.print_undoable(f"{row.ref}: {format_when(row)}, {row.state.label.lower()}.")
    for clash in context.show_names(clashes):
        context.print_notice(_("At the same time: {meeting}").format(meeting=clash))
    for remark in remarks:
        context.print_notice(remark)


def _declare_answer() -> Verb:
    """Return the verb that answers a proposed time."""
    decision = Argument(
        "decision",
        None,
        _(
            "accept moves the meeting and saves the invitation, or replies; propose asks an organiser outside "
            "the office"
        ),
        choices=list(TimeDecision),
    )
    when_help = _('the proposed time: "12 February 2014, 10am"; not needed in a reply to an invitation from elsewhere')
    when = Argument("when", "WHEN", when_help, nargs="?")
    return Verb("answer", answer_proposal, _("draft the answer to a proposed time as a calendar file")).takes(
        REF, decision, when, Argument("out", "OUT.ics"), declare_force()
    )


def answer_proposal(context: Context, args: Namespace) -> None:
    """Write the answer and print its path; name the new time of a meeting that was moved."""
    from ahtc_tui.services.meetings.answers import write_time_answer

    with context.open_workspace() as workspace:
        row = write_time_answer(
            workspace, args.ref, TimeDecision(args.decision), args.when, Path(args.out), force=args.force
        )
    print_data(context, [args.out], ref=row.ref, file=args.out)
    if args.decision == TimeDecision.ACCEPT and args.when:
        sentence = _("{ref} is now on {when}. To undo, run `ahtc undo`. Nothing was sent. Send the file to the guests.")
        context.print_notice(sentence.format(ref=row.ref, when=format_when(row)))


def _declare_welsh_verbs() -> Iterator[Verb]:
    """Yield the verbs on interpretation and the yearly figures."""
    yield Verb("interpreter", add_interpreter, _("add the action to book the interpreter")).takes(
        REF, Argument("--lead", "L"), JSON
    )
    yield Verb("welsh-year", print_welsh_year, _("figures of a year for the report on the use of Welsh")).takes(
        Argument("--year", "YYYY", _("this year by default"), type=parse_year), JSON
    )


def add_interpreter(context: Context, args: Namespace) -> None:
    """Add the action to book the interpreter of a meeting and print its reference."""
    from ahtc_tui.services.meetings.interpretation import plan_interpreter

    with context.open_workspace() as workspace:
        row = plan_interpreter(workspace, args.ref, args.lead)
    data = {"ref": row.ref, "title": row.title, "due": row.due.latest if row.due else None}
    print_result(args.json, lambda: serialize_value(data), lambda: [row.ref])
    context.print_undoable(_("{title}, due {date}").format(title=row.shown_title, date=row.due) + ".")


def print_welsh_year(context: Context, args: Namespace) -> None:
    """Print the figures of a year on the use of Welsh."""
    from ahtc_tui.services.meetings.interpretation import count_welsh_year

    with context.open_workspace() as workspace:
        figures = count_welsh_year(workspace, args.year)
    rows = [(label, str(number)) for label, number in figures.labelled_figures]
    print_result(args.json, lambda: serialize_value(figures), lambda: [str(figures.year), *format_table(rows, (56, 8))])


def declare_verbs() -> list[Verb]:
    """Return the verbs of the days of a series."""
    day = Argument("day", "DAY")
    new_start = Argument("to", "WHEN", _('"12 March 2014, 10am", "12 March 2014" or "2pm"'))
    return [
        Verb("dates", print_dates, _("the dates in a series, a year ahead")).takes(
            REF, Argument("--from", "D", dest="from_"), Argument("--to", "D"), JSON
        ),
        Verb("occurrence", create_occurrence, _("separate one date from a series; prints the reference")).takes(
            REF, day
        ),
        Verb("move", move_day, _("move one date in a series")).takes(
            REF, Argument("day", "DAY", _("the planned or the new date")), new_start
        ),
    ]


def print_dates(context: Context, args: Namespace) -> None:
    """Print the days of a series in a period."""
    with context.open_workspace() as workspace:
        first = read_day(workspace.today(), args.from_) if args.from_ else None
        last = read_day(workspace.today(), args.to) if args.to else None
        days = series.list_days(workspace, args.ref, first, last)
    count = ngettext("1 day", "{n} days", len(days))
    print_list(context, days, serialize_value, _day_cells, (36, 24, 12, None), count)


def _day_cells(day: SeriesDay) -> tuple[str, ...]:
    if day.starts is None:
        return format_weekday_time(day.planned), "", _("skipped"), format_bank_holiday(day.holiday or "")
    planned = _("planned for {day}").format(day=format_weekday_time(day.planned)) if day.starts != day.planned else ""
    return (
        format_weekday_time(day.starts),
        day.ref or "",
        day.state.label,
        ": ".join(part for part in (format_bank_holiday(day.holiday or ""), planned) if part),
    )


def create_occurrence(context: Context, args: Namespace) -> None:
    """Print the reference of a day of a series; creates its record if it has none."""
    with context.open_workspace() as workspace:
        ref = series.open_day(workspace, args.ref, read_day(workspace.today(), args.day)).ref
    print_data(context, [ref], ref=ref)


def move_day(context: Context, args: Namespace) -> None:
    """Move one day of a series and print its reference."""
    from ahtc_tui.domain.drafts.meetings import read_moment

    with context.open_workspace() as workspace:
        new_start = read_moment(args.to, workspace.today())
        row = series.move_day(workspace, args.ref, read_day(workspace.today(), args.day), new_start)
    print_written_ref(context, row.ref, format_weekday_time(row.starts) if row.starts else str(row.day))
