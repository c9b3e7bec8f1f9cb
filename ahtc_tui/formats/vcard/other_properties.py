"""Properties of a card that other programs wrote, kept when this office writes the card again."""

from __future__ import annotations

import re

from ahtc_tui.formats.content_lines import fold_line

_OWN_PROPERTIES = frozenset(
    (
        "BEGIN", "END", "VERSION", "PRODID", "UID", "REV", "FN", "N", "ORG", "TITLE", "KIND", "LANG", "CATEGORIES",
        "CLASS", "X-AHTC-KIND", "X-ABSHOWAS", "X-PROTECTIVE-MARKING",
    )
)  # fmt: skip
"""Properties of which a card has one, that of the office."""
_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile(r"(?:[\w-]+\.)?([\w-]+)")
_UID_LINE = re.compile(r"^(?:[\w-]+\.)?UID(?:;[^:\r\n]*)?:([^\r\n]*)", re.MULTILINE | re.IGNORECASE)


def find_uid(text: str) -> str:
    """Return the UID of a card; empty where it has none."""
    match = _UID_LINE.search(_FOLD.sub("", text))
    return match[1].strip() if match else ""


def keep_other_properties(ours: str, theirs: str, replaced: str) -> str:
    """Return our text with the lines that others added to theirs: pictures, addresses, further numbers.

    `replaced` is the former text of ours: its values are not kept.
    """
    own_values = {_read_value(line) for text in (ours, replaced) for line in _list_lines(text)}
    added = [
        line
        for line in _list_lines(theirs)
        if _read_name(line) not in _OWN_PROPERTIES and _read_value(line) not in own_values
    ]
    head, end, tail = ours.rpartition("END:VCARD")
    return head + "".join(map(fold_line, added)) + end + tail


def _list_lines(text: str) -> list[str]:
    """Return the unfolded lines of a card."""
    return [line for line in _FOLD.sub("", text).splitlines() if ":" in line]


def _read_name(line: str) -> str:
    match = _NAME.match(line)
    return match[1].upper() if match else ""


def _read_value(line: str) -> tuple[str, str]:
    return _read_name(line), line.partition(":")[2].strip()
