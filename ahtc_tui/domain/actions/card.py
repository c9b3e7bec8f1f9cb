"""The card of an action: its state and its facts, as the screen and the command line show them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ahtc_tui.domain.actions.fields import ACTION_FIELDS
from ahtc_tui.domain.actions.model import BLOCKED_SIGN, BLOCKING_SIGN, ActionCard, ActionRow
from ahtc_tui.domain.actions.urgency import suggest_rating
from ahtc_tui.domain.dates.formatting import format_days_from_today
from ahtc_tui.domain.fields.model import CardRow, build_plain_rows, build_row
from ahtc_tui.domain.i18n import _, ngettext, pgettext
from ahtc_tui.domain.text.sources import format_source


def build_state_rows(card: ActionCard) -> Iterator[CardRow]:
    """Yield status, rating and what is estimated; the screen has them in one line."""
    row = card.row
    yield build_row(_("Status"), _("Proposed as cancelled") if card.is_proposed_cancelled else row.status)
    yield build_row(_("BRAG"), row.brag and row.brag.option_label)
    yield build_row(_("Confidence"), row.confidence)
    yield build_row(_("Priority"), row.priority)


def build_fact_rows(card: ActionCard, today: date) -> Iterator[CardRow]:
    """Yield the facts of an action; rows without a value as well."""
    row = card.row
    is_welsh = row.shown_title == row.title_cy
    yield build_row(_("English"), row.title if is_welsh else None)
    yield build_row(_("Welsh"), None if is_welsh else row.title_cy)
    yield build_row(_("Lead"), row.lead_with_holder or _("not stated"))
    for role in dict.fromkeys(role for role, _name in card.parties):
        names = [card.with_holder(name) for party_role, name in card.parties if party_role is role]
        yield build_row(role.format_label(len(names)), ", ".join(names))
    yield build_row(_("Other partners"), card.partner_text)
    yield build_row(pgettext("card", "Due"), format_due(row, today))
    yield build_row(_("Review on"), row.review_on)
    yield build_row(_("Raised on"), row.raised_on)
    yield build_row(_("Reason for rating"), card.brag_reason)
    yield build_row(_("Closed"), _format_closed(card))
    yield build_row(_("Repeats"), card.repeats)
    yield build_row(_("Objective"), row.shown_objective)
    yield build_row(_("Meeting"), row.meeting)
    yield build_row(_("Agenda item"), card.agenda_item)
    yield build_row(_("Group"), card.group)
    yield build_row(_("Area"), *card.areas)
    yield build_row(_("Part of"), card.part_of)
    yield build_row(_("Merged into"), *card.merged_into)
    yield build_row(_("Merged from"), *card.merged)
    yield build_row(_("Split from"), *card.split_from)
    yield build_row(_("Split into"), *card.split_into)
    yield build_row(f"{BLOCKED_SIGN} " + _("Depends on"), *card.blocked_by)
    yield build_row(f"{BLOCKING_SIGN} " + _("Blocks"), *card.blocks)
    yield build_row(_("Decisions"), *card.decisions)
    yield build_row(pgettext("action", "Answers"), card.recommendation)
    yield build_row(_("Evidence"), row.evidence)
    yield build_row(_("Source"), format_source(card.source))
    yield build_row(_("Marking"), row.marking)
    yield from build_plain_rows(ACTION_FIELDS, card)


def find_other_rating(row: ActionRow, today: date) -> tuple[str, str] | None:
    """Return the rating that the dates suggest for an open action, and why, if it is another than the one set."""
    suggestion = suggest_rating(row, today)
    if not suggestion or not row.is_open or suggestion[0] is row.brag:
        return None
    return suggestion[0].label, suggestion[1]


def format_due(row: ActionRow, today: date) -> str:
    """Return the due date, how late it is, and how often it moved; empty for none."""
    if not row.due:
        return ""
    due, days = str(row.due), row.days_left(today)
    if row.is_late(today) and days is not None:
        due = f"{due}, {format_days_from_today(days)}"
    if row.slips:
        slips = ngettext("1 slip", "{n} slips", row.slips)
        due = _("{due} (was {was}, {slips})").format(due=due, was=row.original_due or "–", slips=slips)
    return due


def _format_closed(card: ActionCard) -> str | None:
    """Return the closing date, with the meeting that agreed it."""
    day = card.row.closed_on
    if day and card.closing_meeting:
        return _("{day}, at {meeting}").format(day=day, meeting=card.closing_meeting)
    return str(day) if day else None
