"""`ahtc practice`: good practice and where it has been taken up."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import facts, print_json, print_lines, table
from ahtc_tui.domain.as_data import date_data, plain
from ahtc_tui.domain.practice import NOT_SAID, AdoptionStatus, cell_words
from ahtc_tui.domain.words import _
from ahtc_tui.services import practice

if TYPE_CHECKING:
    from ahtc_tui.domain.practice import AdoptionRow, PracticeCard, PracticeMatrix


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of practice."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, run, words in (
        ("list", list_, "practices that match"),
        ("matrix", matrix, "practices in places; an absent cell is not said"),
    ):
        verb = verbs.add_parser(name, help=words, allow_abbrev=False)
        verb.add_argument("words", nargs="*", metavar="WORDS")
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(run=run)
    showing = verbs.add_parser("show", help="one practice with its places", allow_abbrev=False)
    showing.add_argument("ref")
    showing.add_argument("--json", action="store_true")
    showing.set_defaults(run=show)
    setting = verbs.add_parser("set", help="how far a place has taken up a practice", allow_abbrev=False)
    setting.add_argument("practice")
    setting.add_argument("place")
    setting.add_argument("status", help=", ".join(status.value for status in AdoptionStatus))
    setting.add_argument("--on", metavar="D", help="since when")
    setting.add_argument("--evidence", metavar="T")
    setting.add_argument("--contact", metavar="X")
    setting.set_defaults(run=set_)


def list_(context: Context, chosen: Namespace) -> int:
    """`practice list`."""
    with context.workspace() as workspace:
        rows = practice.list_practices(workspace, " ".join(chosen.words))
    if chosen.json:
        print_json(plain(rows))
    else:
        cells = [
            (
                row.ref,
                row.title,
                row.lead or row.origin or "–",
                _("{adopted} of {places} adopted").format(adopted=row.adopted, places=row.adoptions),
                row.source or "–",
            )
            for row in rows
        ]
        print_lines(table(cells, (26, None, 26, 20, 16)))
        context.say(_("{n} practices").format(n=len(rows)))
    return 0


def show(context: Context, chosen: Namespace) -> int:
    """`practice show`."""
    with context.workspace() as workspace:
        card = practice.show_practice(workspace, chosen.ref)
    if chosen.json:
        data = plain(card)
        print_json({**data.pop("row"), **data, "adoptions": [_cell_data(cell) for cell in card.adoptions]})
    else:
        print_lines(_card_lines(card))
    return 0


def _cell_data(cell: AdoptionRow) -> dict[str, Any]:
    return {**plain(cell), **date_data("since", cell.since)}


def _card_lines(card: PracticeCard) -> list[str]:
    row = card.row
    pairs = (
        (_("From"), row.origin),
        (_("Venue"), card.venue),
        (_("Lead"), row.lead),
        (_("Recognised by"), card.recognised_by),
        (_("A first for"), card.first_for),
        (_("Source"), row.source),
        (_("Note"), card.note),
    )
    cells = [
        (
            cell.place,
            cell_words(cell),
            _("since {day}").format(day=cell.since) if cell.since else "",
            " ".join(words for words in (cell.source, cell.evidence, cell.contact) if words),
        )
        for cell in card.adoptions
    ]
    return [f"{row.ref}  {row.title}", "", *facts(pairs), "", _("Places"), *table(cells, (32, 34, 26, 48))]


def matrix(context: Context, chosen: Namespace) -> int:
    """`practice matrix`."""
    with context.workspace() as workspace:
        found = practice.matrix(workspace, " ".join(chosen.words))
    if chosen.json:
        print_json(_matrix_data(found))
    else:
        print_lines(_matrix_lines(found))
    return 0


def _matrix_data(found: PracticeMatrix) -> dict[str, Any]:
    """The places once, and for each practice a cell for every place: "not_said" where nobody said anything."""
    rows = [
        {
            "practice": row.practice.ref,
            "title": row.practice.title,
            "source": row.practice.source,
            "cells": {
                place.ref: cell.status.value if cell else NOT_SAID
                for place, cell in zip(found.places, row.cells, strict=True)
            },
            "adoptions": [_cell_data(cell) for cell in row.cells if cell],
        }
        for row in found.rows
    ]
    return {"places": plain(found.places), "rows": rows, "said": found.said}


def _matrix_lines(found: PracticeMatrix) -> list[str]:
    """Columns by number, so that every place fits; the places with their numbers stand above."""
    numbers = [str(number) for number, _place in enumerate(found.places, 1)]
    places = [(number, place.name, place.kind.label) for number, place in zip(numbers, found.places, strict=True)]
    head = ["", *numbers]
    rows = [[row.practice.title, *(cell.status.symbol if cell else "·" for cell in row.cells)] for row in found.rows]
    legend = ["  ".join((*(f"{status.symbol} {status.label.lower()}" for status in AdoptionStatus), _("· not said")))]
    wide = [3] * len(numbers)
    return [*table(places, (3, 40, 16)), "", *table([head, *rows], [None, *wide]), "", *legend]


def set_(context: Context, chosen: Namespace) -> int:
    """`practice set`."""
    from ahtc_tui.domain.drafts.practice import adoption_draft

    with context.workspace() as workspace:
        draft = adoption_draft(chosen.status, chosen.on, chosen.evidence, chosen.contact, workspace.today())
        cell = practice.set_adoption(workspace, chosen.practice, chosen.place, draft)
    print_lines([cell.ref])
    context.say(_("{place}: {status}. `ahtc undo` takes it back.").format(place=cell.place, status=cell.status.label))
    return 0
