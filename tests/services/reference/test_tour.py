"""The sample of the tour: work to do on its Monday, and a mark that it is one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.meetings.service import next_meetings
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.first_start import TRIAL_DAY, is_sample, make_sample
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from tests.builders import query_rows


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample, which tests only read."""
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder)
    return folder


def test_the_sample_has_late_and_due_work_and_meetings_to_come(sample: Path) -> None:
    with closing(open_workspace(sample, TRIAL_DAY)) as workspace:
        page = show_today(workspace)
        assert page.late.total == 2
        assert page.due_soon.total == 5
        assert len([row for row in next_meetings(workspace) if row.day]) >= 2
        assert is_sample(workspace)
        assert find_faults(workspace) == []


def test_what_happens_in_the_sample_says_that_it_is_invented(sample: Path) -> None:
    with closing(open_workspace(sample, TRIAL_DAY)) as workspace:
        notes = query_rows(workspace, "SELECT count(*) FROM meetings WHERE note = 'Invented for the tour'")
    assert notes == [(5,)]


def test_an_office_of_the_2013_data_is_no_sample(wales: Workspace) -> None:
    assert not is_sample(wales)
    assert query_rows(wales, "SELECT count(*) FROM updates") == [(0,)]
