"""Services on the threads of the screen: errors after a commit name what was saved."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.errors import AhtcError, StoreError
from ahtc_tui.services.actions.service import count_actions
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


def count_all(workspace: Workspace) -> int:
    return count_actions(workspace, ActionFilter())


async def test_what_was_read_ahead_is_shown_once_and_a_write_meanwhile_is_noticed(workspace: Workspace) -> None:
    desk = Desk(workspace)
    desk.read_ahead(count_all)
    other = workspace.open_reader()
    await asyncio.wait([asyncio.wrap_future(desk._early_read[1])])  # type: ignore[index]
    await asyncio.to_thread(make_action, other, title="Brief the SPOCs")
    first_version = await desk.read_data_version()
    assert await desk.show(count_all) == 0
    assert await desk.show(count_all) == 1
    assert await desk.read_data_version() != first_version
    other.close()
    await asyncio.to_thread(desk.close)


async def test_an_error_of_a_read_ahead_is_raised_where_it_is_shown(workspace: Workspace) -> None:
    desk = Desk(workspace)
    desk.read_ahead(fail)
    with pytest.raises(StoreError, match=r"^The backup cannot be written"):
        await desk.show(fail)
    await asyncio.to_thread(desk.close)
