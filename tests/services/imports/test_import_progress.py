"""Imports of calendars and cards report their progress, can be stopped, and take files of an office of any size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import Cancelled
from ahtc_tui.domain.imports.report import ImportReport
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.formats.ics import blocks
from ahtc_tui.formats.vcard import reader
from ahtc_tui.services import progress
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.imports.meetings.service import import_meetings
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.workspace import Workspace
from tests.builders import read_live_rows

Import = Callable[..., ImportReport]
EVENT = "BEGIN:VEVENT\nUID:u{n}\nDTSTART:20140114T100000Z\nSUMMARY:Board {n}\nEND:VEVENT\n"
CARD = "BEGIN:VCARD\nVERSION:3.0\nUID:c{n}\nFN:Ward {n}\nEMAIL:ward{n}@example.org\nEND:VCARD\n"
COUNT = 8


@pytest.fixture(params=[import_meetings, import_contacts])
def source(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Import, Path]:
    """An import and a file for it; progress is reported after each second record."""
    monkeypatch.setattr(progress, "REPORT_EVERY", 2)
    path = tmp_path / ("work.ics" if request.param is import_meetings else "people.vcf")
    if request.param is import_meetings:
        events = "".join(EVENT.format(n=n) for n in range(COUNT))
        path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
    else:
        path.write_text("".join(CARD.format(n=n) for n in range(COUNT)))
    return request.param, path


def test_an_import_counts_its_records(workspace: Workspace, source: tuple[Import, Path]) -> None:
    run_import, path = source
    counts: list[tuple[int, int]] = []
    run_import(workspace, [path], hooks=ProgressHooks(lambda completed, total: counts.append((completed, total))))
    assert counts == [(n, COUNT) for n in range(2, COUNT + 1, 2)]


def test_a_stopped_import_writes_nothing(workspace: Workspace, source: tuple[Import, Path]) -> None:
    run_import, path = source
    before = read_live_rows(workspace)
    job = RunningJob()
    hooks = ProgressHooks(lambda completed, _total: setattr(job, "is_stopped", completed >= COUNT // 2))
    with run_as_job(job), pytest.raises(Cancelled):
        run_import(workspace, [path], hooks=hooks)
    assert read_live_rows(workspace) == before


def test_fifty_thousand_events_and_cards_are_taken() -> None:
    assert blocks.MAX_EVENTS >= 50_000
    assert reader.MAX_CARDS >= 50_000
