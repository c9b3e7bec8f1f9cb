"""`ahtc contacts duplicates` and `merge`: who may be in the register twice, and two records made one."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, print_json, print_lines, table
from ahtc_tui.domain.contacts.merge_records import say_moves
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import field_words
from ahtc_tui.domain.serialization import plain

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.duplicates import Pair
    from ahtc_tui.domain.contacts.merge_records import MergePlan

KINDS = (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)


def build(verbs: Any) -> None:
    """The verbs of de-duplication."""
    finding: ArgumentParser = verbs.add_parser(
        "duplicates", help="who may be here twice; nothing is merged by it", allow_abbrev=False
    )
    finding.add_argument("--not", dest="apart", nargs=2, metavar=("A", "B"), help="remember that these are two")
    finding.add_argument("--kind", choices=[kind.value for kind in KINDS])
    finding.add_argument("--threshold", type=float, metavar="0.5", help="the likelihood from which a pair is named")
    finding.set_defaults(run=duplicates)
    merging: ArgumentParser = verbs.add_parser(
        "merge", help="two records of one contact become one: A stays", allow_abbrev=False
    )
    merging.add_argument("a", metavar="A")
    merging.add_argument("b", metavar="B")
    merging.add_argument("--take", nargs="+", action="extend", metavar="field=A|B", help="whose value stays")
    merging.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
    merging.add_argument("--yes", action="store_true", help="ask nothing: A's value stays where both differ")
    merging.set_defaults(run=merge)
    for verb in (finding, merging):
        verb.add_argument("--json", action="store_true")


def duplicates(context: Context, chosen: Namespace) -> int:
    """`contacts duplicates`."""
    from ahtc_tui.domain.contacts.duplicates import THRESHOLD
    from ahtc_tui.services.contacts.duplicates import find_duplicates, not_a_duplicate

    threshold = THRESHOLD if chosen.threshold is None else chosen.threshold
    if not 0 < threshold <= 1:
        raise BadInput(_("--threshold is a likelihood above 0 and up to 1, such as 0.5."))
    with context.workspace() as workspace:
        if chosen.apart:
            one, other = not_a_duplicate(workspace, *chosen.apart)
            context.say(_("{a} and {b} are two. `ahtc undo` takes it back.").format(a=one, b=other))
            return 0
        found = find_duplicates(workspace, threshold, PartyKind(chosen.kind) if chosen.kind else None)
    if chosen.json:
        print_json(plain(found))
    else:
        print_lines(table([_line(pair) for pair in found], (4, 44, 44, None)))
        one, more = _("1 pair that may be one contact"), _("{n} pairs that may be one contact")
        context.say(say_number(len(found), one, more))
    return 0


def _line(pair: Pair) -> tuple[str, ...]:
    one, other = f"{pair.a_name} ({pair.a_ref})", f"{pair.b_name} ({pair.b_ref})"
    return f"{pair.likely} %", one, other, ", ".join(pair.reasons)


def merge(context: Context, chosen: Namespace) -> int:
    """`contacts merge`. On a terminal each field in which both differ is asked for, unless --yes or --take says it."""
    from ahtc_tui.services.contacts.merge_records import merge as join
    from ahtc_tui.services.contacts.merge_records import preview_merge

    take = pairs(chosen.take or [])
    with context.workspace() as workspace:
        plan = preview_merge(workspace, chosen.a, chosen.b, take)
        if not chosen.dry_run:
            if sys.stdin.isatty() and not chosen.yes:
                take = _asked(context, plan, take)
            plan = join(workspace, chosen.a, chosen.b, take)
    if chosen.json:
        print_json({**_data(plan), "applied": not chosen.dry_run})
    else:
        print_lines(_lines(plan))
    if not chosen.dry_run:
        context.say(_("{gone} is {ref} now. `ahtc undo` takes it back.").format(gone=plan.gone, ref=plan.ref))
    return 1 if plan.to_decide else 0


def _asked(context: Context, plan: MergePlan, take: dict[str, str]) -> dict[str, str]:
    answers = dict(take)
    for field in plan.open:
        if field.name not in take:
            sys.stderr.write(f"{field_words(field.name)}: [A] {field.a}   [B] {field.b}   A? ")
            sys.stderr.flush()
            answers[field.name] = sys.stdin.readline().strip() or "A"
    if not context.confirmed(_("Merge {b} into {a}?").format(a=plan.ref, b=plan.gone), False):
        raise Refused(_("Nothing was merged."))
    return answers


def _data(plan: MergePlan) -> dict[str, Any]:
    data: dict[str, Any] = plain(plan)
    data["fields"] = [{**plain(one), "differs": one.differs, "kept": one.kept} for one in plan.fields]
    return data


def _lines(plan: MergePlan) -> list[str]:
    rows = [("", f"A {plan.ref}", f"B {plan.gone}", "")]
    rows += [
        (field_words(one.name), one.a or "–", one.b or "–", _("{x} stays").format(x=one.take)) for one in plan.fields
    ]
    counts = ((_("Moves"), say_moves(plan.moves)), (_("There already"), say_moves(plan.repeated)))
    decide = [_("To decide: {what}").format(what=what) for what in plan.to_decide]
    return [*table(rows, (22, 40, 40, 8)), "", *facts(counts), *decide]
