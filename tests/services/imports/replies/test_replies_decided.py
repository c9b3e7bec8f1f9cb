"""Answers for one day of a series, and what a person decides of doubtful answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.imports.report import FileReport, Take, Wishes
from ahtc_tui.domain.meetings.model import MeetingRow, Presence, Reply
from ahtc_tui.services.history import list_steps, undo
from ahtc_tui.services.imports.replies.service import read_replies
from ahtc_tui.services.meetings.series import cancel_day, take_day
from ahtc_tui.services.meetings.service import add_meeting, edit_meeting, list_meetings, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import TODAY, ask

GWENT = "spoc-gwent@example.invalid"

SHAPES = {
    "Outlook": (
        "PRODID:Microsoft Exchange Server 2010",
        "RECURRENCE-ID;TZID=GMT Standard Time:{day}T100000",
        "ATTENDEE;PARTSTAT={said};CN=Gwent:MAILTO:{email}",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    ),
    "Google": (
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "RECURRENCE-ID:{day}T{utc}0000Z",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said};CN={email};X-NUM-GUESTS=0:mailto:{email}",
        "STATUS:CONFIRMED",
    ),
    "Apple": (
        "PRODID:-//Apple Inc.//macOS 14//EN",
        "RECURRENCE-ID;TZID=Europe/London:{day}T100000",
        'ATTENDEE;CN="Gwent";EMAIL={email};PARTSTAT={said}:urn:uuid:00000000-0000-0000-0000-000000000001',
        "X-CALENDARSERVER-REPLY:1",
    ),
}
"""A REPLY as three programs write it, for one day of a series."""


@pytest.fixture
def series(wales: Workspace) -> MeetingRow:
    """The first Mondays of 2014, to which the SPOC of Gwent is invited; bank holidays move."""
    fields = {"group": "LG", "starts": "2014-01-06 10:00", "repeat": "FREQ=MONTHLY;BYDAY=1MO;COUNT=12"}
    row = add_meeting(wales, meeting_draft({**fields, "on_holiday": "move"}, TODAY))
    party = ask(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0][0]
    with wales.database.write("invite") as ledger:
        ledger.add("invitations", {"meeting": row.key, "party": party})
    return row


def a_reply(folder: Path, row: MeetingRow, said: str, *lines: str, email: str = GWENT, sequence: int = 0) -> Path:
    """The file that a guest sends back; the lines of one of the shapes, or none for the whole series."""
    given = lines or (f"ATTENDEE;PARTSTAT={said}:mailto:{email}",)
    event = ("BEGIN:VEVENT", f"UID:{row.uid}", f"SEQUENCE:{sequence}", "DTSTAMP:20131230T100000Z", *given, "END:VEVENT")
    path = folder / f"reply-{len(list(folder.glob('reply-*')))}.ics"
    path.write_text("\r\n".join(("BEGIN:VCALENDAR", "METHOD:REPLY", "VERSION:2.0", *event, "END:VCALENDAR", "")))
    return path


def for_one_day(folder: Path, row: MeetingRow, shape: str, said: str, day: str, utc: str = "10") -> Path:
    lines = (line.format(said=said, email=GWENT, day=day, utc=utc) for line in SHAPES[shape][1:])
    return a_reply(folder, row, said, *lines)


def brought_in(workspace: Workspace, file: Path, wishes: Wishes | None = None, apply: bool = True) -> FileReport:
    return read_replies(workspace, [file], apply, wishes).files[0]


def said_by_gwent(workspace: Workspace, ref: str) -> tuple[Reply, list[Presence]]:
    card = show_meeting(workspace, ref)
    reply = next(guest.reply for guest in card.invitees if guest.ref == "spoc-gwent")
    return reply, [row.state for row in card.attendance if "Gwent" in row.name]


@pytest.mark.parametrize("shape", SHAPES)
def test_who_declines_one_day_sends_apologies_for_that_day_alone(
    wales: Workspace, series: MeetingRow, tmp_path: Path, shape: str
) -> None:
    file = for_one_day(tmp_path, series, shape, "DECLINED", "20140707", "09")
    planned = brought_in(wales, file, apply=False)
    steps = len(list_steps(wales))
    report = brought_in(wales, file)
    assert (report, report.questions) == (planned, ())
    assert len(list_steps(wales)) == steps + 1
    day = take_day(wales, series.ref, date(2014, 7, 7))
    assert said_by_gwent(wales, day.ref) == (Reply.DECLINED, [Presence.APOLOGIES])
    assert said_by_gwent(wales, series.ref) == (Reply.NEEDS_ACTION, [])
    assert brought_in(wales, file).unchanged == 1
    assert faults(wales.database) == []
    undo(wales)
    assert [row.ref for row in list_meetings(wales) if row.series] == []


def test_a_day_is_answered_by_its_plan_wherever_it_was_moved_and_cancelled_days_take_no_apologies(
    wales: Workspace, series: MeetingRow, tmp_path: Path
) -> None:
    brought_in(wales, for_one_day(tmp_path, series, "Apple", "ACCEPTED", "20140505"))
    assert said_by_gwent(wales, take_day(wales, series.ref, date(2014, 5, 6)).ref) == (Reply.ACCEPTED, [])
    (question,) = brought_in(wales, for_one_day(tmp_path, series, "Apple", "DECLINED", "20140506")).questions
    assert "one day of a series" in question.reason
    off = cancel_day(wales, series.ref, date(2014, 6, 2))
    (question,) = brought_in(wales, for_one_day(tmp_path, series, "Apple", "DECLINED", "20140602")).questions
    assert "SEQUENCE 0, now 1" in question.reason
    assert said_by_gwent(wales, off.ref)[1] == []


def test_an_answer_for_the_whole_series_counts_for_its_days(
    wales: Workspace, series: MeetingRow, tmp_path: Path
) -> None:
    before = take_day(wales, series.ref, date(2014, 2, 3))
    alone = take_day(wales, series.ref, date(2014, 3, 3))
    brought_in(wales, for_one_day(tmp_path, series, "Google", "ACCEPTED", "20140303"))
    brought_in(wales, a_reply(tmp_path, series, "DECLINED"))
    after = take_day(wales, series.ref, date(2014, 4, 7))
    for row in (before, after):
        assert said_by_gwent(wales, row.ref) == (Reply.DECLINED, [Presence.APOLOGIES])
    assert said_by_gwent(wales, alone.ref) == (Reply.ACCEPTED, [])


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("spoc-north-wales@example.invalid", "Single Point of Contact, North Wales Police"),
        ("a@example.org", "a@example.org"),
    ],
)
def test_theirs_invites_whoever_answered_without_being_invited(
    wales: Workspace, series: MeetingRow, tmp_path: Path, email: str, name: str
) -> None:
    file = a_reply(tmp_path, series, "DECLINED", email=email)
    (question,) = brought_in(wales, file).questions
    report = brought_in(wales, file, Wishes(answers={question.id: "theirs"}))
    assert report.questions == ()
    card = show_meeting(wales, series.ref)
    assert [guest.reply for guest in card.invitees if guest.name == name] == [Reply.DECLINED]
    assert [row.state for row in card.attendance if row.name == name] == [Presence.APOLOGIES]


def test_a_name_says_whose_answer_it_is_and_ours_or_skip_leaves_it(
    wales: Workspace, series: MeetingRow, tmp_path: Path
) -> None:
    file = a_reply(tmp_path, series, "ACCEPTED", email="home@example.org")
    (question,) = brought_in(wales, file).questions
    for word in ("ours", "skip"):
        left = brought_in(wales, file, Wishes(answers={question.id: word}))
        assert (left.questions, left.changed, left.unchanged) == ((), (), 1)
    assert brought_in(wales, file, Wishes(answers={question.id: "nobody at all"})).questions
    brought_in(wales, file, Wishes(answers={question.id: "spoc-gwent"}))
    assert said_by_gwent(wales, series.ref)[0] is Reply.ACCEPTED


def test_take_all_takes_old_answers_and_take_none_takes_nothing(
    wales: Workspace, series: MeetingRow, tmp_path: Path
) -> None:
    edit_meeting(wales, series.ref, meeting_draft({"venue": "Online"}, TODAY))
    file = a_reply(tmp_path, series, "ACCEPTED")
    assert brought_in(wales, file).questions
    assert brought_in(wales, a_reply(tmp_path, series, "ACCEPTED", sequence=1), Wishes(Take.NONE)).changed
    assert said_by_gwent(wales, series.ref)[0] is Reply.NEEDS_ACTION
    assert brought_in(wales, file, Wishes(Take.ALL)).questions == ()
    assert said_by_gwent(wales, series.ref)[0] is Reply.ACCEPTED
    stranger = a_reply(tmp_path, series, "ACCEPTED", email="b@example.org")
    assert brought_in(wales, stranger, Wishes(Take.ALL)).added


def test_a_word_that_is_no_answer_may_be_put_right(wales: Workspace, series: MeetingRow, tmp_path: Path) -> None:
    file = a_reply(tmp_path, series, "COMPLETED")
    (question,) = brought_in(wales, file, Wishes(Take.ALL)).questions
    assert brought_in(wales, file, Wishes(answers={question.id: "theirs"})).questions
    brought_in(wales, file, Wishes(answers={question.id: "accepted"}))
    assert said_by_gwent(wales, series.ref)[0] is Reply.ACCEPTED
