"""`ahtc practice`: good practice and where it has been taken up."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import edit_verb, flags_given, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, listing, print_json, print_lines, table
from ahtc_tui.cli.evidence import sessions
from ahtc_tui.cli.evidence.practice_matrix import matrix_lines
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.evidence.practice import NOT_SAID, AdoptionStatus, PlaceKind, cell_words, count_cells
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.evidence import practice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ahtc_tui.domain.evidence.practice import AdoptionRow, GapRow, PracticeCard, PracticeMatrix

KINDS = {
    "forces": PlaceKind.FORCE,
    "fora": PlaceKind.FORUM,
    "authorities": PlaceKind.AUTHORITY,
    "others": PlaceKind.OTHER,
}


FIELDS = ("origin_area", "venue", "lead", "recognised_by", "first_for", "source", "note")


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
        if run is matrix:
            verb.add_argument("--authorities", action="store_true", help="a column for each authority, not a count")
    showing = verbs.add_parser("show", help="one practice with its places", allow_abbrev=False)
    showing.add_argument("ref")
    showing.add_argument("--json", action="store_true")
    showing.set_defaults(run=show)
    setting = verbs.add_parser("set", help="how far a place has taken up a practice", allow_abbrev=False)
    setting.add_argument("practice")
    setting.add_argument("place")
    setting.add_argument("status", help=", ".join((*(status.value for status in AdoptionStatus), NOT_SAID)))
    setting.add_argument("--on", metavar="D", help="since when")
    setting.add_argument("--evidence", metavar="T")
    setting.add_argument("--contact", metavar="X")
    setting.set_defaults(run=set_)
    missing = verbs.add_parser("gaps", help="who has not got a practice", allow_abbrev=False)
    missing.add_argument("practice")
    missing.add_argument("--kind", choices=tuple(KINDS), action="append", help="forces, fora and authorities if unsaid")
    missing.add_argument("--json", action="store_true")
    missing.set_defaults(run=gaps)
    adding = verbs.add_parser("add", help="a practice; prints its reference", allow_abbrev=False)
    adding.add_argument("title")
    for field in FIELDS:
        adding.add_argument(f"--{field.replace('_', '-')}", dest=field, metavar="X")
    adding.set_defaults(run=add)
    edit_verb(verbs, "field=value ...", edit)
    sessions.add_verbs(verbs)


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
        print_lines(listing(cells, (26, None, 26, 20, 16)))
        context.say(say_number(len(rows), _("1 practice"), _("{n} practices")))
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
        print_lines(matrix_lines(found, authorities=chosen.authorities))
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
            "totals": _count_data(row.cells),
        }
        for row in found.rows
    ]
    columns = {place.ref: _count_data(found.column(number)) for number, place in enumerate(found.places)}
    return {"places": plain(found.places), "rows": rows, "said": found.said, "totals": columns}


def _count_data(cells: Iterable[AdoptionRow | None]) -> dict[str, int]:
    count = count_cells(cells)
    return {**{status.value: number for status, number in count.by_status}, NOT_SAID: count.of - count.said}


def gaps(context: Context, chosen: Namespace) -> int:
    """`practice gaps`."""
    kinds = [KINDS[name] for name in chosen.kind or ("forces", "fora", "authorities")]
    with context.workspace() as workspace:
        rows = practice.practice_gaps(workspace, chosen.practice, kinds)
    if chosen.json:
        print_json(
            [
                {**plain(row.place), "status": row.cell.status.value if row.cell else NOT_SAID, "words": words(row)}
                for row in rows
            ]
        )
    else:
        cells = [(row.place.name, row.place.kind.label, cell_words(row.cell)) for row in rows]
        print_lines(table(cells, (42, 14, None)))
        context.say(say_number(len(rows), _("1 place has not got it."), _("{n} places have not got it.")))
    return 0


def words(row: GapRow) -> str | None:
    """The paper's own word for how far a place is."""
    return row.cell.words if row.cell else None


def set_(context: Context, chosen: Namespace) -> int:
    """`practice set`."""
    from ahtc_tui.domain.drafts.practice import adoption_draft

    with context.workspace() as workspace:
        if chosen.status.strip().lower().replace(" ", "_").replace("-", "_") == NOT_SAID:
            practice.clear_adoption(workspace, chosen.practice, chosen.place)
            context.say(_("{place}: not said. `ahtc undo` takes it back.").format(place=chosen.place))
            return 0
        draft = adoption_draft(chosen.status, chosen.on, chosen.evidence, chosen.contact, workspace.today())
        cell = practice.set_adoption(workspace, chosen.practice, chosen.place, draft)
        others = practice.namesakes(workspace, cell)
    print_lines([cell.ref])
    context.say(_("{place}: {status}. `ahtc undo` takes it back.").format(place=cell.place, status=cell.status.label))
    if others:
        context.say(_("{place} is one place, {others} another.").format(place=cell.place, others=", ".join(others)))
    return 0


def add(context: Context, chosen: Namespace) -> int:
    """`practice add`."""
    from ahtc_tui.domain.drafts.practice import practice_draft

    fields = flags_given(chosen, ("title", *FIELDS))
    with context.workspace() as workspace:
        row = practice.add_practice(workspace, practice_draft(fields, workspace.today()))
    return write_messages.record(context, row.ref)


def edit(context: Context, chosen: Namespace) -> int:
    """`practice edit`."""
    from ahtc_tui.domain.drafts.practice import practice_draft

    with context.workspace() as workspace:
        draft = practice_draft(pairs(chosen.fields), workspace.today())
        row = practice.edit_practice(workspace, chosen.ref, draft)
    return write_messages.record(context, row.ref)
