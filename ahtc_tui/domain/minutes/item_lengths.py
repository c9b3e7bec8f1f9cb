"""How long each item of a meeting took, by the times at which its lines were typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_GAP = timedelta(hours=2)
"""A longer time without a line is not discussion."""


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line of minutes with the time at which it was typed, on the day of its meeting."""

    ref: str
    """Reference of the meeting."""
    position: int
    title: str
    """Title of its item."""
    typed_at: datetime
    """Wall time in the zone of the meeting, naive."""


@dataclass(frozen=True, slots=True)
class ItemLength:
    """Minutes that an item took at an earlier meeting, which are a proposal for the next one."""

    minutes: int
    ref: str
    """Reference of the meeting."""


def measure_items(starts: datetime | None, lines: Iterable[TimedLine]) -> dict[str, ItemLength]:
    """Return the length of each item of one meeting, by its title in lower case.

    An item takes the time from the line before its first one, or from the start of the meeting, to its last line. A
    line that is added to an earlier item corrects the minutes and takes no time. Items below a minute are left out.
    """
    seconds: Counter[str] = Counter()
    previous, reached, ref = starts, 0, ""
    for line in sorted(lines, key=lambda line: line.typed_at):
        ref = line.ref
        if line.position < reached:
            continue
        gap = line.typed_at - previous if previous else timedelta()
        if timedelta() < gap <= LONGEST_GAP:
            seconds[line.title.casefold()] += int(gap.total_seconds())
        previous, reached = line.typed_at, line.position
    return {title: ItemLength(round(total / 60), ref) for title, total in seconds.items() if total >= 60}
