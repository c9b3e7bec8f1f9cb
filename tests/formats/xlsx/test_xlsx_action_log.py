"""The action log that the secretariat sends to Ministers, as a reader of the workbook meets it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import Brag, Marking, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, from_iso
from ahtc_tui.formats.xlsx.action_log import ActionLog, write_action_log
from ahtc_tui.formats.xlsx.action_log_rows import headings, row_hash
from tests.formats.action_rows import AS_AT, a_log, a_wales_log, an_action_row


def read(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path)


@pytest.fixture
def made(tmp_path: Path) -> Any:
    def make(log: ActionLog) -> Any:
        write_action_log(tmp_path / "log.xlsx", log)
        return read(tmp_path / "log.xlsx")

    return make


def first(book: Any) -> dict[str, Any]:
    """The cells of the first action by heading."""
    sheet = book.worksheets[0]
    return {heading.value: cell for heading, cell in zip(sheet[3], sheet[4], strict=True)}


def test_the_title_the_marking_and_the_day_stand_above_one_table_with_filters(made: Any) -> None:
    book = made(a_wales_log(28))
    sheet = book["Action log"]
    assert sheet["A1"].value == "Wales Anti Human Trafficking Leadership Group: action log"
    assert sheet["A2"].value == "OFFICIAL · as at 31 December 2013 · 28 actions"
    table = sheet.tables["ActionLog"]
    assert table.ref == table.autoFilter.ref == "A3:R31"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[3]]
    assert tuple(cell.value for cell in sheet[3]) == (*headings(), "row_id", "row_hash", "row_sent")
    assert sheet.freeze_panes == "B4"
    assert all(cell.font.bold and cell.fill.fgColor.rgb == "001F3A5F" for cell in sheet[3])


def test_what_was_filtered_is_said_and_one_action_is_not_actions(made: Any) -> None:
    note = made(a_log(an_action_row(), filter_words="late only")).worksheets[0]["A2"].value
    assert note == "OFFICIAL · as at 31 December 2013 · 1 action · late only"


def test_a_log_without_actions_opens(made: Any) -> None:
    sheet = made(a_log()).worksheets[0]
    assert sheet.tables["ActionLog"].ref == "A3:R4"
    assert sheet["A2"].value.endswith("0 actions")


def test_an_exact_day_is_a_date_and_any_other_stays_words(made: Any) -> None:
    row = an_action_row(
        due="2014-01-12",
        original_due="2013-12",
        closed_on=from_iso("2013-12", "by the end of 2013"),
        latest_update_on=date(2013, 12, 4),
    )
    cells = first(made(a_log(row)))
    assert cells["Due"].value.date() == date(2014, 1, 12)
    assert cells["Due"].number_format == "dd mmm yyyy"
    assert cells["Update date"].value.date() == date(2013, 12, 4)
    assert cells["Original due"].value == "December 2013"
    assert cells["Closed"].value == "by the end of 2013"
    assert cells["Days"].value == 12


def test_a_late_action_says_so_in_words(made: Any) -> None:
    days = first(made(a_log(an_action_row(due="2013-12-19"))))["Days"]
    assert days.value == -12
    assert days.number_format == '0;0" late";0'


@pytest.mark.parametrize("status", [Status.CONTINUING, Status.DONE, Status.CANCELLED])
def test_a_continuing_duty_and_closed_work_never_look_late(made: Any, status: Status) -> None:
    assert first(made(a_log(an_action_row(due="2013-01-01", status=status))))["Days"].value is None


def test_words_without_a_day_give_no_days_left(made: Any) -> None:
    asap = DateAsKnown(date(9999, 12, 31), Precision.WORDS, "as soon as possible")
    cells = first(made(a_log(an_action_row(due=asap))))
    assert (cells["Due"].value, cells["Days"].value) == ("as soon as possible", None)


def test_each_column_says_what_people_know_the_action_by(made: Any) -> None:
    row = an_action_row(
        ref="LG-2013-03/07",
        brag=Brag.RED,
        status=Status.PROPOSED_COMPLETE,
        support=("Bawso", "Gwent Police"),
        source=None,
        meeting="LG-2013-03",
        evidence="Minutes",
        latest_update="Draft & <final>",
    )
    cells = {name: cell.value for name, cell in first(made(a_log(row))).items()}
    assert cells["Ref"] == "LG-2013-03/07"
    assert cells["Source"] == "LG-2013-03"
    assert cells["Objective"] == "2. Leadership and co-ordination"
    assert cells["Support"] == "Bawso; Gwent Police"
    assert (cells["BRAG"], cells["Status"]) == ("R Red", "Proposed complete")
    assert (cells["Latest update"], cells["Evidence"]) == ("Draft & <final>", "Minutes")
    assert cells["row_id"] == bytes(range(16)).hex()


def test_what_is_not_known_is_an_empty_cell(made: Any) -> None:
    row = an_action_row(lead=None, brag=None, objective=None, objective_title=None)
    cells = first(made(a_log(row)))
    assert {cells[name].value for name in ("Lead", "Support", "BRAG", "Objective", "Due", "Days", "Evidence")} == {None}


@pytest.mark.parametrize("typed", ["=1+1", "@x", "+1", "-1", "\tcmd", "#N/A", '=HYPERLINK("http://x")', "2013-11-30"])
def test_text_is_never_run_as_a_formula(made: Any, typed: str) -> None:
    cells = first(made(a_log(an_action_row(title=typed, lead=typed), title=typed)))
    assert (cells["Action"].value, cells["Action"].data_type) == (typed, "s")
    assert cells["Action"].quotePrefix == (typed[0] in "=@+-\t")
    assert (cells["Lead"].value, cells["Lead"].data_type) == (typed, "s")


def test_no_cell_of_the_workbook_is_a_formula(made: Any) -> None:
    cells = [cell for sheet in made(a_wales_log()).worksheets for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_pasted_control_characters_are_dropped_wherever_they_stand(made: Any) -> None:
    log = a_log(
        an_action_row(title="Se\x07cure", lead="Baw\x00so"),
        title="The\x1b log",
        created_by="Secre\x01tariat",
        leads=["Baw\x00so"],
    )
    book = made(log)
    cells = first(book)
    assert (cells["Action"].value, cells["Lead"].value) == ("Secure", "Bawso")
    assert (book.properties.creator, book["Lists"]["C2"].value) == ("Secretariat", "Bawso")


def test_a_very_long_update_is_cut_with_a_mark(made: Any) -> None:
    text = first(made(a_log(an_action_row(latest_update="word " * 8_000))))["Latest update"].value
    assert len(text) == 32_767
    assert text.endswith("… (cut: the full text is in the record)")


def test_ratings_are_coloured_by_rule_with_enough_contrast(made: Any) -> None:
    rules = [rule for area in made(a_wales_log()).worksheets[0].conditional_formatting for rule in area.rules]
    pairs = [(rule.dxf.fill.bgColor.rgb[2:], rule.dxf.font.color.rgb[2:]) for rule in rules if rule.dxf.fill]
    assert len(pairs) == 4
    assert min(contrast(fill, ink) for fill, ink in pairs) > 4.5
    assert any("<0" in formula for rule in rules for formula in rule.formula)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_status_rating_and_lead_are_chosen_from_lists(made: Any) -> None:
    book = made(a_log(an_action_row(), leads=("AHTC", "Bawso")))
    offered = {rule.formula1: str(rule.sqref) for rule in book.worksheets[0].data_validations.dataValidation}
    assert offered == {"=StatusList": "K4", "=BragList": "J4", "=LeadList": "E4"}
    assert book.defined_names["LeadList"].attr_text == "'Lists'!$C$2:$C$3"
    lists = book["Lists"]
    assert lists.sheet_state == "hidden"
    assert [row[0].value for row in lists["A2:A8"]] == [status.label for status in Status]
    assert [row[0].value for row in lists["B2:B5"]] == ["B Blue", "R Red", "A Amber", "G Green"]


def test_every_sheet_prints_on_a4_landscape_one_page_wide_with_marking_and_page_numbers(made: Any) -> None:
    for sheet in made(a_wales_log()).worksheets:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.oddHeader.center.text == "OFFICIAL"
        assert sheet.oddFooter.left.text == "OFFICIAL"
        assert sheet.oddFooter.center.text == "Page &P of &N"


def test_the_header_row_repeats_and_the_hidden_columns_do_not_print(made: Any) -> None:
    sheet = made(a_wales_log(28)).worksheets[0]
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'Action log'!$A$1:$O$31"
    assert [sheet.column_dimensions[letter].hidden for letter in "OPQR"] == [False, True, True, True]


def test_the_marking_is_never_lower_than_that_of_an_action_in_it(made: Any) -> None:
    book = made(a_log(an_action_row(marking=Marking.OFFICIAL_SENSITIVE), marking=Marking.OFFICIAL))
    assert book.worksheets[0]["A2"].value.startswith("OFFICIAL-SENSITIVE · ")
    assert {sheet.oddHeader.center.text for sheet in book.worksheets} == {"OFFICIAL-SENSITIVE"}
    assert book.properties.keywords == "OFFICIAL-SENSITIVE"


def test_the_file_says_what_it_is(made: Any) -> None:
    book = made(a_log(an_action_row()))
    assert book.properties.title == "Wales Anti Human Trafficking Leadership Group: action log"
    assert book.properties.creator == "Secretariat"
    assert {str(book.properties.created), str(book.properties.modified)} == {"2013-12-31 00:00:00"}
    assert book.custom_doc_props["as_at"].value == "2013-12-31"


def test_a_row_is_tall_enough_for_its_longest_cell(made: Any) -> None:
    rows = (an_action_row(title="Short"), an_action_row(latest_update="word " * 60), an_action_row(title="x\n" * 900))
    sheet = made(a_log(*rows)).worksheets[0]
    one_line, several, most = (sheet.row_dimensions[row].height for row in (4, 5, 6))
    assert one_line < several < most == 409


def test_the_hash_tells_an_edited_row_from_one_that_was_only_opened(made: Any, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    made(a_log(an_action_row(due="2014-01-12", original_due="2013-12", latest_update_on=AS_AT)))
    with CalamineWorkbook.from_path(tmp_path / "log.xlsx") as book:
        read_back = book.get_sheet_by_index(0).to_python()[3]
    shown, sent = read_back[:15], read_back[16]
    assert row_hash(shown) == sent
    shown[8] = 99.0
    assert row_hash(shown) == sent
    shown[10] = "Done"
    assert row_hash(shown) != sent


def test_openpyxl_is_loaded_by_the_export_only() -> None:
    code = "import sys, ahtc_tui.formats.xlsx.action_log; sys.exit('openpyxl' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
