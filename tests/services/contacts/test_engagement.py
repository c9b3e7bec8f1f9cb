"""The log of contact: what counts as a word with somebody, whom it reaches, and who is overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ahtc_tui.domain.contacts.engagement import EngagementRow, say_spoken, say_tier
from ahtc_tui.domain.drafts.engagement import engagement_draft
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.contacts.engagement import engage, list_engagements, set_tier, set_tiers, stale, standing, tiers
from ahtc_tui.services.contacts.service import list_contacts, show_contact
from ahtc_tui.services.history import undo
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.search import find
from ahtc_tui.services.today import today_view
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import TODAY, a_holding, a_party, ask, live_rows


def spoke(workspace: Workspace, who: str, on: str = "2013-12-01", **fields: Any) -> EngagementRow:
    """A contact, written down as a person types it."""
    draft = engagement_draft({"subject": "The conference", "on": on, **fields}, TODAY)
    return engage(workspace, who.split(","), draft)


def met(workspace: Workspace, day: str, *came: tuple[str, str]) -> str:
    """A meeting of the Leadership Group with who was how at it."""
    fields = {"title": "Leadership Group", "group": "leadership-group", "starts": f"{day} 10:00"}
    ref = add_meeting(workspace, meeting_draft(fields, TODAY)).ref
    for who, how in came:
        set_attendance(workspace, ref, who, attendance_draft({"state": how}))
    return ref


def overdue(workspace: Workspace, over: int | None = None) -> dict[str, str]:
    """Who is overdue, and why."""
    return {row.ref: row.why for row in stale(workspace, over)}


def test_a_contact_with_several_and_the_action_that_follows_are_one_step(wales: Workspace) -> None:
    before = live_rows(wales)
    row = spoke(wales, "bawso, spoc-gwent,bawso", kind="visit", note="Two rooms.", follow_up="Book it", due="end jan")
    assert (row.ref, row.kind, row.note) == ("E-2013-01", "visit", "Two rooms.")
    assert row.who_refs == ("bawso", "spoc-gwent")
    card = show_action(wales, str(row.follow_up))
    assert (card.row.title, str(card.row.due), card.note) == ("Book it", "end jan", "From E-2013-01")
    assert [hit.ref for hit in find(wales, "two rooms", 5)] == ["E-2013-01"]
    assert faults(wales.database) == []
    undo(wales)
    assert live_rows(wales) == before
    assert spoke(wales, "bawso").ref == "E-2013-02"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"subject": " "}, "Subject may not be empty"),
        ({"on": "2014-01-01"}, "has not come yet"),
        ({"kind": "lunch"}, "kind of contact"),
        ({"due": "end jan"}, "say what it is"),
    ],
)
def test_what_cannot_have_been_is_refused_with_a_sentence(
    fields: dict[str, str], sentence: str, wales: Workspace
) -> None:
    with pytest.raises(BadInput, match=sentence):
        spoke(wales, "bawso", **{"on": "2013-12-01", **fields})


def test_a_contact_is_with_somebody_of_the_register(wales: Workspace) -> None:
    with pytest.raises(NotFound):
        spoke(wales, "bawso,nobody-here")
    with pytest.raises(BadInput, match="with whom"):
        spoke(wales, " , ")
    assert list_engagements(wales) == []


def test_a_word_with_a_post_reaches_who_held_it_that_day_and_the_organisation(wales: Workspace) -> None:
    (post,) = ask(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0]
    for name, first, last in (("Old Holder", "2012-01-01", "2013-06-30"), ("New Holder", "2013-07-01", None)):
        person = a_party(wales, name, name.lower().replace(" ", "-"), kind="person")
        a_holding(wales, post, person, from_on=first, **({"to_on": last} if last else {}))
    spoke(wales, "spoc-gwent", "2013-03-01", kind="call")
    spoke(wales, "new-holder", "2013-10-01", kind="visit")
    days = {ref: show_contact(wales, ref).row.last_on for ref in ("old-holder", "new-holder", "spoc-gwent")}
    assert {ref: str(day) for ref, day in days.items()} == {
        "old-holder": "1 March 2013",
        "new-holder": "1 October 2013",
        "spoc-gwent": "1 October 2013",
    }
    assert show_contact(wales, "gwent-police").row.last_kind == "visit"
    assert [row.subject for row in list_engagements(wales, "gwent-police")] == ["The conference"] * 2
    assert list_engagements(wales, "home-office") == []


def test_whoever_came_to_a_meeting_was_spoken_to_and_whoever_sent_apologies_was_not(wales: Workspace) -> None:
    ref = met(wales, "2013-11-05", ("joyce-watson", "present"), ("stephen-chapman", "apologies"))
    met(wales, "2014-03-05", ("joyce-watson", "present"))
    card = show_contact(wales, "joyce-watson")
    assert (str(card.row.last_on), card.row.last_kind) == ("5 November 2013", "meeting")
    assert show_contact(wales, "stephen-chapman").row.last_on is None
    (row,) = list_engagements(wales, "joyce-watson")
    assert (row.ref, row.attended) == (ref, True)
    (listed,) = list_contacts(wales, "joyce")
    assert listed.last_kind == "meeting"


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
def test_apologies_twice_running_are_a_nudge(states: tuple[str, ...], nudged: bool, wales: Workspace) -> None:
    for month, state in enumerate(states, 7):
        met(wales, f"2013-{month:02}-05", ("joyce-watson", state))
    said = {"joyce-watson": "apologies twice: Anti Human Trafficking Leadership Group"} if nudged else {}
    found = overdue(wales)
    assert found.keys() == said.keys()
    assert all(why.startswith("apologies twice: ") for why in found.values())
    assert today_view(wales).not_spoken_to.total == len(said)
    assert bool(show_contact(wales, "joyce-watson").apologies) is nudged


def test_a_tier_says_how_often_and_today_names_who_is_over_it(wales: Workspace) -> None:
    spoke(wales, "joyce-watson", "2013-11-25", kind="call")
    assert overdue(wales) == {}
    set_tier(wales, "joyce-watson", 1)
    set_tier(wales, "home-office", 2)
    assert overdue(wales) == {"home-office": "never spoken to", "joyce-watson": "over 30 days"}
    (never, quiet) = today_view(wales).not_spoken_to.rows
    assert (never.ref, never.last_on, never.days, never.party) == ("home-office", None, None, "organisation")
    assert (quiet.ref, quiet.days, quiet.party, quiet.kind) == ("joyce-watson", 36, "person", "call")
    assert set_tiers(wales, {1: 60})[1] == 60
    assert set_tiers(wales, {1: 36})[1] == 36
    assert overdue(wales) == {"home-office": "never spoken to"}
    undo(wales)
    undo(wales)
    assert tiers(wales)[1] == 30
    set_tier(wales, "joyce-watson", None)
    assert overdue(wales) == {"home-office": "never spoken to"}
    assert faults(wales.database) == []


def test_a_span_finds_everybody_not_spoken_to_for_so_long_and_guesses_nothing(wales: Workspace) -> None:
    spoke(wales, "bawso", "2013-06-12")
    spoke(wales, "joyce-watson", "2013-12-20")
    assert overdue(wales, 90) == {"bawso": "over 90 days"}
    assert set(overdue(wales, 5)) == {"bawso", "joyce-watson", "national-assembly"}
    assert overdue(wales, 400) == {}


@pytest.mark.parametrize("days", [{0: 30}, {10: 30}, {1: 0}, {1: 4000}])
def test_a_limit_that_is_none_is_refused(days: dict[int, int], wales: Workspace) -> None:
    with pytest.raises(BadInput, match="1 to 9"):
        set_tiers(wales, days)


def test_a_tier_that_there_is_not_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="There is no tier 7: there are 1, 2, 3"):
        set_tier(wales, "bawso", 7)


def test_how_somebody_stands_is_said_in_words(wales: Workspace) -> None:
    assert standing(wales, "bawso")[0].spoken is None
    assert say_spoken(None, None, TODAY).startswith("never")
    row = spoke(wales, "bawso", "2013-12-31")
    said = [say_spoken(row.on, "call", date(2013, 12, day)) for day in (31,)]
    assert said == ["31 December 2013 (call), today"]
    assert say_spoken(row.on, "call", date(2014, 1, 1)).endswith("yesterday")
    assert say_spoken(row.on, "call", date(2014, 1, 10)).endswith("10 days ago")
    assert say_tier(None, None) is None
    assert say_tier(1, 30) == "tier 1, every 30 days"
