"""Sources of the rows of a list, and the cache of their pages: at most 24 pages of 96 rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.text.collation import build_natural_key

PAGE_SIZE = 96
"""Rows per page. Two screenfuls: most lists need one read only."""
MAX_PAGES = 24
MAX_KEYSET_PAGES = 4
"""Distance in pages that one keyset read covers. Pages further from a known key are read by offset."""

SortKey = tuple[Any, ...]
"""The sort key of a row. Its last element identifies the record in every order."""

NO_TEXT = ("", "–", "·")
"""Texts of a cell without a value."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line between rows that the cursor skips; blank without text."""

    text: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class ContinuationLine(HeadingLine):
    """A further line of a row whose text is wrapped."""

    row: Any = None
    number: int = 1
    """Number of the line, counted from 0 for that of the row itself."""


@dataclass(frozen=True, slots=True)
class Span:
    """The rows to read, returned in list order. They start at the first row unless another field is given."""

    limit: int
    after: SortKey | None = None
    """Rows after this key."""
    before: SortKey | None = None
    """Rows before this key: read backwards, returned in list order."""
    from_end: bool = False
    """The last rows: read backwards, returned in list order."""
    offset: int | None = None
    """Rows from this index, used only after a jump by the scrollbar."""


class PageSource(Protocol[Row]):
    """A filtered and sorted list, read in pages."""

    def key_of(self, row: Row, /) -> SortKey:
        """Return the sort key of a row. It is unique, and its last element identifies the record."""

    async def count_rows(self) -> int:
        """Return the number of rows."""

    async def read_page(self, span: Span, /) -> Sequence[Row | HeadingLine]:
        """Return the rows of the span, fewer only at the end of the list."""

    async def count_before(self, key: SortKey, /) -> int:
        """Return the number of rows before the key, which need not exist any more."""


class ListSource(Generic[Row]):
    """Rows in memory, with headings between them."""

    def __init__(self, rows: Iterable[Row | HeadingLine], identify: Callable[[Row], Hashable] | None = None) -> None:
        self._rows = tuple(rows)
        identify = identify or (lambda row: row)
        indexes: dict[Hashable, int] = {}
        for index, row in enumerate(self._rows):
            if not isinstance(row, HeadingLine):
                indexes[identify(row)] = index
        self._identify, self._indexes = identify, indexes
        self.record_count = sum(not isinstance(row, HeadingLine) for row in self._rows)
        self.unsorted = self
        """The rows in their usual order."""

    def sort_rows(self, value_of: Callable[[Row], Any], *, descending: bool) -> ListSource[Row]:
        """Return a source of the rows in another order, below the same headings. Rows without a value come last."""
        lines: list[Row | HeadingLine] = []
        for is_heading, group in groupby(self._rows, lambda line: isinstance(line, HeadingLine)):
            part: list[Any] = list(group)
            if not is_heading:
                keys = {id(row): _build_key(value_of(row)) for row in part}
                filled = [row for row in part if keys[id(row)] is not None]
                filled.sort(key=lambda row: keys[id(row)], reverse=descending)
                part = [*filled, *(row for row in part if keys[id(row)] is None)]
            lines += part
        source = ListSource(lines, self._identify)
        source.unsorted = self.unsorted
        return source

    def list_rows(self) -> list[Row]:
        """Return the rows without headings."""
        return [line for line in self._rows if not isinstance(line, HeadingLine)]

    def add_lines(self, count_lines: Callable[[Row], int]) -> ListSource[Row]:
        """Return a source in which further lines follow each row that needs them."""
        lines: list[Row | HeadingLine] = []
        for line in self._rows:
            lines.append(line)
            if not isinstance(line, HeadingLine):
                lines += (ContinuationLine(row=line, number=number) for number in range(1, count_lines(line)))
        source = ListSource(lines, self._identify)
        source.unsorted = self.unsorted
        return source

    def key_of(self, row: Row) -> SortKey:
        """Return index and identity of a row."""
        identity = self._identify(row)
        return (self._indexes[identity], identity)

    def find_key(self, is_match: Callable[[Row], bool]) -> SortKey | None:
        """Return the key of the first row that matches; None if there is none."""
        rows = (row for row in self._rows if not isinstance(row, HeadingLine))
        return next((self.key_of(row) for row in rows if is_match(row)), None)

    async def count_rows(self) -> int:
        """Return the number of lines, headings included."""
        return len(self._rows)

    async def read_page(self, span: Span) -> Sequence[Row | HeadingLine]:
        """Return the lines of the span."""
        if span.from_end:
            return self._rows[max(0, len(self._rows) - span.limit) :]
        if span.before is not None:
            return self._rows[max(0, span.before[0] - span.limit) : span.before[0]]
        start = span.after[0] + 1 if span.after is not None else span.offset or 0
        return self._rows[start : start + span.limit]

    async def count_before(self, key: SortKey) -> int:
        """Return the index of the record of the key, or its former index."""
        return min(self._indexes.get(key[-1], int(key[0])), max(0, len(self._rows) - 1))


