"""Long jobs: their progress in the line of hints, and the key that stops them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ahtc_tui.domain import running_job
from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import OpenDesk


@pytest.fixture
def slow_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file of an export wait until a person stops the job."""

    def wait_for_stop() -> None:
        job = running_job._running_job.get()
        deadline = time.monotonic() + 20
        while job is not None and not job.is_stopped and time.monotonic() < deadline:
            time.sleep(0.01)
        running_job.refuse_stopped()

    monkeypatch.setattr("ahtc_tui.formats.files.atomic_write.count_part", wait_for_stop)
    monkeypatch.setattr("ahtc_tui.tui.base.service_threads.SHOWN_AFTER_SECONDS", 0.05)


def list_files(folder: Path) -> list[Path]:
    """Return every file and folder below a folder."""
    return sorted(folder.rglob("*")) if folder.exists() else []


@pytest.mark.sample(3)
@pytest.mark.parametrize("stop_key", ["ctrl+g", pytest.param("ctrl+c", marks=pytest.mark.long)])
@pytest.mark.parametrize("keys", [("2", "x"), ("4", ".", "p"), ("3", "x")], ids=["action log", "meeting pack", "plan"])
async def test_a_stopped_export_leaves_no_file(
    wales: Workspace, narrow: OpenDesk, slow_files: None, keys: tuple[str, ...], stop_key: str
) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys(keys[0])
        before = list_files(wales.exports)
        await desk.pilot.press(*keys[1:])
        for _round in range(400):
            await desk.pilot.pause(0.01)
            if "ctrl+g stops it, nothing is saved" in desk.text:
                break
        assert "In progress" in desk.text
        await desk.pilot.press(stop_key)
        await desk.wait_until_idle()
        for _round in range(100):
            if "In progress" not in desk.text:
                break
            await desk.pilot.pause(0.01)
        assert "In progress" not in desk.text
        assert desk.toasts[-1] == "Cancelled. Nothing was saved."
        assert list_files(wales.exports) == before


async def test_the_key_says_that_nothing_runs(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "ctrl+g")
        assert desk.toasts[-1] == "No export, import or backup is running."
