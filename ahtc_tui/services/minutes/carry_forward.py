"""Closing a meeting, and carrying its open items forward to the next agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.documents.meeting_document import is_about_matters_arising
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.minutes.model import Carried, build_carried_action, plan_carry_forward
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda import delete_item, move_to_forward_plan, reserve_position
from ahtc_tui.services.meetings.series import open_next_meeting
from ahtc_tui.services.meetings.service import refuse_not_held
from ahtc_tui.store.meetings import queries as stored_meetings
from ahtc_tui.store.meetings.agenda import find_group, read_agenda, read_forward_plan, read_title_keys
from ahtc_tui.store.minutes import queries
from ahtc_tui.store.records.fields import read_fields

DROP, FORWARD_PLAN = "drop", "forward"
"""Answers for an item that was carried too often, other than the item that it joins."""

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


class RepeatedItems(NamedTuple):
    """Titles of the items of an agenda by key: those that were carried too often, and the others."""

    repeated: dict[RowKey, str]
    others: dict[RowKey, str]


def list_carried_items(workspace: Workspace, ref: str) -> list[Carried]:
    """Return every agenda item and every open action without one, with whether and why it is carried forward.

    Raises NotFound.
    """
    with workspace.database.read() as cursor:
        meeting = record_lookup.find_meeting_key(cursor, ref)
        return _list_verdicts(cursor, meeting, meeting)


def carry_items(workspace: Workspace, ref: str, target_ref: str) -> list[Carried]:
    """Add the carried items to another agenda; an item is never added twice. Raises NotFound, Refused."""
    with workspace.database.write(f"carry {ref.upper()} to {target_ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        target, target_ref = record_lookup.find_meeting(ledger.cursor, target_ref)
        if meeting == target:
            raise Refused(_("The items of {ref} cannot be carried forward to the same meeting.").format(ref=ref))
        return _carry_items(ledger, meeting, target)


def close_meeting(workspace: Workspace, ref: str) -> tuple[list[Carried], str | None]:
    """Mark a meeting as held and carry its open items to the group's next meeting, if there is one.

    Returns every item with its reason, and the reference of the next meeting. Raises Refused if the meeting is over.
    """
    with workspace.database.write(f"close {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        row = stored_meetings.read_meeting(ledger.cursor, meeting)
        state = row.state
        if row.recurrence:
            raise Refused(_("{ref} is a series. Close one date (`ahtc meetings dates {ref}`).").format(ref=ref))
        if state in (MeetingState.HELD, MeetingState.CANCELLED):
            raise Refused(_("{ref} is {state} already.").format(ref=ref, state=state.label.lower()))
        refuse_not_held(row, workspace.today())
        ledger.update("meetings", meeting, {"state": MeetingState.HELD.value})
        next_meeting = queries.find_next_meeting(ledger.cursor, meeting)
        following = open_next_meeting(ledger, row, next_meeting[0] if next_meeting else None)
        if following is None:
            return _list_verdicts(ledger.cursor, meeting, meeting), None
        return _carry_items(ledger, meeting, following), stored_meetings.read_meeting(ledger.cursor, following).ref


def list_repeated_items(workspace: Workspace, carried: Iterable[Carried], ref: str) -> RepeatedItems:
    """Return the items of an agenda that were carried to it too often, and the others, each by its key."""
    questions = {verdict.item.casefold() for verdict in carried if verdict.is_question}
    with workspace.database.read() as cursor:
        items = read_agenda(cursor, record_lookup.find_meeting_key(cursor, ref), None)
    repeated = {item.key: item.shown_title for item in items if item.title.casefold() in questions}
    return RepeatedItems(repeated, {item.key: item.shown_title for item in items if item.key not in repeated})


def decide_repeated_items(workspace: Workspace, ref: str, answers: Mapping[RowKey, str]) -> None:
    """Drop each item from an agenda, move it to the forward plan, or join it to another item, in one step.

    The answer is `DROP`, `FORWARD_PLAN`, or in hexadecimal the key of the item to join, which has the title in its note
    then. Raises NotFound, Refused.
    """
    with workspace.database.write("agenda") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        titles = {key: str(read_fields(ledger.cursor, "agenda_items", key, ("title",))["title"]) for key in answers}
        ledger.label = f"agenda {ref}: {', '.join(titles.values())[:50]}"
        for key, answer in answers.items():
            if answer == FORWARD_PLAN:
                move_to_forward_plan(ledger, meeting, ref, key)
                continue
            if answer != DROP:
                joined = RowKey(bytes.fromhex(answer))
                note = read_fields(ledger.cursor, "agenda_items", joined, ("note",))["note"]
                ledger.update("agenda_items", joined, {"note": "; ".join(filter(None, (note, titles[key])))})
            delete_item(ledger, meeting, ref, key)


def _list_verdicts(cursor: Cursor, meeting: RowKey, target: RowKey) -> list[Carried]:
    titles = [title for agenda in (meeting, target) for title in read_title_keys(cursor, agenda)]
    has_matters_arising = any(map(is_about_matters_arising, titles))
    items = [agenda_item for _key, agenda_item in queries.read_item_standings(cursor, meeting)]
    group = find_group(cursor, meeting)
    planned_titles = {row.title.casefold() for row in read_forward_plan(cursor, group)} if group else set()
    verdicts = plan_carry_forward(items, has_matters_arising=has_matters_arising, planned_titles=planned_titles)
    return [
        *verdicts,
        *(
            build_carried_action(*action, has_matters_arising=has_matters_arising or target == meeting)
            for action in queries.read_loose_actions(cursor, meeting)
        ),
    ]


def _carry_items(ledger: Ledger, meeting: RowKey, target: RowKey) -> list[Carried]:
    """Add the carried items to the target, each title once."""
    standings = queries.read_item_standings(ledger.cursor, meeting)
    carried = _list_verdicts(ledger.cursor, meeting, target)
    taken = queries.read_carried_items(ledger.cursor, target)
    titles = set(read_title_keys(ledger.cursor, target))
    for (key, agenda_item), verdict in zip(standings, carried, strict=False):
        title = agenda_item.title.casefold()
        if verdict.goes_forward and key not in taken and title not in titles:
            _add_carried_item(ledger, key, target, verdict)
            titles.add(title)
    return carried


def _add_carried_item(ledger: Ledger, item: RowKey, target: RowKey, verdict: Carried) -> None:
    copied = ("section", "title", "title_cy", "presenter", "minutes", "standing")
    values = read_fields(ledger.cursor, "agenda_items", item, copied)
    position = reserve_position(ledger, target, at_end=bool(values["standing"]))
    place = {"meeting": target, "position": position, "carried_from": item, "note": verdict.reason}
    ledger.add("agenda_items", {**values, **place})
