"""A year of a series, with bank holidays and moved days, as three programs list it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.meetings import Moment, build_meeting_draft
from ahtc_tui.services.imports.meetings.service import import_meetings
from ahtc_tui.services.meetings.calendar_files import write_invitation_files
from ahtc_tui.services.meetings.series import cancel_day, list_days, move_day
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, list_meetings
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.clients.calendars import cancel_with_ical_js, read_with_ical_js, run_khal
from tests.formats.ics.test_ics_meetings import create_calendar, create_event

pytestmark = pytest.mark.clients

LONDON = ZoneInfo("Europe/London")
FIRST_MONDAYS = {
    "group": "LG",
    "starts": "2014-01-06 10:00",
    "minutes": "90",
    "repeat": "FREQ=MONTHLY;BYDAY=1MO;COUNT=12",
}


def add_year_series(workspace: Workspace, on_holiday: str) -> str:
    """Add the first Mondays of 2014: May is a bank holiday, and March is moved to a Wednesday afternoon."""
    fields = {**FIRST_MONDAYS, "on_holiday": on_holiday, "organiser": "secretariat"}
    ref = add_meeting(workspace, build_meeting_draft(fields, TODAY)).ref
    afternoon = datetime.strptime("14:00", "%H:%M").time()  # noqa: DTZ007  # a wall time
    move_day(workspace, ref, date(2014, 3, 3), Moment(read_date("2014-03-05", TODAY), afternoon))
    return ref


def list_our_instants(workspace: Workspace, ref: str) -> list[datetime]:
    """Return the times as this program lists them."""
    days = list_days(workspace, ref, date(2014, 1, 1), date(2014, 12, 31))
    return sorted(day.starts.replace(tzinfo=LONDON).astimezone(UTC) for day in days if day.starts)


def read_with_recurring_ical(file: Path) -> list[datetime]:
    import recurring_ical_events  # type: ignore[import-untyped]

    query: Any = recurring_ical_events.of(Calendar.from_ical(file.read_bytes()))
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in query.between((2014, 1, 1), (2015, 1, 1)))


def list_with_khal(home: Path) -> list[tuple[datetime, str]]:
    """Return start and state of each meeting of the year."""
    form = "{start-date} {start-time} [{status}]"
    output = run_khal(home, "list", "01/01/2014", "364d", "--day-format", "", "--format", form)
    meetings = re.findall(r"(\d\d/\d\d/2014 \d\d:\d\d) \[(\w*)", output)
    return sorted(
        (datetime.strptime(when, "%d/%m/%Y %H:%M").replace(tzinfo=LONDON).astimezone(UTC), state)
        for when, state in meetings
    )


def export_to_khal(workspace: Workspace, home: Path, ref: str, method: str) -> Path:
    """Export the file of a meeting and import it into khal."""
    file = home / f"{method}.ics"
    write_invitation_files(workspace, file, meeting=ref, method=method, force=True)
    run_khal(home, "import", "--batch", "-a", "work", file)
    return file


@pytest.mark.long
@pytest.mark.parametrize(("on_holiday", "count"), [("move", 12), ("keep", 12), ("skip", 11)])
def test_three_programs_list_our_instants(
    wales: Workspace, tmp_path: Path, node_modules: Path, on_holiday: str, count: int
) -> None:
    ref = add_year_series(wales, on_holiday)
    file = export_to_khal(wales, tmp_path, ref, "publish")
    expected = list_our_instants(wales, ref)
    assert len(expected) == count
    assert datetime(2014, 3, 5, 14, tzinfo=UTC) in expected
    assert (datetime(2014, 5, 6, 9, tzinfo=UTC) in expected) == (on_holiday == "move")
    assert read_with_recurring_ical(file) == expected
    (listed,) = read_with_ical_js(file, node_modules, tmp_path, max_instances=60).values()
    assert sorted(start for start, _end in listed) == expected
    assert [start for start, _state in list_with_khal(tmp_path)] == expected


@pytest.mark.long
@pytest.mark.parametrize("zone", ["Australia/Sydney", "America/New_York", "UTC"])
def test_three_programs_list_a_series_of_another_zone(
    wales: Workspace, tmp_path: Path, node_modules: Path, zone: str
) -> None:
    start = "DTSTART:20140304T090000Z" if zone == "UTC" else f"DTSTART;TZID={zone}:20140304T090000"
    lines = ("UID:s", start, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=39", "SUMMARY:Weekly")
    (tmp_path / "in.ics").write_text(create_calendar(create_event(*lines)))
    import_meetings(wales, [tmp_path / "in.ics"])
    ref = next(row.ref for row in list_meetings(wales) if row.uid == "s")
    file = export_to_khal(wales, tmp_path, ref, "publish")
    weeks = (datetime(2014, 3, 4, 9) + timedelta(weeks=week) for week in range(39))  # noqa: DTZ001  # wall times
    expected = [wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for wall in weeks]
    assert list_our_instants(wales, ref) == expected
    (listed,) = read_with_ical_js(file, node_modules, tmp_path, max_instances=60).values()
    assert sorted(start for start, _end in listed) == expected
    assert [start for start, _state in list_with_khal(tmp_path)] == expected


@pytest.mark.long
def test_khal_shows_a_cancelled_day_and_a_cancelled_series(wales: Workspace, tmp_path: Path) -> None:
    ref = add_year_series(wales, "move")
    export_to_khal(wales, tmp_path, ref, "request")
    cancel_day(wales, ref, date(2014, 6, 2))
    export_to_khal(wales, tmp_path, ref, "publish")
    listed = list_with_khal(tmp_path)
    assert [f"{start:%d %b}" for start, state in listed if state == "CANCELLED"] == ["02 Jun"]
    assert len(listed) == 12
    cancel_meeting(wales, ref)
    export_to_khal(wales, tmp_path, ref, "cancel")
    listed = list_with_khal(tmp_path)
    assert len(listed) == 12
    assert {state for _start, state in listed} == {"CANCELLED"}


def test_an_itip_program_cancels_one_day_only(wales: Workspace, tmp_path: Path, node_modules: Path) -> None:
    ref = add_year_series(wales, "move")
    write_invitation_files(wales, tmp_path / "request.ics", meeting=ref, method="request")
    day = cancel_day(wales, ref, date(2014, 6, 2))
    report = write_invitation_files(wales, tmp_path / "cancel.ics", meeting=day.ref, method="cancel")
    assert report.advice == (
        f"{day.ref} is one date in {ref}. Some calendars, like khal, identify events only by UID. For these, export the"
        f" whole series instead: export invites OUT.ics --meeting {ref}.",
    )
    listed = cancel_with_ical_js(tmp_path / "request.ics", tmp_path / "cancel.ics", node_modules, tmp_path)
    assert len(listed) == 12
    assert [start for start, state in listed if state == "CANCELLED"] == [datetime(2014, 6, 2, 9, tzinfo=UTC)]


@pytest.mark.long
def test_khal_keeps_other_days_after_importing_the_series(wales: Workspace, tmp_path: Path) -> None:
    ref = add_year_series(wales, "move")
    export_to_khal(wales, tmp_path, ref, "publish")
    day = cancel_day(wales, ref, date(2014, 6, 2))
    export_to_khal(wales, tmp_path, day.ref, "cancel")
    assert len(list_with_khal(tmp_path)) == 1, "khal files by UID: the reason for the advice"
    export_to_khal(wales, tmp_path, ref, "publish")
    listed = list_with_khal(tmp_path)
    assert [f"{start:%d %b}" for start, state in listed if state == "CANCELLED"] == ["02 Jun"]
    assert len(listed) == 12


@pytest.mark.long
def test_the_cancellation_of_one_day_is_cancelled_in_khal(wales: Workspace, tmp_path: Path) -> None:
    ref = add_year_series(wales, "move")
    day = cancel_day(wales, ref, date(2014, 6, 2))
    export_to_khal(wales, tmp_path, day.ref, "cancel")
    assert list_with_khal(tmp_path) == [(datetime(2014, 6, 2, 9, tzinfo=UTC), "CANCELLED")]
