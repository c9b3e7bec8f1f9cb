"""`ahtc groups list` and `show`: boards and fora."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    format_section,
    format_table,
    print_json,
    print_lines,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, REF, Verb, add_verbs, declare_filter_words
from ahtc_tui.cli.groups import membership, seats, write_commands
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.dates.periods import format_term
from ahtc_tui.domain.fields.model import Place, build_row, format_value, list_columns_in, read_column
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.groups.card import build_fact_rows, build_state_rows
from ahtc_tui.domain.groups.model import ChairRow, GroupCard, GroupRow, TermsRow, find_current_terms
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.record_names import format_source_label
from ahtc_tui.domain.serialization import serialize_record, serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.groups import service as groups

STATED = list_columns_in(Place.LIST, GroupRow)
"""Columns that the row class states."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `groups`."""
    add_verbs(
        parser,
        Verb("list", print_groups, _("matching groups"), declare_filter_words(FilterNoun.GROUPS), JSON),
        Verb("show", print_group, _("one group with seats, actions and meetings"), REF, JSON),
        *(verb for module in (write_commands, seats, membership) for verb in module.declare_verbs()),
    )


def print_groups(context: Context, args: Namespace) -> None:
    """Print the groups that match."""
    with context.open_workspace() as workspace:
        rows = groups.list_groups(workspace, join_arguments(args.words))
    count = ngettext("1 group", "{n} groups", len(rows))
    widths = (26, None, 12, 9, 16, 18, *(stated.width for stated in STATED.values()))
    print_list(context, rows, _group_data, _group_cells, widths, count)


def _group_cells(row: GroupRow) -> tuple[str, ...]:
    seats = ngettext("1 seat", "{n} seats", row.seats)
    open_actions = ngettext("1 open action", "{n} open actions", row.open_actions) if row.open_actions else "–"
    cells = (row.ref, row.name, row.state.label, seats, open_actions, str(row.next_meeting or ""))
    return (*cells, *(format_value(read_column(row, name)) for name in STATED))


def _group_data(row: GroupRow) -> dict[str, Any]:
    return serialize_record(row, "next_meeting")


def print_group(context: Context, args: Namespace) -> None:
    """Print all of one group: seats, chairs, terms of reference, actions, meetings."""
    with context.open_workspace() as workspace:
        card = groups.show_group(workspace, args.ref)
    if args.json:
        data = serialize_value(card)
        data.pop("row")
        print_json(
            {
                **data,
                **_group_data(card.row),
                "seats": [seats.seat_data(seat) for seat in card.seats],
                "seat_count": card.row.seats,
                "expired": [seats.seat_data(seat) for seat in card.expired],
                "source_notes": dict(card.source_notes),
                "paragraph": card.row.source,
            },
            marks=context.marks,
        )
    else:
        print_lines([*_format_card(card), *format_conflict(context.marks, card.row.ref)])


def _format_details(card: GroupCard) -> list[str]:
    return format_card_rows(
        (
            *build_state_rows(card),
            *build_fact_rows(card),
            build_row(_("Source"), format_source(card.row.source)),
            *(build_row(format_source_label(field), source) for field, source in card.source_notes),
        )
    )


def _format_card(card: GroupCard) -> list[str]:
    row = card.row
    title = f"{row.name} ({row.short})" if row.short else row.name
    lines = format_table([seats.seat_cells(seat) for seat in card.seats], (None, 16, 40, 46))
    expired = format_table([seats.seat_cells(seat) for seat in card.expired], (None, 16, 40, 46))
    return [
        f"{row.ref}  {title}",
        "",
        *_format_details(card),
        *format_section(_("Seats"), lines),
        *format_section(_("Expired seats"), expired),
        *format_section(_("Chairs"), [_format_chair(chair) for chair in card.chairs]),
        *format_section(_("Terms of reference"), _format_terms(card.terms)),
        *format_section(_("Actions"), card.actions),
        *format_section(_("Meetings"), card.meetings),
    ]


def _format_chair(chair: ChairRow) -> str:
    name = f"{chair.name} ({chair.holder})" if chair.holder else chair.name
    return f"{name} {format_term(chair.from_on, chair.to_on)}".rstrip()


def _format_terms(versions: Sequence[TermsRow]) -> list[str]:
    """Return a line for each version, and below the one in force, else the newest one, its text."""
    shown = find_current_terms(versions)
    lines = []
    for terms in versions:
        lines.append(_format_version(terms, terms.in_force and len(versions) > 1))
        lines += [f"  {line}" for line in ((terms.text if terms is shown else "") or "").splitlines()]
    return lines


def _format_version(terms: TermsRow, in_force: bool) -> str:
    begins = [_("in force from {day}").format(day=soften_date(terms.from_on))] if terms.from_on else []
    current = [_("in force")] if in_force and not begins else []
    agreed = [_("agreed {day}").format(day=terms.agreed_on)] if terms.agreed_on else []
    review = [_("review by {day}").format(day=terms.review_on)] if terms.review_on else []
    return ", ".join([_("version {version}").format(version=terms.version), *begins, *current, *agreed, *review])
