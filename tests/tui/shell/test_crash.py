"""An error that nobody expected ends the screen with one sentence, and keeps no value of anybody's."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from pathlib import Path

import pytest
from textual.worker import WorkerFailed, WorkerState

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.shell.crash_report import report
from ahtc_tui.tui.today import screen as today
from tests.tui.conftest import Sitting

SECRET = "siân.wyn@example.org"


async def crashed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> AhtcApp:
    def fail(*_asked: object) -> None:
        address = SECRET
        raise ValueError(f"cannot draw {address}")

    monkeypatch.setattr(today, "lines", fail)
    app = AhtcApp(workspace)
    with pytest.raises(WorkerFailed, match="cannot draw"):
        await open_and_close(app)
    return app


async def open_and_close(app: AhtcApp) -> None:
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()


async def test_the_log_says_where_and_never_what(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = await crashed(wales, monkeypatch)
    log = (wales.root / "data" / "crash.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "ahtc_tui/tui/today/screen.py:" in log
    assert SECRET not in log + app.broken
    assert "cannot draw" not in log + app.broken
    assert app.broken.startswith("The screen stopped by a fault in ahtc (ValueError)")
    assert str(wales.root / "data" / "crash.log") in app.broken
    assert app.return_code == 1
    assert app._exit_renderables == []


def test_a_fault_within_a_library_is_placed_in_the_library(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Expecting") as caught:
        json.loads("text")
    fault = caught.value.with_traceback(caught.tb.tb_next)
    report(fault, tmp_path)
    log = (tmp_path / "crash.log").read_text(encoding="utf-8")
    assert re.search(r"^  json/decoder.py:[0-9]+$", log, re.MULTILINE)


async def test_without_room_for_the_log_the_sentence_stands_alone(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wales.root / "data" / "crash.log").mkdir()
    app = await crashed(wales, monkeypatch)
    assert app.broken == "The screen stopped by a fault in ahtc (ValueError); what was saved is safe."


async def test_what_the_office_refuses_a_worker_is_told(wales: Workspace, wide: Sitting) -> None:
    def refuse(_workspace: Workspace) -> None:
        raise StoreError("The disk [/x] is full.")

    async with wide(wales) as desk:
        desk.app.run_worker(desk.app.desk.ask(refuse), group="write")
        while not desk.toasts:
            await desk.pilot.pause()
        assert desk.toasts == ["The disk [/x] is full."]
        assert not (wales.root / "data" / "crash.log").exists()
        await desk.press("2")
        assert len(desk.refs) == 28


async def test_a_read_that_was_broken_off_tells_nobody(wales: Workspace, wide: Sitting) -> None:
    begun = threading.Event()

    def count_far(workspace: Workspace) -> int:
        query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        with workspace.database.read() as cursor:
            begun.set()
            return int(cursor.execute(query).fetchone()[0])

    async with wide(wales) as desk:
        worker = desk.app.run_worker(desk.app.desk.glance(count_far), group="read")
        await asyncio.to_thread(begun.wait, 10)
        while not worker.is_finished:
            desk.app.desk.look_away()
            await desk.pilot.pause()
        assert worker.state is WorkerState.CANCELLED
        assert desk.toasts == []
