"""The next meeting, as papers name it where a series plans it."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.services.documents.composition import compose
from ahtc_tui.services.meetings import agenda, series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.services.meetings.test_series import MARCH, a_series


@pytest.mark.parametrize("called_off", [False, True])
def test_papers_name_the_day_of_the_series_that_comes_next(wales: Workspace, called_off: bool) -> None:
    ref = a_series(wales, on_holiday="move").ref
    own = series.take_day(wales, ref, date(2014, 4, 7)).ref
    wanted = "Tuesday 6 May 2014, 10:00 to 11:30"
    if called_off:
        series.cancel_day(wales, ref, date(2014, 5, 5))
        wanted = "Monday 2 June 2014, 10:00 to 11:30"
    for kind in DocumentKind:
        paper = compose(wales, kind, own, Cut.CIRCULATED, Marking.OFFICIAL)
        assert paper.next_meeting == wanted
    minuted = agenda.agenda_desk(wales, own).card.final_on
    assert minuted is not None
    assert (minuted > date(2014, 6, 2)) == called_off


def test_a_meeting_that_comes_before_the_next_day_of_the_series_is_named(wales: Workspace) -> None:
    own = series.take_day(wales, a_series(wales).ref, MARCH).ref
    meetings.add_meeting(wales, meeting_draft({"group": "LG", "starts": "2014-03-20 09:00"}, TODAY))
    paper = compose(wales, DocumentKind.MINUTES, own, Cut.CIRCULATED, Marking.OFFICIAL)
    assert paper.next_meeting == "Thursday 20 March 2014, 09:00"
