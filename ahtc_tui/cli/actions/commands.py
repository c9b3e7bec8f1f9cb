"""`ahtc actions`: what is read of actions; the verbs that write lie in write_commands."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.actions import saved_views, write_commands
from ahtc_tui.cli.actions.filter_flags import add_filter_flags, build_filter, choose_sort
from ahtc_tui.cli.actions.table import format_action_table
from ahtc_tui.cli.console.argument_types import parse_limit
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_fields, print_json, print_lines
from ahtc_tui.domain.actions import urgency
from ahtc_tui.domain.actions.filters import Sort
from ahtc_tui.domain.actions.model import BLOCKED_SIGN, BLOCKING_SIGN
from ahtc_tui.domain.actions.rating import suggest_rating
from ahtc_tui.domain.actions.saved_views import DEFAULT_COLUMNS
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.plan.action_updates import Period, count_silent_quarters, group_updates_by_quarter
from ahtc_tui.domain.plan.periods import format_quarter, format_quarter_code
from ahtc_tui.domain.serialization import serialize_action, serialize_value
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.saved_views import find_view

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionCard, ActionRow
    from ahtc_tui.services.workspace import Workspace

DEFAULT_LIMIT = 200
"""Lines of text that a list shows unless --limit says otherwise; JSON is always whole."""


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of actions."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="actions that match", allow_abbrev=False)
    add_filter_flags(listing)
    listing.add_argument("--sort", choices=[sort.value for sort in Sort], help="due, or as the view says")
    listing.add_argument("--limit", type=parse_limit, metavar="N")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=print_actions)
    for name, run, words in (
        ("show", print_action, "one action with its updates"),
        ("why", print_urgency_terms, "the terms of its urgency"),
    ):
        verb = verbs.add_parser(name, help=words, allow_abbrev=False)
        verb.add_argument("ref")
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(run=run)
    saved_views.add_verbs(verbs)
    write_commands.add_verbs(verbs)


def print_actions(context: Context, args: Namespace) -> int:
    """`actions list`."""
    with context.open_workspace() as workspace:
        action_filter, today = build_filter(workspace, args), workspace.today()
        limit = args.limit if args.limit is not None or args.json else DEFAULT_LIMIT
        rows = actions.list_actions(workspace, action_filter, choose_sort(workspace, args, Sort.DUE), limit)
        if args.json:
            print_json([serialize_action(row, today) for row in rows])
            return 0
        columns = find_view(workspace, args.view).columns if args.view else DEFAULT_COLUMNS
        print_lines(format_action_table(rows, columns, today))
        total = len(rows) if len(rows) != limit else actions.count_actions(workspace, action_filter)
        more = _(", {m} more: --limit 0 shows all").format(m=total - len(rows)) if total > len(rows) else ""
        context.print_notice(ngettext("1 action", "{n} actions", len(rows)) + more)
    return 0


def print_action(context: Context, args: Namespace) -> int:
    """`actions show`."""
    with context.open_workspace() as workspace:
        card = actions.show_action(workspace, args.ref)
        if args.json:
            print_json(_card_data(card, workspace))
        else:
            print_lines(_format_card(card, workspace))
    return 0


def _card_data(card: ActionCard, workspace: Workspace) -> dict[str, Any]:
    data = serialize_value(card)
    data.pop("row")
    data["holders"] = dict(card.holders)
    suggestion = suggest_rating(card.row, workspace.today())
    rating = {
        "brag_suggested": suggestion[0].value if suggestion else None,
        "brag_suggested_because": suggestion[1] if suggestion else None,
    }
    quarters = group_updates_by_quarter(card, workspace.today())
    period_data = {
        "periods": [
            {"period": format_quarter_code(period.end), "updates": serialize_value(period.updates)}
            for period in quarters
        ],
        "periods_without_update": count_silent_quarters(quarters),
    }
    slip_data = {"slipped": serialize_value(card.slips)}
    return {
        **data,
        **serialize_action(card.row, workspace.today()),
        **rating,
        **period_data,
        **slip_data,
        "paragraph": card.source,
    }


def _format_card(card: ActionCard, workspace: Workspace) -> list[str]:
    row = card.row
    lead = f"{row.lead} ({row.lead_holder})" if row.lead_holder else row.lead
    pairs = (
        (_("Status"), row.status.label),
        (_("BRAG"), f"{row.brag} {row.brag.label}" if row.brag else None),
        (_("Because"), card.brag_reason),
        (_("Confidence"), row.confidence),
        (_("Suggested"), _format_suggested_rating(row, workspace.today())),
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
        *((_("Waits for"), f"{BLOCKED_SIGN} {ref}") for ref in card.blocked_by),
        *((_("Holds up"), f"{BLOCKING_SIGN} {ref}") for ref in card.blocks),
        (_("Source"), card.source),
        (_("Detail"), card.detail),
        (_("Note"), card.note),
    )
    quarters = group_updates_by_quarter(card, workspace.today())
    update_lines = [line for period in quarters for line in _format_period(period)]
    if quarters_without_update := count_silent_quarters(quarters):
        update_lines.append(
            _("No update given in {n} of {all} quarters.").format(n=quarters_without_update, all=len(quarters))
        )
    slip_lines = [
        f"{slip.from_due or '–'} → {slip.to_due or '–'}  {slip.reason or _('no reason given')}" for slip in card.slips
    ]
    chase_lines = [f"{day.isoformat()}  {to}" for day, to in card.chases]
    parts = ((_("Updates"), update_lines), (_("Slips"), slip_lines), (_("Chased"), chase_lines))
    section_lines = [line for name, lines in parts if lines for line in ("", name, *lines)]
    return [f"{row.ref}  {row.title}", "", *format_fields(pairs), *section_lines]


def _format_period(period: Period) -> list[str]:
    """A quarter with what was said in it, a line each."""
    head = format_quarter(period.end)
    if not period.updates:
        return [f"{head}  –  {_('no update given')}"]
    return [f"{head}  {update.said_on.isoformat()}  {update.brag or ' '}  {update.text}" for update in period.updates]


def _format_suggested_rating(row: ActionRow, today: date) -> str | None:
    """The rating that the dates suggest where it is not the one that was set."""
    suggestion = suggest_rating(row, today)
    return (
        f"{suggestion[0]} {suggestion[0].label}: {suggestion[1]}"
        if suggestion and suggestion[0] is not row.brag
        else None
    )


def print_urgency_terms(context: Context, args: Namespace) -> int:
    """`actions why`."""
    with context.open_workspace() as workspace:
        terms = actions.explain_urgency(workspace, args.ref)
    total = urgency.sum_urgency_terms(terms)
    if args.json:
        print_json(
            {"urgency": total, "terms": [{"term": term, "contribution": contribution} for term, contribution in terms]}
        )
    else:
        print_lines(
            [*(f"{contribution:8.2f}  {term}" for term, contribution in terms), f"{total:8.2f}  " + _("urgency")]
        )
    return 0
