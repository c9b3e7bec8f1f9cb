"""A year of a series, with holidays and days held at another time, as three programs that we did not write list it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.meetings import Moment, meeting_draft
from ahtc_tui.services.meetings.calendar_files import invite_files
from ahtc_tui.services.meetings.series import cancel_day, days_of, move_day
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.clients.calendars import by_ical_js, cancelled_by_ical_js, khal

pytestmark = pytest.mark.clients

LONDON = ZoneInfo("Europe/London")
FIRST_MONDAYS = {
    "group": "LG",
    "starts": "2014-01-06 10:00",
    "minutes": "90",
    "repeat": "FREQ=MONTHLY;BYDAY=1MO;COUNT=12",
}


def a_year(workspace: Workspace, on_holiday: str) -> str:
    """The first Mondays of 2014: May falls on a bank holiday, and March is held on a Wednesday afternoon."""
    fields = {**FIRST_MONDAYS, "on_holiday": on_holiday, "organiser": "secretariat"}
    ref = add_meeting(workspace, meeting_draft(fields, TODAY)).ref
    afternoon = datetime.strptime("14:00", "%H:%M").time()  # noqa: DTZ007  # a wall time
    move_day(workspace, ref, date(2014, 3, 3), Moment(read_date("2014-03-05", TODAY), afternoon))
    return ref


def ours(workspace: Workspace, ref: str) -> list[datetime]:
    """The instants as this desk lists them."""
    days = days_of(workspace, ref, date(2014, 1, 1), date(2014, 12, 31))
    return sorted(day.starts.replace(tzinfo=LONDON).astimezone(UTC) for day in days if day.starts)


def by_recurring_ical_events(file: Path) -> list[datetime]:
    import recurring_ical_events  # type: ignore[import-untyped]

    found: Any = recurring_ical_events.of(Calendar.from_ical(file.read_bytes()))
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in found.between((2014, 1, 1), (2015, 1, 1)))


def by_khal(home: Path) -> list[tuple[datetime, str]]:
    """Start and state of each meeting of the year."""
    form = "{start-date} {start-time} [{status}]"
    said = khal(home, "list", "01/01/2014", "364d", "--day-format", "", "--format", form)
    found = re.findall(r"(\d\d/\d\d/2014 \d\d:\d\d) \[(\w*)", said)
    return sorted(
        (datetime.strptime(when, "%d/%m/%Y %H:%M").replace(tzinfo=LONDON).astimezone(UTC), state)
        for when, state in found
    )


def imported(workspace: Workspace, home: Path, ref: str, method: str) -> Path:
    """The file of a meeting, imported into khal."""
    file = home / f"{method}.ics"
    invite_files(workspace, file, meeting=ref, method=method, force=True)
    khal(home, "import", "--batch", "-a", "work", file)
    return file


@pytest.mark.parametrize(("on_holiday", "count"), [("keep", 12), ("move", 12), ("skip", 11)])
def test_three_programs_list_the_same_instants_as_we_do(
    wales: Workspace, tmp_path: Path, node_modules: Path, on_holiday: str, count: int
) -> None:
    ref = a_year(wales, on_holiday)
    file = imported(wales, tmp_path, ref, "publish")
    expected = ours(wales, ref)
    assert len(expected) == count
    assert datetime(2014, 3, 5, 14, tzinfo=UTC) in expected
    assert (datetime(2014, 5, 6, 9, tzinfo=UTC) in expected) == (on_holiday == "move")
    assert by_recurring_ical_events(file) == expected
    (listed,) = by_ical_js(file, node_modules, tmp_path, most=60).values()
    assert sorted(start for start, _end in listed) == expected
    assert [start for start, _state in by_khal(tmp_path)] == expected


def test_khal_shows_one_day_cancelled_and_then_all(wales: Workspace, tmp_path: Path) -> None:
    ref = a_year(wales, "move")
    imported(wales, tmp_path, ref, "request")
    cancel_day(wales, ref, date(2014, 6, 2))
    imported(wales, tmp_path, ref, "publish")
    listed = by_khal(tmp_path)
    assert [f"{start:%d %b}" for start, state in listed if state == "CANCELLED"] == ["02 Jun"]
    assert len(listed) == 12
    cancel_meeting(wales, ref)
    imported(wales, tmp_path, ref, "cancel")
    listed = by_khal(tmp_path)
    assert len(listed) == 12
    assert {state for _start, state in listed} == {"CANCELLED"}


def test_a_program_that_knows_itip_cancels_one_day_and_keeps_the_others(
    wales: Workspace, tmp_path: Path, node_modules: Path
) -> None:
    ref = a_year(wales, "move")
    invite_files(wales, tmp_path / "request.ics", meeting=ref, method="request")
    day = cancel_day(wales, ref, date(2014, 6, 2))
    told = invite_files(wales, tmp_path / "cancel.ics", meeting=day.ref, method="cancel")
    assert told.advice == (
        f"{day.ref} is one day of {ref}. A calendar that only files by UID (khal) takes the whole series instead:"
        f" export invites OUT.ics --meeting {ref}.",
    )
    listed = cancelled_by_ical_js(tmp_path / "request.ics", tmp_path / "cancel.ics", node_modules, tmp_path)
    assert len(listed) == 12
    assert [start for start, state in listed if state == "CANCELLED"] == [datetime(2014, 6, 2, 9, tzinfo=UTC)]


def test_khal_keeps_the_others_where_it_takes_the_series_instead_of_the_day(wales: Workspace, tmp_path: Path) -> None:
    ref = a_year(wales, "move")
    imported(wales, tmp_path, ref, "publish")
    day = cancel_day(wales, ref, date(2014, 6, 2))
    imported(wales, tmp_path, day.ref, "cancel")
    assert len(by_khal(tmp_path)) == 1, "khal files by UID: the reason for the advice"
    imported(wales, tmp_path, ref, "publish")
    listed = by_khal(tmp_path)
    assert [f"{start:%d %b}" for start, state in listed if state == "CANCELLED"] == ["02 Jun"]
    assert len(listed) == 12


def test_the_cancellation_of_one_day_is_cancelled_in_khal(wales: Workspace, tmp_path: Path) -> None:
    ref = a_year(wales, "move")
    day = cancel_day(wales, ref, date(2014, 6, 2))
    imported(wales, tmp_path, day.ref, "cancel")
    assert by_khal(tmp_path) == [(datetime(2014, 6, 2, 9, tzinfo=UTC), "CANCELLED")]
