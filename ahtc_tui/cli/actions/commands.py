"""`ahtc actions`: what is read of actions; the verbs that write lie in write_commands."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.actions import saved_views, write_commands
from ahtc_tui.cli.actions.filter_flags import add_filter_flags, filter_from, sort_from
from ahtc_tui.cli.actions.table import action_table
from ahtc_tui.cli.console.argument_types import count
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, print_json, print_lines
from ahtc_tui.domain.actions import urgency
from ahtc_tui.domain.actions.filters import Sort
from ahtc_tui.domain.actions.model import HOLDS, WAITS
from ahtc_tui.domain.actions.rating import suggested
from ahtc_tui.domain.actions.saved_views import COLUMNS
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.action_updates import Period, periods, without_update
from ahtc_tui.domain.plan.periods import quarter_code, quarter_name
from ahtc_tui.domain.serialization import action_data, plain
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.saved_views import find_view

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionCard, ActionRow
    from ahtc_tui.services.workspace import Workspace

SHOWN = 200
"""Lines of text that a list shows unless --limit says otherwise; JSON is always whole."""


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of actions."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="actions that match", allow_abbrev=False)
    add_filter_flags(listing)
    listing.add_argument("--sort", choices=[sort.value for sort in Sort], help="due, or as the view says")
    listing.add_argument("--limit", type=count, metavar="N")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=list_)
    for name, run, words in (
        ("show", show, "one action with its updates"),
        ("why", why, "the terms of its urgency"),
    ):
        verb = verbs.add_parser(name, help=words, allow_abbrev=False)
        verb.add_argument("ref")
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(run=run)
    saved_views.add_verbs(verbs)
    write_commands.add_verbs(verbs)


def list_(context: Context, chosen: Namespace) -> int:
    """`actions list`."""
    with context.workspace() as workspace:
        asked, today = filter_from(workspace, chosen), workspace.today()
        limit = chosen.limit if chosen.limit is not None or chosen.json else SHOWN
        rows = actions.list_actions(workspace, asked, sort_from(workspace, chosen, Sort.DUE), limit)
        if chosen.json:
            print_json([action_data(row, today) for row in rows])
            return 0
        shown = find_view(workspace, chosen.view).columns if chosen.view else COLUMNS
        print_lines(action_table(rows, shown, today))
        total = len(rows) if len(rows) != limit else actions.count_actions(workspace, asked)
        more = _(", {m} more: --limit 0 shows all").format(m=total - len(rows)) if total > len(rows) else ""
        context.say(say_number(len(rows), _("1 action"), _("{n} actions")) + more)
    return 0


def show(context: Context, chosen: Namespace) -> int:
    """`actions show`."""
    with context.workspace() as workspace:
        card = actions.show_action(workspace, chosen.ref)
        if chosen.json:
            print_json(_card_data(card, workspace))
        else:
            print_lines(_card_lines(card, workspace))
    return 0


def _card_data(card: ActionCard, workspace: Workspace) -> dict[str, Any]:
    data = plain(card)
    data.pop("row")
    data["holders"] = dict(card.holders)
    found = suggested(card.row, workspace.today())
    rating = {
        "brag_suggested": found[0].value if found else None,
        "brag_suggested_because": found[1] if found else None,
    }
    quarters = periods(card, workspace.today())
    said = {
        "periods": [{"period": quarter_code(one.end), "updates": plain(one.updates)} for one in quarters],
        "periods_without_update": without_update(quarters),
    }
    slipped = {"slipped": plain(card.slips)}
    return {**data, **action_data(card.row, workspace.today()), **rating, **said, **slipped, "paragraph": card.source}


def _card_lines(card: ActionCard, workspace: Workspace) -> list[str]:
    row = card.row
    lead = f"{row.lead} ({row.lead_holder})" if row.lead_holder else row.lead
    pairs = (
        (_("Status"), row.status.label),
        (_("BRAG"), f"{row.brag} {row.brag.label}" if row.brag else None),
        (_("Because"), card.brag_reason),
        (_("Confidence"), row.confidence),
        (_("Suggested"), _suggested(row, workspace.today())),
        (_("Lead"), lead),
        *((role.value.capitalize(), card.with_holder(name)) for role, name in card.parties),
        (_("Partners"), card.partner_text),
        (_("Objective"), f"{row.objective}. {row.objective_title}" if row.objective else None),
        (_("Due"), row.due),
        (_("Original due"), row.original_due if row.slips else None),
        (_("Review on"), row.review_on),
        (_("Closed"), row.closed_on),
        (_("Closed at"), card.closing_meeting),
        (_("Evidence"), "; ".join((row.evidence or "").splitlines())),
        (_("Comes again"), card.repeats),
        (_("Group"), card.group),
        (_("Part of"), card.part_of),
        *((_("Waits for"), f"{WAITS} {ref}") for ref in card.blocked_by),
        *((_("Holds up"), f"{HOLDS} {ref}") for ref in card.blocks),
        (_("Source"), card.source),
        (_("Detail"), card.detail),
        (_("Note"), card.note),
    )
    quarters = periods(card, workspace.today())
    updates = [line for one in quarters for line in _period_lines(one)]
    if missing := without_update(quarters):
        updates.append(_("No update given in {n} of {all} quarters.").format(n=missing, all=len(quarters)))
    slips = [f"{one.from_due or '–'} → {one.to_due or '–'}  {one.reason or _('no reason given')}" for one in card.slips]
    chased = [f"{day.isoformat()}  {to}" for day, to in card.chases]
    parts = ((_("Updates"), updates), (_("Slips"), slips), (_("Chased"), chased))
    said = [line for name, lines in parts if lines for line in ("", name, *lines)]
    return [f"{row.ref}  {row.title}", "", *facts(pairs), *said]


def _period_lines(one: Period) -> list[str]:
    """A quarter with what was said in it, a line each."""
    head = quarter_name(one.end)
    if not one.updates:
        return [f"{head}  –  {_('no update given')}"]
    return [f"{head}  {line.said_on.isoformat()}  {line.brag or ' '}  {line.text}" for line in one.updates]


def _suggested(row: ActionRow, today: date) -> str | None:
    """The rating that the dates suggest where it is not the one that was set."""
    found = suggested(row, today)
    return f"{found[0]} {found[0].label}: {found[1]}" if found and found[0] is not row.brag else None


def why(context: Context, chosen: Namespace) -> int:
    """`actions why`."""
    with context.workspace() as workspace:
        terms = actions.why(workspace, chosen.ref)
    total = urgency.total(terms)
    if chosen.json:
        print_json({"urgency": total, "terms": [{"term": term, "contribution": weight} for term, weight in terms]})
    else:
        print_lines([*(f"{weight:8.2f}  {term}" for term, weight in terms), f"{total:8.2f}  " + _("urgency")])
    return 0
