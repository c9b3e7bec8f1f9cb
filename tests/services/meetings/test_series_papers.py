"""Tests of the next meeting in papers when it is a planned day of a series."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.services.documents.composition import compose_document
from ahtc_tui.services.meetings import agenda, series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.services.meetings.test_series import MARCH, add_series


@pytest.mark.parametrize("called_off", [False, True])
def test_papers_name_the_next_day_of_the_series(wales: Workspace, called_off: bool) -> None:
    ref = add_series(wales, on_holiday="move").ref
    own = series.open_day(wales, ref, date(2014, 4, 7)).ref
    expected = "Tuesday 6 May 2014, 10am to 11:30am"
    if called_off:
        series.cancel_day(wales, ref, date(2014, 5, 5))
        expected = "Monday 2 June 2014, 10am to 11:30am"
    for kind in DocumentKind:
        paper = compose_document(wales, kind, own, Edition())
        assert paper.next_meeting == expected
    minuted = agenda.show_agenda(wales, own).card.final_on
    assert minuted is not None
    assert (minuted > date(2014, 6, 2)) == called_off


def test_papers_name_an_earlier_meeting_before_the_series(wales: Workspace) -> None:
    own = series.open_day(wales, add_series(wales).ref, MARCH).ref
    meetings.add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-03-20 09:00"}, TODAY))
    paper = compose_document(wales, DocumentKind.MINUTES, own, Edition())
    assert paper.next_meeting == "Thursday 20 March 2014, 9am"
