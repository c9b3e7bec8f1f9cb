"""An agenda as the secretariat makes it: template, items, papers, what is meant for later, all in one line."""

from __future__ import annotations

from typing import Any

from ahtc_tui.domain.drafts.agenda import forward_draft
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.services.meetings import agenda_template, forward_plan, papers
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.meetings.agenda_screen import AgendaScreen
from tests.builders import TODAY
from tests.journeys.hands import Hands
from tests.tui.conftest import Sitting


def a_meeting(office: Workspace, starts: str = "2014-02-11 10:00") -> str:
    return add_meeting(office, meeting_draft({"group": "LG", "starts": starts, "minutes": "60"}, TODAY)).ref


def on(office: Workspace, ref: str) -> list[str]:
    return [item.title for item in show_meeting(office, ref).agenda]


def title(desk: Hands) -> str:
    line: Any = desk.screen.list_pane.highlighted
    return str(line.title.strip())


async def open_agenda(desk: Hands, ref: str) -> None:
    await desk.press("4")
    desk.screen.find(ref)
    await desk.rest()
    await desk.press("a")


async def test_an_agenda_is_made_without_a_form(wales: Workspace, wide: Sitting) -> None:
    ref = a_meeting(wales)
    async with wide(wales) as desk:
        await open_agenda(desk, ref)
        assert isinstance(desk.screen, AgendaScreen)
        assert "t takes the template" in desk.text
        await desk.press("t")
        await desk.press("n")
        await desk.type("Training @jef 15 min #Delivery")
        assert "@ → Jeff Farrar   15 min   section Delivery" in desk.text
        await desk.press("enter")
        await desk.type("Data [sets]")
        await desk.press("enter", "escape")
        assert on(wales, ref)[-4:] == ["Training", "Data [sets]", "Any other business", "Date of the next meeting"]
        assert title(desk) == "Data [sets]"
        item = show_meeting(wales, ref).agenda[5]
        assert (item.presenter, item.minutes, item.section) == ("Jeff Farrar", 15, "Delivery")
        await desk.press("alt+up", "+", "+", "e")
        assert desk.screen.entry.input.value == "Data [sets] 10 min"
        await desk.press("home")
        await desk.type("Good ")
        await desk.press("enter")
        assert on(wales, ref)[5] == "Good Data [sets]"
        await desk.press("x")
        assert on(wales, ref)[5] == "Training"
        await desk.press("u")
        assert on(wales, ref)[5] == "Good Data [sets]"
        assert title(desk) != "Welcome", "the cursor stays where the work is"
        assert "75 min   15 MIN TOO LONG" in desk.text
        await desk.press("T")
        assert len(agenda_template.show_template(wales, "LG")[0]) == 7
        await desk.press("q")
        assert not isinstance(desk.app.screen, AgendaScreen)
        assert "Good Data [sets]" in desk.card


async def test_a_paper_stands_under_its_item_and_says_what_became_of_it(wales: Workspace, narrow: Sitting) -> None:
    ref = a_meeting(wales)
    agenda_template.use_template(wales, ref)
    async with narrow(wales) as desk:
        await open_agenda(desk, ref)
        await desk.press("p")
        await desk.type("Courses held @ahtc due 31 jan 2014")
        await desk.press("enter")
        paper = papers.list_papers(wales, ref)[0]
        assert (paper.item, paper.author, paper.due and paper.due.iso) == (
            1,
            "Anti Human Trafficking Co-ordinator",
            "2014-01-31",
        )
        assert title(desk) == "paper P1  Courses held"
        await desk.press("b")
        assert papers.list_papers(wales, ref)[0].published
        await desk.press("f")
        assert desk.toasts[-1] == "A paper stays with the meeting: f moves items."
        await desk.press("w")
        assert desk.screen.entry.input.placeholder == "the reason, as it is printed"
        await desk.type("Commercial")
        await desk.press("enter")
        assert papers.list_papers(wales, ref)[0].standing == "Commercial"
        assert "Standing  Commercial" in desk.card
        await desk.press("x")
        assert papers.list_papers(wales, ref) == []


async def test_one_key_moves_what_was_meant_for_later_onto_the_agenda_and_back(
    wales: Workspace, narrow: Sitting
) -> None:
    minutes.add_line(wales, a_meeting(wales, "2013-11-12 10:00"), "a: Ask the boards")
    ref = a_meeting(wales)
    agenda_template.use_template(wales, ref)
    forward_plan.add_forward(wales, "LG", forward_draft({"title": "NRM pilot"}, TODAY))
    async with narrow(wales) as desk:
        await open_agenda(desk, ref)
        await desk.press("G")
        assert title(desk) == "NRM pilot"
        await desk.press("f")
        assert on(wales, ref)[5] == "NRM pilot"
        await desk.press("g", "j", "j", "j", "j")
        assert "LG-2013-01/01  Ask the boards" in desk.card
        await desk.press("j", "f", "F")
        await desk.type("Data sets 20 min for june 2014")
        await desk.press("enter")
        rows = [(row.title, str(row.for_on or "")) for row in forward_plan.list_forward(wales, "LG")]
        assert rows == [("Data sets", "June 2014"), ("NRM pilot", "")]
        await desk.press("G", "x", "n")
        await desk.type("never mind")
        await desk.press("escape")
        assert [row.title for row in forward_plan.list_forward(wales, "LG")] == ["Data sets"]
        assert "never mind" not in on(wales, ref)


async def test_a_name_that_nobody_answers_to_keeps_the_line(wales: Workspace, narrow: Sitting) -> None:
    ref = a_meeting(wales)
    async with narrow(wales) as desk:
        await open_agenda(desk, ref)
        await desk.press("n")
        await desk.type("Training @zzz")
        assert "@ → nobody in the register" in desk.text
        await desk.press("enter")
        assert desk.screen.entry.input.value == "Training @zzz"
        assert on(wales, ref) == []
        assert 'answers to "zzz"' in desk.toasts[-1]
