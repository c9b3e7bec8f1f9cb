"""`ahtc groups seats`, `seat`, `unseat` and `renew`: who sits where, and for how long."""

from __future__ import annotations

import re
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.groups.seat_status import SeatState
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain

if TYPE_CHECKING:
    from ahtc_tui.domain.groups.model import SeatRow

DAYS_IN = {"d": 1, "w": 7}

FIELDS = {
    "role": "member, chair, attends, observer, co-opted, ...",
    "from_on": "the first day",
    "to_on": "the last day",
    "on_behalf_of": "whom the member speaks for",
    "basis": "why it sits there",
    "person": "who comes for an organisation",
    "deputy": "a person who may come instead",
    "deputy_from": "",
    "deputy_to": "",
    "deputy_rule": "when the deputy comes",
    "note": "",
}
FLAG = {"from_on": "--from", "to_on": "--to"}


def build(verbs: Any) -> None:
    """The verbs of seats."""
    listing: ArgumentParser = verbs.add_parser("seats", help="who sits where", allow_abbrev=False)
    listing.add_argument("group", nargs="?")
    listing.add_argument("--vacant", action="store_true", help="nobody is known to fill it")
    listing.add_argument("--ending-within", metavar="90d", help="ends in so many days (d) or weeks (w)")
    listing.add_argument("--expired", action="store_true", help="whose last term is over")
    listing.set_defaults(run=seats)
    giving: ArgumentParser = verbs.add_parser("seat", help="give a seat, or write to it", allow_abbrev=False)
    giving.add_argument("group")
    giving.add_argument("member", metavar="POST_OR_PERSON_OR_ORG")
    for name, words in FIELDS.items():
        giving.add_argument(FLAG.get(name, f"--{name.replace('_', '-')}"), dest=name, help=words or None)
    giving.add_argument("--voting", action=BooleanOptionalAction)
    giving.add_argument("--class", dest="org_class", action="store_true", help="of a class: health boards")
    giving.set_defaults(run=seat)
    ending: ArgumentParser = verbs.add_parser("unseat", help="end a seat", allow_abbrev=False)
    ending.add_argument("ref")
    ending.add_argument("--on", required=True, metavar="D", help="its last day")
    ending.set_defaults(run=unseat)
    renewing: ArgumentParser = verbs.add_parser("renew", help="the next term of a seat", allow_abbrev=False)
    renewing.add_argument("ref")
    renewing.add_argument("--to", required=True, metavar="D", help="the last day of the next term")
    renewing.add_argument("--from", dest="from_on", metavar="D", help="its first day, where the old term has no end")
    renewing.set_defaults(run=renew)
    for verb in (listing, giving, ending, renewing):
        verb.add_argument("--json", action="store_true")


def seats(context: Context, chosen: Namespace) -> int:
    """`groups seats`."""
    from ahtc_tui.services.groups.seats import list_seats

    within = days(chosen.ending_within) if chosen.ending_within is not None else None
    with context.workspace() as workspace:
        rows = list_seats(workspace, chosen.group, chosen.vacant, within, expired=chosen.expired)
    if chosen.json:
        print_json([seat_data(row) for row in rows])
    else:
        lines = [seat_line(row) if chosen.group else (row.group, *seat_line(row)) for row in rows]
        print_lines(table(lines, (None, 16, 30, 40) if chosen.group else (40, None, 16, 20, 20)))
        context.say(say_number(len(rows), _("1 seat"), _("{n} seats")))
    return 0


def seat(context: Context, chosen: Namespace) -> int:
    """`groups seat`."""
    from ahtc_tui.domain.drafts.groups import seat_draft
    from ahtc_tui.services.groups.seats import give_seat

    given = {name: getattr(chosen, name) for name in (*FIELDS, "voting") if getattr(chosen, name) is not None}
    with context.workspace() as workspace:
        draft = seat_draft(given, workspace.today())
        row = give_seat(workspace, chosen.group, chosen.member, draft, org_class=chosen.org_class)
    return _written(context, row, chosen.json)


def unseat(context: Context, chosen: Namespace) -> int:
    """`groups unseat`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.groups.seats import end_seat

    with context.workspace() as workspace:
        row = end_seat(workspace, chosen.ref, read_date(chosen.on, workspace.today()))
    return _written(context, row, chosen.json)


def renew(context: Context, chosen: Namespace) -> int:
    """`groups renew`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.groups.seats import renew_seat

    with context.workspace() as workspace:
        today = workspace.today()
        first = read_date(chosen.from_on, today) if chosen.from_on else None
        row = renew_seat(workspace, chosen.ref, read_date(chosen.to, today), first)
    return _written(context, row, chosen.json)


def _written(context: Context, row: SeatRow, as_json: bool) -> int:
    if as_json:
        print_json(seat_data(row))
    else:
        print_lines([row.ref])
    said = _("{member} on {group}: {state}. `ahtc undo` takes it back.")
    context.say(said.format(member=row.member, group=row.group, state=state_words(row)))
    return 0


def seat_line(row: SeatRow) -> tuple[str, ...]:
    """Member, role, who comes, and the term, or what is wrong, or where it is known from."""
    who = row.holder if row.holder and row.holder != row.member else ""
    deputies = [one.person for one in row.occupants if one.deputy]
    if deputies:
        who = f"{who} {_('deputy: {names}').format(names=', '.join(deputies))}".strip()
    term = " – ".join(str(day) if day else "" for day in (row.from_on, row.to_on)).strip()
    states = (SeatState.FUTURE, SeatState.VACANT, SeatState.EXPIRED)
    state = state_words(row) if row.state in states else ""
    said = "  ".join(part for part in (term if term != "–" else "", state) if part)
    return row.member, row.role.label, who, said or (f"[{row.source}]" if row.source else "")


def state_words(row: SeatRow) -> str:
    """The state of a seat, with the day since when it is vacant."""
    if row.vacant_since:
        from ahtc_tui.domain.dates.date_as_known import long_date

        return _("vacant since {day}").format(day=long_date(row.vacant_since))
    return row.state.label


def seat_data(row: SeatRow) -> dict[str, Any]:
    """A seat as JSON."""
    deputies = [plain(one) for one in row.occupants if one.deputy]
    return {**plain(row), **date_data("from_on", row.from_on), **date_data("to_on", row.to_on), "deputies": deputies}


def days(text: str) -> int:
    """A number of days as people write it: "90d", "12w", "90"."""
    found = re.fullmatch(r"([0-9]{1,5}) ?([dw]?)", text.strip().lower())
    if not found:
        raise BadInput(_('"{text}" is not a time: write days or weeks, like 90d or 12w.').format(text=text))
    return int(found[1]) * DAYS_IN.get(found[2], 1)
