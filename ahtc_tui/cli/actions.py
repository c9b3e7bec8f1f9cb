"""`ahtc actions`: every read and write of actions."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.action_filter import add_filter_flags, filter_from, positive
from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import facts, print_json, print_lines, table
from ahtc_tui.domain.as_data import action_data, plain
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters import Sort
from ahtc_tui.domain.rating import suggested
from ahtc_tui.domain.words import _
from ahtc_tui.services import actions

if TYPE_CHECKING:
    from ahtc_tui.domain.actions import ActionCard, ActionRow
    from ahtc_tui.services.workspace import Workspace

FIELDS = (
    "lead",
    "objective",
    "due",
    "meeting",
    "group",
    "detail",
    "status",
    "brag",
    "priority",
    "review_on",
    "support",
    "marking",
    "repeat",
)
"""What `add` takes as flags; `edit` takes the same as field=value."""

SHOWN = 200
"""Lines of text that a list shows unless --limit says otherwise; JSON is always whole."""


def build(parser: ArgumentParser, _command: str) -> None:
    """The verbs of actions."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="actions that match", allow_abbrev=False)
    add_filter_flags(listing)
    listing.add_argument("--sort", choices=[sort.value for sort in Sort], default=Sort.DUE.value)
    listing.add_argument("--limit", type=positive, metavar="N")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=list_)
    for name, run, words in (
        ("show", show, "one action with its updates"),
        ("why", why, "the terms of its urgency"),
        ("reopen", reopen, "open it again"),
    ):
        verb = verbs.add_parser(name, help=words, allow_abbrev=False)
        verb.add_argument("ref")
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(run=run)
    adding = verbs.add_parser("add", help="a new action; prints its reference", allow_abbrev=False)
    adding.add_argument("title")
    for field in FIELDS:
        adding.add_argument(f"--{field.replace('_', '-')}", dest=field)
    adding.set_defaults(run=add)
    editing = verbs.add_parser("edit", help="field=value ...", allow_abbrev=False)
    editing.add_argument("ref")
    editing.add_argument("fields", nargs="+", metavar="field=value")
    editing.set_defaults(run=edit)
    updating = verbs.add_parser("update", help="a dated line of progress", allow_abbrev=False)
    updating.add_argument("ref")
    updating.add_argument("text")
    updating.add_argument("--brag", metavar="L")
    updating.add_argument("--status", metavar="S")
    updating.set_defaults(run=update)
    closing = verbs.add_parser("done", help="close it", allow_abbrev=False)
    closing.add_argument("ref")
    closing.add_argument("--on", metavar="D")
    closing.set_defaults(run=done)


def list_(context: Context, chosen: Namespace) -> int:
    """`actions list`."""
    with context.workspace() as workspace:
        asked, today = filter_from(workspace, chosen), workspace.today()
        limit = chosen.limit if chosen.limit is not None or chosen.json else SHOWN
        rows = actions.list_actions(workspace, asked, Sort(chosen.sort), limit or None)
        if chosen.json:
            print_json([action_data(row, today) for row in rows])
            return 0
        print_lines(table([_line(row, workspace) for row in rows], (9, 14, None, 26, 24)))
        total = len(rows) if len(rows) != limit else actions.count_actions(workspace, asked)
        more = _(", {m} more: --limit 0 shows all").format(m=total - len(rows)) if total > len(rows) else ""
        context.say(_("{n} actions").format(n=len(rows)) + more)
    return 0


def _line(row: ActionRow, workspace: Workspace) -> tuple[str, ...]:
    brag = f"{row.brag} {row.brag.label}" if row.brag else "–"
    due = str(row.due) if row.due else "–"
    if row.late(workspace.today()):
        due = _("{due}, {n} days late").format(due=due, n=-(row.days_left(workspace.today()) or 0))
    elif row.status == "continuing":
        due = _("continuing")
    return brag, row.ref, row.title, row.lead_short or row.lead or "–", due


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
    found = suggested(card.row, workspace.today())
    rating = {
        "brag_suggested": found[0].value if found else None,
        "brag_suggested_because": found[1] if found else None,
    }
    return {**data, **action_data(card.row, workspace.today()), **rating, "paragraph": card.source}


