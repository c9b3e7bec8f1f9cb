"""What every import shares on the command line: the files, what was wished, and how a report is said."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, tell
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Take, Wishes
from ahtc_tui.services.paths import incoming

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.report import FileReport, ImportReport, Question


def files_of(chosen: Namespace) -> list[Path]:
    """The files that were named, in the order given."""
    return [incoming(name) for name in chosen.files]


def wished(chosen: Namespace) -> Wishes:
    """What --take and --answers say. Raises BadFile for answers that are no table of words."""
    return Wishes(Take(chosen.take), answers_of(chosen))


def answers_of(chosen: Namespace) -> dict[str, str]:
    """What --answers says. Raises BadFile for answers that are no table of words."""
    if not chosen.answers:
        return {}
    import json

    path = incoming(chosen.answers)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadFile(_("{path} cannot be read as JSON: {reason}.").format(path=path, reason=error)) from error
    if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
        sentence = _('{path}: wants {{"question id": "ours"}}, with ours, theirs, both, skip or a value.')
        raise BadFile(sentence.format(path=path))
    return said


def told(context: Context, chosen: Namespace, report: ImportReport, *, dry_run: bool = True) -> int:
    """Say what an import did, as text or JSON; returns 1 if a question is left for a person, else 0.

    Where nothing was written although it was no dry run, what is asked says why.
    """
    if chosen.json:
        from ahtc_tui.domain.serialization import plain

        documents = [plain(file) for file in report.files]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        _say(context, report, dry_run)
    return 1 if report.left else 0


def _say(context: Context, report: ImportReport, dry_run: bool) -> None:
    for file in report.files:
        print_lines(_lines(file))
        for warned in file.warnings:
            tell(f"{_place(file, warned.cell)}: {warned.reason}")
        for question in file.questions:
            sentence = _("{place}: {what}not applied: {reason} [{id}]")
            where = {"place": _place(file, question.cell), "what": _what(question)}
            tell(sentence.format(reason=question.reason, id=question.id, **where))
    written = sum(len(file.changed) + len(file.added) for file in report.files)
    if not report.applied:
        context.say(_("Nothing was written: --dry-run.") if dry_run else _("Nothing was written."))
    elif written:
        context.say(_("`ahtc undo` takes all of it back."))
    else:
        context.say(_("Nothing to change."))


def _place(file: FileReport, cell: str) -> str:
    """The file, and where in it, if it is about one place."""
    return ", ".join(part for part in (file.file.name, cell) if part)


def _what(question: Question) -> str:
    """The record and the field, with what is here and what came, where it is about those."""
    if question.ref is None or question.party:
        return ""
    theirs = question.theirs or "–"
    return f"{question.ref} {question.field}: {question.ours or '–'} > {theirs}: "


def _lines(file: FileReport) -> list[str]:
    changed = [
        "  ".join(part for part in (one.ref, one.party, f"{one.field}: {one.was or '–'} > {one.now or '–'}") if part)
        for one in file.changed
    ]
    added = ["  ".join(part for part in (one.ref, _added(one.values)) if part) for one in file.added]
    return changed + added


def _added(values: dict[str, object]) -> str:
    """What a new record holds, in the order of its fields."""
    if "party" in values:
        why = f" ({values['reason']})" if values.get("reason") else ""
        return f"{values['party']}  {_('attendance')}: {values['state']}{why}"
    return "  ".join(str(value) for value in values.values() if value not in (None, ""))
