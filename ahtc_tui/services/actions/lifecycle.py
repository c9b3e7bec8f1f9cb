"""How actions go on and end: a line of progress, proposed complete, closed, open again. Each one transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.actions.rating import worsens
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, from_stored, refuse_to_come
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import child_records, completion
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.records.fields import field_of

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
        key, ref = record_lookup.action(ledger.cursor, ref)
        ledger.label = f"update {ref}"
        before = stored.by_key(ledger.cursor, key)
        said_on = draft.said_on or today
        refuse_to_come(DateAsKnown(said_on), today)
        line = {"text": draft.text, "brag": draft.brag, "status": draft.status}
        ledger.add("updates", {"action": key, "said_on": said_on.isoformat(), **line})
        if before.latest_update_on is None or said_on >= before.latest_update_on:
            _take_over(ledger, key, before, draft, said_on)
        return stored.by_key(ledger.cursor, key)


def _take_over(ledger: Ledger, key: bytes, before: ActionRow, draft: UpdateDraft, said_on: date) -> None:
    """What the latest line says of status, rating and review becomes the action's."""
    changed: dict[str, Any] = {}
    if draft.brag:
        why_worse = draft.text if worsens(before.brag, draft.brag) else None
        changed |= child_records.rating(before, draft.brag, why_worse)
    if draft.status:
        changed |= completion.status_change(ledger, key, draft.status, DateAsKnown(said_on), said_on)
    changed |= completion.review(before, draft.status, said_on)
    if changed:
        ledger.change("actions", key, changed)
    completion.follow(ledger, key, before)


def propose_action(workspace: Workspace, ref: str, evidence: str = "") -> ActionRow:
    """The owner says that an action is complete; the group closes it. Raises Refused where it is closed or proposed."""
    today = workspace.today()
    with workspace.database.write("propose complete") as ledger:
        key, ref = record_lookup.action(ledger.cursor, ref)
        ledger.label = f"propose {ref} complete"
        before = stored.by_key(ledger.cursor, key)
        if not before.open:
            raise Refused(_("{ref} is closed already.").format(ref=ref))
        if before.status is Status.PROPOSED_COMPLETE:
            raise Refused(_("{ref} is proposed as complete already: the group closes it.").format(ref=ref))
        said = _cleaned(evidence)
        line = {"text": said or _("Proposed as complete."), "status": Status.PROPOSED_COMPLETE.value}
        ledger.add("updates", {"action": key, "said_on": today.isoformat(), **line})
        changed = completion.status_change(ledger, key, Status.PROPOSED_COMPLETE, None, today)
        ledger.change("actions", key, changed | _evidence(before, said))
        return stored.by_key(ledger.cursor, key)


def close_action(
    workspace: Workspace, ref: str, on: DateAsKnown | None = None, evidence: str = "", meeting: str = ""
) -> ActionRow:
    """Close an action as done, with what shows it and where the group agreed. Raises Refused if it is closed already.

    Without a day it is that of the meeting, else today. Raises BadInput on a day far ahead.
    """
    with workspace.database.write("done") as ledger:
        key, ref = record_lookup.action(ledger.cursor, ref)
        ledger.label = f"done {ref}"
        before = stored.by_key(ledger.cursor, key)
        if not before.open:
            raise Refused(_("{ref} is closed already.").format(ref=ref))
        agreed = _agreed_at(ledger, meeting) if meeting else None
        on = on or (agreed[1] if agreed else None)
        refuse_to_come(on, workspace.today())
        changed = completion.status_change(ledger, key, Status.DONE, on, workspace.today())
        changed |= _evidence(before, _cleaned(evidence)) | ({"closing_meeting": agreed[0]} if agreed else {})
        ledger.change("actions", key, changed)
        completion.follow(ledger, key, before)
        return stored.by_key(ledger.cursor, key)


def _agreed_at(ledger: Ledger, ref: str) -> tuple[bytes, DateAsKnown | None]:
    """The meeting, and its day where it has one."""
    key, _ref = record_lookup.meeting(ledger.cursor, ref)
    return key, from_stored(field_of(ledger.cursor, "meetings", key, "day"))


def _cleaned(evidence: str) -> str:
    from ahtc_tui.domain.drafts.text import clean

    return clean(evidence)


def _evidence(before: ActionRow, said: str) -> dict[str, Any]:
    """What was there stays; what is new stands under it, unless it begins with what was there."""
    known = before.evidence or ""
    if said.startswith(known):
        return {"evidence": said or None} if said != known else {}
    return {"evidence": f"{known}\n{said}" if known else said} if said and said not in known else {}


def reopen_action(workspace: Workspace, ref: str) -> ActionRow:
    """Open a closed action again, as in progress. Raises Refused if it is open."""
    with workspace.database.write("reopen") as ledger:
        key, ref = record_lookup.action(ledger.cursor, ref)
        ledger.label = f"reopen {ref}"
        if stored.by_key(ledger.cursor, key).open:
            raise Refused(_("{ref} is open already.").format(ref=ref))
        ledger.change(
            "actions", key, completion.status_change(ledger, key, Status.IN_PROGRESS, None, workspace.today())
        )
        return stored.by_key(ledger.cursor, key)
