"""The action log as a reader of the workbook sees it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import Brag, Marking, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, read_iso_date
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.returns.model import SENT_HEADINGS, digest_key
from ahtc_tui.formats.xlsx.action_log import ActionLog, write_action_log
from ahtc_tui.formats.xlsx.action_log_rows import action_columns
from ahtc_tui.formats.xlsx.workbook import A3, A4, PaperSize, choose_paper
from tests.formats.action_rows import a_log, a_wales_log, an_action_row


def load_file(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path)


@pytest.fixture
def write_log(tmp_path: Path) -> Any:
    def write_and_load(log: ActionLog) -> Any:
        write_action_log(tmp_path / "log.xlsx", log)
        return load_file(tmp_path / "log.xlsx")

    return write_and_load


def cells_of_first_row(book: Any) -> dict[str, Any]:
    """Map the headings to the cells of the first action."""
    sheet = book.worksheets[0]
    return {heading.value: cell for heading, cell in zip(sheet[3], sheet[4], strict=True)}


def test_title_marking_and_day_are_above_one_filtered_table(write_log: Any) -> None:
    book = write_log(a_wales_log(28))
    sheet = book["Action log"]
    assert sheet["A1"].value == "Wales Anti Human Trafficking Leadership Group: action log"
    assert sheet["A2"].value == "OFFICIAL · as at 31 December 2013 · 28 actions"
    table = sheet.tables["ActionLog"]
    assert table.ref == table.autoFilter.ref == "A3:O31"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[3]]
    assert tuple(cell.value for cell in sheet[3]) == action_columns()
    assert sheet.freeze_panes == "B4"
    assert all(cell.font.bold and cell.fill.fgColor.rgb == "001F3A5F" for cell in sheet[3])


def test_the_note_states_the_filter_and_a_singular_count(write_log: Any) -> None:
    note = write_log(a_log(an_action_row(), describe_filter=lambda: "late only")).worksheets[0]["A2"].value
    assert note == "OFFICIAL · as at 31 December 2013 · 1 action · late only"


def test_columns_that_are_empty_in_all_rows_are_hidden(write_log: Any) -> None:
    sheet = write_log(a_log(an_action_row(brag=None), an_action_row(brag=None))).worksheets[0]
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert "J" in hidden
    assert not {"A", "D", "K"} & {*hidden}


@pytest.mark.parametrize("language", list(Language))
def test_the_colour_of_a_rating_follows_its_letter_in_each_language(language: Language, write_log: Any) -> None:
    with use_language(language):
        sheet = write_log(a_log(an_action_row())).worksheets[0]
        labels = [rating.option_label for rating in Brag]
    formulas = [rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules if rule.formula]
    letters = [formula.split('"')[1] for formula in formulas if formula.startswith("LEFT($J")]
    assert [[label.startswith(letter) for label in labels].count(True) for letter in letters] == [1, 1, 1, 1]


@pytest.mark.parametrize(("units", "paper"), [(120, A4), (200, A3), (400, A3._replace(pages_wide=2))])
def test_a_wide_log_is_printed_on_larger_paper(units: int, paper: PaperSize) -> None:
    assert choose_paper([units]) == paper


def test_an_empty_log_has_a_table(write_log: Any) -> None:
    sheet = write_log(a_log()).worksheets[0]
    assert sheet.tables["ActionLog"].ref == "A3:O4"
    assert sheet["A2"].value.endswith("0 actions")


def test_exact_days_are_dates_and_others_are_text(write_log: Any) -> None:
    row = an_action_row(
        due="2014-01-12",
        original_due="2013-12",
        closed_on=read_iso_date("2013-12", "by the end of 2013"),
        latest_update_on=date(2013, 12, 4),
    )
    cells = cells_of_first_row(write_log(a_log(row)))
    assert cells["Due"].value.date() == date(2014, 1, 12)
    assert cells["Due"].number_format == "d mmm yyyy"
    assert cells["Update date"].value.date() == date(2013, 12, 4)
    assert cells["Original due"].value == "December 2013"
    assert cells["Closed"].value == "by the end of 2013"
    assert cells["Days"].value == 12


def test_words_that_documents_print_as_a_day_are_a_date(write_log: Any) -> None:
    due, closed_on = read_iso_date("2014-02", "end feb 2014"), read_iso_date("2014-01", "mid jan 2014")
    row = an_action_row(due=due, closed_on=closed_on)
    cells = cells_of_first_row(write_log(a_log(row)))
    assert (cells["Due"].value.date(), cells["Closed"].value) == (date(2014, 2, 28), "January 2014")


def test_the_months_of_a_welsh_log_are_in_welsh(write_log: Any) -> None:
    with use_language(Language.CY):
        cells = cells_of_first_row(write_log(a_log(an_action_row(due="2014-02-28"))))
    assert (cells["Erbyn"].value.date(), cells["Erbyn"].number_format) == (date(2014, 2, 28), "[$-452]d mmm yyyy")


def test_cells_begin_at_the_top_without_a_style_of_their_own(write_log: Any) -> None:
    """LibreOffice gives a coloured cell of an ODS file the default alignment."""
    assert write_log(a_log())._named_styles["Normal"].alignment.vertical == "top"


def test_late_days_have_a_word(write_log: Any) -> None:
    days = cells_of_first_row(write_log(a_log(an_action_row(due="2013-12-19"))))["Days"]
    assert days.value == -12
    assert days.number_format == '0;0" late";0'


@pytest.mark.parametrize("status", [Status.CONTINUING, Status.DONE, Status.CANCELLED])
def test_continuing_and_closed_actions_are_never_late(write_log: Any, status: Status) -> None:
    assert cells_of_first_row(write_log(a_log(an_action_row(due="2013-01-01", status=status))))["Days"].value is None


def test_a_date_in_words_has_no_days_left(write_log: Any) -> None:
    asap = DateAsKnown(date(9999, 12, 31), Precision.WORDS, "as soon as possible")
    cells = cells_of_first_row(write_log(a_log(an_action_row(due=asap))))
    assert (cells["Due"].value, cells["Days"].value) == ("as soon as possible", None)


def test_every_column_has_the_values_of_the_action(write_log: Any) -> None:
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
    cells = {name: cell.value for name, cell in cells_of_first_row(write_log(a_log(row))).items()}
    assert cells["Ref"] == "LG-2013-03/07"
    assert cells["Source"] == "LG-2013-03"
    assert cells["Objective"] == "2. Leadership and co-ordination"
    assert cells["Support"] == "Bawso; Gwent Police"
    assert (cells["BRAG"], cells["Status"]) == ("R Red", "Proposed complete")
    assert (cells["Latest update"], cells["Evidence"]) == ("Draft & <final>", "Minutes")


def test_unknown_values_are_empty_cells(write_log: Any) -> None:
    row = an_action_row(lead=None, brag=None, objective=None, objective_title=None)
    cells = cells_of_first_row(write_log(a_log(row)))
    assert {cells[name].value for name in ("Lead", "Support", "BRAG", "Objective", "Due", "Days", "Evidence")} == {None}


@pytest.mark.parametrize("typed", ["=1+1", "@x", "+1", "-1", "\tcmd", "#N/A", '=HYPERLINK("http://x")', "2013-11-30"])
def test_text_is_never_a_formula(write_log: Any, typed: str) -> None:
    cells = cells_of_first_row(write_log(a_log(an_action_row(title=typed, lead=typed), title=typed)))
    assert (cells["Action"].value, cells["Action"].data_type) == (typed, "s")
    assert cells["Action"].quotePrefix == (typed[0] in "=@+-\t")
    assert (cells["Lead"].value, cells["Lead"].data_type) == (typed, "s")


def test_no_cell_of_the_workbook_is_a_formula(write_log: Any) -> None:
    cells = [cell for sheet in write_log(a_wales_log()).worksheets for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_control_characters_are_removed(write_log: Any) -> None:
    log = a_log(an_action_row(title="Se\x07cure", lead="Baw\x00so"), title="The\x1b log")
    book = write_log(log)
    cells = cells_of_first_row(book)
    assert (cells["Action"].value, cells["Lead"].value) == ("Secure", "Bawso")
    assert book["Lists"]["C2"].value == "Bawso"


def test_a_very_long_update_is_cut(write_log: Any) -> None:
    text = cells_of_first_row(write_log(a_log(an_action_row(latest_update="word " * 8_000))))["Latest update"].value
    assert len(text) == 32_767
    assert text.endswith("… (cut: the full text is in the record)")


def test_rating_colours_have_enough_contrast(write_log: Any) -> None:
    rules = [rule for area in write_log(a_wales_log()).worksheets[0].conditional_formatting for rule in area.rules]
    pairs = [(rule.dxf.fill.bgColor.rgb[2:], rule.dxf.font.color.rgb[2:]) for rule in rules if rule.dxf.fill]
    assert len(pairs) == 4
    assert min(measure_contrast(fill, ink) for fill, ink in pairs) > 4.5
    assert any("<0" in formula for rule in rules for formula in rule.formula)


def measure_contrast(left: str, right: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""

    def measure_luminance(colour: str) -> float:
        parts = [int(colour[position : position + 2], 16) / 255 for position in (0, 2, 4)]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((measure_luminance(left), measure_luminance(right)))
    return (light + 0.05) / (dark + 0.05)


def test_status_rating_and_lead_have_drop_downs(write_log: Any) -> None:
    book = write_log(a_log(an_action_row(lead="Bawso"), an_action_row(lead="AHTC")))
    offered = {rule.formula1: str(rule.sqref) for rule in book.worksheets[0].data_validations.dataValidation}
    assert offered == {"StatusList": "K4:K5", "BragList": "J4:J5", "LeadList": "E4:E5"}
    assert book.defined_names["LeadList"].attr_text == "'Lists'!$C$2:$C$3"
    lists = book["Lists"]
    assert lists.sheet_state == "hidden"
    assert [row[0].value for row in lists["A2:A8"]] == [status.label for status in Status]
    assert [row[0].value for row in lists["B2:B5"]] == ["B Blue", "R Red", "A Amber", "G Green"]


def test_every_sheet_prints_with_marking_and_page_numbers(write_log: Any) -> None:
    for sheet in write_log(a_wales_log()).worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == ("8" if sheet.sheet_state == "visible" else "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.oddHeader.center.text == "OFFICIAL"
        assert sheet.oddFooter.left.text == "OFFICIAL"
        assert sheet.oddFooter.center.text == "Page &P of &N"


def test_the_header_row_repeats_and_no_column_is_hidden(write_log: Any) -> None:
    sheet = write_log(a_wales_log(28)).worksheets[0]
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'Action log'!$A$1:$O$31"
    assert not any(column.hidden for column in sheet.column_dimensions.values())


def test_sent_values_are_in_a_very_hidden_sheet_without_the_key(write_log: Any) -> None:
    row = an_action_row(ref="DP-07", due="2014-01-12", support=("Bawso", "Atal"))
    sheet = write_log(a_log(row))["ahtc"]
    assert sheet.sheet_state == "veryHidden"
    headings, cells = ([cell.value for cell in line] for line in sheet.iter_rows())
    values = dict(zip(headings, cells, strict=True))
    assert tuple(headings) == SENT_HEADINGS
    assert (values["sent_ref"], values["sent_key"], values["sent_batch"]) == ("DP-07", digest_key(row.key), None)
    assert (values["sent_due"], values["sent_support"]) == ("2014-01-12", "Atal; Bawso")
    assert row.key.hex() not in cells


def test_the_marking_is_at_least_that_of_every_action(write_log: Any) -> None:
    book = write_log(a_log(an_action_row(marking=Marking.OFFICIAL_SENSITIVE), marking=Marking.OFFICIAL))
    assert book.worksheets[0]["A2"].value.startswith("OFFICIAL-SENSITIVE · ")
    assert {sheet.oddHeader.center.text for sheet in book.worksheets} == {"OFFICIAL-SENSITIVE"}
    assert book.properties.keywords == "OFFICIAL-SENSITIVE"


def test_document_properties_are_set(write_log: Any) -> None:
    book = write_log(a_log(an_action_row()))
    assert book.properties.title == "Wales Anti Human Trafficking Leadership Group: action log"
    assert book.properties.creator == "Office of the Wales Anti Human Trafficking Co-ordinator"
    assert {str(book.properties.created), str(book.properties.modified)} == {"2013-12-31 00:00:00"}
    assert book.custom_doc_props["as_at"].value == "2013-12-31"


def test_a_row_is_tall_enough_for_its_longest_cell(write_log: Any) -> None:
    rows = (an_action_row(title="Short"), an_action_row(latest_update="word " * 60), an_action_row(title="x\n" * 900))
    sheet = write_log(a_log(*rows)).worksheets[0]
    one_line, several, most = (sheet.row_dimensions[row].height for row in (4, 5, 6))
    assert one_line < several < most == 409


def test_openpyxl_is_not_imported_by_the_module() -> None:
    code = "import sys, ahtc_tui.formats.xlsx.action_log; sys.exit('openpyxl' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
