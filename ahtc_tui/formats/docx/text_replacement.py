"""Other words in a Word file that stands already, whatever runs its text is cut into. Never its form.

The same file and the same words give the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from html import unescape
from io import BytesIO
from itertools import accumulate
from xml.sax.saxutils import escape

PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)|<w:(?:tab|br|cr)(?: [^>]*)?/>")
"""A piece of text, or what parts two of them: a tab or the end of a line."""
PARTED = "\n"
WORD = re.compile(r"\w+|\W")
FIELD = re.compile(r"(<(?:dc|cp):\w+[^>]*>)([^<]+)(</)")


def rewritten(document: str, change: Callable[[str], str]) -> str:
    """A Word file in base64 with `change` applied to the text of each paragraph; the same where nothing changes."""
    try:
        data = b64decode(document, validate=True)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [(info, archive.read(info)) for info in archive.infolist()]
    except (ValueError, zipfile.BadZipFile):
        return document
    new = [(info, _part(info.filename, part, change)) for info, part in parts]
    if all(one == other for (_i, one), (_j, other) in zip(parts, new, strict=True)):
        return document
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, part in new:
            archive.writestr(info, part)
    return b64encode(made.getvalue()).decode("ascii")


def _part(name: str, data: bytes, change: Callable[[str], str]) -> bytes:
    if not name.endswith(".xml"):
        return data
    text = data.decode("utf-8")
    if name.startswith("word/"):
        return PARAGRAPH.sub(lambda found: _paragraph(found.group(), change), text).encode()
    if name.startswith("docProps/"):
        return FIELD.sub(lambda m: m[1] + escape(change(unescape(m[2]))) + m[3], text).encode()
    return data


def _paragraph(xml: str, change: Callable[[str], str]) -> str:
    """A paragraph with other words: they stand in the run in which the change begins."""
    runs = [PARTED if found[2] is None else unescape(found[2]) for found in TEXT.finditer(xml)]
    before = "".join(runs)
    after = change(before)
    if after == before:
        return xml
    said = iter(_shared_out(runs, before, after))

    def put(found: re.Match[str]) -> str:
        words = next(said)
        return found[0] if found[2] is None else found[1] + escape(words) + found[3]

    return TEXT.sub(put, xml)


def _shared_out(runs: list[str], before: str, after: str) -> list[str]:
    """The new text cut into as many runs: what stays the same stays in its run, and nothing new goes into a tab."""
    from difflib import SequenceMatcher

    new = [""] * len(runs)
    owner = [n for n, run in enumerate(runs) for _letter in run]
    old_words, new_words = WORD.findall(before), WORD.findall(after)
    starts = [0, *accumulate(map(len, old_words))]
    for kind, first, _last, start, end in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        said = "".join(new_words[start:end])
        if kind == "equal":
            for at, letter in enumerate(said, starts[first]):
                new[owner[at]] += letter
        else:
            place = owner[min(starts[first], len(owner) - 1)]
            rest = (n for n in (*range(place, len(runs)), *range(place, -1, -1)) if runs[n] != PARTED)
            new[next(rest)] += said
    return new
