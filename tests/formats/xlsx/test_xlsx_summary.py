"""The summary sheet: numbers that need no calculation, and their charts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import MonthCounts
from ahtc_tui.formats.xlsx.action_log import ActionLog, write_action_log
from tests.formats.action_rows import a_log, a_wales_log, an_action_row, replace_rows


@pytest.fixture
def write_summary(tmp_path: Path) -> Any:
    def write_and_load(log: ActionLog) -> Any:
        from openpyxl import load_workbook

        write_action_log(tmp_path / "log.xlsx", log)
        return load_workbook(tmp_path / "log.xlsx")["Summary"]

    return write_and_load


def rows_by_first_cell(sheet: Any) -> dict[Any, list[Any]]:
    """Map the first cell of each row to its numbers."""
    return {row[0]: [value for value in row[1:] if value is not None] for row in sheet.values if row[0]}


def test_late_continuing_and_every_status_are_counted(write_summary: Any) -> None:
    numbers = rows_by_first_cell(write_summary(a_wales_log(28)))
    assert numbers["All actions"] == [28]
    assert numbers["Late"] == [3]
    assert numbers["Continuing"] == [7]
    assert numbers["Done"] == [11]
    assert numbers["Cancelled"] == [0]


def test_ratings_are_counted_by_objective_with_a_total(write_summary: Any) -> None:
    numbers = rows_by_first_cell(write_summary(a_wales_log(28)))
    assert numbers["Objective"] == ["B Blue", "R Red", "A Amber", "G Green", "Not rated", "Total"]
    assert numbers["2. Leadership and co-ordination"] == [2, 1, 1, 0, 0, 4]
    assert sum(numbers["Total"][:-1]) == numbers["Total"][-1] == 28


def test_ratings_are_counted_for_all_rows_of_the_log(write_summary: Any) -> None:
    log = a_wales_log(28)
    first, *others = list(log.rows)[:6]
    partial_log = replace_rows(log, replace(first, objective=None), *others)
    numbers = rows_by_first_cell(write_summary(partial_log))
    assert numbers["Total"][-1] == numbers["All actions"][0] == 6
    assert numbers["No objective"][-1] == 1


def test_opened_and_closed_are_counted_by_month(write_summary: Any) -> None:
    assert rows_by_first_cell(write_summary(a_wales_log(28)))["November 2013"] == [7, 4]


def test_charts_show_axes_and_rating_colours(write_summary: Any) -> None:
    objectives, months = write_summary(a_wales_log(28))._charts
    for chart in (objectives, months):
        assert chart.x_axis.delete is False
        assert chart.y_axis.delete is False
    assert (objectives.type, objectives.grouping, months.type) == ("bar", "stacked", "col")
    fills = [series.graphicalProperties.solidFill.srgbClr for series in objectives.series]
    assert fills == ["1D5FA8", "B3121D", "FFB81C", "00703C", "B1B7BD"]


def test_the_chart_of_objectives_has_a_label_and_room_for_each(write_summary: Any) -> None:
    log = a_wales_log(28)
    sheet = write_summary(log)
    chart = sheet._charts[0]
    assert chart.x_axis.tickLblSkip == 1
    assert chart.anchor.ext.height / 12_700 >= len(log.objectives) * 17 + 105


def test_charts_are_beside_their_tables_without_overlap(write_summary: Any) -> None:
    sheet = write_summary(a_wales_log(28))
    first, second = (chart.anchor._from.row + 1 for chart in sheet._charts)
    assert sheet.cell(first, 1).value == "Objective"
    assert sheet.cell(second, 1).value == "Month (whole log)"
    height = sum(sheet.row_dimensions[row].height or 12.75 for row in range(first, second))
    assert sheet._charts[0].anchor.ext.height / 12_700 <= height


def test_a_log_without_objectives_and_months_has_no_charts(write_summary: Any) -> None:
    sheet = write_summary(a_log(an_action_row()))
    assert sheet._charts == []
    assert rows_by_first_cell(sheet)["In progress"] == [1]


def test_many_months_print_one_page_wide(write_summary: Any) -> None:
    months = [MonthCounts(f"{year}-{month:02}", 1, 1) for year in range(2009, 2014) for month in range(1, 13)]
    sheet = write_summary(a_log(an_action_row(), months=months))
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
