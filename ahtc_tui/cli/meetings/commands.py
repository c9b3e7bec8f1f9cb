"""`ahtc meetings`: every read and write of meetings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import count, edit_verb, flags_given, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.cli.meetings import agenda, invitations, series
from ahtc_tui.cli.meetings.card import card_lines, say_when
from ahtc_tui.cli.minutes import commands as minutes
from ahtc_tui.cli.minutes import lifecycle
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import WhichMeetings
from ahtc_tui.domain.meetings.series_description import say_rule
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.meetings import series as days
from ahtc_tui.services.meetings import service as meetings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.services.workspace import Workspace

FIELDS = (
    "group",
    "starts",
    "ends",
    "minutes",
    "venue",
    "place",
    "link",
    "repeat",
    "on_holiday",
    "state",
    "marking",
    "organiser",
    "note",
)
"""What `add` takes as flags; `edit` takes the same as field=value, and title."""


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of meetings."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="meetings and dated events that match", allow_abbrev=False)
    which = listing.add_mutually_exclusive_group()
    for name in WhichMeetings:
        which.add_argument(f"--{name}", dest="which", action="store_const", const=name, default=WhichMeetings.ALL)
    listing.add_argument("--group", metavar="G")
    listing.add_argument("--limit", type=count, metavar="N")
    listing.add_argument("words", nargs="*", metavar="WORDS")
    listing.set_defaults(run=list_)
    showing = verbs.add_parser("show", help="one meeting with agenda and invitations", allow_abbrev=False)
    showing.add_argument("ref")
    showing.set_defaults(run=show)
    for verb in (listing, showing):
        verb.add_argument("--json", action="store_true")
    adding = verbs.add_parser("add", help="a new meeting; prints its reference", allow_abbrev=False)
    adding.add_argument("title", nargs="?", help="the group's name unless given")
    for field in FIELDS:
        adding.add_argument(f"--{field.replace('_', '-')}", help=HELP.get(field), metavar=field.upper())
    adding.set_defaults(run=add)
    edit_verb(verbs, "field=value ...", edit)
    cancelling = verbs.add_parser("cancel", help="call it off; it stays in the list", allow_abbrev=False)
    cancelling.add_argument("ref")
    cancelling.add_argument("--on", metavar="DAY", help="one day of a series, not all of it")
    cancelling.set_defaults(run=cancel)
    series.add_verbs(verbs)
    agenda.add_verbs(verbs)
    minutes.add_verbs(verbs)
    invitations.add_verb(verbs)


HELP = {
    "starts": '"2013-12-10 10:00", "tue 2pm" or "June 2014", London time',
    "ends": '"12:00" or "2013-12-10 12:00"',
    "repeat": "an RRULE: FREQ=MONTHLY;BYDAY=2TU",
    "on_holiday": "a day of a series on a bank holiday in Wales: keep, move (to the next working day) or skip",
}


def list_(context: Context, chosen: Namespace) -> int:
    """`meetings list`."""
    with context.workspace() as workspace:
        rows = meetings.list_meetings(workspace, " ".join(chosen.words), chosen.group, chosen.which, chosen.limit)
        following = meetings.next_of_series(workspace, rows)
        parts = [_parts(workspace, row) for row in rows] if chosen.json else []
    if chosen.json:
        nexts = [{"next_starts": plain(following.get(row.ref))} for row in rows]
        print_json([meeting_data(row) | each | more for row, each, more in zip(rows, nexts, parts, strict=True)])
    else:
        lines = table([_line(row, following.get(row.ref)) for row in rows], (24, 26, None, 22, 12))
        for row, line in zip(rows, lines, strict=True):
            print_lines([line, *([f"    {say_rule(row.recurrence)}"] if row.recurrence else [])])
        context.say(say_number(len(rows), _("1 meeting or event"), _("{n} meetings and events")))
    return 0


def _parts(workspace: Workspace, row: MeetingRow) -> dict[str, Any]:
    """What was on, who came and what was said, as `meetings show` gives it."""
    card = meetings.show_meeting(workspace, row.ref)
    return {"agenda": plain(card.agenda), "attendance": plain(card.attendance), "lines": plain(card.lines)}


def _line(row: MeetingRow, following: datetime | None) -> tuple[str, ...]:
    """A meeting; a series on its next day."""
    if not row.recurrence:
        return say_when(row), row.ref, row.title, row.where or row.group or "", row.state.label
    when = f"{long_date(following.date())}, {following:%H:%M}" if following else say_when(row)
    return when, row.ref, row.title, row.where or row.group or "", row.state.label


def meeting_data(row: MeetingRow) -> dict[str, Any]:
    """A meeting as the command line gives it; `starts` is as exact as the day is known."""
    starts = row.starts.isoformat(timespec="minutes") if row.starts else row.day.iso if row.day else None
    return {**plain(row), "starts": starts, **date_data("day", row.day)}


def show(context: Context, chosen: Namespace) -> int:
    """`meetings show`."""
    with context.workspace() as workspace:
        card = meetings.show_meeting(workspace, chosen.ref)
        life = lifecycle.life_data(workspace, chosen.ref)
    if chosen.json:
        data = plain(card)
        data.pop("row")
        notes = {"source_notes": dict(card.source_notes), "paragraph": card.row.source}
        print_json({**meeting_data(card.row), **data, **notes, **life})
    else:
        print_lines(card_lines(card))
    return 0


def add(context: Context, chosen: Namespace) -> int:
    """`meetings add`."""
    given = flags_given(chosen, ("title", *FIELDS))
    return _write(context, lambda workspace: meetings.add_meeting(workspace, _draft(workspace, given)))


def edit(context: Context, chosen: Namespace) -> int:
    """`meetings edit`."""
    fields = pairs(chosen.fields)
    return _write(context, lambda workspace: meetings.edit_meeting(workspace, chosen.ref, _draft(workspace, fields)))


def cancel(context: Context, chosen: Namespace) -> int:
    """`meetings cancel`."""

    def use_case(workspace: Workspace) -> MeetingRow:
        if chosen.on is None:
            return meetings.cancel_meeting(workspace, chosen.ref)
        return days.cancel_day(workspace, chosen.ref, series.day_of(workspace, chosen.on))

    return _write(context, use_case)


def _write(context: Context, use_case: Callable[[Workspace], MeetingRow]) -> int:
    with context.workspace() as workspace:
        row = use_case(workspace)
        print_lines([row.ref])
        sentence = _("{ref}: {when}, {state}. `ahtc undo` takes it back.")
        context.say(sentence.format(ref=row.ref, when=say_when(row), state=row.state.label.lower()))
    return 0


def _draft(workspace: Workspace, fields: dict[str, str]) -> MeetingDraft:
    from ahtc_tui.domain.drafts.meetings import meeting_draft

    return meeting_draft(fields, workspace.today())
