"""`ahtc practice session` and `practice sessions`: training and visits that spread a practice, with attendance."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import format_records
from ahtc_tui.cli.console.verbs import JSON, Argument, EditVerb, Noun, Verb, declare_filter_words, declare_options
from ahtc_tui.cli.console.write_messages import edit_draft, print_written_ref, save_draft
from ahtc_tui.domain.evidence.fields import SESSION_FIELDS
from ahtc_tui.domain.evidence.sessions import MissingAuthority, SessionRow
from ahtc_tui.domain.fields.model import Place, list_choices_by_field, list_names
from ahtc_tui.domain.filters.model import join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_record
from ahtc_tui.services.evidence import practice


def declare_verbs() -> list[Verb | Noun]:
    """Return the verbs of sessions."""
    period = Argument("--missing", "12m", _("the authorities without a session in this period"))
    filters = (declare_filter_words(), Argument("--practice", "X"), period, JSON)
    edit_help = _("field=value ...; numbers='Bawso=3; Gwent Police=12'")
    add = Verb("add", add_session, _("add a session; prints the reference")).takes(
        Argument("practice", "PRACTICE", nargs="?"),
        *declare_options(field for field in SESSION_FIELDS if field.name != "numbers"),
        Argument("--people", "ORG=N", _("the number of people from one organisation"), action="append", dest="numbers"),
    )
    list_verb = Verb("list", print_sessions, _("matching sessions"), *filters)
    return [
        Noun(
            "session",
            _("add, list and edit training, visits and conferences"),
            add,
            EditVerb(edit_session, list_choices_by_field(SESSION_FIELDS), help_text=edit_help),
            list_verb,
        ),
        Verb("sessions", print_sessions, _("sessions, or the authorities without one"), *filters),
    ]


def print_sessions(context: Context, args: Namespace) -> None:
    """Print the sessions that match, or with --missing the authorities without one."""
    if args.missing is not None:
        _print_missing_authorities(context, args)
        return
    with context.open_workspace() as workspace:
        rows = practice.list_sessions(workspace, join_arguments(args.words), args.practice)
    people = ngettext("1 person", "{n} people", sum(row.people for row in rows))
    count = ", ".join((ngettext("1 session", "{n} sessions", len(rows)), people))
    print_list(context, rows, _session_data, _session_cells, (10, 18, 10, None, 30, 14, 40), count, format_records)


def _session_cells(row: SessionRow) -> tuple[str, ...]:
    return (
        row.ref,
        str(row.held_on or "–"),
        row.kind.label,
        row.shown_title,
        row.location or "–",
        ngettext("1 person", "{n} people", row.people),
        ", ".join(f"{count.organisation} {count.people}" for count in row.numbers),
    )


def _session_data(row: SessionRow) -> dict[str, Any]:
    return {**serialize_record(row, "held_on"), "people": row.people}


def _print_missing_authorities(context: Context, args: Namespace) -> None:
    """Print the authorities without a session in the period."""
    with context.open_workspace() as workspace:
        rows = practice.list_missing_authorities(workspace, args.missing, args.practice)
    without = ngettext("1 authority with no session", "{n} authorities with no session", len(rows))
    count = _("{without} in {period}").format(without=without, period=args.missing)
    print_list(context, rows, _authority_data, _authority_cells, (24, None, 20), count)


def _authority_data(row: MissingAuthority) -> dict[str, Any]:
    return serialize_record(row, "last_on")


def _authority_cells(row: MissingAuthority) -> tuple[str, ...]:
    return row.ref, row.name, str(row.last_on or _("not yet"))


def add_session(context: Context, args: Namespace) -> None:
    """Add a session and print its reference."""
    from ahtc_tui.domain.drafts.evidence import build_session_draft

    fields = collect_flags(args, ("practice", *list_names(SESSION_FIELDS, Place.ADD)))
    if args.numbers:
        fields["numbers"] = ";".join(args.numbers)
    _print_written(context, save_draft(context, build_session_draft, practice.add_session, fields))


def edit_session(context: Context, args: Namespace) -> None:
    """Edit the fields of a session."""
    from ahtc_tui.domain.drafts.evidence import build_session_draft

    _print_written(context, edit_draft(context, args, build_session_draft, practice.edit_session))


def _print_written(context: Context, row: SessionRow) -> None:
    description = f"{row.shown_title}, " + ngettext("1 person", "{n} people", row.people)
    print_written_ref(context, row.ref, description, lambda: _session_data(row))
