"""The source of an action: the document and its paragraph, also where the action belongs to a meeting."""

from __future__ import annotations

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.workspace import Workspace


def test_every_action_of_the_paper_names_its_paragraph(wales: Workspace) -> None:
    rows = list_actions(wales, ActionFilter(which=ActionScope.ALL))
    assert not [row.ref for row in rows if not (row.source or "").startswith("Paragraph ")]
    assert {row.ref for row in rows if row.meeting} == {"DP-31", "DP-32"}
