"""`ahtc groups`: boards and fora."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags
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
from ahtc_tui.cli.console.record_verbs import declare_remove_verb
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    EditVerb,
    LateVerbs,
    Switch,
    Verb,
    add_verbs,
    declare_filter_words,
    declare_options,
)
from ahtc_tui.cli.console.write_messages import (
    edit_draft,
    print_data,
    print_written_party,
    print_written_ref,
    save_draft,
)
from ahtc_tui.cli.groups import seats
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.fields.model import (
    Place,
    build_row,
    format_value,
    list_choices_by_field,
    list_columns_in,
    list_names,
    read_column,
)
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.groups.fields import GROUP_FIELDS, build_fact_rows, build_state_rows
from ahtc_tui.domain.groups.model import ChairRow, GroupCard, GroupEnd, GroupRow, TermsRow, find_current_terms
from ahtc_tui.domain.i18n import _, choose_language, ngettext
from ahtc_tui.domain.record_names import format_source_label
from ahtc_tui.domain.serialization import serialize_record, serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.paths import resolve_input_path

STATED = list_columns_in(Place.LIST, GroupRow)
"""Columns that the row class states."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `groups`."""
    add_verbs(
        parser,
        Verb("list", print_groups, _("matching groups"), declare_filter_words(FilterNoun.GROUPS), JSON),
        Verb("show", print_group, _("one group with seats, actions and meetings"), REF, JSON),
        *_declare_write_verbs(),
        *seats.declare_verbs(),
        LateVerbs("ahtc_tui.cli.groups.membership", "matrix", "map", "ours", "attendance"),
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
    return f"{name} {chair.term}".rstrip()


def _format_terms(versions: Sequence[TermsRow]) -> list[str]:
    """Return a line for each version, and below the one in force, else the newest one, its text."""
    shown = find_current_terms(versions)
    lines = []
    for terms in versions:
        lines.append(_format_version(terms, terms.in_force and len(versions) > 1))
        lines += [f"  {line}" for line in ((terms.text if terms is shown else "") or "").splitlines()]
    return lines


def _format_version(terms: TermsRow, in_force: bool) -> str:
    begins = [_("in force from {date}").format(date=soften_date(terms.from_on))] if terms.from_on else []
    current = [_("in force")] if in_force and not begins else []
    agreed = [_("agreed {day}").format(day=terms.agreed_on)] if terms.agreed_on else []
    review = [_("review by {date}").format(date=terms.review_on)] if terms.review_on else []
    return ", ".join([_("version {version}").format(version=terms.version), *begins, *current, *agreed, *review])


def _declare_write_verbs() -> list[Verb]:
    """Return the verbs that write to a group."""
    return [
        Verb("add", add_group, _("add a group; prints the reference")).takes(
            Argument("name"),
            *declare_options(GROUP_FIELDS),
            JSON,
        ),
        declare_remove_verb("group"),
        EditVerb(edit_group, list_choices_by_field(GROUP_FIELDS)),
        declare_rename_verb(("group",)),
        Verb("chair", set_chair, _("set the chair from a date")).takes(
            REF, Argument("chair", "PERSON_OR_POST"), Argument("--from", "D", dest="from_on", required=True)
        ),
        Verb("close", close_group, _("close a group with its seats and coming meetings, in one step")).takes(
            REF,
            Argument("--on", "D", _("the group's last date; today by default")),
            Argument("--actions-to", "GROUP", _("the group taking over the open actions")),
            Switch("--dry-run", _("list what would end, and change nothing")),
            Switch("--yes", _("do not ask for confirmation")),
            JSON,
        ),
        Verb("terms", set_terms, _("add or edit a version of the terms of reference")).takes(
            REF,
            Argument("--version", required=True),
            Argument("--from", "D", _("when it comes into force"), dest="from_on"),
            Argument("--agreed", "D", dest="agreed_on"),
            Argument("--review", "D", dest="review_on"),
            Argument("--text"),
            Argument("--file", "FILE", _("a file to take the text from: .docx, .md or .txt")),
        ),
    ]


def add_group(context: Context, args: Namespace) -> None:
    """Add a group and print its reference."""
    from ahtc_tui.domain.drafts.groups import build_group_draft

    row = save_draft(
        context,
        build_group_draft,
        groups.add_group,
        collect_flags(args, ("name", *list_names(GROUP_FIELDS, Place.ADD))),
    )
    print_written_party(context, row)


def edit_group(context: Context, args: Namespace) -> None:
    """Edit the fields of a group."""
    from ahtc_tui.domain.drafts.groups import build_group_draft

    row = edit_draft(context, args, build_group_draft, groups.edit_group)
    print_written_party(context, row)


def close_group(context: Context, args: Namespace) -> int:
    """List what ends with a group, then close it; returns 1 where a person at a terminal declines."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.groups.closing import close_group, preview_group_end

    with context.open_workspace() as workspace:
        on = read_date(args.on, workspace.today()) if args.on else None
        end = preview_group_end(workspace, args.ref, on, args.actions_to)
        print_lines([] if args.json else format_group_end(context.show_names(end)))
        is_confirmed = args.yes or not sys.stdin.isatty() or context.confirm(_("Close this group?"), False)
        if not args.dry_run and is_confirmed:
            end = close_group(workspace, args.ref, on, args.actions_to)
    if args.json:
        print_json(serialize_value(end), context.marks)
    if not is_confirmed or args.dry_run:
        context.print_notice(_("Nothing was changed."))
        return int(not is_confirmed)
    context.print_undoable(_("{name} is closed").format(name=end.name) + ".")
    return 0


def format_group_end(end: GroupEnd) -> list[str]:
    """Return the lines of what ends with a group, and what becomes of its open actions."""
    kept = _("Open actions, staying with their leads")
    moved = _("Open actions, going to {group}").format(group=end.actions_to)
    sections = (
        (_("Seats ending"), end.seats),
        (_("Meetings to cancel"), end.meetings),
        (moved if end.actions_to else kept, end.actions),
    )
    lines = [end.name]
    for heading, rows in sections:
        lines += format_section(heading, rows)
    return lines


def declare_rename_verb(kinds: tuple[str, ...]) -> Verb:
    """Return the verb `rename REF NAME --from D [--name-cy TEXT]` for records of these kinds."""
    first_day = Argument("--from", "D", dest="from_on", required=True)
    welsh_name = Argument("--name-cy", "TEXT", _("its Welsh name from then on, if that changes as well"))
    help_text = _("rename it from a date; the old name is still found")
    return Verb("rename", rename_record, help_text, REF, Argument("name"), first_day, welsh_name, kinds=kinds)


def rename_record(context: Context, args: Namespace) -> None:
    """Rename a group or contact from a date."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.renames import rename_party

    with context.open_workspace() as workspace:
        first = read_date(args.from_on, workspace.today())
        renamed = rename_party(workspace, args.ref, args.name, first, args.kinds, args.name_cy)
    name = " ".join(choose_language(args.name, args.name_cy).split())
    print_written_ref(context, renamed.ref, _("{name} from {date}").format(name=name, date=soften_date(first)))
    if renamed.kept_welsh_name:
        sentence = _("The Welsh name stays {name}. If it changed too, undo, and add --name-cy.")
        context.print_notice(sentence.format(name=renamed.kept_welsh_name))
    for sentence in renamed.format_posts():
        context.print_notice(sentence)


def set_chair(context: Context, args: Namespace) -> None:
    """Set the chair of a group from a date."""
    from ahtc_tui.domain.dates.parser import read_date

    with context.open_workspace() as workspace:
        first = read_date(args.from_on, workspace.today())
        row = groups.set_chair(workspace, args.ref, args.chair, first)
    print_written_party(context, row)


def set_terms(context: Context, args: Namespace) -> None:
    """Add a version of the terms of reference, or edit it."""
    from ahtc_tui.domain.drafts.groups import build_terms_draft

    values = collect_flags(args, ("version", "from_on", "agreed_on", "review_on", "text"))
    if args.file:
        if args.text is not None:
            raise BadInput(_("Give the text or a file, not both."))
        values["text"] = groups.read_terms_file(resolve_input_path(args.file))
    with context.open_workspace() as workspace:
        new = groups.set_terms(workspace, args.ref, build_terms_draft(values, workspace.today()))
    sentence = _("Version {version} added.") if new else _("Version {version} changed.")
    print_data(context, [], version=args.version, added=new)
    context.print_undoable(sentence.format(version=args.version))
