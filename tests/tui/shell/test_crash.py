"""An unexpected error ends the app with one message and logs no values."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from pathlib import Path

import pytest
from textual.worker import WorkerFailed, WorkerState

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.settings.screen_state import read_unsaved_texts
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.shell.crash_report import write_crash_log
from ahtc_tui.tui.today import screen as today
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

SECRET = "siân.wyn@example.org"


async def crash_app(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> AhtcApp:
    def fail_drawing(*_args: object) -> None:
        address = SECRET
        raise ValueError(f"cannot draw {address}")

    monkeypatch.setattr(today, "build_lines", fail_drawing)
    app = AhtcApp(workspace)
    with pytest.raises(WorkerFailed, match="cannot draw"):
        await open_and_close(app)
    return app


async def open_and_close(app: AhtcApp) -> None:
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()


async def test_crash_log_has_locations_but_no_values(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = await crash_app(wales, monkeypatch)
    log = (wales.root / "data" / "crash.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "ahtc_tui/tui/today/screen.py:" in log
    assert SECRET not in log + app.crash_message
    assert "cannot draw" not in log + app.crash_message
    assert app.crash_message.startswith("The screen stopped because of an error (ValueError)")
    assert str(wales.root / "data" / "crash.log") in app.crash_message
    assert app.return_code == 1
    assert app._exit_renderables == []


def test_crash_log_names_library_frames(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Expecting") as caught:
        json.loads("text")
    fault = caught.value.with_traceback(caught.tb.tb_next)
    write_crash_log(fault, tmp_path)
    log = (tmp_path / "crash.log").read_text(encoding="utf-8")
    assert re.search(r"^  json/decoder.py:[0-9]+$", log, re.MULTILINE)


async def test_crash_message_without_writable_log(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (wales.root / "data" / "crash.log").mkdir()
    app = await crash_app(wales, monkeypatch)
    assert app.crash_message == "The screen stopped because of an error (ValueError). Saved changes are safe."


UPDATE, AGENDA_LINE = ("2", "U"), ("4", "a", "n")
"""Keys that open the update of an action, and a new line of an agenda."""


async def type_and_crash(app: AhtcApp, keys: tuple[str, ...], text: str) -> None:
    async with app.run_test() as pilot:
        desk = Hands(pilot)
        await desk.press_keys(*keys)
        await desk.type_text(text)
        app.call_later(lambda: 1 // 0)
        await pilot.pause()


async def crash_while_typing(workspace: Workspace, keys: tuple[str, ...], text: str) -> AhtcApp:
    """Open the field of these keys, type a text and crash."""
    app = AhtcApp(workspace)
    with pytest.raises(ZeroDivisionError):
        await type_and_crash(app, keys, text)
    return app


async def test_typed_text_comes_back_after_a_crash(wales: Workspace) -> None:
    app = await crash_while_typing(wales, UPDATE, "Two of four are briefed")
    assert "Open the form again to get back what you typed." in app.crash_message
    assert [values["text"] for values in read_unsaved_texts(wales).values()] == ["Two of four are briefed"]


@pytest.mark.parametrize("keys", [UPDATE, AGENDA_LINE], ids=["form", "agenda"])
async def test_text_that_came_back_does_not_end_the_screen_for_ever(wales: Workspace, keys: tuple[str, ...]) -> None:
    await crash_while_typing(wales, keys, "A text that the screen cannot show")
    assert read_unsaved_texts(wales) != {}
    await crash_while_typing(wales, keys[:2], "")
    assert read_unsaved_texts(wales) == {}


async def test_domain_error_in_worker_becomes_toast(wales: Workspace, wide: OpenDesk) -> None:
    def raise_store_error(_workspace: Workspace) -> None:
        raise StoreError("The disk [/x] is full.")

    async with wide(wales) as desk:
        desk.app.run_worker(desk.app.desk.run(raise_store_error), group="write")
        async with asyncio.timeout(30):
            while not desk.toasts:
                await desk.pilot.pause()
        assert desk.toasts == ["The disk [/x] is full."]
        assert not (wales.root / "data" / "crash.log").exists()
        await desk.press_keys("2")
        assert len(desk.refs) == 28


async def test_interrupted_read_shows_no_toast(wales: Workspace, wide: OpenDesk) -> None:
    begun = threading.Event()

    def count_forever(workspace: Workspace) -> int:
        query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        with workspace.database.read() as cursor:
            begun.set()
            return int(cursor.execute(query).fetchone()[0])

    async with wide(wales) as desk:
        worker = desk.app.run_worker(desk.app.desk.run_read(count_forever), group="read")
        await asyncio.to_thread(begun.wait, 10)
        while not worker.is_finished:
            desk.app.desk.interrupt_read()
            await desk.pilot.pause()
        assert worker.state is WorkerState.CANCELLED
        assert desk.toasts == []
