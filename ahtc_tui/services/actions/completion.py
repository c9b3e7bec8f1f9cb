"""What closing an action brings with it, and opening takes away: day, rating, who held the post, what follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionRow, Brag, Status, compute_next_review
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import recurrence
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.contacts.post_holders import find_holder_on
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger


def build_status_values(
    ledger: Ledger, key: bytes, status: Status, closed_on: DateAsKnown | None, today: date
) -> dict[str, Any]:
    """The fields that a new status changes. What is done is blue, and the reason of the rating before goes with it."""
    before = stored.read_action(ledger.cursor, key)
    values: dict[str, Any] = {"status": status.value}
    if status is Status.DONE and before.brag is not Brag.BLUE:
        values |= {"brag": Brag.BLUE.value, "brag_reason": None}
    elif status is not Status.DONE and not before.is_open and before.brag is Brag.BLUE:
        values |= {"brag": None, "brag_reason": None}
    if status in CLOSED_STATUSES and before.is_open:
        lead = read_field(ledger.cursor, "actions", key, "lead")
        values |= build_closing_values(ledger, lead, closed_on, today)
    elif status not in CLOSED_STATUSES and not before.is_open:
        values |= {"closed_on": None, "closed_by": None, "closing_meeting": None}
    return values


def repeat_if_done(ledger: Ledger, key: bytes, before: ActionRow | None = None) -> None:
    """Where an action is done that was not closed before, and comes again: the next one, like it as it stands now."""
    after = stored.read_action(ledger.cursor, key)
    if after.status is Status.DONE and after.closed_on and (before is None or before.is_open):
        recurrence.create_next_instance(ledger, key, after.closed_on.latest)


def build_review_values(before: ActionRow, status: Status | None, reviewed_on: date) -> dict[str, Any]:
    """The next day of review of a continuing duty that was looked at: where it had none, or where that day had come."""
    review_on = before.review_on
    if (status or before.status) is not Status.CONTINUING or (review_on is not None and review_on.latest > reviewed_on):
        return {}
    return {"review_on": compute_next_review(reviewed_on).stored_text}


def build_closing_values(
    ledger: Ledger, lead: bytes | None, closed_on: DateAsKnown | None, today: date
) -> dict[str, Any]:
    """The day of closing, and who held the leading post on it: closed work keeps the person."""
    day = closed_on or DateAsKnown(today)
    return {
        "closed_on": day.stored_text,
        "closed_by": find_holder_on(ledger.cursor, lead, day.latest) if lead else None,
    }


def format_not_closed_error() -> str:
    """The sentence for a day of closing on an open action."""
    return _("Only a closed action has a day of closing: give it the status done or cancelled as well.")
