"""Which row of a sheet is the row of headers, and what each column is called there. Never what lies below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ahtc_tui.domain.imports.sheets import Value
from ahtc_tui.domain.returns.references import ref_of
from ahtc_tui.formats.sheets.grid import Grid, Merge

LONGEST = 80
"""Letters above which a cell is a sentence, no heading."""
AHEAD = 15
"""Rows below a doubtful row of headers that are looked at for a better one."""
Knows = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Headers:
    """A row of headers, or two that belong together."""

    first: int
    """Position in `Grid.rows` of its first row."""
    last: int
    names: dict[int, str]
    """Column to its name, only where there is one."""
    fields: dict[int, str]
    """Column to the field that its name means, only where it is known."""

    @property
    def known(self) -> int:
        """How many different fields are known."""
        return len(set(self.fields.values()))


@dataclass(slots=True)
class HeaderFinder:
    """Looks for rows of headers within some columns of a sheet."""

    grid: Grid
    knows: Knows
    left: int = 0
    right: int = 1 << 20
    _meaning: dict[str, str | None] = field(default_factory=dict)
    _wide: dict[int, list[Merge]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for merge in self.grid.merges:
            if merge.right > merge.left:
                self._wide.setdefault(merge.top, []).append(merge)

    def meaning(self, text: str) -> str | None:
        """The field of a heading, asked once for each text."""
        if text not in self._meaning:
            self._meaning[text] = self.knows(text) if len(text) <= LONGEST else None
        return self._meaning[text]

    def cells(self, position: int) -> dict[int, Value]:
        """The filled cells of a row within the columns."""
        values = self.grid.rows[position][1]
        return {
            column: values[column]
            for column in range(self.left, min(self.right + 1, len(values)))
            if values[column] is not None
        }

    def first(self, start: int, stop: int) -> Headers | None:
        """The first row of headers at or below a position."""
        for position in range(start, stop):
            found = self._at(position)
            if found is None or found.known < 2:
                continue
            return self._better(found, stop) or self._whole(found, stop)
        return None

    def again(self, position: int, current: Headers) -> Headers | None:
        """A row inside a table that is a row of headers itself: the same one repeated, or that of the next table."""
        texts: list[str] = []
        for value in self.grid.rows[position][1][self.left : self.right + 1]:
            if isinstance(value, str) and len(value) <= LONGEST:
                texts.append(value)
            elif value is not None:
                return None
        if len(texts) < 2:
            return None
        names = set(current.names.values())
        if sum(text in names for text in texts) >= max(2, len(texts) - 1):
            return Headers(position, position, current.names, current.fields)
        if any(ref_of(text) for text in texts):
            return None
        found = self._at(position)
        if found is None or found.known < 2 or found.known * 2 < len(texts):
            return None
        if not set(found.fields.values()) & _FIRST_FIELDS and found.known < 3:
            return None
        return self._whole(found, len(self.grid.rows))

    def likeliest(self, stop: int) -> Headers | None:
        """The row that looks most like headers where none is known well: of texts only, most of them."""
        best: tuple[int, int, Headers] | None = None
        for position in range(min(stop, 2 * AHEAD)):
            cells = self.cells(position)
            names = {column: text for column, text in cells.items() if isinstance(text, str) and len(text) <= LONGEST}
            if not names or len(names) < len(cells) or len(set(names.values())) < len(names):
                continue
            found = self._named(position, position, names)
            if found.known + len(names) < 2:
                continue
            if best is None or (found.known, len(names)) > best[:2]:
                best = (found.known, len(names), found)
        return best[2] if best else None

    def _at(self, position: int) -> Headers | None:
        """What a row would be as a row of headers; None where it cannot be one."""
        cells = self.cells(position)
        names = {column: text for column, text in cells.items() if isinstance(text, str)}
        if len(names) < 2 or len(names) * 2 < len(cells):
            return None
        found = self._named(position, position, names)
        labels = [column for column in found.fields if names[column].endswith(":")]
        return None if labels and len(found.fields) < len(names) else found

    def _better(self, doubtful: Headers, stop: int) -> Headers | None:
        """The true row of headers below a line of a form ("Lead: AHTC  Date: 12/12/13") that looks like one."""
        if doubtful.known > 3 or doubtful.known * 2 > len(self.cells(doubtful.first)):
            return None
        for position in range(doubtful.first + 1, min(doubtful.first + 1 + AHEAD, stop)):
            found = self._at(position)
            if found and found.known > doubtful.known:
                return self._whole(found, stop)
        return None

    def _whole(self, one: Headers, stop: int) -> Headers:
        """The row together with the one above or below it, where only both name the columns."""
        best = one
        if one.first and self._next_to(one.first - 1, one.first) and (above := self._joined(one.first - 1, one.first)):
            best = above if above.known > best.known else best
        if one.last + 1 < stop and self._next_to(one.last, one.last + 1) and self._may_be_second(one):
            below = self._joined(one.first, one.last + 1)
            best = below if below and below.known > best.known else best
        return best

    def _next_to(self, upper: int, lower: int) -> bool:
        return self.grid.rows[upper][0] + 1 == self.grid.rows[lower][0]

    def _may_be_second(self, one: Headers) -> bool:
        """The row below holds short texts only, and none of them is a reference or stands under a first heading."""
        cells = self.cells(one.last + 1)
        if not all(isinstance(text, str) and len(text) <= LONGEST // 2 and not ref_of(text) for text in cells.values()):
            return False
        return not any(one.fields.get(column) in _FIRST_FIELDS for column in cells)

    def _joined(self, upper: int, lower: int) -> Headers | None:
        over, under = self._spread(upper, lower), self.cells(lower)
        if not all(isinstance(text, str) and len(text) <= LONGEST for text in (*over.values(), *under.values())):
            return None
        names: dict[int, str] = {}
        for column in sorted({*over, *under}):
            parts = [str(part) for part in (over.get(column), under.get(column)) if part]
            both = " ".join(parts)
            names[column] = both if self.meaning(both) or not self.meaning(parts[-1]) else parts[-1]
        return self._named(upper, lower, names)

    def _spread(self, upper: int, lower: int) -> dict[int, Value]:
        """The upper row with each text over all columns that it is about."""
        cells = self.cells(upper)
        merges = self._wide.get(self.grid.rows[upper][0], [])
        for merge in merges:
            if merge.left in cells:
                cells |= dict.fromkeys(range(merge.left, min(merge.right, 256) + 1), cells[merge.left])
        if not merges:
            last: Value = None
            for column in range(self.left, max(self.cells(lower), default=-1) + 1):
                if column in cells:
                    last = cells[column]
                elif last is not None and column in self.cells(lower) and column - 1 in self.cells(lower):
                    cells[column] = last
        return cells

    def _named(self, first: int, last: int, names: dict[int, str]) -> Headers:
        flat = {column: " ".join(name.split()) for column, name in names.items()}
        fields = {column: meant for column in names if (meant := self.meaning(names[column]))}
        return Headers(first, last, flat, fields)


_FIRST_FIELDS = frozenset(("ref", "title", "row_id", "name", "email"))
