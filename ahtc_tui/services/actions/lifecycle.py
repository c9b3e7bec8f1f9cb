"""How actions go on and end: a line of progress, proposed complete, closed, open again. Each one transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.actions.rating import is_worse
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date, refuse_future_day
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import child_records, completion
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.actions import UpdateDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def update_action(workspace: Workspace, ref: str, draft: UpdateDraft) -> ActionRow:
    """Add a dated line of progress; a rating or status that it names becomes the action's, unless a later line stands.

    A continuing duty whose day of review has come was looked at thereby. Raises BadInput on a day far ahead.
    """
    today = workspace.today()
    with workspace.database.write("update") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"update {ref}"
        before = stored.read_action(ledger.cursor, key)
        said_on = draft.said_on or today
        refuse_future_day(DateAsKnown(said_on), today)
        update = {"text": draft.text, "brag": draft.brag, "status": draft.status}
        ledger.add("updates", {"action": key, "said_on": said_on.isoformat(), **update})
        if before.latest_update_on is None or said_on >= before.latest_update_on:
            _apply_update(ledger, key, before, draft, said_on)
        return stored.read_action(ledger.cursor, key)


def _apply_update(ledger: Ledger, key: bytes, before: ActionRow, draft: UpdateDraft, said_on: date) -> None:
    """What the latest line says of status, rating and review becomes the action's."""
    values: dict[str, Any] = {}
    if draft.brag:
        reason = draft.text if is_worse(before.brag, draft.brag) else None
        values |= child_records.build_rating_values(before, draft.brag, reason)
    if draft.status:
        values |= completion.build_status_values(ledger, key, draft.status, DateAsKnown(said_on), said_on)
    values |= completion.build_review_values(before, draft.status, said_on)
    if values:
        ledger.update("actions", key, values)
    completion.repeat_if_done(ledger, key, before)


def propose_action(workspace: Workspace, ref: str, evidence: str = "") -> ActionRow:
    """The owner says that an action is complete; the group closes it. Raises Refused where it is closed or proposed."""
    today = workspace.today()
    with workspace.database.write("propose complete") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"propose {ref} complete"
        before = stored.read_action(ledger.cursor, key)
        if not before.is_open:
            raise Refused(_("{ref} is closed already.").format(ref=ref))
        if before.status is Status.PROPOSED_COMPLETE:
            raise Refused(_("{ref} is proposed as complete already: the group closes it.").format(ref=ref))
        evidence_text = _clean_text(evidence)
        update = {"text": evidence_text or _("Proposed as complete."), "status": Status.PROPOSED_COMPLETE.value}
        ledger.add("updates", {"action": key, "said_on": today.isoformat(), **update})
        values = completion.build_status_values(ledger, key, Status.PROPOSED_COMPLETE, None, today)
        ledger.update("actions", key, values | _build_evidence_values(before, evidence_text))
        return stored.read_action(ledger.cursor, key)


def close_action(
    workspace: Workspace, ref: str, closed_on: DateAsKnown | None = None, evidence: str = "", meeting: str = ""
) -> ActionRow:
    """Close an action as done, with what shows it and where the group agreed. Raises Refused if it is closed already.

    Without a day it is that of the meeting, else today. Raises BadInput on a day far ahead.
    """
    with workspace.database.write("done") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"done {ref}"
        before = stored.read_action(ledger.cursor, key)
        if not before.is_open:
            raise Refused(_("{ref} is closed already.").format(ref=ref))
        closing_meeting = _find_closing_meeting(ledger, meeting) if meeting else None
        closed_on = closed_on or (closing_meeting[1] if closing_meeting else None)
        refuse_future_day(closed_on, workspace.today())
        values = completion.build_status_values(ledger, key, Status.DONE, closed_on, workspace.today())
        values |= _build_evidence_values(before, _clean_text(evidence)) | (
            {"closing_meeting": closing_meeting[0]} if closing_meeting else {}
        )
        ledger.update("actions", key, values)
        completion.repeat_if_done(ledger, key, before)
        return stored.read_action(ledger.cursor, key)


def _find_closing_meeting(ledger: Ledger, ref: str) -> tuple[bytes, DateAsKnown | None]:
    """The meeting, and its day where it has one."""
    key, _ref = record_lookup.find_meeting(ledger.cursor, ref)
    return key, read_stored_date(read_field(ledger.cursor, "meetings", key, "day"))


def _clean_text(evidence: str) -> str:
    from ahtc_tui.domain.drafts.text import clean_text

    return clean_text(evidence)


def _build_evidence_values(before: ActionRow, text: str) -> dict[str, Any]:
    """What was there stays; what is new stands under it, unless it begins with what was there."""
    previous = before.evidence or ""
    if text.startswith(previous):
        return {"evidence": text or None} if text != previous else {}
    return {"evidence": f"{previous}\n{text}" if previous else text} if text and text not in previous else {}


def reopen_action(workspace: Workspace, ref: str) -> ActionRow:
    """Open a closed action again, as in progress. Raises Refused if it is open."""
    with workspace.database.write("reopen") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"reopen {ref}"
        if stored.read_action(ledger.cursor, key).is_open:
            raise Refused(_("{ref} is open already.").format(ref=ref))
        ledger.update(
            "actions", key, completion.build_status_values(ledger, key, Status.IN_PROGRESS, None, workspace.today())
        )
        return stored.read_action(ledger.cursor, key)
