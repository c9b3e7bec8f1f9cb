"""Which rows are read, and which are kept."""

from __future__ import annotations

from ahtc_tui.tui.widgets.record_pages import MOST_PAGES, PAGE, HeadingLine, ListSource, Pages, Span, settle


def numbers(count: int) -> ListSource[int]:
    return ListSource(range(count))


async def read(pages: Pages[int], number: int, around: int | None = None) -> Span:
    first, span = pages.span_for(number)
    pages.put(first, span, await pages.source.page(span), number if around is None else around)
    return span


async def counted(count: int) -> Pages[int]:
    pages = Pages(numbers(count))
    pages.total, pages.counted = count, True
    return pages


async def test_a_short_list_needs_no_count() -> None:
    pages = Pages(numbers(44))
    await read(pages, 0)
    assert (pages.total, pages.counted) == (44, True)


async def test_the_last_page_is_read_backwards_and_so_is_the_one_before_it() -> None:
    pages = await counted(100_000)
    last = 99_999 // PAGE
    assert (await read(pages, last)).from_end
    assert pages.line(99_999) == 99_999
    assert (await read(pages, last - 1)).before is not None
    assert [pages.line(last * PAGE - 1), pages.line(last * PAGE)] == [last * PAGE - 1, last * PAGE]


async def test_the_next_page_follows_the_key_of_the_last_row() -> None:
    pages = await counted(100_000)
    await read(pages, 0)
    assert (await read(pages, 1)).after == (PAGE - 1, PAGE - 1)
    assert (await read(pages, 3)).limit == 2 * PAGE
    assert [pages.line(2 * PAGE), pages.line(3 * PAGE)] == [2 * PAGE, 3 * PAGE]


async def test_only_a_jump_into_the_middle_reads_by_place() -> None:
    pages = await counted(100_000)
    await read(pages, 0)
    assert (await read(pages, 400)).offset == 400 * PAGE
    assert (await read(pages, 401)).offset is None


async def test_at_most_sixteen_pages_are_kept_the_nearest_ones() -> None:
    pages = await counted(100_000)
    for number in range(40):
        await read(pages, number)
    assert len(pages.held) == MOST_PAGES
    assert max(pages.held) == 39


async def test_a_record_deep_in_the_list_is_found_again_by_its_key() -> None:
    pages = Pages(numbers(100_000))
    assert await settle(pages, (5_000, 5_000), 5_000) == 5_000
    assert pages.line(5_000) == 5_000
    pages = Pages(numbers(100_000))
    edge = 50 * PAGE
    assert await settle(pages, (edge, edge), edge) == edge
    assert pages.line(edge) == edge


async def test_a_record_that_is_gone_leaves_the_cursor_where_it_stood() -> None:
    pages = Pages(numbers(10))
    assert await settle(pages, (12, 12), 12) == 9


async def test_headings_count_as_lines_of_a_list_in_memory() -> None:
    source = ListSource[int]([HeadingLine("LATE  1"), 7, HeadingLine(), 8])
    assert await source.count() == 4
    assert source.key_of(8) == (3, 8)
