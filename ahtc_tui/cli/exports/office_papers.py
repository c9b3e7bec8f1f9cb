"""The kinds `brief`, `handover`, `highlight`, `paper` and `dashboard` of `ahtc export`: papers of the office."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message, print_result
from ahtc_tui.cli.console.terminal_signs import format_file
from ahtc_tui.cli.console.verbs import Argument, Switch, Verb, declare_export
from ahtc_tui.cli.console.write_messages import print_written_file
from ahtc_tui.cli.exports.workbooks import print_small_counts
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_path


def declare_kinds() -> list[Verb]:
    """Return the kinds `brief`, `handover`, `highlight`, `paper` and `dashboard`."""
    since_help = _("a date or a meeting; the last meeting of the Leadership Group by default")
    without_refs = Switch("--without-refs", _("leave out the references of records (default)"))
    with_refs = Switch("--with-refs", _("print the references of records, for the office"))
    since = Argument("--from", "D", since_help, dest="first")
    return [
        declare_export("brief", write_brief),
        declare_export("handover", write_handover),
        declare_export("highlight", write_highlight, since),
        declare_export("paper", write_paper, with_refs, without_refs),
        declare_export("dashboard", write_dashboard),
    ]


def write_brief(context: Context, args: Namespace) -> int:
    """Write a brief on a group; returns 1 if the value of a figure is hidden."""
    from ahtc_tui.domain.evidence.small_counts import find_hidden
    from ahtc_tui.services.documents.briefs import export_brief

    with context.open_for_export() as workspace:
        path, brief = export_brief(workspace, args.subject, *_read_target(args))
        limit = workspace.small_counts
    small = find_hidden(brief.figures)
    numbers = {"seats": len(brief.our_seats), "promised": len(brief.our_actions), "open": len(brief.other_actions)}
    _print_written(args, path, {"group": brief.card.row.ref, **numbers, "small": list(small), "limit": limit})
    return print_small_counts(small, limit)


def write_handover(context: Context, args: Namespace) -> int:
    """Write the handover of a post; returns 1 if records held in person are left to decide."""
    from ahtc_tui.services.documents.handover import export_hand_over

    with context.open_for_export() as workspace:
        path, handover = export_hand_over(workspace, args.subject, *_read_target(args))
    numbers = {
        "led": len(handover.led),
        "not_done": len(handover.open_actions),
        "continuing": len(handover.continuing_duties),
        "closed": len(handover.closed_actions),
        "seats": len(handover.seats),
    }
    _print_written(
        args, path, {"post": handover.post_ref, "holder": handover.holder, **numbers, "questions": handover.in_person}
    )
    for question in handover.in_person:
        print_message(_("To decide: {holder} {question}").format(holder=handover.holder, question=question))
    return 1 if handover.in_person else 0


def write_highlight(context: Context, args: Namespace) -> None:
    """Write the highlight report."""
    from ahtc_tui.services.exports.highlight import export_highlight

    target, marking, force = _read_target(args)
    with context.open_for_export() as workspace:
        path, counts = export_highlight(
            workspace, target, args.first, marking, force, is_published=args.cut is not None
        )
    _print_written(args, path, counts)


def write_paper(context: Context, args: Namespace) -> int:
    """Write a commissioned paper; returns 1 if something in it is left to check or to translate."""
    from ahtc_tui.services.exports.commission import export_commission

    with context.open_for_export() as workspace:
        report = export_commission(
            workspace,
            args.subject,
            resolve_path(args.out),
            Marking(args.marking),
            refs=args.with_refs and not args.without_refs,
            force=args.force,
            is_published=args.cut is not None,
        )
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([format_file(report.file)])
        for number in report.stale:
            print_message(_("{number}: the records changed since the last check").format(number=number))
        for question in report.empty:
            print_message(_("question {number} has no answer yet").format(number=question))
        for text in report.untranslated:
            print_message(_("No Welsh text, so English is used: {words}").format(words=text))
    small = print_small_counts(report.small, report.limit)
    return 1 if report.stale or report.empty or report.untranslated else small


def write_dashboard(context: Context, args: Namespace) -> int:
    """Write the dashboard; returns 1 if the value of a figure is hidden."""
    from ahtc_tui.services.exports.dashboard import export_dashboard

    target = resolve_path(args.out)
    with context.open_workspace() as workspace:
        language, is_published = context.language, args.cut is not None
        dashboard = export_dashboard(
            workspace, target, Marking(args.marking), args.force, language, is_published=is_published
        )
        limit = workspace.small_counts
    print_written_file(
        context,
        args,
        target,
        _("Dashboard"),
        dashboard.marking,
        total=dashboard.plan.total,
        open=dashboard.open,
        late=len(dashboard.late),
        to_review=dashboard.to_review,
        meetings=len(dashboard.meetings),
        figures=len(dashboard.figures),
        groups=len(dashboard.groups),
        vacant=dashboard.vacant,
        small_counts=list(dashboard.small),
    )
    return print_small_counts(dashboard.small, limit)


def _read_target(args: Namespace) -> tuple[Path, Marking, bool]:
    return resolve_path(args.out), Marking(args.marking), args.force


def _print_written(args: Namespace, path: Path, values: dict[str, Any]) -> None:
    print_result(args.json, lambda: {"file": str(path), **values}, lambda: [format_file(path)])
