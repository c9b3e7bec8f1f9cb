"""A filter that is not understood: the reason beside it, and the list as it was."""

from __future__ import annotations

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import OpenDesk


@pytest.mark.sample(8)
@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("2", "!foo", '"!foo" is not a condition'),
        ("2", "due<blah", '"due<blah" needs a date'),
        ("2", "@zzyzx", 'No contact or group is called "zzyzx"'),
        ("2", "kind:post", '"kind:" filters contacts, not actions'),
        ("4", "nonsense:x", '"nonsense:" is not a condition'),
        ("5", "nonsense:x", '"nonsense:" is not a condition'),
        ("6", "+nolist", "There is no circulation list"),
        ("7", "nonsense:x", '"nonsense:" is not a condition'),
    ],
)
async def test_a_filter_that_is_not_understood_keeps_the_list(
    wales: Workspace, wide: OpenDesk, key: str, typed: str, sentence: str
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(key)
        before = desk.rows
        await desk.press_keys("/")
        await desk.type_text(typed)
        assert sentence in desk.screen.filter_bar.status.visual.plain
        assert sentence[:30] in desk.text
        assert not desk.toasts
        assert desk.rows
        await desk.press_keys("escape")
        assert sentence not in desk.text
        assert desk.rows == before


@pytest.mark.long
async def test_a_minus_excludes_on_the_screen(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2")
        everything = set(desk.refs)
        await desk.press_keys("/")
        await desk.type_text("training")
        training = set(desk.refs)
        await desk.press_keys("escape", "/")
        await desk.type_text("-training")
        assert set(desk.refs) == everything - training
