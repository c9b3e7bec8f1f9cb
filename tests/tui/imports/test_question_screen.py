"""Questions of an import on the screen."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.replication.conflicts import ConflictQuestion
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.imports.question import QuestionScreen
from ahtc_tui.tui.imports.screen import ImportScreen
from ahtc_tui.tui.imports.three_way_view import Choices, allows_both
from ahtc_tui.tui.widgets.plain import Plain
from tests.builders import make_party
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk
from tests.tui.imports.conftest import LogWriter, import_path


def read_form_error(hands: Hands) -> str:
    """Return the error message of the current form."""
    return str(hands.app.screen.query_one("#form-error", Plain).content)


@pytest.mark.parametrize(("field", "both"), [("same_record", True), ("progress", False), ("title", False)])
def test_a_merge_keeps_two_records_but_never_two_values(field: str, both: bool) -> None:
    values = ("id", "DP-01", field, "before", "ours", "theirs", "changed on both laptops", "")
    assert allows_both(ConflictQuestion(*values)) is both
    assert allows_both(Question(*values)) is (field != "title")


@pytest.mark.long
async def test_an_invalid_typed_answer_keeps_the_form_open(wales: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    async with wide(wales) as hands:
        await import_path(hands, log("DP-25,,tbc,half way,", "DP-27,,,half way,"))
        await hands.press_keys("enter")
        assert isinstance(hands.screen, QuestionScreen)
        assert hands.app.cursor_position.y > 0  # below the line of modes
        await hands.press_keys("2")
        assert "no value to take" in hands.toasts[-1]
        await hands.press_keys("5")
        assert "only for updates, records, phones and emails" in hands.toasts[-1]
        await hands.press_keys("0", "e")
        await hands.press_keys("enter")
        assert read_form_error(hands).startswith('"half way" is not a status')
        await hands.press_keys("ctrl+a", "ctrl+k")
        await hands.type_text("theirs")
        await hands.press_keys("enter")
        assert read_form_error(hands).startswith("Enter a value")
        await hands.press_keys("ctrl+a", "ctrl+k")
        await hands.type_text("on hold")
        await hands.press_keys("enter")
        assert "3 questions, 2 answered" in hands.text
        await hands.press_keys("y")
        assert "1 question left open" in hands.toasts[-1]
    assert show_action(wales, "DP-25").row.status == "on_hold"


@pytest.mark.long
async def test_both_updates_can_be_kept(wales: Workspace, wide: OpenDesk, log: LogWriter) -> None:
    title = show_action(wales, "DP-25").row.title
    async with wide(wales) as hands:
        await import_path(hands, log(f'"{title}",Met twice.', head="Action,Progress"))
        await hands.press_keys("enter")
        assert "only the title matches the action" in hands.text
        await hands.press_keys("5", "y")
    assert show_action(wales, "DP-25").row.latest_update == "Met twice."


@pytest.mark.long
async def test_questions_can_be_answered_with_the_mouse(wales: Workspace, narrow: OpenDesk, log: LogWriter) -> None:
    async with narrow(wales) as hands:
        await import_path(hands, log("DP-25,,,half way,", "DP-27,,,half way,", "DP-34,,,half way,"))
        await hands.pilot.click("RecordList", offset=(20, 2), times=2)
        await hands.wait_until_idle()
        assert "One answer applies to 3 questions like this" in hands.text
        await hands.pilot.click("#question-keys", offset=(4, 0))
        await hands.wait_until_idle()
        assert isinstance(hands.screen, ImportScreen)
        assert "3 questions, 3 answered" in hands.text


@pytest.mark.long
async def test_the_answer_about_the_text_column_reads_the_rows(
    wales: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    file = log("Ring the harbour about it,Bawso,", "Book a room for it,Bawso,", head="Zyx of it,Who,By when")
    async with wide(wales) as hands:
        await import_path(hands, file)
        assert "Zyx of it" in hands.text
        await hands.press_keys("enter")
        assert isinstance(hands.screen, QuestionScreen)
        assert "1 leave it out" in hands.text
        await hands.press_keys("2")
        assert isinstance(hands.screen, ImportScreen)
        assert "2 new" in hands.text
        assert "Ring the harbour about it" in hands.text


@pytest.mark.long
async def test_an_answer_that_does_not_fit_the_line_goes_to_the_next_with_its_key(
    wales: Workspace, narrow: OpenDesk, log: LogWriter
) -> None:
    with use_language(Language.CY):
        async with narrow(wales) as hands:
            await import_path(hands, log(",A new line,,,", "DP-25,,,half way,"))
            await hands.press_keys("enter")
            keys = hands.screen.query_one("#question-keys", Choices)
            assert [str(line).rstrip() for line in str(keys.content).splitlines()] == [
                "1 hepgor y rhes   2 cam gweithredu newydd ydyw   e cam gweithredu arall ydyw",
                "0 ei adael yn agored",
            ]
            await hands.pilot.click("#question-keys", offset=(2, 1))
            await hands.wait_until_idle()
            assert "cwestiwn 2 o 2" in hands.text


async def test_a_question_about_a_new_row_shows_its_number_and_title(
    workspace: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    async with wide(workspace) as hands:
        await import_path(hands, log("7,Write to the ports,Gwent Harbour Unit,,", "8,Train the staff,,,"))
        await hands.press_keys("enter")
        assert isinstance(hands.screen, QuestionScreen)
        title = str(hands.screen.title_line.content)
        assert title.splitlines()[-1] == "7  Write to the ports"


async def test_a_value_of_a_new_row_is_saved_or_left_empty(
    workspace: Workspace, wide: OpenDesk, log: LogWriter
) -> None:
    make_party(workspace, "Ann Example", "ann-example", kind="person")
    async with wide(workspace) as hands:
        await import_path(hands, log("7,Write to the ports,A Example,,"))
        await hands.press_keys("enter")
        assert '1 leave it empty   2 save "Ann Example"' in hands.text
        assert "keep ours" not in hands.text
        await hands.press_keys("2")
        assert "decided" in hands.rows[1]
