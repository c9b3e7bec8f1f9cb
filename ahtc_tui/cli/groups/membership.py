"""`ahtc groups matrix`, `map`, `ours` and `attendance`: membership and attendance across all groups."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    format_records,
    format_section,
    format_table,
    is_accessible,
    print_json,
    print_lines,
    print_result,
)
from ahtc_tui.cli.console.spoken_lines import format_spoken_marks
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, Verb, declare_filter_words
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.groups.membership import ForumArea, Membership, SeatingState, SeatMatrix
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.attendance import AttendanceRate
from ahtc_tui.domain.serialization import serialize_date, serialize_record, serialize_value

NO_SEAT = "·"


def declare_verbs() -> list[Verb]:
    """Return the verbs that show all groups."""
    return [
        Verb("matrix", print_matrix, _("organisations by group, and the organisations missing from each group")).takes(
            declare_filter_words(FilterNoun.SEATS), Switch("--missing", _("only the missing organisations")), JSON
        ),
        Verb("map", print_forum_map, _("the fora by area, and the areas without a forum"), JSON),
        Verb("ours", print_own_seats, _("the seats of the post of the office, or of another one")).takes(
            Argument("post", nargs="?"), JSON
        ),
        Verb("attendance", print_attendance, _("the attendance rate by seat and person")).takes(
            Argument("group", nargs="?"),
            Argument("--from", "D", dest="from_on"),
            Argument("--to", "D", dest="to_on"),
            JSON,
        ),
    ]


def print_matrix(context: Context, args: Namespace) -> None:
    """Print organisations by group, and the organisations missing from each group."""
    from ahtc_tui.services.groups import membership

    with context.open_workspace() as workspace:
        matrix = membership.show_seat_matrix(workspace, join_arguments(args.words))
    print_result(
        args.json,
        lambda: _matrix_data(matrix),
        lambda: _format_missing(matrix) if args.missing else [*_format_matrix(matrix), *_format_missing(matrix)],
    )


def _matrix_data(matrix: SeatMatrix) -> dict[str, Any]:
    """Return the groups, the seats of each organisation by group, and the missing organisations."""
    rows = [
        {
            "organisation": row.name,
            "ref": row.ref,
            "kind": row.kind,
            "cells": {
                group.ref: serialize_value(cell)
                for group, cell in zip(matrix.groups, row.cells, strict=True)
                if cell is not None
            },
        }
        for row in matrix.rows
    ]
    missing = [
        {"group": group.ref, "organisation": row.name, "ref": row.ref, "how": cell.how.value, "seats": list(cell.seats)}
        for group, row, cell in matrix.find_missing()
    ]
    return {"groups": serialize_value(matrix.groups), "rows": rows, "missing": missing}


def _format_matrix(matrix: SeatMatrix) -> list[str]:
    """Return the groups with their codes, then a line for each organisation; for a screen reader with names instead of
    signs.
    """
    if is_accessible():
        return [
            format_spoken_marks(
                row.name,
                [
                    (cell.how.label.partition(":")[0], group.name)
                    for group, cell in zip(matrix.groups, row.cells, strict=True)
                    if cell
                ],
                _("none"),
            )
            for row in matrix.rows
        ]
    names = format_table([(group.code, group.name) for group in matrix.groups], (5, None))
    head = ["", *(group.code for group in matrix.groups)]
    rows = [[row.name, *(cell.how.symbol if cell else NO_SEAT for cell in row.cells)] for row in matrix.rows]
    signs = [f"{how.symbol} {how.label}" for how in SeatingState]
    legend = "  ".join((*signs, _("{sign} no seat").format(sign=NO_SEAT)))
    return [*names, "", *format_table([head, *rows], [None, *(4 for _group in matrix.groups)]), "", legend]


def _format_missing(matrix: SeatMatrix) -> list[str]:
    lines: list[str] = []
    for group in matrix.groups:
        names = [
            _("{name} (nobody named)").format(name=row.name) if cell.how.value == "unnamed" else row.name
            for missing_group, row, cell in matrix.find_missing()
            if missing_group is group
        ]
        if names:
            lines += format_section(group.name, names)
    return ["", _("Who is missing"), *lines] if lines else []


def print_forum_map(context: Context, args: Namespace) -> None:
    """Print the fora by area, and the areas without a forum."""
    from ahtc_tui.services.groups import membership

    with context.open_workspace() as workspace:
        forum_map = membership.build_forum_map(workspace)
    if args.json:
        print_json(
            {
                "areas": [serialize_record(area, "next_meeting") for area in forum_map.areas],
                "without_forum": [area.area_ref for area in forum_map.areas_without_forum],
                "authorities_outside": list(forum_map.outside),
            }
        )
        return
    print_lines(format_table([_area_cells(area) for area in forum_map.areas], (16, None, 12, 22, 14, 22)))
    for area in forum_map.areas:
        if area.authorities:
            print_lines([f"  {area.area}: {', '.join(area.authorities)}"])
    if forum_map.outside:
        print_lines([_("In no forum area: {names}").format(names=", ".join(forum_map.outside))])
    without = _("{n} of {all} areas without a forum").format(
        n=len(forum_map.areas_without_forum), all=len(forum_map.areas)
    )
    if not forum_map.areas:
        without = _("The office has no regions. To add one, run `ahtc areas add NAME --kind region`.")
    elif not forum_map.areas_without_forum:
        without = _("Every area has a forum.")
    context.print_notice(without)


def _area_cells(area: ForumArea) -> tuple[str, ...]:
    if area.forum is None:
        return area.area, _("no forum"), "", "", "", area.police or ""
    seats = ngettext("1 seat", "{n} seats", area.seats)
    seats += _(", {n} unnamed").format(n=area.unnamed) if area.unnamed else ""
    day = str(area.next_meeting) if area.next_meeting else _("none planned")
    return area.area, area.forum, area.state.label if area.state else "", seats, day, area.police or ""


def print_own_seats(context: Context, args: Namespace) -> None:
    """Print the seats of the post of the office, or of another one."""
    from ahtc_tui.services.groups import membership

    with context.open_workspace() as workspace:
        rows = membership.list_memberships(workspace, args.post or "")
    if args.json:
        print_json([_membership_data(row) for row in rows])
    else:
        print_lines(format_records([membership_cells(row) for row in rows], (None, 17, 26, 16, 14, 8, 9)))
        context.print_notice(ngettext("1 seat", "{n} seats", len(rows)))


def _membership_data(row: Membership) -> dict[str, Any]:
    days = ("last_attended", "next_meeting", "papers_due", "to_on")
    days_data = [serialize_date(name, getattr(row, name)) for name in days]
    rate = {"attendance_rate": round(row.attended / row.of, 4) if row.of else None}
    return {
        **serialize_value(row),
        **{name: value for day_data in days_data for name, value in day_data.items()},
        **rate,
    }


def membership_cells(row: Membership) -> tuple[str, ...]:
    """Return group, role, other members of the office, last attendance, next meeting, open actions, rate."""
    return (
        row.group,
        row.role.label,
        _("with {names}").format(names=", ".join(row.beside)) if row.beside else "",
        str(row.last_attended) if row.last_attended else _("never attended"),
        str(row.next_meeting) if row.next_meeting else _("none planned"),
        ngettext("1 open action", "{n} open actions", len(row.actions)) if row.actions else "–",
        _("{n} of {all}").format(n=row.attended, all=row.of) if row.of else "",
    )


def print_attendance(context: Context, args: Namespace) -> None:
    """Print the attendance of each seat and person in a period."""
    from ahtc_tui.domain.dates.parser import read_date_alone
    from ahtc_tui.services.meetings.attendance import list_attendance_rates

    with context.open_workspace() as workspace:
        today = workspace.today()
        first = read_date_alone(args.from_on, today).earliest if args.from_on else None
        last = read_date_alone(args.to_on, today).latest if args.to_on else None
        rates = list_attendance_rates(workspace, args.group, first, last)
    if args.json:
        print_json([serialize_value(rate) for rate in rates])
    else:
        lines = [_rate_cells(rate) if args.group else (rate.group, *_rate_cells(rate)) for rate in rates]
        print_lines(format_table(lines, (14, None, 12, 7, 24, 16) if args.group else (36, 14, None, 12, 7, 24, 16)))
        if not rates:
            context.print_notice(_("No attendance was recorded in the period."))


def _rate_cells(rate: AttendanceRate) -> tuple[str, ...]:
    share = f"{rate.rate:.0%}" if rate.rate is not None else "–"
    deputies = _("{n} by a deputy").format(n=rate.by_deputy) if rate.by_deputy else ""
    last = _("last {day}").format(day=format_long_date(rate.last_on)) if rate.last_on else _("never")
    count = _("{n} of {all}").format(n=rate.attended, all=rate.of)
    if rate.of and not rate.recorded:
        count, last = "–", _("not recorded")
    return rate.kind.label, rate.name, count, share, last, deputies
