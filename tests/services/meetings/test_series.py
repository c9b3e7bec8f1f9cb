"""Series of meetings: days that holidays move, days held at another time or called off, and what guests are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import Moment, meeting_draft, read_moment
from ahtc_tui.domain.drafts.minutes import agenda_draft
from ahtc_tui.domain.errors import AhtcError, BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.model import MeetingRow, MeetingState
from ahtc_tui.services.history import redo, undo
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.calendar_files import invite_files
from ahtc_tui.services.minutes import carry_forward
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.today import today_view
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import TODAY

MONDAYS = {"group": "LG", "starts": "2014-01-06 10:00", "minutes": "90", "repeat": "FREQ=MONTHLY;BYDAY=1MO;COUNT=12"}
MARCH = date(2014, 3, 3)


def at(words: str) -> Moment:
    return read_moment(words, TODAY)


def a_series(workspace: Workspace, **fields: str) -> MeetingRow:
    """The first Mondays of 2014, unless said otherwise."""
    return meetings.add_meeting(workspace, meeting_draft({**MONDAYS, **fields}, TODAY))


def an_edit(workspace: Workspace, ref: str, **fields: str) -> MeetingRow:
    return meetings.edit_meeting(workspace, ref, meeting_draft(fields, TODAY))


def days(workspace: Workspace, ref: str) -> list[str]:
    """When the days of 2014 are; "-" where a holiday makes one fall out."""
    listed = series.days_of(workspace, ref, date(2014, 1, 1), date(2014, 12, 31))
    return [f"{day.starts:%d %b %H:%M}" if day.starts else "-" for day in listed]


def sequence(workspace: Workspace, ref: str) -> int:
    return meetings.show_meeting(workspace, ref).row.sequence


@pytest.mark.parametrize(
    ("rule", "may", "why"),
    [("keep", "05 May 10:00", None), ("move", "06 May 10:00", "May Day"), ("skip", "-", "May Day")],
)
def test_a_bank_holiday_is_kept_moved_or_skipped(wales: Workspace, rule: str, may: str, why: str | None) -> None:
    ref = a_series(wales, on_holiday=rule).ref
    assert days(wales, ref)[4] == may
    assert series.days_of(wales, ref, date(2014, 5, 1), date(2014, 5, 31))[0].holiday == why


def test_a_day_is_moved_alone_by_its_plan_or_by_where_it_was_moved_to(wales: Workspace) -> None:
    ref = a_series(wales).ref
    own = series.move_day(wales, ref, MARCH, at("2014-03-05 14:00"))
    assert (own.series, str(own.recurrence_id), str(own.ends)) == (ref, "2014-03-03 10:00:00", "2014-03-05 15:30:00")
    assert (own.uid, own.sequence) == (meetings.show_meeting(wales, ref).row.uid, 1)
    assert days(wales, ref)[2] == "05 Mar 14:00"
    for day in (MARCH, date(2014, 3, 5)):
        assert series.take_day(wales, ref, day).ref == own.ref
    assert series.move_day(wales, own.ref, date(2014, 3, 5), at("15:00")).sequence == 2
    assert len(days(wales, ref)) == 12
    undo(wales)
    undo(wales)
    assert days(wales, ref)[2] == "03 Mar 10:00"
    assert faults(wales.database) == []


def test_one_day_is_called_off_and_the_others_stand_and_then_all_but_those_held(wales: Workspace) -> None:
    ref = a_series(wales).ref
    june = series.cancel_day(wales, ref, date(2014, 6, 2))
    assert (june.state, june.sequence) == (MeetingState.CANCELLED, 1)
    held = series.take_day(wales, ref, date(2014, 1, 6)).ref
    an_edit(wales, held, state="held")
    later = series.take_day(wales, ref, date(2014, 7, 7)).ref
    meetings.cancel_meeting(wales, ref)
    states = {one: meetings.show_meeting(wales, one).row.state for one in (held, later)}
    assert states == {held: MeetingState.HELD, later: MeetingState.CANCELLED}
    with pytest.raises(Refused, match="as a whole"):
        series.take_day(wales, ref, date(2014, 8, 4))
    with pytest.raises(Refused, match="was held"):
        meetings.cancel_meeting(wales, held)
    with pytest.raises(Refused, match="was held"):
        an_edit(wales, held, state="cancelled")


def test_days_follow_the_series_but_for_what_they_say_otherwise(wales: Workspace) -> None:
    ref = a_series(wales, venue="Cathays Park").ref
    moved = series.move_day(wales, ref, MARCH, at("2014-03-05 14:00")).ref
    plain = series.take_day(wales, ref, date(2014, 4, 7)).ref
    an_edit(wales, plain, venue="Wrexham")
    an_edit(wales, ref, starts="11:00", venue="Online", minutes="60")
    rows = {one: meetings.show_meeting(wales, one).row for one in (moved, plain)}
    assert [(str(row.starts), str(row.ends), row.venue) for row in rows.values()] == [
        ("2014-03-05 14:00:00", "2014-03-05 15:00:00", "Online"),
        ("2014-04-07 11:00:00", "2014-04-07 12:00:00", "Wrexham"),
    ]
    assert str(rows[moved].recurrence_id) == "2014-03-03 11:00:00"
    with pytest.raises(Refused, match="end the series with UNTIL"):
        an_edit(wales, ref, repeat="FREQ=MONTHLY;BYDAY=2MO")
    with pytest.raises(BadInput, match="change the rule there"):
        an_edit(wales, plain, repeat="FREQ=MONTHLY")


def test_a_series_begins_on_the_first_day_that_its_rule_gives(wales: Workspace) -> None:
    row = a_series(wales, starts="2014-01-01 10:00")
    assert (str(row.starts), str(row.ends)) == ("2014-01-06 10:00:00", "2014-01-06 11:30:00")
    with pytest.raises(BadInput, match="gives no day"):
        a_series(wales, repeat="FREQ=MONTHLY;UNTIL=20130101")
    with pytest.raises(BadInput, match="needs a day to begin on"):
        a_series(wales, starts="June 2014", minutes="")


@pytest.mark.parametrize(
    ("until", "last"),
    [("20140707", "07 Jul 10:00"), ("20140707T090000Z", "07 Jul 10:00"), ("20140707T085959Z", "02 Jun 10:00")],
)
def test_the_end_of_a_series_counts_the_whole_day_and_the_hour_of_summer(
    wales: Workspace, until: str, last: str
) -> None:
    assert days(wales, a_series(wales, repeat=f"FREQ=MONTHLY;BYDAY=1MO;UNTIL={until}").ref)[-1] == last


@pytest.mark.parametrize(
    ("ref", "day", "error"),
    [
        ("series", date(2014, 2, 4), NotFound),
        ("series", date(2015, 3, 2), NotFound),
        ("idmg-first-report", MARCH, BadInput),
    ],
)
def test_a_day_that_is_none_is_refused_in_one_sentence(
    wales: Workspace, ref: str, day: date, error: type[AhtcError]
) -> None:
    named = a_series(wales).ref if ref == "series" else ref
    for verb in (series.take_day, series.cancel_day):
        with pytest.raises(error):
            verb(wales, named, day)


def test_the_next_day_is_what_lists_and_today_show_whoever_has_a_record(wales: Workspace) -> None:
    ref = a_series(wales, starts="2013-12-02 10:00").ref
    own = series.move_day(wales, ref, date(2014, 1, 6), at("2014-01-08 10:00")).ref
    coming = {row.ref: str(row.starts) for row in meetings.next_meetings(wales)}
    assert (coming[own], coming[ref]) == ("2014-01-08 10:00:00", "2014-02-03 10:00:00")
    shown = {one.ref: str(one.day) for one in today_view(wales, meetings=None).next_meetings.rows}
    assert (shown[own], shown[ref]) == ("8 January 2014", "3 February 2014")
    rows = meetings.list_meetings(wales)
    assert str(meetings.next_of_series(wales, rows)[ref]) == "2014-01-08 10:00:00"
    series.cancel_day(wales, ref, date(2014, 1, 8))
    assert str(meetings.next_of_series(wales, rows)[ref]) == "2014-02-03 10:00:00"
    for _step in ("called off", "moved"):
        undo(wales)
    assert {row.ref: str(row.starts) for row in meetings.next_meetings(wales)}[ref] == "2014-01-06 10:00:00"


def test_what_is_open_goes_to_the_next_day_of_the_series(wales: Workspace) -> None:
    ref = a_series(wales).ref
    own = series.take_day(wales, ref, date(2014, 1, 6)).ref
    minutes.add_item(wales, own, agenda_draft({"title": "Training"}))
    with pytest.raises(Refused, match="is a series"):
        carry_forward.close_meeting(wales, ref)
    _carried, following = carry_forward.close_meeting(wales, own)
    assert following is not None
    card = meetings.show_meeting(wales, following)
    assert (str(card.row.starts), card.row.series) == ("2014-02-03 10:00:00", ref)
    assert "Training" in [item.title for item in card.agenda]


def test_undo_lowers_sequence_only_while_nobody_was_told(wales: Workspace, tmp_path: Path) -> None:
    ref = a_series(wales).ref
    an_edit(wales, ref, venue="Wrexham")
    undo(wales)
    assert sequence(wales, ref) == 0
    redo(wales)
    assert sequence(wales, ref) == 1
    invite_files(wales, tmp_path / "a.ics", meeting=ref)
    undo(wales)
    row = meetings.show_meeting(wales, ref).row
    assert (row.venue, row.sequence) == (None, 2)
    invite_files(wales, tmp_path / "b.ics", meeting=ref)
    redo(wales)
    row = meetings.show_meeting(wales, ref).row
    assert (row.venue, row.sequence) == ("Wrexham", 3)
    assert faults(wales.database) == []


def test_undo_of_a_day_that_was_sent_raises_its_sequence_too(wales: Workspace, tmp_path: Path) -> None:
    ref = a_series(wales).ref
    own = series.take_day(wales, ref, MARCH).ref
    series.move_day(wales, ref, MARCH, at("14:00"))
    invite_files(wales, tmp_path / "a.ics", meeting=ref)
    undo(wales)
    assert (str(meetings.show_meeting(wales, own).row.starts), sequence(wales, own)) == ("2014-03-03 10:00:00", 2)
    assert sequence(wales, ref) == 0


def test_a_request_for_a_moved_day_carries_its_plan_and_the_uid_of_the_series(wales: Workspace, tmp_path: Path) -> None:
    row = a_series(wales, on_holiday="skip", organiser="secretariat")
    own = series.move_day(wales, row.ref, MARCH, at("2014-03-05 14:00"))
    series.cancel_day(wales, row.ref, date(2014, 6, 2))
    texts = {}
    for ref in (own.ref, row.ref):
        invite_files(wales, tmp_path / f"{ref}.ics", meeting=ref, method="request")
        texts[ref] = (tmp_path / f"{ref}.ics").read_text(encoding="utf-8")
    day, whole = texts[own.ref], texts[row.ref]
    assert f"UID:{row.uid}" in day
    assert "RECURRENCE-ID;TZID=Europe/London:20140303T100000" in day
    assert (day.count("BEGIN:VEVENT"), whole.count("BEGIN:VEVENT")) == (1, 2)
    assert whole.count("EXDATE;TZID=Europe/London:20140505T100000") == 1
    assert whole.count("EXDATE;TZID=Europe/London:20140602T100000") == 1


def test_a_folder_has_one_request_for_a_series_and_its_days_and_a_cancellation_for_a_day(
    wales: Workspace, tmp_path: Path
) -> None:
    row = a_series(wales, organiser="secretariat")
    series.move_day(wales, row.ref, MARCH, at("14:00"))
    june = series.cancel_day(wales, row.ref, date(2014, 6, 2))
    asked = invite_files(wales, tmp_path / "ask", group="LG", method="request")
    off = invite_files(wales, tmp_path / "off", group="LG", method="cancel")
    assert (asked.meetings, off.meetings) == ((row.ref,), (june.ref,))


def test_a_series_of_whole_days_names_its_days_without_an_hour(wales: Workspace, tmp_path: Path) -> None:
    ref = a_series(wales, starts="2014-01-06", minutes="", on_holiday="move").ref
    own = series.move_day(wales, ref, MARCH, at("2014-03-05 10:00"))
    for name, one in (("all", ref), ("day", own.ref)):
        invite_files(wales, tmp_path / f"{name}.ics", meeting=one)
        assert "RECURRENCE-ID;VALUE=DATE:20140303" in (tmp_path / f"{name}.ics").read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20140506" in (tmp_path / "all.ics").read_text(encoding="utf-8")
