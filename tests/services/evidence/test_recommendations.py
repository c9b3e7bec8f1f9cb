"""Recommendations, their documents and the answers to them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.recommendations import build_answer_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.evidence.recommendations import (
    answer_recommendation,
    list_documents,
    list_recommendations,
    show_recommendation,
)
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


@pytest.fixture
def workspace(wales_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the Wales 2013 workspace, opened on 31 December 2013."""
    shutil.copytree(wales_folder, tmp_path / "desk")
    opened = open_workspace(tmp_path / "desk", today=DAY)
    yield opened
    opened.close()


def test_reference_data_has_six_recommendations_in_ten_documents(workspace: Workspace) -> None:
    documents = list_documents(workspace)
    assert (len(list_recommendations(workspace)), len(documents)) == (6, 10)
    assert sum(row.recommendations for row in documents) == 6
    assert sum(row.answered for row in documents) == 3


def test_a_recommendation_has_its_document_actions_and_paragraph(workspace: Workspace) -> None:
    row = show_recommendation(workspace, "GRETA 2012")
    assert (row.document_ref, row.whole_report, row.source) == (
        "greta-report-2012",
        True,
        "Paragraph 5.1, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
    )
    assert row.actions == ("DP-43",)
    assert show_recommendation(workspace, "greta-2012-missing-children").part_of == "greta-2012"


def test_a_filter_narrows_recommendations_and_documents(workspace: Workspace) -> None:
    assert [row.ref for row in list_recommendations(workspace, "missing child")] == ["greta-2012-missing-children"]
    assert [row.ref for row in list_documents(workspace, "cm 8421")] == ["idmg-report-2012"]


def test_answering_a_recommendation_can_be_undone(workspace: Workspace) -> None:
    row = answer_recommendation(workspace, "celg-2014-services", build_answer_draft("Accepted", "AHTC", "2"))
    assert (row.response, row.owner, row.objective) == (
        "Accepted",
        "Anti Human Trafficking Co-ordinator",
        "2. Leadership and co-ordination",
    )
    undo_step(workspace)
    assert show_recommendation(workspace, "celg-2014-services").response is None


def test_answer_with_unknown_recommendation_or_owner_is_refused(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        answer_recommendation(workspace, "nothing", build_answer_draft("Accepted"))
    with pytest.raises(NotFound):
        answer_recommendation(workspace, "solace-2009", build_answer_draft("Accepted", "Nobody At All"))
    assert show_recommendation(workspace, "solace-2009").response != "Accepted"
