"""The matrix of practices and places on a terminal: columns by number, the places with their numbers above."""

from __future__ import annotations

from collections.abc import Sequence

from ahtc_tui.cli.console.output import format_table, read_terminal_width, truncate_text
from ahtc_tui.domain.evidence.practice import AdoptionRow, AdoptionStatus, PlaceKind, PracticeMatrix, count_cells
from ahtc_tui.domain.i18n import _


def format_matrix(matrix: PracticeMatrix, *, authorities: bool) -> list[str]:
    """The places, the table with its totals, and the signs; the authorities are one count unless asked for."""
    folded = () if authorities else matrix.list_columns(PlaceKind.AUTHORITY)
    columns = [number for number in range(len(matrix.places)) if number not in folded]
    names = [(matrix.places[column].name, matrix.places[column].kind.label) for column in columns]
    places = [(str(number), *name_cells) for number, name_cells in enumerate(names, 1)]
    places += [("A", _("{n} authorities").format(n=len(folded)), "")] if folded else []
    rows = [("", [str(number) for number, _place in enumerate(columns, 1)], "A" if folded else "", _("adopted"))]
    rows += [
        (
            row.practice.title,
            _format_signs(row.cells, columns),
            _format_count(row.cells, folded),
            _format_adopted(row.cells),
        )
        for row in matrix.rows
    ]
    adopted = [str(count_cells(matrix.list_cells(number)).adopted) for number in columns]
    total = count_cells(cell for number in folded for cell in matrix.list_cells(number)).adopted
    rows.append((_("adopted"), adopted, str(total) if folded else "", ""))
    legend = "  ".join((*(f"{status.symbol} {status.label.lower()}" for status in AdoptionStatus), _("· not said")))
    return [*format_table(places, (3, 40, 16)), "", *_format_rows(rows), "", legend]


def _format_rows(rows: Sequence[tuple[str, Sequence[str], str, str]]) -> list[str]:
    """Signs and numbers under each other; the titles get what is left of the line."""
    counts, shares = (max(len(row[n]) for row in rows) for n in (2, 3))
    tails = [
        "  ".join(
            (" ".join(f"{sign:>2}" for sign in signs), *([count.rjust(counts)] if counts else ()), share.rjust(shares))
        )
        for _title, signs, count, share in rows
    ]
    room = max(16, read_terminal_width() - 2 - len(tails[0]))
    size = min(room, max(len(row[0]) for row in rows))
    return [
        f"{truncate_text(row[0], size).ljust(size)}  {tail}".rstrip() for row, tail in zip(rows, tails, strict=True)
    ]


def _format_signs(cells: Sequence[AdoptionRow | None], columns: Sequence[int]) -> list[str]:
    return [cell.status.symbol if (cell := cells[number]) else "·" for number in columns]


def _format_count(cells: Sequence[AdoptionRow | None], folded: Sequence[int]) -> str:
    return count_cells(cells[number] for number in folded).summary if folded else ""


def _format_adopted(cells: Sequence[AdoptionRow | None]) -> str:
    count = count_cells(cells)
    return _("{adopted} of {said}").format(adopted=count.adopted, said=count.answered)
