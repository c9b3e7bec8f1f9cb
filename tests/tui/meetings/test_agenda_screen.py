"""The agenda: template, items, papers and the forward plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.drafts.meetings import build_forward_draft, build_meeting_draft, build_paper_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.minutes.item_lengths import ItemLength
from ahtc_tui.services.meetings import agenda, agenda_template, papers
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.meetings.agenda_card import AgendaLine, build_lines, build_sections
from ahtc_tui.tui.meetings.agenda_screen import AgendaScreen
from ahtc_tui.tui.widgets.detail_pane import Fact
from tests.builders import TODAY, make_line
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


def create_meeting(office: Workspace, starts: str = "2014-02-11 10:00") -> str:
    return add_meeting(office, build_meeting_draft({"group": "LG", "starts": starts, "minutes": "60"}, TODAY)).ref


def list_item_titles(office: Workspace, ref: str) -> list[str]:
    return [item.title for item in show_meeting(office, ref).agenda]


def read_selected_title(desk: Hands) -> str:
    line: Any = desk.screen.list_pane.highlighted
    return str(line.title.strip())


async def open_agenda(desk: Hands, ref: str) -> None:
    await desk.press_keys("4")
    desk.screen.select_record(ref)
    await desk.wait_until_idle()
    await desk.press_keys("a")


async def test_agenda_is_typed_without_a_form(wales: Workspace, wide: OpenDesk) -> None:
    ref = create_meeting(wales)
    async with wide(wales) as desk:
        await open_agenda(desk, ref)
        assert isinstance(desk.screen, AgendaScreen)
        assert "Press . and t to add the template" in desk.text
        await desk.press_keys(".", "t")
        await desk.press_keys("n")
        await desk.type_text("Training @jef 15 min #Delivery")
        assert "@jef → Jeff Farrar   15 min   section Delivery" in desk.text
        await desk.press_keys("enter")
        await desk.type_text("Data [sets]")
        await desk.press_keys("enter", "escape")
        assert list_item_titles(wales, ref)[-4:] == [
            "Training",
            "Data [sets]",
            "Any other business",
            "Date of the next meeting",
        ]
        assert read_selected_title(desk) == "Data [sets]"
        item = show_meeting(wales, ref).agenda[5]
        assert (item.presenter, item.minutes, item.section) == ("Jeff Farrar", 15, "Delivery")
        await desk.press_keys("alt+up", "+", "+", "e")
        assert desk.screen.entry.input.value == "Data [sets] 10 min"
        await desk.press_keys("home")
        await desk.type_text("Good ")
        await desk.press_keys("enter")
        assert list_item_titles(wales, ref)[5] == "Good Data [sets]"
        await desk.press_keys("delete")
        assert list_item_titles(wales, ref)[5] == "Training"
        await desk.press_keys("u")
        assert list_item_titles(wales, ref)[5] == "Good Data [sets]"
        assert read_selected_title(desk) != "Welcome", "the cursor stays at the edited item"
        assert "75 min   15 MIN TOO LONG" in desk.text
        await desk.press_keys(".", "T")
        assert len(agenda_template.show_template(wales, "LG")[0]) == 7
        await desk.press_keys("q")
        assert not isinstance(desk.app.screen, AgendaScreen)
        assert "Good Data [sets]" in desk.card


@pytest.mark.long
async def test_paper_is_listed_under_its_item_with_its_state(wales: Workspace, narrow: OpenDesk) -> None:
    ref = create_meeting(wales)
    agenda_template.apply_template(wales, ref)
    async with narrow(wales) as desk:
        await open_agenda(desk, ref)
        await desk.press_keys(".", "p")
        await desk.type_text("Courses held @ahtc due 31 jan 2014")
        await desk.press_keys("enter")
        paper = papers.list_papers(wales, ref)[0]
        assert (paper.item, paper.author, paper.due and paper.due.iso) == (
            1,
            "Anti Human Trafficking Co-ordinator",
            "2014-01-31",
        )
        assert read_selected_title(desk) == "paper P1  Courses held"
        await desk.press_keys(".", "b")
        assert papers.list_papers(wales, ref)[0].published
        await desk.press_keys(".", "f")
        assert desk.toasts[-1] == "Papers cannot be moved. Press . and f to move items."
        await desk.press_keys(".", "w")
        await desk.press_keys("down", "enter")
        assert desk.screen.entry.input.placeholder == "a note for the office, never printed"
        await desk.type_text("Counsel advised")
        await desk.press_keys("enter")
        paper = papers.list_papers(wales, ref)[0]
        assert (paper.withheld_reason, paper.withheld_because) == ("commercial", "Counsel advised")
        assert "Withheld: commercial interests" in " ".join(desk.card.split())
        await desk.press_keys("delete")
        assert papers.list_papers(wales, ref) == []


@pytest.mark.long
async def test_the_file_of_a_paper_is_attached_by_its_path_and_saved(
    wales: Workspace, narrow: OpenDesk, tmp_path: Path
) -> None:
    ref = create_meeting(wales)
    agenda_template.apply_template(wales, ref)
    papers.add_paper(wales, ref, build_paper_draft({"title": "Courses held", "item": 1}, TODAY))
    file = tmp_path / "Courses @ahtc ŵ.pdf"
    file.write_bytes(b"%PDF-1.7")
    async with narrow(wales) as desk:
        await open_agenda(desk, ref)
        await desk.press_keys(".", "a")
        assert "Select a paper" in desk.text
        await desk.press_keys("j", "x")
        assert "has no file" in desk.text
        await desk.press_keys(".", "a")
        await desk.type_text("/nowhere.pdf")
        await desk.press_keys("enter")
        assert "There is no file" in desk.text
        desk.screen.entry.input.value = f"'{file}'"
        await desk.press_keys("enter")
        assert papers.list_papers(wales, ref)[0].file == file.name
        assert "File    Courses @ahtc" in desk.card
        await desk.press_keys("x")
        assert (wales.exports / file.name).read_bytes() == b"%PDF-1.7"
        await desk.press_keys("u")
        assert "File    none" in desk.card


@pytest.mark.long
async def test_items_move_between_agenda_and_forward_plan(wales: Workspace, narrow: OpenDesk) -> None:
    make_line(wales, create_meeting(wales, "2013-11-12 10:00"), "a: Ask the boards")
    ref = create_meeting(wales)
    agenda_template.apply_template(wales, ref)
    agenda.add_forward_item(wales, "LG", build_forward_draft({"title": "NRM pilot"}, TODAY))
    async with narrow(wales) as desk:
        await open_agenda(desk, ref)
        await desk.press_keys("G")
        assert read_selected_title(desk) == "NRM pilot"
        await desk.press_keys(".", "f")
        assert list_item_titles(wales, ref)[5] == "NRM pilot"
        await desk.press_keys("g", "j", "j", "j", "j")
        assert "LG-2013-01/01  Ask the boards" in desk.card
        await desk.press_keys("j", ".", "f", ".", "F")
        await desk.type_text("Data sets 20 min for june 2014")
        await desk.press_keys("enter")
        rows = [(row.title, str(row.for_on or "")) for row in agenda.list_forward_items(wales, "LG")]
        assert rows == [("Data sets", "June 2014"), ("NRM pilot", "")]
        await desk.press_keys("G", "delete", "n")
        await desk.type_text("never mind")
        await desk.press_keys("escape")
        assert [row.title for row in agenda.list_forward_items(wales, "LG")] == ["Data sets"]
        assert "never mind" not in list_item_titles(wales, ref)


@pytest.mark.long
async def test_unknown_presenter_keeps_the_typed_line(wales: Workspace, narrow: OpenDesk) -> None:
    ref = create_meeting(wales)
    async with narrow(wales) as desk:
        await open_agenda(desk, ref)
        await desk.press_keys("n")
        await desk.type_text("Training @zzz")
        assert "@zzz → not in the register" in desk.text
        await desk.press_keys("enter")
        assert desk.screen.entry.input.value == "Training @zzz"
        assert list_item_titles(wales, ref) == []
        assert 'is called "zzz"' in desk.toasts[-1]


def test_the_card_of_an_item_proposes_the_length_of_the_last_time(wales: Workspace) -> None:
    ref = create_meeting(wales)
    agenda.add_item(wales, ref, build_agenda_draft({"title": "Training", "minutes": 10}))
    shown = replace(agenda.show_agenda(wales, ref), lengths={"training": ItemLength(25, "LG-2013-01")})
    line = next(line for line in build_lines(shown) if isinstance(line, AgendaLine))
    facts = [section for section in build_sections(line, shown) if isinstance(section, Fact)]
    assert facts[1:3] == [Fact("Length", "10 min"), Fact("Proposed length", "25 min, as at LG-2013-01")]
