"""`ahtc groups`: boards and fora, and who sits on them."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import facts, print_json, print_lines, table
from ahtc_tui.cli.output import section as section
from ahtc_tui.domain.as_data import date_data, plain
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.words import _
from ahtc_tui.services import groups

if TYPE_CHECKING:
    from ahtc_tui.domain.groups import GroupCard, GroupRow, SeatRow

DAYS_IN = {"d": 1, "w": 7}


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of groups."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="groups that match", allow_abbrev=False)
    listing.add_argument("words", nargs="*", metavar="WORDS")
    listing.set_defaults(run=list_)
    showing = verbs.add_parser("show", help="one group with its seats, actions and meetings", allow_abbrev=False)
    showing.add_argument("ref")
    showing.set_defaults(run=show)
    seating = verbs.add_parser("seats", help="who sits where", allow_abbrev=False)
    seating.add_argument("group", nargs="?")
    seating.add_argument("--vacant", action="store_true", help="nobody is known to fill it")
    seating.add_argument("--ending-within", metavar="90d", help="ends in so many days (d) or weeks (w)")
    seating.set_defaults(run=seats)
    for verb in (listing, showing, seating):
        verb.add_argument("--json", action="store_true")


def list_(context: Context, chosen: Namespace) -> int:
    """`groups list`."""
    with context.workspace() as workspace:
        rows = groups.list_groups(workspace, " ".join(chosen.words))
    if chosen.json:
        print_json([_data(row) for row in rows])
    else:
        lines = [
            (
                row.ref,
                row.name,
                row.state.label,
                _("{n} seats").format(n=row.seats),
                _open(row),
                str(row.next_meeting or ""),
            )
            for row in rows
        ]
        print_lines(table(lines, (26, None, 12, 9, 14, 18)))
        context.say(_("{n} groups").format(n=len(rows)))
    return 0


def _open(row: GroupRow) -> str:
    return _("{n} open").format(n=row.open_actions)


def _data(row: GroupRow) -> dict[str, Any]:
    return {**plain(row), **date_data("next_meeting", row.next_meeting)}


def show(context: Context, chosen: Namespace) -> int:
    """`groups show`."""
    with context.workspace() as workspace:
        card = groups.show_group(workspace, chosen.ref)
    if chosen.json:
        data = plain(card)
        data.pop("row")
        print_json(
            {
                **data,
                **_data(card.row),
                "seats": [_seat_data(seat) for seat in card.seats],
                "seat_count": card.row.seats,
                "source_notes": dict(card.source_notes),
                "paragraph": card.row.source,
            }
        )
    else:
        print_lines(_card_lines(card))
    return 0


def _card_lines(card: GroupCard) -> list[str]:
    row = card.row
    pairs = (
        (_("Kind"), row.kind.label),
        (_("State"), row.state.label),
        (_("Welsh name"), card.name_cy),
        *((_("Also called"), name) for name in card.aliases if not any(name in dated for dated in card.renames)),
        *((_("Also called"), name) for name in card.renames),
        (_("Area"), row.area),
        (_("Chair"), row.chair),
        (_("Owner"), card.owner),
        (_("Lead"), card.lead_organisation),
        (_("Part of"), card.parent),
        *((_("Sub-group"), name) for name in card.subgroups),
        (_("Purpose"), card.purpose),
        (_("Time-limited"), _("yes") if card.time_limited else None),
        (_("Restricted"), _("yes") if card.restricted else None),
        (_("Next meeting"), row.next_meeting),
        (_("Source"), row.source),
        *((_("Source of {field}").format(field=field), source) for field, source in card.source_notes),
        (_("Note"), card.note),
    )
    title = f"{row.name} ({row.short})" if row.short else row.name
    seat_lines = table([_seat_line(seat) for seat in card.seats], (None, 16, 40, 30))
    return [
        f"{row.ref}  {title}",
        "",
        *facts(pairs),
        *section(_("Seats"), seat_lines),
        *section(_("Actions"), card.actions),
        *section(_("Meetings"), card.meetings),
    ]


def seats(context: Context, chosen: Namespace) -> int:
    """`groups seats`."""
    within = _days(chosen.ending_within) if chosen.ending_within is not None else None
    with context.workspace() as workspace:
        rows = groups.list_seats(workspace, chosen.group, chosen.vacant, within)
    if chosen.json:
        print_json([_seat_data(row) for row in rows])
    else:
        lines = [_seat_line(row) if chosen.group else (row.group, *_seat_line(row)) for row in rows]
        print_lines(table(lines, (None, 16, 30, 40) if chosen.group else (40, None, 16, 20, 20)))
        context.say(_("{n} seats").format(n=len(rows)))
    return 0


def _seat_line(seat: SeatRow) -> tuple[str, ...]:
    who = seat.holder if seat.holder and seat.holder != seat.member else ""
    term = " – ".join(str(day) if day else "" for day in (seat.from_on, seat.to_on)).strip()
    return seat.member, seat.role.label, who, (term if term != "–" else "") or f"[{seat.source}]"


def _seat_data(seat: SeatRow) -> dict[str, Any]:
    return {**plain(seat), **date_data("from_on", seat.from_on), **date_data("to_on", seat.to_on)}


def _days(text: str) -> int:
    """A number of days as people write it: "90d", "12w", "90"."""
    found = re.fullmatch(r"([0-9]{1,5}) ?([dw]?)", text.strip().lower())
    if not found:
        raise BadInput(_('"{text}" is not a time: write days or weeks, like 90d or 12w.').format(text=text))
    return int(found[1]) * DAYS_IN.get(found[2], 1)
