"""Titles of meetings, papers, plans, milestones, sessions and evidence have Welsh beside their English."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ahtc_tui.domain.drafts.evidence import build_session_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.drafts.plan import build_milestone_draft
from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, use_language
from ahtc_tui.services.evidence import practice, recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.exports.plan import export_evidence
from ahtc_tui.services.meetings import papers
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.plan import versions_and_milestones
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY

WELSH = "Teitl yn Gymraeg, ŵ ac ŷ"


def add_records(workspace: Workspace) -> dict[str, tuple[str, str]]:
    """Add a record to each table without one; return a reference and the field of the title by table."""
    fields = {"title": "Members' day", "group": "leadership-group", "starts": "2014-01-21 10:00"}
    meeting = meetings.add_meeting(workspace, build_meeting_draft(fields, TODAY)).ref
    paper = papers.add_paper(workspace, meeting, build_paper_draft({"title": "Risk register"}, TODAY)).ref
    draft = build_milestone_draft({"title": "First return", "objective": "1"}, TODAY)
    milestone = versions_and_milestones.add_milestone(workspace, draft).ref
    session = practice.add_session(workspace, build_session_draft({"title": "First course"}, TODAY)).ref
    advice = recommendations.list_recommendations(workspace)
    return {
        "meetings": (meeting, "title"),
        "papers": (paper, "title"),
        "plans": (plan.list_versions(workspace)[0].ref, "plan"),
        "milestones": (milestone, "title"),
        "sessions": (session, "title"),
        "documents": (recommendations.list_documents(workspace)[0].ref, "title"),
        "recommendations": (advice[0].ref, "title"),
        "data_sets": (evidence.list_data_sets(workspace)[0].ref, "title"),
        "figures": (evidence.list_figures(workspace)[0].ref, "title"),
    }


def test_titles_wait_for_welsh_until_it_is_written(wales: Workspace) -> None:
    for table, (ref, field) in add_records(wales).items():
        waiting = {(text.ref, text.field): text for text in queue.list_queue(wales)}
        assert waiting[ref, field].table == table
        assert queue.translate_text(wales, ref, field, WELSH).cy == WELSH
        assert (ref, field) not in {(text.ref, text.field) for text in queue.list_queue(wales)}


def test_welsh_screens_show_the_welsh_titles(wales: Workspace) -> None:
    records = add_records(wales)
    for ref, field in records.values():
        queue.translate_text(wales, ref, field, WELSH)
    meeting, document = records["meetings"][0], records["documents"][0]
    with use_language(Language.CY):
        rows = (
            meetings.show_meeting(wales, meeting).row,
            *papers.list_papers(wales, meeting),
            *plan.list_versions(wales),
            *plan.list_milestones(wales),
            *practice.list_sessions(wales),
            *(row for row in recommendations.list_documents(wales) if row.ref == document),
            evidence.list_data_sets(wales)[0],
            evidence.list_figures(wales)[0],
        )
        assert {row.shown_title for row in rows} == {WELSH}
    assert WELSH not in {row.shown_title for row in rows}


def test_a_new_english_title_waits_for_its_welsh_again(wales: Workspace) -> None:
    ref, field = add_records(wales)["meetings"]
    queue.translate_text(wales, ref, field, WELSH)
    meetings.edit_meeting(wales, ref, build_meeting_draft({"title": "Partners' day"}, TODAY))
    assert meetings.show_meeting(wales, ref).row.title_cy is None


def test_a_meeting_named_after_its_group_has_the_welsh_name_of_the_group(wales: Workspace) -> None:
    fields = {"group": "leadership-group", "starts": "2014-01-21 10:00"}
    ref = meetings.add_meeting(wales, build_meeting_draft(fields, TODAY)).ref
    with use_language(Language.CY):
        assert meetings.show_meeting(wales, ref).row.shown_title.startswith("Grŵp Arwain Atal Masnachu")
    assert ref not in {text.ref for text in queue.list_queue(wales)}


@pytest.mark.parametrize("sheet", ["Ffigurau", "Setiau data"])
def test_a_welsh_workbook_of_evidence_prints_welsh_titles_and_marks_english(
    sheet: str, wales: Workspace, tmp_path: Path
) -> None:
    for rows in (evidence.list_figures(wales), evidence.list_data_sets(wales)):
        queue.translate_text(wales, rows[0].ref, "title", WELSH)
        queue.translate_text(wales, rows[1].ref, "title", "")
    with use_language(Language.CY):
        export_evidence(wales, tmp_path / "tystiolaeth.xlsx")
    cells = [cell.value for row in load_workbook(tmp_path / "tystiolaeth.xlsx")[sheet].iter_rows() for cell in row]
    assert WELSH in cells
    assert any(str(cell).startswith(ENGLISH_ONLY) for cell in cells)
