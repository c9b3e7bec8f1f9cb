"""What `ahtc evidence` does beside single figures: revisions, data sets, web pages under review, work of others."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import edit_verb, flags_given, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import listing, print_json, print_lines
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.evidence import web_pages

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.evidence.model import WebPageRow

SET_FIELDS = ("tier", "holder", "frequency", "last_received", "next_due", "source", "note")
PAGE_FIELDS = ("link", "owner", "last_reviewed", "cycle_days", "languages", "source", "note")


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """The verbs of this page."""
    revising = verbs.add_parser("revise", help="a newer value; the old figure is kept", allow_abbrev=False)
    revising.add_argument("ref")
    revising.add_argument("value")
    for field in ("published", "source", "caveat", "note"):
        revising.add_argument(f"--{field}", metavar="X")
    revising.set_defaults(run=revise)
    _noun(verbs, "data-set", ("title", SET_FIELDS), add_set, edit_set)
    page = _noun(verbs, "page", ("subject", PAGE_FIELDS), add_page, edit_page)
    reviewed = page.add_parser("reviewed", help="it was looked through", allow_abbrev=False)
    reviewed.add_argument("ref")
    reviewed.add_argument("--on", metavar="D")
    reviewed.set_defaults(run=review)
    listing = verbs.add_parser("pages", help="web pages under review, overdue first", allow_abbrev=False)
    listing.add_argument("words", nargs="*", metavar="WORDS")
    listing.add_argument("--overdue", action="store_true")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=pages)


def _noun(
    verbs: _SubParsersAction[ArgumentParser], name: str, fields: tuple[str, tuple[str, ...]], add: Any, edit: Any
) -> _SubParsersAction[ArgumentParser]:
    """`add` and `edit` of one noun."""
    first, rest = fields
    noun = verbs.add_parser(name, help=f"{name}: add, edit", allow_abbrev=False)
    acts: _SubParsersAction[ArgumentParser] = noun.add_subparsers(required=True, metavar="VERB")
    adding = acts.add_parser("add", help="prints its reference", allow_abbrev=False)
    adding.add_argument(first)
    for field in rest:
        adding.add_argument(f"--{field.replace('_', '-')}", dest=field, metavar="X")
    adding.set_defaults(run=add)
    edit_verb(acts, "field=value ...", edit)
    return acts


def revise(context: Context, chosen: Namespace) -> int:
    """`evidence revise`."""
    from ahtc_tui.domain.drafts.evidence import figure_draft

    said = {"published_on": chosen.published, "source": chosen.source, "caveat": chosen.caveat, "note": chosen.note}
    given = {name: words for name, words in said.items() if words is not None}
    with context.workspace() as workspace:
        draft = figure_draft({"value": chosen.value, **given}, workspace.today())
        row = evidence.revise_figure(workspace, chosen.ref, draft)
    print_lines([row.ref])
    words = _("{ref} supersedes {old}, which is kept. `ahtc undo` takes it back.")
    context.say(words.format(ref=row.ref, old=chosen.ref))
    return 0


def add_set(context: Context, chosen: Namespace) -> int:
    """`evidence data-set add`."""
    from ahtc_tui.domain.drafts.evidence import data_set_draft

    with context.workspace() as workspace:
        draft = data_set_draft(flags_given(chosen, ("title", *SET_FIELDS)), workspace.today())
        return write_messages.record(context, evidence.add_data_set(workspace, draft).ref)


def edit_set(context: Context, chosen: Namespace) -> int:
    """`evidence data-set edit`."""
    from ahtc_tui.domain.drafts.evidence import data_set_draft

    with context.workspace() as workspace:
        draft = data_set_draft(pairs(chosen.fields), workspace.today())
        return write_messages.record(context, evidence.edit_data_set(workspace, chosen.ref, draft).ref)


def add_page(context: Context, chosen: Namespace) -> int:
    """`evidence page add`."""
    from ahtc_tui.domain.drafts.evidence import web_page_draft

    with context.workspace() as workspace:
        draft = web_page_draft(flags_given(chosen, ("subject", *PAGE_FIELDS)), workspace.today())
        return write_messages.record(context, web_pages.add_page(workspace, draft).ref)


def edit_page(context: Context, chosen: Namespace) -> int:
    """`evidence page edit`."""
    from ahtc_tui.domain.drafts.evidence import web_page_draft

    with context.workspace() as workspace:
        draft = web_page_draft(pairs(chosen.fields), workspace.today())
        return write_messages.record(context, web_pages.edit_page(workspace, chosen.ref, draft).ref)


def review(context: Context, chosen: Namespace) -> int:
    """`evidence page reviewed`."""
    from ahtc_tui.domain.dates.parser import read_date

    with context.workspace() as workspace:
        day = read_date(chosen.on, workspace.today()) if chosen.on else None
        return write_messages.record(context, web_pages.review_page(workspace, chosen.ref, day).ref)


def pages(context: Context, chosen: Namespace) -> int:
    """`evidence pages`."""
    with context.workspace() as workspace:
        today = workspace.today()
        rows = [
            row
            for row in web_pages.list_pages(workspace, " ".join(chosen.words))
            if not chosen.overdue or row.overdue(today)
        ]
    if chosen.json:
        print_json([_page_data(row, today) for row in rows])
    else:
        print_lines(listing([_page_line(row, today) for row in rows], (8, None, 30, 28, 28, 20)))
        context.say(say_number(len(rows), _("1 web page"), _("{n} web pages")))
    return 0


def _page_data(row: WebPageRow, today: date) -> dict[str, Any]:
    due = row.due_on.isoformat() if row.due_on and row.last_reviewed else None
    reviewed = date_data("last_reviewed", row.last_reviewed)
    return {**plain(row), **reviewed, "due_on": due, "overdue": row.overdue(today)}


def _page_line(row: WebPageRow, today: date) -> tuple[str, ...]:
    cycle = _("every {n} days").format(n=row.cycle_days) if row.cycle_days else _("no cycle")
    reviewed = _("reviewed {day}").format(day=row.last_reviewed) if row.last_reviewed else _("never reviewed")
    return (
        row.ref,
        row.subject,
        row.owner or "–",
        reviewed,
        _("{cycle}, OVERDUE").format(cycle=cycle) if row.overdue(today) else cycle,
        row.languages or "–",
    )
