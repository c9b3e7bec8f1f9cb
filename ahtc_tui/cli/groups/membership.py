"""`ahtc groups matrix`, `map`, `ours` and `attendance`: who sits where, seen whole."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import listing, print_json, print_lines, section, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain

if TYPE_CHECKING:
    from ahtc_tui.domain.groups.membership import ForumArea, Membership, SeatMatrix
    from ahtc_tui.domain.meetings.attendance import AttendanceRate

NO_SEAT = "·"


def build(verbs: Any) -> None:
    """The verbs that show all groups at once."""
    table_: ArgumentParser = verbs.add_parser("matrix", help="organisations by groups: who is missing where")
    table_.add_argument("words", nargs="*", metavar="WORDS")
    table_.add_argument("--missing", action="store_true", help="only who is missing")
    table_.set_defaults(run=matrix)
    mapping: ArgumentParser = verbs.add_parser("map", help="the fora by area: which area has none", allow_abbrev=False)
    mapping.set_defaults(run=map_)
    owning: ArgumentParser = verbs.add_parser("ours", help="the seats of the AHTC, or of another post")
    owning.add_argument("post", nargs="?")
    owning.set_defaults(run=ours)
    counting: ArgumentParser = verbs.add_parser(
        "attendance", help="how often each seat and each person was there", allow_abbrev=False
    )
    counting.add_argument("group", nargs="?")
    counting.add_argument("--from", dest="from_on", metavar="D")
    counting.add_argument("--to", dest="to_on", metavar="D")
    counting.set_defaults(run=attendance)
    for verb in (table_, mapping, owning, counting):
        verb.add_argument("--json", action="store_true")


def matrix(context: Context, chosen: Namespace) -> int:
    """`groups matrix`."""
    from ahtc_tui.services.groups import membership

    with context.workspace() as workspace:
        found = membership.matrix(workspace, " ".join(chosen.words))
    if chosen.json:
        print_json(_matrix_data(found))
    else:
        print_lines(_missing(found) if chosen.missing else [*_matrix_lines(found), *_missing(found)])
    return 0


def _matrix_data(found: SeatMatrix) -> dict[str, Any]:
    """The groups once, and for each organisation the groups where it sits; and who is missing where."""
    rows = [
        {
            "organisation": row.name,
            "ref": row.ref,
            "kind": row.kind,
            "cells": {
                group.ref: plain(cell) for group, cell in zip(found.groups, row.cells, strict=True) if cell is not None
            },
        }
        for row in found.rows
    ]
    missing = [
        {"group": group.ref, "organisation": row.name, "ref": row.ref, "how": cell.how.value, "seats": list(cell.seats)}
        for group, row, cell in found.missing()
    ]
    return {"groups": plain(found.groups), "rows": rows, "missing": missing}


def _matrix_lines(found: SeatMatrix) -> list[str]:
    """The groups under their letters, then a line for each organisation."""
    from ahtc_tui.domain.groups.membership import Sitting

    names = table([(group.code, group.name) for group in found.groups], (5, None))
    head = ["", *(group.code for group in found.groups)]
    rows = [[row.name, *(cell.how.symbol if cell else NO_SEAT for cell in row.cells)] for row in found.rows]
    signs = [f"{how.symbol} {how.label}" for how in Sitting]
    legend = "  ".join((*signs, _("{sign} no seat").format(sign=NO_SEAT)))
    return [*names, "", *table([head, *rows], [None, *(4 for _group in found.groups)]), "", legend]


def _missing(found: SeatMatrix) -> list[str]:
    lines: list[str] = []
    for group in found.groups:
        names = [
            _("{name} (nobody named)").format(name=row.name) if cell.how.value == "unnamed" else row.name
            for one, row, cell in found.missing()
            if one is group
        ]
        if names:
            lines += section(group.name, names)
    return ["", _("Who is missing"), *lines] if lines else []


def map_(context: Context, chosen: Namespace) -> int:
    """`groups map`."""
    from ahtc_tui.services.groups import membership

    with context.workspace() as workspace:
        found = membership.forum_map(workspace)
    if chosen.json:
        print_json(
            {
                "areas": [_area_data(area) for area in found.areas],
                "without_forum": [area.area_ref for area in found.without],
                "authorities_outside": list(found.outside),
            }
        )
        return 0
    print_lines(table([_area(area) for area in found.areas], (16, None, 12, 22, 14, 22)))
    for area in found.areas:
        if area.authorities:
            print_lines([f"  {area.area}: {', '.join(area.authorities)}"])
    if found.outside:
        print_lines([_("In no forum area: {names}").format(names=", ".join(found.outside))])
    without = _("{n} of {all} areas without a forum").format(n=len(found.without), all=len(found.areas))
    context.say(without if found.without else _("Every area has a forum."))
    return 0


def _area_data(area: ForumArea) -> dict[str, Any]:
    return {**plain(area), **date_data("next_meeting", area.next_meeting)}


def _area(area: ForumArea) -> tuple[str, ...]:
    if area.forum is None:
        return area.area, _("no forum"), "", "", "", area.police or ""
    seats = say_number(area.seats, _("1 seat"), _("{n} seats"))
    seats += _(", {n} unnamed").format(n=area.unnamed) if area.unnamed else ""
    day = str(area.next_meeting) if area.next_meeting else _("none planned")
    return area.area, area.forum, area.state.label if area.state else "", seats, day, area.police or ""


def ours(context: Context, chosen: Namespace) -> int:
    """`groups ours`."""
    from ahtc_tui.domain.groups.membership import OUR_POST
    from ahtc_tui.services.groups import membership

    with context.workspace() as workspace:
        rows = membership.memberships(workspace, chosen.post or OUR_POST)
    if chosen.json:
        print_json([_membership_data(row) for row in rows])
    else:
        print_lines(listing([membership_line(row) for row in rows], (None, 17, 26, 16, 14, 8, 9)))
        context.say(say_number(len(rows), _("1 seat"), _("{n} seats")))
    return 0


def _membership_data(row: Membership) -> dict[str, Any]:
    days = ("last_attended", "next_meeting", "papers_due", "to_on")
    dated = [date_data(name, getattr(row, name)) for name in days]
    rate = {"attendance_rate": round(row.attended / row.of, 4) if row.of else None}
    return {**plain(row), **{name: value for one in dated for name, value in one.items()}, **rate}


def membership_line(row: Membership) -> tuple[str, ...]:
    """Group, role, who else of ours is there, last attended, next date, actions on us, attendance."""
    return (
        row.group,
        row.role.label,
        _("with {names}").format(names=", ".join(row.beside)) if row.beside else "",
        str(row.last_attended) if row.last_attended else _("never seen there"),
        str(row.next_meeting) if row.next_meeting else _("none planned"),
        _("{n} open").format(n=len(row.actions)),
        _("{n} of {all}").format(n=row.attended, all=row.of) if row.of else "",
    )


def attendance(context: Context, chosen: Namespace) -> int:
    """`groups attendance`."""
    from ahtc_tui.domain.contacts.post_holders import first_day
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.meetings.attendance import attendance_rates

    with context.workspace() as workspace:
        today = workspace.today()
        first = first_day(read_date(chosen.from_on, today)) if chosen.from_on else None
        last = read_date(chosen.to_on, today).latest if chosen.to_on else None
        rates = attendance_rates(workspace, chosen.group, first, last)
    if chosen.json:
        print_json([plain(rate) for rate in rates])
    else:
        lines = [_rate(rate) if chosen.group else (rate.group, *_rate(rate)) for rate in rates]
        print_lines(table(lines, (8, None, 12, 7, 16) if chosen.group else (36, 8, None, 12, 7, 16)))
        if not rates:
            context.say(_("Nobody took attendance at a meeting of that time."))
    return 0


def _rate(rate: AttendanceRate) -> tuple[str, ...]:
    share = f"{rate.rate:.0%}" if rate.rate is not None else "–"
    deputies = _("{n} by a deputy").format(n=rate.by_deputy) if rate.by_deputy else ""
    return rate.kind.value, rate.name, _("{n} of {all}").format(n=rate.attended, all=rate.of), share, deputies
