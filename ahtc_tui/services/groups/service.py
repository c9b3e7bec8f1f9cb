"""What people do with boards and fora: list, read one, add, edit, chair, terms of reference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.groups.model import GroupCard, GroupRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.groups import writer
from ahtc_tui.services.meetings.service import next_meetings
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.groups import queries as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.drafts.groups import GroupDraft, TermsDraft
    from ahtc_tui.services.workspace import Workspace


def list_groups(workspace: Workspace, words: str = "", limit: int | None = None) -> list[GroupRow]:
    """The groups that hold all the words, by name."""
    with workspace.database.read() as cursor:
        rows = stored.read_groups(cursor, today=workspace.today(), words=words, limit=limit)
    return _add_next_meetings(workspace, rows)


def show_group(workspace: Workspace, words: str) -> GroupCard:
    """Everything about one group, by reference, short name, name or alias. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = find_party(cursor, words, ("group",)).key
        card = stored.read_card(cursor, key, workspace.today())
    return replace(card, row=_add_next_meetings(workspace, [card.row])[0])


def list_open_actions(workspace: Workspace, ref: str) -> tuple[str, ...]:
    """References and titles of the open actions of a group: for it, led by it, or agreed in its meetings."""
    with workspace.database.read() as cursor:
        return stored.read_open_actions(cursor, find_party(cursor, ref, ("group",)).key)


def list_short_names(workspace: Workspace) -> dict[str, str]:
    """Reference to short name, or name where there is none, of every group."""
    with workspace.database.read() as cursor:
        return stored.read_short_names(cursor)


def _add_next_meetings(workspace: Workspace, rows: list[GroupRow]) -> list[GroupRow]:
    """The rows with the day of each group's next meeting, series included."""
    next_days = {meeting.group_ref: meeting.day for meeting in reversed(next_meetings(workspace))}
    return [replace(row, next_meeting=next_days.get(row.ref)) for row in rows]


def add_group(workspace: Workspace, draft: GroupDraft) -> GroupRow:
    """Add a group; its reference is made of its name. Raises BadInput, NotFound."""
    if draft.name is None:
        raise BadInput(_("A group needs a name."))
    with workspace.database.write(f"groups add {draft.name[:60]}") as ledger:
        key = writer.insert_group(ledger, draft, workspace.today())
        return stored.read_group(ledger.cursor, key, workspace.today())


def edit_group(workspace: Workspace, words: str, draft: GroupDraft) -> GroupRow:
    """Write the given fields of one group. Raises NotFound, BadInput, Refused."""
    if not draft.given_fields:
        raise BadInput(_("Say what to change: field=value."))
    with workspace.database.write("groups edit") as ledger:
        party = find_party(ledger.cursor, words, ("group",))
        ledger.label = f"groups edit {party.ref}"
        writer.change_group(ledger, party.key, party.ref, draft, workspace.today())
        return stored.read_group(ledger.cursor, party.key, workspace.today())


def set_chair(workspace: Workspace, words: str, chair: str, first: DateAsKnown) -> GroupRow:
    """Give a group its chair from a day; whoever had it is kept in the history of chairs."""
    with workspace.database.write("groups chair") as ledger:
        party = find_party(ledger.cursor, words, ("group",))
        ledger.label = f"groups chair {party.ref}"
        writer.set_chair(ledger, party.key, party.ref, chair, first, workspace.today())
        return stored.read_group(ledger.cursor, party.key, workspace.today())


def set_terms(workspace: Workspace, words: str, draft: TermsDraft) -> bool:
    """Add a version of a group's terms of reference, or write to the one with that name; whether it is new."""
    with workspace.database.write("groups terms") as ledger:
        party = find_party(ledger.cursor, words, ("group",))
        ledger.label = f"groups terms {party.ref} {draft.version[:40]}"
        return writer.write_terms(ledger, party.key, draft)
