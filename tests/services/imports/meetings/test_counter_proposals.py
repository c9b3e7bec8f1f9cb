"""Counter-proposals and invitations of guests: each is a question, and nothing is saved without an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, TakeMode
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.imports.meetings.service import import_meetings
from ahtc_tui.services.imports.replies.service import import_replies
from ahtc_tui.services.meetings.service import add_meeting, list_meetings, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, read_live_rows

GUEST = "ATTENDEE;CN=Bawso:mailto:bawso@example.org"
LATER = ("DTSTART;TZID=Europe/London:20140121T100000", "DTEND;TZID=Europe/London:20140121T120000")
AS_PLANNED = ("DTSTART;TZID=Europe/London:20140114T100000", "DTEND;TZID=Europe/London:20140114T120000")
TAKE_ALL = ImportOptions(TakeMode.ALL)
METHODS = ("COUNTER", "DECLINECOUNTER", "REFRESH", "REQUEST")


@pytest.fixture
def meeting(wales: Workspace) -> MeetingRow:
    """A future meeting of the Leadership Group."""
    fields = {"group": "LG", "starts": "2014-01-14 10:00", "minutes": "120", "venue": "Cathays Park"}
    return add_meeting(wales, build_meeting_draft(fields, TODAY))


def build_event(uid: str, *lines: str, sequence: int = 7) -> str:
    stamps = ("DTSTAMP:20140101T100000Z", "LAST-MODIFIED:20390101T100000Z", f"SEQUENCE:{sequence}")
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", *stamps, *lines, "END:VEVENT"))


def build_calendar(method: str, *events: str) -> str:
    head = (f"METHOD:{method}",) if method else ()
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//other//EN", *head, *events, "END:VCALENDAR", ""))


def write_file(folder: Path, *calendars: str) -> Path:
    path = folder / "answer.ics"
    path.write_text("".join(calendars), encoding="utf-8")
    return path


def import_file(workspace: Workspace, path: Path, options: ImportOptions | None = None) -> FileReport:
    return import_meetings(workspace, [path], options).files[0]


def read_questions(report: FileReport) -> list[tuple[str | None, str]]:
    return [(question.ref, question.field) for question in report.questions]


COUNTERS = {
    "another day": (LATER, ["starts"], "Bawso proposes 21 January 2014, 10am instead"),
    "another hour in UTC": (("DTSTART:20140114T140000Z",), ["starts"], "Bawso proposes 14 January 2014, 2pm instead"),
    "another day with all else": (
        (*LATER, "SUMMARY:Leadership Group", "LOCATION:County Hall"), ["starts", "title", "venue"], "21 January",
    ),
    "a later end": (
        ("DTSTART;TZID=Europe/London:20140114T100000", "DTEND;TZID=Europe/London:20140114T130000"), ["ends"], "13:00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTERS)
def test_a_counter_proposal_is_a_question(wales: Workspace, tmp_path: Path, meeting: MeetingRow, name: str) -> None:
    lines, fields, sentence = COUNTERS[name]
    before = read_live_rows(wales)
    file = write_file(tmp_path, build_calendar("COUNTER", build_event(meeting.uid, GUEST, *lines)))
    report = import_file(wales, file)
    assert sorted(field for _ref, field in read_questions(report)) == fields
    assert sentence in " ".join(question.reason for question in report.questions)
    assert read_live_rows(wales) == before


def test_a_counter_proposal_that_is_taken_moves_the_meeting_and_raises_its_version(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow
) -> None:
    file = write_file(tmp_path, build_calendar("COUNTER", build_event(meeting.uid, GUEST, *LATER)))
    (question,) = import_file(wales, file).questions
    import_file(wales, file, ImportOptions(answers={question.id: "ours"}))
    assert show_meeting(wales, meeting.ref).row.day == meeting.day
    import_file(wales, file, ImportOptions(answers={question.id: "theirs"}))
    row = show_meeting(wales, meeting.ref).row
    assert (str(row.day), row.sequence, row.location) == ("21 January 2014", meeting.sequence + 1, "Cathays Park")


REQUESTS = {
    "another day": (LATER, ["starts", "title", "venue"]),
    "another place": ((*AS_PLANNED, "LOCATION:County Hall"), ["venue"]),
    "another guest": (
        (*AS_PLANNED, "LOCATION:Cathays Park", GUEST), ["invited"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REQUESTS)
def test_an_invitation_to_a_known_meeting_is_a_question(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow, name: str
) -> None:
    lines, fields = REQUESTS[name]
    before = read_live_rows(wales)
    file = write_file(tmp_path, build_calendar("REQUEST", build_event(meeting.uid, *lines)))
    report = import_file(wales, file)
    assert set(fields) >= {field for _ref, field in read_questions(report)} >= {fields[0]}
    assert read_live_rows(wales) == before


@pytest.mark.sample(3)
@pytest.mark.parametrize("method", ["DECLINECOUNTER", "REFRESH"])
@pytest.mark.parametrize("lines", [(GUEST,), (GUEST, *LATER), (*LATER,)], ids=["guest", "both", "time"])
def test_a_notice_is_a_question_that_cannot_be_taken(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow, method: str, lines: tuple[str, ...]
) -> None:
    before = read_live_rows(wales)
    start = () if LATER[0] in lines else (LATER[0],)
    file = write_file(tmp_path, build_calendar(method, build_event(meeting.uid, *lines, *start)))
    report = import_file(wales, file, TAKE_ALL)
    assert read_questions(report) == [(meeting.ref, method.lower())]
    assert read_live_rows(wales) == before
    with pytest.raises(BadInput, match="no value to take"):
        import_file(wales, file, ImportOptions(answers={report.questions[0].id: "theirs"}))


@pytest.mark.parametrize("method", ["COUNTER", "DECLINECOUNTER", "REFRESH"])
def test_a_proposal_for_an_unknown_meeting_adds_none(wales: Workspace, tmp_path: Path, method: str) -> None:
    before = read_live_rows(wales)
    report = import_file(wales, write_file(tmp_path, build_calendar(method, build_event("x@y", *LATER))), TAKE_ALL)
    assert read_questions(report) == [(None, method.lower())]
    assert read_live_rows(wales) == before


def test_an_invitation_to_an_unknown_meeting_is_added_by_an_answer_only(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow
) -> None:
    lines = ("SUMMARY:Visit", "ORGANIZER;CN=Bawso:mailto:bawso@example.org", "ATTENDEE:mailto:ahtc@example.org")
    same_time = ("DTSTART;TZID=Europe/London:20140114T103000", "RRULE:FREQ=WEEKLY;COUNT=3")
    day = ("RECURRENCE-ID;TZID=Europe/London:20140121T103000", "DTSTART;TZID=Europe/London:20140121T113000")
    events = build_event("x@y", *same_time, *lines), build_event("x@y", *day, *lines)
    file = write_file(tmp_path, build_calendar("REQUEST", *events))
    before = read_live_rows(wales)
    report = import_file(wales, file)
    assert read_questions(report) == [(None, "request")]
    assert report.questions[0].reason == (
        f"Bawso invites you to a meeting not in the records; at the same time as {meeting.ref}"
    )
    assert read_live_rows(wales) == before
    assert len(import_file(wales, file, TAKE_ALL).added) == 2


@pytest.mark.parametrize("lines", [LATER, ("DTSTART;TZID=Europe/London:20140114T100000",), (*LATER, GUEST)])
def test_a_guest_cannot_cancel_a_meeting_of_this_office(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow, lines: tuple[str, ...]
) -> None:
    before = read_live_rows(wales)
    report = import_file(wales, write_file(tmp_path, build_calendar("CANCEL", build_event(meeting.uid, *lines))))
    assert read_questions(report) == [(meeting.ref, "state")]
    assert read_live_rows(wales) == before


@pytest.mark.parametrize("method", ["ADD", "X-MOVE", "request"])
def test_a_method_that_is_not_known_changes_a_meeting_by_an_answer_only(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow, method: str
) -> None:
    before = read_live_rows(wales)
    file = write_file(tmp_path, build_calendar(method, build_event(meeting.uid, *LATER)))
    assert (meeting.ref, "starts") in read_questions(import_file(wales, file))
    assert read_live_rows(wales) == before


@pytest.fixture
def series(wales: Workspace) -> MeetingRow:
    """A weekly series without records of its days."""
    fields = {"group": "LG", "starts": "2014-01-14 10:00", "repeat": "FREQ=WEEKLY;COUNT=6"}
    return add_meeting(wales, build_meeting_draft(fields, TODAY))


@pytest.mark.parametrize("method", ["COUNTER", "REQUEST"])
def test_a_day_of_a_series_is_moved_by_an_answer_only(
    wales: Workspace, tmp_path: Path, series: MeetingRow, method: str
) -> None:
    day = ("RECURRENCE-ID;TZID=Europe/London:20140121T100000", "DTSTART;TZID=Europe/London:20140122T100000")
    file = write_file(tmp_path, build_calendar(method, build_event(series.uid, *day, GUEST)))
    before = read_live_rows(wales)
    report = import_file(wales, file)
    assert read_questions(report) == [(series.ref, "starts")]
    assert read_live_rows(wales) == before
    (added,) = import_file(wales, file, TAKE_ALL).added
    assert added.values["starts"] == "2014-01-22T10:00:00"


def test_an_excluded_day_of_an_invitation_is_asked_about(wales: Workspace, tmp_path: Path, series: MeetingRow) -> None:
    lines = ("DTSTART;TZID=Europe/London:20140114T100000", "RRULE:FREQ=WEEKLY;COUNT=6",
             "EXDATE;TZID=Europe/London:20140128T100000", f"SUMMARY:{series.title}")  # fmt: skip
    before = read_live_rows(wales)
    report = import_file(wales, write_file(tmp_path, build_calendar("REQUEST", build_event(series.uid, *lines))))
    assert (series.ref, "state") in read_questions(report)
    assert read_live_rows(wales) == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["meetings", "replies"])
def test_each_event_of_a_mixed_file_is_read_asked_about_or_named(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow, method: str, kind: str
) -> None:
    reply = build_event(meeting.uid, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ahtc@example.invalid", sequence=0)
    file = write_file(
        tmp_path,
        build_calendar("REPLY", reply),
        build_calendar(method, build_event(meeting.uid, GUEST, *LATER), build_event("x@y", *LATER, "SUMMARY:Visit")),
        build_calendar("PUBLISH", build_event("p@q", *LATER, "SUMMARY:Conference")),
        build_calendar("", build_event("r@s", *LATER, "SUMMARY:Seminar")),
    )
    do_import = import_meetings if kind == "meetings" else import_replies
    report = do_import(wales, [file], apply=False).files[0]
    asked = {question.cell for question in report.questions}
    named = {warning.cell for warning in report.warnings}
    read = {added.row for added in report.added} | {change.cell for change in report.changed}
    assert report.read == 5
    assert asked | named | read == {f"VEVENT {number}" for number in range(1, 6)}
    assert "VEVENT 2" in asked


@pytest.mark.parametrize("method", METHODS)
def test_replies_leave_the_meeting_of_a_proposal(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow, method: str
) -> None:
    before = read_live_rows(wales)
    file = write_file(tmp_path, build_calendar(method, build_event(meeting.uid, GUEST, *LATER)))
    (report,) = import_replies(wales, [file], options=TAKE_ALL).files
    assert read_questions(report) == [(meeting.ref, method.lower())]
    assert read_live_rows(wales) == before
    if method == "COUNTER":
        assert "bawso@example.org proposes 21 January 2014, 10am instead" in report.questions[0].reason
    answered = ImportOptions(answers={report.questions[0].id: "ours"})
    assert import_replies(wales, [file], options=answered).files[0].questions == ()


def test_a_meeting_is_listed_once_after_a_proposal(wales: Workspace, tmp_path: Path, meeting: MeetingRow) -> None:
    count = len(list_meetings(wales))
    file = write_file(tmp_path, build_calendar("COUNTER", build_event(meeting.uid, GUEST, *LATER)))
    import_file(wales, file, TAKE_ALL)
    assert len(list_meetings(wales)) == count
