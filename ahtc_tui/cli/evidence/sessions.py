"""`ahtc practice session` and `practice sessions`: what spread a practice, to how many, and whom it missed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import edit_verb, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import listing, print_json, print_lines, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.evidence.practice import SessionKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.evidence import sessions

if TYPE_CHECKING:
    from ahtc_tui.domain.evidence.sessions import SessionRow


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """The verbs of sessions."""
    one = verbs.add_parser("session", help="trainings, visits, conferences: add, list, edit", allow_abbrev=False)
    acts = one.add_subparsers(required=True, metavar="VERB")
    adding = acts.add_parser("add", help="a session; prints its reference", allow_abbrev=False)
    adding.add_argument("practice", nargs="?", metavar="PRACTICE")
    adding.add_argument("--title", metavar="T")
    adding.add_argument("--kind", metavar="K", help=", ".join(kind.value for kind in SessionKind))
    adding.add_argument("--on", dest="held_on", metavar="D")
    adding.add_argument("--people", action="append", metavar="ORG=N", help="how many came from one organisation")
    for name in ("place", "area", "meeting", "source", "note"):
        adding.add_argument(f"--{name}", metavar="X")
    adding.set_defaults(run=add)
    edit_verb(acts, "field=value ...; numbers='Bawso=3; Gwent Police=12'", edit)
    for parser in (
        acts.add_parser("list", help="sessions that match", allow_abbrev=False),
        verbs.add_parser("sessions", help="sessions, or the authorities without one", allow_abbrev=False),
    ):
        parser.add_argument("words", nargs="*", metavar="WORDS")
        parser.add_argument("--practice", metavar="X")
        parser.add_argument("--missing", metavar="12m", help="the authorities with no session in that time")
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=list_)


def list_(context: Context, chosen: Namespace) -> int:
    """`practice session list` and `practice sessions`."""
    if chosen.missing is not None:
        return _missing(context, chosen)
    with context.workspace() as workspace:
        rows = sessions.list_sessions(workspace, " ".join(chosen.words), chosen.practice)
    if chosen.json:
        print_json([_data(row) for row in rows])
        return 0
    cells = [
        (
            row.ref,
            str(row.held_on or "–"),
            row.kind.label,
            row.title,
            row.where or "–",
            say_number(row.people, _("1 person"), _("{n} people")),
            ", ".join(f"{count.organisation} {count.people}" for count in row.numbers),
        )
        for row in rows
    ]
    print_lines(listing(cells, (10, 18, 10, None, 30, 14, 40)))
    people = sum(row.people for row in rows)
    came = say_number(people, _("1 person"), _("{n} people"))
    context.say(", ".join((say_number(len(rows), _("1 session"), _("{n} sessions")), came)))
    return 0


def _data(row: SessionRow) -> dict[str, Any]:
    return {**plain(row), **date_data("held_on", row.held_on), "people": row.people}


def _missing(context: Context, chosen: Namespace) -> int:
    """The authorities with no session."""
    with context.workspace() as workspace:
        rows = sessions.missing_authorities(workspace, chosen.missing, chosen.practice)
    if chosen.json:
        print_json([{**plain(row), **date_data("last_on", row.last_on)} for row in rows])
    else:
        print_lines(table([(row.ref, row.name, str(row.last_on or _("never"))) for row in rows], (24, None, 20)))
        without = say_number(len(rows), _("1 authority with no session"), _("{n} authorities with no session"))
        context.say(_("{without} in {period}").format(without=without, period=chosen.missing))
    return 0


def add(context: Context, chosen: Namespace) -> int:
    """`practice session add`."""
    from ahtc_tui.domain.drafts.practice import session_draft

    names = ("practice", "title", "kind", "held_on", "place", "area", "meeting", "source", "note")
    fields = {name: getattr(chosen, name) for name in names}
    fields["numbers"] = ";".join(chosen.people) if chosen.people else None
    with context.workspace() as workspace:
        row = sessions.add_session(workspace, session_draft(fields, workspace.today()))
    return _written(context, row)


def edit(context: Context, chosen: Namespace) -> int:
    """`practice session edit`."""
    from ahtc_tui.domain.drafts.practice import session_draft

    with context.workspace() as workspace:
        draft = session_draft(pairs(chosen.fields), workspace.today())
        row = sessions.edit_session(workspace, chosen.ref, draft)
    return _written(context, row)


def _written(context: Context, row: SessionRow) -> int:
    print_lines([row.ref])
    said = _("{ref}: {title}, {n} people. `ahtc undo` takes it back.")
    context.say(said.format(ref=row.ref, title=row.title, n=row.people))
    return 0
