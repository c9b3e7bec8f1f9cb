"""Comments and struck-through text of XLSX workbooks, which readers of values ignore."""

from __future__ import annotations

import re
from typing import Any

from ahtc_tui.formats.sheets.grid import clean_text, to_column_number
from ahtc_tui.formats.sheets.xlsx_parts import Package, UnreadablePart, is_true, strip_namespace

_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_THREAD_NOTICE = "[Threaded comment]"
MAX_COMMENTS = 20_000


def read_comments(package: Package, part: str) -> dict[tuple[int, int], str]:
    """Return the comments of a sheet by (row from 1, column from 0); replies of a thread are joined by line ends."""
    comments: dict[tuple[int, int], str] = {}
    for kind in ("threadedComment", "comments"):
        for target in package.find_related(part, kind):
            try:
                root = package.read_root(target)
            except UnreadablePart:
                continue
            _add_comments(root, comments)
    return comments


def _add_comments(root: Any, comments: dict[tuple[int, int], str]) -> None:
    is_old = strip_namespace(root.tag) == "comments"
    earlier = set(comments)
    for comment in root.iter():
        if strip_namespace(comment.tag) not in ("comment", "threadedComment") or len(comments) >= MAX_COMMENTS:
            continue
        match = _REF.fullmatch(comment.get("ref", ""))
        text = clean_text(_join_text(comment))
        if not match or not text or (is_old and text.startswith(_THREAD_NOTICE)):
            continue
        key = (int(match[2]), to_column_number(match[1]))
        if key not in earlier:
            comments[key] = f"{comments[key]}\n{text}" if key in comments else text


def _join_text(comment: Any) -> str:
    texts = [element for element in comment.iter() if strip_namespace(element.tag) in ("t", "text")]
    return "".join(element.text or "" for element in texts)


def find_struck_texts(package: Package) -> set[int]:
    """Return the indexes of shared strings that are struck through completely."""
    for part in package.find_related(package.workbook_part, "sharedStrings"):
        try:
            if not any(b"strike" in chunk for chunk in package.read_chunks(part, b"si")):
                return set()
            items = [element for element in package.read_root(part) if strip_namespace(element.tag) == "si"]
        except UnreadablePart:
            return set()
        return {number for number, item in enumerate(items) if _is_item_struck(item)}
    return set()


def _is_item_struck(item: Any) -> bool:
    runs = [element for element in item if strip_namespace(element.tag) == "r"]
    return bool(runs) and all(_is_run_struck(run) for run in runs if _join_text(run).strip())


def _is_run_struck(run: Any) -> bool:
    return any(strip_namespace(element.tag) == "strike" and is_true(element.get("val", "1")) for element in run.iter())
