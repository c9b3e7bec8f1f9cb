"""An undo of a long import: its progress, its cancellation and its end by force leave nothing half done."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import Cancelled, Refused
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import list_steps, redo_step, undo_step
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.replication import compensating_changes
from ahtc_tui.store.search import index
from tests.builders import read_live_rows

ROW_COUNT = 150


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the rows more than two batches of a reversal."""
    monkeypatch.setattr(compensating_changes, "BATCH_SIZE", 60)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    rows = (f"XY-{n:05},Write report {n} for the board,AHTC,31/01/2014" for n in range(ROW_COUNT))
    path.write_text("\n".join(("Ref,Action,Owner,Due date", *rows)))
    return path


def import_log(office: Workspace, log: Path) -> dict[str, list[tuple[object, ...]]]:
    """Import the log; return the records before it."""
    before = read_live_rows(office)
    assert len(apply_actions_import(office, [log]).files[0].added) == ROW_COUNT
    return before


def test_a_long_undo_and_its_redo_restore_every_record(wales: Workspace, log: Path) -> None:
    before = import_log(wales, log)
    after = read_live_rows(wales)
    undo_step(wales)
    assert read_live_rows(wales) == before
    assert search_records(wales, "report 149") == []
    redo_step(wales)
    assert read_live_rows(wales) == after
    assert [hit.ref for hit in search_records(wales, "report 149")] == ["XY-00149"]
    undo_step(wales)
    assert find_faults(wales) == []


def test_references_of_a_long_undo_are_issued_again(wales: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("\n".join(("Action,Owner", *(f"Write report {n} for the board,AHTC" for n in range(80)))))
    refs = [record.ref for record in apply_actions_import(wales, [path]).files[0].added]
    undo_step(wales)
    assert [record.ref for record in apply_actions_import(wales, [path]).files[0].added] == refs
    assert find_faults(wales) == []


def test_a_long_undo_reports_its_progress(wales: Workspace, log: Path) -> None:
    import_log(wales, log)
    counts: list[tuple[int, int]] = []
    undo_step(wales, hooks=ProgressHooks(lambda completed, total: counts.append((completed, total))))
    assert counts[0] == (0, ROW_COUNT)
    assert counts[-1] == (ROW_COUNT, ROW_COUNT)
    assert len(counts) > 3


def test_a_cancelled_undo_changes_nothing(wales: Workspace, log: Path) -> None:
    import_log(wales, log)
    after, steps = read_live_rows(wales), list_steps(wales)
    job = RunningJob()
    with run_as_job(job), pytest.raises(Cancelled):
        undo_step(wales, hooks=ProgressHooks(lambda completed, _total: stop_after(60, job, completed)))
    assert read_live_rows(wales) == after
    assert list_steps(wales) == steps
    assert find_faults(wales) == []


def stop_after(count: int, job: RunningJob, completed: int) -> None:
    job.is_stopped = completed > count


def test_an_undo_that_is_killed_changes_nothing(wales: Workspace, log: Path) -> None:
    import_log(wales, log)
    after = read_live_rows(wales)
    run_in_child(wales, lambda office: undo_step(office, hooks=ProgressHooks(kill_at_call(3))))
    office = wales.open_reader()
    assert read_live_rows(office) == after
    assert find_faults(office) == []
    undo_step(office)
    assert find_faults(office) == []
    office.close()


def kill_at_call(number: int) -> Callable[[int, int], None]:
    """Return a function that kills its process when it is called this often."""
    calls: list[None] = []

    def count_call(_completed: int, _total: int) -> None:
        calls.append(None)
        if len(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return count_call


def run_in_child(office: Workspace, work: Callable[[Workspace], object]) -> None:
    """Run work on a new connection in a child process, which it ends."""
    child = os.fork()
    if child == 0:
        try:
            work(office.open_reader())
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL


def test_the_index_agrees_with_the_records_after_a_long_undo(wales: Workspace, log: Path) -> None:
    import_log(wales, log)
    undo_step(wales)
    with wales.database.read() as cursor:
        assert index.count_differences(cursor) == 0
    with pytest.raises(Refused):
        undo_step(wales)
