"""The forward plan of a group: items for later meetings, and moving them to and from an agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda import delete_item, find_item, reserve_position
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.meetings import agenda as stored
from ahtc_tui.store.records.fields import list_referrers, read_field, read_fields

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.agenda import ForwardDraft
    from ahtc_tui.domain.meetings.agenda import ForwardRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


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
        group = stored.find_group(ledger.cursor, meeting)
        if group is None:
            raise Refused(_("{ref} is not a meeting of a group.").format(ref=ref))
        key = find_item(ledger, meeting, position)
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
