"""Pictures of the plan over time as SVG files."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action
from tests.tui.conftest import OpenDesk

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.sample(3)
@pytest.mark.parametrize(("keys", "name"), [("t", "Timeline"), ("b", "Charts"), ("bvv", "Charts")])
async def test_a_picture_has_every_line_of_its_page(busy: Workspace, wide: OpenDesk, keys: str, name: str) -> None:
    async with wide(busy) as desk:
        await desk.press_keys("3", ".", *keys, "x")
        titles = [column.title for column in desk.screen.list_pane.list_shown_columns() if column.title.strip()]
        rows = await desk.screen.list_pane.read_rows()
        first = desk.screen.list_pane.list_shown_columns()[0]
        expected = [first.render(row).strip() for row in rows]
    (file,) = busy.exports.glob(f"* {name}.svg")
    root = ElementTree.fromstring(file.read_text())
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert texts[0] == "OFFICIAL"
    assert {*expected, *(title.strip() for title in titles)} <= set(texts)
    assert root.find(f"{SVG}title") is not None
    assert "http" not in file.read_text().replace("http://www.w3.org/2000/svg", "")


async def test_a_picture_leaves_out_what_is_marked_higher(busy: Workspace, wide: OpenDesk) -> None:
    row = make_action(busy, title="Ŵyn & <Llŷn> " + "w" * 200, due="2014-03-31")
    secret = make_action(busy, title="Plan the inspection", due="2014-03-31")
    edit_action(busy, secret.ref, build_action_draft({"marking": "official-sensitive"}))
    async with wide(busy) as desk:
        await desk.press_keys("3", ".", "t", "x")
        assert desk.toasts[-1].endswith("1 row is marked above OFFICIAL and left out")
    (file,) = busy.exports.glob("* Timeline.svg")
    text = "".join(ElementTree.fromstring(file.read_text()).itertext())
    assert "Ŵyn & <Llŷn> ww" in text
    assert row.ref in text
    assert "Plan the inspection" not in text
