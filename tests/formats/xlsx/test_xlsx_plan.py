"""The plan as a workbook that goes to the group: every action once, the letters explained, numbers beside charts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.drafts.plan import milestone_draft, plan_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.exports.plan import export_plan, plan_to_folder
from ahtc_tui.services.plan.service import plan_view
from ahtc_tui.services.plan.versions_and_milestones import add_milestone, edit_plan
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, an_action, ask


def opened(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path)


@pytest.fixture
def book(busy: Workspace, tmp_path: Path) -> Any:
    fields = {"title": "=Courses held", "objective": "6", "due": "2014-03-31"}
    add_milestone(busy, milestone_draft(fields, TODAY))
    edit_plan(busy, plan_draft({"version": "2", "red": "Will not be met"}, TODAY))
    an_action(busy, "=1+1", partners="Bawso", partner_text="health boards", objective="1", confidence="low", brag="G")
    export_plan(busy, tmp_path / "plan.xlsx")
    return opened(tmp_path / "plan.xlsx")


def lines(sheet: Any) -> dict[str, tuple[Any, ...]]:
    """The lines of a sheet by what stands first."""
    return {str(row[0]): row[1:] for row in sheet.values if row[0] is not None}


def test_every_action_stands_under_its_objective_once(book: Any, busy: Workspace) -> None:
    firsts = [row[0] for row in book["Plan"].values if row[0]]
    refs = [ref for (ref,) in ask(busy, "SELECT ref FROM actions")]
    assert sorted(first for first in firsts if first in refs) == sorted(refs)
    heading = next(first for first in firsts if str(first).startswith("6."))
    assert "working grouping, not the plan's own" in heading
    assert firsts[firsts.index(heading) + 1] == "M-01"
    assert firsts.index("No objective (5 actions)") > firsts.index("DP-43")


def test_a_line_says_who_by_when_and_how_it_stands(book: Any) -> None:
    found = lines(book["Plan"])
    assert found["DP-50"] == (
        "=1+1", "–", "Bawso; health boards", "–", "–", "Planned", "G Green", "Low",
    )  # fmt: skip
    assert found["DP-45"][3:8] == ("30 November 2013", "31 Dec 2013: Two of four briefed.", "Planned", "A Amber", "–")
    assert found["DP-08"][3] == "in the New Year"
    assert found["M-01"][0] == "Milestone: =Courses held"


def test_the_letters_are_explained_and_our_words_are_said_to_be_ours(book: Any) -> None:
    for sheet in (book["Plan"], book["Progress"]):
        found = lines(sheet)
        assert found["R Red"][0] == "Will not be met (the plan's own)"
        assert found["G Green"][0].endswith("(wording of this desk, not agreed by the group)")
    cell = next(cell for cell in book["Plan"]["H"] if cell.value == "A Amber")
    assert cell.fill.fgColor.rgb.endswith("FFB81C")


def test_the_numbers_beside_the_charts_are_those_of_the_plan(book: Any, busy: Workspace) -> None:
    view, found = plan_view(busy), lines(book["Progress"])
    assert found["All actions"][5:8] == (view.total, 33, view.late)
    assert found["1. Build an evidence base on the scale of human trafficking in Wales"][:5] == (0, 0, 0, 1, 6)
    assert found["Oct to Dec 2013"][5:8] == (50, 33, 1)
    assert found["December 2013"][:3] == (33, 6, 1)
    assert [_drawn(book["Progress"], chart) for chart in book["Progress"]._charts] == [
        ("Objective", "7. Influence and learning with the UK and internationally"),
        ("Quarter", "Oct to Dec 2013"),
        ("Month", "December 2013"),
    ]
    assert any("44 without a day" in first for first in found)


def _drawn(sheet: Any, chart: Any) -> tuple[str, str]:
    """The heading over the labels that a chart draws, and the last of them."""
    area = (chart.series[0].cat.numRef or chart.series[0].cat.strRef).f.rpartition("!")[2].replace("$", "")
    labels = [cell for (cell,) in sheet[area]]
    return sheet.cell(labels[0].row - 1, 1).value, labels[-1].value


def test_the_timeline_stands_as_days_beside_its_bars(book: Any) -> None:
    sheet = book["Timeline"]
    found = lines(sheet)
    days = [f"{value:%Y-%m-%d}" for value in found["DP-08"][2:5]]
    assert (days, found["DP-08"][5:7]) == (["2014-01-01", "2014-01-01", "2014-12-31"], (0, 365))
    assert found["DP-04"][1] == "no date"
    [chart] = sheet._charts
    assert (chart.type, chart.grouping, len(chart.series)) == ("bar", "stacked", 3)
    assert chart.series[0].graphicalProperties.noFill
    assert chart.series[2].graphicalProperties.line.width > 20_000


def test_each_sheet_is_a4_across_with_its_marking(busy: Workspace, tmp_path: Path) -> None:
    an_action(busy, "Write to the Minister", marking="official-sensitive")
    export_plan(busy, tmp_path / "plan.xlsx")
    for sheet in opened(tmp_path / "plan.xlsx"):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"


def test_no_file_is_written_over_and_no_other_kind(workspace: Workspace, tmp_path: Path) -> None:
    count = ask(workspace, "SELECT count(*) FROM actions")[0][0]
    assert export_plan(workspace, tmp_path / "plan.xlsx").count == count
    with pytest.raises(Refused):
        export_plan(workspace, tmp_path / "plan.xlsx")
    with pytest.raises(BadInput, match=r"written as \.xlsx"):
        export_plan(workspace, tmp_path / "plan.pdf")
    names = [plan_to_folder(workspace).name for _again in range(2)]
    assert names == ["delivery-plan-2013-12-31.xlsx", "delivery-plan-2013-12-31-2.xlsx"]


def test_an_office_without_a_plan_gets_a_workbook_as_well(workspace: Workspace, tmp_path: Path) -> None:
    assert export_plan(workspace, tmp_path / "plan.xlsx").count == 0
    assert opened(tmp_path / "plan.xlsx")["Plan"]["A1"].value == "Delivery Plan"


def test_the_summary_of_an_action_log_explains_the_letters(wales: Workspace, tmp_path: Path) -> None:
    edit_plan(wales, plan_draft({"amber": "Slipping"}, TODAY))
    export_actions(wales, tmp_path / "log.xlsx", ActionFilter(), Sort.REF)
    sheet = opened(tmp_path / "log.xlsx")["Summary"]
    assert lines(sheet)["A Amber"][0] == "Slipping (the plan's own)"
