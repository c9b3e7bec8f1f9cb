"""Edits of an issued Word file, as Word writes them: tracked changes, comments, moved paragraphs, plain edits."""

from __future__ import annotations

import copy
from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

STAMP = {"w:author": "Chair", "w:date": "2013-12-20T10:00:00Z"}
Edit = Callable[[Any], None]


def edit_word_file(data: bytes, *edits: Edit) -> bytes:
    """Return the bytes of a document after some edits."""
    document = Document(BytesIO(data))
    for edit in edits:
        edit(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def find_paragraph(document: Any, words: str) -> Any:
    """Return the first paragraph with some words, also in tables."""
    paragraphs = [
        *document.paragraphs,
        *(p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs),
    ]
    return next(paragraph for paragraph in paragraphs if words in paragraph.text)


def replace_words(old: str, new: str, *, tracked: bool = True, author: str = "Chair", nth: int = 0) -> Edit:
    """Replace words in the paragraphs that have them, tracked or not; `nth` counts the paragraphs."""

    def edit(document: Any) -> None:
        texts = [
            *document.paragraphs,
            *(p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs),
        ]
        paragraph = [p for p in texts if old in p.text][nth]
        runs = [run for run in paragraph.runs if old in run.text]
        run = runs[0]
        before, _old, after = run.text.partition(old)
        if not tracked:
            run.text = f"{before}{new}{after}"
            return
        parts: list[Any] = [_make_run(run._r, before)]
        parts += [_wrap("w:del", author, _make_run(run._r, old, deleted=True))] if old else []
        parts += [_wrap("w:ins", author, _make_run(run._r, new))] if new else []
        parts.append(_make_run(run._r, after))
        for part in parts:
            run._r.addprevious(part)
        run._r.getparent().remove(run._r)

    return edit


def insert_words(after: str, new: str) -> Edit:
    """Insert tracked words after others."""

    def edit(document: Any) -> None:
        paragraph = find_paragraph(document, after)
        run = next(run for run in paragraph.runs if after in run.text)
        before, _after, rest = run.text.partition(after)
        for part in (
            _make_run(run._r, before + after),
            _wrap("w:ins", "Chair", _make_run(run._r, new)),
            _make_run(run._r, rest),
        ):
            run._r.addprevious(part)
        run._r.getparent().remove(run._r)

    return edit


def delete_paragraph(words: str, *, tracked: bool = True) -> Edit:
    """Delete a whole paragraph."""

    def edit(document: Any) -> None:
        element = find_paragraph(document, words)._p
        if not tracked:
            element.getparent().remove(element)
            return
        for run in list(element.findall(qn("w:r"))):
            wrapper = _wrap(
                "w:del", "Chair", _make_run(run, "".join(t.text or "" for t in run.iter(qn("w:t"))), deleted=True)
            )
            run.addprevious(wrapper)
            element.remove(run)
        mark = OxmlElement("w:rPr")
        mark.append(_mark("w:del", "Chair"))
        element.get_or_add_pPr().append(mark)

    return edit


def add_paragraph(after: str, words: str, *, tracked: bool = True) -> Edit:
    """Add a paragraph after another one."""

    def edit(document: Any) -> None:
        element = find_paragraph(document, after)._p
        new = OxmlElement("w:p")
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = words
        run.append(text)
        new.append(_wrap("w:ins", "Chair", run) if tracked else run)
        element.addnext(new)

    return edit


def move_paragraph(words: str, after: str, *, tracked: bool = True) -> Edit:
    """Move a paragraph behind another one, as Word marks it or by cutting and pasting."""

    def edit(document: Any) -> None:
        element, target = find_paragraph(document, words)._p, find_paragraph(document, after)._p
        moved = copy.deepcopy(element)
        target.addnext(moved)
        if not tracked:
            element.getparent().remove(element)
            return
        for run in list(moved.findall(qn("w:r"))):
            wrapper = _mark("w:moveTo", "Chair")
            run.addprevious(wrapper)
            wrapper.append(run)
        for run in list(element.findall(qn("w:r"))):
            wrapper = _mark("w:moveFrom", "Chair")
            run.addprevious(wrapper)
            wrapper.append(run)

    return edit


def split_paragraph(at: str) -> Edit:
    """Begin another paragraph at some words."""

    def edit(document: Any) -> None:
        paragraph = find_paragraph(document, at)
        run = next(run for run in paragraph.runs if at in run.text)
        before, _at, rest = run.text.partition(at)
        run.text = before
        new = OxmlElement("w:p")
        new.append(_make_run(run._r, at + rest))
        paragraph._p.addnext(new)

    return edit


def join_paragraphs(first: str, second: str) -> Edit:
    """Join a paragraph with the next one."""

    def edit(document: Any) -> None:
        left, right = find_paragraph(document, first), find_paragraph(document, second)
        left.add_run(" " + right.text.split("\t", 1)[-1])
        right._p.getparent().remove(right._p)

    return edit


def comment_on(words: str, remark: str) -> Edit:
    """Add a comment on a paragraph."""

    def edit(document: Any) -> None:
        paragraph = find_paragraph(document, words)
        document.add_comment(paragraph.runs, text=remark, author="Chair", initials="C")

    return edit


def format_bold(words: str) -> Edit:
    """Make a paragraph bold."""

    def edit(document: Any) -> None:
        for run in find_paragraph(document, words).runs:
            run.bold = True

    return edit


def _make_run(model: Any, words: str, *, deleted: bool = False) -> Any:
    """Return a copy of a run with other words; a tab at the beginning stays one."""
    run = copy.deepcopy(model)
    for child in list(run):
        if child.tag != qn("w:rPr"):
            run.remove(child)
    for number, part in enumerate(words.split("\t")):
        if number:
            run.append(OxmlElement("w:tab"))
        text = OxmlElement("w:delText" if deleted else "w:t")
        text.text = part
        text.set(qn("xml:space"), "preserve")
        run.append(text)
    return run


def _mark(name: str, author: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:id"), "900")
    element.set(qn("w:author"), author)
    element.set(qn("w:date"), STAMP["w:date"])
    return element


def _wrap(name: str, author: str, run: Any) -> Any:
    element = _mark(name, author)
    element.append(run)
    return element
