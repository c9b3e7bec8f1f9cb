"""`ahtc contacts engage`, `engagements`, `stale`, `tier` and `tiers`: the engagement log and its tiers."""

from __future__ import annotations

import re
from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags, parse_days, read_day
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import (
    format_card_rows,
    format_conflict,
    print_result,
)
from ahtc_tui.cli.console.record_verbs import declare_remove_verb
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, EditVerb, Noun, Verb, declare_options
from ahtc_tui.cli.console.write_messages import edit_draft, list_written, print_written_ref
from ahtc_tui.domain.contacts.engagement import (
    EngagementFilter,
    EngagementKind,
    EngagementRow,
    EngagementState,
    StaleRow,
    format_engagement_facts,
    format_engagement_kind,
)
from ahtc_tui.domain.contacts.fields import ENGAGEMENT_FIELDS
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.fields.model import Place, build_plain_rows, build_row, list_choices_by_field, list_names
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_record

ACTION_FIELDS = ("follow_up", "due", "lead")
"""Fields of the action that follows."""


def declare_verbs() -> list[Verb | Noun]:
    """Return the verbs of the engagement log."""
    return [
        *_declare_log(),
        Verb("stale", print_stale_contacts, _("contacts with no engagement within the days of their tier")).takes(
            Argument("--over", "90d", _("contacts with no engagement for this long, whatever their tier")), JSON
        ),
        Verb("tier", set_tier, _("set how often to speak to a contact, 1, 2, 3 or none")).takes(
            Argument("who"), Argument("tier", "N|none")
        ),
        Verb("tiers", edit_tiers, _("the days of each tier; 1=30 sets one")).takes(
            Argument("days", "N=DAYS", nargs="*"), JSON
        ),
    ]


def _declare_log() -> list[Verb | Noun]:
    """Return the verbs that write and show entries of the log."""
    kind, status = Argument("--kind", choices=list(EngagementKind)), Argument("--status", choices=list(EngagementState))
    assignee = Argument("--assignee", "X", _("who deals with it (a person, post or organisation)"))
    action_due, action_lead = _("the action's due date"), _("the action's lead")
    return [
        Verb("engage", add_engagement, _("log a call, visit or meeting")).takes(
            Argument("who", "CONTACT[,CONTACT...]"),
            Argument("subject"),
            *declare_options(ENGAGEMENT_FIELDS),
            Argument("--follow-up", "TITLE", _("a following action, added in the same step")),
            Argument("--due", "D", action_due),
            Argument("--lead", "X", action_lead),
            JSON,
        ),
        Verb("engagements", print_engagements, _("the engagement log, or one contact's part")).takes(
            Argument("who", "CONTACT", nargs="?"),
            kind,
            status,
            assignee,
            Argument("--from", "D", dest="first"),
            Argument("--to", "D", _("the end date"), dest="last"),
            JSON,
        ),
        Noun(
            "engagement",
            _("show, edit or remove an entry of the engagement log"),
            Verb("show", print_engagement, _("one entry with participants, note and follow-up action"), REF, JSON),
            EditVerb(edit_engagement, list_choices_by_field(ENGAGEMENT_FIELDS)),
            declare_remove_verb("engagement"),
        ),
    ]


def add_engagement(context: Context, args: Namespace) -> None:
    """Log an engagement with one or more contacts and print its reference."""
    from ahtc_tui.domain.drafts.contacts import build_engagement_draft
    from ahtc_tui.services.contacts import engagement

    values = collect_flags(args, ("subject", *list_names(ENGAGEMENT_FIELDS, Place.ADD), *ACTION_FIELDS))
    with context.open_workspace() as workspace:
        draft = build_engagement_draft(values, workspace.today())
        row = engagement.add_engagement(workspace, args.who.split(","), draft)
    print_result(args.json, lambda: _engagement_data(row), lambda: list_written(context, row.ref))
    follows = _("; {ref} follows").format(ref=row.follow_up) if row.follow_up else ""
    sentence = _("{ref}: {kind} with {who}{follows}").format(
        ref=row.ref,
        kind=format_engagement_kind(row.kind),
        who=", ".join(context.show_names(row.who)),
        follows=follows,
    )
    context.print_undoable(f"{sentence}.")


