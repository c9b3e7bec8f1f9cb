"""The end of a meeting: what goes forward and why, and the next agenda that takes it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingState
from ahtc_tui.domain.minutes.model import Carried, carry_action, carry_forward
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda import make_room
from ahtc_tui.services.meetings.series import open_next
from ahtc_tui.store.meetings import queries as stored_meetings
from ahtc_tui.store.meetings.agenda import standing_items
from ahtc_tui.store.minutes import queries as stored
from ahtc_tui.store.records.fields import fields_of

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def what_goes_forward(workspace: Workspace, ref: str) -> list[Carried]:
    """Every item of a meeting's agenda, and every open action under none, with whether it goes forward, and why.

    Raises NotFound.
    """
    with workspace.database.read() as cursor:
        return _verdicts(cursor, record_lookup.meeting(cursor, ref)[0])


def carry(workspace: Workspace, ref: str, to: str) -> list[Carried]:
    """Put what goes forward on another agenda, each item once however often it is asked. Raises NotFound, Refused."""
    with workspace.database.write(f"carry {ref.upper()} to {to.upper()}") as ledger:
        meeting, ref = record_lookup.meeting(ledger.cursor, ref)
        target, to = record_lookup.meeting(ledger.cursor, to)
        if meeting == target:
            raise Refused(_("{ref} cannot be carried to itself.").format(ref=ref))
        return _carry(ledger, meeting, target)


def close_meeting(workspace: Workspace, ref: str) -> tuple[list[Carried], str | None]:
    """Say that a meeting was held, and carry what is open to the group's next meeting where there is one.

    Returns every item with its reason, and the reference of that next meeting. Raises Refused for one that is over.
    """
    with workspace.database.write(f"close {ref.upper()}") as ledger:
        meeting, ref = record_lookup.meeting(ledger.cursor, ref)
        row = stored_meetings.by_key(ledger.cursor, meeting)
        state = row.state
        if row.recurrence:
            raise Refused(_("{ref} is a series: close one of its days (`ahtc meetings dates {ref}`).").format(ref=ref))
        if state in (MeetingState.HELD, MeetingState.CANCELLED):
            raise Refused(_("{ref} is {state} already.").format(ref=ref, state=state.label.lower()))
        ledger.change("meetings", meeting, {"state": MeetingState.HELD.value})
        known = stored.next_meeting(ledger.cursor, meeting)
        following = open_next(ledger, row, known[0] if known else None)
        if following is None:
            return _verdicts(ledger.cursor, meeting), None
        return _carry(ledger, meeting, following), stored_meetings.by_key(ledger.cursor, following).ref


def _verdicts(cursor: Cursor, meeting: bytes) -> list[Carried]:
    items = carry_forward(standing for _key, standing in stored.standings(cursor, meeting))
    return [*items, *(carry_action(*action) for action in stored.loose_actions(cursor, meeting))]


def _carry(ledger: Ledger, meeting: bytes, target: bytes) -> list[Carried]:
    standings, carried = stored.standings(ledger.cursor, meeting), _verdicts(ledger.cursor, meeting)
    taken = stored.carried_already(ledger.cursor, target)
    titles = {item["title"].casefold() for item in standing_items(ledger.cursor, target)}
    for (key, standing), verdict in zip(standings, carried, strict=False):
        on_already = key in taken or (standing.standing and standing.title.casefold() in titles)
        if verdict.goes_forward and not on_already:
            _take_over(ledger, key, target, verdict)
    return carried


def _take_over(ledger: Ledger, item: bytes, target: bytes, verdict: Carried) -> None:
    values = fields_of(ledger.cursor, "agenda_items", item, ("section", "title", "presenter", "minutes", "standing"))
    position = make_room(ledger, target, at_end=bool(values["standing"]))
    place = {"meeting": target, "position": position, "carried_from": item, "note": verdict.reason}
    ledger.add("agenda_items", {**values, **place})
