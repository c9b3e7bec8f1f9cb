"""Adds and changes one action with its child records, in the transaction of the caller; the values that a change of
status, rating or review gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionRow, Brag, PartyRole, Status, compute_next_review
from ahtc_tui.domain.actions.urgency import is_worse
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, read_stored_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import recurrence
from ahtc_tui.store.actions import queries
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.actions import ActionDraft
    from ahtc_tui.store.journal.ledger import Ledger


CHILD_FIELDS = ("support", "partners", "blocked_by", "repeat", "reason")
"""Fields of a draft that are not columns of the action."""

YEAR = re.compile(r"\W?\{year\}")
"""The year in the references of the meetings of a group, which those of its actions lack."""
REFERENCE_LOOKUPS = {
    "lead": record_lookup.find_party_key,
    "group": record_lookup.find_group_key,
    "objective": record_lookup.find_objective_key,
    "meeting": record_lookup.find_meeting_key,
    "part_of": lambda cursor, ref: record_lookup.find_action(cursor, ref)[0],
}
"""Fields that name another record, and the function that finds its key."""


def insert_action(ledger: Ledger, draft: ActionDraft, today: date) -> RowKey:
    """Add an action and its child records; return its key. A recurring action added as done gets its next instance.

    Raises NotFound for a name that is not in the register, BadInput for a closing day on an open action, Refused for
    a recurrence that is not possible.
    """
    values = {name: value for name, value in _resolve_values(ledger, draft).items() if value is not None}
    values["ref"] = mint_reference(ledger, values.get("meeting"))
    values["original_due"] = values.get("due")
    values.setdefault("raised_on", today.isoformat())
    if draft.status is Status.CONTINUING:
        values.setdefault("review_on", compute_next_review(today).stored_text)
    if draft.status is Status.DONE:
        values.setdefault("brag", Brag.BLUE.value)
    if draft.status in CLOSED_STATUSES:
        values |= build_closing_values(ledger.cursor, values.get("lead"), draft.closed_on, today)
    _refuse_closing_day_if_open(values, draft.status)
    key = ledger.add("actions", values)
    _write_child_records(ledger, key, draft)
    if draft.status is Status.DONE:
        recurrence.repeat_action(ledger, key)
    return key


def change_action(ledger: Ledger, key: RowKey, draft: ActionDraft, today: date) -> None:
    """Write the given fields of an action. A moved due date leaves a slip; a new status closes or reopens the action.

    Raises NotFound and BadInput as `insert_action`, Refused for a worse rating without a reason, a dependency cycle or
    a recurrence that is not possible.
    """
    before = queries.read_action(ledger.cursor, key, today)
    values = _resolve_values(ledger, draft)
    due = read_stored_date(values.get("due"))
    if "due" in draft.given_fields:
        values |= _record_slip(ledger, before, due, draft.reason, today)
    if draft.status:
        values |= build_status_values(ledger.cursor, before, draft.status, draft.closed_on, today)
        if "review_on" not in draft.given_fields:
            values |= build_review_values(before, draft.status, today)
    if "brag" in draft.given_fields:
        reason_is_for_slip = "due" in draft.given_fields and due != before.due and draft.brag is before.brag
        reason = None if reason_is_for_slip else draft.reason
        values |= build_rating_values(before, draft.brag, reason, draft.status)
    _refuse_closing_day_if_open(values, draft.status or before.status)
    if whole := values.get("part_of"):
        _refuse_part_of_itself(ledger, key, whole)
    if values:
        ledger.update("actions", key, values)
    _write_child_records(ledger, key, draft)
    if draft.status is Status.DONE and before.is_open:
        recurrence.repeat_action(ledger, key)


def close_action(ledger: Ledger, before: ActionRow, status: Status, today: date) -> None:
    """Close an open action with a status, today."""
    ledger.update("actions", before.key, build_status_values(ledger.cursor, before, status, None, today))


def mint_reference(ledger: Ledger, meeting: RowKey | None, group: RowKey | None = None) -> str:
    """Return the next reference: under the meeting, else with the letters of the group, else those of the plan."""
    if meeting is not None:
        ref = read_field(ledger.cursor, "meetings", meeting, "ref")
        return mint_ref(ledger.cursor, "actions", "{meeting}/{n:02}", meeting=ref)
    if group is not None:
        from ahtc_tui.store.meetings.queries import read_reference_pattern

        return mint_ref(ledger.cursor, "actions", YEAR.sub("", read_reference_pattern(ledger.cursor, group)))
    return mint_ref(ledger.cursor, "actions", queries.read_action_pattern(ledger.cursor))


def set_parties(ledger: Ledger, key: RowKey, parties: Sequence[RowKey], role: PartyRole) -> None:
    """Make these the parties of an action in a role: missing ones are added, others removed."""
    existing = queries.read_party_links(ledger.cursor, key, role)
    for party, row in existing.items():
        if party not in parties:
            ledger.remove("action_parties", row)
    for party in dict.fromkeys(parties):
        if party not in existing:
            ledger.add("action_parties", {"action": key, "party": party, "role": role.value})


def _resolve_values(ledger: Ledger, draft: ActionDraft) -> dict[str, Any]:
    values = record_lookup.resolve_columns(ledger.cursor, draft, REFERENCE_LOOKUPS, CHILD_FIELDS)
    if draft.due is None or draft.due.precision is not Precision.WORDS:
        return values
    from ahtc_tui.services.relative_dates import follow_meeting

    return follow_meeting(ledger, values, "due")


def _refuse_closing_day_if_open(values: dict[str, Any], status: Status | None) -> None:
    if values.get("closed_on") and status not in CLOSED_STATUSES:
        raise BadInput(_("Only a closed action has a closing date. Set the status to done or cancelled as well."))


def _record_slip(
    ledger: Ledger, before: ActionRow, due: DateAsKnown | None, reason: str | None, today: date
) -> dict[str, Any]:
    """Record the move of a due date. Return the original due date where the action had none before."""
    stored_due = due.stored_text if due else None
    if before.due is None and not before.original_due:
        return {"original_due": stored_due} if due else {}
    if due != before.due:
        former = before.due.stored_text if before.due else None
        dates = {"slipped_on": today.isoformat(), "from_due": former, "to_due": stored_due}
        ledger.add("slips", {"action": before.key, **dates, "reason": reason or None})
    return {}


def _refuse_part_of_itself(ledger: Ledger, key: RowKey, whole: RowKey | None) -> None:
    """Raise Refused where an action would be a part of itself, or of one of its parts."""
    while whole:
        if whole == key:
            raise Refused(_("An action cannot be part of itself, or of one of the actions below it."))
        whole = read_field(ledger.cursor, "actions", whole, "part_of")


def _write_child_records(ledger: Ledger, key: RowKey, draft: ActionDraft) -> None:
    if "support" in draft.given_fields:
        _set_named_parties(ledger, key, draft.support or "", PartyRole.SUPPORT)
    if "partners" in draft.given_fields:
        _set_named_parties(ledger, key, draft.partners or "", PartyRole.PARTNER)
    if "blocked_by" in draft.given_fields:
        _set_blockers(ledger, key, draft.blocked_by or "")
    if "repeat" in draft.given_fields:
        recurrence.set_recurrence(ledger, key, draft.repeat)


def _set_named_parties(ledger: Ledger, key: RowKey, names: str, role: PartyRole) -> None:
    parties = [record_lookup.find_party_key(ledger.cursor, name) for name in re.split(r"\s*;\s*", names)]
    set_parties(ledger, key, [party for party in parties if party], role)


def _set_blockers(ledger: Ledger, key: RowKey, refs: str) -> None:
    """Make these the actions that block an action. Raises Refused with the cycle where it would block itself."""
    blockers = dict(record_lookup.find_action(ledger.cursor, ref) for ref in re.split(r"[\s,;]+", refs) if ref)
    existing = queries.read_blocker_links(ledger.cursor, key)
    for blocker, row in existing.items():
        if blocker not in blockers:
            ledger.remove("dependencies", row)
    for blocker in blockers:
        if blocker == key:
            _refuse_cycle(ledger, key, blocker)
        add_blocker(ledger, key, blocker)


def add_blocker(ledger: Ledger, key: RowKey, blocker: RowKey) -> None:
    """Let an action wait for another, unless it is the same or it waits already. Raises Refused for a cycle."""
    if blocker != key and blocker not in queries.read_blocker_links(ledger.cursor, key):
        _refuse_cycle(ledger, key, blocker)
        ledger.add("dependencies", {"action": key, "blocked_by": blocker})


def _refuse_cycle(ledger: Ledger, key: RowKey, blocker: RowKey) -> None:
    dependencies = queries.read_dependency_chain(ledger.cursor, blocker)
    paths, queue = {blocker: [key, blocker]}, [blocker]
    while queue:
        current = queue.pop()
        if current == key:
            loop = " → ".join(read_field(ledger.cursor, "actions", step, "ref") for step in paths[current])
            raise Refused(_("These actions would depend on each other: {loop}.").format(loop=loop))
        next_actions = [after for before, after in dependencies if before == current and after not in paths]
        paths |= {after: [*paths[current], after] for after in next_actions}
        queue += next_actions


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
    from ahtc_tui.store.contacts.post_holders import find_holder_on

    day = closed_on or DateAsKnown(today)
    return {"closed_on": day.stored_text, "closed_by": find_holder_on(cursor, lead, day.latest) if lead else None}


def _is_explanation(reason: str | None) -> bool:
    if not reason:
        return False
    # Here, because it reads the words of imports from a file: a sixth of the time of a write without a reason.
    from ahtc_tui.domain.returns.statuses import is_no_update

    return not is_no_update(reason)


def build_rating_values(
    before: ActionRow, brag: Brag | None, reason: str | None, status: Status | None = None
) -> dict[str, Any]:
    """Return the values of a rating. An unchanged rating keeps its reason unless a new one is given.

    `status` is the one that the action gets with the rating. Raises Refused where the rating of an open action gets
    worse without a reason, or with one that only states that nothing changed, and for a closed action that gets no
    other status.
    """
    is_explained = _is_explanation(reason)
    if brag is before.brag:
        return {"brag_reason": reason} if is_explained else {}
    if brag and not before.is_open and status is None:
        raise Refused(_("{ref} is closed and takes no rating. Reopen it first.").format(ref=before.ref))
    if before.is_open and is_worse(before.brag, brag) and not is_explained:
        was, now = before.brag and before.brag.label, brag and brag.label
        sentence = _("The rating of {ref} falls from {was} to {now}. Give a reason.")
        if reason:
            sentence = _('The rating of {ref} falls from {was} to {now}. "{reason}" does not explain it.')
        raise Refused(sentence.format(ref=before.ref, was=was, now=now, reason=reason))
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
