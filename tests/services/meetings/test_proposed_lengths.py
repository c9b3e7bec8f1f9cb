"""The length that an agenda proposes for an item, from the minutes of earlier meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import uuid_utils

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.minutes.item_lengths import ItemLength
from ahtc_tui.services.history import list_steps
from ahtc_tui.services.meetings import agenda
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.ledger import Ledger
from tests.builders import TODAY, make_line

TypeLine = Callable[[str, int, str], None]


@pytest.fixture
def type_line(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> TypeLine:
    """Type a line under an item at a time of the clock in Wales."""

    def add(ref: str, position: int, moment: str) -> None:
        seconds = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/London")).timestamp()
        key = RowKey(uuid_utils.uuid7(nanoseconds=int(seconds * 1e9)).bytes)
        with monkeypatch.context() as patch:
            keys = iter((key,))
            create = Ledger.create_key
            patch.setattr(Ledger, "create_key", staticmethod(lambda: next(keys, None) or create()))
            make_line(wales, ref, "n: the dates were agreed", position)

    return add


def add_minuted_meeting(office: Workspace, starts: str, *titles: str) -> str:
    """Add a meeting of the Leadership Group with an agenda; returns its reference."""
    ref = add_meeting(office, build_meeting_draft({"group": "LG", "starts": starts}, TODAY)).ref
    for title in titles:
        agenda.add_item(office, ref, build_agenda_draft({"title": title, "minutes": 10}))
    return ref


def test_the_latest_meeting_that_was_minuted_live_proposes_the_length(wales: Workspace, type_line: TypeLine) -> None:
    first = add_minuted_meeting(wales, "2013-06-04 10:00", "Training", "Data sets")
    second = add_minuted_meeting(wales, "2013-09-03 10:00", "training", "Data sets")
    third = add_minuted_meeting(wales, "2013-12-03 10:00", "Training", "Data sets")
    following = add_minuted_meeting(wales, "2014-02-11 10:00", "Training", "Data sets")
    type_line(first, 1, "2013-06-04 10:20")
    type_line(first, 2, "2013-06-04 10:31")
    type_line(second, 1, "2013-09-03 10:25")
    type_line(third, 1, "2013-12-04 10:00")
    type_line(third, 1, "2013-12-04 10:40")
    steps = len(list_steps(wales))
    shown = agenda.show_agenda(wales, following)
    assert shown.lengths == {"training": ItemLength(25, second), "data sets": ItemLength(11, first)}
    assert [item.minutes for item in shown.card.agenda] == [10, 10]
    assert agenda.show_agenda(wales, first).lengths == {}
    assert len(list_steps(wales)) == steps
