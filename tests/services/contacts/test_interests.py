"""Tests of the register of interests, and of the agenda items that it concerns."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.contacts import build_interest_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.services.contacts.interests import add_interest, edit_interest, list_interests
from ahtc_tui.services.contacts.service import show_contact
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.records.removal import remove_record
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, read_live_rows


def declare(workspace: Workspace, who: str, text: str = "Trustee", **fields: str) -> str:
    """Record an interest; returns its reference."""
    return add_interest(workspace, who, build_interest_draft({"text": text, **fields}, TODAY)).ref


def list_item_interests(workspace: Workspace, title: str, note: str = "") -> list[str]:
    """Return the interests that an item of a Leadership Group lists."""
    ref = add_meeting(workspace, build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, TODAY)).ref
    add_item(workspace, ref, build_agenda_draft({"title": title}))
    return [str(interest) for interest in show_meeting(workspace, ref).agenda[-1].interests]


def test_an_interest_is_declared_today_and_undone_as_one_step(wales: Workspace) -> None:
    before = read_live_rows(wales)
    ref = declare(wales, "AHTC", organisation="Bawso", from_on="2012")
    (row,) = list_interests(wales)
    assert (row.ref, row.organisation_ref, str(row.declared_on)) == (ref, "bawso", "31 December 2013")
    assert show_contact(wales, "ahtc").interests == ("Bawso: Trustee, from 2012; declared on 31 December 2013",)
    assert show_contact(wales, "bawso").interests == ("Anti Human Trafficking Co-ordinator: Trustee",)
    assert [hit.ref for hit in search_records(wales, "trustee", 5)] == [ref]
    assert find_faults(wales.database) == []
    undo_step(wales)
    assert read_live_rows(wales) == before


def test_an_interest_that_has_ended_is_listed_on_request_only(wales: Workspace) -> None:
    ref = declare(wales, "AHTC", organisation="Bawso", from_on="2010", to_on="2013-12-30")
    assert list_interests(wales) == []
    assert [row.ref for row in list_interests(wales, "AHTC", "Bawso", ended=True)] == [ref]
    edit_interest(wales, ref, build_interest_draft({"to_on": "2013-12-31"}, TODAY))
    assert [row.ref for row in list_interests(wales)] == [ref]


def test_a_period_that_ends_before_it_begins_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput, match=r"2012 is before 2013\. A term must end after it starts"):
        declare(wales, "AHTC", from_on="2013", to_on="2012")
    ref = declare(wales, "AHTC", from_on="2013")
    with pytest.raises(BadInput, match=r"2012 is before 2013\. A term must end after it starts"):
        edit_interest(wales, ref, build_interest_draft({"to_on": "2012"}, TODAY))
    with pytest.raises(NotFound, match='no interest "INT-99"'):
        edit_interest(wales, "INT-99", build_interest_draft({"text": "Member"}, TODAY))


def test_an_item_that_names_an_organisation_lists_who_has_an_interest_in_it(wales: Workspace) -> None:
    declare(wales, "AHTC", organisation="Bawso")
    declare(wales, "joyce-watson", "Patron", organisation="Bawso", to_on="2013-12-09")
    declare(wales, "jeff-farrar", "Adviser", organisation="Bawso")
    assert list_item_interests(wales, "Grant to BAWSO, 2014") == ["Bawso: Jeff Farrar (Adviser)"]
    assert list_item_interests(wales, "Bawsonian matters") == []


def test_an_item_lists_the_members_who_belong_to_the_organisation(wales: Workspace) -> None:
    lines = list_item_interests(wales, "Report of Gwent Police")
    assert "Gwent Police: Jeff Farrar (belongs to it)" in lines


def test_an_item_that_names_a_member_says_that_it_takes_part_itself(wales: Workspace) -> None:
    name = "Gangmasters Licensing Authority"
    assert list_item_interests(wales, f"Report of the {name}") == [f"{name}: takes part itself"]


def test_an_interest_in_words_alone_is_listed_for_an_item_that_shares_one_of_them(wales: Workspace) -> None:
    declare(wales, "jeff-farrar", "Owns the building of a safe house")
    declare(wales, "AHTC", "Adviser on housing")  # the AHTC is not at the meeting
    assert list_item_interests(wales, "Lease of the Safe Houses") == ["Jeff Farrar (Owns the building of a safe house)"]
    assert list_item_interests(wales, "Training of staff") == []


def test_a_word_that_many_records_have_is_no_interest(wales: Workspace) -> None:
    declare(wales, "jeff-farrar", "Member of a police federation in Wales")
    assert list_item_interests(wales, "Members of police forces in Wales") == []
    assert list_item_interests(wales, "The federation") == ["Jeff Farrar (Member of a police federation in Wales)"]


def test_an_interest_can_be_removed_and_goes_with_its_contact(wales: Workspace) -> None:
    ref = declare(wales, "AHTC", "Fellow of a university")
    assert remove_record(wales, "interest", ref).name == "Fellow of a university"
    assert list_interests(wales, ended=True) == []
