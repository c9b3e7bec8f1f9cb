"""The card of an action: facts, updates, slips, chasers and urgency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ahtc_tui.domain.actions.fields import ROW_FIELDS, STATE_FIELDS
from ahtc_tui.domain.actions.model import BLOCKED_SIGN, BLOCKING_SIGN, ActionCard, ActionRow
from ahtc_tui.domain.actions.rating import suggest_rating
from ahtc_tui.domain.actions.urgency import TERM_LABELS, compute_urgency, compute_urgency_terms
from ahtc_tui.domain.dates.formatting import format_days_from_today, format_short_date, format_short_moment
from ahtc_tui.domain.dates.quarters import format_quarter
from ahtc_tui.domain.evidence.sources import format_source
from ahtc_tui.domain.history import ChangeRow, format_change
from ahtc_tui.domain.i18n import _, choose_language, ngettext
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.plan.action_updates import count_silent_quarters, group_updates_by_quarter
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Line, Para, Section, Title


def build_sections(card: ActionCard, today: date) -> Iterator[Section]:
    """Yield the card from top to bottom."""
    row = card.row
    yield Title(row.ref, row.shown_title)
    yield Gap()
    yield Para("   ".join(_format_state(card)))
    suggestion = suggest_rating(row, today)
    if suggestion and row.is_open and suggestion[0] is not row.brag:
        yield Para(
            _("dates suggest {rating}: {reason}").format(rating=suggestion[0].label, reason=suggestion[1]), muted=True
        )
    yield Gap()
    yield from _build_facts(card, today)
    if card.detail:
        yield Gap()
        yield Para(choose_language(card.detail, card.detail_cy))
    yield Gap()
    yield from _build_updates(card, today)
    if card.slips:
        yield Gap()
        yield Heading(_("SLIPS"))
        for slip in card.slips:
            reason = slip.reason or _("no reason given")
            yield Item(f"{slip.from_due or '–'} → {slip.to_due or '–'}  {reason}")
    if card.chases:
        yield Gap()
        yield Heading(_("CHASED"))
        yield from (Item(f"{format_short_date(day)}  {to}") for day, to in card.chases)
    yield Gap()
    if row.is_open:
        yield Line(_("URGENCY  {sum} (w explains)").format(sum=f"{compute_urgency(row, today):.2f}"), muted=True)
    yield Line(ngettext("HISTORY  1 change (h)", "HISTORY  {n} changes (h)", card.changes), muted=True)


def build_history(ref: str, changes: Sequence[ChangeRow]) -> Iterator[Section]:
    """Yield the changes of an action, the newest first."""
    yield Heading(_("HISTORY  {ref}").format(ref=ref))
    for change in changes:
        yield Item(f"{format_short_moment(change.at.astimezone())}  {change.user}  {format_change(change)}")
    if not changes:
        yield Line(_("No changes since it was loaded."), muted=True)


def build_urgency_sections(row: ActionRow, today: date) -> Iterator[Section]:
    """Yield the terms of the urgency with their contributions, and their sum."""
    yield Heading(_("URGENCY  {ref}").format(ref=row.ref))
    yield Gap()
    for name, weight in compute_urgency_terms(row, today):
        yield Line(f"{weight:+8.2f}  " + _(TERM_LABELS[name]))
    yield Line(f"{compute_urgency(row, today):8.2f}  " + _("total"))
    if not row.is_open:
        yield Gap()
        yield Para(_("Closed actions have no urgency."), muted=True)


def _build_updates(card: ActionCard, today: date) -> Iterator[Section]:
    """Yield the updates by quarter, with a line for each quarter without one."""
    quarters = group_updates_by_quarter(card, today)
    missing = count_silent_quarters(quarters)
    yield Heading(_("UPDATES"))
    if missing:
        yield Line(_("no update given in {n} of {all} quarters").format(n=missing, all=len(quarters)), muted=True)
    for quarter in quarters:
        for update in quarter.updates:
            yield Item(f"{format_short_date(update.said_on)}  {update.brag or '–'}  {update.text}")
        if not quarter.updates:
            yield Line("  ".join((format_quarter(quarter.end), _("no update given"))), muted=True)
    if not card.updates:
        yield Line(_("none yet: U adds one"), muted=True)


def _format_state(card: ActionCard) -> Iterator[str]:
    row = card.row
    if row.brag:
        yield f"{row.brag} {row.brag.label}"
    yield row.status.label.lower()
    for field in STATE_FIELDS:
        if value := field.read(card):
            shown = value.label.lower() if isinstance(value, LabelledEnum) else value
            yield f"{field.label} {shown}"


def _build_facts(card: ActionCard, today: date) -> Iterator[Section]:
    row = card.row
    if row.title_cy:
        is_welsh = row.shown_title == row.title_cy
        yield Fact(_("English"), row.title) if is_welsh else Fact(_("Welsh"), row.title_cy)
    yield Fact(_("Lead"), _format_lead(row))
    for role in dict.fromkeys(role for role, _name in card.parties):
        names = [card.with_holder(name) for party_role, name in card.parties if party_role is role]
        yield Fact(role.format_label(len(names)), ", ".join(names))
    if card.partner_text:
        yield Fact(_("With"), card.partner_text)
    if row.due:
        yield Fact(_("Due"), _format_due(row, today))
    if row.review_on:
        yield Fact(_("Review on"), str(row.review_on))
    for label, value in (
        (_("Started"), card.started_on),
        (_("Reason for rating"), card.brag_reason),
        (_("Closed"), _format_closed(card)),
        (_("Repeats"), card.repeats),
        (_("Objective"), row.shown_objective),
        (_("Agenda item"), card.agenda_item),
        (_("Group"), card.group),
        (_("Where"), ", ".join(card.areas)),
        (_("Part of"), card.part_of),
        (f"{BLOCKED_SIGN} " + _("Depends on"), "; ".join(card.blocked_by)),
        (f"{BLOCKING_SIGN} " + _("Blocks"), "; ".join(card.blocks)),
        (_("Decided"), "; ".join(card.decisions)),
        (_("Answers"), card.recommendation),
        (_("Evidence"), row.evidence),
        (_("From"), " · ".join(part for part in (row.meeting, format_source(card.source)) if part)),
        *((field.heading, field.read(card)) for field in ROW_FIELDS),
    ):
        if value:
            yield Fact(label, str(value))


def _format_closed(card: ActionCard) -> str | None:
    """Return the closing date, with the meeting that agreed it."""
    day = card.row.closed_on
    if day and card.closing_meeting:
        return _("{day}, at {meeting}").format(day=day, meeting=card.closing_meeting)
    return str(day) if day else None


def _format_lead(row: ActionRow) -> str:
    if row.lead is None:
        return _("not stated")
    return row.lead_with_holder or ""


def _format_due(row: ActionRow, today: date) -> str:
    due = str(row.due)
    days = row.days_left(today)
    if row.is_late(today) and days is not None:
        due = f"{due}, {format_days_from_today(days)}"
    if row.slips:
        slips = ngettext("1 slip", "{n} slips", row.slips)
        due = _("{due} (was {was}, {slips})").format(due=due, was=row.original_due or "–", slips=slips)
    return due
