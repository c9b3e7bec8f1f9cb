"""Import of answers to invitations: days of a series, and decisions about doubtful answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, TakeMode
from ahtc_tui.domain.meetings.kinds import Presence, Reply
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.history import list_steps, undo_step
from ahtc_tui.services.imports.meetings.service import import_meetings
from ahtc_tui.services.imports.replies.service import import_replies
from ahtc_tui.services.meetings.series import cancel_day, open_day
from ahtc_tui.services.meetings.service import add_meeting, edit_meeting, list_meetings, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, query_rows

GWENT = "spoc-gwent@example.invalid"

SHAPES = {
    "Outlook": (
        "PRODID:Microsoft Exchange Server 2010",
        "RECURRENCE-ID;TZID=GMT Standard Time:{day}T100000",
        "ATTENDEE;PARTSTAT={partstat};CN=Gwent:MAILTO:{email}",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    ),
    "Google": (
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "RECURRENCE-ID:{day}T{utc}0000Z",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN={email};X-NUM-GUESTS=0:mailto:{email}",
        "STATUS:CONFIRMED",
    ),
    "Apple": (
        "PRODID:-//Apple Inc.//macOS 14//EN",
        "RECURRENCE-ID;TZID=Europe/London:{day}T100000",
        'ATTENDEE;CN="Gwent";EMAIL={email};PARTSTAT={partstat}:urn:uuid:00000000-0000-0000-0000-000000000001',
        "X-CALENDARSERVER-REPLY:1",
    ),
}
"""A REPLY as three programs write it, for it answers for."""

OTHER_CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//other//EN
BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:other@example.org
DTSTAMP:20131230T100000Z
DTSTART;TZID=GMT Standard Time:20140707T100000
SUMMARY:Seminar
END:VEVENT
END:VCALENDAR
"""
"""A calendar that describes a known zone wrongly."""


@pytest.fixture
def series(wales: Workspace) -> MeetingRow:
    """A series on the first Monday of each month of 2014, moved after bank holidays, with the SPOC of Gwent invited."""
    fields = {"group": "LG", "starts": "2014-01-06 10:00", "repeat": "FREQ=MONTHLY;BYDAY=1MO;COUNT=12"}
    row = add_meeting(wales, build_meeting_draft({**fields, "on_holiday": "move"}, TODAY))
    party = query_rows(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0][0]
    with wales.database.write("invite") as ledger:
        ledger.add("invitations", {"meeting": row.key, "party": party})
    return row


def write_reply(
    folder: Path, row: MeetingRow, partstat: str, *lines: str, email: str = GWENT, sequence: int = 0
) -> Path:
    """Write a reply with the given lines, or without lines an answer to the whole series."""
    attendee_lines = lines or (f"ATTENDEE;PARTSTAT={partstat}:mailto:{email}",)
    event = (
        "BEGIN:VEVENT",
        f"UID:{row.uid}",
        f"SEQUENCE:{sequence}",
        "DTSTAMP:20131230T100000Z",
        *attendee_lines,
        "END:VEVENT",
    )
    path = folder / f"reply-{len(list(folder.glob('reply-*')))}.ics"
    path.write_text("\r\n".join(("BEGIN:VCALENDAR", "METHOD:REPLY", "VERSION:2.0", *event, "END:VCALENDAR", "")))
    return path


def write_day_reply(folder: Path, row: MeetingRow, shape: str, partstat: str, day: str, utc: str = "10") -> Path:
    lines = (line.format(partstat=partstat, email=GWENT, day=day, utc=utc) for line in SHAPES[shape][1:])
    return write_reply(folder, row, partstat, *lines)


def import_file(
    workspace: Workspace, file: Path, wishes: ImportOptions | None = None, apply: bool = True
) -> FileReport:
    return import_replies(workspace, [file], apply, wishes).files[0]


def find_reply_of_gwent(workspace: Workspace, ref: str) -> tuple[Reply, list[Presence]]:
    card = show_meeting(workspace, ref)
    reply = next(guest.reply for guest in card.invitees if guest.ref == "spoc-gwent")
    return reply, [row.state for row in card.attendance if "Gwent" in row.name]


@pytest.mark.sample(3)
@pytest.mark.parametrize("shape", SHAPES)
def test_declining_one_day_records_apologies_for_that_day(
    wales: Workspace, series: MeetingRow, tmp_path: Path, shape: str
) -> None:
    file = write_day_reply(tmp_path, series, shape, "DECLINED", "20140707", "09")
    planned = import_file(wales, file, apply=False)
    steps = len(list_steps(wales))
    report = import_file(wales, file)
    assert (report, report.questions) == (planned, ())
    assert len(list_steps(wales)) == steps + 1
    day = open_day(wales, series.ref, date(2014, 7, 7))
    assert find_reply_of_gwent(wales, day.ref) == (Reply.DECLINED, [Presence.APOLOGIES])
    assert find_reply_of_gwent(wales, series.ref) == (Reply.NEEDS_ACTION, [])
    assert import_file(wales, file).unchanged == 1
    assert find_faults(wales.database) == []
    undo_step(wales)
    assert [row.ref for row in list_meetings(wales) if row.series] == []


@pytest.fixture
def zone_cache() -> Iterator[None]:
    """Empties the cache of zones that the calendar library keeps for the whole process."""
    from icalendar.timezone import tzp

    yield
    tzp.use_default()


