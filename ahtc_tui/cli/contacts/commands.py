"""`ahtc contacts list` and `show`: persons, posts and organisations."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    format_section,
    print_json,
    print_lines,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, Verb, add_verbs, declare_filter_words, declare_kind_filter
from ahtc_tui.cli.contacts import (
    appointments,
    circulation_lists,
    departures,
    duplicates,
    engagement,
    interests,
    write_commands,
)
from ahtc_tui.cli.privacy import data_protection
from ahtc_tui.domain.contacts.card import Ground, build_fact_rows, build_kind_rows, build_lists, format_name
from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, PartyKind
from ahtc_tui.domain.fields.model import Place, build_row, format_value, list_columns_in, read_column
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.privacy.data_protection import format_review_ground
from ahtc_tui.domain.record_names import format_source_label
from ahtc_tui.domain.serialization import serialize_date, serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.contacts.circulation_lists import list_members
from ahtc_tui.services.privacy.data_protection import show_review

STATED = list_columns_in(Place.LIST, ContactRow)
"""Columns that the row class states."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `contacts`."""
    modules = (
        write_commands,
        appointments,
        departures,
        engagement,
        interests,
        circulation_lists,
        duplicates,
        data_protection,
    )
    add_verbs(
        parser,
        Verb("list", print_contacts, _("matching people and posts, or one kind")).takes(
            declare_kind_filter(),
            Argument("--on", "NAME", _("contacts on a circulation list")),
            declare_filter_words(FilterNoun.CONTACTS),
            JSON,
        ),
        Verb("show", print_contact, _("one contact, with posts, seats and actions"), REF, JSON),
        *(verb for module in modules for verb in module.declare_verbs()),
    )


def print_contacts(context: Context, args: Namespace) -> None:
    """Print the contacts that match, of one kind or on a circulation list if that is given."""
    kind = PartyKind(args.kind) if args.kind else None
    with context.open_workspace() as workspace:
        if args.on is None:
            rows = contacts.list_contacts(workspace, join_arguments(args.words), kind)
        else:
            listed = list_members(workspace, args.on, join_arguments(args.words))
            rows = [row for row in listed if kind in (None, row.kind)]
    count = ngettext("1 contact", "{n} contacts", len(rows))
    widths = (26, None, 24, 32, *(stated.width for stated in STATED.values()))
    print_list(context, rows, serialize_value, _contact_cells, widths, count)


def _contact_cells(row: ContactRow) -> tuple[str, ...]:
    description = row.holder or row.role or (row.organisation_kind or "").replace("-", " ")
    name = f"{row.name}, {description}" if description else row.name
    cells = (row.ref, name, row.organisation or row.area or "", row.email or row.phone or _("no address"))
    return (*cells, *(format_value(read_column(row, name)) for name in STATED))


def print_contact(context: Context, args: Namespace) -> None:
    """Print all of one contact: posts, seats, actions, lawful basis."""
    with context.open_workspace() as workspace:
        card, today = contacts.show_contact(workspace, args.ref), workspace.today()
        ground = format_review_ground(show_review(workspace, card.row.ref))
    if args.json:
        data: dict[str, Any] = serialize_value(card)
        data.pop("row")
        notes = {"source_notes": dict(card.source_notes), "paragraph": card.row.source}
        since = serialize_date("first_responder_since", card.first_responder_since)
        print_json({**data, **serialize_value(card.row), **since, **notes}, marks=context.marks)
    else:
        print_lines([*_format_card(card, today, ground), *format_conflict(context.marks, card.row.ref)])


def _format_card(card: ContactCard, today: date, ground: Ground) -> list[str]:
    rows = (
        *build_kind_rows(card),
        *build_fact_rows(card, ground, today),
        build_row(_("Source"), format_source(card.row.source)),
        *(build_row(format_source_label(field), source) for field, source in card.source_notes),
    )
    lists = (line for label, lines in build_lists(card) for line in format_section(label, lines))
    return [_format_title(card), "", *format_card_rows(rows), *lists]


def _format_title(card: ContactCard) -> str:
    """Return reference and name, with letters after it and the short name in brackets."""
    name = format_name(card)
    return f"{card.row.ref}  {name} ({card.row.short})" if card.row.short else f"{card.row.ref}  {name}"
