"""`ahtc contacts`: persons, posts and organisations, their interests and circulation lists."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    format_section,
    print_json,
    print_lines,
    print_result,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.record_verbs import declare_remove_verb
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    EditVerb,
    LateVerbs,
    Noun,
    Switch,
    Verb,
    add_verbs,
    declare_filter_words,
    declare_kind_filter,
)
from ahtc_tui.cli.console.write_messages import edit_draft, list_written, print_data, save_draft
from ahtc_tui.domain.contacts.card import Ground, build_fact_rows, build_kind_rows, build_lists, format_name
from ahtc_tui.domain.contacts.interests import InterestRow, format_interest
from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, ListRow, OrganisationKind, PartyKind
from ahtc_tui.domain.fields.model import Place, build_row, format_value, list_columns_in, read_column
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.record_names import format_source_label
from ahtc_tui.domain.serialization import serialize_date, serialize_record, serialize_value
from ahtc_tui.domain.text.english_phrases import lower_first
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.contacts import service as contacts

STATED = list_columns_in(Place.LIST, ContactRow)
"""Columns that the row class states."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `contacts`."""
    add_verbs(
        parser,
        Verb("list", print_contacts, _("matching people and posts, or one kind")).takes(
            declare_kind_filter(),
            Argument("--on", "NAME", _("contacts on a circulation list")),
            declare_filter_words(FilterNoun.CONTACTS),
            JSON,
        ),
        Verb("show", print_contact, _("one contact, with posts, seats and actions"), REF, JSON),
        LateVerbs("ahtc_tui.cli.contacts.write_commands", "add", "remove", "edit", "rename"),
        LateVerbs("ahtc_tui.cli.contacts.appointments", "appoint", "vacate", "departing"),
        LateVerbs("ahtc_tui.cli.contacts.engagement", "engage", "engagements", "engagement", "stale", "tier", "tiers"),
        *_declare_interest_verbs(),
        *_declare_list_verbs(),
        LateVerbs("ahtc_tui.cli.contacts.duplicates", "duplicates", "merge"),
        LateVerbs("ahtc_tui.cli.privacy.data_protection", "reviews", "subject-access", "erase"),
    )


def print_contacts(context: Context, args: Namespace) -> None:
    """Print the contacts that match, of one kind or on a circulation list if that is given."""
    kind = PartyKind(args.kind) if args.kind else None
    with context.open_workspace() as workspace:
        if args.on is None:
            rows = contacts.list_contacts(workspace, join_arguments(args.words), kind)
        else:
            from ahtc_tui.services.contacts.circulation_lists import list_members

            listed = list_members(workspace, args.on, join_arguments(args.words))
            rows = [row for row in listed if kind in (None, row.kind)]
    count = ngettext("1 contact", "{n} contacts", len(rows))
    widths = (26, None, 24, 32, *(stated.width for stated in STATED.values()))
    print_list(context, rows, serialize_value, _contact_cells, widths, count)


def _contact_cells(row: ContactRow) -> tuple[str, ...]:
    kind = lower_first(OrganisationKind(row.organisation_kind).label) if row.organisation_kind else ""
    description = row.holder or row.role or kind
    name = f"{row.name}, {description}" if description else row.name
    cells = (row.ref, name, row.organisation or row.area or "", row.email or row.phone or _("no address"))
    return (*cells, *(format_value(read_column(row, name)) for name in STATED))


def print_contact(context: Context, args: Namespace) -> None:
    """Print all of one contact: posts, seats, actions, lawful basis."""
    from ahtc_tui.domain.privacy.data_protection import format_review_ground
    from ahtc_tui.services.privacy.data_protection import show_review

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


def _declare_list_verbs() -> list[Verb]:
    """Return the verbs of circulation lists."""
    name, contact = Argument("name"), Argument("who", "CONTACT")
    words = declare_filter_words(FilterNoun.CONTACTS)
    return [
        Verb("lists", print_lists, _("circulation lists"), JSON),
        Verb("list-save", save_filter_list, _("save a filter as a list"), name, words, JSON),
        Verb("list-add", add_or_drop_contact, _("add a contact to a list"), name, contact, dropped=False),
        Verb("list-drop", add_or_drop_contact, _("remove a contact from a list"), name, contact, dropped=True),
        Verb("list-delete", remove_list, _("delete a list; the contacts are kept"), name),
    ]


def print_lists(context: Context, args: Namespace) -> None:
    """Print the circulation lists with their filters and numbers of members."""
    from ahtc_tui.services.contacts.circulation_lists import list_lists

    with context.open_workspace() as workspace:
        rows = list_lists(workspace)
    count = ngettext("1 circulation list", "{n} circulation lists", len(rows))
    print_list(context, rows, serialize_value, _list_cells, (30, 12, None, 30), count)


