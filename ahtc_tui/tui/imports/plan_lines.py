"""The plan of an import as lines of a list: questions, changes, new records, warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len

from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import (
    AddedRecord,
    ChangedField,
    FileWarning,
    ImportReport,
    Question,
    format_reported_value,
)
from ahtc_tui.domain.record_names import format_field, format_field_name
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Para, Section, Title
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine

ARROW = " → "

PlanPart = Question | ChangedField | AddedRecord | FileWarning


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A question, change, new record or warning of a plan."""

    number: int
    """Key in the list: position in the whole plan."""
    file: Path
    part: PlanPart


def build_lines(report: ImportReport) -> list[PlanLine]:
    """Return the lines of all files, grouped by kind."""
    lines: list[PlanLine] = []
    for name in ("questions", "changed", "added", "warnings"):
        for file in report.files:
            parts: Sequence[PlanPart] = getattr(file, name)
            lines += [PlanLine(len(lines) + position, file.file, part) for position, part in enumerate(parts)]
    return lines


def add_headings(lines: Sequence[PlanLine], text: str) -> list[PlanLine | HeadingLine]:
    """Return the lines that match a filter, each kind under a heading. Raises BadInput."""
    if text.strip():
        matches = build_text_test(text)
        lines = [line for line in lines if matches(_build_search_text(line))]
    headings = {Question: _("Questions"), ChangedField: _("Changed"), AddedRecord: _("New"), FileWarning: _("To note")}
    grouped_lines: list[PlanLine | HeadingLine] = []
    for kind, heading in headings.items():
        kind_lines = [line for line in lines if isinstance(line.part, kind)]
        if kind_lines:
            grouped_lines += [HeadingLine()] if grouped_lines else []
            grouped_lines += [HeadingLine(format_heading(heading, len(kind_lines))), *kind_lines]
    return grouped_lines


def _build_search_text(line: PlanLine) -> str:
    part = line.part
    return " ".join(
        (format_ref(part), format_part_field(part), format_content(part), format_place(line), line.file.name)
    )


def build_columns(answers: Mapping[str, str]) -> Sequence[Column[PlanLine]]:
    """Return the columns of the list: state, reference, field, content, cell."""
    return (
        Column(
            _("Status"),
            8,
            lambda line: format_state(line.part, answers),
            style=lambda line: _find_style(line.part, answers),
            grows=True,
        ),
        Column(_("Ref"), 7, lambda line: format_ref(line.part), grows=True),
        Column(_("What"), 11, lambda line: format_part_field(line.part), grows=True),
        Column(
            _("Current → returned"),
            None,
            lambda line: format_content(line.part),
            shorten=lambda line, width: format_content(line.part, width),
        ),
        Column(_("Cell"), 11, format_place, style=lambda _line: "muted", optional=True),
    )


def format_state(part: PlanPart, answers: Mapping[str, str]) -> str:
    """Return the state in one word; that of a question is its answer."""
    if isinstance(part, Question):
        labels = {"": _("? asked"), "ours": _("ours"), "theirs": _("theirs"), "both": _("both")} | {
            "other": _("third"),
            "merged": _("merged"),
        }
        answer = answers.get(part.id, "")
        return labels.get(answer, _("typed"))
    return {ChangedField: _("change"), AddedRecord: _("new"), FileWarning: _("note")}[type(part)]


def _find_style(part: PlanPart, answers: Mapping[str, str]) -> str:
    if isinstance(part, Question):
        return "mark" if part.id in answers else "soon"
    return "muted" if isinstance(part, FileWarning) else ""


def format_ref(part: PlanPart) -> str:
    """Return the reference, or an empty string."""
    return part.ref or ""


def format_part_field(part: PlanPart) -> str:
    """Return the field of a line, or the kind of a new record."""
    match part:
        case AddedRecord():
            return format_field(str(part.values.get("record") or part.values.get("kind") or ""))
        case FileWarning():
            return format_field(part.field or "")
    return format_field(part.field)


def format_content(part: PlanPart, width: int | None = None) -> str:
    """Return the content on one line; with a width, the current value leaves half of it to the returned one."""
    match part:
        case AddedRecord(values=values):
            title = values.get("title") or values.get("name") or values.get("party") or ""
            return str(title or next((value for value in values.values() if isinstance(value, str)), ""))
        case FileWarning():
            return part.reason
        case ChangedField():
            sides = (part.was, part.now)
        case _:
            sides = (part.ours, part.theirs)
    current, returned = (format_reported_value(part.field, value) for value in sides)
    if width is not None:
        room = width - len(ARROW)
        current = shorten_text(current, max(room // 2, room - cell_len(returned)))
    return f"{current}{ARROW}{returned}"


def format_place(line: PlanLine) -> str:
    """Return the position in the file."""
    return line.part.row if isinstance(line.part, AddedRecord) else line.part.cell


def build_sections(line: PlanLine, answers: Mapping[str, str]) -> Iterator[Section]:
    """Yield the detail pane of a line."""
    part = line.part
    party = part.party if isinstance(part, Question | ChangedField) else None
    yield Title(format_ref(part), party or format_part_field(part))
    yield Gap()
    for label, value in _build_facts(part):
        if value not in (None, ""):
            yield Fact(label, str(value))
    yield Fact(_("File"), line.file.name)
    yield Fact(_("Cell"), format_place(line))
    if isinstance(part, Question):
        yield Gap()
        yield Para(part.reason)
        yield Gap()
        answer = answers.get(part.id)
        yield Para(_("Decided: {answer}").format(answer=answer) if answer else _("enter answers it"), muted=True)
    elif isinstance(part, FileWarning):
        yield Gap()
        yield Para(part.reason)


def _build_facts(part: PlanPart) -> Iterator[tuple[str, object]]:
    match part:
        case Question():
            yield _("Field"), format_part_field(part)
            for label, value in ((_("Sent"), part.base), (_("Current"), part.ours), (_("Returned"), part.theirs)):
                yield label, format_reported_value(part.field, value)
            yield _("Would save"), format_reported_value(part.field, part.proposed) if part.proposed else None
        case ChangedField():
            yield _("Field"), format_part_field(part)
            yield _("Current"), format_reported_value(part.field, part.was)
            yield _("Will be"), format_reported_value(part.field, part.now)
        case AddedRecord():
            for name, value in part.values.items():
                yield format_field_name(name), value


def format_counts(report: ImportReport, answers: Mapping[str, str]) -> str:
    """Return the counts of a plan on one line."""
    files = report.files
    question_ids = [question.id for file in files for question in file.questions]
    decided = sum(identifier in answers for identifier in question_ids)
    changed, added = sum(len(file.changed) for file in files), sum(len(file.added) for file in files)
    questions = ngettext("1 question", "{n} questions", len(question_ids))
    texts = [
        ", ".join((questions, _("{n} answered").format(n=decided))) if question_ids else "",
        _("{n:,} changed").format(n=changed) if changed else "",
        _("{n:,} new").format(n=added) if added else "",
        _("{n:,} unchanged").format(n=sum(file.unchanged for file in files)),
        _("{n:,} kept").format(n=kept) if (kept := sum(file.kept for file in files)) else "",
        _("{n:,} to note").format(n=notes) if (notes := sum(len(file.warnings) for file in files)) else "",
    ]
    return "   ".join(part for part in texts if part)


def format_file_names(files: Sequence[Path]) -> str:
    """Return the names of the first three files and the number of others."""
    shown = ", ".join(path.name for path in files[:3])
    return shown if len(files) <= 3 else _("{names} and {n} more").format(names=shown, n=len(files) - 3)
