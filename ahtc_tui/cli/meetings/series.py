"""The verbs of `ahtc meetings` for the days of a series: dates, occurrence, move."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.argument_types import read_day
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, Verb
from ahtc_tui.cli.console.write_messages import print_data, print_written_ref
from ahtc_tui.domain.dates.calendar_names import format_bank_holiday
from ahtc_tui.domain.dates.formatting import format_weekday_time
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.model import SeriesDay
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.meetings import series


def declare_verbs() -> list[Verb]:
    """Return the verbs of the days of a series."""
    day = Argument("day", "DAY")
    new_start = Argument("to", "WHEN", _('"12 March 2014, 10am", "12 March 2014" or "2pm"'))
    return [
        Verb("dates", print_dates, _("the days of a series, a year ahead")).takes(
            REF, Argument("--from", "D", dest="from_"), Argument("--to", "D"), JSON
        ),
        Verb(
            "occurrence", create_occurrence, _("make a day of a series a separate meeting; prints its reference")
        ).takes(REF, day),
        Verb("move", move_day, _("move one day of a series")).takes(
            REF, Argument("day", "DAY", _("the planned day, or the day that it was moved to")), new_start
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
