"""Tests of the log of contacts: what counts as contact, with whom, and who is overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ahtc_tui.domain.contacts.engagement import (
    EngagementFilter,
    EngagementKind,
    EngagementRow,
    EngagementState,
    format_last_contact,
    format_tier,
)
from ahtc_tui.domain.drafts.contacts import build_engagement_draft, build_engagement_edit
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import Language, translated_names, use_language
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.contacts.engagement import (
    add_engagement,
    edit_engagement,
    list_engagements,
    list_stale_contacts,
    list_tiers,
    set_tier,
    set_tiers,
)
from ahtc_tui.services.contacts.service import list_contacts, show_contact
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.search import search_records
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_holding, make_party, query_rows, read_live_rows, set_clock


def add_test_engagement(workspace: Workspace, names: str, held_on: str = "2013-12-01", **fields: Any) -> EngagementRow:
    """Add a logged contact."""
    draft = build_engagement_draft({"subject": "The conference", "on": held_on, **fields}, TODAY)
    return add_engagement(workspace, names.split(","), draft)


def add_held_meeting(workspace: Workspace, day: str, *attendances: tuple[str, str]) -> str:
    """Add a held meeting of the Leadership Group with attendance."""
    fields = {"title": "Leadership Group", "group": "leadership-group", "starts": f"{day} 10:00"}
    ref = add_meeting(workspace, build_meeting_draft(fields, TODAY)).ref
    for name, state in attendances:
        set_attendance(workspace, ref, name, build_attendance_draft({"state": state}))
    return ref


def list_overdue(workspace: Workspace, over: int | None = None) -> dict[str, str]:
    """Return the overdue contacts with the reason."""
    return {row.ref: row.why for row in list_stale_contacts(workspace, over)}


def test_an_engagement_and_its_follow_up_are_one_step(wales: Workspace) -> None:
    before = read_live_rows(wales)
    row = add_test_engagement(
        wales, "bawso, spoc-gwent,bawso", kind="visit", note="Two rooms.", follow_up="Book it", due="end jan"
    )
    assert (row.ref, row.kind, row.note) == ("E-2013-01", "visit", "Two rooms.")
    assert row.who_refs == ("bawso", "spoc-gwent")
    card = show_action(wales, str(row.follow_up))
    assert (card.row.title, str(card.row.due), card.note) == ("Book it", "end jan", "From E-2013-01")
    assert [hit.ref for hit in search_records(wales, "two rooms", 5)] == ["E-2013-01"]
    assert find_faults(wales.database) == []
    undo_step(wales)
    assert read_live_rows(wales) == before
    assert add_test_engagement(wales, "bawso").ref == "E-2013-01"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"subject": " "}, "Subject cannot be empty"),
        ({"on": "2014-01-01"}, "is in the future"),
        ({"kind": "lunch"}, "kind of contact"),
        ({"due": "end jan"}, "need a follow-up action"),
    ],
)
def test_invalid_engagements_are_refused_in_one_sentence(
    fields: dict[str, str], sentence: str, wales: Workspace
) -> None:
    with pytest.raises(BadInput, match=sentence):
        add_test_engagement(wales, "bawso", **{"on": "2013-12-01", **fields})


def test_an_engagement_needs_a_known_contact(wales: Workspace) -> None:
    with pytest.raises(NotFound):
        add_test_engagement(wales, "bawso,nobody-here")
    with pytest.raises(BadInput, match="of the other people"):
        add_test_engagement(wales, " , ")
    assert list_engagements(wales) == []


def test_an_engagement_with_a_post_counts_for_its_holder_and_organisation(wales: Workspace) -> None:
    (post,) = query_rows(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0]
    for name, first, last in (("Old Holder", "2012-01-01", "2013-06-30"), ("New Holder", "2013-07-01", None)):
        person = make_party(wales, name, name.lower().replace(" ", "-"), kind="person")
        make_holding(wales, post, person, from_on=first, **({"to_on": last} if last else {}))
    add_test_engagement(wales, "spoc-gwent", "2013-03-01", kind="call")
    add_test_engagement(wales, "new-holder", "2013-10-01", kind="visit")
    days = {ref: show_contact(wales, ref).row.last_on for ref in ("old-holder", "new-holder", "spoc-gwent")}
    assert {ref: str(day) for ref, day in days.items()} == {
        "old-holder": "1 March 2013",
        "new-holder": "1 October 2013",
        "spoc-gwent": "1 October 2013",
    }
    assert show_contact(wales, "gwent-police").row.last_kind == "visit"
    assert [row.subject for row in list_engagements(wales, "gwent-police")] == ["The conference"] * 2
    assert list_engagements(wales, "home-office") == []


def test_attending_a_meeting_counts_as_contact_and_apologies_do_not(wales: Workspace) -> None:
    ref = add_held_meeting(wales, "2013-11-05", ("joyce-watson", "present"), ("stephen-chapman", "apologies"))
    add_held_meeting(set_clock(wales, "2014-03-05"), "2014-03-05", ("joyce-watson", "present"))
    wales = set_clock(wales, TODAY.isoformat())
    card = show_contact(wales, "joyce-watson")
    assert (str(card.row.last_on), card.row.last_kind) == ("5 November 2013", "meeting")
    assert show_contact(wales, "stephen-chapman").row.last_on is None
    (row,) = list_engagements(wales, "joyce-watson")
    assert (row.ref, row.attended) == (ref, True)
    (listed,) = list_contacts(wales, "joyce")
    assert listed.last_kind == "meeting"


def test_an_attended_meeting_is_listed_with_its_welsh_title_in_welsh(wales: Workspace) -> None:
    fields = {"title": "Conference", "title_cy": "Cynhadledd", "group": "idmg", "starts": "2013-11-05 10:00"}
    meeting = add_meeting(wales, build_meeting_draft(fields, TODAY))
    set_attendance(wales, meeting.ref, "joyce-watson", build_attendance_draft({"state": "present"}))
    assert [row.subject for row in list_engagements(wales, "joyce-watson")] == ["Conference"]
    with use_language(Language.CY), translated_names():
        assert [row.subject for row in list_engagements(wales, "joyce-watson")] == ["Cynhadledd"]


@pytest.mark.parametrize(
    ("states", "nudged"),
    [
        (("apologies", "apologies"), True),
        (("apologies", "present"), False),
        (("present", "apologies"), False),
        (("apologies",), False),
        (("present", "apologies", "apologies"), True),
    ],
)
def test_two_apologies_in_a_row_are_overdue(states: tuple[str, ...], nudged: bool, wales: Workspace) -> None:
    for month, state in enumerate(states, 7):
        add_held_meeting(wales, f"2013-{month:02}-05", ("joyce-watson", state))
    expected = {"joyce-watson": "apologies twice: Anti Human Trafficking Leadership Group"} if nudged else {}
    reasons = list_overdue(wales)
    assert reasons.keys() == expected.keys()
    assert all(why.startswith("apologies twice: ") for why in reasons.values())
    assert show_today(wales).not_spoken_to.total == len(expected)
    assert bool(show_contact(wales, "joyce-watson").apologies) is nudged


def test_contacts_over_the_limit_of_their_tier_are_overdue(wales: Workspace) -> None:
    add_test_engagement(wales, "joyce-watson", "2013-11-25", kind="call")
    assert list_overdue(wales) == {}
    set_tier(wales, "joyce-watson", 1)
    set_tier(wales, "home-office", 2)
    assert list_overdue(wales) == {"home-office": "no contact yet", "joyce-watson": "over 30 days"}
    (never, quiet) = show_today(wales).not_spoken_to.rows
    assert (never.ref, never.last_on, never.days, never.party) == ("home-office", None, None, "organisation")
    assert (quiet.ref, quiet.days, quiet.party, quiet.kind) == ("joyce-watson", 36, "person", "call")
    assert set_tiers(wales, {1: 60})[1] == 60
    assert set_tiers(wales, {1: 36})[1] == 36
    assert list_overdue(wales) == {"home-office": "no contact yet"}
    undo_step(wales)
    undo_step(wales)
    assert list_tiers(wales)[1] == 30
    set_tier(wales, "joyce-watson", None)
    assert list_overdue(wales) == {"home-office": "no contact yet"}
    assert find_faults(wales.database) == []


def test_a_given_limit_finds_all_contacts_over_it(wales: Workspace) -> None:
    add_test_engagement(wales, "bawso", "2013-06-12")
    add_test_engagement(wales, "joyce-watson", "2013-12-20")
    assert list_overdue(wales, 90) == {"bawso": "over 90 days"}
    assert set(list_overdue(wales, 5)) == {"bawso", "joyce-watson", "national-assembly"}
    assert list_overdue(wales, 400) == {}


@pytest.mark.parametrize("days", [{0: 30}, {10: 30}, {1: 0}, {1: 4000}])
def test_an_invalid_limit_is_refused(days: dict[int, int], wales: Workspace) -> None:
    with pytest.raises(BadInput, match="1 to 9"):
        set_tiers(wales, days)


def test_an_unknown_tier_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput, match=r"There is no tier 7\. Choose one of 1, 2, 3"):
        set_tier(wales, "bawso", 7)


def test_the_last_contact_and_the_tier_are_formatted(wales: Workspace) -> None:
    assert show_contact(wales, "bawso").row.last_on is None
    assert format_last_contact(None, None, TODAY) == "no contact recorded"
    row = add_test_engagement(wales, "bawso", "2013-12-31")
    lines = [format_last_contact(row.on, "call", date(2013, 12, day)) for day in (31,)]
    assert lines == ["31 December 2013 (call), today"]
    assert format_last_contact(row.on, "call", date(2014, 1, 1)).endswith("yesterday")
    assert format_last_contact(row.on, "call", date(2014, 1, 10)).endswith("10 days ago")
    assert format_tier(None, None) is None
    assert format_tier(1, 30) == "tier 1, every 30 days"


def test_a_planned_contact_may_lie_ahead_and_does_not_count(wales: Workspace) -> None:
    row = add_test_engagement(wales, "bawso", "2014-02-01", status="planned", minutes="1h30", assignee="AHTC")
    assert (row.status, row.minutes, row.assignee_ref) == ("planned", 90, "ahtc")
    add_test_engagement(wales, "bawso", "2013-11-01", status="cancelled")
    assert show_contact(wales, "bawso").row.last_on is None
    assert [entry.status for entry in list_engagements(wales, "bawso")] == ["planned", "cancelled"]
    with pytest.raises(BadInput, match="is in the future"):
        edit_engagement(wales, row.ref, build_engagement_edit({"status": "held"}, TODAY))
    edit_engagement(wales, row.ref, build_engagement_edit({"status": "held", "on": "2013-11-20"}, TODAY))
    assert str(show_contact(wales, "bawso").row.last_on) == "20 November 2013"


def test_an_edit_replaces_participants_and_one_undo_restores_them(wales: Workspace) -> None:
    ref = add_test_engagement(wales, "bawso,spoc-gwent", assignee="AHTC", minutes="45").ref
    before = read_live_rows(wales)
    changes = {"who": "spoc-gwent, AHTC", "assignee": "", "minutes": "", "note": "A note"}
    row = edit_engagement(wales, ref, build_engagement_edit(changes, TODAY))
    assert (set(row.who_refs), row.assignee, row.minutes, row.note) == ({"spoc-gwent", "ahtc"}, None, None, "A note")
    assert find_faults(wales.database) == []
    undo_step(wales)
    assert read_live_rows(wales) == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "at least one field"),
        ({"who": " , "}, "of the other people"),
        ({"minutes": "0"}, "length of time"),
        ({"status": "maybe"}, "status"),
        ({"subject": ""}, "needs a date"),
        ({"assignee": "unknown person"}, "unknown person"),
    ],
)
def test_invalid_edits_of_the_log_are_refused_in_one_sentence(
    fields: dict[str, str], sentence: str, wales: Workspace
) -> None:
    ref = add_test_engagement(wales, "bawso").ref
    with pytest.raises((BadInput, NotFound), match=sentence):
        edit_engagement(wales, ref, build_engagement_edit(fields, TODAY))
    assert list_engagements(wales)[0].who_refs == ("bawso",)


def test_the_log_is_filtered_by_kind_status_assignee_and_period(wales: Workspace) -> None:
    refs = [
        add_test_engagement(wales, "bawso", "2013-10-01", kind="visit", assignee="AHTC").ref,
        add_test_engagement(wales, "bawso", "2013-11-01", status="cancelled").ref,
    ]
    for conditions, expected in (
        (EngagementFilter(kind=EngagementKind.VISIT), refs[:1]),
        (EngagementFilter(status=EngagementState.CANCELLED), refs[1:]),
        (EngagementFilter(assignee="AHTC"), refs[:1]),
        (EngagementFilter(first=date(2013, 10, 2)), refs[1:]),
        (EngagementFilter(last=date(2013, 10, 31)), refs[:1]),
    ):
        assert [row.ref for row in list_engagements(wales, conditions=conditions)] == expected
