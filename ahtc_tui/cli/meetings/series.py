"""The verbs of `ahtc meetings` for the days of a series: dates, occurrence, move."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.meetings import series

if TYPE_CHECKING:
    from datetime import datetime

    from ahtc_tui.services.meetings.series import SeriesDay
    from ahtc_tui.services.workspace import Workspace


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Each verb with its flags."""
    dates = verbs.add_parser("dates", help="the days of a series, a year ahead", allow_abbrev=False)
    dates.add_argument("ref")
    dates.add_argument("--from", dest="from_", metavar="D")
    dates.add_argument("--to", metavar="D")
    dates.add_argument("--json", action="store_true")
    dates.set_defaults(run=print_dates)
    occurrence = verbs.add_parser(
        "occurrence", help="a day of a series as a meeting of its own; prints its reference", allow_abbrev=False
    )
    occurrence.add_argument("ref")
    occurrence.add_argument("day", metavar="DAY")
    occurrence.set_defaults(run=create_occurrence)
    moving = verbs.add_parser("move", help="hold one day of a series at another time", allow_abbrev=False)
    moving.add_argument("ref")
    moving.add_argument("day", metavar="DAY", help="the day that the series plans, or the one it was moved to")
    moving.add_argument("to", metavar="WHEN", help='"2014-03-12 10:00", "12 March 2014" or "14:00"')
    moving.set_defaults(run=move_day)


def read_day(workspace: Workspace, text: str) -> date:
    """A day as people type it. Raises BadInput on what names none."""
    from ahtc_tui.domain.dates.parser import read_date

    day = read_date(text, workspace.today())
    if day.precision is not Precision.DAY:
        raise BadInput(_('"{text}" is not a day: write one like 2014-03-11.').format(text=text))
    return day.latest


def print_dates(context: Context, args: Namespace) -> int:
    """`meetings dates`."""
    with context.open_workspace() as workspace:
        first = read_day(workspace, args.from_) if args.from_ else None
        last = read_day(workspace, args.to) if args.to else None
        days = series.list_days(workspace, args.ref, first, last)
    if args.json:
        print_json(serialize_value(days))
    else:
        print_lines(format_table([_day_cells(day) for day in days], (36, 24, 12, None)))
        context.print_notice(ngettext("1 day", "{n} days", len(days)))
    return 0


def _day_cells(day: SeriesDay) -> tuple[str, ...]:
    if day.starts is None:
        return _format_moment(day.planned), "", _("falls out"), day.holiday or ""
    planned = _("planned for {day}").format(day=_format_moment(day.planned)) if day.starts != day.planned else ""
    return (
        _format_moment(day.starts),
        day.ref or "",
        day.state.label,
        ": ".join(part for part in (day.holiday, planned) if part),
    )


def _format_moment(moment: datetime) -> str:
    return f"{format_weekday_date(moment.date())}, {moment:%H:%M}"


def create_occurrence(context: Context, args: Namespace) -> int:
    """`meetings occurrence`: prints the reference of the meeting, made if the day had no record yet."""
    with context.open_workspace() as workspace:
        print_lines([series.open_day(workspace, args.ref, read_day(workspace, args.day)).ref])
    return 0


def move_day(context: Context, args: Namespace) -> int:
    """`meetings move`: prints the reference of the day's own record."""
    from ahtc_tui.domain.drafts.meetings import read_moment

    with context.open_workspace() as workspace:
        new_start = read_moment(args.to, workspace.today())
        row = series.move_day(workspace, args.ref, read_day(workspace, args.day), new_start)
    print_lines([row.ref])
    when = _format_moment(row.starts) if row.starts else str(row.day)
    context.print_notice(_("{ref}: {when}. `ahtc undo` takes it back.").format(ref=row.ref, when=when))
    return 0
