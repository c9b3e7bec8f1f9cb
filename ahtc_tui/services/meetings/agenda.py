"""Use cases of an agenda: add, edit, move and remove items. Each is one transaction and renumbers the items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import ItemOutcome
from ahtc_tui.services import record_lookup
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.meetings import agenda as stored
from ahtc_tui.store.meetings.cards import read_card, read_items
from ahtc_tui.store.records.fields import list_referrers, read_field, read_fields

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import ForwardDraft, ItemEdit
    from ahtc_tui.domain.drafts.minutes import AgendaDraft
    from ahtc_tui.domain.meetings.agenda import ForwardRow
    from ahtc_tui.domain.meetings.model import AgendaRow, MeetingCard
    from ahtc_tui.domain.minutes.item_lengths import ItemLength
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class EditableAgenda:
    """The agenda of a meeting and the forward plan of its group."""

    card: MeetingCard
    forward: tuple[ForwardRow, ...]
    lengths: Mapping[str, ItemLength]
    """How long items took at earlier meetings of the group, by title in lower case."""


def show_agenda(workspace: Workspace, ref: str) -> EditableAgenda:
    """Return the agenda of a meeting, the forward plan of its group, and how long items took. Raises NotFound."""
    from ahtc_tui.services.meetings.deadlines import add_deadlines

    with workspace.database.read() as cursor:
        meeting = record_lookup.find_meeting_key(cursor, ref)
        group = stored.find_group(cursor, meeting)
        return EditableAgenda(
            add_deadlines(cursor, read_card(cursor, meeting, workspace.today()), workspace.today()),
            tuple(stored.read_forward_plan(cursor, group)) if group else (),
            stored.read_item_lengths(cursor, meeting),
        )


def reserve_position(ledger: Ledger, meeting: RowKey, *, at_end: bool = False) -> int:
    """Return the number for a new item: before the closing items, which move down, or after all with `at_end`."""
    items = stored.read_item_positions(ledger.cursor, meeting)
    closing = [] if at_end else [item for item in items if item.closing]
    last = max((item.position for item in items), default=0)
    if not closing:
        return last + 1
    position = closing[0].position
    for item in items:
        if item.position >= position:
            ledger.update("agenda_items", item.key, {"position": item.position + 1})
    return position


def renumber_items(ledger: Ledger, keys: Sequence[RowKey]) -> None:
    """Number the items from 1 in the given order."""
    for position, key in enumerate(keys, 1):
        ledger.update("agenda_items", key, {"position": position})


def find_item(ledger: Ledger, meeting: RowKey, position: int) -> RowKey:
    """Return the key of the item with this number. Raises NotFound."""
    items = stored.read_item_positions(ledger.cursor, meeting)
    key = next((item.key for item in items if item.position == position), None)
    if key is None:
        raise NotFound(_("The agenda has no item {n}.").format(n=position))
    return key


def add_item(workspace: Workspace, ref: str, draft: AgendaDraft) -> AgendaRow:
    """Add an item before the closing items; a standing item goes to the end. Returns its number."""
    with workspace.database.write(f"agenda {ref.upper()}: {draft.title[:50]}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        values = {
            "meeting": meeting,
            "presenter": record_lookup.find_party_key(ledger.cursor, draft.presenter),
            "position": reserve_position(ledger, meeting, at_end=draft.standing),
            "title": draft.title,
            "title_cy": draft.title_cy,
            "section": draft.section,
            "minutes": draft.minutes,
            "standing": int(draft.standing),
        }
        return _read_row(ledger, workspace, meeting, ledger.add("agenda_items", values))


def edit_item(workspace: Workspace, ref: str, position: int, draft: ItemEdit) -> AgendaRow:
    """Change the given fields of one item. Raises NotFound."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write(f"edit item {position} of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        key = find_item(ledger, meeting, position)
        values = record_lookup.resolve_columns(ledger.cursor, draft, {"presenter": record_lookup.find_party_key})
        ledger.update("agenda_items", key, values)
        return _read_row(ledger, workspace, meeting, key)


