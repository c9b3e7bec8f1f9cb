"""The agenda items that a party attended: "2-4", "3, 5", "3-" from item 3 on, "-4" up to item 4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahtc_tui.domain.i18n import _

_SPAN = re.compile(r"(\d*)\s*([-–]?)\s*(\d*)")
ITEMS = re.compile(r"(?:\d+(?:\s*[-–]\s*\d*)?|[-–]\s*\d+)(?:\s*,\s*(?:\d+(?:\s*[-–]\s*\d*)?|[-–]\s*\d+))*")
"""A list of items and of spans, each of which may be open at one end."""


def _read_spans(items: str) -> Iterator[tuple[int, int | None]]:
    for part in items.split(","):
        if (match := _SPAN.fullmatch(part.strip())) and part.strip():
            first = int(match[1] or 0)
            last_without_number = None if match[2] else first
            yield first, int(match[3]) if match[3] else last_without_number


def is_present_at(items: str | None, position: int) -> bool:
    """Return whether a party with this list of items was present at an item; without a list it was present at all."""
    if not items:
        return True
    return any(first <= position and (last is None or position <= last) for first, last in _read_spans(items))


def add_arrival(items: str | None, position: int) -> str:
    """Return the list of items of a party that arrived at an item; a departure that is recorded is kept."""
    last = _find_open_end(items, arrival=False)
    return f"{position}-{last if last is not None and last >= position else ''}"


def add_departure(items: str | None, position: int) -> str:
    """Return the list of items of a party that left after an item; an arrival that is recorded is kept."""
    first = _find_open_end(items, arrival=True)
    return f"{first if first is not None and first <= position else ''}-{position}"


def _find_open_end(items: str | None, *, arrival: bool) -> int | None:
    """Return the first item of the last span, or the last item; None where it is open."""
    spans = list(_read_spans(items or ""))
    if not spans:
        return None
    return (spans[-1][0] or None) if arrival else spans[-1][1]


def format_items(items: str) -> str:
    """Return the items in words: "item 2", "items 2 to 4", "items 1, 3–5", "from item 3", "to item 4"."""
    spans = list(_read_spans(items))
    if len(spans) == 1 and spans[0][1] is None:
        return _("from item {n}").format(n=spans[0][0])
    if len(spans) == 1 and spans[0][0] == 0:
        return _("to item {n}").format(n=spans[0][1])
    if len(spans) == 1 and spans[0][0] == spans[0][1]:
        return _("item {n}").format(n=spans[0][0])
    if len(spans) == 1:
        return _("items {first} to {last}").format(first=spans[0][0], last=spans[0][1])
    return _("items {numbers}").format(numbers=items.replace("-", "–"))