def _card_lines(card: ActionCard, workspace: Workspace) -> list[str]:
    row = card.row
    lead = f"{row.lead} ({row.lead_holder})" if row.lead_holder else row.lead
    pairs = (
        (_("Status"), row.status.label),
        (_("BRAG"), f"{row.brag} {row.brag.label}" if row.brag else None),
        (_("Because"), card.brag_reason),
        (_("Dates suggest"), _suggested(row, workspace.today())),
        (_("Lead"), lead),
        *((role.value.capitalize(), name) for role, name in card.parties),
        (_("Partners"), card.partner_text),
        (_("Objective"), f"{row.objective}. {row.objective_title}" if row.objective else None),
        (_("Due"), row.due),
        (_("Original due"), row.original_due if row.slips else None),
        (_("Closed"), row.closed_on),
        (_("Comes again"), card.repeats),
        (_("Group"), card.group),
        (_("Part of"), card.part_of),
        *((_("Waits for"), ref) for ref in card.blocked_by),
        *((_("Holds up"), ref) for ref in card.blocks),
        (_("Source"), card.source),
        (_("Note"), card.note),
    )
    updates = [f"{line.said_on.isoformat()}  {line.brag or ' '}  {line.text}" for line in card.updates]
    return [f"{row.ref}  {row.title}", "", *facts(pairs), *(["", _("Updates"), *updates] if updates else [])]


def _suggested(row: ActionRow, today: date) -> str | None:
    """The rating that the dates suggest where it is not the one that was set."""
    found = suggested(row, today)
    return f"{found[0]} {found[0].label}: {found[1]}" if found and found[0] is not row.brag else None


def why(context: Context, chosen: Namespace) -> int:
    """`actions why`."""
    with context.workspace() as workspace:
        terms = actions.why(workspace, chosen.ref)
    total = round(sum(weight for _term, weight in terms), 2)
    if chosen.json:
        print_json({"urgency": total, "terms": [{"term": term, "contribution": weight} for term, weight in terms]})
    else:
        print_lines([*(f"{weight:8.2f}  {term}" for term, weight in terms), f"{total:8.2f}  " + _("urgency")])
    return 0


def add(context: Context, chosen: Namespace) -> int:
    """`actions add`."""
    given = {field: getattr(chosen, field) for field in FIELDS if getattr(chosen, field) is not None}
    return _write(
        context, lambda workspace: actions.add_action(workspace, _draft(workspace, {"title": chosen.title, **given}))
    )


def edit(context: Context, chosen: Namespace) -> int:
    """`actions edit`."""
    fields = pairs(chosen.fields)
    return _write(context, lambda workspace: actions.edit_action(workspace, chosen.ref, _draft(workspace, fields)))


def update(context: Context, chosen: Namespace) -> int:
    """`actions update`."""
    from ahtc_tui.domain.drafts.actions import update_draft

    draft = update_draft(chosen.text, chosen.brag, chosen.status)
    return _write(context, lambda workspace: actions.update_action(workspace, chosen.ref, draft))


def done(context: Context, chosen: Namespace) -> int:
    """`actions done`."""
    from ahtc_tui.domain.uk_dates import read_date

    return _write(
        context,
        lambda workspace: actions.close_action(
            workspace, chosen.ref, read_date(chosen.on, workspace.today()) if chosen.on else None
        ),
    )


def reopen(context: Context, chosen: Namespace) -> int:
    """`actions reopen`."""
    return _write(context, lambda workspace: actions.reopen_action(workspace, chosen.ref))


def _write(context: Context, use_case: Any) -> int:
    with context.workspace() as workspace:
        row: ActionRow = use_case(workspace)
        print_lines([row.ref])
        context.say(_("{ref}: {status}. `ahtc undo` takes it back.").format(ref=row.ref, status=row.status.label))
    return 0


def _draft(workspace: Workspace, fields: dict[str, str]) -> Any:
    from ahtc_tui.domain.drafts.actions import action_draft

    return action_draft(fields, workspace.today())


def pairs(words: list[str]) -> dict[str, str]:
    """`field=value` words as a dictionary. Raises BadInput on a word without "="."""
    found = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals:
            raise BadInput(_('Write field=value, not "{word}".').format(word=word))
        found[field.strip().replace("-", "_")] = value
    return found
