"""The verbs of `ahtc evidence` for revisions, data sets and web pages under review."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_records, print_json, print_lines
from ahtc_tui.cli.console.record_verbs import declare_record_verbs, print_record_ref
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    Noun,
    Switch,
    Verb,
    declare_fields,
    declare_filter_words,
)
from ahtc_tui.cli.console.write_messages import print_written_ref
from ahtc_tui.domain.evidence.fields import DATA_SET_FIELDS, WEB_PAGE_FIELDS
from ahtc_tui.domain.evidence.model import WebPageRow
from ahtc_tui.domain.filters.model import join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_date, serialize_value
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.evidence import web_pages


def declare_verbs() -> list[Verb | Noun]:
    """Return the verbs of revisions, data sets and web pages."""
    return [
        Verb("revise", revise_figure, _("add a revised value; the old figure is kept")).takes(
            REF, Argument("value"), *declare_fields(("published", "source", "caveat", "note"), "X")
        ),
        Noun(
            "data-set",
            _("add or edit data sets"),
            *declare_record_verbs(
                "evidence.DataSetDraft",
                "title",
                DATA_SET_FIELDS,
                evidence.add_data_set,
                evidence.edit_data_set,
                print_record_ref,
            ),
        ),
        Noun(
            "page",
            _("add, edit and review web pages"),
            *declare_record_verbs(
                "evidence.WebPageDraft",
                "subject",
                WEB_PAGE_FIELDS,
                web_pages.add_page,
                web_pages.edit_page,
                print_record_ref,
            ),
            Verb("reviewed", review_page, _("record a review"), REF, Argument("--on", "D")),
        ),
        Verb(
            "pages",
            print_pages,
            _("web pages under review, overdue first"),
            declare_filter_words(),
            Switch("--overdue"),
            JSON,
        ),
    ]


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
        print_written_ref(context, web_pages.review_page(workspace, args.ref, day).ref)


def print_pages(context: Context, args: Namespace) -> None:
    """Print the web pages under review, overdue ones first."""
    with context.open_workspace() as workspace:
        today = workspace.today()
        rows = [
            row
            for row in web_pages.list_pages(workspace, join_arguments(args.words))
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
        _("{cycle}, OVERDUE").format(cycle=cycle) if row.is_overdue(today) else cycle,
        row.languages or "–",
    )
