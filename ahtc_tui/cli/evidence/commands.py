"""`ahtc evidence`: figures with their sources, and their data sets."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    format_records,
    format_section,
    format_table,
    print_json,
    print_lines,
)
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.record_verbs import declare_record_verbs, print_record_ref
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    Noun,
    Switch,
    Verb,
    add_verbs,
    declare_fields,
    declare_filter_words,
)
from ahtc_tui.cli.console.write_messages import print_written_ref
from ahtc_tui.domain.evidence.fields import DATA_SET_FIELDS, FIGURE_FIELDS, WEB_PAGE_FIELDS, build_figure_rows
from ahtc_tui.domain.evidence.model import (
    DataSetRow,
    DataSetState,
    FigureCard,
    FigureRow,
    WebPageRow,
    draw_bar,
    draw_sparkline,
    explain_used_source,
    format_used_periods,
)
from ahtc_tui.domain.fields.model import build_row
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.serialization import serialize_date, serialize_record, serialize_value
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.evidence import service as evidence

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.evidence import DataSetDraft, FigureDraft, WebPageDraft

CHART_WIDTH = 40
OVERDUE = (DataSetState.LATE, DataSetState.MISSING)


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `evidence`."""
    add_verbs(
        parser,
        Verb("list", print_figures, _("matching figures")).takes(
            declare_filter_words(FilterNoun.FIGURES),
            Switch("--data-sets", _("the data sets of the figures")),
            Switch("--late", _("only data sets late or not received")),
            Switch("--exact", _("small counts as well; they are hidden by default")),
            JSON,
        ),
        Verb("show", print_figure, _("one figure with source and caveat"), REF, JSON),
        *declare_record_verbs(
            "title",
            FIGURE_FIELDS,
            _build_figure_draft,
            evidence.add_figure,
            evidence.edit_figure,
            _print_written,
            add_help=_("add a figure; prints the reference"),
        ),
        *_declare_write_verbs(),
    )


def _build_figure_draft(values: dict[str, Any], today: date) -> FigureDraft:
    from ahtc_tui.domain.drafts.evidence import build_figure_draft

    return build_figure_draft(values, today)


def print_figures(context: Context, args: Namespace) -> None:
    """Print the figures that match, or with --data-sets or --late their data sets."""
    words = join_arguments(args.words)
    with context.open_workspace() as workspace:
        today, limit = workspace.today(), workspace.small_counts
        if args.data_sets or args.late:
            data_sets = evidence.list_data_sets(workspace, words)
            data_sets = [row for row in data_sets if not args.late or row.find_state(today) in OVERDUE]
            data = [
                {**serialize_record(row, "last_received", "next_due"), "standing": row.find_state(today).value}
                for row in data_sets
            ]
            lines = _format_data_sets(data_sets, today, context.marks)
            summary = ngettext("1 data set", "{n} data sets", len(data_sets))
        else:
            figures = evidence.list_figures(workspace, words)
            figures = figures if args.exact else evidence.publish_figures(workspace, figures)
            data = [{**_figure_data(row), "small": row.is_small(limit)} for row in figures]
            lines = _format_figures(figures, limit, context.marks)
            summary = ngettext("1 figure", "{n} figures", len(figures))
    if args.json:
        print_json(data, marks=context.marks)
    else:
        print_lines(lines)
        context.print_notice(summary)


def _figure_data(row: FigureRow) -> dict[str, Any]:
    value = row.value if row.hidden_below is None else None
    return {**serialize_record(row, "period"), "value": value, "value_text": row.value_text}


def _format_figures(rows: list[FigureRow], limit: int, marks: ConflictMarks) -> list[str]:
    cells = [
        (
            row.ref,
            row.shown_title,
            row.amount,
            str(row.period),
            format_source(row.source) or "–",
            ", ".join(_list_marks(row, limit)),
        )
        for row in rows
    ]
    return format_records(cells, (28, None, 26, 18, 36, 28), marks)


def _list_marks(row: FigureRow, limit: int) -> Iterator[str]:
    """Return the warnings of a figure: caveat, superseded, small count."""
    if row.printed_caveat:
        yield _("see caveat")
    if row.use:
        yield row.use
    if row.superseded:
        yield _("superseded")
    if row.is_small(limit):
        yield _("under {limit}").format(limit=limit)


def _format_data_sets(rows: list[DataSetRow], today: date, marks: ConflictMarks) -> list[str]:
    cells = [
        (
            row.ref,
            row.tier.label,
            row.shown_title,
            row.holder or "–",
            ngettext("1 figure", "{n} figures", row.figures),
            " ".join(filter(None, (row.find_state(today).label, str(row.next_due or "")))),
            format_source(row.source) or "–",
        )
        for row in rows
    ]
    return format_records(cells, (20, 10, None, 34, 12, 26, 16), marks)


def print_figure(context: Context, args: Namespace) -> None:
    """Print one figure: source, caveat, figures of other sources, values by period."""
    with context.open_workspace() as workspace:
        card = evidence.show_figure(workspace, args.ref)
        series = evidence.list_series(workspace, args.ref)
        other_sources = evidence.list_other_sources(workspace, args.ref)
        limit = workspace.small_counts
    if args.json:
        data = serialize_value(card)
        data.pop("row")
        rows = {"series": [_figure_data(row) for row in series], "beside": [_figure_data(row) for row in other_sources]}
        flags = {"in_use": explain_used_source(card, other_sources), "small": card.row.is_small(limit)}
        print_json({**data, **_figure_data(card.row), **rows, **flags}, marks=context.marks)
    else:
        print_lines(
            [
                *_format_card(card, other_sources),
                *format_section(_("Other sources say"), [row.with_source for row in other_sources]),
                *_format_chart(series),
                *format_conflict(context.marks, card.row.ref),
            ]
        )


