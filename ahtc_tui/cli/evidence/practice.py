"""`ahtc practice`: good practice, its adoption by place, and training sessions."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    format_records,
    format_section,
    format_table,
    is_accessible,
    print_json,
    print_lines,
    print_result,
    read_terminal_width,
    truncate_text,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.record_verbs import declare_record_verbs, print_record_ref
from ahtc_tui.cli.console.spoken_lines import format_spoken_marks
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    EditVerb,
    Noun,
    Switch,
    Verb,
    add_verbs,
    declare_filter_words,
    declare_options,
)
from ahtc_tui.cli.console.write_messages import edit_draft, print_data, print_written_ref, save_draft
from ahtc_tui.domain.evidence.fields import ADOPTION_FIELDS, PRACTICE_FIELDS, SESSION_FIELDS, build_practice_rows
from ahtc_tui.domain.evidence.practice import (
    NO_INFORMATION,
    NOT_SAID,
    AdoptionRow,
    AdoptionStatus,
    GapRow,
    PlaceKind,
    PracticeCard,
    PracticeMatrix,
    PracticeRow,
    TakeUpOverTime,
    count_cells,
    format_cell,
)
from ahtc_tui.domain.evidence.sessions import MissingAuthority, SessionRow
from ahtc_tui.domain.fields.model import Place, build_row, list_choices_by_field, list_names
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.labelled_enum import LabelledEnum, list_choices
from ahtc_tui.domain.serialization import serialize_record, serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.evidence import practice

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.drafts.evidence import PracticeDraft


def declare_verbs() -> list[Verb | Noun]:
    """Return the verbs of sessions."""
    period = Argument("--missing", "12m", _("the authorities without a session in this period"))
    filters = (declare_filter_words(), Argument("--practice", "X"), period, JSON)
    edit_help = _("field=value ...; numbers='Bawso=3; Gwent Police=12'")
    add = Verb("add", add_session, _("add a session; prints the reference")).takes(
        Argument("practice", "PRACTICE", nargs="?"),
        *declare_options(field for field in SESSION_FIELDS if field.name != "numbers"),
        Argument("--people", "ORG=N", _("the number of people from one organisation"), action="append", dest="numbers"),
    )
    list_verb = Verb("list", print_sessions, _("matching sessions"), *filters)
    return [
        Noun(
            "session",
            _("add, list and edit training, visits and conferences"),
            add,
            EditVerb(edit_session, list_choices_by_field(SESSION_FIELDS), help_text=edit_help),
            list_verb,
        ),
        Verb("sessions", print_sessions, _("sessions, or the authorities without one"), *filters),
    ]


def print_sessions(context: Context, args: Namespace) -> None:
    """Print the sessions that match, or with --missing the authorities without one."""
    if args.missing is not None:
        _print_missing_authorities(context, args)
        return
    with context.open_workspace() as workspace:
        rows = practice.list_sessions(workspace, join_arguments(args.words), args.practice)
    people = ngettext("1 person", "{n} people", sum(row.people for row in rows))
    count = ", ".join((ngettext("1 session", "{n} sessions", len(rows)), people))
    print_list(context, rows, _session_data, _session_cells, (10, 18, 10, None, 30, 14, 40), count, format_records)


def _session_cells(row: SessionRow) -> tuple[str, ...]:
    return (
        row.ref,
        str(row.held_on or "–"),
        row.kind.label,
        row.shown_title,
        row.location or "–",
        ngettext("1 person", "{n} people", row.people),
        ", ".join(f"{count.organisation} {count.people}" for count in row.numbers),
    )


def _session_data(row: SessionRow) -> dict[str, Any]:
    return {**serialize_record(row, "held_on"), "people": row.people}


def _print_missing_authorities(context: Context, args: Namespace) -> None:
    """Print the authorities without a session in the period."""
    with context.open_workspace() as workspace:
        rows = practice.list_missing_authorities(workspace, args.missing, args.practice)
    without = ngettext("1 authority with no session", "{n} authorities with no session", len(rows))
    count = _("{without} in {period}").format(without=without, period=args.missing)
    print_list(context, rows, _authority_data, _authority_cells, (24, None, 20), count)


def _authority_data(row: MissingAuthority) -> dict[str, Any]:
    return serialize_record(row, "last_on")


def _authority_cells(row: MissingAuthority) -> tuple[str, ...]:
    return row.ref, row.name, str(row.last_on or _("not yet"))


def add_session(context: Context, args: Namespace) -> None:
    """Add a session and print its reference."""
    from ahtc_tui.domain.drafts.evidence import build_session_draft

    fields = collect_flags(args, ("practice", *list_names(SESSION_FIELDS, Place.ADD)))
    if args.numbers:
        fields["numbers"] = ";".join(args.numbers)
    _print_written(context, save_draft(context, build_session_draft, practice.add_session, fields))


def edit_session(context: Context, args: Namespace) -> None:
    """Edit the fields of a session."""
    from ahtc_tui.domain.drafts.evidence import build_session_draft

    _print_written(context, edit_draft(context, args, build_session_draft, practice.edit_session))


def _print_written(context: Context, row: SessionRow) -> None:
    description = f"{row.shown_title}, " + ngettext("1 person", "{n} people", row.people)
    print_written_ref(context, row.ref, description, lambda: _session_data(row))


class PlaceGroup(LabelledEnum):
    """Which places the matrix has as its columns."""

    FORCES = "forces", gettext_noop("forces")
    FORA = "fora", gettext_noop("fora")
    AUTHORITIES = "authorities", gettext_noop("authorities")
    OTHERS = "others", gettext_noop("others")


PLACE_KINDS = {
    PlaceGroup.FORCES: PlaceKind.FORCE,
    PlaceGroup.FORA: PlaceKind.FORUM,
    PlaceGroup.AUTHORITIES: PlaceKind.AUTHORITY,
    PlaceGroup.OTHERS: PlaceKind.OTHER,
}
DEFAULT_GROUPS = (PlaceGroup.FORCES, PlaceGroup.FORA, PlaceGroup.AUTHORITIES)


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `practice`."""
    practice_ref = Argument("practice")
    statuses = ", ".join((*list_choices(AdoptionStatus), NOT_SAID))
    kinds_help = _("forces, fora and authorities by default")
    add_verbs(
        parser,
        Verb("list", print_practices, _("matching practices"), declare_filter_words(FilterNoun.PRACTICES), JSON),
        Verb("matrix", print_matrix, _("practices by place")).takes(
            declare_filter_words(FilterNoun.PRACTICES),
            JSON,
            Switch("--authorities", _("a column for each authority, not a count")),
        ),
        Verb("show", print_practice, _("one practice with places")).takes(
            REF, Switch("--over-time", _("the take-up by place and year, from the history")), JSON
        ),
        Verb("set", set_adoption, _("set how far a place has adopted a practice")).takes(
            practice_ref,
            Argument("place"),
            Argument("status", help_text=statuses),
            *declare_options(ADOPTION_FIELDS, _list_helps()),
        ),
        Verb("gaps", print_gaps, _("places without a practice")).takes(
            practice_ref, Argument("--kind", None, kinds_help, choices=list(PlaceGroup), action="append"), JSON
        ),
        *declare_record_verbs(
            "title",
            PRACTICE_FIELDS,
            _build_practice_draft,
            practice.add_practice,
            practice.edit_practice,
            print_record_ref,
            add_help=_("add a practice; prints the reference"),
        ),
        *declare_verbs(),
    )