def test_a_reply_is_not_read_in_a_zone_that_another_file_described(
    wales: Workspace, series: MeetingRow, tmp_path: Path, zone_cache: None
) -> None:
    calendar = tmp_path / "other.ics"
    calendar.write_text(OTHER_CALENDAR, encoding="utf-8")
    import_meetings(wales, [calendar])
    report = import_file(wales, write_day_reply(tmp_path, series, "Outlook", "DECLINED", "20140707"))
    assert report.questions == ()
    day = open_day(wales, series.ref, date(2014, 7, 7))
    assert find_reply_of_gwent(wales, day.ref) == (Reply.DECLINED, [Presence.APOLOGIES])


def test_a_moved_day_is_matched_by_its_planned_date(wales: Workspace, series: MeetingRow, tmp_path: Path) -> None:
    import_file(wales, write_day_reply(tmp_path, series, "Apple", "ACCEPTED", "20140505"))
    assert find_reply_of_gwent(wales, open_day(wales, series.ref, date(2014, 5, 6)).ref) == (Reply.ACCEPTED, [])
    (question,) = import_file(wales, write_day_reply(tmp_path, series, "Apple", "DECLINED", "20140506")).questions
    assert "it answers for" in question.reason
    off = cancel_day(wales, series.ref, date(2014, 6, 2))
    (question,) = import_file(wales, write_day_reply(tmp_path, series, "Apple", "DECLINED", "20140602")).questions
    assert "SEQUENCE 0, now 1" in question.reason
    assert find_reply_of_gwent(wales, off.ref)[1] == []


def test_an_answer_for_the_whole_series_counts_for_its_days(
    wales: Workspace, series: MeetingRow, tmp_path: Path
) -> None:
    before = open_day(wales, series.ref, date(2014, 2, 3))
    alone = open_day(wales, series.ref, date(2014, 3, 3))
    import_file(wales, write_day_reply(tmp_path, series, "Google", "ACCEPTED", "20140303"))
    import_file(wales, write_reply(tmp_path, series, "DECLINED"))
    after = open_day(wales, series.ref, date(2014, 4, 7))
    for row in (before, after):
        assert find_reply_of_gwent(wales, row.ref) == (Reply.DECLINED, [Presence.APOLOGIES])
    assert find_reply_of_gwent(wales, alone.ref) == (Reply.ACCEPTED, [])


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("spoc-north-wales@example.invalid", "Single Point of Contact, North Wales Police"),
        ("a@example.org", "a@example.org"),
    ],
)
def test_theirs_invites_an_uninvited_sender(
    wales: Workspace, series: MeetingRow, tmp_path: Path, email: str, name: str
) -> None:
    file = write_reply(tmp_path, series, "DECLINED", email=email)
    (question,) = import_file(wales, file).questions
    report = import_file(wales, file, ImportOptions(answers={question.id: "theirs"}))
    assert report.questions == ()
    card = show_meeting(wales, series.ref)
    assert [guest.reply for guest in card.invitees if guest.name == name] == [Reply.DECLINED]
    assert [row.state for row in card.attendance if row.name == name] == [Presence.APOLOGIES]


def test_an_answer_can_be_assigned_by_name_or_left(wales: Workspace, series: MeetingRow, tmp_path: Path) -> None:
    file = write_reply(tmp_path, series, "ACCEPTED", email="home@example.org")
    (question,) = import_file(wales, file).questions
    for word in ("ours", "skip"):
        left = import_file(wales, file, ImportOptions(answers={question.id: word}))
        assert (left.questions, left.changed, left.unchanged) == ((), (), 1)
    assert import_file(wales, file, ImportOptions(answers={question.id: "nobody at all"})).questions
    import_file(wales, file, ImportOptions(answers={question.id: "spoc-gwent"}))
    assert find_reply_of_gwent(wales, series.ref)[0] is Reply.ACCEPTED


def test_take_all_takes_old_answers_and_take_none_takes_nothing(
    wales: Workspace, series: MeetingRow, tmp_path: Path
) -> None:
    edit_meeting(wales, series.ref, build_meeting_draft({"venue": "Online"}, TODAY))
    file = write_reply(tmp_path, series, "ACCEPTED")
    assert import_file(wales, file).questions
    assert import_file(
        wales, write_reply(tmp_path, series, "ACCEPTED", sequence=1), ImportOptions(TakeMode.NONE)
    ).changed
    assert find_reply_of_gwent(wales, series.ref)[0] is Reply.NEEDS_ACTION
    assert import_file(wales, file, ImportOptions(TakeMode.ALL)).questions == ()
    assert find_reply_of_gwent(wales, series.ref)[0] is Reply.ACCEPTED
    stranger = write_reply(tmp_path, series, "ACCEPTED", email="b@example.org")
    assert import_file(wales, stranger, ImportOptions(TakeMode.ALL)).added


def test_an_unknown_partstat_can_be_corrected(wales: Workspace, series: MeetingRow, tmp_path: Path) -> None:
    file = write_reply(tmp_path, series, "COMPLETED")
    (question,) = import_file(wales, file, ImportOptions(TakeMode.ALL)).questions
    assert import_file(wales, file, ImportOptions(answers={question.id: "theirs"})).questions
    import_file(wales, file, ImportOptions(answers={question.id: "accepted"}))
    assert find_reply_of_gwent(wales, series.ref)[0] is Reply.ACCEPTED
