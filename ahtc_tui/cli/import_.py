"""`ahtc import KIND FILE...`: what other people send back. A plan first, then one step that one undo takes back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import print_json, print_lines, tell
from ahtc_tui.domain.words import _

if TYPE_CHECKING:
    from ahtc_tui.domain.replies import FileReport, ImportReport


def build(parser: ArgumentParser, _command: str) -> None:
    """Each kind of file."""
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    answers = kinds.add_parser("replies", help="answers to invitations: .ics METHOD:REPLY, .eml", allow_abbrev=False)
    answers.set_defaults(run=replies)
    for kind in (answers,):
        kind.add_argument("files", nargs="+", metavar="FILE")
        kind.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
        kind.add_argument("--json", action="store_true")


def replies(context: Context, chosen: Namespace) -> int:
    """Answers to invitations; exit code 1 if a question is left."""
    from ahtc_tui.services.replies import read_replies

    with context.workspace() as workspace:
        files = [Path(name).expanduser().absolute() for name in chosen.files]
        report = read_replies(workspace, files, apply=not chosen.dry_run)
    if chosen.json:
        from ahtc_tui.domain.as_data import plain

        documents = [plain(file) for file in report.files]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        _say(context, report)
    return 1 if report.left else 0


def _say(context: Context, report: ImportReport) -> None:
    for file in report.files:
        print_lines(_lines(file))
        for warned in file.warnings:
            tell(_("{file}, {cell}: {reason}").format(file=file.file.name, cell=warned.cell, reason=warned.reason))
        for question in file.questions:
            sentence = _("{file}, {cell}: not applied: {reason} [{id}]")
            tell(sentence.format(file=file.file.name, cell=question.cell, reason=question.reason, id=question.id))
    written = sum(len(file.changed) + len(file.added) for file in report.files)
    if not report.applied:
        context.say(_("Nothing was written: --dry-run."))
    elif written:
        context.say(_("`ahtc undo` takes all of it back."))
    else:
        context.say(_("Nothing to change."))


def _lines(file: FileReport) -> list[str]:
    changed = [f"{one.ref}  {one.party}  {one.field}: {one.was or '–'} > {one.now or '–'}" for one in file.changed]
    added = [
        f"{one.ref}  {one.values['party']}  {_('attendance')}: {one.values['state']}"
        + (f" ({one.values['reason']})" if one.values.get("reason") else "")
        for one in file.added
    ]
    return changed + added
