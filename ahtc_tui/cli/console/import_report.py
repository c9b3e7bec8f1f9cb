"""Shared by imports and merges: input files, options, and the printed report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from ahtc_tui.cli.console.answers_file import read_text_answers
from ahtc_tui.cli.console.conflict_report import format_conflict_question, format_dropped, format_outcome
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import is_accessible, print_json, print_lines, print_message
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import (
    ColumnMapping,
    FileReport,
    FileWarning,
    ImportOptions,
    ImportReport,
    Question,
    TakeMode,
    format_reported_value,
)
from ahtc_tui.domain.record_names import format_field, format_record_noun
from ahtc_tui.domain.replication.conflicts import ConflictQuestion
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_input_path

REFUSED_SHOWN = 20
"""Refused lines that are printed in plain text."""


def list_input_files(args: Namespace) -> list[Path]:
    """Return the paths of the input files, in the order given."""
    return [resolve_input_path(name) for name in args.files]


def read_import_options(args: Namespace) -> ImportOptions:
    """Return the options of --take and --answers. Raises BadFile for an invalid file of answers."""
    return ImportOptions(TakeMode(args.take), read_text_answers(args.answers))


def print_report(
    context: Context, args: Namespace, report: ImportReport, *, dry_run: bool = True, lists_columns: bool = False
) -> int:
    """Print the report of an import as text or JSON; returns 1 if a question is open or lines were refused, else 0.

    Without --dry-run, nothing is written where a question forbids it; `dry_run` selects the right message.
    `lists_columns` is whether the text says how each column was read.
    """
    if args.json:
        documents = [serialize_value(file) for file in report.files]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        details = getattr(args, "details", None)
        for file in report.files:
            _print_file(context, report, file, details, lists_columns=lists_columns)
        _print_outcome(context, report, dry_run)
    return 1 if report.open_question_count or has_refused(report) else 0


def _print_file(
    context: Context, report: ImportReport, file: FileReport, details: bool | None, *, lists_columns: bool
) -> None:
    """Print the report of a file; unless `details` is None with totals first, and without details by kind."""
    is_summary = details is not None and not context.quiet
    if is_summary:
        print_message(f"{file.file.name}: {_format_totals(file, applied=report.applied)}")
    print_lines(_format_columns(file) if lists_columns else ())
    print_lines(_format_changes(file))
    print_message(*_format_warnings(file, is_summary=is_summary, details=details is not False))
    print_message(*format_dropped(file), *format_refused(file))
    for questions in _group_questions(file, details=details is not False):
        if isinstance(questions[0], ConflictQuestion):
            print_message(*format_conflict_question(questions[0], applied=report.applied))
        else:
            print_message(_format_questions(file, questions, is_summary=is_summary))


def _group_questions(file: FileReport, *, details: bool) -> list[list[Question]]:
    """Return the questions; without details, questions of one kind are joined."""
    groups: dict[str, list[Question]] = {}
    for question in file.questions:
        is_alone = details or isinstance(question, ConflictQuestion)
        groups.setdefault(question.id if is_alone else question.kind, []).append(question)
    return list(groups.values())


def _format_questions(file: FileReport, questions: Sequence[Question], *, is_summary: bool) -> str:
    """Return the line of a question, or of all of one kind with their number and the id that answers them together."""
    question = questions[0]
    place = question.cell if is_summary and question.cell else _format_location(file, question.cell)
    values = {"place": place, "what": _format_question_subject(question), "reason": question.reason}
    if len(questions) == 1:
        text = _("{place}: {what}not applied: {reason}").format(**values)
        return text if is_accessible() else f"{text} [{question.id}]"
    more = ngettext("and 1 more like it", "and {n} more like it", len(questions) - 1)
    sentence = _("{place}: {what}not applied: {reason} ({more}: one answer for all) [{id}]")
    return sentence.format(**values, more=more, id=question.kind)


def _print_outcome(context: Context, report: ImportReport, dry_run: bool) -> None:
    """Print what was written."""
    for sentence in format_erasure_notice(report):
        context.print_notice(sentence)
    if report.applied:
        for sentence in format_outcome(report):
            context.print_notice(sentence)
    else:
        context.print_notice(_("Nothing was saved (--dry-run).") if dry_run else _("Nothing was saved."))


def _format_totals(file: FileReport, *, applied: bool) -> str:
    """Return how many records of a file are added, changed, unchanged, asked about and warned about."""
    added, changed = len(file.added), len(file.changed)
    rows = sum(warning.field == "row" for warning in file.warnings)
    sheets = sum(warning.field == "sheet" for warning in file.warnings)
    warnings = len(file.warnings) - rows - sheets
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
        (rows, ngettext("1 row left out", "{n} rows left out", rows)),
        (sheets, ngettext("1 sheet left out", "{n} sheets left out", sheets)),
        (warnings, ngettext("1 warning", "{n} warnings", warnings)),
    )
    return ", ".join(text for count, text in totals if count) or _("nothing in it")


def _format_warnings(file: FileReport, *, is_summary: bool, details: bool) -> list[str]:
    """Return a line for each warning; without details one for all of a kind, with their number."""
    warnings_by_kind: dict[str, list[FileWarning]] = {}
    for warning in file.warnings:
        kind = warning.reason if warning.field == "column" else warning.kind
        warnings_by_kind.setdefault(kind, []).append(warning)
    lines = []
    for warnings in warnings_by_kind.values():
        places = ["" if is_summary and warning.cell == file.file.name else warning.cell for warning in warnings]
        if not details and len(warnings) > 1:
            count = ngettext("1 time", "{n} times", len(warnings))
            sentence = _("{reason} ({count}, first {place})")
            lines.append(sentence.format(reason=warnings[0].reason, count=count, place=places[0]))
            continue
        shown = places if is_summary else [_format_location(file, place) for place in places]
        lines += [
            f"{place}: {warning.reason}" if place else warning.reason
            for place, warning in zip(shown, warnings, strict=True)
        ]
    return lines


def _format_columns(file: FileReport) -> list[str]:
    """Return a line for each column: its field with the confidence, and samples; for a screen reader only its field."""
    if is_accessible():
        fields = [(column.heading or "–", column.field) for column in file.columns]
        read_as, left_out = _("{heading} is read as {field}"), _("{heading} is left out")
        return [
            read_as.format(heading=heading, field=format_field(field)) if field else left_out.format(heading=heading)
            for heading, field in fields
        ]
    lines = []
    for column in file.columns:
        field_text = f"{column.field} ({column.confidence}%)" if column.field else _("left out")
        samples = " | ".join(" ".join(sample.split()) for sample in column.samples)
        lines.append(f"{column.sheet}  {column.heading or '–'} > {field_text}  {samples}".strip())
    return lines


def print_columns(columns: Sequence[ColumnMapping], *, as_json: bool) -> None:
    """Print what each column was taken for, and why."""
    if as_json:
        print_json([serialize_value(column) for column in columns])
        return
    taken, left_out = (
        _('{place}, "{heading}": {field}, because {why}'),
        _('{place}, "{heading}": left out, because {why}'),
    )
    for column in columns:
        sentence = taken if column.field else left_out
        place = f"{column.sheet}!{column.column}" if column.sheet else column.column
        field = format_field(column.field or "")
        print_lines([sentence.format(place=place, heading=column.heading, field=field, why=column.why)])


def _format_location(file: FileReport, cell: str) -> str:
    """Return the name of the file, and the cell if there is one."""
    return ", ".join(dict.fromkeys(part for part in (file.file.name, cell) if part))


def _format_question_subject(question: Question) -> str:
    """Return record, field and both values of a question that has them; for a screen reader only the returned value."""
    if question.ref is None or question.party:
        return ""
    if is_accessible():
        value = format_reported_value(question.field, question.theirs)
        return f"{question.ref} {format_field(question.field)}: {value}: "
    return f"{question.ref} {format_change(question.field, question.ours, question.theirs)}: "


def format_change(field_name: str, before: str | None, after: str | None) -> str:
    """Return the name of a field with both values: "due: 1 May 2014 → 2 May 2014"."""
    values = (format_reported_value(field_name, value) for value in (before, after))
    return f"{format_field(field_name)}: {' → '.join(values)}"


def _format_changes(file: FileReport) -> list[str]:
    changed = [
        "  ".join(part for part in (row.ref, row.party, format_change(row.field, row.was, row.now)) if part)
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


def has_refused(report: ImportReport) -> bool:
    """Return whether lines of another journal were refused."""
    return any(isinstance(file, MergeFileReport) and file.refused for file in report.files)


def format_refused(file: FileReport) -> Iterator[str]:
    """Yield a sentence for each refused line of another journal, at most REFUSED_SHOWN, and the number of the rest."""
    refused = file.refused if isinstance(file, MergeFileReport) else ()
    for line in refused[:REFUSED_SHOWN]:
        sentence = _("A change from the laptop {device} was refused ({place}). {reason}")
        if line.line is not None:
            sentence = _("Change {line} from the laptop {device} was refused ({place}). {reason}")
        noun = format_record_noun(line.table, 1)
        place = noun if line.field.startswith("_") else f"{noun}, {format_field(line.field)}"
        yield sentence.format(line=line.line, device=line.device, reason=line.reason, place=place)
    if len(refused) > REFUSED_SHOWN:
        yield _("... and {n:,} more refused changes; --json lists them").format(n=len(refused) - REFUSED_SHOWN)


def format_erasure_notice(report: ImportReport) -> Iterator[str]:
    """Yield what to do about pending erasures, and that accepted ones are permanent."""
    merged = [file for file in report.files if isinstance(file, MergeFileReport)]
    pending = [erasure for file in merged for erasure in file.erasures if not erasure.accepted]
    if not all(erasure.needs_own_answer for erasure in pending):
        yield _("Nobody is erased without --accept-erasures. Check the people first.")
    if any(erasure.needs_own_answer for erasure in pending):
        yield _("--accept-erasures does not answer every question. Answer the others with --answers FILE.json.")
    if report.applied and any(file.erased_count for file in merged):
        yield _("Erasures cannot be undone.")
