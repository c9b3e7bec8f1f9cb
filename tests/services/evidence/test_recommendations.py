"""Recommendations, their documents and the answers to them."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.drafts.evidence import build_answer_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.evidence.recommendations import (
    answer_recommendation,
    list_documents,
    list_recommendations,
    show_recommendation,
)
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


def test_reference_data_has_six_recommendations_in_ten_documents(wales: Workspace) -> None:
    documents = list_documents(wales)
    assert (len(list_recommendations(wales)), len(documents)) == (6, 10)
    assert sum(row.recommendations for row in documents) == 6
    assert sum(row.answered for row in documents) == 3


def test_a_recommendation_has_its_document_actions_and_paragraph(wales: Workspace) -> None:
    row = show_recommendation(wales, "GRETA 2012")
    assert (row.document_ref, row.whole_report, row.source) == (
        "greta-report-2012",
        True,
        "Paragraph 5.1, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
    )
    assert row.actions == ("DP-43",)
    assert show_recommendation(wales, "greta-2012-missing-children").part_of == "greta-2012"


def test_a_filter_narrows_recommendations_and_documents(wales: Workspace) -> None:
    assert [row.ref for row in list_recommendations(wales, "missing child")] == ["greta-2012-missing-children"]
    assert [row.ref for row in list_documents(wales, "cm 8421")] == ["idmg-report-2012"]


def test_answering_a_recommendation_can_be_undone(wales: Workspace) -> None:
    row = answer_recommendation(wales, "celg-2014-services", build_answer_draft("Accepted", "AHTC", "2"))
    assert (row.response, row.owner, row.objective) == (
        "Accepted",
        "Anti Human Trafficking Co-ordinator",
        "2. Leadership and co-ordination",
    )
    undo_step(wales)
    assert show_recommendation(wales, "celg-2014-services").response is None


def test_answer_with_unknown_recommendation_or_owner_is_refused(wales: Workspace) -> None:
    with pytest.raises(NotFound):
        answer_recommendation(wales, "nothing", build_answer_draft("Accepted"))
    with pytest.raises(NotFound):
        answer_recommendation(wales, "solace-2009", build_answer_draft("Accepted", "Nobody At All"))
    assert show_recommendation(wales, "solace-2009").response != "Accepted"
