"""Commands on one meeting, for every screen that shows it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence, Sized
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.calendar import list_remarks
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.domain.record_names import name_record
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.owner_field import Candidate, find_candidate_exactly

if TYPE_CHECKING:
    from ahtc_tui.services.new_names import NamedRecord


async def find_own_ref(app: DeskApp, ref: str) -> str:
    """Return the reference of the meeting; the next day of a series gets its own record first."""
    rows = await app.desk.run(meetings.next_meetings)
    row = next((row for row in rows if row.ref == ref and row.recurrence), None)
    if row is None or row.day is None:
        return ref
    day_record = await app.desk.run(series.open_day, ref, row.day.latest)
    app.changed.publish(None)
    return day_record.ref


async def list_group_candidates(app: DeskApp) -> list[Candidate]:
    """Return the groups."""
    return await list_candidates(app, "group")


async def add_named_meeting(app: DeskApp, name: str) -> NamedRecord | None:
    """Add a meeting in its form, which begins with the group, title and date of the name; None if it was left."""
    from ahtc_tui.services.new_names import NamedRecord
    from ahtc_tui.tui.meetings.form import MeetingForm

    groups = await list_group_candidates(app)
    typed = split_meeting_name(name, groups, app.desk.today)
    form = MeetingForm(app.desk, groups, await list_candidates(app), typed=typed)
    if await app.push_screen_wait(form) is None or form.written is None:
        return None
    app.announce_write(_("{name} added").format(name=form.written.ref))
    return NamedRecord(form.written.ref, name_record(form.written.ref, form.written.shown_title))


def split_meeting_name(name: str, groups: Sequence[Candidate], today: date) -> dict[str, str]:
    """Return the values of a form: "Leadership Group, 4 march 2014" is a group and a date."""
    words = name.replace(",", " ").split()
    values: dict[str, str] = {}
    for start in range(len(words)):
        day = " ".join(words[start:])
        with suppress(BadInput):
            read_date(day, today)
            values["date"], words = day, words[:start]
            break
    title = " ".join(words)
    group = find_candidate_exactly(title, groups)
    return values | ({"group": group.ref} if group else {"title": title} if title else {})


async def edit_meeting(app: DeskApp, ref: str) -> str | None:
    """Edit the meeting in its form and return its reference; None if nothing was saved.

    It is read again, since the row of a series has the date of its next day.
    """
    from ahtc_tui.tui.meetings.form import MeetingForm

    with errors_as_toasts(app):
        card, desk = await app.desk.open_record(meetings.show_meeting, ref)
        next_days = await app.desk.run(meetings.find_next_dates, [card.row]) if card.row.recurrence else {}
        next_day = next_days[ref].date() if ref in next_days else None
        form = MeetingForm(desk, await list_group_candidates(app), await list_candidates(app), card, next_day=next_day)
        if await app.push_screen_wait(form) is not None and form.written is not None:
            edited = _("{ref} edited").format(ref=name_record(form.written.ref, form.written.shown_title))
            app.announce_write(". ".join((edited, *list_remarks(form.written))))
            return form.written.ref
    return None


async def open_minutes(app: DeskApp, ref: str) -> None:
    """Open the live minutes."""
    with errors_as_toasts(app):
        app.open_minutes(await find_own_ref(app, ref))


async def open_agenda(app: DeskApp, ref: str) -> str | None:
    """Open the agenda and return the reference of its meeting; None after an error."""
    from ahtc_tui.tui.meetings.agenda_screen import AgendaScreen

    with errors_as_toasts(app):
        own_ref = await find_own_ref(app, ref)
        app.push_screen(AgendaScreen(own_ref))
        return own_ref
    return None


async def write_pack(app: DeskApp, ref: str) -> str | None:
    """Write the meeting pack, and say what it lacks. No record changes."""
    from ahtc_tui.services.exports import meeting_pack

    with errors_as_toasts(app):
        own_ref = await find_own_ref(app, ref)
        report = await app.desk.run_long(meeting_pack.write_pack_to_folder, own_ref)
        files = ngettext("1 file", "{n} files", len(report.files))
        actions = ngettext("1 open action", "{n} open actions", report.actions)
        missing = _format_missing(report.without_address)
        app.announce_file(report.folder, f"{files}, {actions}", *report.left, missing)
        return own_ref
    return None


async def write_pack_pdf(app: DeskApp, ref: str) -> None:
    """Write the meeting pack as one PDF; a paper that is not in it is named."""
    from ahtc_tui.services.exports import pack_pdf

    with errors_as_toasts(app):
        own_ref = await find_own_ref(app, ref)
        report = await app.desk.run_long(pack_pdf.write_pack_pdf_to_folder, own_ref)
        app.announce_file(report.file, ngettext("{n} page", "{n} pages", report.pages), *report.missing)


async def open_publication(app: DeskApp, ref: str) -> None:
    """Open the release list of the minutes of a meeting."""
    with errors_as_toasts(app):
        app.open_publication(PublishedDocument.MINUTES, await find_own_ref(app, ref))


async def write_invitation(app: DeskApp, ref: str) -> None:
    """Write the meeting as a calendar file to the exports folder."""
    with errors_as_toasts(app):
        report = await app.desk.run_long(meetings.export_invitation, ref)
        app.announce_file(report.files[0], *report.advice, _format_missing(report.without_address))


async def draft_invitation(app: DeskApp, ref: str) -> None:
    """Write the invitation as a draft email to the exports folder."""
    with errors_as_toasts(app):
        report = await app.desk.run_long(meetings.draft_invitation, ref)
        opening = _("Open it in your email program and send it.")
        app.announce_file(report.files[0], opening, *report.advice, _format_missing(report.without_address))


def _format_missing(without_address: Sized) -> str:
    n = len(without_address)
    return ngettext("1 invitee has no address", "{n} invitees have no address", n).format(n=n) if n else ""


async def move_meeting(app: DeskApp, ref: str, days: int) -> None:
    """Move the meeting by some days."""
    with errors_as_toasts(app):
        day = await app.desk.run(meetings.move_meeting, ref, days)
        app.announce_write(_("{name} moved to {day}").format(name=ref, day=day))


COMMANDS: Mapping[str, Callable[[DeskApp, str], Awaitable[object]]] = {
    "add": add_named_meeting,
    "edit": edit_meeting,
    "minutes": open_minutes,
    "agenda": open_agenda,
    "pack": write_pack,
    "invite": write_invitation,
    "earlier": lambda app, ref: move_meeting(app, ref, -1),
    "later": lambda app, ref: move_meeting(app, ref, 1),
    "next_week": lambda app, ref: move_meeting(app, ref, 7),
}
