"""Reading and caching of pages."""

from __future__ import annotations

from ahtc_tui.tui.widgets.record_pages import (
    MAX_PAGES,
    PAGE_SIZE,
    HeadingLine,
    ListSource,
    Pages,
    Span,
    read_around_key,
)


def build_source(count: int) -> ListSource[int]:
    return ListSource(range(count))


async def read_page(pages: Pages[int], number: int, center: int | None = None) -> Span:
    first, span = pages.span_for(number)
    pages.store_rows(first, span, await pages.source.read_page(span), number if center is None else center)
    return span


async def build_counted_pages(count: int) -> Pages[int]:
    pages = Pages(build_source(count))
    pages.total, pages.counted = count, True
    return pages


async def test_short_list_needs_no_count() -> None:
    pages = Pages(build_source(44))
    await read_page(pages, 0)
    assert (pages.total, pages.counted) == (44, True)


async def test_last_pages_are_read_backwards() -> None:
    pages = await build_counted_pages(100_000)
    last = 99_999 // PAGE_SIZE
    assert (await read_page(pages, last)).from_end
    assert pages.line_at(99_999) == 99_999
    assert (await read_page(pages, last - 1)).before is not None
    assert [pages.line_at(last * PAGE_SIZE - 1), pages.line_at(last * PAGE_SIZE)] == [
        last * PAGE_SIZE - 1,
        last * PAGE_SIZE,
    ]


async def test_next_page_is_read_after_last_key() -> None:
    pages = await build_counted_pages(100_000)
    await read_page(pages, 0)
    assert (await read_page(pages, 1)).after == (PAGE_SIZE - 1, PAGE_SIZE - 1)
    assert (await read_page(pages, 3)).limit == 2 * PAGE_SIZE
    assert [pages.line_at(2 * PAGE_SIZE), pages.line_at(3 * PAGE_SIZE)] == [2 * PAGE_SIZE, 3 * PAGE_SIZE]


async def test_only_a_jump_reads_by_offset() -> None:
    pages = await build_counted_pages(100_000)
    await read_page(pages, 0)
    assert (await read_page(pages, 400)).offset == 400 * PAGE_SIZE
    assert (await read_page(pages, 401)).offset is None


async def test_nearest_pages_are_kept() -> None:
    pages = await build_counted_pages(100_000)
    for number in range(40):
        await read_page(pages, number)
    assert len(pages.held) == MAX_PAGES
    assert max(pages.held) == 39


async def test_deep_record_is_found_by_key() -> None:
    pages = Pages(build_source(100_000))
    assert await read_around_key(pages, (5_000, 5_000), 5_000) == 5_000
    assert pages.line_at(5_000) == 5_000
    pages = Pages(build_source(100_000))
    edge = 50 * PAGE_SIZE
    assert await read_around_key(pages, (edge, edge), edge) == edge
    assert pages.line_at(edge) == edge


async def test_removed_record_keeps_cursor_position() -> None:
    pages = Pages(build_source(10))
    assert await read_around_key(pages, (12, 12), 12) == 9


async def test_headings_count_as_lines() -> None:
    source = ListSource[int]([HeadingLine("LATE  1"), 7, HeadingLine(), 8])
    assert await source.count_rows() == 4
    assert source.key_of(8) == (3, 8)
