"""Rows of the benchmark: programs that do the same work, measured in turn in one run, and the table of their medians.

Ratios of one run are comparable between machines; times are not.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from statistics import median
from typing import NamedTuple

MIN_ROUNDS, MAX_ROUNDS = 3, 15
LONG_ROUND_SECONDS = 3.0
"""A round that takes longer is the only one of its row."""


class Reading(NamedTuple):
    """What one run of a program cost."""

    value: float
    """In the unit of the row: milliseconds unless the row says otherwise."""
    peak_mib: float | None = None
    """Largest resident memory in MiB, where it belongs to this work alone; of a command, with all its processes."""
    processor_ms: float | None = None
    """Processor time of a command with all its processes, in milliseconds."""


@dataclass
class Program:
    """A program with the readings of its runs."""

    name: str
    run: Callable[[], Reading]
    readings: list[Reading] = field(default_factory=list)

    @property
    def value(self) -> float:
        """Median of the values."""
        return median(reading.value for reading in self.readings)

    @property
    def peak_mib(self) -> float | None:
        """Median of the peaks; None where no run has one."""
        peaks = [reading.peak_mib for reading in self.readings if reading.peak_mib is not None]
        return median(peaks) if peaks else None

    @property
    def processor_ms(self) -> float | None:
        """Median of the processor times; None where no run has one."""
        times = [reading.processor_ms for reading in self.readings if reading.processor_ms is not None]
        return median(times) if times else None


@dataclass(frozen=True)
class Limits:
    """What a row is to reach; None where there is no limit."""

    of_floor: float | None = None
    of_peer: float | None = None
    """Of the fastest peer, or of the peer with the name `peer`."""
    peer: str = ""
    value: float | None = None
    peak_mib: float | None = None

    def __str__(self) -> str:
        parts = (
            self.of_floor is not None and f"{self.of_floor:g} x floor",
            self.of_peer is not None and f"{self.of_peer:g} x {self.peer or 'peer'}",
            self.value is not None and f"{self.value:g}",
            self.peak_mib is not None and f"{self.peak_mib:g} MiB",
        )
        return ", ".join(part for part in parts if part)


@dataclass
class Row:
    """Our program, the least that could do the same work, and other programs that do it."""

    name: str
    ours: Program
    floor: Program | None = None
    peers: Sequence[Program] = ()
    limits: Limits = field(default_factory=Limits)
    unit: str = "ms"

    @property
    def programs(self) -> list[Program]:
        """All programs, in the order in which each round runs them."""
        return [*([self.floor] if self.floor else []), *self.peers, self.ours]

    @property
    def kind(self) -> str:
        """Name with N in the place of its size: equal for the rows that measure the same work at several sizes."""
        return SIZE.sub("N", self.name, count=1)

    @property
    def best_peer(self) -> Program | None:
        """The fastest of the other programs."""
        return min(self.peers, key=lambda peer: peer.value, default=None)

    def compute_ratio(self, program: Program | None) -> float | None:
        """Return our value as a multiple of that of another program; None without one, and where that is zero."""
        return self.ours.value / program.value if program and program.value else None

    @property
    def is_short(self) -> bool:
        """Whether a limit is exceeded."""
        ours, limits = self.ours, self.limits
        peer = next((peer for peer in self.peers if peer.name == limits.peer), self.best_peer)
        pairs = (
            (limits.of_floor, self.compute_ratio(self.floor)),
            (limits.of_peer, self.compute_ratio(peer)),
            (limits.value, ours.value),
            (limits.peak_mib, ours.peak_mib),
        )
        return any(limit is not None and measured is not None and measured > limit for limit, measured in pairs)


def measure_row(row: Row, seconds: float, min_rounds: int = MIN_ROUNDS) -> None:
    """Run the programs of a row in turn, after one unmeasured round, for about `seconds`; one that another row has
    measured keeps its readings.

    At least `min_rounds` and at most fifteen are measured; the unmeasured round is left out where one round takes half
    of the time, and is the only one where it takes longer than `LONG_ROUND_SECONDS`.
    """
    start = time.perf_counter()
    programs = [program for program in row.programs if not program.readings]
    first_round = [program.run() for program in programs]
    if (elapsed := time.perf_counter() - start) > seconds / 2:
        for program, reading in zip(programs, first_round, strict=True):
            program.readings.append(reading)
    while elapsed < LONG_ROUND_SECONDS and (rounds := len(row.ours.readings)) < MAX_ROUNDS:
        if rounds >= min_rounds and time.perf_counter() - start > seconds:
            break
        for program in programs:
            program.readings.append(program.run())


HEADINGS = ("work", "ahtc", "processor", "best peer", "floor", "x peer", "x floor", "MiB", "to reach")


def format_row(row: Row) -> tuple[str, ...]:
    """Return the cells of a measured row; an asterisk marks a row that falls short."""
    floor, peer = row.floor, row.best_peer
    peak, processor_ms = row.ours.peak_mib, row.ours.processor_ms
    return (
        f"{row.name}{' *' if row.is_short else ''}",
        format_value(row.ours.value, row.unit),
        "–" if processor_ms is None else format_value(processor_ms, "ms"),
        f"{format_value(peer.value, row.unit)} {peer.name}" if peer else "–",
        f"{format_value(floor.value, row.unit)} {floor.name}" if floor else "–",
        *("–" if ratio is None else f"{ratio:.2f}" for ratio in map(row.compute_ratio, (peer, floor))),
        f"{peak:.0f}" if peak is not None else "–",
        str(row.limits) or "–",
    )


SIZE = re.compile(r"(?<![p\d])\d[\d,]+")
"""A number in the name of a row that is the size of its work; `p95` is a percentile."""
NUMBER = re.compile(r"\d+")


def format_reasons(rows: Sequence[Row], reasons: Mapping[str, str]) -> list[str]:
    """Return a line for each kind of row that falls short or grows faster than its work, with its reason."""
    kinds = dict.fromkeys(row.kind for row in rows if row.is_short)
    kinds |= dict.fromkeys(kind for kind, slope in measure_growth(rows).items() if slope[2] > LINEAR)
    return [f"- {kind}: {reasons.get(NUMBER.sub('N', kind), NO_REASON)}." for kind in kinds]


LINEAR = 1.1
"""Slope up to which the cost of work is linear, within what single runs differ."""
NO_REASON = "not explained yet"


def measure_growth(rows: Sequence[Row]) -> dict[str, tuple[int, int, float]]:
    """Return the smallest size, the largest size and the growth of the rows that were measured at several sizes.

    The growth is the slope of value against size, both logarithmic, from the smallest to the largest: 1 is linear.
    """
    points: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        if match := SIZE.search(row.name):
            points.setdefault(row.kind, []).append((int(match[0].replace(",", "")), row.ours.value))
    growth = {}
    for kind, measured in points.items():
        (small, first), (large, last) = min(measured), max(measured)
        if large > small:
            growth[kind] = small, large, log(last / first) / log(large / small)
    return growth


def format_growth(rows: Sequence[Row]) -> list[str]:
    """Return the growth of the rows that were measured at several sizes as a Markdown table; empty without any."""
    lines = [
        f"| {kind} | {small:,} | {large:,} | {slope:.2f} |"
        for kind, (small, large, slope) in measure_growth(rows).items()
    ]
    return ["| work | from | to | growth |", "|---|--:|--:|--:|", *lines] if lines else []


def format_value(value: float, unit: str) -> str:
    """Return a value with its unit; milliseconds become seconds from 10,000."""
    if unit == "ms" and value >= 10_000:
        return f"{value / 1000:.1f} s"
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.2g} {unit}" if value < 1 else f"{value:.1f} {unit}"


def format_table(rows: Sequence[Row]) -> list[str]:
    """Return the rows as a Markdown table with aligned columns."""
    lines = [HEADINGS, *(format_row(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    numbers = {5, 6, 7}
    texts = [
        "| "
        + " | ".join(f"{cell:>{w}}" if n in numbers else f"{cell:<{w}}" for n, (cell, w) in enumerate(pairs))
        + " |"
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    ]
    rule = "|" + "|".join("-" * (w + 1) + (":" if n in numbers else "-") for n, w in enumerate(widths)) + "|"
    return [texts[0], rule, *texts[1:]]
