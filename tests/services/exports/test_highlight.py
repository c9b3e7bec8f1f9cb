"""The highlight report: its lists, and that it stays short."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.office_paper import PaperPart
from ahtc_tui.domain.documents.page_space import count_pages
from ahtc_tui.domain.drafts.plan import build_objective_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.formats.files.marking_reader import read_marking
from ahtc_tui.formats.files.text_extraction import extract_text
from ahtc_tui.services.actions.service import close_action
from ahtc_tui.services.exports.highlight import (
    MOST_OBJECTIVES,
    build_highlight,
    build_paper,
    export_highlight,
)
from ahtc_tui.services.plan.objectives import add_objective
from ahtc_tui.services.plan.service import show_plan
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, set_clock

PARTS = ("Position by objective", "Completed since", "Late", "Rated red or blocked", "Due in the next six weeks")


def test_each_action_is_in_the_part_that_asks_for_attention_first(workspace: Workspace) -> None:
    make_action(workspace, "Late and red", due="2013-11-01", brag="R")
    make_action(workspace, "Red and soon", due="2013-12-05", brag="R")
    make_action(workspace, "Soon", due="2013-12-06")
    make_action(workspace, "Later", due="2014-05-01")
    make_action(workspace, "A duty", status="continuing", review_on="2013-12-01")
    content = build_highlight(set_clock(workspace, "2013-11-30"), "2013-11-01")
    titles = [[row.title for row in rows] for rows in (content.late, content.red, content.coming)]
    assert titles == [["Late and red"], ["Red and soon"], ["Soon"]]


def test_ratings_are_counted_of_open_actions_alone(workspace: Workspace) -> None:
    make_action(workspace, "Open and green", brag="G")
    make_action(workspace, "Open")
    closed = make_action(workspace, "Closed and red", brag="R").ref
    close_action(workspace, closed)
    content = build_highlight(workspace, "2013-11-01")
    facts = dict(build_paper(content, content.marking).facts)
    assert facts["Open actions"].startswith("2, ")
    assert facts["Ratings"] == "Blue 0, Red 0, Amber 0, Green 1, not rated 1"


def test_an_empty_office_gets_the_changes_of_the_quarter(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--workspace", str(workspace.root), "--as-at", "2013-12-31", "export", "since"]
    assert run([*command, str(tmp_path / "since.md")]) == 0
    assert "1 October 2013 to 31 December 2013" in (tmp_path / "since.md").read_text(encoding="utf-8")


def test_a_continuing_duty_rated_red_is_listed(workspace: Workspace) -> None:
    make_action(workspace, "A red duty", status="continuing", review_on="2014-12-01", brag="R")
    assert [row.title for row in build_highlight(workspace, "2013-11-01").red] == ["A red duty"]


def test_a_part_has_three_rows_and_the_number_of_all_without_references(workspace: Workspace) -> None:
    title = "Write to the health boards about the protocol for the referral of people in need of support"
    refs = [make_action(workspace, title, due="2013-11-01").ref for _n in range(5)]
    paper = build_paper(build_highlight(workspace, "2013-11-01"), Marking.OFFICIAL)
    objectives, leads, *parts = paper.parts
    named = (objectives, *parts)
    assert [part.heading.startswith(name) for part, name in zip(named, PARTS, strict=True)] == [True] * 5
    assert (leads.heading, leads.rows) == ("Position by lead", (("No lead", "5", "0"),))
    assert (parts[1].heading, len(parts[1].rows)) == ("Late (3 of 5)", 3)
    assert not [ref for ref in refs for part in paper.parts for text in part.texts if ref in text]


def test_a_long_title_is_whole_where_the_page_has_room(workspace: Workspace) -> None:
    title = "Write to the health boards about the protocol for the referral of people in need of support, " * 3
    make_action(workspace, title.strip(), due="2013-11-01")
    paper = build_paper(build_highlight(workspace, "2013-11-01"), Marking.OFFICIAL)
    assert paper.parts[2].rows[0][0] == title.strip()
    assert count_pages(paper) == 1


def test_ratings_have_columns_once_an_action_is_rated(wales: Workspace) -> None:
    def build_objectives() -> PaperPart:
        return build_paper(build_highlight(wales, "2013-11-01"), Marking.OFFICIAL).parts[0].without_empty_columns()

    part = build_objectives()
    assert part.head == ("Objective", "Open", "Late")
    assert part.rows[0][0] == "1. Build an evidence base on the scale of human trafficking in Wales"
    make_action(wales, "Write", brag="R")
    part = build_objectives()
    assert part.rows[-1] == ("No objective", "1", "0", "0", "1", "0", "0")
    assert sum(int(row[1]) for row in part.rows) == show_plan(wales).open
    assert part.head == ("Objective", "Open", "Late", "Blue", "Red", "Amber", "Green")


def test_a_report_of_a_large_office_has_two_pages_in_each_language_and_its_rows_add_up(wales: Workspace) -> None:
    title = "Write to all health boards and local authorities about the protocol for the referral of people" * 2
    for number in range(20):
        objective = add_objective(wales, build_objective_draft({"title": f"{title} {number}"})).row.number
        draft = {"lead": "University of Central Lancashire", "objective": str(objective)}
        for due, brag in (("2013-11-01", ""), ("2014-01-10", "R"), ("2014-01-10", "A")):
            make_action(wales, f"{title} {number}", due=due, brag=brag, **draft)
        close_action(wales, make_action(wales, f"{title} {number}", **draft).ref)
    for language, other in ((Language.EN, "18 other objectives"), (Language.CY, "18 amcan arall")):
        with use_language(language):
            paper = build_paper(build_highlight(wales, "2013-11-01"), Marking.OFFICIAL)
        assert count_pages(paper) == 2
        rows = paper.parts[0].rows
        assert sum(int(row[1]) for row in rows) == show_plan(wales).open
        assert (len(rows), rows[-1][0]) == (MOST_OBJECTIVES, other)
        assert all(len(part.rows) >= 2 for part in paper.parts[2:])
        assert paper.parts[1].rows[0] == ("University of Central Lancashire", "20", "20")


def test_titles_of_a_slide_or_web_page_are_whole_where_those_of_a_printed_page_are_shortened(
    workspace: Workspace,
) -> None:
    title = "Write to all health boards and local authorities about the protocol for the referral of people" * 3
    for number in range(12):
        make_action(workspace, f"{title} {number}", due=f"2013-12-{30 - number}")
        close_action(workspace, make_action(workspace, f"{title} {number}", due="2014-01-10", brag="R").ref)
        make_action(workspace, f"{title} {number}", due="2014-01-10", brag="R")
    content = build_highlight(set_clock(workspace, "2013-12-31"), "2013-11-01")
    page, slide = (build_paper(content, Marking.OFFICIAL, whole_titles=whole) for whole in (False, True))
    assert "…" in page.parts[3].rows[0][0]
    assert slide.parts[3].rows[0][0].startswith(title)


def test_late_actions_are_ranked_by_urgency_and_lead_and_not_by_age(wales: Workspace) -> None:
    for due, brag, lead in (
        ("2013-01-10", "", "Bawso"),
        ("2013-12-01", "R", "Gwent Police"),
        ("2013-12-20", "", "Bawso"),
        ("2013-12-10", "", "WLGA"),
    ):
        make_action(wales, f"Due {due}", due=due, brag=brag, lead=lead)
    titles = [row.title for row in build_highlight(wales, "2013-11-01").late if row.title.startswith("Due")]
    assert titles == ["Due 2013-12-01", "Due 2013-12-20", "Due 2013-12-10", "Due 2013-01-10"]


def test_completed_actions_are_those_of_the_period(workspace: Workspace) -> None:
    close_action(workspace, make_action(workspace, "Adopt the course").ref)
    assert [row.title for row in build_highlight(workspace, "2013-11-01").closed] == ["Adopt the course"]


def test_the_report_has_the_highest_marking_of_its_actions(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, "Ask for prices", due="2013-11-01", marking="official-sensitive")
    path, counts = export_highlight(workspace, tmp_path / "highlight.md", "2013-11-01")
    assert counts["marking"] == "official-sensitive"
    assert path.read_text(encoding="utf-8").startswith("**OFFICIAL-SENSITIVE**")


def test_the_command_prints_counts_and_leaves_out_what_is_marked_higher(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_action(workspace, "Ask for prices", due="2013-11-01", marking="official-sensitive")
    make_action(workspace, "Brief the SPOCs", due="2013-11-02")
    command = ["--workspace", str(workspace.root), "--as-at", "2013-12-31", "export", "highlight"]
    out = str(tmp_path / "highlight.md")
    assert run([*command, out, "--from", "2013-11-01", "--up-to", "official", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["late"], report["from"], report["file"]) == (1, "2013-11-01", out)
    assert "Ask for prices" not in Path(out).read_text(encoding="utf-8")
    assert run([*command, str(tmp_path / "highlight.txt"), "--from", "2013-11-01"]) == 2


def test_the_slide_carries_the_marking_of_its_actions(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, "Ask for prices", due="2013-11-01", marking="official-sensitive")
    path, _counts = export_highlight(workspace, tmp_path / "highlight.pptx", "2013-11-01")
    assert read_marking(path) is Marking.OFFICIAL_SENSITIVE
    assert any("Ask for prices" in text for text in extract_text(path, path.read_bytes()))


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("Brief", "Brief"),
        ("Brief the SPOCs", "Brief the…"),
        ("Brief the board", "Brief the…"),
        ("Llanfairpwllgwyngyll", "Llanfairpwl…"),
        ("Brief them, now", "Brief them…"),
    ],
)
def test_a_long_text_is_shortened_at_a_word(text: str, shortened: str) -> None:
    assert shorten_text(text, 12) == shortened
