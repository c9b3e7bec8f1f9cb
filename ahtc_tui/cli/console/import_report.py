"""Shared by imports and merges: input files, options, and the printed report."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.conflict_report import format_conflict_question, format_dropped, format_outcome
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.erasure_report import format_erasure_notice, format_refused
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.domain.replication.conflicts import ConflictQuestion
from ahtc_tui.services.paths import resolve_input_path

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.report import FileReport, ImportReport, Question


def list_input_files(args: Namespace) -> list[Path]:
    """Return the paths of the input files, in the order given."""
    return [resolve_input_path(name) for name in args.files]


def read_import_options(args: Namespace) -> ImportOptions:
    """Return the options of --take and --answers. Raises BadFile for an invalid file of answers."""
    return ImportOptions(TakeMode(args.take), read_answers(args))


def read_answers(args: Namespace) -> dict[str, str]:
    """Return the answers by id of the question. Raises BadFile unless the file is a JSON object of strings."""
    if not args.answers:
        return {}
    import json

    path = resolve_input_path(args.answers)
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadFile(_("{path} cannot be read as JSON: {reason}.").format(path=path, reason=error)) from error
    if not isinstance(answers, dict) or not all(isinstance(each, str) for each in answers.values()):
        sentence = _('{path} must contain {{"question id": "ours"}}, with ours, theirs, both, skip or a value.')
        raise BadFile(sentence.format(path=path))
    return answers


def print_report(context: Context, args: Namespace, report: ImportReport, *, dry_run: bool = True) -> int:
    """Print the report of an import as text or JSON; returns 1 if a question is open, else 0.

    Without --dry-run, nothing is written where a question forbids it; `dry_run` selects the right message.
    """
    if args.json:
        from ahtc_tui.domain.serialization import serialize_value

        documents = [serialize_value(file) for file in report.files]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        _print_plain_report(context, report, dry_run, getattr(args, "details", None))
    return 1 if report.open_question_count else 0


def _print_plain_report(context: Context, report: ImportReport, dry_run: bool, details: bool | None) -> None:
    """Print the report; unless `details` is None with totals first, and without details one line for equal warnings."""
    for file in report.files:
        is_summary = details is not None and not context.quiet
        if is_summary:
            print_message(f"{file.file.name}: {_format_totals(file, applied=report.applied)}")
        print_lines(_format_changes(file))
        print_message(*_format_warnings(file, is_summary=is_summary, details=details is not False))
        print_message(*format_dropped(file), *format_refused(file))
        for question in file.questions:
            if isinstance(question, ConflictQuestion):
                print_message(*format_conflict_question(question, applied=report.applied))
                continue
            sentence = _("{place}: {what}not applied: {reason} [{id}]")
            place = question.cell if is_summary and question.cell else _format_location(file, question.cell)
            what = _format_question_subject(question)
            print_message(sentence.format(place=place, what=what, reason=question.reason, id=question.id))
    for sentence in format_erasure_notice(report):
        context.print_notice(sentence)
    if report.applied:
        for sentence in format_outcome(report):
            context.print_notice(sentence)
    else:
        context.print_notice(_("Nothing was written: --dry-run.") if dry_run else _("Nothing was written."))


def _format_totals(file: FileReport, *, applied: bool) -> str:
    """Return how many records of a file are added, changed, unchanged, asked about and warned about."""
    added, changed = len(file.added), len(file.changed)
    totals = (
        (added, ngettext("1 added", "{n} added", added) if applied else ngettext("1 to add", "{n} to add", added)),
        (
            changed,
            ngettext("1 field changed", "{n} fields changed", changed)
            if applied
            else ngettext("1 field to change", "{n} fields to change", changed),
        ),
        (file.unchanged, ngettext("1 unchanged", "{n} unchanged", file.unchanged)),
        (len(file.questions), ngettext("1 question", "{n} questions", len(file.questions))),
        (len(file.warnings), ngettext("1 warning", "{n} warnings", len(file.warnings))),
    )
    return ", ".join(text for count, text in totals if count) or _("nothing in it")


def _format_warnings(file: FileReport, *, is_summary: bool, details: bool) -> list[str]:
    """Return a line for each warning; without details one for all that are equal, with their number."""
    cells_by_reason: dict[str, list[str]] = {}
    for warning in file.warnings:
        place = "" if is_summary and warning.cell == file.file.name else warning.cell
        cells_by_reason.setdefault(warning.reason, []).append(place)
    lines = []
    for reason, cells in cells_by_reason.items():
        if not details and len(cells) > 1:
            count = ngettext("1 time", "{n} times", len(cells))
            lines.append(_("{reason} ({count}, first {place})").format(reason=reason, count=count, place=cells[0]))
            continue
        places = [place if is_summary else _format_location(file, place) for place in cells]
        lines += [f"{place}: {reason}" if place else reason for place in places]
    return lines


def _format_location(file: FileReport, cell: str) -> str:
    """Return the name of the file, and the cell if there is one."""
    return ", ".join(dict.fromkeys(part for part in (file.file.name, cell) if part))


def _format_question_subject(question: Question) -> str:
    """Return record, field and both values of a question that has them."""
    if question.ref is None or question.party:
        return ""
    theirs = question.theirs or "–"
    return f"{question.ref} {question.field}: {question.ours or '–'} > {theirs}: "


def _format_changes(file: FileReport) -> list[str]:
    changed = [
        "  ".join(part for part in (row.ref, row.party, f"{row.field}: {row.was or '–'} > {row.now or '–'}") if part)
        for row in file.changed
    ]
    added = ["  ".join(part for part in (row.ref, _format_added_values(row.values)) if part) for row in file.added]
    return changed + added


def _format_added_values(values: dict[str, object]) -> str:
    """Return the values of a new record, in the order of its fields."""
    if "party" in values:
        reason = f" ({values['reason']})" if values.get("reason") else ""
        attendance = _("attendance: {state}").format(state=values["state"])
        return f"{values['party']}  {attendance}{reason}"
    return "  ".join(str(value) for value in values.values() if value not in (None, ""))