def print_engagements(context: Context, args: Namespace) -> None:
    """Print the engagement log of all contacts, or of one."""
    from ahtc_tui.services.contacts import engagement

    with context.open_workspace() as workspace:
        first, last = (read_day(workspace.today(), day) if day else None for day in (args.first, args.last))
        kind, status = (EngagementKind(args.kind) if args.kind else None), args.status
        state = EngagementState(status) if status else None
        conditions = EngagementFilter(kind, state, args.assignee, first, last)
        rows = engagement.list_engagements(workspace, args.who, conditions)
    count = ngettext("1 engagement", "{n} engagements", len(rows))
    print_list(context, rows, _engagement_data, _engagement_cells, (20, 18, 9, None, 40, 30, 8), count)


def _engagement_data(row: EngagementRow) -> dict[str, Any]:
    return serialize_record(row, "on")


def _engagement_cells(row: EngagementRow) -> tuple[str, ...]:
    names = ", ".join(row.who) or (_("attended") if row.attended else "")
    facts = ", ".join(format_engagement_facts(row))
    return row.ref, str(row.on), format_engagement_kind(row.kind), row.subject, names, facts, row.follow_up or ""


def print_engagement(context: Context, args: Namespace) -> None:
    """Print one entry of the engagement log."""
    from ahtc_tui.services.contacts import engagement

    with context.open_workspace() as workspace:
        row = engagement.show_engagement(workspace, args.ref)
    facts = format_card_rows((*build_plain_rows(ENGAGEMENT_FIELDS, row), build_row(_("Action"), row.follow_up)))
    lines = [f"{row.ref}  {row.subject}", "", *facts, *format_conflict(context.marks, row.ref)]
    print_result(args.json, lambda: _engagement_data(row), lambda: lines, context.marks)


def edit_engagement(context: Context, args: Namespace) -> None:
    """Edit the fields of an entry of the engagement log."""
    from ahtc_tui.domain.drafts.contacts import build_engagement_edit
    from ahtc_tui.services.contacts import engagement

    row = edit_draft(context, args, build_engagement_edit, engagement.edit_engagement)
    print_result(args.json, lambda: _engagement_data(row), lambda: list_written(context, row.ref))
    context.print_undoable(f"{row.ref}: {row.subject}.")


def print_stale_contacts(context: Context, args: Namespace) -> None:
    """Print the contacts whose last engagement is longer ago than their tier allows."""
    from ahtc_tui.services.contacts import engagement

    over = parse_days(args.over) if args.over is not None else None
    with context.open_workspace() as workspace:
        rows = engagement.list_stale_contacts(workspace, over)
    count = _("{n} late").format(n=len(rows))
    print_list(context, rows, lambda row: serialize_record(row, "last_on"), _stale_cells, (26, None, 40, 12, 36), count)


def _stale_cells(row: StaleRow) -> tuple[str, ...]:
    last = (
        _("last {day} ({kind})").format(day=row.last_on, kind=format_engagement_kind(row.last_kind or ""))
        if row.last_on
        else ""
    )
    days = ngettext("1 day", "{n} days", row.days) if row.days is not None else ""
    return row.ref, row.name, last, days, row.why


def set_tier(context: Context, args: Namespace) -> None:
    """Set the tier of a contact and print its reference."""
    from ahtc_tui.services.contacts import engagement

    none = args.tier.strip().lower() in ("none", "-", "0", "")
    with context.open_workspace() as workspace:
        ref = engagement.set_tier(workspace, args.who, None if none else _parse_tier(args.tier))
    print_written_ref(context, ref)


def edit_tiers(context: Context, args: Namespace) -> None:
    """Print the days of each tier, after setting those that are given."""
    from ahtc_tui.services.contacts import engagement

    days_by_tier: dict[int, int] = {}
    for word in args.days:
        number, _equals, days = word.partition("=")
        days_by_tier[_parse_tier(number)] = parse_days(days)
    with context.open_workspace() as workspace:
        tiers = engagement.set_tiers(workspace, days_by_tier) if days_by_tier else engagement.list_tiers(workspace)
    print_result(
        args.json,
        lambda: [{"tier": number, "days": days} for number, days in sorted(tiers.items())],
        lambda: (_("tier {n}: {days} days").format(n=number, days=days) for number, days in sorted(tiers.items())),
    )


def _parse_tier(text: str) -> int:
    if not re.fullmatch(r"[1-9]", text.strip()):
        raise BadInput(_('"{words}" is not a tier. Enter 1 to 9, or none.').format(words=text))
    return int(text)
