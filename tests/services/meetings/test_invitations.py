"""Tests of the invitation list of an event."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.contacts.appointments import Appointment, appoint_holder
from ahtc_tui.services.contacts.circulation_lists import save_list, set_membership
from ahtc_tui.services.contacts.service import edit_contact
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.invitations import invite_guests, list_invitable_areas, show_invitations
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY

DAY = date(2014, 10, 17)


def add_event(workspace: Workspace) -> str:
    return add_meeting(workspace, build_meeting_draft({"group": "leadership-group", "starts": "2014-10-17"}, TODAY)).ref


def test_guests_are_grouped_by_area(wales: Workspace) -> None:
    ref = add_event(wales)
    invitations = invite_guests(wales, ref, areas=["North Wales", "Gwent"], names=["AHTC"])
    by_area = {area.area: [guest.name for guest in area.guests] for area in invitations.areas}
    assert "Gwent Police" in by_area["Gwent"]
    assert "North Wales Police" in by_area["North Wales"]
    assert "Welsh Local Government Association" in by_area["Wales"]
    assert [area.area for area in invitations.areas][-1] in (None, "North Wales")
    assert invitations.total == 3 + len(invitations.added)
    assert show_invitations(wales, ref).areas == invitations.areas


def test_nobody_is_invited_twice_and_each_call_is_one_undo(wales: Workspace) -> None:
    ref = add_event(wales)
    before = show_invitations(wales, ref).total
    first = invite_guests(wales, ref, areas=["Gwent"])
    with pytest.raises(Refused, match="all invited to"):
        invite_guests(wales, ref, areas=["Gwent"])
    second = invite_guests(wales, ref, areas=["Gwent", "North Wales"])
    assert not set(first.added) & set(second.added)
    undo_step(wales)
    undo_step(wales)
    assert show_invitations(wales, ref).total == before


def test_holders_of_invited_posts_are_not_invited_twice(wales: Workspace) -> None:
    appoint_holder(
        wales, "A Named Holder", "nw-coordinator", Appointment(read_iso_date("2013-11-01")), create_person=True
    )

    edit_contact(wales, "A Named Holder", build_contact_draft({"area": "North Wales"}, TODAY))
    ref = add_event(wales)
    names = [guest.name for area in invite_guests(wales, ref, areas=["North Wales"]).areas for guest in area.guests]
    assert "North Wales Regional Anti Human Trafficking Co-ordinator" in names
    assert "A Named Holder" not in names


def test_a_circulation_list_is_invited(wales: Workspace) -> None:
    save_list(wales, "Partners", "")
    set_membership(wales, "Partners", "Bawso")
    ref = add_event(wales)
    assert invite_guests(wales, ref, lists=["Partners"]).added == ("bawso",)


def test_the_areas_of_the_fora_are_listed(wales: Workspace) -> None:
    offered = dict(list_invitable_areas(wales))
    assert {"Gwent", "Cardiff", "South Wales", "Western Bay", "North Wales", "Dyfed-Powys", "Wales"} == set(offered)
    assert offered["Wales"] > offered["Gwent"] > 0


def test_invalid_invitations_are_refused(wales: Workspace) -> None:
    ref = add_event(wales)
    with pytest.raises(BadInput):
        invite_guests(wales, ref)
    with pytest.raises(NotFound):
        invite_guests(wales, ref, areas=["Narnia"])
    cancel_meeting(wales, ref)
    with pytest.raises(Refused, match="cancelled"):
        invite_guests(wales, ref, areas=["Gwent"])
