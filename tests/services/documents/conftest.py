"""An office with an agenda, minutes and a decision, whose files are read in both languages."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_decision_draft
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.decisions import add_decision
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_line


@pytest.fixture
def office(busy: Workspace) -> Workspace:
    """Two meetings with an item each, a line that raises an action, and a decision in both languages."""
    for starts in ("2013-11-05 10:00", "2014-01-21 10:00"):
        meeting = add_meeting(busy, build_meeting_draft({"group": "leadership-group", "starts": starts}, TODAY)).ref
        add_item(busy, meeting, build_agenda_draft({"title": "Welcome", "minutes": "10"}))
    make_line(busy, "LG-2013-01", "a: agree dates", 1)
    add_decision(busy, build_decision_draft({"text": "Adopt the plan", "text_cy": "Mabwysiadu'r cynllun"}, TODAY))
    return busy
