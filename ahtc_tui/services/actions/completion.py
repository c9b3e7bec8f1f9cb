"""What closing an action brings with it, and opening takes away: day, rating, who held the post, what follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED, ActionRow, Brag, Status, next_review
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import recurrence
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.contacts.post_holders import holder_on
from ahtc_tui.store.records.fields import field_of

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger


def status_change(ledger: Ledger, key: bytes, status: Status, on: DateAsKnown | None, today: date) -> dict[str, Any]:
    """The fields that a new status changes. What is done is blue, and the reason of the rating before goes with it."""
    before = stored.by_key(ledger.cursor, key)
    changed: dict[str, Any] = {"status": status.value}
    if status is Status.DONE and before.brag is not Brag.BLUE:
        changed |= {"brag": Brag.BLUE.value, "brag_reason": None}
    elif status is not Status.DONE and not before.open and before.brag is Brag.BLUE:
        changed |= {"brag": None, "brag_reason": None}
    if status in CLOSED and before.open:
        lead = field_of(ledger.cursor, "actions", key, "lead")
        changed |= stamp(ledger, lead, on, today)
    elif status not in CLOSED and not before.open:
        changed |= {"closed_on": None, "closed_by": None, "closing_meeting": None}
    return changed


def follow(ledger: Ledger, key: bytes, before: ActionRow | None = None) -> None:
    """Where an action is done that was not closed before, and comes again: the next one, like it as it stands now."""
    after = stored.by_key(ledger.cursor, key)
    if after.status is Status.DONE and after.closed_on and (before is None or before.open):
        recurrence.follow_on(ledger, key, after.closed_on.latest)


def review(before: ActionRow, status: Status | None, looked: date) -> dict[str, Any]:
    """The next day of review of a continuing duty that was looked at: where it had none, or where that day had come."""
    standing = before.review_on
    if (status or before.status) is not Status.CONTINUING or (standing is not None and standing.latest > looked):
        return {}
    return {"review_on": next_review(looked).stored}


def stamp(ledger: Ledger, lead: bytes | None, on: DateAsKnown | None, today: date) -> dict[str, Any]:
    """The day of closing, and who held the leading post on it: closed work keeps the person."""
    day = on or DateAsKnown(today)
    return {"closed_on": day.stored, "closed_by": holder_on(ledger.cursor, lead, day.latest) if lead else None}


def not_closed() -> str:
    """The sentence for a day of closing on an open action."""
    return _("Only a closed action has a day of closing: give it the status done or cancelled as well.")
