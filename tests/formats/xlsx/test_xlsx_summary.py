"""The summary that a Minister reads first: numbers that stand without a calculation, and their charts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.formats.xlsx.action_log import ActionLog, MonthCount, write_action_log
from tests.formats.action_rows import a_log, a_wales_log, an_action_row


@pytest.fixture
def summary(tmp_path: Path) -> Any:
    def make(log: ActionLog) -> Any:
        from openpyxl import load_workbook

        write_action_log(tmp_path / "log.xlsx", log)
        return load_workbook(tmp_path / "log.xlsx")["Summary"]

    return make


def rows(sheet: Any) -> dict[Any, list[Any]]:
    """The numbers of each line by its first cell."""
    return {row[0]: [value for value in row[1:] if value is not None] for row in sheet.values if row[0]}


def test_late_continuing_and_every_status_are_counted(summary: Any) -> None:
    numbers = rows(summary(a_wales_log(28)))
    assert numbers["All actions"] == [28]
    assert numbers["Late"] == [3]
    assert numbers["Continuing"] == [7]
    assert numbers["Done"] == [11]
    assert numbers["Cancelled"] == [0]


def test_ratings_are_counted_by_objective_with_a_total(summary: Any) -> None:
    numbers = rows(summary(a_wales_log(28)))
    assert numbers["Objective"] == ["B Blue", "R Red", "A Amber", "G Green", "Not rated", "Total"]
    assert numbers["2. Leadership and co-ordination"] == [2, 1, 1, 0, 0, 4]
    assert sum(numbers["Total"][:-1]) == numbers["Total"][-1] == 28


def test_ratings_are_those_of_the_rows_that_the_log_holds_whatever_their_objective(summary: Any) -> None:
    whole = a_wales_log(28)
    some = replace(whole, rows=(*whole.rows[:5], replace(whole.rows[5], objective=None)))
    numbers = rows(summary(some))
    assert numbers["Total"][-1] == numbers["All actions"][0] == 6
    assert numbers["No objective"][-1] == 1


def test_opened_and_closed_are_counted_by_month(summary: Any) -> None:
    assert rows(summary(a_wales_log(28)))["November 2013"] == [7, 4]


def test_both_charts_show_their_axes_and_the_colours_of_the_ratings(summary: Any) -> None:
    objectives, months = summary(a_wales_log(28))._charts
    for chart in (objectives, months):
        assert chart.x_axis.delete is False
        assert chart.y_axis.delete is False
    assert (objectives.type, objectives.grouping, months.type) == ("bar", "stacked", "col")
    fills = [series.graphicalProperties.solidFill.srgbClr for series in objectives.series]
    assert fills == ["1D5FA8", "B3121D", "FFB81C", "00703C", "B1B7BD"]


def test_a_chart_stands_beside_its_numbers_and_over_no_other(summary: Any) -> None:
    sheet = summary(a_wales_log(28))
    first, second = (chart.anchor._from.row + 1 for chart in sheet._charts)
    assert sheet.cell(first, 1).value == "Objective"
    assert sheet.cell(second, 1).value == "Month (whole log)"
    height = sum(sheet.row_dimensions[row].height or 12.75 for row in range(first, second))
    assert sheet._charts[0].anchor.ext.height / 12_700 <= height


def test_without_objectives_and_months_the_counts_stand_alone(summary: Any) -> None:
    sheet = summary(a_log(an_action_row()))
    assert sheet._charts == []
    assert rows(sheet)["In progress"] == [1]


def test_many_months_still_print_one_page_wide(summary: Any) -> None:
    months = [MonthCount(f"{year}-{month:02}", 1, 1) for year in range(2009, 2014) for month in range(1, 13)]
    sheet = summary(a_log(an_action_row(), months=months))
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
