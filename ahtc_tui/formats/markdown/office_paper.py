"""A short office paper as Markdown. User text is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahtc_tui.domain.documents.office_paper import NumberedParagraph, OfficePaper, PaperPart
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.text.terminal import escape_controls
from ahtc_tui.formats.markdown.meeting import escape_inline


def render_office_paper(papers: Sequence[tuple[Language, OfficePaper]]) -> str:
    """Return the paper, in one or two languages, with the marking at the beginning and at the end."""
    blocks: list[str] = []
    for language, paper in papers:
        notes: list[str] = []
        with use_language(language):
            blocks += _render_paper(paper, notes, f"{language}-")
    return "\n\n".join(block for block in blocks if block) + "\n"


def _render_paper(paper: OfficePaper, notes: list[str], prefix: str) -> Iterator[str]:
    yield f"**{paper.marking.label}**"
    yield f"# {_escape_text(paper.title)}"
    yield _escape_text(paper.subtitle)
    yield "\n".join(f"- **{_escape_text(label)}:** {_escape_text(value)}" for label, value in paper.facts)
    for part in paper.parts:
        yield from _render_part(part.without_empty_columns(), notes, prefix)
    yield "\n".join(f"[^{prefix}{number}]: {note}" for number, note in enumerate(notes, 1))
    yield f"**{paper.marking.label}**"


def _render_part(part: PaperPart, notes: list[str], prefix: str) -> Iterator[str]:
    yield f"## {_escape_text(part.heading)}"
    yield from (_escape_text(line) for line in part.lines)
    yield "\n".join(f"- {_escape_text(point)}" for point in part.points)
    yield from (_render_numbered(numbered, notes, prefix) for numbered in part.paragraphs)
    if part.rows:
        head = [_render_row(part.head), "|" + " --- |" * len(part.head)]
        yield "\n".join([*head, *(_render_row(row) for row in part.rows)])
    elif part.is_empty:
        empty_note = part.none or _("None.")
        yield f"*{empty_note}*"


def _render_numbered(numbered: NumberedParagraph, notes: list[str], prefix: str) -> str:
    """Return a paragraph; the texts of its footnotes are added to `notes`."""
    pieces = []
    for text, note in numbered.split_at_sources():
        space = " " if text[:1].isspace() else ""
        if note:
            notes.append(_escape_text(note))
        pieces.append(f"{space}{_escape_text(text)}{f'[^{prefix}{len(notes)}]' if note else ''}")
    number = f"**{_escape_text(f'{numbered.number} {numbered.run_in_title}')}**"
    head = " ".join(part for part in (number, "".join(pieces), _append_ref("", numbered.ref).strip()) if part)
    points = [f"- {_append_ref(point.text, point.ref)}" for point in numbered.points]
    remark = [f"*{_escape_text(numbered.note)}*"] if numbered.note else []
    return "\n\n".join([head, *(["\n".join(points)] if points else []), *remark])


def _append_ref(text: str, ref: str) -> str:
    return f"{_escape_text(text)} ({_escape_text(ref)})" if ref else _escape_text(text)


def _render_row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_escape_text(cell) for cell in cells) + " |"


def _escape_text(text: str) -> str:
    return escape_inline(" ".join(escape_controls(text).split()))
