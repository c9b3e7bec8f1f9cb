"""Where the rows of a list come from, and which are in memory: at most 24 pages of 96. Never draws."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

PAGE_SIZE = 96
"""A screenful and the next: a key waits for no more, and the first read is all that most lists need."""
MAX_PAGES = 24
MAX_KEYSET_PAGES = 4
"""How many pages away from a known key one keyset read still reaches; further off a page is read by its offset."""

SortKey = tuple[Any, ...]
"""What rows are sorted by. Its last element identifies the record, whatever the order."""

Row = TypeVar("Row")
RowIn = TypeVar("RowIn", contravariant=True)


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line between rows that the cursor passes over. Without words it is a blank line."""

    text: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Which rows to read, always answered in list order: from the start unless one of the others is given."""

    limit: int
    after: SortKey | None = None
    """The rows that follow this key."""
    before: SortKey | None = None
    """The rows just before this key: read backwards, answered forwards."""
    from_end: bool = False
    """The last rows of the list: read backwards, answered forwards."""
    offset: int | None = None
    """The rows from this place on: only after a jump into the middle by the scrollbar."""


class PageSource(Protocol[Row]):
    """One list in one order, filtered and sorted where the data are. The list never waits for it."""

    def key_of(self, row: Row, /) -> SortKey:
        """The row's place in the order; unique, and its last element identifies the record."""

    async def count_rows(self) -> int:
        """How many rows there are."""

    async def read_page(self, span: Span, /) -> Sequence[Row | HeadingLine]:
        """The rows of the span, fewer only where the list ends."""

    async def count_before(self, key: SortKey, /) -> int:
        """How many rows come before the key, whether or not it is still there."""


class ListSource(Generic[Row]):
    """Rows in memory, for bounded lists; headings may stand between them."""

    def __init__(self, rows: Iterable[Row | HeadingLine], identify: Callable[[Row], Hashable] | None = None) -> None:
        self._rows = tuple(rows)
        identify = identify or (lambda row: row)
        indexes: dict[Hashable, int] = {}
        for index, row in enumerate(self._rows):
            if not isinstance(row, HeadingLine):
                indexes[identify(row)] = index
        self._identify, self._indexes = identify, indexes

    def key_of(self, row: Row) -> SortKey:
        """The place in the sequence and the identity."""
        identity = self._identify(row)
        return (self._indexes[identity], identity)

    def find_key(self, is_match: Callable[[Row], bool]) -> SortKey | None:
        """The key of the first row that is wanted, None where there is none."""
        rows = (row for row in self._rows if not isinstance(row, HeadingLine))
        return next((self.key_of(row) for row in rows if is_match(row)), None)

    async def count_rows(self) -> int:
        """How many lines there are, headings included."""
        return len(self._rows)

    async def read_page(self, span: Span) -> Sequence[Row | HeadingLine]:
        """The lines of the span."""
        if span.from_end:
            return self._rows[max(0, len(self._rows) - span.limit) :]
        if span.before is not None:
            return self._rows[max(0, span.before[0] - span.limit) : span.before[0]]
        start = span.after[0] + 1 if span.after is not None else span.offset or 0
        return self._rows[start : start + span.limit]

    async def count_before(self, key: SortKey) -> int:
        """The place where the record of the key stands now, or where it stood."""
        return min(self._indexes.get(key[-1], int(key[0])), max(0, len(self._rows) - 1))


class Pages(Generic[Row]):
    """The pages in memory of one source. `total` is exact once `counted`, until then it is what has been seen."""

    def __init__(self, source: PageSource[Row]) -> None:
        self.source = source
        self.held: dict[int, Sequence[Row | HeadingLine]] = {}
        self.total = 0
        self.counted = False

    def line_at(self, index: int) -> Row | HeadingLine | None:
        """The row or heading at an index, None while its page is not there."""
        number, place = divmod(index, PAGE_SIZE)
        page = self.held.get(number)
        return page[place] if page is not None and place < len(page) else None

    def key_at(self, index: int) -> SortKey | None:
        """The key of the row at an index; None for a heading or a row that is not there."""
        row = self.line_at(index)
        return None if row is None or isinstance(row, HeadingLine) else self.source.key_of(row)

    def find_index(self, identity: Hashable, likely_index: int) -> int | None:
        """The index of a record among the pages in memory: the likely one if it stands there."""
        key = self.key_at(likely_index)
        if key is not None and key[-1] == identity:
            return likely_index
        for number, page in sorted(self.held.items()):
            for place, row in enumerate(page):
                if not isinstance(row, HeadingLine) and self.source.key_of(row)[-1] == identity:
                    return number * PAGE_SIZE + place
        return None

    def list_missing(self, first: int, last: int) -> list[int]:
        """The numbers of the pages that the lines `first` to `last` need and that are not there."""
        last = min(last, self.total - 1)
        return [
            number for number in range(max(0, first) // PAGE_SIZE, last // PAGE_SIZE + 1) if number not in self.held
        ]

    def span_for(self, number: int) -> tuple[int, Span]:
        """The first page to read and the span that brings page `number`: by keyset from the nearest known place."""
        last = max(0, self.total - 1) // PAGE_SIZE
        tail = self.total - last * PAGE_SIZE
        spans: list[tuple[int, int, Span]] = []
        for distance in range(1, MAX_KEYSET_PAGES + 1):
            after = self.key_at((number - distance + 1) * PAGE_SIZE - 1) if number >= distance else None
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
        """Keep the rows that a span brought, and let go of the pages furthest from page `around`."""
        for number in range(first, first + -(-span.limit // PAGE_SIZE)):
            start = (number - first) * PAGE_SIZE
            self.held[number] = rows[start : start + PAGE_SIZE]
        if not self.counted:
            self.total = max(self.total, first * PAGE_SIZE + len(rows))
            self.counted = len(rows) < span.limit and span.before is None
        for number in sorted(self.held, key=lambda number: abs(number - center))[MAX_PAGES:]:
            del self.held[number]


async def read_around_key(pages: Pages[Row], key: SortKey | None, fallback: int) -> int:
    """Read the first page and the page of the key `at`: the index to stand on, `stay` where there is no such key."""
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
    if not above or isinstance(above[-1], HeadingLine):
        span = Span(PAGE_SIZE, offset=number * PAGE_SIZE)
        pages.store_rows(number, span, await source.read_page(span), number)
        return rank
    below = await source.read_page(Span(PAGE_SIZE - place, after=source.key_of(above[-1])))
    rows = (*(above if place else ()), *below)
    pages.store_rows(number, Span(PAGE_SIZE), rows, number)
    return rank
