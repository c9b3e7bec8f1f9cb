"""The end of a group as one step: its seats end, its coming meetings are cancelled, its open actions go to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, refuse_future_day
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.groups.model import GroupEnd, GroupState, translate_class
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.kinds import MeetingScope, MeetingState
from ahtc_tui.services.groups.seats import write_seat_end
from ahtc_tui.services.meetings.writer import cancel_with_days
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.groups import queries
from ahtc_tui.store.groups.seats import read_seats
from ahtc_tui.store.meetings.queries import read_meeting, read_meetings
from ahtc_tui.store.records.fields import read_field, read_fields
from ahtc_tui.store.records.references import find_by_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.contacts.party_lookup import Party
    from ahtc_tui.store.records.cursor import Cursor


def preview_group_end(
    workspace: Workspace, words: str, on: DateAsKnown | None = None, actions_to: str | None = None
) -> GroupEnd:
    """Return what would end with a group on a day, by default today, and what it leaves open.

    `actions_to` is the group that takes over the open actions. Raises NotFound, BadInput, Refused for a closed group.
    """
    with workspace.database.read() as cursor:
        return _build_end(workspace, cursor, find_party(cursor, words, ("group",)), on, actions_to)


def refuse_unasked_end(workspace: Workspace, cursor: Cursor, group: Party) -> None:
    """Raise Refused where a group that is not closed has seats, coming meetings or open actions to decide about."""
    if read_field(cursor, "groups", group.key, "state") == GroupState.CLOSED:
        return
    end = _build_end(workspace, cursor, group, None, None)
    counts = (
        ngettext("1 seat", "{n} seats", len(end.seats)) if end.seats else "",
        ngettext("1 coming meeting", "{n} coming meetings", len(end.meetings)) if end.meetings else "",
        ngettext("1 open action", "{n} open actions", len(end.actions)) if end.actions else "",
    )
    if work := ", ".join(filter(None, counts)):
        sentence = _(
            "{name} still has {work}. To decide about them, close it with `ahtc groups close {ref}`, or with Close in"
            " Groups."
        )
        raise Refused(sentence.format(name=group.shown_name, work=work, ref=group.ref))


def close_group(
    workspace: Workspace, words: str, on: DateAsKnown | None = None, actions_to: str | None = None
) -> GroupEnd:
    """Close a group in one step. Without `actions_to` the open actions stay with their leads. Raises as the preview."""
    refuse_future_day(on, workspace.today())
    with workspace.database.write("groups close") as ledger:
        group = find_party(ledger.cursor, words, ("group",))
        ledger.label = f"groups close {group.ref}"
        end = _build_end(workspace, ledger.cursor, group, on, actions_to)
        last = on or DateAsKnown(workspace.today())
        for seat in read_seats(ledger.cursor, today=last.latest, group=group.key):
            match = find_by_ref(ledger.cursor, "seats", seat.ref)
            if match and Period(seat.from_on).first > last.latest:
                ledger.remove("seats", match.key)
            elif match:
                write_seat_end(ledger, match.key, last)
        for meeting in _list_coming(workspace, ledger.cursor, group.key):
            if read_meeting(ledger.cursor, meeting.key).state is not MeetingState.CANCELLED:
                cancel_with_days(ledger, meeting.key)
        if actions_to:
            heir = find_party(ledger.cursor, actions_to, ("group",)).key
            for action in queries.list_open_actions(ledger.cursor, group.key):
                values = read_fields(ledger.cursor, "actions", action, ("lead", "group"))
                columns = [column for column, value in values.items() if value == group.key] or ["group"]
                ledger.update("actions", action, dict.fromkeys(columns, heir))
        ledger.update("groups", group.key, {"state": GroupState.CLOSED.value})
        return end


def _build_end(
    workspace: Workspace, cursor: Cursor, group: Party, on: DateAsKnown | None, actions_to: str | None
) -> GroupEnd:
    if read_field(cursor, "groups", group.key, "state") == GroupState.CLOSED:
        raise Refused(_("{name} is closed already.").format(name=group.shown_name))
    heir = find_party(cursor, actions_to, ("group",)) if actions_to else None
    if heir and heir.key == group.key:
        raise BadInput(_("Choose another group to take over the actions."))
    day = on.latest if on else workspace.today()
    return GroupEnd(
        group.ref,
        group.name,
        day,
        tuple(
            f"{translate_class(seat.member)}, {seat.role.label}"
            for seat in read_seats(cursor, today=day, group=group.key)
        ),
        tuple(f"{row.ref} {row.title}, {row.day or '–'}" for row in _list_coming(workspace, cursor, group.key)),
        queries.read_open_actions(cursor, group.key),
        heir.name if heir else None,
    )


def _list_coming(workspace: Workspace, cursor: Cursor, group: RowKey) -> list[MeetingRow]:
    """Return the meetings and series of a group that have not been held and are not cancelled."""
    rows = read_meetings(cursor, today=workspace.today(), group=group, selection=MeetingScope.COMING)
    return [row for row in rows if row.state not in (MeetingState.CANCELLED, MeetingState.HELD)]
