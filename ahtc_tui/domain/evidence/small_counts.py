"""Hides small counts of people in what leaves the office, and the figures from which they could be worked out.

A count below the limit is printed as "fewer than 5". Where the parts of a figure add up to it, a single hidden part
could be worked out from the others, so a second figure is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey

MOST_PARTS = 12
"""Parts of a figure of which every selection is tried; of more, only all of them together."""


def hide_small_counts(rows: Sequence[FigureRow], limit: int) -> list[FigureRow]:
    """Return all figures of the office without the value of small counts, and of those that would reveal one."""
    small = {row.key for row in rows if row.is_small(limit)}
    withheld: set[RowKey] = set()
    sums = _list_sums(rows) if small else []
    while more := {key for whole, parts in sums if (key := _find_revealing(whole, parts, small, withheld, limit))}:
        withheld |= more
    return [
        replace(row, value=0, hidden_below=limit, is_withheld=row.key in withheld)
        if row.key in small | withheld
        else row
        for row in rows
    ]


def find_hidden(rows: Iterable[FigureRow]) -> tuple[str, ...]:
    """Return the references of the figures whose values are hidden."""
    return tuple(row.ref for row in rows if row.hidden_below is not None)


def format_hidden(refs: str, limit: int) -> str:
    """Return the sentence about figures whose values a file does not show."""
    return _("Not printed, because they are or reveal counts under {limit}: {refs}.").format(limit=limit, refs=refs)


def _list_sums(rows: Sequence[FigureRow]) -> list[tuple[FigureRow, Sequence[FigureRow]]]:
    """Return each figure with each selection of its parts that adds up to it."""
    sums: list[tuple[FigureRow, Sequence[FigureRow]]] = []
    for whole in rows:
        parts = [row for row in rows if row.part_of_key == whole.key and not row.at_least]
        sizes = range(2, len(parts) + 1) if len(parts) <= MOST_PARTS else (len(parts),)
        for selection in (chosen_parts for size in sizes for chosen_parts in combinations(parts, size)):
            if sum(row.value for row in selection) == whole.value:
                sums.append((whole, selection))
    return sums


def _find_revealing(
    whole: FigureRow, parts: Sequence[FigureRow], small: set[RowKey], withheld: set[RowKey], limit: int
) -> RowKey | None:
    """Return the figure to withhold so that a sum no longer reveals a hidden value; None where it reveals none."""
    hidden = [row for row in (*parts, whole) if row.key in small | withheld]
    if not hidden or not _is_determined(hidden, whole, small, limit):
        return None
    visible = [row for row in parts if row.key not in small | withheld]
    return min(visible, key=lambda row: (row.value == 0, row.value)).key if visible else whole.key


def _is_determined(hidden: Sequence[FigureRow], whole: FigureRow, small: set[RowKey], limit: int) -> bool:
    """Return whether the hidden values of a sum follow from the others: one alone, or all at the end of their range."""
    if len(hidden) == 1:
        return True
    if whole in hidden or any(row.key not in small for row in hidden):
        return False
    total = sum(row.value for row in hidden)
    return total in (len(hidden), len(hidden) * (limit - 1))
