"""The guard over every test of the screen notices SQL on the thread that draws."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App

from ahtc_tui.services.today import today_view
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base.service_threads import Desk


async def test_a_screen_that_reads_while_it_draws_is_noticed(
    workspace: Workspace, sql_while_drawing: list[str]
) -> None:
    made: dict[str, Any] = {}
    exec(compile("def read(workspace, service): service(workspace)", Desk.close.__code__.co_filename, "exec"), made)
    desk = Desk(workspace)
    async with App[None]().run_test():
        today_view(workspace)
        await desk.ask(today_view)
        assert not sql_while_drawing
        with pytest.raises(AssertionError, match="SQL on the thread that draws"):
            made["read"](workspace, today_view)
        assert len(sql_while_drawing) == 1
    desk.close()
    sql_while_drawing.clear()
