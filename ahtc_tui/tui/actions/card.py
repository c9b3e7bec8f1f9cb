"""The card of an action: facts, updates, slips, chasers and urgency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ahtc_tui.domain.actions.card import build_fact_rows, build_state_rows, find_other_rating
from ahtc_tui.domain.actions.model import ActionCard, ActionRow
from ahtc_tui.domain.actions.urgency import TERM_LABELS, compute_urgency, compute_urgency_terms
from ahtc_tui.domain.dates.formatting import format_short_date, format_short_moment
from ahtc_tui.domain.dates.quarters import format_quarter
from ahtc_tui.domain.history import ChangeRow, format_change
from ahtc_tui.domain.i18n import _, choose_language, ngettext
from ahtc_tui.domain.plan.action_updates import count_silent_quarters, group_updates_by_quarter
from ahtc_tui.tui.widgets.detail_pane import Gap, Heading, Item, Line, Para, Section, Title, build_facts
from ahtc_tui.tui.widgets.plain import format_heading


def build_sections(card: ActionCard, today: date) -> Iterator[Section]:
    """Yield the card from top to bottom."""
    row = card.row
    yield Title(row.ref, row.shown_title)
    yield Gap()
    yield Para("   ".join(_format_state(card)))
    if suggestion := find_other_rating(row, today):
        rating, reason = suggestion
        yield Para(_("dates suggest {rating}: {reason}").format(rating=rating, reason=reason), muted=True)
    yield Gap()
    yield from build_facts(build_fact_rows(card, today))
    if card.detail:
        yield Gap()
        yield Para(choose_language(card.detail, card.detail_cy))
    yield Gap()
    yield from _build_updates(card, today)
    if card.slips:
        yield Gap()
        yield Heading(format_heading(_("Slips")))
        for slip in card.slips:
            reason = slip.reason or _("no reason given")
            yield Item(f"{slip.from_due or '–'} → {slip.to_due or '–'}  {reason}")
    if card.chases:
        yield Gap()
        yield Heading(format_heading(_("Chased")))
        yield from (Item(f"{format_short_date(day)}  {to}") for day, to in card.chases)
    yield Gap()
    yield Line(ngettext("HISTORY  1 change (. h)", "HISTORY  {n} changes (. h)", card.changes), muted=True)


def build_history(ref: str, changes: Sequence[ChangeRow]) -> Iterator[Section]:
    """Yield the changes of an action, the newest first."""
    yield Heading(format_heading(_("History"), ref))
    for change in changes:
        yield Item(f"{format_short_moment(change.at.astimezone())}  {change.user}  {format_change(change)}")
    if not changes:
        yield Line(_("No changes since it was loaded."), muted=True)


def build_urgency_sections(row: ActionRow, today: date) -> Iterator[Section]:
    """Yield the terms of the urgency with their contributions, and their sum."""
    yield Heading(format_heading(_("Urgency"), row.ref))
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
    yield Heading(format_heading(_("Updates")))
    if missing:
        yield Line(_("no update given in {n} of {all} quarters").format(n=missing, all=len(quarters)), muted=True)
    for quarter in quarters:
        for update in quarter.updates:
            yield Item(f"{format_short_date(update.said_on)}  {update.brag or '–'}  {update.text}")
        if not quarter.updates:
            yield Line("  ".join((format_quarter(quarter.end), _("no update given"))), muted=True)
    if not card.updates:
        yield Line(_("none yet, press U to add one"), muted=True)


def _format_state(card: ActionCard) -> Iterator[str]:
    status, rating, *estimates = build_state_rows(card)
    yield from rating.values
    yield from (value.lower() for value in status.values)
    yield from (f"{label.lower()} {value.lower()}" for label, values in estimates for value in values)
