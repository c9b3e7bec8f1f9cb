"""Agenda and minutes as Markdown (CommonMark with tables) and as plain text. User text is literal in both."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from ahtc_tui.domain.documents.meeting_document import (
    ActionEntry,
    AttendanceGroup,
    DocumentKind,
    ItemEntry,
    MeetingDocument,
)
from ahtc_tui.domain.meetings.model import LineKind
from ahtc_tui.domain.welsh.file_language import in_each, said_in
from ahtc_tui.formats.markdown.blocks import Block, Heading, Listed, Table, Words
from ahtc_tui.formats.markdown.labels import fixed_words

WIDTH = 78
"""Columns of plain text, as mail programs wrap it."""

SPECIAL = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))")
STARTS = re.compile(r"^(\s*)(?:([#+\-=>:])|(\d{1,9})([.)]))")


def inline(text: str) -> str:
    """Text that Markdown shows as it was typed, within a line."""
    return SPECIAL.sub(r"\\\1", text)


def literal(text: str) -> str:
    """Text that Markdown shows as it was typed, where a line begins too."""
    return STARTS.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", inline(text)
    )


def marking_of(*documents: MeetingDocument) -> str:
    """The marking in every language of the paper."""
    return in_each((document.language for document in documents), lambda: documents[0].marking.label)


def as_markdown(*documents: MeetingDocument) -> str:
    """The document, in two languages if there are two, with its marking first and last."""
    marking = f"**{literal(marking_of(*documents))}**"
    said = (_markdown(block) for document in documents for block in blocks(document))
    return "\n\n".join([marking, *said, marking]) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {inline(text)}"
        case Words(text, strong, number):
            return " ".join(part for part in (number, f"**{inline(strong)}**" if strong else "", literal(text)) if part)
        case Listed(lines):
            return "\n".join(f"- {literal(line)}" for line in lines)
        case Table(headings, rows):
            literal_rows = [[inline(cell) for cell in row] for row in (headings, *rows)]
            marked = [literal_rows[0], ["---"] * len(headings), *literal_rows[1:]]
            return "\n".join(f"| {' | '.join(cells)} |" for cells in marked)


def as_text(*documents: MeetingDocument) -> str:
    """The document in lines of at most 78 characters where words allow it, with its marking first and last."""
    marking = marking_of(*documents).center(WIDTH).rstrip()
    said = (_text(block) for document in documents for block in blocks(document))
    return "\n\n".join([marking, *said, marking]) + "\n"


def _text(block: Block) -> str:
    match block:
        case Heading(level, text):
            line = "\n".join(_wrapped(text))
            longest = max(len(part) for part in line.splitlines() or [""])
            return f"{line}\n{('=' if level == 1 else '-') * longest}" if level < 3 else line
        case Words(text, strong, number):
            said = " ".join(part for part in (strong, text) if part)
            return "\n".join(_wrapped(said, f"{number:<6}" if number else ""))
        case Listed(lines):
            return "\n".join(part for line in lines for part in _wrapped(line, "- "))
        case Table(headings, rows):
            return "\n\n".join(_row_text(headings, row) for row in rows)


def _row_text(headings: Sequence[str], row: Sequence[str]) -> str:
    wide = max(len(heading) for heading in headings) + 2
    cells = [(heading, cell) for heading, cell in zip(headings, row, strict=True) if cell]
    return "\n".join(line for heading, cell in cells for line in _wrapped(cell, f"{heading}:".ljust(wide)))


def _wrapped(text: str, first: str = "") -> list[str]:
    rest = " " * len(first)
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False) or [first]


def blocks(document: MeetingDocument) -> Iterator[Block]:
    """The parts of the document in the order of the page."""
    with said_in(document.language):
        say, kind = fixed_words(), document.kind.label.lower()
    yield Heading(1, f"{document.group}: {kind}")
    facts = (
        (say["meeting"], document.title),
        (say["date"], document.when),
        (say["time"], document.time),
        (say["venue"], document.where),
        (say["link"], document.link),
        (say["reference"], document.ref),
        (say["state"], document.standing),
        (say["version"], document.version),
    )
    yield Listed(tuple(f"{label}: {value}" for label, value in facts if value))
    for words in (document.remark, document.warning):
        if words:
            yield Words("", words)
    if document.note:
        yield Words(document.note, f"{say['note']}:")
    yield from _brief(document.brief, say)
    if document.kind is DocumentKind.MINUTES:
        yield from _minutes(document, say)
    else:
        yield from _agenda(document, say)
    if document.papers:
        yield Heading(2, say["papers"])
        headings = ("paper", "title", "author", "due", "standing")
        rows = tuple((paper.ref, paper.title, paper.author, paper.due, paper.standing) for paper in document.papers)
        yield Table(tuple(say[name] for name in headings), rows)
    if document.next_meeting:
        yield Heading(2, say["next_meeting"])
        yield Words(document.next_meeting)


def _agenda(document: MeetingDocument, say: dict[str, str]) -> Iterator[Block]:
    yield Heading(2, say["agenda"])
    if not document.agenda:
        yield Words(say["no_items"])
    for item in document.agenda:
        if item.section:
            yield Words("", item.section)
        facts = ", ".join(part for part in (item.at, item.presenter, item.minutes) if part)
        yield Words(item.title + (f" ({facts})" if facts else ""), number=f"{item.number}.")
        for paper in item.papers:
            yield Words(paper, f"{say['paper']}:")
        if item.note:
            yield Words(item.note, f"{say['note']}:")
        yield from _brief(item.brief, say)


def _minutes(document: MeetingDocument, say: dict[str, str]) -> Iterator[Block]:
    yield Heading(2, say["attendance"])
    yield from _attendance(document.attendance)
    if not document.attendance:
        yield Words(say["no_attendance"])
    for item in document.agenda:
        yield from _item(item, say)
    yield Heading(2, say["decisions"])
    if document.decisions:
        decided = tuple((decision.ref, decision.text) for decision in document.decisions)
        yield Table((say["reference"], say["decision"]), decided)
    else:
        yield Words(say["no_decisions"])
    yield Heading(2, say["actions"])
    yield _actions(document.actions, say) if document.actions else Words(say["none_agreed"])
    if document.amendments:
        yield Heading(2, say["amendments"])
        rows = tuple((one.number, one.was, one.now, one.by) for one in document.amendments)
        yield Table(tuple(say[name] for name in ("paragraph", "was", "now", "amended_by")), rows)


def _attendance(groups: Sequence[AttendanceGroup]) -> Iterator[Block]:
    lines: list[str] = []
    for group in groups:
        if group.heading:
            if lines:
                yield Listed(tuple(lines))
            lines = []
            yield Heading(3, group.heading)
        people = "; ".join(group.people)
        lines.append(": ".join(part for part in (group.organisation, people) if part))
    if lines:
        yield Listed(tuple(lines))


def _item(item: ItemEntry, say: dict[str, str]) -> Iterator[Block]:
    if item.section:
        yield Words("", item.section)
    yield Heading(2, f"{item.number}. {item.title}")
    if item.presenter:
        yield Words(f"{say['presenter']}: {item.presenter}")
    if item.silence:
        yield Words(item.silence)
    for line in item.lines:
        match line.kind:
            case LineKind.ACTION:
                owed = "; ".join(part for part in (line.lead, line.due) if part)
                text = f"{line.text} ({say['action_by']}: {owed or '–'})"
                yield Words(text, f"{say['action']} {line.ref}:", line.number)
            case LineKind.DECISION:
                yield Words(line.text, f"{say['decision']} {line.ref}:", line.number)
            case LineKind.NOTE:
                yield Words(line.text, number=line.number)
    if item.no_actions:
        yield Words(say["no_actions"])
    yield from _brief(item.brief, say)


def _brief(actions: Sequence[ActionEntry], say: dict[str, str]) -> Iterator[Block]:
    if actions:
        yield Words("", say["brief"])
        yield _actions(actions, say)


def _actions(actions: Sequence[ActionEntry], say: dict[str, str]) -> Table:
    headings = (say["reference"], say["action"], say["lead"], say["due"])
    return Table(
        headings, tuple((action.ref, action.text, action.lead or "–", action.due or "–") for action in actions)
    )
