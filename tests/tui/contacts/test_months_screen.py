"""Contacts with everybody by month."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from ahtc_tui.domain.drafts.contacts import build_engagement_draft
from ahtc_tui.services.contacts.engagement import add_engagement, set_tier, show_contacts_by_month
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.tui.conftest import OpenDesk


@pytest.fixture
def spoken(wales: Workspace) -> Workspace:
    """Contacts with Bawso in two months, and none with the CPS, which has a tier."""
    for day, subject in (("2013-10-02", "First"), ("2013-12-03", "Second"), ("2013-12-10", "Third")):
        draft = build_engagement_draft({"on": day, "kind": "call", "subject": subject}, TODAY)
        add_engagement(wales, ["Bawso"], draft)
    set_tier(wales, "cps", 1)
    return wales


def test_contacts_are_counted_by_month_and_the_overdue_are_listed_too(spoken: Workspace) -> None:
    page = show_contacts_by_month(spoken)
    rows = {row.ref: row for row in page.rows}
    assert (page.months[0].isoformat(), page.months[-1].isoformat()) == ("2013-01-01", "2013-12-01")
    assert rows["bawso"].counts[-3:] == (1, 0, 2)
    assert (rows["cps"].total, rows["cps"].why) == (0, "no contact yet")


async def test_a_block_a_month_shows_the_contacts_and_a_line_says_them(spoken: Workspace, either: OpenDesk) -> None:
    async with either(spoken) as desk:
        await desk.press_keys("6", ".", "E")
        assert "Contacts by month, Jan 2013 to Dec 2013" in desk.text
        assert "JFMAMJJASOND" in desk.text
        assert any("·········▄·█" in row for row in desk.rows if "Bawso" in row)
        while desk.screen.list_pane.highlighted.ref != "bawso":
            await desk.press_keys("down")
        assert "Oct 2013: 1   Dec 2013: 2" in desk.text
        await desk.press_keys("x")
        await desk.press_keys("enter")
        assert desk.screen.noun == "contacts"
        assert desk.screen.list_pane.highlighted.ref == "bawso"
    (file,) = spoken.exports.glob("* Contacts by month.svg")
    assert "Bawso" in "".join(ElementTree.fromstring(file.read_text()).itertext())