def _format_card(card: FigureCard, other_sources: list[FigureRow]) -> list[str]:
    row = card.row
    rows = (
        build_row(_("Value"), row.amount),
        *build_figure_rows(card),
        build_row(_("Parts"), *card.parts),
        build_row(_("Caveat"), row.caveat),
        build_row(_("Source"), format_source(row.source)),
        build_row(_("Used"), explain_used_source(card, other_sources)),
        build_row(_("Note"), card.note if card.note != row.caveat else None),
    )
    return [f"{row.ref}  {row.shown_title}", "", *format_card_rows(rows)]


def _format_chart(series: list[FigureRow]) -> list[str]:
    """Return a bar and a number for each period."""
    if len(series) < 2:
        return []
    highest = max(row.value for row in series)
    lines = format_table(
        [(str(row.period), row.value_text, draw_bar(row.value, highest, CHART_WIDTH)) for row in series],
        (18, 16, CHART_WIDTH),
    )
    lines += filter(None, (format_used_periods(series),))
    return format_section(_("By period  {sparks}").format(sparks=draw_sparkline([row.value for row in series])), lines)


def _print_written(context: Context, row: FigureRow) -> None:
    print_written_ref(context, row.ref, row.amount)


def _declare_write_verbs() -> list[Verb | Noun]:
    """Return the verbs of revisions, data sets and web pages."""
    return [
        Verb("revise", revise_figure, _("add a revised value; the old figure is kept")).takes(
            REF, Argument("value"), *declare_fields(("published", "source", "caveat", "note"), "X")
        ),
        Noun(
            "data-set",
            _("add or edit data sets"),
            *declare_record_verbs(
                "title",
                DATA_SET_FIELDS,
                _build_data_set_draft,
                evidence.add_data_set,
                evidence.edit_data_set,
                print_record_ref,
            ),
        ),
        Noun(
            "page",
            _("add, edit and review web pages"),
            *declare_record_verbs(
                "subject",
                WEB_PAGE_FIELDS,
                _build_web_page_draft,
                evidence.add_page,
                evidence.edit_page,
                _print_written_page,
            ),
            Verb("reviewed", review_page, _("record a review"), REF, Argument("--on", "D")),
        ),
        Verb(
            "pages",
            print_pages,
            _("web pages under review, late ones first"),
            declare_filter_words(),
            Switch("--overdue"),
            JSON,
        ),
    ]


def _print_written_page(context: Context, row: WebPageRow) -> None:
    with context.open_workspace() as workspace:
        today = workspace.today()
    print_written_ref(context, row.ref, data=lambda: _page_data(row, today))


def _build_web_page_draft(values: dict[str, Any], today: date) -> WebPageDraft:
    from ahtc_tui.domain.drafts.evidence import build_web_page_draft

    return build_web_page_draft(values, today)


def _build_data_set_draft(values: dict[str, Any], today: date) -> DataSetDraft:
    from ahtc_tui.domain.drafts.evidence import build_data_set_draft

    return build_data_set_draft(values, today)


def revise_figure(context: Context, args: Namespace) -> None:
    """Add a revised figure that supersedes an older one, and print its reference."""
    from ahtc_tui.domain.drafts.evidence import build_figure_draft

    flags = {"published_on": args.published, "source": args.source, "caveat": args.caveat, "note": args.note}
    values = {name: words for name, words in flags.items() if words is not None}
    with context.open_workspace() as workspace:
        draft = build_figure_draft({"value": args.value, **values}, workspace.today())
        row = evidence.revise_figure(workspace, args.ref, draft)
    print_written_ref(context, row.ref, _("supersedes {old}").format(old=args.ref))


def review_page(context: Context, args: Namespace) -> None:
    """Record the review of a web page."""
    from ahtc_tui.domain.dates.parser import read_date

    with context.open_workspace() as workspace:
        day = read_date(args.on, workspace.today()) if args.on else None
        row = evidence.review_page(workspace, args.ref, day)
    _print_written_page(context, row)


def print_pages(context: Context, args: Namespace) -> None:
    """Print the web pages under review, overdue ones first."""
    with context.open_workspace() as workspace:
        today = workspace.today()
        rows = [
            row
            for row in evidence.list_pages(workspace, join_arguments(args.words))
            if not args.overdue or row.is_overdue(today)
        ]
    if args.json:
        print_json([_page_data(row, today) for row in rows])
    else:
        print_lines(format_records([_page_cells(row, today) for row in rows], (8, None, 30, 28, 28, 20)))
        context.print_notice(ngettext("1 web page", "{n} web pages", len(rows)))


def _page_data(row: WebPageRow, today: date) -> dict[str, Any]:
    due = row.due_on.isoformat() if row.due_on and row.last_reviewed else None
    reviewed = serialize_date("last_reviewed", row.last_reviewed)
    return {**serialize_value(row), **reviewed, "due_on": due, "overdue": row.is_overdue(today)}


def _page_cells(row: WebPageRow, today: date) -> tuple[str, ...]:
    cycle = _("every {n} days").format(n=row.cycle_days) if row.cycle_days else _("no cycle")
    reviewed = _("reviewed {day}").format(day=row.last_reviewed) if row.last_reviewed else _("no review recorded")
    return (
        row.ref,
        row.subject,
        row.owner or "–",
        reviewed,
        _("{cycle}, LATE").format(cycle=cycle) if row.is_overdue(today) else cycle,
        row.languages or "–",
    )
