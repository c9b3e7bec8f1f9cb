"""Tests of series: days moved by bank holidays, days rescheduled or cancelled, and calendar data."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.meetings import Moment, build_meeting_draft, read_moment
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import AhtcError, BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.groups.service import show_group
from ahtc_tui.services.history import redo_step, undo_step
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.calendar_files import write_invitation_files
from ahtc_tui.services.meetings.series_dates import read_series_calendar
from ahtc_tui.services.minutes import carry_forward
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_line, set_clock

MONDAYS = {"group": "LG", "starts": "2014-01-06 10:00", "minutes": "90", "repeat": "FREQ=MONTHLY;BYDAY=1MO;COUNT=12"}
MARCH = date(2014, 3, 3)


def read_test_moment(words: str) -> Moment:
    return read_moment(words, TODAY)


def add_series(workspace: Workspace, **fields: str) -> MeetingRow:
    """Add a series, by default on the first Mondays of 2014."""
    return meetings.add_meeting(workspace, build_meeting_draft({**MONDAYS, **fields}, TODAY))


def edit_fields(workspace: Workspace, ref: str, **fields: str) -> MeetingRow:
    return meetings.edit_meeting(workspace, ref, build_meeting_draft(fields, TODAY))


def list_starts(workspace: Workspace, ref: str) -> list[str]:
    """Return the days in 2014; "-" for a day dropped by a bank holiday."""
    listed = series.list_days(workspace, ref, date(2014, 1, 1), date(2014, 12, 31))
    return [f"{day.starts:%d %b %H:%M}" if day.starts else "-" for day in listed]


def read_sequence(workspace: Workspace, ref: str) -> int:
    return meetings.show_meeting(workspace, ref).row.sequence


@pytest.mark.parametrize(
    ("rule", "may", "why"),
    [("keep", "05 May 10:00", None), ("move", "06 May 10:00", "May Day"), ("skip", "-", "May Day")],
)
def test_a_bank_holiday_is_kept_moved_or_skipped(wales: Workspace, rule: str, may: str, why: str | None) -> None:
    ref = add_series(wales, on_holiday=rule).ref
    assert list_starts(wales, ref)[4] == may
    assert series.list_days(wales, ref, date(2014, 5, 1), date(2014, 5, 31))[0].holiday == why


def test_one_day_is_moved_by_its_planned_or_current_date(wales: Workspace) -> None:
    ref = add_series(wales).ref
    own = series.move_day(wales, ref, MARCH, read_test_moment("2014-03-05 14:00"))
    assert (own.series, str(own.recurrence_id), str(own.ends)) == (ref, "2014-03-03 10:00:00", "2014-03-05 15:30:00")
    assert (own.uid, own.sequence) == (meetings.show_meeting(wales, ref).row.uid, 1)
    assert list_starts(wales, ref)[2] == "05 Mar 14:00"
    for day in (MARCH, date(2014, 3, 5)):
        assert series.open_day(wales, ref, day).ref == own.ref
    assert series.move_day(wales, own.ref, date(2014, 3, 5), read_test_moment("15:00")).sequence == 2
    assert len(list_starts(wales, ref)) == 12
    undo_step(wales)
    undo_step(wales)
    assert list_starts(wales, ref)[2] == "03 Mar 10:00"
    assert find_faults(wales.database) == []


def test_one_day_is_cancelled_and_then_all_days_not_yet_held(wales: Workspace) -> None:
    ref = add_series(wales).ref
    june = series.cancel_day(wales, ref, date(2014, 6, 2))
    assert (june.state, june.sequence) == (MeetingState.CANCELLED, 1)
    held = series.open_day(wales, ref, date(2014, 1, 6)).ref
    edit_fields(set_clock(wales, "2014-01-06"), held, state="held")
    later = series.open_day(wales, ref, date(2014, 7, 7)).ref
    meetings.cancel_meeting(wales, ref)
    states = {ref_of_day: meetings.show_meeting(wales, ref_of_day).row.state for ref_of_day in (held, later)}
    assert states == {held: MeetingState.HELD, later: MeetingState.CANCELLED}
    with pytest.raises(Refused, match="whole series"):
        series.open_day(wales, ref, date(2014, 8, 4))
    with pytest.raises(Refused, match="has been held"):
        meetings.cancel_meeting(wales, held)
    with pytest.raises(Refused, match="has been held"):
        edit_fields(wales, held, state="cancelled")


def test_the_date_of_a_marked_day_is_not_planned_in_a_paper_of_a_lower_marking(
    wales: Workspace, tmp_path: Path
) -> None:
    ref = add_series(wales).ref
    first = series.list_days(wales, ref)[0].day
    edit_fields(wales, series.open_day(wales, ref, first).ref, marking="official-sensitive")
    with limit_marking(wales, Marking.OFFICIAL) as limited:
        assert first not in {day.day for day in series.list_days(limited, ref)}
        report = write_invitation_files(limited, tmp_path / "series.ics", meeting=ref)
    text = report.files[0].read_text(encoding="utf-8")
    assert f"EXDATE;TZID=Europe/London:{first:%Y%m%d}T100000" in text
    assert first in {day.day for day in series.list_days(wales, ref)}


def test_days_follow_the_series_except_for_their_own_values(wales: Workspace) -> None:
    ref = add_series(wales, venue="Cathays Park").ref
    moved = series.move_day(wales, ref, MARCH, read_test_moment("2014-03-05 14:00")).ref
    plain = series.open_day(wales, ref, date(2014, 4, 7)).ref
    edit_fields(wales, plain, venue="Wrexham")
    edit_fields(wales, ref, starts="11:00", venue="Online", minutes="60")
    rows = {day_ref: meetings.show_meeting(wales, day_ref).row for day_ref in (moved, plain)}
    assert [(str(row.starts), str(row.ends), row.venue) for row in rows.values()] == [
        ("2014-03-05 14:00:00", "2014-03-05 15:00:00", "Online"),
        ("2014-04-07 11:00:00", "2014-04-07 12:00:00", "Wrexham"),
    ]
    assert str(rows[moved].recurrence_id) == "2014-03-03 11:00:00"
    with pytest.raises(Refused, match="End the series with UNTIL"):
        edit_fields(wales, ref, repeat="FREQ=MONTHLY;BYDAY=2MO")
    with pytest.raises(BadInput, match="Change the rule in"):
        edit_fields(wales, plain, repeat="FREQ=MONTHLY")


def test_actions_minuted_on_a_day_follow_it_to_its_new_date(wales: Workspace) -> None:
    ref = add_series(wales).ref
    day_ref = series.open_day(wales, ref, date(2014, 5, 5)).ref
    add_item(wales, day_ref, build_agenda_draft({"title": "The pathway"}))
    make_line(wales, day_ref, "a: Circulate the guidance", 1)
    series.move_day(wales, ref, date(2014, 5, 5), read_test_moment("2014-05-06 10:00"))
    assert str(show_action(wales, f"{day_ref}/01").row.raised_on) == "6 May 2014"


def test_a_series_starts_on_the_first_day_of_its_rule(wales: Workspace) -> None:
    row = add_series(wales, starts="2014-01-01 10:00")
    assert (str(row.starts), str(row.ends)) == ("2014-01-06 10:00:00", "2014-01-06 11:30:00")
    with pytest.raises(BadInput, match="has no date on or after"):
        add_series(wales, repeat="FREQ=MONTHLY;UNTIL=20130101")
    with pytest.raises(BadInput, match="needs a start date"):
        add_series(wales, starts="June 2014", minutes="")


@pytest.mark.parametrize(
    ("until", "last"),
    [("20140707", "07 Jul 10:00"), ("20140707T090000Z", "07 Jul 10:00"), ("20140707T085959Z", "02 Jun 10:00")],
)
def test_until_includes_the_last_day_in_local_time(wales: Workspace, until: str, last: str) -> None:
    assert list_starts(wales, add_series(wales, repeat=f"FREQ=MONTHLY;BYDAY=1MO;UNTIL={until}").ref)[-1] == last


@pytest.mark.parametrize(
    ("ref", "day", "error"),
    [
        ("series", date(2014, 2, 4), NotFound),
        ("series", date(2015, 3, 2), NotFound),
        ("idmg-first-report", MARCH, BadInput),
    ],
)
def test_a_day_outside_the_series_is_refused(wales: Workspace, ref: str, day: date, error: type[AhtcError]) -> None:
    named = add_series(wales).ref if ref == "series" else ref
    for verb in (series.open_day, series.cancel_day):
        with pytest.raises(error):
            verb(wales, named, day)


def test_lists_and_today_show_the_next_day_of_a_series(wales: Workspace) -> None:
    ref = add_series(wales, starts="2013-12-02 10:00").ref
    own = series.move_day(wales, ref, date(2014, 1, 6), read_test_moment("2014-01-08 10:00")).ref
    coming = {row.ref: str(row.starts) for row in meetings.next_meetings(wales)}
    assert (coming[own], coming[ref]) == ("2014-01-08 10:00:00", "2014-02-03 10:00:00")
    shown = {next_row.ref: str(next_row.day) for next_row in show_today(wales, meeting_limit=None).next_meetings.rows}
    assert (shown[own], shown[ref]) == ("8 January 2014", "3 February 2014")
    rows = meetings.list_meetings(wales)
    assert str(meetings.find_next_dates(wales, rows)[ref]) == "2014-01-08 10:00:00"
    series.cancel_day(wales, ref, date(2014, 1, 8))
    assert str(meetings.find_next_dates(wales, rows)[ref]) == "2014-02-03 10:00:00"
    for _step in ("called off", "moved"):
        undo_step(wales)
    assert {row.ref: str(row.starts) for row in meetings.next_meetings(wales)}[ref] == "2014-01-06 10:00:00"


THIRD_MONDAYS = {"starts": "2014-04-21 14:00", "repeat": "FREQ=MONTHLY;BYDAY=3MO;COUNT=8", "on_holiday": "move"}
"""A series whose first day is Easter Monday."""


def test_all_views_name_the_same_next_day_of_a_series_that_begins_on_a_bank_holiday(wales: Workspace) -> None:
    ref = add_series(wales, **THIRD_MONDAYS).ref
    card = meetings.show_meeting(wales, ref)
    assert card.next_day is not None
    next_days = {
        "coming": next(row.starts for row in meetings.next_meetings(wales) if row.ref == ref),
        "calendar": next(row.starts for row in meetings.list_calendar(wales) if row.ref == ref),
        "json": meetings.find_next_dates(wales, meetings.next_meetings(wales))[ref],
        "days": series.list_days(wales, ref)[0].starts,
        "card": card.next_day.starts,
        "today": next(row.day for row in show_today(wales, meeting_limit=None).next_meetings.rows if row.ref == ref),
        "group": show_group(wales, "LG").row.next_meeting,
    }
    assert {name: str(day)[:10] for name, day in next_days.items()} == dict.fromkeys(next_days, "2014-04-22") | {
        "today": "22 April 2",
        "group": "22 April 2",
    }
    assert card.next_day.holiday == "Easter Monday"
    assert (card.notice_on, card.draft_on, card.final_on) == (date(2014, 4, 8), date(2014, 5, 7), date(2014, 5, 27))


def test_a_day_of_a_series_that_has_a_record_is_listed_once(wales: Workspace) -> None:
    ref = add_series(wales, **THIRD_MONDAYS).ref
    for planned in (date(2014, 5, 19), date(2014, 4, 21)):
        series.open_day(wales, ref, planned)
        for rows in (meetings.next_meetings(wales), meetings.list_calendar(wales, "leadership")):
            starts = [row.starts for row in rows if row.group_ref == "leadership-group"]
            assert len(starts) == len(set(starts))
    card = meetings.show_meeting(wales, ref)
    assert card.next_day is not None
    assert card.next_day.day == date(2014, 6, 16)


@pytest.mark.parametrize("on_holiday", ["keep", "move", "skip"])
def test_the_next_day_of_a_series_is_the_first_of_its_listed_days(wales: Workspace, on_holiday: str) -> None:
    ref = add_series(wales, repeat="FREQ=WEEKLY;BYDAY=MO;COUNT=60", on_holiday=on_holiday).ref
    series.move_day(wales, ref, MARCH, read_test_moment("2014-03-05 14:00"))
    series.cancel_day(wales, ref, date(2014, 3, 10))
    with wales.database.read() as cursor:
        calendar = read_series_calendar(cursor, meetings.show_meeting(wales, ref).row.key)
        assert calendar is not None
        for offset in range(120):
            day = date(2014, 2, 1) + timedelta(days=offset)
            listed = calendar.list_days(day, day + timedelta(days=30))
            takes_place = [
                series_day
                for series_day in listed
                if series_day.starts and series_day.day >= day and series_day.state is not MeetingState.CANCELLED
            ]
            assert calendar.find_next(day, recorded=True) == min(takes_place, key=lambda each: each.day)


def test_a_mail_about_a_series_names_its_first_day_after_the_holiday_rule(wales: Workspace, tmp_path: Path) -> None:
    ref = add_series(wales, **THIRD_MONDAYS).ref
    write_invitation_files(wales, tmp_path / "invite.eml", meeting=ref, method="request")
    mail = (tmp_path / "invite.eml").read_bytes().decode()
    assert "Subject: OFFICIAL: Wales Anti Human Trafficking Leadership Group,\r\n 22 April 2014" in mail
    assert "Tuesday 22 April 2014, 2pm" in mail


def test_open_items_are_carried_to_the_next_day_of_the_series(wales: Workspace) -> None:
    ref = add_series(wales).ref
    own = series.open_day(wales, ref, date(2014, 1, 6)).ref
    add_item(wales, own, build_agenda_draft({"title": "Training"}))
    with pytest.raises(Refused, match="is a series"):
        carry_forward.close_meeting(wales, ref)
    _carried, following = carry_forward.close_meeting(set_clock(wales, "2014-01-06"), own)
    assert following is not None
    card = meetings.show_meeting(wales, following)
    assert (str(card.row.starts), card.row.series) == ("2014-02-03 10:00:00", ref)
    assert "Training" in [item.title for item in card.agenda]


def test_undo_lowers_the_sequence_only_before_it_was_sent(wales: Workspace, tmp_path: Path) -> None:
    ref = add_series(wales).ref
    edit_fields(wales, ref, venue="Wrexham")
    undo_step(wales)
    assert read_sequence(wales, ref) == 0
    redo_step(wales)
    assert read_sequence(wales, ref) == 1
    write_invitation_files(wales, tmp_path / "a.ics", meeting=ref)
    undo_step(wales)
    row = meetings.show_meeting(wales, ref).row
    assert (row.venue, row.sequence) == (None, 2)
    write_invitation_files(wales, tmp_path / "b.ics", meeting=ref)
    redo_step(wales)
    row = meetings.show_meeting(wales, ref).row
    assert (row.venue, row.sequence) == ("Wrexham", 3)
    assert find_faults(wales.database) == []


def test_undo_raises_the_sequence_of_a_sent_day(wales: Workspace, tmp_path: Path) -> None:
    ref = add_series(wales).ref
    own = series.open_day(wales, ref, MARCH).ref
    series.move_day(wales, ref, MARCH, read_test_moment("14:00"))
    write_invitation_files(wales, tmp_path / "a.ics", meeting=ref)
    undo_step(wales)
    assert (str(meetings.show_meeting(wales, own).row.starts), read_sequence(wales, own)) == ("2014-03-03 10:00:00", 2)
    assert read_sequence(wales, ref) == 0


def test_a_request_for_a_moved_day_has_the_uid_of_the_series(wales: Workspace, tmp_path: Path) -> None:
    row = add_series(wales, on_holiday="skip", organiser="secretariat")
    own = series.move_day(wales, row.ref, MARCH, read_test_moment("2014-03-05 14:00"))
    series.cancel_day(wales, row.ref, date(2014, 6, 2))
    texts = {}
    for ref in (own.ref, row.ref):
        write_invitation_files(wales, tmp_path / f"{ref}.ics", meeting=ref, method="request")
        texts[ref] = (tmp_path / f"{ref}.ics").read_text(encoding="utf-8")
    day_text, series_text = texts[own.ref], texts[row.ref]
    assert f"UID:{row.uid}" in day_text
    assert "RECURRENCE-ID;TZID=Europe/London:20140303T100000" in day_text
    assert (day_text.count("BEGIN:VEVENT"), series_text.count("BEGIN:VEVENT")) == (1, 2)
    assert series_text.count("EXDATE;TZID=Europe/London:20140505T100000") == 1
    assert series_text.count("EXDATE;TZID=Europe/London:20140602T100000") == 1


def test_a_folder_has_one_request_a_series_and_one_cancellation_a_day(wales: Workspace, tmp_path: Path) -> None:
    row = add_series(wales, organiser="secretariat")
    series.move_day(wales, row.ref, MARCH, read_test_moment("14:00"))
    june = series.cancel_day(wales, row.ref, date(2014, 6, 2))
    requests = write_invitation_files(wales, tmp_path / "ask", group="LG", method="request")
    cancellations = write_invitation_files(wales, tmp_path / "off", group="LG", method="cancel")
    assert (requests.meetings, cancellations.meetings) == ((row.ref,), (june.ref,))


def test_an_all_day_series_has_days_without_an_hour(wales: Workspace, tmp_path: Path) -> None:
    ref = add_series(wales, starts="2014-01-06", minutes="", on_holiday="move").ref
    own = series.move_day(wales, ref, MARCH, read_test_moment("2014-03-05 10:00"))
    for name, meeting_ref in (("all", ref), ("day", own.ref)):
        write_invitation_files(wales, tmp_path / f"{name}.ics", meeting=meeting_ref)
        assert "RECURRENCE-ID;VALUE=DATE:20140303" in (tmp_path / f"{name}.ics").read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20140506" in (tmp_path / "all.ics").read_text(encoding="utf-8")


def test_one_day_is_edited_and_the_others_stay(wales: Workspace) -> None:
    ref = add_series(wales, venue="Cathays Park").ref
    own = series.edit_day(wales, ref, MARCH, build_meeting_draft({"venue": "City Hall", "starts": "2pm"}, TODAY))
    assert (own.venue, str(own.starts), own.series) == ("City Hall", "2014-03-03 14:00:00", ref)
    assert meetings.show_meeting(wales, ref).row.venue == "Cathays Park"
    assert list_starts(wales, ref)[1:4] == ["03 Feb 10:00", "03 Mar 14:00", "07 Apr 10:00"]


def test_a_day_and_all_later_ones_become_a_series_of_their_own(wales: Workspace) -> None:
    ref = add_series(wales).ref
    before = list_starts(wales, ref)
    april = series.move_day(wales, ref, date(2014, 4, 7), read_test_moment("2014-04-08 10:00")).ref
    later = series.edit_following(wales, ref, MARCH, build_meeting_draft({"starts": "2pm", "minutes": "2h"}, TODAY))
    assert list_starts(wales, ref) == before[:2]
    days = list_starts(wales, later.ref)
    assert (days[0], days[1], len(days)) == ("03 Mar 14:00", "08 Apr 14:00", 10)
    assert (later.recurrence, str(later.ends)) == ("FREQ=MONTHLY;BYDAY=1MO;COUNT=10", "2014-03-03 16:00:00")
    assert meetings.show_meeting(wales, april).row.series == later.ref
    assert (read_sequence(wales, ref), later.uid != meetings.show_meeting(wales, ref).row.uid) == (1, True)
    guests = meetings.show_meeting(wales, ref).invitees
    assert [guest.ref for guest in meetings.show_meeting(wales, later.ref).invitees] == [guest.ref for guest in guests]
    assert find_faults(wales.database) == []
    undo_step(wales)
    assert list_starts(wales, ref)[3] == "08 Apr 10:00"
    assert len(list_starts(wales, ref)) == 12


def test_from_the_record_of_a_day_on_the_following_days_change(wales: Workspace) -> None:
    ref = add_series(wales, repeat="FREQ=MONTHLY;BYDAY=1MO;UNTIL=20141231").ref
    own = series.open_day(wales, ref, MARCH).ref
    later = series.edit_following(wales, own, None, build_meeting_draft({"venue": "City Hall"}, TODAY))
    assert later.recurrence == "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20141231"
    assert meetings.show_meeting(wales, own).row.venue == "City Hall"
    assert (len(list_starts(wales, ref)), len(list_starts(wales, later.ref))) == (2, 10)


def test_from_the_first_day_on_the_series_itself_changes(wales: Workspace) -> None:
    ref = add_series(wales).ref
    row = series.edit_following(wales, ref, date(2014, 1, 6), build_meeting_draft({"venue": "City Hall"}, TODAY))
    assert (row.ref, row.venue, len(list_starts(wales, ref))) == (ref, "City Hall", 12)


def test_a_day_after_a_split_is_refused_with_the_series_that_has_it(wales: Workspace) -> None:
    ref = add_series(wales).ref
    draft = build_meeting_draft({"venue": "City Hall"}, TODAY)
    later = series.edit_following(wales, ref, MARCH, draft)
    with pytest.raises(NotFound, match=rf"has no meeting on 2 June 2014\. {later.ref} has one"):
        series.edit_day(wales, ref, date(2014, 6, 2), draft)
    with pytest.raises(NotFound, match=rf"\. {later.ref} has one"):
        series.edit_following(wales, ref, date(2014, 6, 2), draft)


def test_following_days_need_a_day_of_a_running_series(wales: Workspace) -> None:
    ref = add_series(wales).ref
    draft = build_meeting_draft({"venue": "City Hall"}, TODAY)
    for day, error, sentence in (
        (None, BadInput, "Give the first date to change"),
        (date(2014, 3, 4), NotFound, "has no meeting on 4 March 2014"),
    ):
        with pytest.raises(error, match=sentence):
            series.edit_following(wales, ref, day, draft)
    with pytest.raises(BadInput, match="at least one field"):
        series.edit_day(wales, ref, MARCH, build_meeting_draft({}, TODAY))
    meetings.cancel_meeting(wales, ref)
    with pytest.raises(Refused, match="is cancelled"):
        series.edit_following(wales, ref, MARCH, draft)
