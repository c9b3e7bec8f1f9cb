"""`ahtc contacts duplicates` and `merge`: pairs that may be one contact, and merging them."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.argument_types import parse_field_values, parse_share
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    format_fields,
    format_table,
    print_json,
    print_lines,
    print_question,
    print_result,
)
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, declare_dry_run, declare_kind_filter, declare_yes
from ahtc_tui.domain.contacts.duplicates import THRESHOLD, DuplicatePair
from ahtc_tui.domain.contacts.merge_records import MergePlan, format_moves
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.record_names import format_field_name
from ahtc_tui.domain.serialization import serialize_value


def declare_verbs() -> list[Verb]:
    """Return the verbs `duplicates` and `merge`."""
    return [
        Verb("duplicates", print_duplicates, _("possible duplicates; nothing is merged")).takes(
            Argument("--not", nargs=2, metavar=("A", "B"), dest="apart", help_text=_("record these as two contacts")),
            declare_kind_filter(),
            Argument("--threshold", "0.5", _("the lowest likelihood in the list"), type=parse_share),
            JSON,
        ),
        Verb("merge", merge_contacts, _("merge two records of one contact; A is kept")).takes(
            Argument("a", "A"),
            Argument("b", "B"),
            Argument("--take", "field=A|B", _("the record with the value to keep"), nargs="+", action="extend"),
            declare_dry_run(),
            declare_yes(_("do not ask, and keep A's value where both differ")),
            JSON,
        ),
    ]


def print_duplicates(context: Context, args: Namespace) -> None:
    """Print likely duplicates, or record with --not that two contacts differ."""
    from ahtc_tui.services.contacts.duplicates import find_duplicates, mark_distinct

    threshold = THRESHOLD if args.threshold is None else args.threshold
    if not 0 < threshold <= 1:
        raise BadInput(_("--threshold must be above 0 and at most 1, such as 0.5."))
    with context.open_workspace() as workspace:
        if args.apart:
            left, right = mark_distinct(workspace, *args.apart)
            context.print_undoable(_("{a} and {b} are recorded as two contacts.").format(a=left, b=right))
            return
        matches = find_duplicates(workspace, threshold, PartyKind(args.kind) if args.kind else None)
    if args.json:
        print_json(serialize_value(matches))
    else:
        print_lines(format_table([_pair_cells(pair) for pair in matches], (4, 44, 44, None)))
        number = len(matches)
        context.print_notice(ngettext("1 possible duplicate", "{n} possible duplicates", number))


def _pair_cells(pair: DuplicatePair) -> tuple[str, ...]:
    left, right = f"{pair.a_name} ({pair.a_ref})", f"{pair.b_name} ({pair.b_ref})"
    return f"{pair.percent_likely} %", left, right, ", ".join(pair.reasons)


def merge_contacts(context: Context, args: Namespace) -> int:
    """Merge two contacts; returns 1 if something is left to decide.

    On a terminal it asks for each field that differs, unless --take or --yes decides.
    """
    from ahtc_tui.services.contacts.merge_records import merge_contacts as merge_records
    from ahtc_tui.services.contacts.merge_records import preview_merge

    choices = parse_field_values(args.take or [])
    with context.open_workspace() as workspace:
        plan = preview_merge(workspace, args.a, args.b, choices)
        if not args.dry_run:
            if sys.stdin.isatty() and not args.yes:
                choices = _ask_choices(context, plan, choices)
            plan = merge_records(workspace, args.a, args.b, choices)
    print_result(args.json, lambda: {**_plan_data(plan), "applied": not args.dry_run}, lambda: _format_plan(plan))
    if not args.dry_run:
        context.print_undoable(_("{gone} is merged into {ref}.").format(gone=plan.gone, ref=plan.ref))
    return 1 if plan.to_decide else 0


def _ask_choices(context: Context, plan: MergePlan, choices: dict[str, str]) -> dict[str, str]:
    answers = dict(choices)
    for field in plan.differing_fields:
        if field.name not in choices:
            print_question(f"{format_field_name(field.name)}: [A] {field.a}   [B] {field.b}   A? ")
            answers[field.name] = sys.stdin.readline().strip() or "A"
    if not context.confirm(_("Merge {b} into {a}?").format(a=plan.ref, b=plan.gone), False):
        raise Refused(_("Nothing was merged."))
    return answers


def _plan_data(plan: MergePlan) -> dict[str, Any]:
    data: dict[str, Any] = serialize_value(plan)
    data["fields"] = [
        {**serialize_value(field), "differs": field.has_difference, "kept": field.kept_value} for field in plan.fields
    ]
    return data


def _format_plan(plan: MergePlan) -> list[str]:
    rows = [("", f"A {plan.ref}", f"B {plan.gone}", "")]
    rows += [
        (format_field_name(field.name), field.a or "–", field.b or "–", _("{x} stays").format(x=field.take))
        for field in plan.fields
    ]
    counts = ((_("Moves"), format_moves(plan.moves)), (_("Already in the folder"), format_moves(plan.repeated)))
    questions = [_("To decide: {what}").format(what=question) for question in plan.to_decide]
    return [*format_table(rows, (22, 40, 40, 8)), "", *format_fields(counts), *questions]
