"""`ahtc groups seats`, `seat`, `unseat` and `renew`: who sits where, and for how long."""

from __future__ import annotations

import re
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.groups.seat_status import SeatState
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_date, serialize_value

if TYPE_CHECKING:
    from ahtc_tui.domain.groups.model import SeatRow

DAYS_PER_UNIT = {"d": 1, "w": 7}

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
FLAG_NAMES = {"from_on": "--from", "to_on": "--to"}


def build(verbs: Any) -> None:
    """The verbs of seats."""
    listing: ArgumentParser = verbs.add_parser("seats", help="who sits where", allow_abbrev=False)
    listing.add_argument("group", nargs="?")
    listing.add_argument("--vacant", action="store_true", help="nobody is known to fill it")
    listing.add_argument("--ending-within", metavar="90d", help="ends in so many days (d) or weeks (w)")
    listing.add_argument("--expired", action="store_true", help="whose last term is over")
    listing.set_defaults(run=print_seats)
    giving: ArgumentParser = verbs.add_parser("seat", help="give a seat, or write to it", allow_abbrev=False)
    giving.add_argument("group")
    giving.add_argument("member", metavar="POST_OR_PERSON_OR_ORG")
    for name, words in FIELDS.items():
        giving.add_argument(FLAG_NAMES.get(name, f"--{name.replace('_', '-')}"), dest=name, help=words or None)
    giving.add_argument("--voting", action=BooleanOptionalAction)
    giving.add_argument("--class", dest="org_class", action="store_true", help="of a class: health boards")
    giving.set_defaults(run=assign_seat)
    ending: ArgumentParser = verbs.add_parser("unseat", help="end a seat", allow_abbrev=False)
    ending.add_argument("ref")
    ending.add_argument("--on", required=True, metavar="D", help="its last day")
    ending.set_defaults(run=unseat_member)
    renewing: ArgumentParser = verbs.add_parser("renew", help="the next term of a seat", allow_abbrev=False)
    renewing.add_argument("ref")
    renewing.add_argument("--to", required=True, metavar="D", help="the last day of the next term")
    renewing.add_argument("--from", dest="from_on", metavar="D", help="its first day, where the old term has no end")
    renewing.set_defaults(run=extend_seat)
    for verb in (listing, giving, ending, renewing):
        verb.add_argument("--json", action="store_true")


def print_seats(context: Context, args: Namespace) -> int:
    """`groups seats`."""
    from ahtc_tui.services.groups.seats import list_seats

    within = parse_days(args.ending_within) if args.ending_within is not None else None
    with context.open_workspace() as workspace:
        rows = list_seats(workspace, args.group, args.vacant, within, expired=args.expired)
    if args.json:
        print_json([seat_data(row) for row in rows])
    else:
        lines = [seat_cells(row) if args.group else (row.group, *seat_cells(row)) for row in rows]
        print_lines(format_table(lines, (None, 16, 30, 40) if args.group else (40, None, 16, 20, 20)))
        context.print_notice(ngettext("1 seat", "{n} seats", len(rows)))
    return 0


def assign_seat(context: Context, args: Namespace) -> int:
    """`groups seat`."""
    from ahtc_tui.domain.drafts.groups import build_seat_draft
    from ahtc_tui.services.groups.seats import give_seat

    values = {name: getattr(args, name) for name in (*FIELDS, "voting") if getattr(args, name) is not None}
    with context.open_workspace() as workspace:
        draft = build_seat_draft(values, workspace.today())
        row = give_seat(workspace, args.group, args.member, draft, org_class=args.org_class)
    return _print_written(context, row, args.json)


def unseat_member(context: Context, args: Namespace) -> int:
    """`groups unseat`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.groups.seats import end_seat

    with context.open_workspace() as workspace:
        row = end_seat(workspace, args.ref, read_date(args.on, workspace.today()))
    return _print_written(context, row, args.json)


def extend_seat(context: Context, args: Namespace) -> int:
    """`groups renew`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.groups.seats import renew_seat

    with context.open_workspace() as workspace:
        today = workspace.today()
        first = read_date(args.from_on, today) if args.from_on else None
        row = renew_seat(workspace, args.ref, read_date(args.to, today), first)
    return _print_written(context, row, args.json)


def _print_written(context: Context, row: SeatRow, as_json: bool) -> int:
    if as_json:
        print_json(seat_data(row))
    else:
        print_lines([row.ref])
    sentence = _("{member} on {group}: {state}. `ahtc undo` takes it back.")
    context.print_notice(sentence.format(member=row.member, group=row.group, state=format_seat_state(row)))
    return 0


def seat_cells(row: SeatRow) -> tuple[str, ...]:
    """Member, role, who comes, and the term, or what is wrong, or where it is known from."""
    holder = row.holder if row.holder and row.holder != row.member else ""
    deputies = [occupant.person for occupant in row.occupants if occupant.deputy]
    if deputies:
        holder = f"{holder} {_('deputy: {names}').format(names=', '.join(deputies))}".strip()
    term = " – ".join(str(day) if day else "" for day in (row.from_on, row.to_on)).strip()
    states = (SeatState.FUTURE, SeatState.VACANT, SeatState.EXPIRED)
    state = format_seat_state(row) if row.state in states else ""
    term_text = "  ".join(part for part in (term if term != "–" else "", state) if part)
    return row.member, row.role.label, holder, term_text or (f"[{row.source}]" if row.source else "")


def format_seat_state(row: SeatRow) -> str:
    """The state of a seat, with the day since when it is vacant."""
    if row.vacant_since:
        from ahtc_tui.domain.dates.date_as_known import format_long_date

        return _("vacant since {day}").format(day=format_long_date(row.vacant_since))
    return row.state.label


def seat_data(row: SeatRow) -> dict[str, Any]:
    """A seat as JSON."""
    deputies = [serialize_value(occupant) for occupant in row.occupants if occupant.deputy]
    return {
        **serialize_value(row),
        **serialize_date("from_on", row.from_on),
        **serialize_date("to_on", row.to_on),
        "deputies": deputies,
    }


def parse_days(text: str) -> int:
    """A number of days as people write it: "90d", "12w", "90"."""
    match = re.fullmatch(r"([0-9]{1,5}) ?([dw]?)", text.strip().lower())
    if not match:
        raise BadInput(_('"{text}" is not a time: write days or weeks, like 90d or 12w.').format(text=text))
    return int(match[1]) * DAYS_PER_UNIT.get(match[2], 1)
