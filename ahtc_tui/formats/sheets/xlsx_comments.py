"""Comments and struck-out words of an xlsx workbook, which readers of values leave out."""

from __future__ import annotations

import re
from typing import Any

from ahtc_tui.formats.sheets.grid import clean, column_number
from ahtc_tui.formats.sheets.xlsx_parts import NotReadable, Package, is_true, local

_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_THREADED = "[Threaded comment]"
MOST_COMMENTS = 20_000


def comments_of(package: Package, part: str) -> dict[tuple[int, int], str]:
    """The comments of a sheet by (row from 1, column from 0); those of a thread are joined by line ends."""
    found: dict[tuple[int, int], str] = {}
    for kind in ("threadedComment", "comments"):
        for target in package.related(part, kind):
            try:
                root = package.root(target)
            except NotReadable:
                continue
            _add(root, found)
    return found


def _add(root: Any, found: dict[tuple[int, int], str]) -> None:
    is_old = local(root.tag) == "comments"
    before = set(found)
    for comment in root.iter():
        if local(comment.tag) not in ("comment", "threadedComment") or len(found) >= MOST_COMMENTS:
            continue
        place = _REF.fullmatch(comment.get("ref", ""))
        words = clean(_text(comment))
        if not place or not words or (is_old and words.startswith(_THREADED)):
            continue
        key = (int(place[2]), column_number(place[1]))
        if key not in before:
            found[key] = f"{found[key]}\n{words}" if key in found else words


def _text(comment: Any) -> str:
    texts = [one for one in comment.iter() if local(one.tag) in ("t", "text")]
    return "".join(one.text or "" for one in texts)


def struck_texts(package: Package) -> set[int]:
    """The numbers of the shared texts whose every word is struck out."""
    for part in package.related(package.book, "sharedStrings"):
        try:
            if not any(b"strike" in chunk for chunk in package.chunks(part, b"si")):
                return set()
            items = [one for one in package.root(part) if local(one.tag) == "si"]
        except NotReadable:
            return set()
        return {number for number, item in enumerate(items) if _is_struck(item)}
    return set()


def _is_struck(item: Any) -> bool:
    runs = [one for one in item if local(one.tag) == "r"]
    return bool(runs) and all(_run_is_struck(run) for run in runs if _text(run).strip())


def _run_is_struck(run: Any) -> bool:
    return any(local(one.tag) == "strike" and is_true(one.get("val", "1")) for one in run.iter())
