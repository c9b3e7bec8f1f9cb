"""Meetings as files that calendars and mail programmes open: what goes into which file, and what is left out.

Never sends anything, and never writes half: every file is made before the first is put in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import read_choice
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import MeetingState
from ahtc_tui.formats.eml.invite import build_draft
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.formats.ics import invites as ics_invites
from ahtc_tui.formats.ics.invites import Invite, Method, OmittedMeeting
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.series_dates import build_series
from ahtc_tui.services.output_folders import claim_free_name, make_bytes_writer, remove_on_failure, write_files
from ahtc_tui.store.meetings import ics_sequences, queries
from ahtc_tui.store.meetings import series as stored_series
from ahtc_tui.store.meetings.cards import read_card

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class WithoutAddress:
    """Somebody who is invited and must be told by other means."""

    ref: str
    """The meeting."""
    name: str


@dataclass(frozen=True, slots=True)
class InviteReport:
    """What was written (the references of the meetings in it), and what a person must still see to."""

    files: tuple[Path, ...]
    meetings: tuple[str, ...]
    left_out: tuple[OmittedMeeting, ...]
    """Meetings that no file holds: `ref` and `reason`, one sentence."""
    without_address: tuple[WithoutAddress, ...]
    advice: tuple[str, ...] = ()
    """What some calendars need beside it, a sentence each."""


YEARS_AHEAD = 2
"""Whole years after this one for which a series without an end says what holidays make of its days."""
MAX_YEARS = 20
"""Years for which a series with an end does so."""

CalendarOutput = tuple[dict[Path, bytes], list[Invite], list[OmittedMeeting]]


def write_invitation_files(
    workspace: Workspace,
    target: Path,
    *,
    meeting: str | None = None,
    group: str | None = None,
    all_meetings: bool = False,
    method: str = "publish",
    force: bool = False,
) -> InviteReport:
    """Write meetings to a calendar file (`.ics`), a mail draft (`.eml`), or a folder of mail drafts.

    PUBLISH takes many meetings in one `.ics`; REQUEST and CANCEL take one a file (RFC 5546): several go into a folder.
    Raises BadInput, NotFound, Refused for an existing file without `force` and where nothing could be written.
    """
    if sum((meeting is not None, group is not None, all_meetings)) != 1:
        raise BadInput(_("Say which meetings: one meeting, one group, or all."))
    ics_method = Method(read_choice(method, Method, _("method")))
    with workspace.database.read() as cursor:
        invites = _select_invites(workspace, cursor, meeting, group, ics_method)
    if not invites:
        raise Refused(_("There is no meeting to write."))
    files, written, left_out = _select_builder(target, ics_method)(target, invites, ics_method)
    with remove_on_failure() as created:
        _record_sequences(workspace, written)
        _write_output(target, files, force, created)
    return InviteReport(
        tuple(files),
        tuple(invite.card.row.ref for invite in written),
        tuple(left_out),
        tuple(
            WithoutAddress(invite.card.row.ref, guest.name)
            for invite in written
            for guest in ics_invites.list_without_address(invite.card)
        ),
        tuple(sentence for each in written for sentence in _list_advice(each.card.row))
        if ics_method is Method.CANCEL
        else (),
    )


def _list_advice(row: MeetingRow) -> Iterator[str]:
    """What else a cancellation needs."""
    if row.state is not MeetingState.CANCELLED:
        yield _("{ref} still stands here: `ahtc meetings cancel {ref}` calls it off.").format(ref=row.ref)
    if row.series:
        yield _(
            "{ref} is one day of {series}. A calendar that only files by UID (khal) takes the whole series instead:"
            " export invites OUT.ics --meeting {series}."
        ).format(ref=row.ref, series=row.series)


def _select_invites(
    workspace: Workspace, cursor: Cursor, meeting: str | None, group: str | None, method: Method
) -> list[Invite]:
    """The meetings that are asked for. Days of a series go with the series, but for a day that is called off alone."""
    today = workspace.today()
    if meeting is not None:
        return [build_invite(cursor, record_lookup.find_meeting_key(cursor, meeting), today)]
    rows = queries.read_meetings(cursor, today=today, group=record_lookup.find_group_key(cursor, group))
    active_series = {row.ref for row in rows if row.recurrence and row.state is not MeetingState.CANCELLED}
    series = {row.ref for row in rows if row.recurrence}
    selected_rows = [
        row
        for row in rows
        if row.series not in series
        or (method is Method.CANCEL and row.series in active_series and row.state is MeetingState.CANCELLED)
    ]
    return [build_invite(cursor, row.key, today) for row in selected_rows]


def build_invite(cursor: Cursor, key: RowKey, today: date) -> Invite:
    """A meeting as a calendar file tells of it; a series with every day that is not as its rule gives it."""
    meeting_card = read_card(cursor, key, today)
    changed = queries.read_change_time(cursor, key)
    series = build_series(meeting_card.row)
    if series is None:
        return Invite(meeting_card, changed, timed=_has_series_hour(cursor, meeting_card.row))
    days = stored_series.read_own_days(cursor, key)
    own = {day.recurrence_id for day in days}
    first = series.first.date()
    last = date(max(today.year, first.year) + YEARS_AHEAD if series.is_endless else first.year + MAX_YEARS, 12, 31)
    slots = [slot for slot in series.list_slots(first, last) if slot.holiday and slot.planned not in own]
    return Invite(
        meeting_card,
        changed,
        tuple((slot.planned, slot.starts) for slot in slots if slot.starts),
        tuple(slot.planned for slot in slots if slot.starts is None),
        tuple(Invite(read_card(cursor, day.key, today), queries.read_change_time(cursor, day.key)) for day in days),
    )


def _has_series_hour(cursor: Cursor, row: MeetingRow) -> bool | None:
    """Whether the series of a day has an hour; None for a meeting that is no day of one."""
    if row.series is None:
        return None
    return queries.read_meeting(cursor, record_lookup.find_meeting_key(cursor, row.series)).start_time is not None


def _record_sequences(workspace: Workspace, written: Sequence[Invite]) -> None:
    """Keep the highest SEQUENCE that goes out of each meeting, so that no undo gives a lower one later."""
    sent = {invite.card.row.key: invite.card.row.sequence for each in written for invite in (each, *each.days)}
    with workspace.database.read() as cursor:
        previous = ics_sequences.read_sent_sequences(cursor)
    if any(number > previous.get(key, -1) for key, number in sent.items()):
        with workspace.database.write(_("invite")) as ledger:
            ics_sequences.store_sent_sequences(ledger.cursor, sent)


def _select_builder(target: Path, method: Method) -> Callable[[Path, Sequence[Invite], Method], CalendarOutput]:
    """What makes the bytes for this kind of target."""
    suffix = target.suffix.lower()
    if target.is_dir() or suffix not in (".ics", ".eml"):
        if suffix and not target.is_dir():
            raise BadInput(_('"{path}": write to a .ics file, a .eml file, or a folder.').format(path=target))
        if method is Method.PUBLISH:
            raise BadInput(_("A folder takes mail drafts: choose request or cancel, or write to a .ics file."))
        return _build_drafts
    return _build_calendar if suffix == ".ics" else _build_draft


def _build_calendar(target: Path, invites: Sequence[Invite], method: Method) -> CalendarOutput:
    if method is not Method.PUBLISH:
        invite = _require_single(invites)
        build = ics_invites.build_request if method is Method.REQUEST else ics_invites.build_cancellation
        return {target: build(invite)}, [invite], []
    published = ics_invites.build_publication(invites)
    if not published.meetings:
        raise Refused(published.left_out[0].reason)
    left_out_refs = {left.ref for left in published.left_out}
    written = [invite for invite in invites if invite.card.row.ref not in left_out_refs]
    return {target: published.data}, written, list(published.left_out)


def _build_draft(target: Path, invites: Sequence[Invite], method: Method) -> CalendarOutput:
    invite = _require_single(invites)
    return {target: build_draft(invite, method)}, [invite], []


def _build_drafts(target: Path, invites: Sequence[Invite], method: Method) -> CalendarOutput:
    files: dict[Path, bytes] = {}
    written: list[Invite] = []
    left_out: list[OmittedMeeting] = []
    for invite in invites:
        ref = invite.card.row.ref
        try:
            if len(invites) > 1:
                _refuse_unneeded(invite, method)
            files[_build_draft_path(target, ref)] = build_draft(invite, method)
            written.append(invite)
        except Refused as refusal:
            left_out.append(OmittedMeeting(ref, str(refusal)))
    if not files:
        raise Refused(left_out[0].reason)
    return files, written, left_out


def _require_single(invites: Sequence[Invite]) -> Invite:
    if len(invites) > 1:
        sentence = _("A file of this kind holds one meeting, not {n}: give a folder, or name one with --meeting.")
        raise Refused(sentence.format(n=len(invites)))
    return invites[0]


def _refuse_unneeded(invite: Invite, method: Method) -> None:
    """Of many meetings, only those to come are invited to, and only those called off are cancelled."""
    row = invite.card.row
    if method is Method.CANCEL and row.state is not MeetingState.CANCELLED:
        raise Refused(_("{ref} is not cancelled.").format(ref=row.ref))
    if method is Method.REQUEST and row.state is MeetingState.HELD:
        raise Refused(_("{ref} was held already.").format(ref=row.ref))


def _build_draft_path(folder: Path, ref: str) -> Path:
    """The file of a meeting: a name that every system takes, and never outside the folder."""
    path = folder / f"{claim_free_name(folder, ref, set(), 'meeting')}.eml"
    if path.resolve().parent != folder.resolve():
        raise Refused(_('"{path}" would lie outside the folder.').format(path=path))
    return path


def _write_output(target: Path, files: Mapping[Path, bytes], force: bool, created: list[Path]) -> None:
    """Write every file, or refuse before the first."""
    if target in files:
        write_file_atomically(target, make_bytes_writer(files[target]), force)
    else:
        write_files(target, {path: make_bytes_writer(data) for path, data in files.items()}, force, created)