def _build_practice_draft(values: dict[str, Any], today: date) -> PracticeDraft:
    from ahtc_tui.domain.drafts.evidence import build_practice_draft

    return build_practice_draft(values, today)


def print_practices(context: Context, args: Namespace) -> None:
    """Print the practices that match with their adoption."""
    with context.open_workspace() as workspace:
        rows = practice.list_practices(workspace, join_arguments(args.words))
    count = ngettext("1 practice", "{n} practices", len(rows))
    print_list(context, rows, serialize_value, _practice_cells, (26, None, 26, 20, 16), count, format_records)


def _practice_cells(row: PracticeRow) -> tuple[str, ...]:
    return row.ref, row.shown_title, row.lead or row.origin or "–", row.take_up, format_source(row.source) or "–"


def print_practice(context: Context, args: Namespace) -> None:
    """Print one practice with its adoption by place."""
    if args.over_time:
        with context.open_workspace() as workspace:
            take_up = practice.show_take_up(workspace, args.ref)
        print_result(args.json, lambda: _take_up_data(take_up), lambda: _format_take_up(take_up), marks=context.marks)
        return
    with context.open_workspace() as workspace:
        card = practice.show_practice(workspace, args.ref)
    if args.json:
        data = serialize_value(card)
        print_json(
            {**data.pop("row"), **data, "adoptions": [_adoption_data(cell) for cell in card.adoptions]},
            marks=context.marks,
        )
    else:
        print_lines([*_format_card(card), *format_conflict(context.marks, card.row.ref)])


