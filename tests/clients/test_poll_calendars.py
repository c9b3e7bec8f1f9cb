"""khal and ical.js read the tentative entries of a date poll, and what becomes of them."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from ahtc_tui.services.correspondence import polls
from ahtc_tui.services.workspace import Workspace
from tests.clients.calendars import read_with_ical_js, run_khal, save_file
from tests.clients.test_calendars import check_with_libical
from tests.services.correspondence.test_circulation import board  # noqa: F401
from tests.services.correspondence.test_polls import office  # noqa: F401

pytestmark = [pytest.mark.clients, pytest.mark.usefixtures("board", "office")]
OPTIONS = [f"{day} July 2026, 10am" for day in range(1, 7)]


def list_with_khal(home: Path) -> list[str]:
    form = "{start-date} {start-time} {title} [{status}]"
    lines = run_khal(home, "list", "01/07/2026", "20d", "--day-format", "", "--format", form).split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]


def import_file(home: Path, path: Path) -> None:
    run_khal(home, "import", "--batch", "-a", "work", save_file(path.read_bytes(), home))


def test_khal_shows_six_options_and_then_the_meeting_alone_as_confirmed(workspace: Workspace, tmp_path: Path) -> None:
    written = polls.add_poll(workspace, "board", "Training day", OPTIONS, tmp_path / "out")
    for path in written.files:
        if path.suffix == ".ics":
            import_file(tmp_path, path)
    assert list_with_khal(tmp_path) == [f"0{day}/07/2026 10:00 Training day [TENTATIVE ]" for day in range(1, 7)]
    chosen = polls.choose_option(workspace, written.ref, 3, tmp_path / "chosen")
    for path in chosen.files:
        if path.suffix == ".ics":
            import_file(tmp_path, path)
    draft = (tmp_path / "chosen" / f"{chosen.poll.meeting}.eml").read_bytes()
    invitation = message_from_bytes(draft, policy=policy.default)
    (entry,) = (part.get_content() for part in invitation.walk() if part.get_content_type() == "text/calendar")
    run_khal(tmp_path, "import", "--batch", "-a", "work", save_file(entry.encode(), tmp_path))
    states = {line[:2]: line.rpartition("[")[2].strip(" ]") for line in list_with_khal(tmp_path)}
    assert states.pop("03") == "CONFIRMED"
    assert set(states.values()) == {"CANCELLED"}


@pytest.mark.long
def test_libical_and_ical_js_read_options_and_withdrawals(
    workspace: Workspace, tmp_path: Path, node_modules: Path
) -> None:
    written = polls.add_poll(workspace, "board", "Training day", OPTIONS, tmp_path / "out")
    chosen = polls.choose_option(workspace, written.ref, 3, tmp_path / "chosen")
    entries, cancelled = (sorted(p for p in files if p.suffix == ".ics") for files in (written.files, chosen.files))
    data = [path.read_bytes() for path in (*entries, *cancelled)]
    assert check_with_libical(tmp_path, *data) == ["accepted"] * 11
    starts = [
        start
        for path in entries
        for spans in read_with_ical_js(path, node_modules, tmp_path).values()
        for start, _end in spans
    ]
    assert [f"{start:%Y-%m-%d %H:%M}" for start in starts] == [f"2026-07-0{day} 09:00" for day in range(1, 7)]
