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
        with use_language(language):
            blocks += _render_paper(paper)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _render_paper(paper: OfficePaper) -> Iterator[str]:
    yield f"**{paper.marking.label}**"
    yield f"# {_escape_text(paper.title)}"
    yield _escape_text(paper.subtitle)
    yield "\n".join(f"- **{_escape_text(label)}:** {_escape_text(value)}" for label, value in paper.facts)
    for part in paper.parts:
        yield from _render_part(part.without_empty_columns())
    yield f"**{paper.marking.label}**"


def _render_part(part: PaperPart) -> Iterator[str]:
    yield f"## {_escape_text(part.heading)}"
    yield from (_escape_text(line) for line in part.lines)
    yield "\n".join(f"- {_escape_text(point)}" for point in part.points)
    yield from (_render_numbered(numbered) for numbered in part.paragraphs)
    if part.rows:
        head = [_render_row(part.head), "|" + " --- |" * len(part.head)]
        yield "\n".join([*head, *(_render_row(row) for row in part.rows)])
    elif part.is_empty:
        empty_note = part.none or _("None.")
        yield f"*{empty_note}*"


def _render_numbered(numbered: NumberedParagraph) -> str:
    head = (
        f"**{_escape_text(f'{numbered.number} {numbered.title}')}** {_append_ref(numbered.text, numbered.ref)}".replace(
            " **", "**", 1
        ).rstrip()
    )
    points = [f"- {_append_ref(point.text, point.ref)}" for point in numbered.points]
    note = [f"*{_escape_text(numbered.note)}*"] if numbered.note else []
    return "\n\n".join([head, *(["\n".join(points)] if points else []), *note])


def _append_ref(text: str, ref: str) -> str:
    return f"{_escape_text(text)} ({_escape_text(ref)})" if ref else _escape_text(text)


def _render_row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_escape_text(cell) for cell in cells) + " |"


def _escape_text(text: str) -> str:
    return escape_inline(" ".join(escape_controls(text).split()))