def _take_up_data(take_up: TakeUpOverTime) -> dict[str, Any]:
    """Return the status at the end of each year for every place with one, and the numbers of places by year."""
    places = [
        {
            "place": row.place.name,
            "ref": row.place.ref,
            "kind": row.place.kind.value,
            "by_year": {str(year): _year_data(row.status_in(year)) for year in take_up.years},
            "changes": [
                {"on": None if reading.on.year == 1 else reading.on.isoformat(), "status": _year_data(reading.status)}
                for reading in row.readings
            ],
        }
        for row in take_up.places
    ]
    adopted = {str(year): take_up.count_adopted(year) for year in take_up.years}
    row = take_up.practice
    return {
        "ref": row.ref,
        "title": row.title,
        "title_cy": row.title_cy,
        "years": list(take_up.years),
        "places": places,
        "adopted": adopted,
    }


def _year_data(status: AdoptionStatus | None) -> str:
    return status.value if status else NOT_SAID


def _format_take_up(take_up: TakeUpOverTime) -> list[str]:
    """Return a table of places by year with the status at the end of each, and the number of places that adopted it."""
    rows = []
    for row in take_up.places:
        statuses = (row.status_in(year) for year in take_up.years)
        rows.append((row.place.name, *(status.label if status else NO_INFORMATION for status in statuses)))
    heading = ("", *map(str, take_up.years))
    adopted = (_("adopted"), *(str(take_up.count_adopted(year)) for year in take_up.years))
    sizes = (None, *(24 for _year in take_up.years))
    return [
        f"{take_up.practice.ref}  {take_up.practice.shown_title}",
        "",
        *format_table([heading, *rows, adopted], sizes),
    ]


def _adoption_data(cell: AdoptionRow) -> dict[str, Any]:
    return serialize_record(cell, "since")


def _format_card(card: PracticeCard) -> list[str]:
    row = card.row
    facts = (
        *build_practice_rows(card),
        build_row(_("Source"), format_source(row.source)),
        build_row(_("Note"), card.note),
    )
    cells = [
        (
            cell.place,
            format_cell(cell),
            _("since {day}").format(day=cell.since) if cell.since else "",
            " ".join(words for words in (format_source(cell.source), cell.evidence, cell.contact) if words),
        )
        for cell in card.adoptions
    ]
    return [
        f"{row.ref}  {row.shown_title}",
        "",
        *format_card_rows(facts),
        *format_section(_("Places"), format_table(cells, (32, 34, 26, 48))),
    ]


def print_matrix(context: Context, args: Namespace) -> None:
    """Print practices by place."""
    with context.open_workspace() as workspace:
        matrix = practice.show_matrix(workspace, join_arguments(args.words))
    print_result(
        args.json,
        lambda: _matrix_data(matrix),
        lambda: format_matrix(matrix, authorities=args.authorities),
        marks=context.marks,
    )


def _matrix_data(matrix: PracticeMatrix) -> dict[str, Any]:
    """Return the places, and for each practice a status for every place: "not_said" without an answer."""
    rows = [
        {
            "practice": row.practice.ref,
            "title": row.practice.title,
            "source": row.practice.source,
            "cells": {
                place.ref: cell.status.value if cell else NOT_SAID
                for place, cell in zip(matrix.places, row.cells, strict=True)
            },
            "adoptions": [_adoption_data(cell) for cell in row.cells if cell],
            "totals": _count_data(row.cells),
        }
        for row in matrix.rows
    ]
    columns = {place.ref: _count_data(matrix.list_cells(number)) for number, place in enumerate(matrix.places)}
    return {"places": serialize_value(matrix.places), "rows": rows, "said": matrix.answered_cells, "totals": columns}


def _count_data(cells: Iterable[AdoptionRow | None]) -> dict[str, int]:
    count = count_cells(cells)
    return {**{status.value: number for status, number in count.by_status}, NOT_SAID: count.of - count.answered}


