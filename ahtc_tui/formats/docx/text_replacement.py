"""Replacement of text in existing Word files across runs, without changes to formatting.

Equal input gives equal bytes.
"""

from __future__ import annotations

import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from html import escape, unescape
from io import BytesIO
from itertools import accumulate

PARAGRAPH_START = re.compile(r"<w:p[ >]")
PARAGRAPH_END = "</w:p>"
TEXT = re.compile(r"(<w:t(?: [^<>]*)?>)([^<]*)(</w:t>)|<w:(?:tab|br|cr)(?: [^<>]*)?/>")
"""A text element, or an element that separates two: a tab or a line break."""
RUN_BREAK = "\n"
WORD = re.compile(r"\w+|\W")
PROPERTY = re.compile(r"(<(?:dc|cp):\w[^<>]*>)([^<]+)(</)")


def replace_text(document: str, change: Callable[[str], str]) -> str:
    """Return a Word file in base64 with `change` applied to each paragraph; the same string if nothing changes."""
    try:
        data = b64decode(document, validate=True)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [(info, archive.read(info)) for info in archive.infolist()]
    except (ValueError, zipfile.BadZipFile):
        return document
    new_parts = [(info, _replace_in_part(info.filename, part, change)) for info, part in parts]
    if all(old_part == new_part for (_i, old_part), (_j, new_part) in zip(parts, new_parts, strict=True)):
        return document
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, part in new_parts:
            archive.writestr(info, part)
    return b64encode(buffer.getvalue()).decode("ascii")


def _replace_in_part(name: str, data: bytes, change: Callable[[str], str]) -> bytes:
    if not name.endswith(".xml"):
        return data
    text = data.decode("utf-8")
    if name.startswith("word/"):
        *chunks, rest = text.split(PARAGRAPH_END)
        return "".join((*(_replace_in_chunk(chunk, change) for chunk in chunks), rest)).encode()
    if name.startswith("docProps/"):
        return PROPERTY.sub(
            lambda match: match[1] + escape(change(unescape(match[2])), quote=False) + match[3], text
        ).encode()
    return data


def _replace_in_chunk(chunk: str, change: Callable[[str], str]) -> str:
    """Return the text up to the end of a paragraph, which is added, with the paragraph changed."""
    start = PARAGRAPH_START.search(chunk)
    if start is None:
        return chunk + PARAGRAPH_END
    return chunk[: start.start()] + _replace_in_paragraph(chunk[start.start() :] + PARAGRAPH_END, change)


def _replace_in_paragraph(xml: str, change: Callable[[str], str]) -> str:
    """Return the paragraph with its text changed; new text is in the run in which the change begins."""
    runs = [RUN_BREAK if match[2] is None else unescape(match[2]) for match in TEXT.finditer(xml)]
    before = "".join(runs)
    after = change(before)
    if after == before:
        return xml
    texts = iter(_distribute_text(runs, before, after))

    def replace_run(match: re.Match[str]) -> str:
        run_text = next(texts)
        return match[0] if match[2] is None else match[1] + escape(run_text, quote=False) + match[3]

    return TEXT.sub(replace_run, xml)


def _distribute_text(runs: list[str], before: str, after: str) -> list[str]:
    """Return the new text of each run: unchanged text stays in its run, and no text goes into a break."""
    from difflib import SequenceMatcher

    new_runs = [""] * len(runs)
    owner = [n for n, run in enumerate(runs) for _letter in run]
    old_words, new_words = WORD.findall(before), WORD.findall(after)
    starts = [0, *accumulate(map(len, old_words))]
    for kind, first, _last, start, end in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        text = "".join(new_words[start:end])
        if kind == "equal":
            for position, letter in enumerate(text, starts[first]):
                new_runs[owner[position]] += letter
        else:
            run_index = owner[min(starts[first], len(owner) - 1)]
            positions = (n for n in (*range(run_index, len(runs)), *range(run_index, -1, -1)) if runs[n] != RUN_BREAK)
            new_runs[next(positions)] += text
    return new_runs
