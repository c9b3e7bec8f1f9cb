"""A short paper of the office as Markdown. User text is literal whatever it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.terminal import safe
from ahtc_tui.domain.welsh.file_language import said_in
from ahtc_tui.formats.markdown.meeting import inline

if TYPE_CHECKING:
    from ahtc_tui.domain.documents.meeting_document import Language
    from ahtc_tui.domain.documents.office_paper import Numbered, OfficePaper, Part


def as_markdown(papers: Sequence[tuple[Language, OfficePaper]]) -> str:
    """The paper, in two languages if there are two, from its marking on top to its marking at the bottom."""
    blocks: list[str] = []
    for language, paper in papers:
        with said_in(language):
            blocks += _paper(paper)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _paper(paper: OfficePaper) -> Iterator[str]:
    yield f"**{paper.marking.label}**"
    yield f"# {_said(paper.title)}"
    yield _said(paper.subtitle)
    yield "\n".join(f"- **{_said(label)}:** {_said(value)}" for label, value in paper.facts)
    for part in paper.parts:
        yield from _part(part)
    yield f"**{paper.marking.label}**"


def _part(part: Part) -> Iterator[str]:
    yield f"## {_said(part.heading)}"
    yield from (_said(line) for line in part.lines)
    yield from (_numbered(one) for one in part.paragraphs)
    if part.rows:
        head = [_row(part.head), "|" + " --- |" * len(part.head)]
        yield "\n".join([*head, *(_row(row) for row in part.rows)])
    elif part.empty:
        yield f"*{part.none or _('None.')}*"


def _numbered(one: Numbered) -> str:
    head = f"**{_said(f'{one.number} {one.title}')}** {_with_ref(one.text, one.ref)}".replace(" **", "**", 1).rstrip()
    points = [f"- {_with_ref(point.text, point.ref)}" for point in one.points]
    note = [f"*{_said(one.note)}*"] if one.note else []
    return "\n\n".join([head, *(["\n".join(points)] if points else []), *note])


def _with_ref(text: str, ref: str) -> str:
    return f"{_said(text)} ({_said(ref)})" if ref else _said(text)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_said(cell) for cell in cells) + " |"


def _said(text: str) -> str:
    return inline(" ".join(safe(text).split()))
