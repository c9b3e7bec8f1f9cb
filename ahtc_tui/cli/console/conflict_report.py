"""The parts of the report of a merge: values that wait for a decision, and values that an answer replaced."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import FileReport, ImportReport
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.replication.conflicts import ConflictQuestion, ConflictSide, name_answer
from ahtc_tui.domain.replication.reports import MergeFileReport


def format_side(side: ConflictSide) -> str:
    """Return a value with its author."""
    return f"{side.value or '–'}   ({side.author})"


def format_conflict_question(question: ConflictQuestion, *, applied: bool) -> list[str]:
    """Return what is shown until a conflict is decided, and a line for each side."""
    if question.field == "same_record":
        sentence = _("{ref} {field}: {reason} [{id}]")
    elif applied:
        sentence = _('{ref} {field}: {reason}; "{shown}" is shown until you decide [{id}]')
    else:
        sentence = _('{ref} {field}: {reason}; "{shown}" would be shown until you decide [{id}]')
    values = {"ref": question.ref, "field": format_field(question.field), "reason": question.reason, "id": question.id}
    sides = [(name_answer(index), format_side(side)) for index, side in enumerate(question.sides)]
    if question.merged:
        sides.append((_("merged"), question.merged))
    width = max(len(name) for name, _side in sides)
    return [
        sentence.format(shown=question.shown or "–", **values),
        *(f"  {name.ljust(width)}  {text}" for name, text in sides),
    ]


def format_dropped(file: FileReport) -> Iterator[str]:
    """Yield the values that answers replaced, with their authors."""
    if not isinstance(file, MergeFileReport):
        return
    for dropped in file.dropped:
        for side in dropped.sides:
            sentence = _('{ref} {field}: "{kept}" kept, dropped: {side}')
            yield sentence.format(
                ref=dropped.ref, field=format_field(dropped.field), kept=dropped.kept or "–", side=format_side(side)
            )


def format_outcome(report: ImportReport) -> Iterator[str]:
    """Yield the number of conflicts left, and how to undo an import or a merge that was written."""
    conflicts = sum(isinstance(question, ConflictQuestion) for file in report.files for question in file.questions)
    if conflicts:
        yield ngettext(
            "1 conflict to resolve: every value is kept until then. `ahtc conflicts` shows it.",
            "{n} conflicts to resolve: every value is kept until then. `ahtc conflicts` shows them.",
            conflicts,
        )
    stored = [sentence for file in report.files if report.applied and (sentence := file.format_stored())]
    yield from stored
    has_merged = any(isinstance(file, MergeFileReport) and file.read for file in report.files)
    has_erased = any(isinstance(file, MergeFileReport) and file.erased_count for file in report.files)
    if has_merged or any(file.changed or file.added for file in report.files):
        yield _("To undo all of it, run `ahtc undo`.")
    elif not (conflicts or has_erased or stored):
        yield _("Nothing to change.")
