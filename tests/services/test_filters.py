"""Filters of actions against an evaluation of the rows in Python, and words against the search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.actions.filters import ActionScope, read_action_filter
from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions.service import edit_action, list_actions, list_slips, show_action
from ahtc_tui.services.contacts.service import edit_contact, list_contacts
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, make_party, make_update, set_clock

TERMS: dict[str, Callable[[ActionRow], bool]] = {
    "@-": lambda row: row.lead is None,
    "@ahtc": lambda row: row.lead_short == "AHTC",
    "obj:-": lambda row: row.objective is None,
    "obj:1": lambda row: row.objective == "1",
    "obj:2": lambda row: row.objective == "2",
    "brag:-": lambda row: row.brag is None,
    "brag:G": lambda row: row.brag == "G",
    "brag:red": lambda row: row.brag == "R",
    "support:-": lambda row: not row.support,
    "support:bawso": lambda row: "Bawso" in row.support,
    "is:open": lambda row: row.is_open,
    "is:closed": lambda row: not row.is_open,
    "is:late": lambda row: row.is_late(TODAY),
    "is:continuing": lambda row: row.status == "continuing",
    "is:blocked": lambda row: row.blocked,
    "status:done": lambda row: row.status == "done",
    "status:planned": lambda row: row.status == "planned",
    "status:on_hold": lambda row: row.status == "on_hold",
    "slips>0": lambda row: row.slips > 0,
    "slips<1": lambda row: row.slips == 0,
    "raised>2012": lambda row: row.raised_on is not None and row.raised_on.latest > date(2012, 12, 31),
    "closed<1 jan 2014": lambda row: row.closed_on is not None and row.closed_on.latest < date(2014, 1, 1),
    "updated<1 dec 2013": lambda row: (
        (row.latest_update_on is None or row.latest_update_on < date(2013, 12, 1))
        and (row.raised_on is None or row.raised_on.latest < date(2013, 12, 1))
    ),
    "updated>1 dec 2013": lambda row: row.latest_update_on is not None and row.latest_update_on > date(2013, 12, 1),
    "due<1 jan 2014": lambda row: row.due is not None and row.due.latest < date(2014, 1, 1),
    "due>30 nov 2013": lambda row: row.due is not None and row.due.has_day and row.due.latest > date(2013, 11, 30),
}
terms = st.tuples(st.booleans(), st.sampled_from(sorted(TERMS)))
filters = st.lists(st.lists(terms, min_size=1, max_size=3), min_size=1, max_size=3)


@pytest.mark.long
@given(alternatives=filters)
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_filter_selects_the_rows_that_its_terms_describe(
    busy: Workspace, alternatives: list[list[tuple[bool, str]]]
) -> None:
    text = " OR ".join(" ".join(f"{'-' * negated}{term}" for negated, term in side) for side in alternatives)
    rows = list_actions(busy, read_action_filter("", today=TODAY, scope=ActionScope.ALL))
    expected = {
        row.ref
        for row in rows
        if any(all(TERMS[term](row) is not negated for negated, term in side) for side in alternatives)
    }
    selected = list_actions(busy, read_action_filter(text, today=TODAY, scope=ActionScope.ALL))
    assert {row.ref for row in selected} == expected


def list_refs(workspace: Workspace, text: str) -> set[str]:
    return {row.ref for row in list_actions(workspace, read_action_filter(text, today=TODAY))}


@pytest.mark.parametrize(
    ("text", "left", "right"), [("training", "training", ""), ("@ahtc", "@ahtc", ""), ("is:late", "is:late", "")]
)
def test_a_minus_selects_all_others(busy: Workspace, text: str, left: str, right: str) -> None:
    assert list_refs(busy, f"-{text}") == list_refs(busy, right) - list_refs(busy, left)


def test_a_phrase_matches_words_that_follow_each_other(wales: Workspace) -> None:
    ref = make_action(wales, title="Write to the health boards").ref
    assert ref in list_refs(wales, '"health boards"')
    assert ref not in list_refs(wales, '"boards health"')
    assert ref in list_refs(wales, "boards health")


def test_a_status_in_the_filter_replaces_the_open_actions_of_the_list(busy: Workspace) -> None:
    closed = list_refs(busy, "status:done")
    assert closed
    assert closed & list_refs(busy, "") == set()
    assert list_refs(busy, "status:done OR training") == closed | list_refs(busy, "training")


@pytest.mark.parametrize("words", ["dyfed-p", "dyfed p"])
def test_one_letter_of_a_second_name_is_enough(wales: Workspace, words: str) -> None:
    hits = search_records(wales, words)
    assert "dyfed-powys-police" in {hit.ref for hit in hits}
    assert {hit.kind for hit in hits[:4]} <= {"person", "post", "organisation", "group"}


def test_actions_are_found_by_the_area_of_their_place_lead_or_group(wales: Workspace) -> None:
    by_lead = make_action(wales, title="Arrange a briefing", lead="North Wales Police").ref
    by_group = make_action(wales, title="Arrange a visit", group="north-wales-forum").ref
    elsewhere = make_action(wales, title="Arrange a call", lead="Gwent Police").ref
    refs = list_refs(wales, 'area:"North Wales"')
    assert {by_lead, by_group, "DP-39"} <= refs
    assert elsewhere not in refs


def test_slips_are_counted_from_a_date(wales: Workspace) -> None:
    ref = make_action(wales, due="2014-01-10").ref
    for clock, due in (("2013-12-31", "2014-02-10"), ("2014-02-01", "2014-03-10"), ("2014-03-01", "2014-04-10")):
        edit_action(set_clock(wales, clock), ref, make_action_draft(due=due, reason="The trainer is ill"))
    assert list_refs(wales, "slips>2") == {ref}
    assert list_refs(wales, "slips>1 since 2014") == {ref}
    assert list_refs(wales, "slips>2 since 2014") == set()
    assert [slip.slipped_on.isoformat() for slip in list_slips(wales, [show_action(wales, ref).row]).popitem()[1]] == [
        "2013-12-31",
        "2014-02-01",
        "2014-03-01",
    ]


def test_a_rating_is_worse_than_on_an_earlier_date(wales: Workspace) -> None:
    fell, rose, rated = (make_action(wales, title=title).ref for title in ("Fell", "Rose", "Was first rated"))
    for ref, day, brag in (
        (fell, "2013-11-01", "G"),
        (fell, "2013-12-01", "R"),
        (rose, "2013-11-01", "R"),
        (rose, "2013-12-01", "A"),
        (rated, "2013-12-01", "R"),
    ):
        make_update(wales, ref, on=DateAsKnown(date.fromisoformat(day)), brag=brag)
    assert list_refs(wales, "worse>2013-11-01") == {fell}
    assert list_refs(wales, "worse>2013-12-01") == set()
    assert list_refs(wales, "worse>2013-10-31") == set()


def test_who_has_not_attended_since_a_date(wales: Workspace) -> None:
    make_party(wales, "Health Co-ordinator", "health-coordinator", kind="person")
    edit_contact(wales, "health-coordinator", build_contact_draft({"organisation": "hywel-dda-hb"}, TODAY))
    meeting = add_meeting(
        wales,
        build_meeting_draft({"title": "Meeting", "group": "leadership-group", "starts": "2013-12-10 10:00"}, TODAY),
    ).ref
    set_attendance(wales, meeting, "health-coordinator", build_attendance_draft({"state": "present"}))
    since = {row.ref for row in list_contacts(wales, "class:health attended>=2013-12-10")}
    assert since == {"health-coordinator", "hywel-dda-hb"}
    before = {row.ref for row in list_contacts(wales, "class:health attended<2013-12-10")}
    assert "cwm-taf-hb" in before
    assert not before & since
    assert not list_contacts(wales, "class:health attended>2013-12-10")


def test_a_class_is_that_of_the_organisation_of_contacts_leads_and_seats(wales: Workspace) -> None:
    ref = make_action(wales, lead="cwm-taf-hb").ref
    assert list_refs(wales, "class:health") == {ref}
    with use_language(Language.CY):
        assert list_refs(wales, "dosbarth:iechyd") == {ref}
    assert {row.member for row in list_seats(wales, words="class:health")} == {"health boards"}
    with pytest.raises(BadInput, match=r'No kind of organisation is called "helth"\. Did you mean Health board'):
        list_refs(wales, "class:helth")


def test_a_whole_word_of_a_name_comes_first(wales: Workspace) -> None:
    for number in range(5):
        make_action(wales, title=f"Bawso, Bawso and Bawso {number}")
    assert (search_records(wales, "bawso")[0].kind, search_records(wales, "bawso")[0].ref) == ("organisation", "bawso")
