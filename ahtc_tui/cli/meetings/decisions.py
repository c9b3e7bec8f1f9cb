"""`ahtc decisions`: the decision register, and `ahtc export decisions`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import edit_verb, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, print_json, print_lines, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.paths import place

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.decisions import Decision


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of the register."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="decisions that match, the latest first", allow_abbrev=False)
    listing.add_argument("--group", metavar="X")
    listing.add_argument("words", nargs="*", metavar="WORDS")
    listing.set_defaults(run=list_)
    showing = verbs.add_parser("show", help="one decision", allow_abbrev=False)
    showing.add_argument("ref")
    showing.set_defaults(run=show)
    adding = verbs.add_parser("add", help="a decision outside the minutes; prints its reference", allow_abbrev=False)
    adding.add_argument("text")
    for flag, name in (("--group", "X"), ("--on", "D"), ("--reason", "R"), ("--meeting", "REF")):
        adding.add_argument(flag, metavar=name)
    adding.set_defaults(run=add)
    edit_verb(verbs, "reason=... superseded_by=REF2 text=...", edit)
    linking = verbs.add_parser("link", help="an action that carries it out", allow_abbrev=False)
    linking.add_argument("ref")
    linking.add_argument("action", metavar="ACTION")
    linking.add_argument("--remove", action="store_true", help="it does not after all")
    linking.set_defaults(run=link)
    for verb in (listing, showing, linking):
        verb.add_argument("--json", action="store_true")


def list_(context: Context, chosen: Namespace) -> int:
    """`decisions list`."""
    with context.workspace() as workspace:
        rows = decisions.list_decisions(workspace, " ".join(chosen.words), chosen.group)
    if chosen.json:
        print_json([_data(row) for row in rows])
    else:
        cells = [(row.ref, str(row.decided_on or "–"), row.text, row.body or "", _later(row)) for row in rows]
        print_lines(table(cells, (16, 18, None, 28, 24)))
        context.say(say_number(len(rows), _("1 decision"), _("{n} decisions")))
    return 0


def _later(row: Decision) -> str:
    return _("superseded by {ref}").format(ref=row.superseded_by) if row.superseded_by else ""


def _data(row: Decision) -> dict[str, Any]:
    return {**plain(row), **date_data("decided_on", row.decided_on)}


def show(context: Context, chosen: Namespace) -> int:
    """`decisions show`."""
    with context.workspace() as workspace:
        row = decisions.show_decision(workspace, chosen.ref)
    _print(row, chosen.json)
    return 0


def _print(row: Decision, as_json: bool) -> None:
    if as_json:
        print_json(_data(row))
        return
    known = (
        (_("Decided"), row.decided_on),
        (_("Body"), row.body),
        (_("Meeting"), row.meeting),
        (_("Welsh"), row.text_cy),
        (_("Reason"), row.reason),
        (_("Superseded by"), row.superseded_by),
        (_("Supersedes"), ", ".join(row.supersedes)),
        (_("Actions"), ", ".join(row.actions)),
        (_("Source"), row.source),
        (_("Note"), row.note),
    )
    print_lines([f"{row.ref}  {row.text}", "", *facts(known)])


def add(context: Context, chosen: Namespace) -> int:
    """`decisions add`."""
    from ahtc_tui.domain.drafts.decisions import decision_draft

    given = {"text": chosen.text, "group": chosen.group, "decided_on": chosen.on, "reason": chosen.reason}
    given["meeting"] = chosen.meeting
    with context.workspace() as workspace:
        draft = decision_draft({name: value for name, value in given.items() if value}, workspace.today())
        print_lines([decisions.add_decision(workspace, draft).ref])
    return 0


def edit(context: Context, chosen: Namespace) -> int:
    """`decisions edit`."""
    from ahtc_tui.domain.drafts.decisions import decision_draft

    with context.workspace() as workspace:
        draft = decision_draft(pairs(chosen.fields), workspace.today())
        print_lines([decisions.edit_decision(workspace, chosen.ref, draft).ref])
        context.say(_("`ahtc undo` takes it back."))
    return 0


def link(context: Context, chosen: Namespace) -> int:
    """`decisions link`."""
    with context.workspace() as workspace:
        row = decisions.link_decision(workspace, chosen.ref, chosen.action, chosen.remove)
    _print(row, chosen.json)
    return 0


def add_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """The kind `decisions` of `ahtc export`."""
    register = kinds.add_parser("decisions", help="the decision register: .xlsx .csv .md", allow_abbrev=False)
    register.add_argument("out", metavar="OUT")
    register.add_argument("--group", metavar="X")
    register.add_argument("words", nargs="*", metavar="WORDS")
    register.set_defaults(run=export)
    return register


def export(context: Context, chosen: Namespace) -> int:
    """`export decisions`."""
    from ahtc_tui.domain.actions.model import Marking

    target, words = place(chosen.out), " ".join(chosen.words)
    with context.office() as workspace:
        count = decisions.export_decisions(
            workspace, target, words, chosen.group, Marking(chosen.marking), chosen.force
        )
    what = say_number(count, _("1 decision"), _("{n} decisions"))
    return write_messages.file(context, chosen, target, what, decisions=count)
