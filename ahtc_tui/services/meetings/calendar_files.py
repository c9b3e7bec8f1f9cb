"""Export of meetings as calendar files and mail drafts: which meetings go into which file.

Nothing is sent. All files are built before the first is written, so an error leaves none behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.filters import read_choice
from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.formats.eml.invite import build_draft
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
from ahtc_tui.formats.ics import invites as ics_invites
from ahtc_tui.formats.ics.invites import Invite, Method, OmittedMeeting
from ahtc_tui.formats.ics.people import list_recipients
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.series_dates import read_series_calendar, show_on_day
from ahtc_tui.services.output_folders import claim_free_name, remove_on_failure, write_files
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings import invitations as stored_invitations
from ahtc_tui.store.meetings import queries
from ahtc_tui.store.meetings import series as ics_sequences
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class WithoutAddress:
    """An invited person or post without an email address, who must be told in another way."""

    ref: str
    """Reference of the meeting."""
    name: str


@dataclass(frozen=True, slots=True)
class InviteReport:
    """The references of the meetings written, and what the user must still do."""

    files: tuple[Path, ...]
    meetings: tuple[str, ...]
    left_out: tuple[OmittedMeeting, ...]
    """Meetings that are in no file: `ref` and `reason` (one sentence)."""
    without_address: tuple[WithoutAddress, ...]
    advice: tuple[str, ...] = ()
    """Advice for certain calendar programs, one sentence each."""


YEARS_AHEAD = 2
"""Whole years after this one for which holiday changes of an endless series are written."""
MAX_YEARS = 20
"""The same limit for a series with an end."""

CalendarOutput = tuple[dict[Path, bytes], list[Invite], list[OmittedMeeting]]


def write_invitation_files(
    workspace: Workspace,
    target: Path,
    *,
    meeting: str | None = None,
    group: str | None = None,
    all_meetings: bool = False,
    method: str = "publish",
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> InviteReport:
    """Write meetings to a calendar file (`.ics`), a mail draft (`.eml`), or a folder of mail drafts.

    A PUBLISH file holds many meetings; REQUEST and CANCEL hold one each (RFC 5546), so several go into a folder. Their
    marking is at least `marking`. Raises BadInput, NotFound, and Refused for an existing file or nothing to write.
    """
    if sum((meeting is not None, group is not None, all_meetings)) != 1:
        raise BadInput(_("Choose one meeting, the meetings of one group, or all."))
    ics_method = Method(read_choice(method, Method, _("method")))
    with workspace.database.read() as cursor:
        selected = _select_invites(workspace, cursor, meeting, group, ics_method)
        invites = [_raise_marking(invite, marking) for invite in selected]
    if not invites:
        raise Refused(_("There are no meetings to export."))
    files, written, left_out = _select_builder(target, ics_method)(target, invites, ics_method)
    files |= _build_removals(workspace, target, written if ics_method is Method.REQUEST else [])
    with remove_on_failure() as created:
        _record_sent(workspace, written, ics_method)
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
        tuple(sentence for invitation in written for sentence in _list_advice(invitation.card.row, ics_method)),
    )


def _build_removals(workspace: Workspace, target: Path, written: Sequence[Invite]) -> dict[Path, bytes]:
    """Build the cancellations for those who were invited before and are no longer on the list (RFC 5546, 3.2.5)."""
    files: dict[Path, bytes] = {}
    for invite in written:
        row = invite.card.row
        with workspace.database.read() as cursor:
            removed = stored_invitations.read_removed_invitees(cursor, row.key, workspace.today())
        cancelled = replace(invite, card=replace(invite.card, invitees=removed), days=())
        if not list_recipients(cancelled.card):
            continue
        if target.suffix.lower() == ".ics":
            path, data = target.with_stem(f"{target.stem}-cancelled"), ics_invites.build_cancellation(cancelled)
        else:
            data = build_draft(cancelled, Method.CANCEL)
            is_file = target.suffix.lower() == ".eml"
            ref = f"{row.ref}-cancelled"
            path = target.with_stem(f"{target.stem}-cancelled") if is_file else _build_draft_path(target, ref)
        files[path] = data
    return files


def _record_sent(workspace: Workspace, written: Sequence[Invite], method: Method) -> None:
    """Store what the calendars of others will hold: the SEQUENCE of each meeting, and who has its invitation."""
    record_sequences(workspace, written)
    if method is not Method.REQUEST:
        return
    with workspace.database.write("invite") as ledger:
        for invite in written:
            ics_sequences.note_sent_invitations(ledger.cursor, invite.card.row.key)


def write_invitation(
    workspace: Workspace, target: Path, ref: str, marking: Marking = Marking.OFFICIAL, *, force: bool = False
) -> InviteReport:
    """Write the invitation to one meeting, which has somebody to go to.

    Raises as `write_invitation_files`, and Refused where nobody with an address is on the list.
    """
    with workspace.database.read() as cursor:
        card = read_card(cursor, record_lookup.find_meeting_key(cursor, ref), workspace.today())
    if not card.invitees:
        raise Refused(_("Nobody is invited to {ref} yet. Add somebody to its list first.").format(ref=ref))
    if not list_recipients(card):
        raise Refused(_("Nobody invited to {ref} has an email address.").format(ref=ref))
    return write_invitation_files(workspace, target, meeting=ref, method="request", marking=marking, force=force)


def select_all_invites(workspace: Workspace, marking: Marking) -> list[Invite]:
    """Return all meetings and series, with at least this marking."""
    with workspace.database.read() as cursor:
        selected = _select_invites(workspace, cursor, None, None, Method.PUBLISH)
    return [_raise_marking(invite, marking) for invite in selected]


def _list_advice(row: MeetingRow, method: Method) -> Iterator[str]:
    """Return advice for a cancellation: an uncancelled record, or a single day of a series."""
    if method is not Method.CANCEL:
        return
    if row.state is not MeetingState.CANCELLED:
        yield _("{ref} is not cancelled in the database. To cancel it, run `ahtc meetings cancel {ref}`.").format(
            ref=row.ref
        )
    if row.series:
        yield _(
            "{ref} is one date in {series}. Some calendars, like khal, identify events only by UID. For these, "
            "export the whole series instead: export invites OUT.ics --meeting {series}."
        ).format(ref=row.ref, series=row.series)


def _select_invites(
    workspace: Workspace, cursor: Cursor, meeting: str | None, group: str | None, method: Method
) -> list[Invite]:
    """Return the meetings to export. Days go with their series, except a day that is cancelled alone."""
    today = workspace.today()
    if meeting is not None:
        key = record_lookup.find_meeting_key(cursor, meeting)
        return [_name_organiser(build_invite(cursor, key, today), workspace)]
    rows = queries.read_meetings(cursor, today=today, group=record_lookup.find_group_key(cursor, group))
    active_series = {row.ref for row in rows if row.recurrence and row.state is not MeetingState.CANCELLED}
    series = {row.ref for row in rows if row.recurrence}
    selected_rows = [
        row
        for row in rows
        if row.series not in series
        or (method is Method.CANCEL and row.series in active_series and row.state is MeetingState.CANCELLED)
    ]
    return [_name_organiser(build_invite(cursor, row.key, today), workspace) for row in selected_rows]


def _name_organiser(invite: Invite, workspace: Workspace) -> Invite:
    """Return an invite whose organiser is the office by its settings, where the meeting names none with an address."""
    card, office = invite.card, workspace.office
    days = tuple(_name_organiser(day, workspace) for day in invite.days)
    if not card.organiser_email and office.email:
        name = card.organiser or office.name or None
        name_cy = card.organiser_cy if card.organiser else office.name_cy or None
        card = replace(card, organiser=name, organiser_cy=name_cy, organiser_email=office.email)
    return replace(invite, card=card, days=days)


def build_invite(cursor: Cursor, key: RowKey, today: date) -> Invite:
    """Build the calendar data of a meeting; a series includes every day that differs from its rule."""
    meeting_card = read_card(cursor, key, today)
    changed = queries.read_change_time(cursor, key)
    calendar = read_series_calendar(cursor, key)
    if calendar is None:
        return Invite(meeting_card, changed, timed=_has_series_hour(cursor, meeting_card.row))
    first = calendar.rule.first.date()
    is_endless = calendar.rule.is_endless
    last = date(max(today.year, first.year) + YEARS_AHEAD if is_endless else first.year + MAX_YEARS, 12, 31)
    changes = [day for day in calendar.list_days(first, last) if day.holiday and day.ref is None]
    first_day = calendar.find_next(first)
    return Invite(
        meeting_card,
        changed,
        tuple((day.recurrence_id, day.starts) for day in changes if day.starts),
        (*(day.recurrence_id for day in changes if day.starts is None), *calendar.hidden_times),
        tuple(
            Invite(read_card(cursor, own_day.key, today), queries.read_change_time(cursor, own_day.key))
            for own_day in calendar.own_days
        ),
        shown=show_on_day(meeting_card.row, first_day) if first_day else None,
    )


def _raise_marking(invite: Invite, marking: Marking) -> Invite:
    """Return the meeting and its days with at least this marking."""
    row = invite.card.row
    card = replace(invite.card, row=replace(row, marking=find_highest_marking(marking, [row.marking])))
    return replace(invite, card=card, days=tuple(_raise_marking(day, marking) for day in invite.days))


def _has_series_hour(cursor: Cursor, row: MeetingRow) -> bool | None:
    """Return whether the series of this day has a start time; None if the meeting is not a day of a series."""
    if row.series is None:
        return None
    return queries.read_meeting(cursor, record_lookup.find_meeting_key(cursor, row.series)).start_time is not None


def record_sequences(workspace: Workspace, written: Sequence[Invite]) -> None:
    """Store the highest SEQUENCE sent for each meeting, so that an undo cannot lead to a lower one."""
    sent = {
        invite.card.row.key: invite.card.row.sequence
        for invitation in written
        for invite in (invitation, *invitation.days)
    }
    with workspace.database.read() as cursor:
        previous = ics_sequences.read_sent_sequences(cursor)
    if any(number > previous.get(key, -1) for key, number in sent.items()):
        with workspace.database.write("invite") as ledger:
            ics_sequences.store_sent_sequences(ledger.cursor, sent)


def _select_builder(target: Path, method: Method) -> Callable[[Path, Sequence[Invite], Method], CalendarOutput]:
    """Return the function that builds the bytes for this suffix."""
    suffix = target.suffix.lower()
    if target.is_dir() or suffix not in (".ics", ".eml"):
        if suffix and not target.is_dir():
            raise BadInput(
                _('"{path}" is not a .ics file, a .eml file or a folder. Name one of these.').format(path=target)
            )
        if method is Method.PUBLISH:
            raise BadInput(_("A folder is for draft emails. Choose request or cancel, or name a .ics file."))
        return _build_drafts
    return _build_calendar if suffix == ".ics" else _build_draft


def _build_calendar(target: Path, invites: Sequence[Invite], method: Method) -> CalendarOutput:
    if method is not Method.PUBLISH:
        invite = _require_single(invites)
        build = ics_invites.build_request if method is Method.REQUEST else ics_invites.build_cancellation
        return {target: build(invite)}, [invite], []
    published = ics_invites.build_publication(invites)
    if not published.meetings:
        raise Refused(published.omitted[0].reason)
    left_out_refs = {left.ref for left in published.omitted}
    written = [invite for invite in invites if invite.card.row.ref not in left_out_refs]
    return {target: published.data}, written, list(published.omitted)


def _build_draft(target: Path, invites: Sequence[Invite], method: Method) -> CalendarOutput:
    invite = _require_single(invites)
    return {target: build_draft(invite, method)}, [invite], []


def _build_drafts(target: Path, invites: Sequence[Invite], method: Method) -> CalendarOutput:
    files: dict[Path, bytes] = {}
    written: list[Invite] = []
    left_out: list[OmittedMeeting] = []
    for invite in invites:
        ref = invite.card.row.ref
        if len(invites) > 1 and (reason := _explain_unneeded(invite, method)):
            left_out.append(OmittedMeeting(ref, reason, needs_decision=False))
            continue
        try:
            files[_build_draft_path(target, ref)] = build_draft(invite, method)
            written.append(invite)
        except Refused as refusal:
            left_out.append(ics_invites.build_omission(invite.card, str(refusal)))
    if not files:
        raise Refused(left_out[0].reason)
    return files, written, left_out


def _require_single(invites: Sequence[Invite]) -> Invite:
    if len(invites) > 1:
        sentence = _("This type of file holds one meeting, not {n}. Give a folder, or choose a meeting with --meeting.")
        raise Refused(sentence.format(n=len(invites)))
    return invites[0]


def _explain_unneeded(invite: Invite, method: Method) -> str:
    """Return why a meeting needs no invitation or cancellation: it has been held, or is not cancelled; else empty."""
    row = invite.card.row
    if method is Method.CANCEL and row.state is not MeetingState.CANCELLED:
        return _("{ref} is not cancelled.").format(ref=row.ref)
    if method is Method.REQUEST and row.state is MeetingState.HELD:
        return _("{ref} has been held already.").format(ref=row.ref)
    return ""


def _build_draft_path(folder: Path, ref: str) -> Path:
    """Return a portable path inside the folder for the mail draft of a meeting."""
    path = folder / f"{claim_free_name(folder, ref, set(), 'meeting')}.eml"
    if path.resolve().parent != folder.resolve():
        raise Refused(_('"{path}" is outside the folder.').format(path=path))
    return path


def _write_output(target: Path, files: Mapping[Path, bytes], force: bool, created: list[Path]) -> None:
    """Write all files; check every target before the first write."""
    if len(files) == 1 and target in files:
        write_file_atomically(target, make_bytes_writer(files[target]), force)
    else:
        folder = target.parent if target in files else target
        write_files(folder, {path: make_bytes_writer(data) for path, data in files.items()}, force, created)
