"""khal reads our deadlines as events, and calcurse as to-dos."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.exports.deadlines import export_deadlines
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_action_draft
from tests.clients.calendars import run_khal, run_program
from tests.clients.programs import find_program

pytestmark = pytest.mark.clients


@pytest.mark.long
def test_khal_shows_a_deadline_on_its_day_and_moves_it(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, title="Agree dates for Gŵent", due="3 feb 2014")
    for due, day in (("", "03/02/2014"), ("5 feb 2014", "05/02/2014")):
        if due:
            edit_action(workspace, "DP-01", make_action_draft(due=due))
        file = tmp_path / "deadlines.ics"
        export_deadlines(workspace, file, ActionFilter(), as_events=True, force=True)
        run_khal(tmp_path, "import", "--batch", "-a", "work", file)
        form = "{start-date} {title}"
        output = run_khal(tmp_path, "list", "01/02/2014", "9d", "--day-format", "", "--format", form)
        assert [line.strip() for line in output.splitlines() if line.strip()] == [f"{day} DP-01: Agree dates for Gŵent"]


def test_calcurse_imports_our_to_dos(workspace: Workspace, tmp_path: Path) -> None:
    calcurse = find_program("calcurse", "apt-get install calcurse")
    make_action(workspace, title="Agree dates for Gŵent", due="3 feb 2014", priority="high")
    make_action(workspace, title="Write, then send; both")
    file = tmp_path / "deadlines.ics"
    export_deadlines(workspace, file, ActionFilter())
    run_program(calcurse, "-D", tmp_path, "-C", tmp_path, "-q", "-i", file, home=tmp_path, TZ="Europe/London")
    todos = (tmp_path / "todo").read_text(encoding="utf-8")
    assert "[1]" in todos
    assert "DP-01: Agree dates for Gŵent" in todos
    assert "DP-02: Write, then send; both" in todos
