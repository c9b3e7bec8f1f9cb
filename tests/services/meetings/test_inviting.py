"""The invitation list of an event: area by area, nobody twice, one step."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import from_iso
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.contacts.appointments import Appointment, appoint
from ahtc_tui.services.contacts.circulation_lists import put_on, save_list
from ahtc_tui.services.history import undo
from ahtc_tui.services.meetings.invitations import areas_to_ask, invite, invite_list
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY

DAY = date(2014, 10, 17)


def an_event(workspace: Workspace) -> str:
    return add_meeting(workspace, meeting_draft({"group": "leadership-group", "starts": "2014-10-17"}, TODAY)).ref


def test_guests_stand_under_their_area_and_the_others_come_last(wales: Workspace) -> None:
    ref = an_event(wales)
    found = invite(wales, ref, areas=["North Wales", "Gwent"], who=["AHTC"])
    by_area = {area.area: [guest.name for guest in area.guests] for area in found.areas}
    assert "Gwent Police" in by_area["Gwent"]
    assert "North Wales Police" in by_area["North Wales"]
    assert "Welsh Local Government Association" in by_area["Wales"]
    assert [area.area for area in found.areas][-1] in (None, "North Wales")
    assert found.total == 3 + len(found.added)
    assert invite_list(wales, ref).areas == found.areas


def test_nobody_is_asked_twice_and_one_undo_takes_all_back(wales: Workspace) -> None:
    ref = an_event(wales)
    before = invite_list(wales, ref).total
    first = invite(wales, ref, areas=["Gwent"])
    with pytest.raises(Refused, match="nobody new"):
        invite(wales, ref, areas=["Gwent"])
    again = invite(wales, ref, areas=["Gwent", "North Wales"])
    assert not set(first.added) & set(again.added)
    undo(wales)
    undo(wales)
    assert invite_list(wales, ref).total == before


def test_whoever_holds_a_post_that_is_asked_is_not_asked_in_person(wales: Workspace) -> None:
    appoint(wales, "A Named Holder", "nw-coordinator", Appointment(from_iso("2013-11-01")), new=True)
    from ahtc_tui.domain.drafts.contacts import contact_draft
    from ahtc_tui.services.contacts.service import edit_contact

    edit_contact(wales, "A Named Holder", contact_draft({"area": "North Wales"}, TODAY))
    ref = an_event(wales)
    names = [guest.name for area in invite(wales, ref, areas=["North Wales"]).areas for guest in area.guests]
    assert "North Wales Regional Anti Human Trafficking Co-ordinator" in names
    assert "A Named Holder" not in names


def test_a_circulation_list_is_asked(wales: Workspace) -> None:
    save_list(wales, "Partners", "")
    put_on(wales, "Partners", "Bawso")
    ref = an_event(wales)
    assert invite(wales, ref, lists=["Partners"]).added == ("bawso",)


def test_the_areas_of_the_fora_are_offered(wales: Workspace) -> None:
    offered = dict(areas_to_ask(wales))
    assert {"Gwent", "Cardiff", "South Wales", "Western Bay", "North Wales", "Dyfed-Powys", "Wales"} == set(offered)
    assert offered["Wales"] > offered["Gwent"] > 0


def test_what_cannot_be_asked_is_refused(wales: Workspace) -> None:
    ref = an_event(wales)
    with pytest.raises(BadInput):
        invite(wales, ref)
    with pytest.raises(NotFound):
        invite(wales, ref, areas=["Narnia"])
    cancel_meeting(wales, ref)
    with pytest.raises(Refused, match="cancelled"):
        invite(wales, ref, areas=["Gwent"])