def _list_cells(row: ListRow) -> tuple[str, ...]:
    by_hand = [*(f"+{ref}" for ref in row.added), *(f"-{ref}" for ref in row.dropped)]
    missing = row.fault or (_("{n} without an address").format(n=row.no_address) if row.no_address else "")
    return row.name, ngettext("1 member", "{n} members", row.members), " ".join((row.filter, *by_hand)).strip(), missing


def save_filter_list(context: Context, args: Namespace) -> None:
    """Save a filter as a circulation list."""
    from ahtc_tui.services.contacts.circulation_lists import save_list

    with context.open_workspace() as workspace:
        row = save_list(workspace, args.name, join_arguments(args.words))
    _print_written_list(context, row)


def add_or_drop_contact(context: Context, args: Namespace) -> None:
    """Add a contact to a list by hand, or exclude one."""
    from ahtc_tui.services.contacts.circulation_lists import set_membership

    with context.open_workspace() as workspace:
        row = set_membership(workspace, args.name, args.who, dropped=args.dropped)
    _print_written_list(context, row)


def remove_list(context: Context, args: Namespace) -> None:
    """Remove a circulation list; its contacts are kept."""
    from ahtc_tui.services.contacts.circulation_lists import delete_list

    with context.open_workspace() as workspace:
        name = delete_list(workspace, args.name)
    print_data(context, [], name=name, removed=True)
    context.print_undoable(_("{name} removed.").format(name=name))


def _print_written_list(context: Context, row: ListRow) -> None:
    print_result(context.as_json, lambda: serialize_value(row), lambda: [row.name])
    context.print_undoable(ngettext("{name}: 1 member.", "{name}: {n} members.", row.members, name=row.name))


INTEREST_FIELDS = ("organisation", "declared_on", "from_on", "to_on", "note")


def _declare_interest_verbs() -> list[Verb | Noun]:
    """Return the verbs of the register of interests."""
    organisation = Argument("--organisation", "X", _("the organisation concerned"))
    return [
        Verb("interests", print_interests, _("the register of interests, or one contact's part")).takes(
            Argument("who", "CONTACT", nargs="?"), organisation, Switch("--all", _("also ended ones")), JSON
        ),
        Noun(
            "interest",
            _("add, edit or remove declared interests"),
            Verb("add", add_interest, _("record an interest declared by a contact")).takes(
                Argument("who", "CONTACT"),
                Argument("text", "TEXT"),
                organisation,
                Argument("--declared-on", "D", _("the declaration date; today by default")),
                Argument("--from", "D", _("the interest's first date"), dest="from_on"),
                Argument("--to", "D", _("the interest's last date"), dest="to_on"),
                Argument("--note", "T"),
                JSON,
            ),
            EditVerb(edit_interest, dict.fromkeys(("text", *INTEREST_FIELDS), ())),
            declare_remove_verb("interest"),
        ),
    ]


def print_interests(context: Context, args: Namespace) -> None:
    """Print the register of interests."""
    from ahtc_tui.services.contacts import interests

    with context.open_workspace() as workspace:
        rows = interests.list_interests(workspace, args.who, args.organisation, ended=args.all)
    count = ngettext("1 interest", "{n} interests", len(rows))
    print_list(context, rows, _interest_data, _interest_cells, (10, 30, None), count)


def _interest_cells(row: InterestRow) -> tuple[str, ...]:
    return row.ref, row.name, format_interest(row)


def _interest_data(row: InterestRow) -> dict[str, Any]:
    return serialize_record(row, "declared_on", "from_on", "to_on")


def add_interest(context: Context, args: Namespace) -> None:
    """Record an interest and print its reference."""
    from ahtc_tui.domain.drafts.contacts import build_interest_draft
    from ahtc_tui.services.contacts import interests

    values = {"text": args.text, **collect_flags(args, INTEREST_FIELDS)}
    row = save_draft(
        context,
        build_interest_draft,
        lambda workspace, draft: interests.add_interest(workspace, args.who, draft),
        values,
    )
    _print_written(context, args, row)


def edit_interest(context: Context, args: Namespace) -> None:
    """Edit the fields of an interest."""
    from ahtc_tui.domain.drafts.contacts import build_interest_draft
    from ahtc_tui.services.contacts import interests

    _print_written(context, args, edit_draft(context, args, build_interest_draft, interests.edit_interest))


def _print_written(context: Context, args: Namespace, row: InterestRow) -> None:
    print_result(args.json, lambda: _interest_data(row), lambda: list_written(context, row.ref))
    shown = context.show_names(row)
    context.print_undoable(f"{row.ref}: {shown.name}, {format_interest(shown)}.")
