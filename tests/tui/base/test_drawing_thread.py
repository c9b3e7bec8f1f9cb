"""The fixture that all screen tests use detects SQL on the drawing thread."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App

from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base.service_threads import Desk


async def test_sql_on_drawing_thread_is_detected(workspace: Workspace, sql_while_drawing: list[str]) -> None:
    namespace: dict[str, Any] = {}
    exec(
        compile("def read(workspace, service): service(workspace)", Desk.close.__code__.co_filename, "exec"), namespace
    )
    desk = Desk(workspace)
    async with App[None]().run_test():
        show_today(workspace)
        await desk.run(show_today)
        assert not sql_while_drawing
        with pytest.raises(AssertionError, match="SQL on the thread that draws"):
            namespace["read"](workspace, show_today)
        assert len(sql_while_drawing) == 1
    desk.close()
    sql_while_drawing.clear()
