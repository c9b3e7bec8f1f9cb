"""The plan of an import shows the row of the file beside the record that it becomes, and asks like questions once."""

from __future__ import annotations

from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.imports.files import FilesScreen
from ahtc_tui.tui.imports.question import QuestionScreen
from ahtc_tui.tui.imports.questions import OwnersScreen
from ahtc_tui.tui.imports.screen import ImportScreen
from tests.builders import query_rows
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk
from tests.tui.imports.conftest import LogWriter, import_path

HEAD = "No,Action,Owner,Due,State,Notes,Mood"


def find_line(hands: Hands, words: str) -> str:
    """Return the first line of the screen with some words."""
    return next((line for line in hands.text.splitlines() if words in line), "")


async def test_a_row_is_beside_the_record_that_it_becomes(workspace: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    file = log("1,Ring the harbour about the leaflet,,31/01/14,Open,Met twice,glad", head=HEAD)
    async with wide(workspace) as hands:
        await import_path(hands, file)
        await hands.press_keys("escape")
        assert isinstance(hands.screen, ImportScreen)
        assert "IN THE FILE" in hands.text
        assert "BECOMES" in hands.text
        due = find_line(hands, "31/01/14")
        assert "≠" in due
        assert "31 January 2014" in due
        assert "left out" in find_line(hands, "Mood")
        assert "≠" not in find_line(hands, "Met twice")


async def test_a_changed_value_is_marked_and_an_unchanged_one_stays(
    wales: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    async with wide(wales) as hands:
        await import_path(hands, log("DP-25,,,on hold,"))
        assert "As it is".lower() in find_line(hands, "DP-25   ").lower() or "IN THE FILE" in hands.text
        assert "On hold" in hands.text


async def test_questions_that_are_alike_are_one_line_and_one_answer(
    wales: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    refs = ("DP-25", "DP-27", "DP-34")
    async with wide(wales) as hands:
        await import_path(hands, log(*(f"{ref},,,complete?," for ref in refs)))
        assert "QUESTIONS  3" in hands.text
        assert "(3)" in find_line(hands, "? asked")
        await hands.press_keys("enter")
        assert isinstance(hands.screen, QuestionScreen)
        assert "One answer applies to 3 questions like this" in hands.text
        assert "question 1 of 1" in hands.text
        await hands.press_keys("2")
        assert isinstance(hands.screen, ImportScreen)
        assert "3 questions, 3 answered" in hands.text
        await hands.press_keys("y")
    assert {str(show_action(wales, ref).row.status) for ref in refs} == {"proposed_complete"}


async def test_alike_questions_can_be_asked_one_by_one(wales: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    async with wide(wales) as hands:
        await import_path(hands, log("DP-25,,,complete?,", "DP-27,,,complete?,"))
        await hands.press_keys("enter", ".", "o")
        assert "question 1 of 2" in hands.text
        await hands.press_keys("2", "1")
        assert "2 questions, 2 answered" in hands.text
        assert "1 of 2" not in find_line(hands, "DP-25")


async def test_unknown_leads_are_one_screen_with_a_default_each(
    workspace: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    file = log("1,Write the leaflet,Sara Bowen,,,,", "2,Hold the course,Aber Trust Ltd,,,,", head=HEAD)
    async with wide(workspace) as hands:
        await import_path(hands, file)
        assert "Sara Bowen, Aber Trust Ltd (2)" in hands.text
        await hands.press_keys("enter")
        assert isinstance(hands.screen, OwnersScreen)
        assert "a new person" in find_line(hands, "Sara Bowen")
        assert "a new organisation" in find_line(hands, "Aber Trust Ltd")
        await hands.press_keys("down", "enter", "down", "enter")
        assert "a new organisation" not in find_line(hands, "Aber Trust Ltd")
        await hands.press_keys("y")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press_keys("y")
    assert query_rows(workspace, "SELECT count(*) FROM actions") == [(2,)]
    assert ("Sara Bowen", "person") in query_rows(workspace, "SELECT name, kind FROM parties WHERE NOT deleted")


async def test_only_a_return_has_a_current_value(wales: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    async with wide(wales) as hands:
        await import_path(hands, log("Ring the harbour,Zyxa Ltd,31/01/14", head="Action,Owner,Due"))
        assert "Current → returned" not in hands.text
        await hands.press_keys("enter")
        assert "sent" not in hands.text.split("reason")[0]
        assert "in the file" in hands.text
        assert "31/01/14" in hands.text


async def test_a_question_shows_the_record_beside_its_row(wales: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    head = "Ref,Action,Lead,Status,Due"
    async with wide(wales) as hands:
        await import_path(hands, log("DP-13,,CPS,complete?,31/01/14", head=head))
        await hands.press_keys("enter")
        assert isinstance(hands.screen, QuestionScreen)
        below_the_reason = hands.text.split("reason")[1]
        facts = [line.split() for line in below_the_reason.splitlines()]
        assert ["record", "in", "the", "file"] in facts
        assert any(line[:1] == ["status"] and line[-1] == "complete?" for line in facts)
        assert any(line[:1] == ["due"] and line[-1] == "31/01/14" for line in facts)
        assert any(line[:1] == ["lead"] and line[-1] == "CPS" for line in facts)


async def test_leaving_says_that_nothing_was_imported(wales: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    async with wide(wales) as hands:
        await import_path(hands, log("DP-25,,,on hold,"))
        await hands.press_keys("escape", "enter")
        assert isinstance(hands.screen, FilesScreen)
        assert hands.toasts[-1] == "Nothing was imported from log.csv."
