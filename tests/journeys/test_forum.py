"""An office pack for a forum, in four keys and a passphrase."""

from __future__ import annotations

import pytest

from ahtc_tui.services.actions.service import add_action
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.office_pack import open_pack
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.reports.screen import PackForm
from tests.builders import TODAY, make_action_draft
from tests.journeys.conftest import Wording
from tests.journeys.test_posts import wait_for_text
from tests.tui.conftest import OpenDesk

PASSPHRASE = "carreg afon lleuad"


async def test_the_pack_for_the_forum_takes_four_keys(wales: Workspace, narrow: OpenDesk, wording: Wording) -> None:
    async with narrow(wales) as hands:
        await hands.press_keys("ctrl+p")
        await hands.type_text("encrypted copy")
        await wait_for_text(hands, "8 . w")
        await hands.press_keys("enter")
        await hands.wait_until_idle()
        assert isinstance(hands.screen, PackForm)
        await hands.type_text(PASSPHRASE)
        await hands.press_keys("enter")
        await hands.type_text(PASSPHRASE)
        assert PASSPHRASE not in hands.text
        await hands.press_keys("ctrl+s")
        assert hands.keys <= 4
        assert "pack-a-2013-12-31.ahtc" in hands.text
        assert wording("u to undo", "u i ddadwneud") not in hands.text
        assert PASSPHRASE not in hands.text
    open_pack(wales.exports / "pack-a-2013-12-31.ahtc", wales.root / "away", PASSPHRASE)
    away = open_workspace(wales.root / "away", TODAY, PASSPHRASE)
    assert add_action(away, make_action_draft(title="Agree dates with Gwent")).ref.startswith("DP-45A")
    away.close()


@pytest.mark.long
async def test_a_mistyped_passphrase_is_reported_in_the_form(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as hands:
        await hands.press_keys("8", ".", "w")
        await hands.type_text(PASSPHRASE)
        await hands.press_keys("enter")
        await hands.type_text("carreg afon haul")
        await hands.press_keys("ctrl+s")
        assert "are not the same" in hands.text
        await hands.press_keys("escape", "y")
        assert hands.screen.noun == "reports"
    assert not list(wales.exports.iterdir())
