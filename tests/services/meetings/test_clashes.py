"""Tests of meetings at the same time."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.services.meetings import invitations
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_holding, make_party


def add_meeting(workspace: Workspace, group: str, starts: str, **values: str) -> str:
    draft = build_meeting_draft({"group": group, "starts": starts, **values}, workspace.today())
    return meetings.add_meeting(workspace, draft).ref


def list_clashes(workspace: Workspace, ref: str) -> list[tuple[str, bool, tuple[str, ...]]]:
    return [(clash.ref, clash.same_group, clash.people) for clash in meetings.list_clashes(workspace, ref)]


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    """Two boards, a post with its holder and an organisation."""
    for name in ("First board", "Second board"):
        make_party(workspace, name, name.split()[0].lower(), kind="group")
    post = make_party(workspace, "SPOC", "spoc", kind="post")
    holder = make_party(workspace, "Pat Holder", "pat", kind="person")
    make_holding(workspace, post, holder, from_on="2013-02-01")
    make_party(workspace, "Charity", "charity")
    return workspace


@pytest.mark.parametrize(
    ("starts", "values", "clashes"),
    [
        ("2013-12-10 10:30", {}, True),
        ("2013-12-10 11:00", {}, False),
        ("2013-12-10 09:00", {"minutes": "60"}, False),
        ("2013-12-10 09:00", {"minutes": "61"}, True),
        ("2013-12-09 23:00", {"ends": "2013-12-10 10:15"}, True),
        ("2013-12-10", {}, False),
        ("2013-12-10 10:30", {"state": "cancelled"}, False),
        ("December 2013", {}, False),
    ],
)
def test_meetings_of_a_group_clash_while_their_times_overlap(
    office: Workspace, starts: str, values: dict[str, str], clashes: bool
) -> None:
    first = add_meeting(office, "first", "2013-12-10 10:00")
    other = add_meeting(office, "first", starts, **values)
    assert list_clashes(office, other) == ([(first, True, ())] if clashes else [])
    assert list_clashes(office, first) == ([(other, True, ())] if clashes else [])


def test_a_person_invited_as_such_and_as_the_holder_of_a_post_is_in_two_places(office: Workspace) -> None:
    first = add_meeting(office, "first", "2013-12-10 10:00")
    second = add_meeting(office, "second", "2013-12-10 10:00")
    assert list_clashes(office, second) == []
    invitations.invite_guests(office, first, (), (), ("spoc", "charity"))
    invitations.invite_guests(office, second, (), (), ("pat", "charity"))
    assert list_clashes(office, second) == [(first, False, ("Pat Holder",))]
    assert str(meetings.show_meeting(office, second).clashes[0]).endswith(": Pat Holder")
