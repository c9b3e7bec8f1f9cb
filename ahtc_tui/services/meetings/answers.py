"""Drafts the answer to a proposed time of a meeting. Nothing is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.drafts.meetings import MeetingDraft, build_meeting_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.kinds import InviteRole, Reply, TimeDecision
from ahtc_tui.formats.files.atomic_write import make_bytes_writer
from ahtc_tui.formats.ics.invites import Invite, build_request
from ahtc_tui.formats.ics.replies import COUNTER, DECLINECOUNTER, REPLY, build_time_answer
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.calendar_files import build_invite
from ahtc_tui.services.meetings.writer import change_meeting
from ahtc_tui.services.output_folders import remove_on_failure, write_files
from ahtc_tui.store.documents import chasers
from ahtc_tui.store.meetings import queries, series

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.domain.meetings.model import InviteeRow, MeetingRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

OWN_UID_ENDING = "@ahtc"


def write_time_answer(
    workspace: Workspace, ref: str, decision: TimeDecision, when: str | None, target: Path, *, force: bool = False
) -> MeetingRow:
    """Write the answer about a time to a calendar file; return the meeting.

    Accepting moves the meeting in the same step and writes the invitation with the next SEQUENCE. Declining and
    proposing change no record. Where another office invites, and `when` is empty or its time, accepting and declining
    write a reply. Raises BadInput, NotFound, and Refused for a series, for a meeting without an organiser who has an
    address, for a proposal about a meeting of this office, and where the file exists.
    """
    if target.suffix.lower() != ".ics":
        raise BadInput(_('"{path}" is not a .ics file. Name a .ics file.').format(path=target))
    draft = build_meeting_draft({"starts": when} if when else {}, workspace.today())
    with workspace.database.read() as cursor:
        is_reply = _is_reply(cursor, _find_single_meeting(cursor, ref), decision, draft)
    if decision is TimeDecision.ACCEPT and not is_reply:
        with remove_on_failure() as created, workspace.database.write("accept a time") as ledger:
            key = _find_single_meeting(ledger.cursor, ref)
            ledger.label = f"accept a time for {ref.upper()}"
            data = _accept(ledger, key, draft, workspace)
            write_files(target.parent, {target: make_bytes_writer(data)}, force, created)
            return queries.read_meeting(ledger.cursor, key)
    with remove_on_failure() as created, workspace.database.read() as cursor:
        key = _find_single_meeting(cursor, ref)
        invite = build_invite(cursor, key, workspace.today())
        data = _build_reply(cursor, invite, decision) if is_reply else _build_answer(cursor, invite, draft, decision)
        write_files(target.parent, {target: make_bytes_writer(data)}, force, created)
        return queries.read_meeting(cursor, key)


def _find_single_meeting(cursor: Cursor, ref: str) -> RowKey:
    key = record_lookup.find_meeting_key(cursor, ref)
    row = queries.read_meeting(cursor, key)
    if row.recurrence:
        raise Refused(_("{ref} is a series. Answer for one date.").format(ref=row.ref))
    return key


def _is_reply(cursor: Cursor, key: RowKey, decision: TimeDecision, draft: MeetingDraft) -> bool:
    """Return whether an answer replies to an invitation of another office. Raises BadInput where a time is missing."""
    row = queries.read_meeting(cursor, key)
    is_foreign = not row.uid.endswith(OWN_UID_ENDING)
    if draft.starts is None and not (is_foreign and decision is not TimeDecision.PROPOSE):
        raise BadInput(_("Give the date and time of the option, like 12 February 2014, 10am."))
    if not is_foreign or decision is TimeDecision.PROPOSE:
        return False
    return draft.starts is None or _read_start(draft, row) == row.starts


def _build_reply(cursor: Cursor, invite: Invite, decision: TimeDecision) -> bytes:
    """Return the reply of the office, under the address of the only guest or its own. Raises Refused without one."""
    office = queries.find_secretariat(cursor)
    sender = chasers.read_sender(cursor, office) if office else None
    invite = _name_organiser(invite)
    addresses = [_read_address(guest) for guest in invite.card.invitees]
    guests = [(name, email) for name, email in addresses if email and email != invite.card.organiser_email]
    if len(guests) != 1 and sender and sender.email:
        guests = [(sender.name, sender.email)]
    if len(guests) != 1:
        sentence = _("{ref}: this office has no address to reply from. Add one to the post with `contacts edit`.")
        raise Refused(sentence.format(ref=invite.card.row.ref))
    reply = Reply.ACCEPTED if decision is TimeDecision.ACCEPT else Reply.DECLINED
    return build_time_answer(invite, _read_start(MeetingDraft(), invite.card.row), REPLY, guests[0], reply)


def _name_organiser(invite: Invite) -> Invite:
    """Return an invitation with the chair as its organiser, where the organiser is not a contact."""
    card = invite.card
    chairs = [_read_address(guest) for guest in card.invitees if guest.role is InviteRole.CHAIR]
    if card.organiser_email or not chairs:
        return invite
    return replace(invite, card=replace(card, organiser=chairs[0][0], organiser_email=chairs[0][1]))


def _read_address(guest: InviteeRow) -> tuple[str, str]:
    """Return name and address of a guest, who may be in words only: "Home Office <nrm@example.org>"."""
    name, email = parseaddr(guest.name) if guest.ref is None else (guest.name, "")
    return name or guest.name, guest.email or (email if "@" in email else "")


def _accept(ledger: Ledger, key: RowKey, draft: MeetingDraft, workspace: Workspace) -> bytes:
    """Move the meeting, unless it is at the time already; return its invitation."""
    row = queries.read_meeting(ledger.cursor, key)
    if row.starts is None or _read_start(draft, row) != row.starts:
        change_meeting(ledger, key, draft)
    invite = build_invite(ledger.cursor, key, workspace.today())
    data = build_request(invite)
    series.store_sent_sequences(ledger.cursor, {key: invite.card.row.sequence})
    return data


def _build_answer(cursor: Cursor, invite: Invite, draft: MeetingDraft, decision: TimeDecision) -> bytes:
    row = invite.card.row
    starts = _read_start(draft, row)
    if decision is TimeDecision.DECLINE:
        return build_time_answer(invite, starts, DECLINECOUNTER)
    if row.uid.endswith(OWN_UID_ENDING):
        sentence = _("{ref} is a meeting of this office. Move it with `accept`, to save the new invitation.")
        raise Refused(sentence.format(ref=row.ref))
    office = queries.find_secretariat(cursor)
    sender = chasers.read_sender(cursor, office) if office else None
    return build_time_answer(invite, starts, COUNTER, (sender.name, sender.email or "") if sender else None)


def _read_start(draft: MeetingDraft, row: MeetingRow) -> datetime:
    """Return the start that a draft names; a missing day or time is that of the meeting. Raises BadInput."""
    moment = draft.starts
    day = (moment.day if moment else None) or row.day
    hour = (moment.at if moment else None) or row.start_time or time.min
    if day is None or day.earliest != day.latest:
        raise BadInput(_("An answer needs an exact date, like 12 February 2014, 10am."))
    return datetime.combine(day.latest, hour)