def _build_key(value: Any) -> Any:
    """Return the sort key of a value; None for one that is empty."""
    if isinstance(value, str):
        return build_natural_key(value) if value not in NO_TEXT else None
    return value.latest if isinstance(value, DateAsKnown) else value


class TallSource(Generic[Row]):
    """The rows of a paged source with two lines each. Spans count lines, and begin with the first one of a row."""

    lines = 2

    def __init__(self, source: PageSource[Row]) -> None:
        self.source = source
        self.key_of = source.key_of

    async def count_rows(self) -> int:
        """Return the number of lines."""
        return await self.source.count_rows() * self.lines

    async def read_page(self, span: Span) -> Sequence[Row | HeadingLine]:
        """Return the lines of the rows of the span."""
        offset = None if span.offset is None else span.offset // self.lines
        rows = await self.source.read_page(replace(span, limit=-(-span.limit // self.lines), offset=offset))
        return [line for row in rows for line in (row, ContinuationLine(row=row))]

    async def count_before(self, key: SortKey) -> int:
        """Return the number of lines before the row of the key."""
        return await self.source.count_before(key) * self.lines


class Pages(Generic[Row]):
    """The cached pages of a source. Until `counted` is set, `total` is the number of lines read so far."""

    def __init__(self, source: PageSource[Row]) -> None:
        self.source = source
        self.held: dict[int, Sequence[Row | HeadingLine]] = {}
        self.total = 0
        self.counted = False

    @property
    def record_count(self) -> int:
        """Number of rows known so far, headings excluded."""
        if isinstance(self.source, TallSource):
            return self.total // self.source.lines
        return self.source.record_count if isinstance(self.source, ListSource) else self.total

    def line_at(self, index: int) -> Row | HeadingLine | None:
        """Return the row or heading at an index; None if its page is not cached."""
        number, place = divmod(index, PAGE_SIZE)
        page = self.held.get(number)
        return page[place] if page is not None and place < len(page) else None

    def key_at(self, index: int) -> SortKey | None:
        """Return the key of the row at an index; None for a heading or a row that is not cached."""
        row = self.line_at(index)
        return None if row is None or isinstance(row, HeadingLine) else self.source.key_of(row)

    def _edge_key(self, index: int) -> SortKey | None:
        """Return the key of the row at an index from which the next page is read; its last line has it too."""
        line = self.line_at(index)
        if isinstance(line, ContinuationLine) and isinstance(self.source, TallSource):
            return self.source.key_of(line.row)
        return self.key_at(index)

    def find_index(self, identity: Hashable, likely_index: int) -> int | None:
        """Return the index of a record in the cached pages; the likely index is tried first."""
        key = self.key_at(likely_index)
        if key is not None and key[-1] == identity:
            return likely_index
        for number, page in sorted(self.held.items()):
            for place, row in enumerate(page):
                if not isinstance(row, HeadingLine) and self.source.key_of(row)[-1] == identity:
                    return number * PAGE_SIZE + place
        return None

    def list_missing(self, first: int, last: int) -> list[int]:
        """Return the numbers of the uncached pages of the lines `first` to `last`."""
        last = min(last, self.total - 1)
        return [
            number for number in range(max(0, first) // PAGE_SIZE, last // PAGE_SIZE + 1) if number not in self.held
        ]

    def span_for(self, number: int) -> tuple[int, Span]:
        """Return the first page and the span of the read that brings page `number`; keyset reads are preferred."""
        last = max(0, self.total - 1) // PAGE_SIZE
        tail = self.total - last * PAGE_SIZE
        spans: list[tuple[int, int, Span]] = []
        for distance in range(1, MAX_KEYSET_PAGES + 1):
            after = self._edge_key((number - distance + 1) * PAGE_SIZE - 1) if number >= distance else None
            if after is not None:
                spans.append((distance, number - distance + 1, Span(PAGE_SIZE * distance, after=after)))
            before = self.key_at((number + distance) * PAGE_SIZE)
            if before is not None:
                spans.append((distance, number, Span(PAGE_SIZE * distance, before=before)))
        if number < MAX_KEYSET_PAGES:
            spans.append((number, 0, Span(PAGE_SIZE * (number + 1))))
        if self.counted and last - number < MAX_KEYSET_PAGES:
            spans.append((last - number, number, Span(PAGE_SIZE * (last - number) + tail, from_end=True)))
        if not spans:
            return number, Span(PAGE_SIZE, offset=number * PAGE_SIZE)
        _distance, first, span = min(spans, key=lambda way: way[0])
        return first, span

    def store_rows(self, first: int, span: Span, rows: Sequence[Row | HeadingLine], center: int) -> None:
        """Cache the rows of a span, and drop the pages furthest from page `center`."""
        for number in range(first, first + -(-span.limit // PAGE_SIZE)):
            start = (number - first) * PAGE_SIZE
            self.held[number] = rows[start : start + PAGE_SIZE]
        if not self.counted:
            self.total = max(self.total, first * PAGE_SIZE + len(rows))
            self.counted = len(rows) < span.limit and span.before is None
        for number in sorted(self.held, key=lambda number: abs(number - center))[MAX_PAGES:]:
            del self.held[number]


async def read_around_key(pages: Pages[Row], key: SortKey | None, fallback: int) -> int:
    """Read the first page and the page of `key`; return the index of its record, or `fallback` if there is none."""
    source = pages.source
    first = Span(PAGE_SIZE)
    pages.store_rows(0, first, await source.read_page(first), 0)
    if key is None or pages.counted:
        index = None if key is None else pages.find_index(key[-1], fallback)
        return max(0, min(fallback if index is None else index, pages.total - 1))
    index = pages.find_index(key[-1], fallback)
    if index is not None:
        return index
    rank = await source.count_before(key)
    pages.total, pages.counted = max(pages.total, await source.count_rows()), True
    rank = min(rank, pages.total - 1)
    number, place = divmod(rank, PAGE_SIZE)
    if number == 0:
        return rank
    above = await source.read_page(Span(place or 1, before=key))
    last = above[-1] if above else HeadingLine()
    if isinstance(last, ContinuationLine) and isinstance(source, TallSource):
        last = last.row
    if isinstance(last, HeadingLine):
        span = Span(PAGE_SIZE, offset=number * PAGE_SIZE)
        pages.store_rows(number, span, await source.read_page(span), number)
        return rank
    below = await source.read_page(Span(PAGE_SIZE - place, after=source.key_of(last)))
    rows = (*(above if place else ()), *below)
    pages.store_rows(number, Span(PAGE_SIZE), rows, number)
    return rank
