"""The plan of an import as lines of a list: questions, changes, new records, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    SourceCell,
    format_reported_value,
)
from ahtc_tui.domain.record_names import format_field, format_field_name
from ahtc_tui.domain.replication.conflicts import ConflictQuestion
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.tui.imports.three_way_view import format_answer, is_about_new_row, is_new_owner
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Pair, Para, Section, Title
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
    alike: tuple[Question, ...] = ()
    """All questions that one answer decides, the one of the line first; empty for other parts."""


def build_lines(report: ImportReport) -> list[PlanLine]:
    """Return the lines of all files, grouped by kind; questions that are alike are one line."""
    lines: list[PlanLine] = []
    for file in report.files:
        lines += [
            PlanLine(len(lines) + position, file.file, questions[0], tuple(questions))
            for position, questions in enumerate(_group_questions(file.questions))
        ]
    for name in ("changed", "added", "warnings"):
        for file in report.files:
            parts: Sequence[PlanPart] = getattr(file, name)
            lines += [PlanLine(len(lines) + position, file.file, part) for position, part in enumerate(parts)]
    return lines


def _group_questions(questions: Sequence[Question]) -> Iterable[list[Question]]:
    """Return questions that differ in their values alone together, and those about new leads; a conflict is alone."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        kind = "owners" if is_new_owner(question) else question.kind
        groups.setdefault(question.id if isinstance(question, ConflictQuestion) else kind, []).append(question)
    return groups.values()


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
            count = sum(len(line.alike) or 1 for line in kind_lines)
            grouped_lines += [HeadingLine(format_heading(heading, count)), *kind_lines]
    return grouped_lines


def _build_search_text(line: PlanLine) -> str:
    part = line.part
    values = (value for question in line.alike for value in (question.ref, question.theirs, question.cell))
    texts = (format_ref(part), format_part_field(part), format_content(part), format_place(line), line.file.name)
    return " ".join((*texts, *filter(None, values)))


def build_columns(answers: Mapping[str, str], *, is_return: bool) -> Sequence[Column[PlanLine]]:
    """Return the columns of the list: state, reference, field, content, cell. Only a return has a current value."""
    return (
        Column(
            _("Status"),
            8,
            lambda line: format_state(line, answers),
            style=lambda line: _find_style(line, answers),
            grows=True,
        ),
        Column(_("Ref"), 7, lambda line: format_ref(line.part), grows=True),
        Column(_("What"), 16, lambda line: format_part_field(line.part)),
        Column(
            _("Current → returned") if is_return else _("In the file"),
            None,
            format_line,
            shorten=format_line,
        ),
        Column(_("Cell"), 11, format_place, style=lambda _line: "muted", optional=True),
    )


def format_line(line: PlanLine, width: int | None = None) -> str:
    """Return the content of a line, with the number of questions that are alike."""
    more = f" ({len(line.alike):,})" if len(line.alike) > 1 else ""
    if more and is_new_owner(line.alike[0]):
        names = (question.theirs or "" for question in line.alike)
        content = ", ".join(names)
        return f"{shorten_text(content, width - len(more)) if width else content}{more}"
    return format_content(line.part, width - len(more) if width else None) + more


def format_state(line: PlanLine, answers: Mapping[str, str]) -> str:
    """Return the state in one word; that of a question is its answer."""
    part = line.part
    if isinstance(part, Question):
        if len(line.alike) > 1 and len({answers.get(question.id, "") for question in line.alike}) > 1:
            decided = sum(question.id in answers for question in line.alike)
            return _("{m} of {n}").format(m=decided, n=len(line.alike))
        labels = {"": _("? asked"), "ours": _("ours"), "theirs": _("theirs"), "both": _("both")} | {
            "other": _("third"),
            "merged": _("merged"),
        }
        answer = answers.get(part.id, "")
        return _("decided") if answer and is_about_new_row(part) else labels.get(answer, _("typed"))
    return {ChangedField: _("change"), AddedRecord: _("new"), FileWarning: _("note")}[type(part)]


