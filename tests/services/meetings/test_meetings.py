"""Tests of listing, adding and editing meetings, and of when guests must be told of a change."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingScope, MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.groups.service import show_group
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.decisions import list_decisions
from ahtc_tui.services.meetings.service import (
    add_meeting,
    cancel_meeting,
    edit_meeting,
    list_meetings,
    next_meetings,
    show_meeting,
)
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_line

DAY = date(2013, 12, 31)


def add_test_meeting(wales: Workspace, **fields: str) -> MeetingRow:
    """Add a meeting of the Leadership Group, by default in the new year."""
    return add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-01-14 10:00", **fields}, DAY))


def edit_fields(wales: Workspace, ref: str, **fields: str) -> MeetingRow:
    """Edit fields given as text."""
    return edit_meeting(wales, ref, build_meeting_draft(fields, DAY))


def test_the_paper_has_eleven_meetings_with_the_undated_one_last(wales: Workspace) -> None:
    rows = list_meetings(wales)
    assert len(rows) == 11
    assert rows[-1].day is None
    days = [row.day.latest for row in rows if row.day]
    assert days == sorted(days)


def test_a_meeting_known_to_the_month_has_no_hour_and_no_day(wales: Workspace) -> None:
    row = show_meeting(wales, "ukhtc-visit-2013-06").row
    assert row.day
    assert (row.day.iso, row.starts) == ("2013-06", None)


def test_a_card_shows_agenda_invitations_and_sources(wales: Workspace) -> None:
    visit = show_meeting(wales, "ukhtc-visit-2013-06")
    assert [item.position for item in visit.agenda] == [1, 2, 3, 4]
    assert visit.agenda[0].presenter == "Head of the UK Human Trafficking Centre"
    assert len(visit.invitees) == 10
    assert visit.row.source == "Paragraph 2.15, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"
    assert visit.actions[0].startswith("DP-31 ")
    conference = show_meeting(wales, "ne-wales-conference-2013")
    assert dict(conference.source_notes)["venue"] == "Report of the conference on the website Welsh Icons"
    decision = show_meeting(wales, "nrm-agreement-2013-03").decisions[0]
    assert decision.actions == ("DP-11", "DP-12")


def test_search_of_meetings_ignores_accents(wales: Workspace) -> None:
    assert [row.ref for row in list_meetings(wales, "glyndwr")] == ["ne-wales-conference-2013"]
    assert [row.ref for row in list_meetings(wales, "Glyndŵr univ")] == ["ne-wales-conference-2013"]


def test_meetings_are_listed_by_group_scope_and_limit(wales: Workspace) -> None:
    assert [row.ref for row in list_meetings(wales, group="IDMG")] == ["idmg-first-report"]
    assert len(list_meetings(wales, scope=MeetingScope.PAST)) == 9
    assert len(list_meetings(wales, limit=3)) == 3
    with pytest.raises(NotFound):
        list_meetings(wales, group="no group has this reference")


def test_a_new_meeting_gets_title_and_reference_of_its_group(wales: Workspace) -> None:
    first, second = add_test_meeting(wales), add_test_meeting(wales, starts="2014-02-11 10:00", minutes="90")
    assert (first.ref, second.ref) == ("LG-2014-01", "LG-2014-02")
    assert first.title == "Wales Anti Human Trafficking Leadership Group"
    assert first.uid == f"{first.key.hex()}@ahtc"
    assert first.sequence == 0
    assert str(second.ends) == "2014-02-11 11:30:00"
    assert add_test_meeting(wales, group="forum-gwent").ref == "FG-2014-01"


@pytest.mark.parametrize(("has_left", "ref"), [(True, "LG-2014-02"), (False, "LG-2014-01")])
def test_the_reference_of_an_undone_meeting_is_not_reused_once_it_left(
    has_left: bool, ref: str, wales: Workspace
) -> None:
    add_test_meeting(wales)
    if has_left:
        wales.database.mark_departure()
    undo_step(wales)
    assert len(list_meetings(wales)) == 11
    assert add_test_meeting(wales).ref == ref


def test_a_new_meeting_invites_the_seats_of_its_group(wales: Workspace) -> None:
    card = show_meeting(wales, add_test_meeting(wales, group="IDMG").ref)
    assert len(card.invitees) == 8
    assert (card.invitees[0].ref, card.invitees[0].role) == ("minister-for-security", InviteRole.CHAIR)
    assert card.organiser_email == "secretariat@example.invalid"


def test_moving_a_meeting_raises_its_sequence_once_and_keeps_its_length(wales: Workspace) -> None:
    ref = add_test_meeting(wales, minutes="90").ref
    moved = edit_fields(wales, ref, starts="15 Jan 2014 2pm", venue="Cathays Park")
    assert (moved.sequence, str(moved.starts), str(moved.ends)) == (1, "2014-01-15 14:00:00", "2014-01-15 15:30:00")
    repeated = edit_fields(wales, ref, starts="2014-01-15 14:00", venue="Cathays Park")
    assert repeated.sequence == 1


def test_correcting_a_title_or_a_note_does_not_raise_the_sequence(wales: Workspace) -> None:
    ref = add_test_meeting(wales).ref
    assert edit_fields(wales, ref, title="Leadership Group", note="Bring the plan.").sequence == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("ends", "12:00"), ("place", "Cardiff"), ("link", "https://meet.example.org/lg"), ("repeat", "FREQ=MONTHLY")],
)
def test_a_change_of_time_place_or_series_raises_the_sequence(wales: Workspace, field: str, value: str) -> None:
    assert edit_fields(wales, add_test_meeting(wales).ref, **{field: value}).sequence == 1


def test_a_meeting_moved_to_another_day_keeps_its_hour(wales: Workspace) -> None:
    assert str(edit_fields(wales, add_test_meeting(wales).ref, starts="17 Jan 2014").starts) == "2014-01-17 10:00:00"


def test_a_meeting_that_was_held_today_is_no_longer_to_come(wales: Workspace) -> None:
    ref = add_test_meeting(wales, starts="2013-12-31 10:00").ref
    assert ref in [row.ref for row in next_meetings(wales)]
    assert ref not in [row.ref for row in list_meetings(wales, scope=MeetingScope.PAST)]
    edit_fields(wales, ref, state="held")
    assert ref not in [row.ref for row in next_meetings(wales)]
    assert ref in [row.ref for row in list_meetings(wales, scope=MeetingScope.PAST)]


def test_a_corrected_date_of_a_meeting_is_that_of_its_actions_and_decisions(wales: Workspace) -> None:
    ref = add_test_meeting(wales, starts="2013-12-10 10:00").ref
    add_item(wales, ref, build_agenda_draft({"title": "The pathway"}))
    make_line(wales, ref, "a: Circulate the guidance", 1)
    make_line(wales, ref, "d: Adopt the pathway", 1)
    other = make_action(wales, raised_on="2013-12-10").ref
    edit_fields(wales, ref, starts="2013-12-11 10:00")
    assert str(show_action(wales, f"{ref}/01").row.raised_on) == "11 December 2013"
    assert [str(row.decided_on) for row in list_decisions(wales, "adopt the pathway")] == ["11 December 2013"]
    assert str(show_action(wales, other).row.raised_on) == "10 December 2013", "not minuted there"
    undo_step(wales)
    assert str(show_action(wales, f"{ref}/01").row.raised_on) == "10 December 2013"


def test_cancelling_raises_the_sequence_and_cannot_be_repeated(wales: Workspace) -> None:
    ref = add_test_meeting(wales).ref
    cancelled = cancel_meeting(wales, ref)
    assert (cancelled.state, cancelled.sequence) == (MeetingState.CANCELLED, 1)
    with pytest.raises(Refused, match="cancelled already"):
        cancel_meeting(wales, ref)
    assert ref not in [row.ref for row in next_meetings(wales)]
    undo_step(wales)
    restored = show_meeting(wales, ref).row
    assert (restored.state, restored.sequence) == (MeetingState.CONFIRMED, 0)


def test_undoing_an_edit_restores_the_meeting(wales: Workspace) -> None:
    before = add_test_meeting(wales, minutes="60")
    edit_fields(wales, before.ref, starts="2014-03-01 09:00", title="Another", repeat="FREQ=WEEKLY")
    undo_step(wales)
    assert show_meeting(wales, before.ref).row == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends": "2014-01-14 09:00"}, "end before it starts"),
        ({"starts": "2026-03-29 01:30"}, "does not exist, because the clocks go forward"),
        ({"starts": "2014-01-14 25:00"}, "no valid time"),
        ({"starts": "June 2014 10:00"}, "a time but no date"),
        ({"starts": "someday"}, "is not a date"),
        ({"repeat": "every second Tuesday"}, "not a rule for a series"),
        ({"repeat": "FREQ=FORTNIGHTLY"}, "not a rule for a series"),
        ({"repeat": "FREQ=DAILY;COUNT=2;UNTIL=20140101"}, "not a rule for a series"),
        ({"minutes": "0"}, "not a length of time from 1 to 10080 minutes"),
        ({"minutes": "60", "ends": "12:00"}, "not both"),
        ({"title": ""}, "cannot be empty"),
        ({"state": "maybe"}, "is not a state"),
        ({"victim": "x"}, 'no field "victim"'),
    ],
)
def test_invalid_fields_are_refused_in_one_sentence(wales: Workspace, fields: dict[str, str], sentence: str) -> None:
    ref = add_test_meeting(wales).ref
    with pytest.raises(BadInput, match=sentence) as refusal:
        edit_fields(wales, ref, **fields)
    assert "\n" not in str(refusal.value)


def test_a_meeting_needs_a_group_and_a_day(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="needs a group"):
        add_meeting(wales, build_meeting_draft({"title": "Alone", "starts": "2014-01-14 10:00"}, DAY))
    with pytest.raises(BadInput, match="needs a date"):
        add_meeting(wales, build_meeting_draft({"group": "LG"}, DAY))


def test_the_duration_is_kept_across_the_clock_change(wales: Workspace) -> None:
    night = add_test_meeting(wales, starts="2026-03-29 00:30", minutes="60")
    assert str(night.ends) == "2026-03-29 02:30:00"


@pytest.mark.parametrize(
    ("short", "pattern", "ref"),
    [
        ("HT MARAC", "HT MARAC-{year}-{n:02}", "HT-MARAC-2014-01"),
        ("HT MARAC", None, "HT-MARAC-2014-01"),
        ("R&D / {Wales}", None, "RDW-2014-01"),
    ],
)
def test_a_reference_of_a_meeting_holds_no_space(wales: Workspace, short: str, pattern: str | None, ref: str) -> None:
    with wales.database.write("old pattern") as ledger:
        key = record_lookup.find_group_key(ledger.cursor, "ht-marac-cardiff")
        assert key is not None
        ledger.update("parties", key, {"short": short})
        ledger.update("groups", key, {"ref_pattern": pattern})
    assert add_test_meeting(wales, group="ht-marac-cardiff", starts="2014-03-01").ref == ref


def test_the_reference_data_have_patterns_without_spaces(wales: Workspace) -> None:
    draft = build_meeting_draft({"group": "ht-marac-cardiff", "starts": "2014-03-01"}, DAY)
    assert add_meeting(wales, draft).ref == "HT-MARAC-2014-01"
    assert show_group(wales, "ht-marac-cardiff").ref_pattern == "HT-MARAC-{year}-{n:02}"


def test_a_started_series_is_listed_with_its_next_day(wales: Workspace) -> None:
    add_test_meeting(wales, starts="2013-12-10 10:00", minutes="60", repeat="freq=monthly;byday=2TU;count=3")
    add_test_meeting(wales, starts="2013-11-12 10:00", repeat="FREQ=MONTHLY;COUNT=1")
    series = [row for row in next_meetings(wales) if row.recurrence]
    assert [(str(row.starts), str(row.ends)) for row in series] == [("2014-01-14 10:00:00", "2014-01-14 11:00:00")]
