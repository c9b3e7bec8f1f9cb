"""What people do with an agenda: add, edit, move and remove items. One transaction each; numbers close up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.store.meetings import agenda as stored
from ahtc_tui.store.meetings.cards import card

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.agenda import ItemEdit
    from ahtc_tui.domain.drafts.minutes import AgendaDraft
    from ahtc_tui.domain.meetings.agenda import ForwardRow
    from ahtc_tui.domain.meetings.model import AgendaRow, MeetingCard
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


@dataclass(frozen=True, slots=True)
class AgendaDesk:
    """An agenda as it is worked on, with what the group means to take later."""

    card: MeetingCard
    forward: tuple[ForwardRow, ...]


def agenda_desk(workspace: Workspace, ref: str) -> AgendaDesk:
    """A meeting with its agenda, and the forward plan of its group. Raises NotFound."""
    from ahtc_tui.services.meetings.deadlines import with_clock

    with workspace.database.read() as cursor:
        meeting, _ref = record_lookup.meeting(cursor, ref)
        group = stored.group_of(cursor, meeting)
        return AgendaDesk(
            with_clock(cursor, card(cursor, meeting, workspace.today())),
            tuple(stored.forward(cursor, group)) if group else (),
        )


def make_room(ledger: Ledger, meeting: bytes, *, at_end: bool = False) -> int:
    """The number for a new item: before what closes the agenda, which moves down; at the end where asked."""
    found = stored.items(ledger.cursor, meeting)
    closing = [] if at_end else [item for item in found if item.closing]
    last = max((item.position for item in found), default=0)
    if not closing:
        return last + 1
    place = closing[0].position
    for item in found:
        if item.position >= place:
            ledger.change("agenda_items", item.key, {"position": item.position + 1})
    return place


def renumber(ledger: Ledger, keys: Sequence[bytes]) -> None:
    """Give items the numbers from 1 on, in this order."""
    for position, key in enumerate(keys, 1):
        ledger.change("agenda_items", key, {"position": position})


def find_item(ledger: Ledger, meeting: bytes, position: int) -> bytes:
    """The key of the item with a number. Raises NotFound."""
    found = next((item.key for item in stored.items(ledger.cursor, meeting) if item.position == position), None)
    if found is None:
        raise NotFound(_("The agenda has no item {n}.").format(n=position))
    return found


def add_item(workspace: Workspace, ref: str, draft: AgendaDraft) -> AgendaRow:
    """Put an item on an agenda: after the others, before what closes it; a standing item at the end."""
    with workspace.database.write(f"agenda {ref.upper()}: {draft.title[:50]}") as ledger:
        meeting, _ref = record_lookup.meeting(ledger.cursor, ref)
        values = {
            "meeting": meeting,
            "presenter": record_lookup.party(ledger.cursor, draft.presenter),
            "position": make_room(ledger, meeting, at_end=draft.standing),
            "title": draft.title,
            "section": draft.section,
            "minutes": draft.minutes,
            "standing": int(draft.standing),
        }
        return _row(ledger, workspace, meeting, ledger.add("agenda_items", values))


def edit_item(workspace: Workspace, ref: str, position: int, draft: ItemEdit) -> AgendaRow:
    """Write the given fields of one item. Raises NotFound."""
    if not draft.given:
        raise BadInput(_("Say what to change: field=value."))
    with workspace.database.write(f"edit item {position} of {ref.upper()}") as ledger:
        meeting, _ref = record_lookup.meeting(ledger.cursor, ref)
        key = find_item(ledger, meeting, position)
        values: dict[str, Any] = {name: value if value != "" else None for name, value in draft.given.items()}
        if "presenter" in values:
            values["presenter"] = record_lookup.party(ledger.cursor, draft.presenter)
        ledger.change("agenda_items", key, values)
        return _row(ledger, workspace, meeting, key)


def move_item(workspace: Workspace, ref: str, position: int, to: int) -> AgendaRow:
    """Move an item to another number; the others make way. Raises NotFound where either is not there."""
    with workspace.database.write(f"move item {position} of {ref.upper()} to {to}") as ledger:
        meeting, _ref = record_lookup.meeting(ledger.cursor, ref)
        key, other = find_item(ledger, meeting, position), find_item(ledger, meeting, to)
        items = {item.key: item for item in stored.items(ledger.cursor, meeting)}
        keys = [one for one in items if one != key]
        keys.insert(list(items).index(other), key)
        renumber(ledger, keys)
        if items[key].closing != items[other].closing:
            ledger.change("agenda_items", key, {"closing": int(items[other].closing)})
        return _row(ledger, workspace, meeting, key)


def remove_item(workspace: Workspace, ref: str, position: int) -> None:
    """Take an item off an agenda; its papers stay with the meeting. Raises Refused where it has minutes."""
    with workspace.database.write(f"remove item {position} of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.meeting(ledger.cursor, ref)
        take_off(ledger, meeting, ref, find_item(ledger, meeting, position))


def take_off(ledger: Ledger, meeting: bytes, ref: str, key: bytes) -> None:
    """Remove one item in a transaction that stands, and close the gap."""
    if stored.has_minutes(ledger.cursor, key):
        raise Refused(_("That item of {ref} has minutes: it stays on the agenda.").format(ref=ref))
    ledger.remove("agenda_items", key)
    renumber(ledger, [item.key for item in stored.items(ledger.cursor, meeting)])


def _row(ledger: Ledger, workspace: Workspace, meeting: bytes, key: bytes) -> AgendaRow:
    return next(item for item in card(ledger.cursor, meeting, workspace.today()).agenda if item.key == key)
