"""`ahtc contacts engage`, `engagements`, `stale`, `tier` and `tiers`: the engagement log and its tiers."""

from __future__ import annotations

import re
from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.argument_types import parse_days
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines, print_result
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.contacts.engagement import EngagementKind, EngagementRow, StaleRow
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_record

FIELDS = ("kind", "on", "note", "follow_up", "due", "lead")


def declare_verbs() -> list[Verb]:
    """Return the verbs of the engagement log."""
    action_due, action_lead = _("the due date of that action"), _("the lead of that action")
    return [
        Verb("engage", add_engagement, _("log a call, visit or meeting")).takes(
            Argument("who", "CONTACT[,CONTACT...]"),
            Argument("subject"),
            Argument("--kind", choices=list(EngagementKind)),
            Argument("--on", "D", _("today by default")),
            Argument("--note", "T"),
            Argument("--follow-up", "TITLE", _("an action that follows, added in the same step")),
            Argument("--due", "D", action_due),
            Argument("--lead", "X", action_lead),
            JSON,
        ),
        Verb("engagements", print_engagements, _("the engagement log of all contacts, or of one")).takes(
            Argument("who", "CONTACT", nargs="?"), JSON
        ),
        Verb("stale", print_stale_contacts, _("contacts with no engagement within the days of their tier")).takes(
            Argument("--over", "90d", _("contacts with no engagement for this long, whatever their tier")), JSON
        ),
        Verb("tier", set_tier, _("set how often to speak to a contact: 1, 2, 3 or none")).takes(
            Argument("who"), Argument("tier", "N|none")
        ),
        Verb("tiers", edit_tiers, _("the days of each tier; 1=30 sets one")).takes(
            Argument("days", "N=DAYS", nargs="*"), JSON
        ),
    ]


def add_engagement(context: Context, args: Namespace) -> None:
    """Log an engagement with one or more contacts and print its reference."""
    from ahtc_tui.domain.drafts.engagement import build_engagement_draft
    from ahtc_tui.services.contacts import engagement

    values = {name: getattr(args, name) for name in FIELDS}
    with context.open_workspace() as workspace:
        draft = build_engagement_draft({"subject": args.subject, **values}, workspace.today())
        row = engagement.add_engagement(workspace, args.who.split(","), draft)
    print_result(args.json, lambda: _engagement_data(row), lambda: [row.ref])
    follows = _("; {ref} follows").format(ref=row.follow_up) if row.follow_up else ""
    sentence = _("{ref}: {kind} with {who}{follows}.")
    context.print_undoable(sentence.format(ref=row.ref, kind=row.kind, who=", ".join(row.who), follows=follows))


def print_engagements(context: Context, args: Namespace) -> None:
    """Print the engagement log of all contacts, or of one."""
    from ahtc_tui.services.contacts import engagement

    with context.open_workspace() as workspace:
        rows = engagement.list_engagements(workspace, args.who)
    if args.json:
        print_json([_engagement_data(row) for row in rows], marks=context.marks)
    else:
        print_lines(
            format_table([_engagement_cells(row) for row in rows], (20, 18, 9, None, 40, 8), marks=context.marks)
        )
        context.print_notice(ngettext("1 engagement", "{n} engagements", len(rows)))


def _engagement_data(row: EngagementRow) -> dict[str, Any]:
    return serialize_record(row, "on")


def _engagement_cells(row: EngagementRow) -> tuple[str, ...]:
    names = ", ".join(row.who) or (_("attended") if row.attended else "")
    return row.ref, str(row.on), row.kind, row.subject, names, row.follow_up or ""


def print_stale_contacts(context: Context, args: Namespace) -> None:
    """Print the contacts whose last engagement is longer ago than their tier allows."""
    from ahtc_tui.services.contacts import engagement

    over = parse_days(args.over) if args.over is not None else None
    with context.open_workspace() as workspace:
        rows = engagement.list_stale_contacts(workspace, over)
    if args.json:
        print_json([serialize_record(row, "last_on") for row in rows], marks=context.marks)
    else:
        print_lines(format_table([_stale_cells(row) for row in rows], (26, None, 40, 12, 36), marks=context.marks))
        context.print_notice(_("{n} overdue").format(n=len(rows)))


def _stale_cells(row: StaleRow) -> tuple[str, ...]:
    last = _("last {day} ({kind})").format(day=row.last_on, kind=row.last_kind) if row.last_on else ""
    days = ngettext("1 day", "{n} days", row.days) if row.days is not None else ""
    return row.ref, row.name, last, days, row.why


def set_tier(context: Context, args: Namespace) -> None:
    """Set the tier of a contact and print its reference."""
    from ahtc_tui.services.contacts import engagement

    none = args.tier.strip().lower() in ("none", "-", "0", "")
    with context.open_workspace() as workspace:
        ref = engagement.set_tier(workspace, args.who, None if none else _parse_tier(args.tier))
    print_data(context, [ref], ref=ref)


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
        raise BadInput(_('"{words}" is not a tier: write 1 to 9, or none.').format(words=text))
    return int(text)