def _find_style(line: PlanLine, answers: Mapping[str, str]) -> str:
    if isinstance(line.part, Question):
        return "mark" if all(question.id in answers for question in line.alike) else "soon"
    return "muted" if isinstance(line.part, FileWarning) else ""


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
    if isinstance(part, Question) and part.ref is None and part.ours is None:
        return returned if width is None else shorten_text(returned, width)
    if width is not None:
        room = width - len(ARROW)
        current = shorten_text(current, max(room // 2, room - cell_len(returned)))
    return f"{current}{ARROW}{returned}"


def format_place(line: PlanLine) -> str:
    """Return the position in the file."""
    return line.part.row if isinstance(line.part, AddedRecord) else line.part.cell


def build_sections(
    line: PlanLine, answers: Mapping[str, str], source: Sequence[SourceCell] = (), parts: Sequence[PlanPart] = ()
) -> Iterator[Section]:
    """Yield the detail pane of a line; below it its row of the file, and the record that it becomes.

    `parts` are all parts of the plan about that row.
    """
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
        yield Para(
            _("Decided: {answer}").format(answer=format_answer(answer)) if answer else _("press enter to answer it"),
            muted=True,
        )
    elif isinstance(part, FileWarning):
        yield Gap()
        yield Para(part.reason)
    if source:
        yield Gap()
        yield from build_row_sections(source, parts)


RECORD_FIELDS = {"update": "progress", "comment": "progress", "percent": "status", "proposed_due": "due"}
"""Fields of columns whose value becomes another field of the action."""
NEW, DIFFERENT, ASKED = "+", "≠", "?"
"""Marks of a value that the row does not have, of one that differs from its cell, and of one that is asked about."""


def build_row_sections(source: Sequence[SourceCell], parts: Sequence[PlanPart]) -> Iterator[Section]:
    """Yield the cells of a row on the left and what they become on the right, then what the record has beside them."""
    record = next((part for part in parts if isinstance(part, AddedRecord)), None)
    added = {**record.values, "ref": record.ref or _("the next number")} if record else {}
    changed = {part.field: part.now for part in parts if isinstance(part, ChangedField)}
    asked = {part.field.partition("_from")[0] for part in parts if isinstance(part, Question)}
    is_open = bool(added or changed or asked)
    yield Pair("", format_heading(_("In the file")), format_heading(_("Becomes")))
    shown: set[str] = set()
    for cell in source:
        field = RECORD_FIELDS.get(cell.field or "", cell.field or "")
        value = changed.get(field, added.get(field))
        shown.add(field)
        if not cell.field:
            yield Pair(cell.heading, cell.text, _("left out"), "–")
        elif value is None and (field in asked or (field == "lead" and "note" in added)):
            yield Pair(cell.heading, cell.text, _("a question"), ASKED)
        elif value is None:
            yield Pair(cell.heading, cell.text, _("as it is") if is_open and not record else _("left out"))
        else:
            text = format_reported_value(field, str(value))
            is_same = normalize_text(text) == normalize_text(cell.text)
            yield Pair(cell.heading, cell.text, text, "" if is_same else DIFFERENT)
    for field, value in (*added.items(), *changed.items()):
        if field not in shown and value not in (None, "") and field not in ("ref", "note"):
            yield Pair(format_field_name(field), "–", format_reported_value(field, str(value)), NEW)


def list_parts_of_row(lines: Iterable[PlanLine], line: PlanLine) -> list[PlanPart]:
    """Return all parts of the plan about the row of a line."""
    place = find_row(format_place(line))
    return [
        part
        for other in lines
        if other.file == line.file
        for part in (other.alike or (other.part,))
        if find_row(part.row if isinstance(part, AddedRecord) else part.cell) == place
    ]


def find_row(place: str) -> tuple[str, str]:
    """Return sheet and number of the row of a cell or a row: "Open!F4"."""
    sheet, _mark, cell = place.rpartition("!")
    return sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _build_facts(part: PlanPart) -> Iterator[tuple[str, object]]:
    match part:
        case Question():
            yield _("Field"), format_part_field(part)
            returned = _("Returned") if part.base is not None else _("In the file")
            for label, value in ((_("Sent"), part.base), (_("Current"), part.ours), (returned, part.theirs)):
                yield label, format_reported_value(part.field, value) if value else None
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
    unchanged, files_change = sum(file.unchanged for file in files), bool(question_ids or changed or added)
    texts = [
        ", ".join((questions, _("{n} answered").format(n=decided))) if question_ids else "",
        _("{n:,} changed").format(n=changed) if changed else "",
        _("{n:,} new").format(n=added) if added else "",
        _("{n:,} unchanged").format(n=unchanged) if unchanged or not files_change else "",
        _("{n:,} kept").format(n=kept) if (kept := sum(file.kept for file in files)) else "",
        _("{n:,} to note").format(n=notes) if (notes := sum(len(file.warnings) for file in files)) else "",
    ]
    return "   ".join(part for part in texts if part)


def format_file_names(files: Sequence[Path]) -> str:
    """Return the names of the first three files and the number of others."""
    shown = ", ".join(path.name for path in files[:3])
    return shown if len(files) <= 3 else _("{named} and {n} more").format(named=shown, n=len(files) - 3)
