"""`ahtc groups seats`, `seat`, `seat-edit`, `unseat` and `renew`: seats and their terms."""

from __future__ import annotations

from argparse import BooleanOptionalAction, Namespace
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags, parse_days, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines, print_result
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    EditVerb,
    Switch,
    Verb,
    declare_filter_words,
    declare_options,
)
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.fields.model import Place, list_choices_by_field, list_names
from ahtc_tui.domain.filters.model import FilterNoun, is_filter_term, join_arguments
from ahtc_tui.domain.groups.fields import SEAT_FIELDS, format_overlap
from ahtc_tui.domain.groups.model import SeatRow, SeatState
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_record, serialize_value
from ahtc_tui.domain.text.sources import format_source

MEMBERSHIP_FIELDS = ("role", "from_on", "to_on")


def declare_verbs() -> list[Verb]:
    """Return the verbs of seats."""
    choices = list_choices_by_field(SEAT_FIELDS)
    return [
        Verb("seats", print_seats, _("a group's seats, or all seats")).takes(
            Argument("group", nargs="?"),
            Switch("--vacant", _("seats without a known holder")),
            Argument("--ending-within", "90d", _("terms ending within days (d) or weeks (w)")),
            Switch("--expired", _("seats with an ended last term")),
            declare_filter_words(FilterNoun.SEATS),
            JSON,
        ),
        Verb("seat", assign_seat, _("add a seat, or a term of one")).takes(
            Argument("group"),
            Argument("member", "POST_OR_PERSON_OR_ORG"),
            *declare_options((field for field in SEAT_FIELDS if field.name != "voting"), _list_helps()),
            Argument("--voting", action=BooleanOptionalAction),
            Switch("--class", _("the member is a class of organisations, like health boards"), dest="org_class"),
            JSON,
        ),
        Verb("membership", print_membership, _("the members of a group, or a further membership from a date")).takes(
            Argument("group"),
            Argument("member", "POST_OR_PERSON_OR_ORG", _("who becomes a member"), nargs="?"),
            *declare_options((field for field in SEAT_FIELDS if field.name in MEMBERSHIP_FIELDS), _list_helps()),
            JSON,
        ),
        EditVerb(edit_seat, choices, JSON, name="seat-edit", help_text=_("change a seat or a term of one")),
        Verb("unseat", unseat_member, _("end a seat")).takes(
            REF, Argument("--on", "D", _("the end date"), required=True), JSON
        ),
        Verb("renew", extend_seat, _("add the next term of a seat")).takes(
            REF,
            Argument("--to", "D", _("the next term's last date"), required=True),
            Argument("--from", "D", _("the start date, if the old term has no end"), dest="from_on"),
            JSON,
        ),
    ]


def _list_helps() -> dict[str, str]:
    """Return the meanings of options that other records have with another meaning."""
    return {
        "from_on": _("the start date"),
        "to_on": _("the end date"),
        "on_behalf_of": _("the organisation represented by the member"),
        "basis": _("the seat's basis"),
        "person": _("the person attending for an organisation"),
        "deputy": _("the deputy"),
        "deputy_rule": _("when the deputy attends"),
    }


def print_seats(context: Context, args: Namespace) -> None:
    """Print the seats of a group, or of all groups, that match."""
    from ahtc_tui.services.groups.seats import list_seats

    within = parse_days(args.ending_within) if args.ending_within is not None else None
    group, words = args.group, args.words
    if group and is_filter_term(group):
        group, words = None, [group, *words]
    with context.open_workspace() as workspace:
        rows = list_seats(workspace, group, args.vacant, within, join_arguments(words), args.expired)
    if args.json:
        print_json([seat_data(row) for row in rows], marks=context.marks)
    else:
        lines = [
            (*(() if args.group else (row.group,)), context.marks.mark_title(row.ref, member), *cells)
            for row in rows
            for member, *cells in (seat_cells(row),)
        ]
        print_lines(format_table(lines, (None, 16, 30, 40) if args.group else (40, None, 16, 20, 20)))
        context.print_notice(ngettext("1 seat", "{n} seats", len(rows)))


def assign_seat(context: Context, args: Namespace) -> None:
    """Add a term of a member in a group."""
    from ahtc_tui.domain.drafts.groups import build_seat_draft
    from ahtc_tui.services.groups.seats import give_seat

    values = collect_flags(args, list_names(SEAT_FIELDS, Place.ADD))
    with context.open_workspace() as workspace:
        draft = build_seat_draft(values, workspace.today())
        row = give_seat(workspace, args.group, args.member, draft, org_class=args.org_class)
    _print_written(context, row, args.json)


