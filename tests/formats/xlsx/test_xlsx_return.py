"""The workbook of one lead as its reader sees it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import Brag, Marking, Status
from ahtc_tui.domain.documents.chasers import Addressee, Sender
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import build_meanings
from ahtc_tui.domain.returns.model import (
    Return,
    build_sent_values,
    decode_sent_values,
    digest_key,
    read_sent_actions,
)
from ahtc_tui.formats.eml.notes import build_return_draft, format_return_text
from ahtc_tui.formats.xlsx.return_workbook import TINT, return_columns, write_return
from tests.formats.action_rows import AS_AT, an_action_row

LEAD = Addressee(RowKey(b"k"), "bawso", "Bawso", "Gwen Price", "bawso@example.invalid")


def a_return(*rows: Any, **overrides: Any) -> Return:
    """Build a return to Bawso."""
    defaults: dict[str, Any] = {"addressee": LEAD, "as_at": AS_AT, "marking": Marking.OFFICIAL, "batch": "bawso/1"}
    return Return(rows=rows or (an_action_row(),), **(defaults | overrides))


@pytest.fixture
def write_workbook(tmp_path: Path) -> Any:
    def write_and_load(lead_return: Return) -> Any:
        from openpyxl import load_workbook

        write_return(tmp_path / "return.xlsx", lead_return)
        return load_workbook(tmp_path / "return.xlsx")

    return write_and_load


def test_the_return_names_its_lead_and_gives_instructions(write_workbook: Any) -> None:
    sheet = write_workbook(a_return()).worksheets[0]
    assert sheet["A1"].value == "Action return: Bawso"
    assert sheet["A2"].value == "OFFICIAL · as at 31 December 2013"
    assert "tinted columns" in sheet["A3"].value
    assert write_workbook(a_return(addressee=None)).worksheets[0]["A1"].value == "Action return: actions without a lead"


def read_guidance(workbook: Any) -> list[tuple[str, str]]:
    sheet = workbook.worksheets[1]
    (table,) = sheet.tables.values()
    return [(field.value, text.value) for field, text in sheet[table.ref]]


def test_guidance_has_a_line_for_each_field_and_rating_with_its_source(write_workbook: Any) -> None:
    workbook = write_workbook(a_return(meanings=build_meanings('{"R": "Will not be met"}')))
    sheet, lines = workbook.worksheets[0], read_guidance(workbook)
    assert lines[0] == ("Field", "What to enter")
    assert [field for field, _text in lines[1:] if ":" not in field] == [cell.value for cell in sheet[4]][7:]
    assert ("BRAG: R Red", "Will not be met (as defined in the plan)") in lines
    assert max(len(text) for _field, text in lines) < 130
    assert sheet["A3"].value.count("\n") == 0
    [prompt] = [rule.prompt for rule in sheet.data_validations.dataValidation if rule.promptTitle == "BRAG"]
    assert "Red: Will not be met" in prompt
    assert len(prompt) <= 255
    default = read_guidance(write_workbook(a_return(meanings=build_meanings(None))))
    assert sum("working definition" in text for _field, text in default) == 4


def test_input_cells_are_tinted_and_have_prompts(write_workbook: Any) -> None:
    sheet = write_workbook(a_return(an_action_row(due="2014-01-12", brag=Brag.RED))).worksheets[0]
    assert [cell.value for cell in sheet[4]][:11] == list(return_columns())
    tinted = [cell.column_letter for cell in sheet[5] if cell.fill.fgColor.rgb == f"00{TINT}"]
    assert tinted == ["H", "I", "J", "K"]
    prompts = {str(rule.sqref): rule.prompt for rule in sheet.data_validations.dataValidation if rule.showInputMessage}
    assert set(prompts) == {"H5", "I5", "J5", "K5"}
    assert all(prompts.values())
    assert sheet["E5"].value.date() == date(2014, 1, 12)
    assert sheet["I5"].value == "R Red"
    assert not sheet.protection.sheet


def test_a_lead_can_propose_but_not_close(write_workbook: Any) -> None:
    book = write_workbook(a_return())
    lists = {
        rule.formula1: str(rule.sqref) for rule in book.worksheets[0].data_validations.dataValidation if rule.formula1
    }
    assert lists == {"StatusList": "J5", "BragList": "I5"}
    assert book["Lists"].sheet_state == "hidden"
    offered = {cell.value for cell in book["Lists"]["A"]}
    assert "Proposed complete" in offered
    assert "Done" not in offered


def test_sent_values_name_their_dispatch(write_workbook: Any) -> None:
    row = an_action_row(due="2014-01", status=Status.IN_PROGRESS, support=("Bawso", "Atal"), evidence="x")
    book = write_workbook(a_return(row))
    assert [cell.value for cell in book.worksheets[0][4]] == list(return_columns())
    sheet = book["ahtc"]
    assert sheet.sheet_state == "veryHidden"
    headings, cells = ([cell.value for cell in line] for line in sheet.iter_rows())
    (sent,) = read_sent_actions([{name: text or "" for name, text in zip(headings, cells, strict=True)}])
    assert (sent.ref, sent.digest, sent.batch) == (row.ref, digest_key(row.key), "bawso/1")
    assert sent.values == build_sent_values(row)


def test_the_return_prints_one_page_wide_with_headings(write_workbook: Any) -> None:
    sheet = write_workbook(a_return(*(an_action_row(title="Train the forces " * 30) for _n in range(40)))).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area == "'Return'!$A$1:$K$44"
    assert [table.ref for table in sheet.tables.values()] == ["A4:K44"]
    assert sheet.freeze_panes == "B5"
    assert sheet.row_dimensions[5].height > 60


def test_formula_like_text_stays_text(write_workbook: Any) -> None:
    sheet = write_workbook(a_return(an_action_row(title="=1+1"))).worksheets[0]
    assert (sheet["C5"].value, sheet["C5"].data_type, sheet["C5"].quotePrefix) == ("=1+1", "s", True)


def test_the_note_names_actions_and_addressee(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    words = format_return_text(a_return(sender=Sender("Secretariat", None)))
    assert words.startswith("OFFICIAL\n\nDear Gwen Price,\n\nThe attached workbook has the open actions with Bawso")
    assert words.endswith("With thanks,\nSecretariat\n")
    assert "DP-01" in words
    assert "Dear colleague," in format_return_text(a_return(addressee=None))
    with pytest.raises(ValueError, match="address"):
        build_return_draft(a_return(addressee=None), tmp_path / "a.xlsx")


@pytest.mark.parametrize("cell", [None, 7, "", "{", "[]", '["a"]', "[1,2,3,4,5,6,7,8,9,10]", "[" * 5000])
def test_an_overwritten_hidden_cell_is_ignored(cell: Any) -> None:
    assert decode_sent_values(cell) is None
