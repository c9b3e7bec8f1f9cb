"""`ahtc evidence`: figures with their sources, and the data sets behind them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import edit_verb, flags_given, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, listing, print_json, print_lines, section, table
from ahtc_tui.cli.evidence import write_commands
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.evidence.model import Standing, bar, chosen_words, sparkline, why_used
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.evidence import service as evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ahtc_tui.domain.evidence.model import DataSetRow, FigureCard, FigureRow

CHART = 40
BEHIND = (Standing.LATE, Standing.MISSING)
FIELDS = ("value", "unit", "period", "source", "data_set", "area", "part_of", "supersedes", "caveat", "published_on")
"""What `add` takes as flags; `edit` takes the same as field=value, and `title`, `out_of`, `at_least` and `note`."""


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of evidence."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="figures that match", allow_abbrev=False)
    listing.add_argument("words", nargs="*", metavar="WORDS")
    listing.add_argument("--data-sets", action="store_true", help="the data sets behind the figures")
    listing.add_argument("--late", action="store_true", help="only data sets that are late or missing")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=list_)
    showing = verbs.add_parser("show", help="one figure with its source and caveat", allow_abbrev=False)
    showing.add_argument("ref")
    showing.add_argument("--json", action="store_true")
    showing.set_defaults(run=show)
    adding = verbs.add_parser("add", help="a new figure; prints its reference", allow_abbrev=False)
    adding.add_argument("title")
    for field in FIELDS:
        adding.add_argument(f"--{field.replace('_', '-')}", dest=field)
    adding.set_defaults(run=add)
    edit_verb(verbs, "field=value ...", edit)
    write_commands.add_verbs(verbs)


def list_(context: Context, chosen: Namespace) -> int:
    """`evidence list`."""
    words = " ".join(chosen.words)
    with context.workspace() as workspace:
        today, limit = workspace.today(), workspace.small_counts
        if chosen.data_sets or chosen.late:
            sets = evidence.list_data_sets(workspace, words)
            sets = [row for row in sets if not chosen.late or row.standing(today) in BEHIND]
            data = [{**_set_data(row), "standing": row.standing(today).value} for row in sets]
            lines = _set_lines(sets, today)
            count = say_number(len(sets), _("1 data set"), _("{n} data sets"))
        else:
            figures = evidence.list_figures(workspace, words)
            data = [{**_figure_data(row), "small": row.is_small(limit)} for row in figures]
            lines = _figure_lines(figures, limit)
            count = say_number(len(figures), _("1 figure"), _("{n} figures"))
    if chosen.json:
        print_json(data)
    else:
        print_lines(lines)
        context.say(count)
    return 0


def _figure_data(row: FigureRow) -> dict[str, Any]:
    return {**plain(row), "value_text": row.value_text, **date_data("period", row.period)}


def _figure_lines(rows: list[FigureRow], limit: int) -> list[str]:
    cells = [
        (
            row.ref,
            row.title,
            f"{row.value_text} {row.unit}",
            str(row.period),
            row.source or "–",
            ", ".join(_marks(row, limit)),
        )
        for row in rows
    ]
    return listing(cells, (28, None, 26, 18, 36, 28))


def _marks(row: FigureRow, limit: int) -> Iterator[str]:
    """What is to be seen beside a figure before anybody quotes it."""
    if row.caveat:
        yield _("see caveat")
    if row.use:
        yield row.use
    if row.superseded:
        yield _("superseded")
    if row.is_small(limit):
        yield _("under {limit}").format(limit=limit)


def _set_data(row: DataSetRow) -> dict[str, Any]:
    return {**plain(row), **date_data("last_received", row.last_received), **date_data("next_due", row.next_due)}


def _set_lines(rows: list[DataSetRow], today: date) -> list[str]:
    cells = [
        (
            row.ref,
            row.tier.label,
            row.title,
            row.holder or "–",
            say_number(row.figures, _("1 figure"), _("{n} figures")),
            " ".join(filter(None, (row.standing(today).label, str(row.next_due or "")))),
            row.source or "–",
        )
        for row in rows
    ]
    return listing(cells, (20, 10, None, 34, 12, 26, 16))


def show(context: Context, chosen: Namespace) -> int:
    """`evidence show`."""
    with context.workspace() as workspace:
        card = evidence.show_figure(workspace, chosen.ref)
        series = evidence.series_of(workspace, chosen.ref)
        beside = evidence.figures_beside(workspace, chosen.ref)
        limit = workspace.small_counts
    if chosen.json:
        data = plain(card)
        data.pop("row")
        rows = {"series": [_figure_data(row) for row in series], "beside": [_figure_data(row) for row in beside]}
        looked = {"in_use": why_used(card, beside), "small": card.row.is_small(limit)}
        print_json({**data, **_figure_data(card.row), **rows, **looked})
    else:
        print_lines([*_card_lines(card, beside), *_beside_lines(beside), *_chart_lines(series)])
    return 0


def _card_lines(card: FigureCard, beside: list[FigureRow]) -> list[str]:
    row = card.row
    pairs = (
        (_("Value"), f"{row.value_text} {row.unit}"),
        (_("Period"), row.period),
        (_("Area"), row.area),
        (_("Data set"), row.data_set),
        (_("Part of"), f"{card.part_of_ref} {row.part_of}" if row.part_of else None),
        *((_("Parts"), part) for part in card.parts),
        (_("Caveat"), row.caveat),
        (_("Published"), card.published_on),
        (_("Supersedes"), card.supersedes),
        (_("Superseded by"), card.superseded_by),
        (_("Source"), row.source),
        (_("Used"), why_used(card, beside)),
        (_("Note"), card.note if card.note != row.caveat else None),
    )
    return [f"{row.ref}  {row.title}", "", *facts(pairs)]


def _beside_lines(rows: list[FigureRow]) -> list[str]:
    """What other sources say of the same."""
    return section(_("Other sources say"), [row.told for row in rows])


def _chart_lines(series: list[FigureRow]) -> list[str]:
    """The figure period by period: a bar and its number each."""
    if len(series) < 2:
        return []
    top = max(row.value for row in series)
    lines = table([(str(row.period), row.value_text, bar(row.value, top, CHART)) for row in series], (18, 16, CHART))
    lines += filter(None, (chosen_words(series),))
    return section(_("By period  {sparks}").format(sparks=sparkline([row.value for row in series])), lines)


def add(context: Context, chosen: Namespace) -> int:
    """`evidence add`."""
    from ahtc_tui.domain.drafts.evidence import figure_draft

    given = flags_given(chosen, FIELDS)
    with context.workspace() as workspace:
        row = evidence.add_figure(workspace, figure_draft({"title": chosen.title, **given}, workspace.today()))
    return _written(context, row)


def edit(context: Context, chosen: Namespace) -> int:
    """`evidence edit`."""
    from ahtc_tui.domain.drafts.evidence import figure_draft

    with context.workspace() as workspace:
        row = evidence.edit_figure(workspace, chosen.ref, figure_draft(pairs(chosen.fields), workspace.today()))
    return _written(context, row)


def _written(context: Context, row: FigureRow) -> int:
    print_lines([row.ref])
    said = _("{ref}: {value} {unit}. `ahtc undo` takes it back.")
    context.say(said.format(ref=row.ref, value=row.value_text, unit=row.unit))
    return 0
