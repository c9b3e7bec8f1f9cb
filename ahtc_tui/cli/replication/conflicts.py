"""`ahtc conflicts`, `ahtc resolve ID ours|theirs|VALUE`: what two people wrote apart, side by side, and deciding it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.output import facts, print_json, print_lines
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.replication import conflicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ahtc_tui.cli.console.context import Context
    from ahtc_tui.domain.replication.conflicts import Conflict, Said


def build(parser: ArgumentParser, command: str) -> None:
    """Each of the two commands."""
    if command == "resolve":
        parser.add_argument("id", metavar="ID")
        parser.add_argument("answer", metavar="ours|theirs|both|VALUE")
    else:
        parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=resolve if command == "resolve" else show)


def show(context: Context, chosen: Namespace) -> int:
    """What is left to decide; exit code 1 if there is anything."""
    with context.workspace() as workspace:
        found = conflicts.list_conflicts(workspace)
    if chosen.json:
        print_json(plain(found))
    elif found:
        print_lines(line for one in found for line in _lines(one))
        context.say(_("`ahtc resolve ID ours` or theirs decides one."))
    else:
        context.say(_("Nothing is left to decide."))
    return 1 if found else 0


def resolve(context: Context, chosen: Namespace) -> int:
    """Decide one."""
    with context.workspace() as workspace:
        done = conflicts.resolve(workspace, chosen.id, chosen.answer)
        left = conflicts.count_conflicts(workspace)
    context.say(_("Decided: {ref} {field}. {n} left.").format(ref=done.ref, field=done.field, n=left))
    return 0


def _lines(one: Conflict) -> Iterator[str]:
    yield f"{one.id}  {one.ref}  {one.field}  {one.title or ''}".rstrip()
    pairs = (
        (_("before"), one.base),
        (_("ours"), _side(one.ours, one.ours_by)),
        (_("theirs"), _side(one.theirs, one.theirs_by)),
        (_("theirs is"), one.other_ref),
        (_("why"), one.why.sentence),
    )
    yield from (f"  {line}" for line in facts(pairs))


def _side(value: str | None, said: Said | None) -> str:
    by = f"   ({said.user}, {said.at:%Y-%m-%d %H:%M})" if said else ""
    return f"{value or '–'}{by}"
