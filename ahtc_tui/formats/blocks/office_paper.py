"""An office paper as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.documents.office_paper import LetterFrame, NumberedParagraph, OfficePaper, PaperPart
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.formats.blocks.model import Block, BlockDocument, BulletList, Facts, Heading, Paragraph, Table


def build_paper_blocks(language: Language, paper: OfficePaper) -> BlockDocument:
    """Return a paper as blocks, in its language."""
    notes: list[str] = []
    with use_language(language):
        blocks = tuple(_build_blocks(paper, notes))
        return BlockDocument(
            language,
            clean_text(paper.title),
            clean_text(paper.subtitle),
            paper.marking.label,
            format_author(),
            blocks,
            tuple(notes),
        )


def clean_text(text: str) -> str:
    """Return text on one line, without control characters."""
    return " ".join(escape_controls(text).split())


def _build_blocks(paper: OfficePaper, notes: list[str]) -> Iterator[Block]:
    if paper.letter:
        yield from _build_letter(paper, paper.letter, notes)
        return
    yield Heading(1, clean_text(paper.title))
    if paper.head:
        yield Paragraph(clean_text(", ".join(part for part in (paper.head.name, paper.head.contact_line) if part)))
    if paper.subtitle:
        yield Paragraph(clean_text(paper.subtitle))
    if paper.facts:
        yield Facts(tuple((clean_text(label), clean_text(value)) for label, value in paper.facts))
    for part in paper.parts:
        yield from _build_part(part.without_empty_columns(), notes)


def _build_letter(paper: OfficePaper, frame: LetterFrame, notes: list[str]) -> Iterator[Block]:
    """Yield a letter; its subject comes first, as the heading of the file."""
    yield Heading(1, clean_text(paper.title))
    head = (frame.head.name, *frame.head.address, frame.head.email)
    for lines in (head, frame.addressee, (paper.subtitle,), (frame.salutation,)):
        if text := ", ".join(clean_text(line) for line in lines if line):
            yield Paragraph(text)
    for number, part in enumerate(paper.parts):
        yield from _build_part(part.without_empty_columns(), notes)
        if paper.facts and not number:
            yield Facts(tuple((clean_text(label), clean_text(value)) for label, value in paper.facts))
    yield Paragraph(clean_text(frame.closing))
    for line in frame.signature:
        yield Paragraph(clean_text(line))


def _build_part(part: PaperPart, notes: list[str]) -> Iterator[Block]:
    heading = clean_text(part.heading)
    if heading:
        yield Heading(2, heading)
    for line in part.sentences:
        yield Paragraph(clean_text(line))
    if part.points:
        yield BulletList(tuple(map(clean_text, part.points)))
    for numbered in part.paragraphs:
        yield from _build_numbered(numbered, notes)
    if part.rows:
        rows = tuple(tuple(map(clean_text, row)) for row in part.rows)
        yield Table(tuple(map(clean_text, part.head)), rows, heading)
    elif part.is_empty:
        yield Paragraph(clean_text(part.none or _("No entries.")), is_remark=True)


def _build_numbered(numbered: NumberedParagraph, notes: list[str]) -> Iterator[Block]:
    """Yield a paragraph and its points; the texts of its footnotes are added to `notes`."""
    pieces = []
    for text, note in numbered.split_at_sources() if numbered.sources else ():
        if note:
            notes.append(clean_text(note))
        pieces.append((f"{' ' if text[:1].isspace() else ''}{clean_text(text)}", len(notes) if note else 0))
    yield Paragraph(
        clean_text(numbered.text),
        clean_text(numbered.run_in_title),
        clean_text(numbered.number),
        bracket=clean_text(numbered.ref),
        pieces=tuple(pieces),
    )
    if numbered.points:
        yield BulletList(tuple(_append_ref(point.text, point.ref) for point in numbered.points))
    if numbered.note:
        yield Paragraph(clean_text(numbered.note), is_remark=True)


def _append_ref(text: str, ref: str) -> str:
    return f"{clean_text(text)} ({clean_text(ref)})" if ref else clean_text(text)
