"""`ahtc practice session` and `practice sessions`: what spread a practice, to how many, and whom it missed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import add_edit_verb, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_records, format_table, print_json, print_lines
from ahtc_tui.domain.evidence.practice import SessionKind
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_date, serialize_value
from ahtc_tui.services.evidence import sessions

if TYPE_CHECKING:
    from ahtc_tui.domain.evidence.sessions import SessionRow


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """The verbs of sessions."""
    session = verbs.add_parser("session", help="trainings, visits, conferences: add, list, edit", allow_abbrev=False)
    acts = session.add_subparsers(required=True, metavar="VERB")
    adding = acts.add_parser("add", help="a session; prints its reference", allow_abbrev=False)
    adding.add_argument("practice", nargs="?", metavar="PRACTICE")
    adding.add_argument("--title", metavar="T")
    adding.add_argument("--kind", metavar="K", help=", ".join(kind.value for kind in SessionKind))
    adding.add_argument("--on", dest="held_on", metavar="D")
    adding.add_argument("--people", action="append", metavar="ORG=N", help="how many came from one organisation")
    for name in ("place", "area", "meeting", "source", "note"):
        adding.add_argument(f"--{name}", metavar="X")
    adding.set_defaults(run=add_session)
    add_edit_verb(acts, "field=value ...; numbers='Bawso=3; Gwent Police=12'", edit_session)
    for parser in (
        acts.add_parser("list", help="sessions that match", allow_abbrev=False),
        verbs.add_parser("sessions", help="sessions, or the authorities without one", allow_abbrev=False),
    ):
        parser.add_argument("words", nargs="*", metavar="WORDS")
        parser.add_argument("--practice", metavar="X")
        parser.add_argument("--missing", metavar="12m", help="the authorities with no session in that time")
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=print_sessions)


def print_sessions(context: Context, args: Namespace) -> int:
    """`practice session list` and `practice sessions`."""
    if args.missing is not None:
        return _print_missing_authorities(context, args)
    with context.open_workspace() as workspace:
        rows = sessions.list_sessions(workspace, " ".join(args.words), args.practice)
    if args.json:
        print_json([_session_data(row) for row in rows])
        return 0
    cells = [
        (
            row.ref,
            str(row.held_on or "–"),
            row.kind.label,
            row.title,
            row.location or "–",
            ngettext("1 person", "{n} people", row.people),
            ", ".join(f"{count.organisation} {count.people}" for count in row.numbers),
        )
        for row in rows
    ]
    print_lines(format_records(cells, (10, 18, 10, None, 30, 14, 40)))
    people = sum(row.people for row in rows)
    attendance = ngettext("1 person", "{n} people", people)
    context.print_notice(", ".join((ngettext("1 session", "{n} sessions", len(rows)), attendance)))
    return 0


def _session_data(row: SessionRow) -> dict[str, Any]:
    return {**serialize_value(row), **serialize_date("held_on", row.held_on), "people": row.people}


def _print_missing_authorities(context: Context, args: Namespace) -> int:
    """The authorities with no session."""
    with context.open_workspace() as workspace:
        rows = sessions.list_missing_authorities(workspace, args.missing, args.practice)
    if args.json:
        print_json([{**serialize_value(row), **serialize_date("last_on", row.last_on)} for row in rows])
    else:
        print_lines(format_table([(row.ref, row.name, str(row.last_on or _("never"))) for row in rows], (24, None, 20)))
        without = ngettext("1 authority with no session", "{n} authorities with no session", len(rows))
        context.print_notice(_("{without} in {period}").format(without=without, period=args.missing))
    return 0


def add_session(context: Context, args: Namespace) -> int:
    """`practice session add`."""
    from ahtc_tui.domain.drafts.practice import build_session_draft

    names = ("practice", "title", "kind", "held_on", "place", "area", "meeting", "source", "note")
    fields = {name: getattr(args, name) for name in names}
    fields["numbers"] = ";".join(args.people) if args.people else None
    with context.open_workspace() as workspace:
        row = sessions.add_session(workspace, build_session_draft(fields, workspace.today()))
    return _print_written(context, row)


def edit_session(context: Context, args: Namespace) -> int:
    """`practice session edit`."""
    from ahtc_tui.domain.drafts.practice import build_session_draft

    with context.open_workspace() as workspace:
        draft = build_session_draft(parse_field_values(args.fields), workspace.today())
        row = sessions.edit_session(workspace, args.ref, draft)
    return _print_written(context, row)


def _print_written(context: Context, row: SessionRow) -> int:
    print_lines([row.ref])
    sentence = _("{ref}: {title}, {n} people. `ahtc undo` takes it back.")
    context.print_notice(sentence.format(ref=row.ref, title=row.title, n=row.people))
    return 0
