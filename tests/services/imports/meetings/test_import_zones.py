"""Imports from other time zones: series at the right hour on every day, questions about zones, private events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, TakeMode
from ahtc_tui.domain.meetings.model import LONDON, MeetingRow
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.replies.service import import_replies
from ahtc_tui.services.meetings.calendar_files import write_invitation_files
from ahtc_tui.services.meetings.series import list_days, open_day
from ahtc_tui.services.meetings.service import edit_meeting, list_calendar, list_meetings, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY
from tests.formats.ics.test_ics_meetings import create_event
from tests.services.imports.meetings.test_import_meetings import (
    Write,
    count_outcomes,
    find_meeting,
    ics,
    import_file,
)

__all__ = ["ics"]

PERIOD = (date(2014, 2, 24), date(2014, 12, 1))
MARCH = (date(2014, 3, 1), date(2014, 4, 30))


def create_series(start: str, *lines: str) -> str:
    """Create a weekly series of 39 meetings at 09:00 from 4 March 2014, which crosses four changes of the clocks."""
    return create_event("UID:s", start, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=39", "SUMMARY:Weekly", *lines)


def compute_weeks(zone: str) -> list[datetime]:
    """Return 39 weekly meetings at 09:00 in a zone as instants."""
    walls = (datetime(2014, 3, 4, 9) + timedelta(weeks=week) for week in range(39))  # noqa: DTZ001
    return [wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for wall in walls]


def list_instants(workspace: Workspace, ref: str) -> list[datetime]:
    """Return the meetings of a series as instants, as the program lists them: in London."""
    days = list_days(workspace, ref, *PERIOD)
    return sorted(day.starts.replace(tzinfo=ZoneInfo(LONDON)).astimezone(UTC) for day in days if day.starts)


ZONES = {
    "DTSTART;TZID=America/New_York:20140304T090000": "America/New_York",
    "DTSTART;TZID=US-Eastern:20140304T090000": "America/New_York",
    "DTSTART;TZID=Pacific Standard Time:20140304T090000": "America/Los_Angeles",
    "DTSTART;TZID=Australia/Sydney:20140304T090000": "Australia/Sydney",
    "DTSTART:20140304T090000Z": "UTC",
    "DTSTART;TZID=W. Europe Standard Time:20140304T090000": "Europe/Berlin",
    "DTSTART;TZID=Europe/London:20140304T090000": "Europe/London",
}


@pytest.mark.parametrize("start", ZONES)
def test_a_series_is_at_the_right_hour_on_every_day(start: str, workspace: Workspace, ics: Write) -> None:
    import_file(workspace, ics(create_series(start)))
    row = find_meeting(workspace, "s")
    assert list_instants(workspace, row.ref) == compute_weeks(ZONES[start])
    assert find_faults(workspace.database) == []


@pytest.mark.sample(3)
@pytest.mark.parametrize("start", ZONES)
def test_a_series_returns_from_its_export_unchanged(
    start: str, workspace: Workspace, ics: Write, tmp_path: Path
) -> None:
    import recurring_ical_events  # type: ignore[import-untyped]
    from icalendar import Calendar

    import_file(workspace, ics(create_series(start)))
    write_invitation_files(workspace, tmp_path / "out.ics", all_meetings=True)
    events = recurring_ical_events.of(Calendar.from_ical((tmp_path / "out.ics").read_bytes())).between(*PERIOD)
    assert sorted(event["DTSTART"].dt.astimezone(UTC) for event in events) == compute_weeks(ZONES[start])
    assert count_outcomes(import_file(workspace, tmp_path / "out.ics")) == (0, 0, 0, 1)


def import_new_york(workspace: Workspace, write: Callable[..., Path]) -> MeetingRow:
    """Import a series of New York: 11 March left out, 18 March moved by a day."""
    start = "DTSTART;TZID=America/New_York:20140304T090000"
    excluded = "EXDATE;TZID=America/New_York:20140311T090000"
    moved = create_event(
        "UID:s", "RECURRENCE-ID:20140318T130000Z", "DTSTART;TZID=America/New_York:20140319T090000", "SUMMARY:Moved"
    )
    file = write(moved, create_series(start, excluded))
    assert count_outcomes(import_file(workspace, file)) == (3, 0, 0, 0)
    assert count_outcomes(import_file(workspace, file)) == (0, 0, 0, 2)
    return find_meeting(workspace, "s")


def list_march(workspace: Workspace, ref: str) -> list[str]:
    days = list_days(workspace, ref, *MARCH)
    return [f"{day.starts:%d.%m. %H:%M} {day.state.value}" for day in days if day.starts]


NEW_YORK_DAYS = [
    "04.03. 14:00 confirmed",
    "11.03. 13:00 cancelled",
    "19.03. 13:00 confirmed",
    "25.03. 13:00 confirmed",
    "01.04. 14:00 confirmed",
]


def test_days_of_a_series_elsewhere_are_left_out_and_moved(workspace: Workspace, ics: Write, tmp_path: Path) -> None:
    row = import_new_york(workspace, ics)
    assert list_march(workspace, row.ref)[:5] == NEW_YORK_DAYS
    write_invitation_files(workspace, tmp_path / "out.ics", all_meetings=True)
    assert count_outcomes(import_file(workspace, tmp_path / "out.ics")) == (0, 0, 0, 3)


def test_lists_show_london_time(workspace: Workspace, ics: Write) -> None:
    import_new_york(workspace, ics)
    listed = [f"{row.starts:%d.%m. %H:%M}" for row in list_calendar(workspace) if row.starts]
    assert listed == ["04.03. 14:00", "11.03. 13:00", "19.03. 13:00"]


def test_a_day_that_is_opened_has_london_time(workspace: Workspace, ics: Write) -> None:
    row = import_new_york(workspace, ics)
    day = open_day(workspace, row.ref, date(2014, 3, 25))
    assert (f"{day.starts:%H:%M}", f"{day.ends:%H:%M}", day.tz) == ("13:00", "14:00", LONDON)
    assert f"{day.recurrence_id:%H:%M}" == "09:00"
    assert list_march(workspace, row.ref)[:5] == NEW_YORK_DAYS


def test_another_hour_of_the_series_moves_its_days(workspace: Workspace, ics: Write) -> None:
    row = import_new_york(workspace, ics)
    open_day(workspace, row.ref, date(2014, 3, 25))
    edit_meeting(workspace, row.ref, build_meeting_draft({"starts": "2014-03-04 10:00"}, TODAY))
    assert [day for day in list_march(workspace, row.ref) if "confirmed" in day][:4] == [
        "04.03. 15:00 confirmed",
        "19.03. 14:00 confirmed",
        "25.03. 14:00 confirmed",
        "01.04. 15:00 confirmed",
    ]


@pytest.mark.parametrize(("excluded", "hour"), [(("EXDATE:20140311T140000",), "14"), ((), "13")])
def test_a_series_that_was_stored_in_london_gets_its_zone(
    excluded: tuple[str, ...], hour: str, workspace: Workspace, ics: Write
) -> None:
    import_file(workspace, ics(create_series("DTSTART:20140304T140000", *excluded)))
    ref = find_meeting(workspace, "s").ref
    open_day(workspace, ref, date(2014, 3, 18))
    start = "DTSTART;TZID=America/New_York:20140304T090000"
    newer = create_series(start, "SEQUENCE:1", "EXDATE;TZID=America/New_York:20140311T090000")
    report = import_file(workspace, ics(newer))
    assert [(change.field, change.was, change.now) for change in report.changed] == [
        ("tz", "Europe/London", "America/New_York")
    ]
    assert len(report.added) == (0 if excluded else 1)
    assert find_meeting(workspace, "s").tz == "America/New_York"
    assert list_march(workspace, ref)[:4] == [
        "04.03. 14:00 confirmed",
        f"11.03. {hour}:00 cancelled",
        "18.03. 14:00 confirmed",
        "25.03. 13:00 confirmed",
    ]
    undo_step(workspace)
    assert find_meeting(workspace, "s").tz == "Europe/London"


def create_unknown(*names: str) -> list[str]:
    return [
        create_event(f"UID:{n}", f"DTSTART;TZID={name}:20140304T090000", f"SUMMARY:Meeting {n}")
        for n, name in enumerate(names)
    ]


def answer_zone(workspace: Workspace, file: Path, answer: str) -> FileReport:
    [question] = import_file(workspace, file, apply=False).questions
    return import_file(workspace, file, ImportOptions(answers={question.id: answer}))


def test_an_unknown_zone_is_one_question(workspace: Workspace, ics: Write) -> None:
    file = ics(*create_unknown("Nowhere", "Nowhere", "Europe/London"))
    report = import_file(workspace, file)
    assert count_outcomes(report) == (1, 0, 1, 0)
    [question] = report.questions
    assert (question.field, question.theirs, question.proposed, question.cell) == (
        "tz",
        "Nowhere",
        "Europe/London",
        "VEVENT 1",
    )
    assert question.reason.startswith('the time zone "Nowhere" is not known; 2 events wait.')
    assert [row.title for row in list_meetings(workspace)] == ["Meeting 2"]
    assert count_outcomes(import_file(workspace, file)) == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("answer", "hour"), [("theirs", "09:00"), ("Europe/Paris", "08:00"), ("Eastern Standard Time", "14:00")]
)
def test_the_answer_gives_the_zone(answer: str, hour: str, workspace: Workspace, ics: Write) -> None:
    file = ics(*create_unknown("Nowhere", "Nowhere"))
    assert count_outcomes(answer_zone(workspace, file, answer)) == (2, 0, 0, 0)
    assert {f"{row.start_time:%H:%M}" for row in list_meetings(workspace)} == {hour}


def test_a_zone_can_be_skipped_or_taken_with_all(workspace: Workspace, ics: Write) -> None:
    file = ics(*create_unknown("Nowhere"))
    skipped = answer_zone(workspace, file, "skip")
    assert (count_outcomes(skipped), skipped.is_fruitless) == ((0, 0, 0, 0), True)
    assert [warning.reason for warning in skipped.warnings] == [
        '1 event is left out: the time zone "Nowhere" is not clear'
    ]
    with pytest.raises(BadInput, match="Answer with a time zone, like Europe/Paris"):
        answer_zone(workspace, file, "Atlantis")
    assert count_outcomes(import_file(workspace, file, ImportOptions(take=TakeMode.ALL))) == (1, 0, 0, 0)


PRIVATE = create_event("UID:p", "DTSTART:20140304T090000", "SUMMARY:Visit", "CLASS:PRIVATE")


def test_private_events_are_taken_on_request_only(workspace: Workspace, ics: Write) -> None:
    file = ics(PRIVATE)
    report = import_file(workspace, file)
    assert (count_outcomes(report), report.is_fruitless) == ((0, 0, 0, 0), True)
    assert report.warnings[-1].reason == (
        "1 private event is left out. To import it as OFFICIAL-SENSITIVE, add --private"
    )
    taken = import_file(workspace, file, ImportOptions(include_private=True))
    assert (count_outcomes(taken), taken.warnings) == ((1, 0, 0, 0), ())
    assert show_meeting(workspace, str(taken.added[0].ref)).row.marking.value == "official-sensitive"


REPLIED = {
    "by the zone of the series": "RECURRENCE-ID;TZID=America/New_York:20140325T090000",
    "in UTC": "RECURRENCE-ID:20140325T130000Z",
    "in London": "RECURRENCE-ID;TZID=Europe/London:20140325T130000",
    "without a zone": "RECURRENCE-ID:20140325T090000",
}


@pytest.mark.parametrize("case", REPLIED)
def test_a_reply_finds_its_day_of_a_series_elsewhere(case: str, workspace: Workspace, ics: Write) -> None:
    guest = "ATTENDEE;CN=Guest:mailto:guest@example.invalid"
    import_file(workspace, ics(create_series("DTSTART;TZID=America/New_York:20140304T090000", guest)))
    answer = create_event(
        "UID:s", REPLIED[case], "ATTENDEE;PARTSTAT=ACCEPTED:mailto:guest@example.invalid", "DTSTAMP:20140301T090000Z"
    )
    ref = find_meeting(workspace, "s").ref
    report = import_replies(workspace, [ics(answer, method="REPLY")], apply=False).files[0]
    assert [(question.ref, "does not include" in question.reason) for question in report.questions] == [(ref, False)]


def test_a_proposal_for_an_unknown_day_names_london_hours(workspace: Workspace, ics: Write) -> None:
    import_file(workspace, ics(create_series("DTSTART;TZID=America/New_York:20140304T090000")))
    lines = ("RECURRENCE-ID;TZID=America/New_York:20140325T090000", "DTSTART;TZID=America/New_York:20140325T110000")
    report = import_file(workspace, ics(create_event("UID:s", *lines), method="COUNTER"))
    [question] = report.questions
    assert (question.ours, question.theirs) == ("2014-03-25T13:00:00", "2014-03-25T15:00:00")
