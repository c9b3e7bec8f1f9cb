"""Agenda and minutes as Markdown (CommonMark with tables) and as plain text. User text is escaped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahtc_tui.domain.documents.meeting_document import (
    ActionEntry,
    AttendanceGroup,
    DocumentKind,
    ItemEntry,
    MeetingDocument,
    PaperEntry,
)
from ahtc_tui.domain.i18n import use_language
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.formats.markdown.labels import build_labels


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with an optional number and a bold beginning."""

    text: str
    strong: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; plain text shows each row as a paragraph."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | BulletList | Table


WIDTH = 78
"""Maximum line length of plain text, as mail programs wrap it."""

SPECIAL_CHARACTERS = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))")
LINE_START = re.compile(r"^(\s*)(?:([#+\-=>:])|(\d{1,9})([.)]))")


def escape_inline(text: str) -> str:
    """Return text escaped for Markdown within a line."""
    return SPECIAL_CHARACTERS.sub(r"\\\1", text)


def escape_line(text: str) -> str:
    """Return text escaped for Markdown at the beginning of a line."""
    return LINE_START.sub(
        lambda match: f"{match[1]}\\{match[2]}" if match[2] else f"{match[1]}{match[3]}\\{match[4]}",
        escape_inline(text),
    )


def render_meeting_markdown(*documents: MeetingDocument) -> str:
    """Return the document in one or two languages; each half begins and ends with its marking."""
    halves: list[str] = []
    for document in documents:
        marking = f"**{escape_line(format_marking(document))}**"
        halves += [marking, *map(_render_markdown, build_blocks(document)), marking]
    return "\n\n".join(halves) + "\n"


def format_marking(document: MeetingDocument) -> str:
    """Return the marking in the language of the document."""
    with use_language(document.language):
        return document.marking.label


def _render_markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escape_inline(text)}"
        case Paragraph(text, strong, number):
            return " ".join(
                part for part in (number, f"**{escape_inline(strong)}**" if strong else "", escape_line(text)) if part
            )
        case BulletList(lines):
            return "\n".join(f"- {escape_line(line)}" for line in lines)
        case Table(headings, rows):
            literal_rows = [[escape_inline(cell) for cell in row] for row in (headings, *rows)]
            marked = [literal_rows[0], ["---"] * len(headings), *literal_rows[1:]]
            return "\n".join(f"| {' | '.join(cells)} |" for cells in marked)


def render_meeting_text(*documents: MeetingDocument) -> str:
    """Return the document in lines of at most 78 characters, in halves as `render_meeting_markdown`."""
    halves: list[str] = []
    for document in documents:
        marking = format_marking(document).center(WIDTH).rstrip()
        halves += [marking, *map(_render_text, build_blocks(document)), marking]
    return "\n\n".join(halves) + "\n"


def _render_text(block: Block) -> str:
    match block:
        case Heading(level, text):
            line = "\n".join(_wrap_text(text))
            longest = max(len(part) for part in line.splitlines() or [""])
            return f"{line}\n{('=' if level == 1 else '-') * longest}" if level < 3 else line
        case Paragraph(text, strong, number):
            paragraph = " ".join(part for part in (strong, text) if part)
            return "\n".join(_wrap_text(paragraph, f"{number:<6}" if number else ""))
        case BulletList(lines):
            return "\n".join(part for line in lines for part in _wrap_text(line, "- "))
        case Table(headings, rows):
            return "\n\n".join(_render_text_row(headings, row) for row in rows)


def _render_text_row(headings: Sequence[str], row: Sequence[str]) -> str:
    label_width = max(len(heading) for heading in headings) + 2
    cells = [(heading, cell) for heading, cell in zip(headings, row, strict=True) if cell]
    return "\n".join(line for heading, cell in cells for line in _wrap_text(cell, f"{heading}:".ljust(label_width)))


def _wrap_text(text: str, prefix: str = "") -> list[str]:
    indent = " " * len(prefix)
    return textwrap.wrap(text, WIDTH, initial_indent=prefix, subsequent_indent=indent, break_long_words=False) or [
        prefix
    ]


