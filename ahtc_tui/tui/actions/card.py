"""The card of an action: who, when, from where, its updates and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ahtc_tui.domain.actions.model import HOLDS, WAITS, ActionCard, ActionRow
from ahtc_tui.domain.actions.rating import suggested
from ahtc_tui.domain.actions.urgency import terms, urgency
from ahtc_tui.domain.dates.formatting import say_days, say_number
from ahtc_tui.domain.history import ChangeRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.action_updates import periods, without_update
from ahtc_tui.domain.plan.periods import quarter_name
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Line, Para, Section, Title


def sections(card: ActionCard, today: date) -> Iterator[Section]:
    """The card from top to bottom."""
    row = card.row
    yield Title(row.ref, row.title)
    yield Gap()
    yield Para("   ".join(_state(row)))
    found = suggested(row, today)
    if found and row.open and found[0] is not row.brag:
        yield Para(_("dates suggest {rating}: {reason}").format(rating=found[0].label, reason=found[1]), muted=True)
    yield Gap()
    yield from _facts(card, today)
    if card.detail:
        yield Gap()
        yield Para(card.detail)
    yield Gap()
    yield from _updates(card, today)
    if card.slips:
        yield Gap()
        yield Heading(_("SLIPS"))
        for slip in card.slips:
            yield Item(f"{slip.from_due or '–'} → {slip.to_due or '–'}  {slip.reason or _('no reason given')}")
    if card.chases:
        yield Gap()
        yield Heading(_("CHASED"))
        yield from (Item(f"{day:%d %b %Y}  {to}") for day, to in card.chases)
    yield Gap()
    if row.open:
        yield Line(_("URGENCY  {sum} (w says why)").format(sum=f"{urgency(row, today):.2f}"), muted=True)
    changes = card.changes + len(card.updates)
    yield Line(say_number(changes, _("HISTORY  1 change (h)"), _("HISTORY  {n} changes (h)")), muted=True)


def history_of(ref: str, changes: Sequence[ChangeRow]) -> Iterator[Section]:
    """Who changed what, the latest last."""
    yield Heading(_("HISTORY  {ref}").format(ref=ref))
    for one in changes:
        became = (
            f"{one.field} {one.old or '–'} → {one.new or '–'}" if one.old or not one.new else f"{one.field} {one.new}"
        )
        yield Item(f"{one.at:%d %b %Y %H:%M}  {one.user}  {one.step}: {became}")
    if not changes:
        yield Line(_("Nothing was changed since it was loaded."), muted=True)


def why(row: ActionRow, today: date) -> Iterator[Section]:
    """The terms of the urgency, each with what it adds, and their sum."""
    yield Heading(_("URGENCY  {ref}").format(ref=row.ref))
    yield Gap()
    for name, weight in terms(row, today):
        yield Line(f"{weight:+8.2f}  {TERMS[name]}")
    yield Line(f"{urgency(row, today):8.2f}  {_('together')}")
    if not row.open:
        yield Gap()
        yield Para(_("Closed work presses nobody."), muted=True)


TERMS = {
    "due": _("how near its due date is"),
    "blocking": _("another action waits for it"),
    "blocked": _("it waits for another action"),
    "priority": _("its priority"),
    "status": _("its status"),
    "brag": _("its rating"),
    "review": _("its review date is past"),
    "age": _("how long ago it was raised"),
}


def _updates(card: ActionCard, today: date) -> Iterator[Section]:
    """What was said, quarter by quarter, and where nothing was."""
    quarters = periods(card, today)
    missing = without_update(quarters)
    yield Heading(_("UPDATES"))
    if missing:
        yield Line(_("no update given in {n} of {all} quarters").format(n=missing, all=len(quarters)), muted=True)
    for one in quarters:
        for update in one.updates:
            yield Item(f"{update.said_on:%d %b %Y}  {update.brag or '–'}  {update.text}")
        if not one.updates:
            yield Line(f"{quarter_name(one.end)}  {_('no update given')}", muted=True)
    if not card.updates:
        yield Line(_("none yet: U adds one"), muted=True)


def _state(row: ActionRow) -> Iterator[str]:
    if row.brag:
        yield f"{row.brag} {row.brag.label}"
    yield row.status.label.lower()
    if row.confidence:
        yield _("confidence {level}").format(level=row.confidence)
    if row.priority:
        yield _("priority {level}").format(level=row.priority)


def _facts(card: ActionCard, today: date) -> Iterator[Section]:
    row = card.row
    yield Fact(_("Lead"), _lead(row))
    for role in dict.fromkeys(role for role, _name in card.parties):
        names = ", ".join(card.with_holder(name) for other, name in card.parties if other is role)
        yield Fact(_(role.value.capitalize()), names)
    if card.partner_text:
        yield Fact(_("With"), card.partner_text)
    if row.due:
        yield Fact(_("Due"), _due(row, today))
    if row.review_on:
        yield Fact(_("Review on"), str(row.review_on))
    for label, value in (
        (_("Started"), card.started_on),
        (_("Because"), card.brag_reason),
        (_("Closed"), _closed(card)),
        (_("Again"), card.repeats),
        (_("Objective"), f"{row.objective}. {row.objective_title}" if row.objective else None),
        (_("Group"), card.group),
        (_("Where"), ", ".join(card.areas)),
        (_("Part of"), card.part_of),
        (f"{WAITS} {_('Waits for')}", "; ".join(card.blocked_by)),
        (f"{HOLDS} {_('Holds up')}", "; ".join(card.blocks)),
        (_("Decided"), "; ".join(card.decisions)),
        (_("Answers"), card.recommendation),
        (_("Outcome"), card.outcome),
        (_("Evidence"), row.evidence),
        (_("From"), " · ".join(part for part in (row.meeting, card.source) if part)),
        (_("Note"), card.note),
    ):
        if value:
            yield Fact(label, str(value))


def _closed(card: ActionCard) -> str | None:
    """The day, and where the group agreed."""
    day = card.row.closed_on
    if day and card.closing_meeting:
        return _("{day}, at {meeting}").format(day=day, meeting=card.closing_meeting)
    return str(day) if day else None


def _lead(row: ActionRow) -> str:
    if row.lead is None:
        return _("not stated")
    return f"{row.lead} ({row.lead_holder})" if row.lead_holder else row.lead


def _due(row: ActionRow, today: date) -> str:
    due = str(row.due)
    days = row.days_left(today)
    if row.late(today) and days is not None:
        due = f"{due}, {say_days(days)}"
    if row.slips:
        due = _("{due} (was {was}, {n} slips)").format(due=due, was=row.original_due or "–", n=row.slips)
    return due