def set_next_outcome(workspace: Workspace, ref: str, position: int) -> AgendaRow:
    """Give an item the outcome that follows its present one; none follows the last. Raises NotFound."""
    with workspace.database.write(f"edit item {position} of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        key = find_item(ledger, meeting, position)
        outcomes = [None, *ItemOutcome]
        current = read_field(ledger.cursor, "agenda_items", key, "outcome")
        ledger.update("agenda_items", key, {"outcome": outcomes[(outcomes.index(current) + 1) % len(outcomes)]})
        return _read_row(ledger, workspace, meeting, key)


def move_item(workspace: Workspace, ref: str, position: int, new_position: int) -> AgendaRow:
    """Move an item to another number and shift the items between. Raises NotFound if either number is missing."""
    with workspace.database.write(f"move item {position} of {ref.upper()} to {new_position}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        key, target = find_item(ledger, meeting, position), find_item(ledger, meeting, new_position)
        items = {item.key: item for item in stored.read_item_positions(ledger.cursor, meeting)}
        keys = [item_key for item_key in items if item_key != key]
        keys.insert(list(items).index(target), key)
        renumber_items(ledger, keys)
        if items[key].closing != items[target].closing:
            ledger.update("agenda_items", key, {"closing": int(items[target].closing)})
        return _read_row(ledger, workspace, meeting, key)


def remove_item(workspace: Workspace, ref: str, position: int) -> None:
    """Remove an item; its papers stay with the meeting. Raises NotFound, and Refused if it has minutes."""
    with workspace.database.write(f"remove item {position} of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        delete_item(ledger, meeting, ref, find_item(ledger, meeting, position))


def delete_item(ledger: Ledger, meeting: RowKey, ref: str, key: RowKey) -> None:
    """Delete an item within the open transaction and renumber the others."""
    if stored.has_minutes(ledger.cursor, key):
        raise Refused(_("This item of {ref} has minutes and cannot be removed.").format(ref=ref))
    ledger.remove("agenda_items", key)
    renumber_items(ledger, [item.key for item in stored.read_item_positions(ledger.cursor, meeting)])


def _read_row(ledger: Ledger, workspace: Workspace, meeting: RowKey, key: RowKey) -> AgendaRow:
    return next(item for item in read_items(ledger.cursor, meeting, workspace.today()) if item.key == key)


def list_forward_items(workspace: Workspace, group: str) -> list[ForwardRow]:
    """Return the forward plan of a group. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_forward_plan(cursor, find_party(cursor, group, ("group",)).key)


def add_forward_item(workspace: Workspace, group: str, draft: ForwardDraft) -> list[ForwardRow]:
    """Add an item for a later meeting. Raises NotFound."""
    with workspace.database.write(f"forward plan of {group}: {draft.title[:50]}") as ledger:
        key = find_party(ledger.cursor, group, ("group",)).key
        values = {
            "group": key,
            "section": draft.section,
            "title": draft.title,
            "title_cy": draft.title_cy,
            "presenter": record_lookup.find_party_key(ledger.cursor, draft.presenter),
            "minutes": draft.minutes,
            "note": draft.note,
            "for_on": draft.for_on.stored_text if draft.for_on else None,
        }
        ledger.add("forward_items", values)
        return stored.read_forward_plan(ledger.cursor, key)


def remove_forward_item(workspace: Workspace, group: str, position: int) -> list[ForwardRow]:
    """Delete an item of a forward plan. Raises NotFound."""
    with workspace.database.write(f"forward plan of {group}: remove {position}") as ledger:
        key = find_party(ledger.cursor, group, ("group",)).key
        ledger.remove("forward_items", _find_forward_item(ledger.cursor, key, position).key)
        return stored.read_forward_plan(ledger.cursor, key)


def take_forward_item(workspace: Workspace, group: str | None, position: int, ref: str) -> int:
    """Move an item of the forward plan to an agenda; returns its number there.

    `group` None means the group of the meeting. Raises NotFound, and Refused for a meeting of another group.
    """
    with workspace.database.write(f"forward plan {position} to {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        key = stored.find_group(ledger.cursor, meeting)
        requested_group = find_party(ledger.cursor, group, ("group",)).key if group is not None else key
        if key is None or requested_group != key:
            raise Refused(_("{ref} is not a meeting of this group.").format(ref=ref))
        row = _find_forward_item(ledger.cursor, key, position)
        ledger.label = f"agenda {ref}: {row.title[:50]}"
        presenter = read_field(ledger.cursor, "forward_items", row.key, "presenter")
        new_position = reserve_position(ledger, meeting)
        values = {"meeting": meeting, "position": new_position, "section": row.section, "title": row.title}
        values |= {"title_cy": row.title_cy, "presenter": presenter, "minutes": row.minutes, "note": row.note}
        ledger.update("forward_items", row.key, {"taken": ledger.add("agenda_items", values)})
        return new_position


def postpone_item(workspace: Workspace, ref: str, position: int) -> None:
    """Move an item from an agenda to the forward plan of the group. Raises NotFound, Refused."""
    with workspace.database.write(f"put off item {position} of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        move_to_forward_plan(ledger, meeting, ref, find_item(ledger, meeting, position))


def move_to_forward_plan(ledger: Ledger, meeting: RowKey, ref: str, key: RowKey) -> None:
    """Move an item to the forward plan of the group within the open transaction. Raises Refused."""
    group = stored.find_group(ledger.cursor, meeting)
    if group is None:
        raise Refused(_("{ref} is not a meeting of a group.").format(ref=ref))
    fields = ("section", "title", "title_cy", "presenter", "minutes", "note")
    values = read_fields(ledger.cursor, "agenda_items", key, fields)
    forward_items = list_referrers(ledger.cursor, "forward_items", "taken", key)
    delete_item(ledger, meeting, ref, key)
    if not forward_items:  # an item that came from the plan returns to it when it leaves the agenda
        ledger.add("forward_items", {"group": group, **values})


def _find_forward_item(cursor: Cursor, group: RowKey, position: int) -> ForwardRow:
    item = next((row for row in stored.read_forward_plan(cursor, group) if row.position == position), None)
    if item is None:
        raise NotFound(_("The forward plan has no item {n}.").format(n=position))
    return item
