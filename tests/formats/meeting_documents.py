"""Builder of minutes whose text contains markup of every format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import (
    ActionEntry,
    AttendanceGroup,
    Cut,
    DecisionEntry,
    DocumentKind,
    ItemEntry,
    MeetingDocument,
    MinuteEntry,
    PaperEntry,
)
from ahtc_tui.domain.meetings.kinds import LineKind

HOSTILE = "A & B <c> {{ x }} {% if %} {_{ y }_} {_% z %_} `code` *stars* [link](x) | cell &amp; $x$"


def build_minutes(**changes: Any) -> MeetingDocument:
    """Build minutes with one item: a note, a decision and an action, all with hostile text."""
    lines = (
        MinuteEntry("1.1", LineKind.NOTE, HOSTILE),
        MinuteEntry("1.2", LineKind.DECISION, HOSTILE, "D-2013-01/1"),
        MinuteEntry("1.3", LineKind.ACTION, HOSTILE, "LG-2013-01/01", "JF", "by 31 January 2014"),
    )
    action = ActionEntry("LG-2013-01/01", HOSTILE, "JF", "31 January 2014")
    document = MeetingDocument(
        kind=DocumentKind.MINUTES,
        cut=Cut.CIRCULATED,
        marking=Marking.OFFICIAL,
        ref="LG-2013-01",
        group="Leadership Group",
        title="",
        day=date(2013, 12, 10),
        when="Tuesday 10 December 2013",
        time="10am to 11:30am",
        where="Cathays Park",
        link="",
        remark="",
        warning="",
        note="",
        attendance=(AttendanceGroup("Present", ("Jeff Farrar (JF), Gwent Police",)),),
        agenda=(ItemEntry(1, HOSTILE, lines=lines), ItemEntry(2, "Close", silence="The item was not reached.")),
        actions=(action,),
        decisions=(DecisionEntry("D-2013-01/1", HOSTILE),),
        papers=(PaperEntry("LG-1", HOSTILE, "JF", ""),),
        brief=(),
        next_meeting="Tuesday 11 March 2014",
    )
    return replace(document, **changes)
