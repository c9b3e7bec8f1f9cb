"""Import of calendars: new meetings, newer versions, questions, and undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, TakeMode
from ahtc_tui.domain.meetings.kinds import MeetingState, Reply
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.formats.ics.meetings import read_meetings
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.meetings.service import import_meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.calendar_files import write_invitation_files
from ahtc_tui.services.meetings.series import cancel_day, list_days
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, edit_meeting, list_meetings, show_meeting
from ahtc_tui.services.minutes.carry_forward import close_meeting
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_line, read_live_rows
from tests.formats.ics.test_ics_meetings import START, create_calendar, create_event

Write = Callable[..., Path]
GWENT = "SUMMARY:Gwent Consultation Group on Human Trafficking"
SERIES = ("UID:s", START, "DTEND:20131105T120000", "RRULE:FREQ=WEEKLY;COUNT=6", GWENT)


@pytest.fixture
def ics(tmp_path: Path) -> Write:
    """Return a function that writes a calendar file."""

    def write_calendar(*events: str, method: str = "PUBLISH", name: str = "work.ics") -> Path:
        (tmp_path / name).write_text(create_calendar(*events, head=f"METHOD:{method}\n"), encoding="utf-8")
        return tmp_path / name

    return write_calendar


def import_file(
    workspace: Workspace, file: Path, wishes: ImportOptions | None = None, *, apply: bool = True
) -> FileReport:
    return import_meetings(workspace, [file], wishes, apply=apply).files[0]


def find_meeting(workspace: Workspace, uid: str) -> MeetingRow:
    return next(row for row in list_meetings(workspace) if row.uid == uid and row.series is None)


def count_outcomes(report: FileReport) -> tuple[int, int, int, int]:
    return len(report.added), len(report.changed), len(report.questions), report.unchanged


def add_draft_meeting(workspace: Workspace, **changes: str) -> MeetingRow:
    fields = {"group": "LG", "starts": "2014-01-14 10:00", "venue": "Cathays Park", **changes}
    return add_meeting(workspace, build_meeting_draft(fields, TODAY))


def test_a_meeting_is_added_to_its_group_and_undone_in_one_step(wales: Workspace, ics: Write) -> None:
    before = read_live_rows(wales)
    guests = (
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Co-ordinator:mailto:ahtc@example.invalid",
        "ATTENDEE;CN=A Stranger:mailto:stranger@example.invalid",
    )
    report = import_file(wales, ics(create_event("UID:a", START, GWENT, "LOCATION:County Hall", *guests)))
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
    assert count_outcomes(
        import_file(wales, ics(create_event("UID:a", START, GWENT, "LOCATION:County Hall", *guests)))
    ) == (0, 0, 0, 1)
    undo_step(wales)
    assert read_live_rows(wales) == before
    assert find_faults(wales.database) == []


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


@pytest.mark.parametrize("source", GROUPS)
def test_the_group_is_matched_from_the_event(source: str, wales: Workspace, ics: Write) -> None:
    line, ref = GROUPS[source]
    report = import_file(wales, ics(create_event("UID:a", START, line)))
    assert count_outcomes(report) == (1, 0, 0, 0)
    assert find_meeting(wales, "a").group_ref == ref


def test_a_similar_group_is_asked_about_until_answered(wales: Workspace, ics: Write) -> None:
    file = ics(create_event("UID:a", START, "SUMMARY:Gwent Consultation Group on Human Traficking"))
    first, second = import_file(wales, file), import_file(wales, file)
    assert (count_outcomes(first), count_outcomes(second)) == ((1, 0, 1, 0), (0, 0, 1, 0))
    (question,) = second.questions
    assert (question.id, question.field, question.theirs) == (
        first.questions[0].id,
        "group",
        "Gwent Consultation Group on Human Trafficking",
    )
    with pytest.raises(BadInput, match="no group has this reference"):
        import_file(wales, file, ImportOptions(answers={question.id: "nobody"}))
    assert count_outcomes(import_file(wales, file, ImportOptions(answers={question.id: "skip"}))) == (0, 0, 0, 1)
    assert count_outcomes(import_file(wales, file, ImportOptions(answers={question.id: "idmg"}), apply=False)) == (
        0,
        1,
        0,
        0,
    )
    assert count_outcomes(import_file(wales, file, ImportOptions(take=TakeMode.ALL))) == (0, 1, 0, 0)
    assert find_meeting(wales, "a").group_ref == "forum-gwent"
    two = ics(create_event("UID:b", START, "SUMMARY:LG and IDMG"))
    assert "may belong to several groups" in import_file(wales, two).questions[0].reason


def test_a_series_with_days_left_out_and_moved(wales: Workspace, ics: Write) -> None:
    moved = create_event("UID:s", "RECURRENCE-ID:20131112T100000", "DTSTART:20131113T140000", GWENT)
    file = ics(create_event(*SERIES, "EXDATE:20131119T100000"), moved)
    report = import_file(wales, file)
    assert count_outcomes(report) == (3, 0, 0, 0)
    ref = find_meeting(wales, "s").ref
    days = [day for day in list_days(wales, ref, TODAY.replace(month=11, day=1), TODAY) if day.starts]
    assert [(f"{day.starts:%d %H:%M}", day.state.value) for day in days if day.starts] == [
        ("05 10:00", "confirmed"),
        ("13 14:00", "confirmed"),
        ("19 10:00", "cancelled"),
        ("26 10:00", "confirmed"),
        ("03 10:00", "confirmed"),
        ("10 10:00", "confirmed"),
    ]
    assert count_outcomes(import_file(wales, file)) == (0, 0, 0, 2)
    undo_step(wales)
    assert count_outcomes(import_file(wales, file)) == (3, 0, 0, 0)
    assert find_meeting(wales, "s").ref == ref
    assert find_faults(wales.database) == []


def test_a_day_of_an_unknown_series_is_imported_alone(wales: Workspace, ics: Write) -> None:
    file = ics(create_event("UID:s", "RECURRENCE-ID:20131112T100000", "DTSTART:20131113T140000", GWENT))
    report = import_file(wales, file)
    assert "is one date in an unknown series" in report.warnings[0].reason
    assert count_outcomes(import_file(wales, file)) == (0, 0, 0, 1)


def test_newer_versions_change_the_meeting_and_others_are_asked_about(wales: Workspace, ics: Write) -> None:
    import_file(wales, ics(create_event("UID:a", "SEQUENCE:1", START, GWENT, "LOCATION:Newport")))
    moved = ("DTSTART:20131106T140000", "SUMMARY:Gwent forum", "LOCATION:Cwmbran", "URL:https://example.invalid/x")
    more = ("RRULE:FREQ=WEEKLY;COUNT=2", "ATTENDEE:mailto:new@example.invalid")
    for sequence, reason in (("0", "earlier version (SEQUENCE 0, now 1)"), ("1", "it is unknown whether")):
        report = import_file(wales, ics(create_event("UID:a", f"SEQUENCE:{sequence}", *moved, *more)))
        assert [question.field for question in report.questions] == ["title", "starts", "venue", "link", "repeat"]
        assert all(reason in question.reason for question in report.questions)
        assert count_outcomes(report)[:2] == (0, 0)
    old = import_file(wales, ics(create_event("UID:a", "SEQUENCE:1", "LAST-MODIFIED:20131101T000000Z", *moved)))
    assert "it was changed on this laptop later" in old.questions[0].reason
    report = import_file(wales, ics(create_event("UID:a", "SEQUENCE:2", *moved, *more)))
    assert [(change.field, change.was, change.now) for change in report.changed] == [
        ("title", "Gwent Consultation Group on Human Trafficking", "Gwent forum"),
        ("starts", "2013-11-05T10:00:00", "2013-11-06T14:00:00"),
        ("venue", "Newport", "Cwmbran"),
        ("link", None, "https://example.invalid/x"),
        ("repeat", None, "FREQ=WEEKLY;COUNT=2"),
        ("invited", None, "new@example.invalid"),
    ]
    row = find_meeting(wales, "a")
    assert (row.sequence, row.location, row.group_ref) == (2, "Cwmbran", "forum-gwent")
    assert count_outcomes(import_file(wales, ics(create_event("UID:a", "SEQUENCE:2", *moved, *more)))) == (0, 0, 0, 1)
    later = import_file(wales, ics(create_event("UID:a", "SEQUENCE:2", "LAST-MODIFIED:20990101T000000Z", *moved)))
    assert [change.field for change in later.changed] == ["repeat"]


def test_a_newer_date_of_a_meeting_is_that_of_its_actions(wales: Workspace, ics: Write) -> None:
    import_file(wales, ics(create_event("UID:a", "SEQUENCE:1", START, GWENT)))
    ref = find_meeting(wales, "a").ref
    add_item(wales, ref, build_agenda_draft({"title": "The pathway"}))
    make_line(wales, ref, "a: Circulate the guidance", 1)
    import_file(wales, ics(create_event("UID:a", "SEQUENCE:2", "DTSTART:20131106T140000", GWENT)))
    assert str(show_action(wales, f"{ref}/01").row.raised_on) == "6 November 2013"


def test_questions_about_a_meeting_can_be_answered(wales: Workspace, ics: Write) -> None:
    import_file(wales, ics(create_event("UID:a", START, "SUMMARY:One", "DTEND:20131105T110000")))
    file = ics(create_event("UID:a", START, "SUMMARY:Two", "DTEND:20131105T113000"))
    title, ends = import_file(wales, file).questions
    assert (ends.field, ends.ours, ends.theirs) == ("ends", "2013-11-05T11:00", "2013-11-05T11:30")
    with pytest.raises(BadInput, match="Answer ours or theirs"):
        import_file(wales, file, ImportOptions(answers={ends.id: "noon"}))
    import_file(wales, file, ImportOptions(answers={title.id: "Three", ends.id: "theirs"}))
    row = find_meeting(wales, "a")
    assert (row.title, row.ends and f"{row.ends:%H:%M}") == ("Three", "11:30")


def test_a_cancellation_cancels_a_meeting_or_one_day(wales: Workspace, ics: Write) -> None:
    import_file(wales, ics(create_event("UID:a", START, GWENT), create_event(*SERIES)))
    off = import_file(wales, ics(create_event("UID:a", "SEQUENCE:1", START), method="CANCEL"))
    assert [(change.field, change.now) for change in off.changed] == [("state", "cancelled")]
    assert find_meeting(wales, "a").state is MeetingState.CANCELLED
    day = import_file(
        wales, ics(create_event("UID:s", "RECURRENCE-ID:20131112T100000", "DTSTART:20131112T100000"), method="CANCEL")
    )
    assert [added.values["state"] for added in day.added] == ["cancelled"]
    unknown = import_file(wales, ics(create_event("UID:z", START), method="CANCEL"))
    assert (count_outcomes(unknown), unknown.warnings[0].reason) == (
        (0, 0, 0, 0),
        "cancels an unknown meeting, and is left out",
    )


def test_case_data_in_a_description_is_left_out_with_a_warning(wales: Workspace, ics: Write) -> None:
    lines = ("SUMMARY:NRM case 123", "LOCATION:Safe house at 14 High Street", "DESCRIPTION:victim 12 DOB 1/2/1990")
    report = import_file(wales, ics(create_event("UID:a", START, *lines)))
    assert [warning.reason for warning in report.warnings] == [
        "the title may hold an NRM number: check it",
        "the place may hold the address of a person in a case: check it",
        "the description may hold a date of birth: left out",
    ]
    assert show_meeting(wales, str(report.added[0].ref)).note is None
    plain = import_file(wales, ics(create_event("UID:b", START, "DESCRIPTION:Bring the plan")))
    assert show_meeting(wales, str(plain.added[0].ref)).note == "Bring the plan"


def test_the_same_event_in_two_files_makes_one_meeting(wales: Workspace, ics: Write) -> None:
    files = [ics(create_event("UID:a", START), name=name) for name in ("one.ics", "two.ics")]
    report = import_meetings(wales, files)
    assert [count_outcomes(file) for file in report.files] == [(1, 0, 0, 0), (0, 0, 0, 0)]
    assert "is also in another file" in report.files[1].warnings[0].reason


def add_meetings_of_a_year(wales: Workspace) -> None:
    """Add meetings of every kind: moved, cancelled, series, all-day, in the hour when the clocks change."""
    add_draft_meeting(wales, link="https://example.invalid/x", starts="2014-07-01 10:00", minutes="90")
    add_draft_meeting(wales, starts="2014-10-26 01:30")
    add_draft_meeting(wales, starts="2014-02-03", ends="2014-02-05", title="Conference")
    cancel_meeting(wales, add_draft_meeting(wales).ref)
    series = add_draft_meeting(wales, starts="2014-04-21 10:00", repeat="FREQ=MONTHLY;BYDAY=3MO;COUNT=6")
    cancel_day(wales, series.ref, TODAY.replace(year=2014, month=6, day=16))
    until = add_draft_meeting(wales, starts="2014-03-05 14:00", repeat="FREQ=WEEKLY;UNTIL=20140430")
    edit_meeting(wales, until.ref, build_meeting_draft({"venue": "Newport"}, TODAY))
    add_draft_meeting(wales, starts="2014-05-05 10:00", repeat="FREQ=WEEKLY;COUNT=6", on_holiday="move")
    add_draft_meeting(wales, starts="2014-05-12 10:00", repeat="FREQ=WEEKLY;COUNT=6", on_holiday="skip")


def test_our_own_export_imports_unchanged_and_elsewhere_the_same(
    wales: Workspace, world: Callable[[str], Path], tmp_path: Path
) -> None:
    add_meetings_of_a_year(wales)
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    write_invitation_files(wales, first, all_meetings=True)
    local_report = import_file(wales, first)
    assert (local_report.added, local_report.changed, local_report.questions, local_report.warnings) == ((), (), (), ())
    assert local_report.unchanged == local_report.read
    make_workspace(tmp_path / "other", None)
    other_workspace = open_workspace(tmp_path / "other", TODAY)
    other_report = import_file(other_workspace, first)
    assert (other_report.changed, other_report.questions, other_report.warnings) == ((), (), ())
    write_invitation_files(other_workspace, second, all_meetings=True)
    assert list_times(second) == list_times(first)
    other_workspace.close()


def list_times(file: Path) -> set[tuple[object, ...]]:
    """Return the times in a calendar file; an excluded day of a series equals a cancelled one."""
    times: set[tuple[object, ...]] = set()
    for event in read_meetings(file).events:
        times |= {(event.uid, "off", planned) for planned in event.exceptions}
        if event.instance and event.state is MeetingState.CANCELLED:
            times.add((event.uid, "off", event.instance))
        else:
            times.add(
                (
                    event.uid,
                    event.instance,
                    event.starts or event.day,
                    event.ends,
                    event.recurrence,
                    event.state,
                    event.title,
                )
            )
    return times


def test_one_unreadable_file_stops_the_whole_import(wales: Workspace, ics: Write, tmp_path: Path) -> None:
    (tmp_path / "bad.ics").write_bytes(b"garbage")
    before = read_live_rows(wales)
    with pytest.raises(BadFile, match=r"bad\.ics"):
        import_meetings(wales, [ics(create_event("UID:a", START)), tmp_path / "bad.ics"])
    with pytest.raises(BadFile, match="Name a file"):
        import_meetings(wales, [])
    assert read_live_rows(wales) == before


def test_dry_run_and_take_none_write_nothing(wales: Workspace, ics: Write) -> None:
    before = read_live_rows(wales)
    planned = import_file(wales, ics(create_event(*SERIES)), apply=False)
    assert import_file(wales, ics(create_event(*SERIES)), ImportOptions(take=TakeMode.NONE)) == planned
    assert planned.added[0].ref is None
    assert read_live_rows(wales) == before


def test_an_event_of_long_ago_is_a_warning_and_a_move_to_such_a_day_a_question(wales: Workspace, ics: Write) -> None:
    report = import_file(wales, ics(create_event("UID:old", "DTSTART:19840310T100000", GWENT)))
    assert [warning.reason for warning in report.warnings] == [
        "10 March 1984 is more than 20 years ago. Check the year."
    ]
    import_file(wales, ics(create_event("UID:new", START, GWENT)))
    moved = ics(create_event("UID:new", "SEQUENCE:1", "DTSTART:19840310T100000", GWENT))
    (question,) = import_file(wales, moved).questions
    assert question.reason == "10 March 1984 is more than 20 years ago. Check the year."
    assert str(find_meeting(wales, "new").day) == "5 November 2013"


def test_a_held_meeting_moves_to_a_day_to_come_only_with_an_answer(wales: Workspace, ics: Write) -> None:
    import_file(wales, ics(create_event("UID:held", START, GWENT)))
    close_meeting(wales, find_meeting(wales, "held").ref)
    moved = ics(create_event("UID:held", "SEQUENCE:1", "DTSTART:20150310T100000", GWENT))
    (question,) = import_file(wales, moved).questions
    assert question.reason == "10 March 2015 is in the future. Enter the date when it happened."
    assert str(find_meeting(wales, "held").day) == "5 November 2013"


def test_a_series_split_by_a_change_of_all_later_days_is_unchanged_when_it_comes_again(
    workspace: Workspace, ics: Write
) -> None:
    change = "RECURRENCE-ID;RANGE=THISANDFUTURE:20131119T100000", "DTSTART:20131119T140000", "DTEND:20131119T160000"
    file = ics(create_event(*SERIES), create_event("UID:s", GWENT, *change))
    report = import_file(workspace, file)
    assert [added.values["repeat"] for added in report.added] == ["FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY;COUNT=4"]
    assert [warning.reason for warning in report.warnings] == [
        "the series ends before 19 November 2013, and another one begins"
    ]
    assert count_outcomes(import_file(workspace, file)) == (0, 0, 0, 2)


@pytest.mark.parametrize("language", [Language.CY, Language.BOTH])
def test_a_calendar_of_ours_in_another_language_changes_no_title(
    wales: Workspace, tmp_path: Path, language: Language
) -> None:
    row = add_draft_meeting(wales)
    with use_language(language):
        write_invitation_files(wales, tmp_path / "ours.ics", meeting=row.ref)
    assert "SUMMARY:Grŵp Arwain" in (tmp_path / "ours.ics").read_text(encoding="utf-8")
    assert count_outcomes(import_file(wales, tmp_path / "ours.ics")) == (0, 0, 0, 1)