def print_membership(context: Context, args: Namespace) -> None:
    """Print the members of a group, or add a membership with its dates, in any order."""
    from ahtc_tui.domain.drafts.groups import build_seat_draft
    from ahtc_tui.services.groups import seats

    dates = {name: value for name in MEMBERSHIP_FIELDS if (value := getattr(args, name)) is not None}
    with context.open_workspace() as workspace:
        if args.member is not None:
            draft = build_seat_draft(dates, workspace.today())
            row = seats.give_seat(workspace, args.group, args.member, draft)
        else:
            rows = seats.list_seats(workspace, args.group)
    if args.member is not None:
        _print_written(context, row, args.json)
        return
    if dates:
        args.parser.error(_("name the new member from that date"))
    print_result(
        args.json,
        lambda: [seat_data(row) for row in rows],
        lambda: format_table([seat_cells(row) for row in rows], (None, 16, 30, 40)),
    )
    context.print_notice(ngettext("1 seat", "{n} seats", len(rows)))


def edit_seat(context: Context, args: Namespace) -> None:
    """Change the fields of a seat, who fills it, or its deputy."""
    from ahtc_tui.domain.drafts.groups import build_seat_draft
    from ahtc_tui.services.groups import seats

    with context.open_workspace() as workspace:
        draft = build_seat_draft(parse_field_values(args.fields), workspace.today())
        row = seats.edit_seat(workspace, args.ref, draft)
    _print_written(context, row, args.json)


def unseat_member(context: Context, args: Namespace) -> None:
    """End a seat."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.groups.seats import end_seat

    with context.open_workspace() as workspace:
        row = end_seat(workspace, args.ref, read_date(args.on, workspace.today()))
    _print_written(context, row, args.json)


def extend_seat(context: Context, args: Namespace) -> None:
    """Add the next term of a seat."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.groups.seats import renew_seat

    with context.open_workspace() as workspace:
        today = workspace.today()
        first = read_date(args.from_on, today) if args.from_on else None
        row = renew_seat(workspace, args.ref, read_date(args.to, today), first)
    _print_written(context, row, args.json)


def _print_written(context: Context, row: SeatRow, as_json: bool) -> None:
    print_result(as_json, lambda: seat_data(row), lambda: [row.ref])
    sentence, row = _("{member} has a seat on {group} ({state})."), context.show_names(row)
    context.print_undoable(sentence.format(member=row.member, group=row.group, state=format_seat_state(row)))
    if row.overlaps:
        context.print_notice(
            _("{ref} {overlap}. The term that began last counts.").format(ref=row.ref, overlap=format_overlap(row))
        )


def seat_cells(row: SeatRow) -> tuple[str, ...]:
    """Return member, role, holder and deputies, and the term with its state or else the source."""
    holder = row.holder if row.holder and row.holder != row.member else ""
    deputies = [occupant.person for occupant in row.occupants if occupant.deputy]
    if deputies:
        names = ", ".join(deputies)
        label = _("deputies: {names}") if len(deputies) > 1 else _("deputy: {names}")
        deputy_text = label.format(names=names)
        holder = f"{holder} {deputy_text}".strip()
    term = " – ".join(str(day) if day else "" for day in (row.from_on, row.to_on)).strip()
    states = (SeatState.FUTURE, SeatState.VACANT, SeatState.EXPIRED)
    state = format_seat_state(row) if row.state in states else ""
    term_text = "  ".join(filter(None, (term if term != "–" else "", state, format_overlap(row))))
    return row.member, row.role.label, holder, term_text or (f"[{format_source(row.source)}]" if row.source else "")


def format_seat_state(row: SeatRow) -> str:
    """Return the state of a seat, with the date since which it is vacant."""
    if row.vacant_since:
        return _("vacant since {day}").format(day=format_long_date(row.vacant_since))
    return row.state.label


def seat_data(row: SeatRow) -> dict[str, Any]:
    """Return a seat as JSON data."""
    deputies = [serialize_value(occupant) for occupant in row.occupants if occupant.deputy]
    return {**serialize_record(row, "from_on", "to_on"), "deputies": deputies}