def print_gaps(context: Context, args: Namespace) -> None:
    """Print the places that have not adopted a practice."""
    kinds = [PLACE_KINDS[PlaceGroup(name)] for name in args.kind or DEFAULT_GROUPS]
    with context.open_workspace() as workspace:
        rows = practice.list_practice_gaps(workspace, args.practice, kinds)
    count = ngettext("1 place has not adopted it.", "{n} places have not adopted it.", len(rows))
    print_list(context, rows, _gap_data, _gap_cells, (42, 14, None), count)


def _gap_data(row: GapRow) -> dict[str, Any]:
    """Return the place, its status, and the words of the source for it."""
    status, words = (row.cell.status.value, row.cell.words) if row.cell else (NOT_SAID, None)
    return {**serialize_value(row.place), "status": status, "words": words}


def _gap_cells(row: GapRow) -> tuple[str, ...]:
    return row.place.name, row.place.kind.label, format_cell(row.cell)


def set_adoption(context: Context, args: Namespace) -> None:
    """Set the status of a practice at a place, or clear it with the status not_said."""
    from ahtc_tui.domain.drafts.evidence import build_adoption_draft

    with context.open_workspace() as workspace:
        if args.status.strip().lower().replace(" ", "_").replace("-", "_") == NOT_SAID:
            ref = practice.clear_adoption(workspace, args.practice, args.place)
            print_data(context, [ref], ref=ref, status=NOT_SAID)
            context.print_undoable(_("{place}: no information.").format(place=args.place))
            return
        draft = build_adoption_draft(
            args.status, args.since, args.evidence, args.contact, workspace.today(), args.reason
        )
        cell = practice.set_adoption(workspace, args.practice, args.place, draft)
        namesakes = practice.list_namesakes(workspace, cell)
    print_written_ref(context, cell.ref, cell.status.label, lambda: _adoption_data(cell))
    if namesakes:
        context.print_notice(
            _("{place} and {others} are different places.").format(place=cell.place, others=", ".join(namesakes))
        )


def _list_helps() -> dict[str, str]:
    """Return the meanings of options that other records have with another meaning."""
    return {"since": _("the status date"), "reason": _("why the place has less of it than before")}


def format_matrix(matrix: PracticeMatrix, *, authorities: bool) -> list[str]:
    """Return the places, the table with totals and the legend; authorities are one column by default.

    For a screen reader it is a line for each practice with the places by status.
    """
    if is_accessible():
        return [
            format_spoken_marks(
                row.practice.shown_title,
                [(cell.status.label, cell.place) for cell in row.cells if cell],
                _("no information"),
            )
            for row in matrix.rows
        ]
    folded = () if authorities else matrix.list_columns(PlaceKind.AUTHORITY)
    columns = [number for number in range(len(matrix.places)) if number not in folded]
    names = [(matrix.places[column].name, matrix.places[column].kind.label) for column in columns]
    places = [(str(number), *name_cells) for number, name_cells in enumerate(names, 1)]
    if folded:
        places.append(("A", ngettext("{n} authority", "{n} authorities", len(folded)), ""))
    rows = [("", [str(number) for number, _place in enumerate(columns, 1)], "A" if folded else "", _("adopted"))]
    rows += [
        (
            row.practice.shown_title,
            _format_signs(row.cells, columns),
            _format_count(row.cells, folded),
            _format_adopted(row.cells),
        )
        for row in matrix.rows
    ]
    adopted = [str(count_cells(matrix.list_cells(number)).adopted) for number in columns]
    total = count_cells(cell for number in folded for cell in matrix.list_cells(number)).adopted
    rows.append((_("adopted"), adopted, str(total) if folded else "", ""))
    legend = "  ".join(
        (*(f"{status.symbol} {status.label.lower()}" for status in AdoptionStatus), _("· no information"))
    )
    return [*format_table(places, (3, 40, 16)), "", *_format_rows(rows), "", legend]


def _format_rows(rows: Sequence[tuple[str, Sequence[str], str, str]]) -> list[str]:
    """Return aligned lines of signs and numbers; titles take the space that is left."""
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
    return [cell.status.symbol if (cell := cells[number]) else NO_INFORMATION for number in columns]


def _format_count(cells: Sequence[AdoptionRow | None], folded: Sequence[int]) -> str:
    return count_cells(cells[number] for number in folded).summary if folded else ""


def _format_adopted(cells: Sequence[AdoptionRow | None]) -> str:
    count = count_cells(cells)
    return _("{adopted} of {answered}").format(adopted=count.adopted, answered=count.answered)
