"""What `ahtc evidence` does beside single figures: revisions, data sets, web pages under review, work of others."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import add_edit_verb, collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_records, print_json, print_lines
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_date, serialize_value
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.evidence import web_pages

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.evidence.model import WebPageRow

DATA_SET_FIELDS = ("tier", "holder", "frequency", "last_received", "next_due", "source", "note")
PAGE_FIELDS = ("link", "owner", "last_reviewed", "cycle_days", "languages", "source", "note")


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """The verbs of this page."""
    revising = verbs.add_parser("revise", help="a newer value; the old figure is kept", allow_abbrev=False)
    revising.add_argument("ref")
    revising.add_argument("value")
    for field in ("published", "source", "caveat", "note"):
        revising.add_argument(f"--{field}", metavar="X")
    revising.set_defaults(run=revise_figure)
    _add_noun(verbs, "data-set", ("title", DATA_SET_FIELDS), add_data_set, edit_data_set)
    page = _add_noun(verbs, "page", ("subject", PAGE_FIELDS), add_page, edit_page)
    reviewed = page.add_parser("reviewed", help="it was looked through", allow_abbrev=False)
    reviewed.add_argument("ref")
    reviewed.add_argument("--on", metavar="D")
    reviewed.set_defaults(run=review_page)
    listing = verbs.add_parser("pages", help="web pages under review, overdue first", allow_abbrev=False)
    listing.add_argument("words", nargs="*", metavar="WORDS")
    listing.add_argument("--overdue", action="store_true")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=print_pages)


def _add_noun(
    verbs: _SubParsersAction[ArgumentParser], name: str, fields: tuple[str, tuple[str, ...]], add: Any, edit: Any
) -> _SubParsersAction[ArgumentParser]:
    """`add` and `edit` of one noun."""
    positional, flags = fields
    noun = verbs.add_parser(name, help=f"{name}: add, edit", allow_abbrev=False)
    acts: _SubParsersAction[ArgumentParser] = noun.add_subparsers(required=True, metavar="VERB")
    adding = acts.add_parser("add", help="prints its reference", allow_abbrev=False)
    adding.add_argument(positional)
    for field in flags:
        adding.add_argument(f"--{field.replace('_', '-')}", dest=field, metavar="X")
    adding.set_defaults(run=add)
    add_edit_verb(acts, "field=value ...", edit)
    return acts


def revise_figure(context: Context, args: Namespace) -> int:
    """`evidence revise`."""
    from ahtc_tui.domain.drafts.evidence import build_figure_draft

    flags = {"published_on": args.published, "source": args.source, "caveat": args.caveat, "note": args.note}
    values = {name: words for name, words in flags.items() if words is not None}
    with context.open_workspace() as workspace:
        draft = build_figure_draft({"value": args.value, **values}, workspace.today())
        row = evidence.revise_figure(workspace, args.ref, draft)
    print_lines([row.ref])
    words = _("{ref} supersedes {old}, which is kept. `ahtc undo` takes it back.")
    context.print_notice(words.format(ref=row.ref, old=args.ref))
    return 0


def add_data_set(context: Context, args: Namespace) -> int:
    """`evidence data-set add`."""
    from ahtc_tui.domain.drafts.evidence import build_data_set_draft

    with context.open_workspace() as workspace:
        draft = build_data_set_draft(collect_flags(args, ("title", *DATA_SET_FIELDS)), workspace.today())
        return write_messages.print_written_ref(context, evidence.add_data_set(workspace, draft).ref)


def edit_data_set(context: Context, args: Namespace) -> int:
    """`evidence data-set edit`."""
    from ahtc_tui.domain.drafts.evidence import build_data_set_draft

    with context.open_workspace() as workspace:
        draft = build_data_set_draft(parse_field_values(args.fields), workspace.today())
        return write_messages.print_written_ref(context, evidence.edit_data_set(workspace, args.ref, draft).ref)


def add_page(context: Context, args: Namespace) -> int:
    """`evidence page add`."""
    from ahtc_tui.domain.drafts.evidence import build_web_page_draft

    with context.open_workspace() as workspace:
        draft = build_web_page_draft(collect_flags(args, ("subject", *PAGE_FIELDS)), workspace.today())
        return write_messages.print_written_ref(context, web_pages.add_page(workspace, draft).ref)


def edit_page(context: Context, args: Namespace) -> int:
    """`evidence page edit`."""
    from ahtc_tui.domain.drafts.evidence import build_web_page_draft

    with context.open_workspace() as workspace:
        draft = build_web_page_draft(parse_field_values(args.fields), workspace.today())
        return write_messages.print_written_ref(context, web_pages.edit_page(workspace, args.ref, draft).ref)


def review_page(context: Context, args: Namespace) -> int:
    """`evidence page reviewed`."""
    from ahtc_tui.domain.dates.parser import read_date

    with context.open_workspace() as workspace:
        day = read_date(args.on, workspace.today()) if args.on else None
        return write_messages.print_written_ref(context, web_pages.review_page(workspace, args.ref, day).ref)


def print_pages(context: Context, args: Namespace) -> int:
    """`evidence pages`."""
    with context.open_workspace() as workspace:
        today = workspace.today()
        rows = [
            row
            for row in web_pages.list_pages(workspace, " ".join(args.words))
            if not args.overdue or row.is_overdue(today)
        ]
    if args.json:
        print_json([_page_data(row, today) for row in rows])
    else:
        print_lines(format_records([_page_cells(row, today) for row in rows], (8, None, 30, 28, 28, 20)))
        context.print_notice(ngettext("1 web page", "{n} web pages", len(rows)))
    return 0


def _page_data(row: WebPageRow, today: date) -> dict[str, Any]:
    due = row.due_on.isoformat() if row.due_on and row.last_reviewed else None
    reviewed = serialize_date("last_reviewed", row.last_reviewed)
    return {**serialize_value(row), **reviewed, "due_on": due, "overdue": row.is_overdue(today)}


def _page_cells(row: WebPageRow, today: date) -> tuple[str, ...]:
    cycle = _("every {n} days").format(n=row.cycle_days) if row.cycle_days else _("no cycle")
    reviewed = _("reviewed {day}").format(day=row.last_reviewed) if row.last_reviewed else _("never reviewed")
    return (
        row.ref,
        row.subject,
        row.owner or "–",
        reviewed,
        _("{cycle}, OVERDUE").format(cycle=cycle) if row.is_overdue(today) else cycle,
        row.languages or "–",
    )
