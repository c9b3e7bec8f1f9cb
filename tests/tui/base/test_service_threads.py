"""Services on the threads of the screen: errors after a commit name what was saved."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.errors import AhtcError, StoreError
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base.service_threads import Desk
from tests.builders import make_action


def add_and_fail(workspace: Workspace) -> None:
    make_action(workspace, title="Brief the SPOCs")
    raise StoreError("The backup cannot be written.")


def add_titled(workspace: Workspace, title: str) -> ActionRow:
    return make_action(workspace, title=title)


def fail(_workspace: Workspace) -> None:
    raise StoreError("The backup cannot be written.")


@pytest.mark.parametrize("is_long", [False, True])
def test_an_error_after_a_commit_names_what_was_saved(is_long: bool, workspace: Workspace) -> None:
    with closing(Desk(workspace)) as desk:
        run = desk.run_long if is_long else desk.run
        with pytest.raises(AhtcError, match=r"^The backup cannot be written"):
            asyncio.run(run(fail))
        with pytest.raises(AhtcError, match=r'^Already saved: "add Brief the SPOCs"\. Do not enter'):
            asyncio.run(run(add_and_fail))


async def test_closing_finishes_writes_that_were_started(workspace: Workspace) -> None:
    desk = Desk(workspace)
    titles = [f"Brief post {number}" for number in range(5)]
    writes = [asyncio.create_task(desk.run(add_titled, title)) for title in titles]
    await asyncio.sleep(0)
    await asyncio.to_thread(desk.close)
    rows = await asyncio.gather(*writes)
    assert [row.title for row in rows] == titles
