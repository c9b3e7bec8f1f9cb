"""The matrix of practices and places on a terminal: columns by number, the places with their numbers above."""

from __future__ import annotations

from collections.abc import Sequence

from ahtc_tui.cli.output import table
from ahtc_tui.domain.practice import AdoptionRow, AdoptionStatus, PlaceKind, PracticeMatrix, count_cells
from ahtc_tui.domain.words import _


def matrix_lines(found: PracticeMatrix, *, authorities: bool) -> list[str]:
    """The places, the table with its totals, and the signs; the authorities are one count unless asked for."""
    folded = () if authorities else found.block(PlaceKind.AUTHORITY)
    shown = [number for number in range(len(found.places)) if number not in folded]
    numbers = [str(number) for number, _place in enumerate(shown, 1)]
    places = [
        (said, found.places[at].name, found.places[at].kind.label) for said, at in zip(numbers, shown, strict=True)
    ]
    also = (_("{n} authorities").format(n=len(folded)),) if folded else ()
    rows = [["", *numbers, *also, _("adopted")]]
    for row in found.rows:
        rows.append([row.practice.title, *_signs(row.cells, shown), *_count(row.cells, folded), _adopted(row.cells)])
    columns = [found.column(number) for number in shown]
    cells = [cell for number in folded for cell in found.column(number)]
    total = str(count_cells(cells).adopted)
    rows.append([_("adopted"), *(str(count_cells(cells).adopted) for cells in columns), *([total] if folded else ())])
    legend = "  ".join((*(f"{status.symbol} {status.label.lower()}" for status in AdoptionStatus), _("· not said")))
    wide = [*(3 for _number in numbers), *(16 for _words in also), 9]
    return [*table(places, (3, 40, 16)), "", *table([_even(row, len(wide)) for row in rows], [None, *wide]), "", legend]


def _even(row: list[str], wide: int) -> list[str]:
    return row + [""] * (wide + 1 - len(row))


def _signs(cells: Sequence[AdoptionRow | None], shown: Sequence[int]) -> list[str]:
    return [said.status.symbol if (said := cells[number]) else "·" for number in shown]


def _count(cells: Sequence[AdoptionRow | None], folded: Sequence[int]) -> tuple[str, ...]:
    return (count_cells(cells[number] for number in folded).short,) if folded else ()


def _adopted(cells: Sequence[AdoptionRow | None]) -> str:
    count = count_cells(cells)
    return _("{adopted} of {said}").format(adopted=count.adopted, said=count.said)
