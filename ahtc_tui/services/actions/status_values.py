"""The column values that a change of status, rating or review date gives an action. Reads only; writes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionRow, Brag, Status, compute_next_review
from ahtc_tui.domain.actions.rating import is_worse
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field


def build_status_values(
    cursor: Cursor, before: ActionRow, status: Status, closed_on: DateAsKnown | None, today: date
) -> dict[str, Any]:
    """Return the values of a new status: closing stamps day and holder, reopening clears them.

    An action becomes blue when it is done and loses that rating when it is reopened; the reason of the former rating
    is cleared with it.
    """
    values: dict[str, Any] = {"status": status.value}
    if status is Status.DONE and before.brag is not Brag.BLUE:
        values |= {"brag": Brag.BLUE.value, "brag_reason": None}
    elif status is not Status.DONE and not before.is_open and before.brag is Brag.BLUE:
        values |= {"brag": None, "brag_reason": None}
    if status in CLOSED_STATUSES and before.is_open:
        lead = read_field(cursor, "actions", before.key, "lead")
        values |= build_closing_values(cursor, lead, closed_on, today)
    elif status not in CLOSED_STATUSES and not before.is_open:
        values |= {"closed_on": None, "closed_by": None, "closing_meeting": None}
    return values


def build_closing_values(
    cursor: Cursor, lead: RowKey | None, closed_on: DateAsKnown | None, today: date
) -> dict[str, Any]:
    """Return the closing day and the holder of the leading post on that day: a closed action keeps the person."""
    day = closed_on or DateAsKnown(today)
    from ahtc_tui.store.contacts.post_holders import find_holder_on

    return {"closed_on": day.stored_text, "closed_by": find_holder_on(cursor, lead, day.latest) if lead else None}


def build_rating_values(
    before: ActionRow, brag: Brag | None, reason: str | None, status: Status | None = None
) -> dict[str, Any]:
    """Return the values of a rating. An unchanged rating keeps its reason unless a new one is given.

    `status` is the one that the action gets with the rating. Raises Refused where the rating of an open action gets
    worse without a reason, and for a closed action that gets no other status.
    """
    if brag is before.brag:
        return {"brag_reason": reason} if reason else {}
    if brag and not before.is_open and status is None:
        raise Refused(_("{ref} is closed and takes no rating. Reopen it first.").format(ref=before.ref))
    if before.is_open and is_worse(before.brag, brag) and not reason:
        was, now = before.brag and before.brag.label, brag and brag.label
        sentence = _("The rating of {ref} falls from {was} to {now}. Give a reason.")
        raise Refused(sentence.format(ref=before.ref, was=was, now=now))
    return {"brag": brag.value if brag else None, "brag_reason": reason or None}


def build_review_values(before: ActionRow, status: Status | None, reviewed_on: date) -> dict[str, Any]:
    """Return the next review date of a continuing duty whose review was due; nothing for any other action."""
    review_on = before.review_on
    if (status or before.status) is not Status.CONTINUING or (review_on is not None and review_on.latest > reviewed_on):
        return {}
    return {"review_on": compute_next_review(reviewed_on).stored_text}


def build_evidence_values(before: ActionRow, text: str) -> dict[str, Any]:
    """Return the evidence with new text on a line below the former one, unless it is contained in or extends it."""
    previous = before.evidence or ""
    if text.startswith(previous):
        return {"evidence": text or None} if text != previous else {}
    if text in previous:
        return {}
    return {"evidence": f"{previous}\n{text}"}
