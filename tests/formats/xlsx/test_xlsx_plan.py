"""The plan as a workbook: every action once, ratings explained, numbers next to charts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.drafts.plan import build_milestone_draft, build_plan_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.exports.plan import export_plan
from ahtc_tui.services.output_folders import export_to_folder
from ahtc_tui.services.plan.service import show_plan
from ahtc_tui.services.plan.versions_and_milestones import add_milestone, edit_plan
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, query_rows


def load_file(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path)


@pytest.fixture
def plan_workbook(busy: Workspace, tmp_path: Path) -> Any:
    fields = {"title": "=Courses held", "objective": "6", "due": "2014-03-31"}
    add_milestone(busy, build_milestone_draft(fields, TODAY))
    edit_plan(busy, build_plan_draft({"version": "2", "red": "Will not be met"}, TODAY))
    make_action(busy, "=1+1", partners="Bawso", partner_text="health boards", objective="1", confidence="low", brag="G")
    export_plan(busy, tmp_path / "plan.xlsx")
    return load_file(tmp_path / "plan.xlsx")


def rows_by_first_cell(sheet: Any) -> dict[str, tuple[Any, ...]]:
    """Map the first cell of each row to the row."""
    return {str(row[0]): row[1:] for row in sheet.values if row[0] is not None}


def test_every_action_is_listed_once_with_its_objective(plan_workbook: Any, busy: Workspace) -> None:
    rows = [row for row in plan_workbook["Plan"].values if row[0]]
    refs = [ref for (ref,) in query_rows(busy, "SELECT ref FROM actions")]
    assert sorted(row[0] for row in rows if row[0] in refs) == sorted(refs)
    order = [row[0] for row in rows]
    assert order.index("M-01") + 1 == min(n for n, row in enumerate(rows) if row[0] in refs and str(row[1])[0] == "6")
    assert [row[1] for row in rows[-5:]] == ["–"] * 5
    notes = [text for item, text in list(plan_workbook["Notes"].values)[4:] if item == "Objective"]
    assert notes[5] == "6. Training and awareness (grouped by the secretariat)"


def test_every_sheet_has_a_title_of_its_own_and_one_table_without_empty_columns(plan_workbook: Any) -> None:
    sheets = plan_workbook.worksheets
    assert [sheet.title for sheet in sheets] == [
        "Notes", "Plan", "By objective", "By quarter", "By month", "Timeline", "No date"
    ]  # fmt: skip
    assert len({sheet["A1"].value for sheet in sheets}) == len(sheets)
    for sheet in sheets:
        (table,) = sheet.tables.values()
        headings, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
        for column, heading in enumerate(headings):
            assert any(row[column] not in (None, "", "–") for row in rows), (sheet.title, heading)


def test_an_action_row_has_partners_due_date_and_status(plan_workbook: Any) -> None:
    rows = rows_by_first_cell(plan_workbook["Plan"])
    assert rows["DP-50"][1:] == (
        "=1+1", "–", "Bawso; health boards", "–", "–", "Planned", "G Green", "Low",
    )  # fmt: skip
    assert rows["DP-45"][4:9] == (
        "30 November 2013",
        "31 December 2013: Two of four briefed.",
        "Planned",
        "A Amber",
        "–",
    )
    assert rows["DP-08"][4] == "in the New Year"
    assert rows["M-01"][1] == "Milestone: =Courses held"


def test_rating_meanings_are_explained_with_their_source(plan_workbook: Any) -> None:
    rows = rows_by_first_cell(plan_workbook["Notes"])
    assert rows["R Red"][0] == "Will not be met (as defined in the plan)"
    assert rows["G Green"][0].endswith("(working definition, not yet agreed by the Group)")
    cell = next(cell for cell in plan_workbook["Plan"]["I"] if cell.value == "A Amber")
    assert cell.fill.fgColor.rgb.endswith("FFB81C")


def test_chart_tables_match_the_plan(plan_workbook: Any, busy: Workspace) -> None:
    view = show_plan(busy)
    sheets = [plan_workbook[name] for name in ("By objective", "By quarter", "By month")]
    objectives, quarters, months = map(rows_by_first_cell, sheets)
    assert objectives["All actions"][5:8] == (view.total, 33, view.late)
    assert sum(row[5] for name, row in objectives.items() if name[0].isdigit() or name == "No objective") == view.total
    assert objectives["1. Build an evidence base on the scale of human trafficking in Wales"][:5] == (0, 0, 0, 1, 6)
    assert quarters["Oct to Dec 2013"][5:8] == (50, 33, 1)
    assert months["December 2013"][:3] == (33, 6, 1)
    assert [read_chart_labels(sheet, chart) for sheet in sheets for chart in sheet._charts] == [
        ("Objective", "No objective"),
        ("Quarter", "Oct to Dec 2013"),
        ("Month", "December 2013"),
    ]
    assert "44 with no recorded start date" in rows_by_first_cell(plan_workbook["Notes"])["Numbers"][0]


def read_chart_labels(sheet: Any, chart: Any) -> tuple[str, str]:
    """Return the heading above the labels of a chart, and the last label."""
    area = (chart.series[0].cat.numRef or chart.series[0].cat.strRef).f.rpartition("!")[2].replace("$", "")
    labels = [cell for (cell,) in sheet[area]]
    return sheet.cell(labels[0].row - 1, 1).value, labels[-1].value


def test_the_timeline_has_days_and_a_bar_chart(plan_workbook: Any) -> None:
    sheet = plan_workbook["Timeline"]
    rows = rows_by_first_cell(sheet)
    days = [f"{value:%Y-%m-%d}" for value in rows["DP-08"][2:5]]
    assert (days, rows["DP-08"][5:7]) == (["2014-01-01", "2014-01-01", "2014-03-31"], (0, 90))
    assert rows_by_first_cell(plan_workbook["No date"])["DP-04"][1] == "no date"
    [chart] = sheet._charts
    assert (chart.type, chart.grouping, len(chart.series)) == ("bar", "stacked", 3)
    assert chart.series[0].graphicalProperties.noFill
    assert chart.legend is None, "the blank part would have an entry"
    assert chart.series[2].graphicalProperties.line.width > 20_000


def test_charts_have_titles_of_both_axes_and_a_text_alternative(busy: Workspace, tmp_path: Path) -> None:
    export_plan(busy, tmp_path / "plan.xlsx")
    with ZipFile(tmp_path / "plan.xlsx") as archive:
        names = archive.namelist()
        drawings = [archive.read(name).decode() for name in names if name.startswith("xl/drawings/drawing")]
        charts = [archive.read(name).decode() for name in names if name.startswith("xl/charts/chart")]
    descriptions = [text for drawing in drawings for text in re.findall('descr="([^"]+)"', drawing)]
    assert descriptions[:3] == ["Rating by objective", "Rating at the end of each quarter", "Open actions by month"]
    assert len(descriptions) == len(charts) == 4
    assert all("Number of actions" in chart for chart in charts[:3])


def test_every_sheet_is_a4_landscape_with_marking(busy: Workspace, tmp_path: Path) -> None:
    make_action(busy, "Write to the Minister", marking="official-sensitive")
    export_plan(busy, tmp_path / "plan.xlsx")
    for sheet in load_file(tmp_path / "plan.xlsx"):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"


def test_existing_files_and_other_suffixes_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    count = query_rows(workspace, "SELECT count(*) FROM actions")[0][0]
    assert export_plan(workspace, tmp_path / "plan.xlsx").count == count
    with pytest.raises(Refused):
        export_plan(workspace, tmp_path / "plan.xlsx")
    with pytest.raises(BadInput, match=r"end in \.xlsx"):
        export_plan(workspace, tmp_path / "plan.pdf")
    names = [export_to_folder(workspace, "plan", export_plan)[0].name for _again in range(2)]
    assert names == ["2013-12-31 Delivery Plan.xlsx", "2013-12-31 Delivery Plan-2.xlsx"]


def test_a_workspace_without_a_plan_gets_a_workbook(workspace: Workspace, tmp_path: Path) -> None:
    assert export_plan(workspace, tmp_path / "plan.xlsx").count == 0
    assert load_file(tmp_path / "plan.xlsx")["Plan"]["A1"].value == "Delivery Plan"


def test_the_log_summary_explains_the_ratings(wales: Workspace, tmp_path: Path) -> None:
    edit_plan(wales, build_plan_draft({"amber": "Slipping"}, TODAY))
    export_actions(wales, tmp_path / "log.xlsx", ActionFilter())
    sheet = load_file(tmp_path / "log.xlsx")["Summary"]
    assert rows_by_first_cell(sheet)["A Amber"][0] == "Slipping (as defined in the plan)"


def test_a_plan_without_actions_has_no_charts(workspace: Workspace, tmp_path: Path) -> None:
    export_plan(workspace, tmp_path / "plan.xlsx")
    assert [sheet.title for sheet in load_file(tmp_path / "plan.xlsx") if sheet._charts] == []
