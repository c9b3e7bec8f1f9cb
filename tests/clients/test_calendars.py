"""khal, ical.js, libical and calcurse read our invitations."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.formats.ics.invites import build_cancellation, build_publication, build_request
from tests.clients.calendars import SCRIPT_FOLDER, read_with_ical_js, run_khal, run_program, save_file
from tests.clients.programs import find_program, skip_missing
from tests.formats.meeting_cards import an_invite

pytestmark = pytest.mark.clients

JULY = an_invite(uid="july@example.org", day="2026-07-01", title="Grŵp Arweinyddiaeth")
DECEMBER = an_invite(uid="december@example.org", day="2026-12-01", title="Winter meeting")
WHOLE_DAY = an_invite(uid="day@example.org", day="2026-10-18", start_time=None, all_day=True, title="Conference")
FIRST_WEDNESDAYS = ["07-01T09:00", "08-05T09:00", "09-02T09:00", "10-07T09:00", "11-04T10:00", "12-02T10:00"]


def read_with_icalendar(file: Path) -> dict[str, list[list[datetime]]]:
    events: list[Any] = list(Calendar.from_ical(file.read_bytes()).events)
    return {
        str(event["UID"]): [[event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)]]
        for event in events
    }


def list_with_khal(home: Path) -> list[str]:
    form = "{start-date} {start-time} {end-time} {title} [{status}]"
    return run_khal(home, "list", "01/07/2026", "200d", "--day-format", "", "--format", form).split("\n")


def test_khal_imports_and_lists_our_meetings(tmp_path: Path) -> None:
    file = save_file(build_publication([JULY, DECEMBER, WHOLE_DAY]).data, tmp_path)
    run_khal(tmp_path, "import", "--batch", "-a", "work", file)
    lines = [" ".join(line.split()) for line in list_with_khal(tmp_path) if line.strip()]
    assert lines == [
        "01/07/2026 10:00 11:00 Grŵp Arweinyddiaeth [CONFIRMED ]",
        "18/10/2026 Conference [CONFIRMED ]",
        "01/12/2026 10:00 11:00 Winter meeting [CONFIRMED ]",
    ]


@pytest.mark.long
def test_a_cancellation_replaces_the_invitation_in_khal(tmp_path: Path) -> None:
    off = an_invite(uid="july@example.org", state=MeetingState.CANCELLED, sequence=1, title="Grŵp Arweinyddiaeth")
    for data in (build_request(JULY), build_cancellation(off)):
        run_khal(tmp_path, "import", "--batch", "-a", "work", save_file(data, tmp_path))
    lines = [line for line in list_with_khal(tmp_path) if line.strip()]
    assert len(lines) == 1
    assert "CANCELLED" in lines[0]


@pytest.mark.long
def test_ical_js_reads_summer_and_winter_times(tmp_path: Path, node_modules: Path) -> None:
    file = save_file(build_publication([JULY, DECEMBER]).data, tmp_path)
    expected = {
        "july@example.org": [[datetime(2026, 7, 1, 9, tzinfo=UTC), datetime(2026, 7, 1, 10, tzinfo=UTC)]],
        "december@example.org": [[datetime(2026, 12, 1, 10, tzinfo=UTC), datetime(2026, 12, 1, 11, tzinfo=UTC)]],
    }
    assert read_with_icalendar(file) == expected
    assert read_with_ical_js(file, node_modules, tmp_path) == expected


def test_ical_js_agrees_on_clock_change_nights(tmp_path: Path, node_modules: Path) -> None:
    nights = [
        an_invite(uid=f"{day}T{hour}", day=day, start_time=hour)
        for day in ("2026-03-29", "2026-10-25")
        for hour in ("00:30", "01:30", "02:30")
    ]
    file = save_file(build_publication(nights).data, tmp_path)
    assert read_with_ical_js(file, node_modules, tmp_path) == read_with_icalendar(file)


def test_ical_js_keeps_the_wall_time_of_a_series(tmp_path: Path, node_modules: Path) -> None:
    series = an_invite(uid="series", recurrence="FREQ=MONTHLY;BYDAY=1WE;UNTIL=20261202")
    instances = read_with_ical_js(save_file(build_publication([series]).data, tmp_path), node_modules, tmp_path)[
        "series"
    ]
    assert [start for start, _end in instances] == [
        datetime.fromisoformat(f"2026-{day}+00:00") for day in FIRST_WEDNESDAYS
    ]


def check_with_libical(folder: Path, *files: bytes) -> list[str]:
    """Return the results of libical, run in a separate process."""
    python = Path("/usr/bin/python3")
    probe = "import gi; gi.require_version('ICalGLib', '3.0')"
    if not python.exists() or subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode:
        skip_missing("libical's binding", "apt-get install gir1.2-ical-3.0 python3-gi")
    files_to_check = [save_file(data, folder, f"{number}.ics") for number, data in enumerate(files)]
    return run_program(python, SCRIPT_FOLDER / "itip_check.py", *files_to_check, home=folder).split("\n\n")


def test_libical_accepts_our_files(tmp_path: Path) -> None:
    moved = an_invite(recurrence_id=datetime(2026, 7, 8, 10), sequence=2)  # noqa: DTZ001  # a wall time
    series = an_invite(recurrence="FREQ=WEEKLY;COUNT=4")
    files = [
        write(invite)
        for invite in (JULY, DECEMBER, WHOLE_DAY, moved, series)
        for write in (build_request, build_cancellation)
    ]
    files.append(build_publication([JULY, DECEMBER, WHOLE_DAY]).data)
    assert check_with_libical(tmp_path, *files) == ["accepted"] * 11


def test_libical_rejects_a_request_without_organiser(tmp_path: Path) -> None:
    without = b"\r\n".join(line for line in build_request(JULY).split(b"\r\n") if not line.startswith(b"ORGANIZER"))
    (verdict,) = check_with_libical(tmp_path, without)
    assert "ORGANIZER" in verdict


def test_calcurse_imports_our_meetings(tmp_path: Path) -> None:
    calcurse = find_program("calcurse", "apt-get install calcurse")
    file = save_file(build_publication([JULY, DECEMBER, WHOLE_DAY]).data, tmp_path)
    folders = ("-D", tmp_path, "-C", tmp_path)
    run_program(calcurse, *folders, "-q", "-i", file, home=tmp_path, TZ="Europe/London")
    stored = (tmp_path / "apts").read_text(encoding="utf-8").splitlines()
    assert [re.split(">[0-9a-f]{40}", line)[0].strip() for line in stored] == [
        "07/01/2026 @ 10:00 -> 07/01/2026 @ 11:00",
        "12/01/2026 @ 10:00 -> 12/01/2026 @ 11:00",
        "10/18/2026 [1]",
    ]
    assert stored[0].endswith("Grŵp Arweinyddiaeth")
