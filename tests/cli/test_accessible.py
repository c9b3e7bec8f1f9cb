"""The dialogue of lines: what is read out in the scenes of a meeting, of a return and of a Monday."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.cli.console.output import ACCESSIBLE
from ahtc_tui.cli.console.spoken_lines import format_spoken_line
from ahtc_tui.cli.main import run
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.meetings.service import show_meeting
from ahtc_tui.services.plan.service import list_milestones
from ahtc_tui.services.workspace import Workspace
from tests.journeys.returned import ExpectedReport, ReturnedWorkbook

Talk = Callable[..., str]
"""Types lines and returns what was printed."""


@pytest.fixture
def talk(office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Talk:
    monkeypatch.setenv(ACCESSIBLE, "1")

    def type_lines(*lines: str, flags: tuple[str, ...] = ()) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert run(["--as-at", "2014-01-28", *flags]) == 0
        captured = capsys.readouterr()
        return captured.out + captured.err

    return type_lines


def test_a_monday_is_read_by_numbers(talk: Talk) -> None:
    output = talk("1", "1", "contacts list dyfed", "quit")
    assert "1. Today\n2. Actions\n3. Plan\n" in output
    assert (
        "1. DP-07, Review of Violence Against Women, Domestic and Sexual Violence Services: report to the Minister,"
        " UCLan, 28 days late" in output
    ), "whole, without columns"
    assert "Commissioner: Welsh Government" in output, "the action that the number opens"
    assert "spoc-dyfed-powys, Single Point of Contact, Dyfed-Powys Police" in output
    assert "Everything entered is saved." in output
    assert "\x1b" not in output


def test_minutes_are_taken_line_by_line(talk: Talk, wales: Workspace) -> None:
    output = talk(
        'meetings add Group --group leadership-group --starts "14 jan 2014 10am"',
        "meetings agenda LG-2014-01 --add Training",
        'meetings agenda LG-2014-01 --add "Data sets"',
        "minutes LG-2014-01",
        "n: Two courses were held, it's said",
        "",
        "- three more are planned",
        "item 2",
        "a: Agree dates @jeff due end feb",
        "item 9",
        "n: still of item 2",
        "end",
    )
    assert "Item 1: 1.1, note\n" in output
    assert "Item 1: Data sets\nItem 2: " in output
    assert "LG-2014-01/01: Jeff Farrar, by 28 February 2014\n" in output
    assert "There is no item 9. The agenda has 2.\n" in output
    assert "Item 2: 4 lines were added to the minutes.\n" in output
    assert [(line.number, line.text) for line in show_meeting(wales, "LG-2014-01").lines] == [
        ("1.1", "Two courses were held, it's said"),
        ("1.2", "three more are planned"),
        ("2.1", "Agree dates"),
        ("2.2", "still of item 2"),
    ]


def test_a_command_that_writes_runs_once(talk: Talk, wales: Workspace) -> None:
    talk('plan milestone add "Courses begin" --objective 1', "plan milestone list")
    assert [row.title for row in list_milestones(wales)] == ["Courses begin"]


@pytest.fixture
def returned_file(office: Path, tmp_path: Path) -> Path:
    """A return that proposes DP-07 as done, on another date."""
    assert run(["--as-at", "2014-01-28", "export", "returns", str(tmp_path / "returns"), "--lead", "UCLan"]) == 1
    (file,) = (tmp_path / "returns").glob("*.xlsx")
    returned = ReturnedWorkbook(file, ExpectedReport())
    returned.find_cell("DP-07", "status").value = "Done"
    returned.find_cell("DP-07", "proposed").value = "1 mar 2014"
    returned.book.save(tmp_path / "back.xlsx")
    return tmp_path / "back.xlsx"


def test_each_question_of_a_return_is_asked(talk: Talk, wales: Workspace, returned_file: Path) -> None:
    output = talk(f"import actions {returned_file}", "theirs", "quit")
    assert "Question 1 of 1\nRecord: DP-07\nField: Due" in output
    row = show_action(wales, "DP-07").row
    assert (row.status, str(row.due)) == ("proposed_complete", "1 March 2014")


def test_a_question_is_read_and_answered_in_welsh(talk: Talk, wales: Workspace, returned_file: Path) -> None:
    output = talk(f"import actions {returned_file}", "Eu gwerth nhw", "gorffen", flags=("--lang", "cy"))
    assert "Eu gwerth nhw: 1 Mawrth 2014\n" in output
    assert "statws: Ar waith, yna Cynnig ei gau\n" in output
    assert str(show_action(wales, "DP-07").row.due) == "1 March 2014"


def test_a_change_that_was_not_applied_is_heard_with_the_returned_value_alone(talk: Talk, returned_file: Path) -> None:
    output = talk(f"import actions {returned_file}", "skip")
    assert "DP-07 due: 1 March 2014: not applied: " in output


def test_nothing_is_imported_where_the_input_ends_at_a_question(
    talk: Talk, wales: Workspace, returned_file: Path
) -> None:
    before = show_action(wales, "DP-07")
    assert "Nothing was imported." in talk(f"import actions {returned_file}")
    assert show_action(wales, "DP-07") == before


def test_signs_are_words_and_a_reference_is_heard_once(talk: Talk) -> None:
    output = talk("2", 'ahtc actions add "Ring Gwent"')
    assert "Publish the findings of the services review, it waits for another action" in output
    assert not set("▸‖·`") & set(output)
    assert output.count("DP-45") == 1
    assert output.count("menu, help or quit") == 1, "the prompt is short after the first line"


def test_counts_are_heard_with_their_headings(talk: Talk) -> None:
    output = talk("8", "plan trend --quarters 1", "plan burn-down --months 1")
    assert "1. Build an evidence base on the scale of human trafficking in Wales, All: 6, Open: 6, Late: 1" in output
    assert "Jan to Mar 2014, All: 44, Open: 28, Late: 1, Not rated: 44\n" in output
    assert "January 2014, Open: 28\n" in output


def test_a_number_opens_an_objective_of_the_plan(talk: Talk) -> None:
    for mode in ("3", "8"):
        assert "2. Leadership and co-ordination\n\n" in talk(mode, "2")


def test_a_table_of_signs_is_heard_in_words(talk: Talk) -> None:
    output = talk(
        "practice matrix", "groups matrix", "plan timeline", "evidence show nrm-uk-2012", "practice show ht-marac"
    )
    assert "Human Trafficking Multi Agency Risk Assessment Conference: Adopted: Cardiff; Under way: Wales\n" in output
    assert "Gwent Police: has a seat: Wales Anti Human Trafficking Leadership Group; missing" in output
    assert "Joint Investigation Teams for human trafficking: no information\n" in output
    assert "By period\n2011, 946\n2012, 1,186\n" in output
    assert "Cardiff, Adopted, Paragraph 2.14" in output
    assert not set("●○◐✕◆◇░━│█") & set(output)


def test_a_search_without_a_record_is_answered(talk: Talk) -> None:
    assert 'No record has "zzz".\n' in talk("search zzz")


def test_a_missing_value_is_heard_before_and_after_a_change() -> None:
    assert format_spoken_line("DP-07  progress: – → Read") == "DP-07, progress: empty, then Read"
    assert format_spoken_line("DP-07  lead: Bawso → –") == "DP-07, lead: Bawso, then empty"


def test_a_file_that_is_not_there_is_said_in_a_sentence(talk: Talk, tmp_path: Path) -> None:
    output = talk(f"import actions {tmp_path / 'none.xlsx'}")
    assert f'There is no file "{tmp_path / "none.xlsx"}".' in output
    assert "{" not in output


def test_columns_of_a_file_are_read_by_their_fields(talk: Talk, returned_file: Path) -> None:
    output = talk(f"import actions {returned_file} --dry-run", "skip", flags=("--lang", "cy"))
    assert "Darllenir Ref fel cyfeirnod\n" in output
    assert "95%" not in output


def test_an_update_is_heard_with_its_number(talk: Talk, wales: Workspace) -> None:
    output = talk('actions update DP-03 "First meeting held"', "actions show DP-03")
    assert "update 1, 28 Jan 2014" in output


def test_an_error_or_a_wrong_number_ends_nothing(talk: Talk) -> None:
    output = talk("99", "foo", "actions --help", "accessible", 'actions add "Ring Gwent"', "undo", "help")
    assert "There is no line 99. The last list has 8." in output
    assert 'There is no command "foo"' in output
    assert "usage: ahtc actions" in output
    assert "Quit this one first" in output
    assert "Undone: add Ring Gwent" in output


def test_the_dialogue_is_in_the_language_of_the_person(talk: Talk) -> None:
    output = talk("dewislen", "cymorth", "gorffen", flags=("--lang", "cy"))
    assert output.count("1. Heddiw\n") == 2
    assert "Mae dewislen yn rhestru'r moddau. Mae gorffen yn cau'r rhaglen." in output
    assert "Cadwyd popeth" in output