def build_blocks(document: MeetingDocument) -> Iterator[Block]:
    """Yield the blocks of the document in page order."""
    with use_language(document.language):
        labels, kind = build_labels(), document.kind.label.lower()
    yield Heading(1, f"{document.group}: {kind}")
    facts = (
        (labels["meeting"], document.title),
        (labels["date"], document.when),
        (labels["time"], document.time),
        (labels["venue"], document.where),
        (labels["link"], document.link),
        (labels["reference"], document.ref),
        (labels["state"], document.standing),
        (labels["version"], document.version),
    )
    yield BulletList(tuple(f"{label}: {value}" for label, value in facts if value))
    for text in (document.remark, document.warning):
        if text:
            yield Paragraph("", text)
    if document.note:
        yield Paragraph(document.note, f"{labels['note']}:")
    yield from _build_brief(document.brief, labels)
    if document.kind is DocumentKind.MINUTES:
        yield from _build_minutes(document, labels)
    else:
        yield from _build_agenda(document, labels)
    if document.papers:
        yield Heading(2, labels["papers"])
        yield BulletList(tuple(map(_format_paper, document.papers)))
    if document.next_meeting:
        yield Heading(2, labels["next_meeting"])
        yield Paragraph(document.next_meeting)


def _format_paper(paper: PaperEntry) -> str:
    title = " ".join(part for part in (paper.ref, paper.title) if part)
    name = f"{title} ({paper.author})" if paper.author else title
    return ". ".join(part for part in (name, paper.withheld) if part)


def _build_agenda(document: MeetingDocument, labels: dict[str, str]) -> Iterator[Block]:
    yield Heading(2, labels["agenda"])
    if not document.agenda:
        yield Paragraph(labels["no_items"])
    for item in document.agenda:
        if item.section:
            yield Paragraph("", item.section)
        facts = ", ".join(part for part in (item.at, item.presenter, item.minutes) if part)
        yield Paragraph(item.title + (f" ({facts})" if facts else ""), number=f"{item.number}.")
        for paper in item.papers:
            yield Paragraph(paper, f"{labels['paper']}:")
        if item.note:
            yield Paragraph(item.note, f"{labels['note']}:")
        yield from _build_brief(item.brief, labels)


def _build_minutes(document: MeetingDocument, labels: dict[str, str]) -> Iterator[Block]:
    yield Heading(2, labels["attendance"])
    yield from _build_attendance(document.attendance)
    if not document.attendance:
        yield Paragraph(labels["no_attendance"])
    for item in document.agenda:
        yield from _build_item(item, labels)
    if document.decisions:
        yield Heading(2, labels["decisions"])
        decided = tuple((decision.ref or "–", decision.text) for decision in document.decisions)
        yield Table((labels["number"], labels["decision"]), decided)
    yield Heading(2, labels["actions"])
    yield _build_action_table(document.actions, labels) if document.actions else Paragraph(labels["none_agreed"])
    if document.amendments:
        yield Heading(2, labels["amendments"])
        rows = tuple(
            (amendment.number, amendment.was, amendment.now, amendment.by) for amendment in document.amendments
        )
        yield Table(tuple(labels[name] for name in ("paragraph", "was", "now", "amended_by")), rows)


def _build_attendance(groups: Sequence[AttendanceGroup]) -> Iterator[Block]:
    for group in groups:
        yield Heading(3, group.heading)
        yield BulletList(group.people)


def _build_item(item: ItemEntry, labels: dict[str, str]) -> Iterator[Block]:
    if item.section:
        yield Paragraph("", item.section)
    yield Heading(2, f"{item.number}. {item.title}")
    if item.silence:
        yield Paragraph(item.silence)
    for line in item.lines:
        match line.kind:
            case LineKind.ACTION:
                action_by = "; ".join(part for part in (line.lead, line.due) if part)
                text = f"{line.text} ({labels['action_by']}: {action_by or '–'})"
                yield Paragraph(text, _format_label(labels["action"], line.ref), line.number)
            case LineKind.DECISION:
                yield Paragraph(line.text, _format_label(labels["decision"], line.ref), line.number)
            case LineKind.NOTE:
                yield Paragraph(line.text, number=line.number)
    yield from _build_brief(item.brief, labels)


def _format_label(label: str, ref: str) -> str:
    return f"{' '.join(part for part in (label, ref) if part)}:"


def _build_brief(actions: Sequence[ActionEntry], labels: dict[str, str]) -> Iterator[Block]:
    if actions:
        yield Paragraph("", labels["brief"])
        yield _build_action_table(actions, labels)


def _build_action_table(actions: Sequence[ActionEntry], labels: dict[str, str]) -> Table:
    headings = (labels["number"], labels["action"], labels["lead"], labels["due"])
    return Table(
        headings, tuple((action.ref or "–", action.text, action.lead or "–", action.due or "–") for action in actions)
    )
