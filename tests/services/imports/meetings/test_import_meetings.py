"""Meetings of other people's calendars: new ones, newer ones, doubtful ones, and one undo for all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.imports.report import FileReport, Take, Wishes
from ahtc_tui.domain.meetings.model import MeetingRow, MeetingState, Reply
from ahtc_tui.formats.ics.meetings import read_meetings
from ahtc_tui.services.history import undo
from ahtc_tui.services.imports.meetings.service import import_meetings
from ahtc_tui.services.meetings.calendar_files import invite_files
from ahtc_tui.services.meetings.series import cancel_day, days_of
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, edit_meeting, list_meetings, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import TODAY, live_rows
from tests.formats.ics.test_ics_meetings import START, calendar, event

Write = Callable[..., Path]
GWENT = "SUMMARY:Gwent Consultation Group on Human Trafficking"
SERIES = ("UID:s", START, "DTEND:20131105T120000", "RRULE:FREQ=WEEKLY;COUNT=6", GWENT)


@pytest.fixture
def ics(tmp_path: Path) -> Write:
    """A calendar file of these events."""

    def write(*events: str, method: str = "PUBLISH", name: str = "work.ics") -> Path:
        (tmp_path / name).write_text(calendar(*events, head=f"METHOD:{method}\n"), encoding="utf-8")
        return tmp_path / name

    return write


def brought(workspace: Workspace, file: Path, wishes: Wishes | None = None, *, apply: bool = True) -> FileReport:
    return import_meetings(workspace, [file], wishes, apply=apply).files[0]


def of_uid(workspace: Workspace, uid: str) -> MeetingRow:
    return next(row for row in list_meetings(workspace) if row.uid == uid and row.series is None)


def left(report: FileReport) -> tuple[int, int, int, int]:
    return len(report.added), len(report.changed), len(report.questions), report.unchanged


def a_meeting(workspace: Workspace, **said: str) -> MeetingRow:
    fields = {"group": "LG", "starts": "2014-01-14 10:00", "venue": "Cathays Park", **said}
    return add_meeting(workspace, meeting_draft(fields, TODAY))


def test_a_meeting_comes_in_under_its_group_and_one_undo_takes_it_back(wales: Workspace, ics: Write) -> None:
    before = live_rows(wales)
    guests = (
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Co-ordinator:mailto:ahtc@example.invalid",
        "ATTENDEE;CN=A Stranger:mailto:stranger@example.invalid",
    )
    report = brought(wales, ics(event("UID:a", START, GWENT, "LOCATION:County Hall", *guests)))
    (added,) = report.added
    assert added.values == {
        "title": "Gwent Consultation Group on Human Trafficking",
        "starts": "2013-11-05T10:00:00",
        "group": "Gwent Consultation Group on Human Trafficking",
        "venue": "County Hall",
        "state": "confirmed",
        "uid": "a",
        "invited": "Co-ordinator, A Stranger",
    }
    card = show_meeting(wales, str(added.ref))
    assert [(guest.ref, guest.name, guest.reply) for guest in card.invitees] == [
        ("ahtc", "Anti Human Trafficking Co-ordinator", Reply.ACCEPTED),
        (None, "A Stranger <stranger@example.invalid>", Reply.NEEDS_ACTION),
    ]
    assert left(brought(wales, ics(event("UID:a", START, GWENT, "LOCATION:County Hall", *guests)))) == (0, 0, 0, 1)
    undo(wales)
    assert live_rows(wales) == before
    assert faults(wales.database) == []


GROUPS = {
    "the whole name in the title": (
        "SUMMARY:Notes: Gwent consultation group on human trafficking (room 2)",
        "forum-gwent",
    ),
    "a short name in the title": ("SUMMARY:LG pre-meet", "leadership-group"),
    "the category": ("CATEGORIES:IDMG", "idmg"),
    "the organiser": (
        "ORGANIZER;CN=Cross Party Group on Human Trafficking:mailto:x@example.invalid",
        "cross-party-group",
    ),
    "nothing": ("SUMMARY:Dentist", None),
    "a short name in other words": ("SUMMARY:algorithms", None),
}


@pytest.mark.parametrize("what", GROUPS)
def test_a_group_is_known_by_what_the_event_says(what: str, wales: Workspace, ics: Write) -> None:
    line, ref = GROUPS[what]
    report = brought(wales, ics(event("UID:a", START, line)))
    assert left(report) == (1, 0, 0, 0)
    assert of_uid(wales, "a").group_ref == ref


def test_a_group_that_is_only_alike_is_asked_about_again_until_it_is_answered(wales: Workspace, ics: Write) -> None:
    file = ics(event("UID:a", START, "SUMMARY:Gwent Consultation Group on Human Traficking"))
    first, second = brought(wales, file), brought(wales, file)
    assert (left(first), left(second)) == ((1, 0, 1, 0), (0, 0, 1, 0))
    (asked,) = second.questions
    assert (asked.id, asked.field, asked.theirs) == (
        first.questions[0].id,
        "group",
        "Gwent Consultation Group on Human Trafficking",
    )
    with pytest.raises(BadInput, match="no such group"):
        brought(wales, file, Wishes(answers={asked.id: "nobody"}))
    assert left(brought(wales, file, Wishes(answers={asked.id: "skip"}))) == (0, 0, 0, 1)
    assert left(brought(wales, file, Wishes(answers={asked.id: "idmg"}), apply=False)) == (0, 1, 0, 0)
    assert left(brought(wales, file, Wishes(take=Take.ALL))) == (0, 1, 0, 0)
    assert of_uid(wales, "a").group_ref == "forum-gwent"
    two = ics(event("UID:b", START, "SUMMARY:LG and IDMG"))
    assert "may be of several groups" in brought(wales, two).questions[0].reason


def test_a_series_with_days_left_out_and_moved(wales: Workspace, ics: Write) -> None:
    moved = event("UID:s", "RECURRENCE-ID:20131112T100000", "DTSTART:20131113T140000", GWENT)
    file = ics(event(*SERIES, "EXDATE:20131119T100000"), moved)
    report = brought(wales, file)
    assert left(report) == (3, 0, 0, 0)
    ref = of_uid(wales, "s").ref
    days = [day for day in days_of(wales, ref, TODAY.replace(month=11, day=1), TODAY) if day.starts]
    assert [(f"{day.starts:%d %H:%M}", day.state.value) for day in days if day.starts] == [
        ("05 10:00", "confirmed"),
        ("13 14:00", "confirmed"),
        ("19 10:00", "cancelled"),
        ("26 10:00", "confirmed"),
        ("03 10:00", "confirmed"),
        ("10 10:00", "confirmed"),
    ]
    assert left(brought(wales, file)) == (0, 0, 0, 2)
    undo(wales)
    assert left(brought(wales, file)) == (3, 0, 0, 0)
    assert of_uid(wales, "s").ref == ref
    assert faults(wales.database) == []


def test_a_day_of_a_series_that_is_not_here_comes_in_alone(wales: Workspace, ics: Write) -> None:
    file = ics(event("UID:s", "RECURRENCE-ID:20131112T100000", "DTSTART:20131113T140000", GWENT))
    report = brought(wales, file)
    assert "is one day of a series that is not here" in report.warnings[0].reason
    assert left(brought(wales, file)) == (0, 0, 0, 1)


def test_a_newer_version_changes_the_meeting_and_another_is_asked_about(wales: Workspace, ics: Write) -> None:
    brought(wales, ics(event("UID:a", "SEQUENCE:1", START, GWENT, "LOCATION:Newport")))
    moved = ("DTSTART:20131106T140000", "SUMMARY:Gwent forum", "LOCATION:Cwmbran", "URL:https://example.invalid/x")
    more = ("RRULE:FREQ=WEEKLY;COUNT=2", "ATTENDEE:mailto:new@example.invalid")
    for sequence, reason in (("0", "earlier version (SEQUENCE 0, now 1)"), ("1", "nothing says which")):
        report = brought(wales, ics(event("UID:a", f"SEQUENCE:{sequence}", *moved, *more)))
        assert [asked.field for asked in report.questions] == ["title", "starts", "venue", "link", "repeat"]
        assert all(reason in asked.reason for asked in report.questions)
        assert left(report)[:2] == (0, 0)
    old = brought(wales, ics(event("UID:a", "SEQUENCE:1", "LAST-MODIFIED:20131101T000000Z", *moved)))
    assert "it was changed here since" in old.questions[0].reason
    report = brought(wales, ics(event("UID:a", "SEQUENCE:2", *moved, *more)))
    assert [(one.field, one.was, one.now) for one in report.changed] == [
        ("title", "Gwent Consultation Group on Human Trafficking", "Gwent forum"),
        ("starts", "2013-11-05T10:00:00", "2013-11-06T14:00:00"),
        ("venue", "Newport", "Cwmbran"),
        ("link", None, "https://example.invalid/x"),
        ("repeat", None, "FREQ=WEEKLY;COUNT=2"),
        ("invited", None, "new@example.invalid"),
    ]
    row = of_uid(wales, "a")
    assert (row.sequence, row.where, row.group_ref) == (2, "Cwmbran", "forum-gwent")
    assert left(brought(wales, ics(event("UID:a", "SEQUENCE:2", *moved, *more)))) == (0, 0, 0, 1)
    later = brought(wales, ics(event("UID:a", "SEQUENCE:2", "LAST-MODIFIED:20990101T000000Z", *moved)))
    assert [one.field for one in later.changed] == ["repeat"]


def test_questions_about_a_meeting_can_be_answered(wales: Workspace, ics: Write) -> None:
    brought(wales, ics(event("UID:a", START, "SUMMARY:One", "DTEND:20131105T110000")))
    file = ics(event("UID:a", START, "SUMMARY:Two", "DTEND:20131105T113000"))
    title, ends = brought(wales, file).questions
    assert (ends.field, ends.ours, ends.theirs) == ("ends", "2013-11-05T11:00", "2013-11-05T11:30")
    with pytest.raises(BadInput, match="answer ours or theirs"):
        brought(wales, file, Wishes(answers={ends.id: "noon"}))
    brought(wales, file, Wishes(answers={title.id: "Three", ends.id: "theirs"}))
    row = of_uid(wales, "a")
    assert (row.title, row.ends and f"{row.ends:%H:%M}") == ("Three", "11:30")


def test_a_cancellation_calls_off_a_meeting_or_one_day_of_it(wales: Workspace, ics: Write) -> None:
    brought(wales, ics(event("UID:a", START, GWENT), event(*SERIES)))
    off = brought(wales, ics(event("UID:a", "SEQUENCE:1", START), method="CANCEL"))
    assert [(one.field, one.now) for one in off.changed] == [("state", "cancelled")]
    assert of_uid(wales, "a").state is MeetingState.CANCELLED
    day = brought(
        wales, ics(event("UID:s", "RECURRENCE-ID:20131112T100000", "DTSTART:20131112T100000"), method="CANCEL")
    )
    assert [one.values["state"] for one in day.added] == ["cancelled"]
    unknown = brought(wales, ics(event("UID:z", START), method="CANCEL"))
    assert (left(unknown), unknown.warnings[0].reason) == (
        (0, 0, 0, 0),
        "cancels a meeting that is not here: left out",
    )


def test_case_data_in_a_description_is_left_out_and_said(wales: Workspace, ics: Write) -> None:
    lines = ("SUMMARY:NRM case 123", "LOCATION:Safe house at 14 High Street", "DESCRIPTION:victim 12 DOB 1/2/1990")
    report = brought(wales, ics(event("UID:a", START, *lines)))
    assert [warned.reason for warned in report.warnings] == [
        "the title may hold an NRM number: check it",
        "the place may hold the address of a person in a case: check it",
        "the description may hold a date of birth: left out",
    ]
    assert show_meeting(wales, str(report.added[0].ref)).note is None
    plain = brought(wales, ics(event("UID:b", START, "DESCRIPTION:Bring the plan")))
    assert show_meeting(wales, str(plain.added[0].ref)).note == "Bring the plan"


def test_two_files_of_one_import_make_one_meeting(wales: Workspace, ics: Write) -> None:
    files = [ics(event("UID:a", START), name=name) for name in ("one.ics", "two.ics")]
    report = import_meetings(wales, files)
    assert [left(file) for file in report.files] == [(1, 0, 0, 0), (0, 0, 0, 0)]
    assert "is in another file" in report.files[1].warnings[0].reason


def the_year(wales: Workspace) -> None:
    """Meetings of every kind: moved, called off, series, whole days, nights when the clocks change."""
    a_meeting(wales, link="https://example.invalid/x", starts="2014-07-01 10:00", minutes="90")
    a_meeting(wales, starts="2014-10-26 01:30")
    a_meeting(wales, starts="2014-02-03", ends="2014-02-05", title="Conference")
    cancel_meeting(wales, a_meeting(wales).ref)
    series = a_meeting(wales, starts="2014-04-21 10:00", repeat="FREQ=MONTHLY;BYDAY=3MO;COUNT=6")
    cancel_day(wales, series.ref, TODAY.replace(year=2014, month=6, day=16))
    until = a_meeting(wales, starts="2014-03-05 14:00", repeat="FREQ=WEEKLY;UNTIL=20140430")
    edit_meeting(wales, until.ref, meeting_draft({"venue": "Newport"}, TODAY))
    a_meeting(wales, starts="2014-05-05 10:00", repeat="FREQ=WEEKLY;COUNT=6", on_holiday="move")
    a_meeting(wales, starts="2014-05-12 10:00", repeat="FREQ=WEEKLY;COUNT=6", on_holiday="skip")


def test_our_own_export_changes_nothing_here_and_gives_the_same_instants_elsewhere(
    wales: Workspace, world: Callable[[str], Path], tmp_path: Path
) -> None:
    from ahtc_tui.services.opening import make_workspace, open_workspace

    the_year(wales)
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    invite_files(wales, first, all_meetings=True)
    here = brought(wales, first)
    assert (here.added, here.changed, here.questions, here.warnings) == ((), (), (), ())
    assert here.unchanged == here.read
    make_workspace(tmp_path / "other", None)
    other = open_workspace(tmp_path / "other", TODAY)
    there = brought(other, first)
    assert (there.changed, there.questions, there.warnings) == ((), (), ())
    invite_files(other, second, all_meetings=True)
    assert moments(second) == moments(first)
    other.close()


def moments(file: Path) -> set[tuple[object, ...]]:
    """When everything of a calendar file is; a day left out of a series is the same as one called off."""
    found: set[tuple[object, ...]] = set()
    for one in read_meetings(file).events:
        found |= {(one.uid, "off", planned) for planned in one.exceptions}
        if one.instance and one.state is MeetingState.CANCELLED:
            found.add((one.uid, "off", one.instance))
        else:
            found.add((one.uid, one.instance, one.starts or one.day, one.ends, one.recurrence, one.state, one.title))
    return found


def test_one_file_that_cannot_be_used_keeps_all_out(wales: Workspace, ics: Write, tmp_path: Path) -> None:
    (tmp_path / "bad.ics").write_bytes(b"garbage")
    before = live_rows(wales)
    with pytest.raises(BadFile, match=r"bad\.ics"):
        import_meetings(wales, [ics(event("UID:a", START)), tmp_path / "bad.ics"])
    with pytest.raises(BadFile, match="Name a file"):
        import_meetings(wales, [])
    assert live_rows(wales) == before


def test_a_dry_run_and_taking_nothing_write_nothing(wales: Workspace, ics: Write) -> None:
    before = live_rows(wales)
    planned = brought(wales, ics(event(*SERIES)), apply=False)
    assert brought(wales, ics(event(*SERIES)), Wishes(take=Take.NONE)) == planned
    assert planned.added[0].ref is None
    assert live_rows(wales) == before
