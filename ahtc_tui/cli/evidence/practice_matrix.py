"""The matrix of practices and places on a terminal: columns by number, the places with their numbers above."""

from __future__ import annotations

from collections.abc import Sequence

from ahtc_tui.cli.console.output import cut, table, width
from ahtc_tui.domain.evidence.practice import AdoptionRow, AdoptionStatus, PlaceKind, PracticeMatrix, count_cells
from ahtc_tui.domain.i18n import _


def matrix_lines(found: PracticeMatrix, *, authorities: bool) -> list[str]:
    """The places, the table with its totals, and the signs; the authorities are one count unless asked for."""
    folded = () if authorities else found.block(PlaceKind.AUTHORITY)
    shown = [number for number in range(len(found.places)) if number not in folded]
    names = [(found.places[at].name, found.places[at].kind.label) for at in shown]
    places = [(str(number), *said) for number, said in enumerate(names, 1)]
    places += [("A", _("{n} authorities").format(n=len(folded)), "")] if folded else []
    rows = [("", [str(number) for number, _place in enumerate(shown, 1)], "A" if folded else "", _("adopted"))]
    rows += [
        (row.practice.title, _signs(row.cells, shown), _count(row.cells, folded), _adopted(row.cells))
        for row in found.rows
    ]
    adopted = [str(count_cells(found.column(number)).adopted) for number in shown]
    total = count_cells(cell for number in folded for cell in found.column(number)).adopted
    rows.append((_("adopted"), adopted, str(total) if folded else "", ""))
    legend = "  ".join((*(f"{status.symbol} {status.label.lower()}" for status in AdoptionStatus), _("· not said")))
    return [*table(places, (3, 40, 16)), "", *_lines(rows), "", legend]


def _lines(rows: Sequence[tuple[str, Sequence[str], str, str]]) -> list[str]:
    """Signs and numbers under each other; the titles get what is left of the line."""
    counts, shares = (max(len(row[n]) for row in rows) for n in (2, 3))
    tails = [
        "  ".join(
            (" ".join(f"{sign:>2}" for sign in signs), *([count.rjust(counts)] if counts else ()), share.rjust(shares))
        )
        for _title, signs, count, share in rows
    ]
    room = max(16, width() - 2 - len(tails[0]))
    size = min(room, max(len(row[0]) for row in rows))
    return [f"{cut(row[0], size).ljust(size)}  {tail}".rstrip() for row, tail in zip(rows, tails, strict=True)]


def _signs(cells: Sequence[AdoptionRow | None], shown: Sequence[int]) -> list[str]:
    return [said.status.symbol if (said := cells[number]) else "·" for number in shown]


def _count(cells: Sequence[AdoptionRow | None], folded: Sequence[int]) -> str:
    return count_cells(cells[number] for number in folded).short if folded else ""


def _adopted(cells: Sequence[AdoptionRow | None]) -> str:
    count = count_cells(cells)
    return _("{adopted} of {said}").format(adopted=count.adopted, said=count.said)
