"""The verbs of `ahtc meetings` for the days of a series: dates, occurrence, move."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.formatting import long_date_with_day, say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
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
    dates.set_defaults(run=show_dates)
    occurrence = verbs.add_parser(
        "occurrence", help="a day of a series as a meeting of its own; prints its reference", allow_abbrev=False
    )
    occurrence.add_argument("ref")
    occurrence.add_argument("day", metavar="DAY")
    occurrence.set_defaults(run=take)
    moving = verbs.add_parser("move", help="hold one day of a series at another time", allow_abbrev=False)
    moving.add_argument("ref")
    moving.add_argument("day", metavar="DAY", help="the day that the series plans, or the one it was moved to")
    moving.add_argument("to", metavar="WHEN", help='"2014-03-12 10:00", "12 March 2014" or "14:00"')
    moving.set_defaults(run=move)


def day_of(workspace: Workspace, words: str) -> date:
    """A day as people type it. Raises BadInput on what names none."""
    from ahtc_tui.domain.dates.parser import read_date

    known = read_date(words, workspace.today())
    if known.precision is not Precision.DAY:
        raise BadInput(_('"{text}" is not a day: write one like 2014-03-11.').format(text=words))
    return known.latest


def show_dates(context: Context, chosen: Namespace) -> int:
    """`meetings dates`."""
    with context.workspace() as workspace:
        first = day_of(workspace, chosen.from_) if chosen.from_ else None
        last = day_of(workspace, chosen.to) if chosen.to else None
        days = series.days_of(workspace, chosen.ref, first, last)
    if chosen.json:
        print_json(plain(days))
    else:
        print_lines(table([_line(day) for day in days], (36, 24, 12, None)))
        context.say(say_number(len(days), _("1 day"), _("{n} days")))
    return 0


def _line(day: SeriesDay) -> tuple[str, ...]:
    if day.starts is None:
        return _say(day.planned), "", _("falls out"), day.holiday or ""
    planned = _("planned for {day}").format(day=_say(day.planned)) if day.starts != day.planned else ""
    return _say(day.starts), day.ref or "", day.state.label, ": ".join(part for part in (day.holiday, planned) if part)


def _say(moment: datetime) -> str:
    return f"{long_date_with_day(moment.date())}, {moment:%H:%M}"


def take(context: Context, chosen: Namespace) -> int:
    """`meetings occurrence`: prints the reference of the meeting, made if the day had no record yet."""
    with context.workspace() as workspace:
        print_lines([series.take_day(workspace, chosen.ref, day_of(workspace, chosen.day)).ref])
    return 0


def move(context: Context, chosen: Namespace) -> int:
    """`meetings move`: prints the reference of the day's own record."""
    from ahtc_tui.domain.drafts.meetings import read_moment

    with context.workspace() as workspace:
        to = read_moment(chosen.to, workspace.today())
        row = series.move_day(workspace, chosen.ref, day_of(workspace, chosen.day), to)
    print_lines([row.ref])
    when = _say(row.starts) if row.starts else str(row.day)
    context.say(_("{ref}: {when}. `ahtc undo` takes it back.").format(ref=row.ref, when=when))
    return 0
