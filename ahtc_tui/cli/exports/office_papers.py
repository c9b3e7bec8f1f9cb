"""`ahtc export brief GROUP`, `export handover POST` and `export paper COMMISSION`: papers made of records."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.cli.exports.evidence import print_small_counts
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import resolve_path

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_kinds(kinds: _SubParsersAction[ArgumentParser]) -> list[ArgumentParser]:
    """Each kind of paper."""
    brief_kind = kinds.add_parser("brief", help="one page for a board or group: .docx .md", allow_abbrev=False)
    brief_kind.add_argument("subject", metavar="GROUP")
    brief_kind.set_defaults(run=write_brief)
    handover_kind = kinds.add_parser("handover", help="what passes on with a post: .docx .md", allow_abbrev=False)
    handover_kind.add_argument("subject", metavar="POST")
    handover_kind.set_defaults(run=write_handover)
    paper_kind = kinds.add_parser(
        "paper", help="what somebody asked for, question by question: .docx .md", allow_abbrev=False
    )
    paper_kind.add_argument("subject", metavar="COMMISSION")
    paper_kind.add_argument("--without-refs", action="store_true", help="no claim names the record that it rests on")
    paper_kind.set_defaults(run=write_paper)
    for kind in (brief_kind, handover_kind, paper_kind):
        kind.add_argument("out", metavar="OUT")
    return [brief_kind, handover_kind, paper_kind]


def write_brief(context: Context, args: Namespace) -> int:
    """`export brief`: exit code 1 where a count of people is so small that somebody should look first."""
    from ahtc_tui.domain.evidence.model import find_small_counts
    from ahtc_tui.services.documents.briefs import export_brief

    with context.open_for_export() as workspace:
        path, brief = export_brief(workspace, args.subject, *_read_target(args))
        limit = workspace.small_counts
    small = find_small_counts(brief.figures, limit)
    numbers = {"seats": len(brief.our_seats), "promised": len(brief.our_actions), "open": len(brief.other_actions)}
    _print_written(args, path, {"group": brief.card.row.ref, **numbers, "small": list(small), "limit": limit})
    return print_small_counts(small, limit)


def write_handover(context: Context, args: Namespace) -> int:
    """`export handover`: exit code 1 where the holder has something in person that somebody has to decide about."""
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


def write_paper(context: Context, args: Namespace) -> int:
    """`export paper`: exit code 1 where a record changed since a person last looked, or a question has no answer."""
    from ahtc_tui.domain.serialization import serialize_value
    from ahtc_tui.services.exports.commission import export_commission

    with context.open_for_export() as workspace:
        report = export_commission(
            workspace,
            args.subject,
            resolve_path(args.out),
            Marking(args.marking),
            refs=not args.without_refs,
            force=args.force,
        )
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([str(report.file)])
        for number in report.stale:
            print_message(_("{number} changed since a person last looked").format(number=number))
        for question in report.empty:
            print_message(_("question {number} has no answer yet").format(number=question))
    small = print_small_counts(report.small, report.limit)
    return 1 if report.stale or report.empty else small


def _read_target(args: Namespace) -> tuple[Path, Marking, bool]:
    return resolve_path(args.out), Marking(args.marking), args.force


def _print_written(args: Namespace, path: Path, values: dict[str, Any]) -> None:
    if args.json:
        print_json({"file": str(path), **values})
    else:
        print_lines([str(path)])
