"""A paper for a committee: drafted from the records in a handful of keys, and marked where a record changes after."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.drafts.commissions import commission_draft
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.commissions.service import edit_commission, show_commission
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft
from tests.journeys.hands import Hands
from tests.services.documents.test_office_papers import words_of
from tests.tui.conftest import Sitting


def read(desk: Hands) -> str:
    """What the card says, on one line."""
    return " ".join(desk.card.split())


async def test_a_follow_up_paper_is_asked_for_drafted_and_written_in_10_keys(
    wales: Workspace, either: Sitting, tmp_path: Path
) -> None:
    async with either(wales) as desk:
        await desk.press("8", "o", "n")
        await desk.type("Six months on")
        await desk.press("ctrl+s")
        assert "COM-01" in desk.text
        await desk.press("home", "d")
        assert "43 paragraphs that rest on" in desk.text
        await desk.press("y", "x")
        assert desk.keys <= 10
        assert "Written: exports/paper-COM-01.docx" in desk.toasts[-1]
    (paper,) = (tmp_path / "office" / "exports").iterdir()
    said = words_of(paper)
    assert all(f"DP-{number:02}" in said for number in range(1, 45))
    assert "5. How the recommendations of the Council of Europe 2012" in said
    assert "Annex: good practice by place" in said


async def test_what_changed_since_is_marked_read_worded_and_confirmed(wales: Workspace, either: Sitting) -> None:
    edit_action(wales, "DP-05", a_draft(due="2014-03-31"))
    async with either(wales) as desk:
        await desk.press("8", "o", "enter")
        assert "30   celg-4-31-13   1 changed since" in desk.text
        await desk.press("/")
        await desk.type("DP-05")
        await desk.press("enter")
        assert "An evidence base" in desk.rows[1]
        assert "! changed" in desk.rows[1]
        await desk.press("enter")
        assert "was: Produce the primary data set: NRM referrals and criminal justice cases: in progress" in read(desk)
        assert "due 31 March 2014" in read(desk)
        await desk.press("escape", "c")
        assert "2.5: holds as the records stand" in desk.toasts[-1]
        await desk.press("e")
        await desk.type("The evidence base")
        await desk.press("ctrl+s")
        assert "2.5 written" in desk.toasts[-1]
        await desk.press("escape", "escape")
        assert desk.screen.list_pane.highlighted.ref == "celg-4-31-13"
    own = {paragraph.number: paragraph for paragraph in show_commission(wales, "celg-4-31-13").paragraphs}["2.5"]
    assert not own.stale
    assert "The evidence base" in str(own.title)


async def test_the_palette_finds_a_paper_and_opens_its_paragraphs(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        desk.app.go("commission", "celg-4-31-13")
        await desk.rest()
        assert any(row.split()[:3] == ["2.9", "Regional", "fora"] for row in desk.rows)
        await desk.press("n")
        assert "New paragraph under question 1" in desk.text
        await desk.press("escape", "escape")
        assert desk.screen.noun == "today"


async def test_a_paper_that_is_due_stands_on_today_and_enter_opens_it(wales: Workspace, either: Sitting) -> None:
    edit_commission(wales, "celg-4-31-13", commission_draft({"due": "2014-01-10"}, TODAY))
    async with either(wales) as desk:
        assert "PAPERS ASKED FOR  1" in desk.text
        assert any("Human Trafficking" in row and "Fri 10 Jan" in row for row in desk.rows)
        while desk.screen.list_pane.highlighted.kind != "commission":
            await desk.press("down")
        await desk.press("enter")
        assert "every paragraph holds" in desk.text
