"""`ahtc contacts engage`, `engagements`, `stale`, `tier` and `tiers`: whom we spoke to, and whom we should speak to."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.contacts.engagement import EngagementKind
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.engagement import EngagementRow, StaleRow

FIELDS = ("kind", "on", "note", "follow_up", "due", "lead")
SPANS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}


def build(verbs: Any) -> None:
    """The verbs of the log of contact."""
    engaging: ArgumentParser = verbs.add_parser(
        "engage", help="write down a call, visit or meeting", allow_abbrev=False
    )
    engaging.add_argument("who", metavar="WHO[,WHO...]")
    engaging.add_argument("subject")
    engaging.add_argument("--kind", choices=[kind.value for kind in EngagementKind])
    engaging.add_argument("--on", metavar="D", help="today, if it is not said")
    engaging.add_argument("--note", metavar="T")
    engaging.add_argument("--follow-up", metavar="TITLE", help="an action that follows, made in the same step")
    engaging.add_argument("--due", metavar="D", help="of that action")
    engaging.add_argument("--lead", metavar="X", help="of that action")
    engaging.set_defaults(run=engage)
    listing: ArgumentParser = verbs.add_parser(
        "engagements", help="the log of contact, of all or of one", allow_abbrev=False
    )
    listing.add_argument("who", nargs="?", metavar="WHO")
    listing.set_defaults(run=engagements)
    overdue: ArgumentParser = verbs.add_parser(
        "stale", help="who is overdue for a word, with the last one", allow_abbrev=False
    )
    overdue.add_argument("--over", metavar="90d", help="everybody not spoken to for so long, whatever the tier")
    overdue.set_defaults(run=stale)
    tier: ArgumentParser = verbs.add_parser(
        "tier", help="how often somebody should be spoken to: 1, 2, 3 or none", allow_abbrev=False
    )
    tier.add_argument("who")
    tier.add_argument("tier", metavar="N|none")
    tier.set_defaults(run=set_tier)
    tiers: ArgumentParser = verbs.add_parser("tiers", help="the days of each tier; 1=30 sets one", allow_abbrev=False)
    tiers.add_argument("days", nargs="*", metavar="N=DAYS")
    tiers.set_defaults(run=limits)
    for verb in (engaging, listing, overdue, tiers):
        verb.add_argument("--json", action="store_true")


def engage(context: Context, chosen: Namespace) -> int:
    """`contacts engage`."""
    from ahtc_tui.domain.drafts.engagement import engagement_draft
    from ahtc_tui.services.contacts import engagement

    given = {name: getattr(chosen, name) for name in FIELDS}
    with context.workspace() as workspace:
        draft = engagement_draft({"subject": chosen.subject, **given}, workspace.today())
        row = engagement.engage(workspace, chosen.who.split(","), draft)
    if chosen.json:
        print_json(_data(row))
    else:
        print_lines([row.ref])
    follows = _("; {ref} follows").format(ref=row.follow_up) if row.follow_up else ""
    said = _("{ref}: {kind} with {who}{follows}. `ahtc undo` takes it back.")
    context.say(said.format(ref=row.ref, kind=row.kind, who=", ".join(row.who), follows=follows))
    return 0


def engagements(context: Context, chosen: Namespace) -> int:
    """`contacts engagements`."""
    from ahtc_tui.services.contacts import engagement

    with context.workspace() as workspace:
        rows = engagement.list_engagements(workspace, chosen.who)
    if chosen.json:
        print_json([_data(row) for row in rows])
    else:
        print_lines(table([_line(row) for row in rows], (20, 18, 9, None, 40, 8)))
        context.say(say_number(len(rows), _("1 contact in the log"), _("{n} contacts in the log")))
    return 0


def _data(row: EngagementRow) -> dict[str, Any]:
    return {**plain(row), **date_data("on", row.on)}


def _line(row: EngagementRow) -> tuple[str, ...]:
    who = ", ".join(row.who) or (_("came to it") if row.attended else "")
    return row.ref, str(row.on), row.kind, row.subject, who, row.follow_up or ""


def stale(context: Context, chosen: Namespace) -> int:
    """`contacts stale`."""
    from ahtc_tui.services.contacts import engagement

    over = days_of(chosen.over) if chosen.over is not None else None
    with context.workspace() as workspace:
        rows = engagement.stale(workspace, over)
    if chosen.json:
        print_json([{**plain(row), **date_data("last_on", row.last_on)} for row in rows])
    else:
        print_lines(table([_overdue(row) for row in rows], (26, None, 40, 12, 36)))
        context.say(_("{n} overdue").format(n=len(rows)))
    return 0


def _overdue(row: StaleRow) -> tuple[str, ...]:
    last = _("last {day} ({kind})").format(day=row.last_on, kind=row.last_kind) if row.last_on else ""
    days = say_number(row.days, _("1 day"), _("{n} days")) if row.days is not None else ""
    return row.ref, row.name, last, days, row.why


def days_of(words: str) -> int:
    """A span as people type it, "90d", "6w" or "90", in days. Raises BadInput."""
    found = re.fullmatch(r"(\d{1,5}) *(d|w|m|y)?[a-z]*", words.strip().lower())
    if found is None:
        raise BadInput(_('"{words}" is no span of days: write 90d, 12w or 6m.').format(words=words))
    return int(found[1]) * SPANS[found[2] or ""]


def set_tier(context: Context, chosen: Namespace) -> int:
    """`contacts tier`."""
    from ahtc_tui.services.contacts import engagement

    none = chosen.tier.strip().lower() in ("none", "-", "0", "")
    with context.workspace() as workspace:
        print_lines([engagement.set_tier(workspace, chosen.who, None if none else _number(chosen.tier))])
    return 0


def limits(context: Context, chosen: Namespace) -> int:
    """`contacts tiers`."""
    from ahtc_tui.services.contacts import engagement

    given: dict[int, int] = {}
    for word in chosen.days:
        number, _equals, days = word.partition("=")
        given[_number(number)] = days_of(days)
    with context.workspace() as workspace:
        known = engagement.set_tiers(workspace, given) if given else engagement.tiers(workspace)
    if chosen.json:
        print_json([{"tier": number, "days": days} for number, days in sorted(known.items())])
    else:
        print_lines(_("tier {n}: {days} days").format(n=number, days=days) for number, days in sorted(known.items()))
    return 0


def _number(words: str) -> int:
    if not re.fullmatch(r"[1-9]", words.strip()):
        raise BadInput(_('"{words}" is no tier: write 1 to 9, or none.').format(words=words))
    return int(words)
