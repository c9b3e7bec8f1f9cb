"""The chair of a group is the one whose term includes the day."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.meetings.kinds import InviteRole
from ahtc_tui.services.contacts.service import show_contact
from ahtc_tui.services.groups.membership import build_forum_map
from ahtc_tui.services.groups.seats import end_seat
from ahtc_tui.services.groups.service import list_groups, set_chair, show_group
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, set_clock

JUNE = DateAsKnown(date(2014, 6, 1))


def read_chairs(workspace: Workspace, day: str) -> tuple[str | None, ...]:
    """Return the chair of the Gwent forum in list, card and map on a day."""
    at_day = set_clock(workspace, day)
    area = next(area for area in build_forum_map(at_day).areas if area.forum_ref == "forum-gwent")
    listed = next(row.chair for row in list_groups(at_day) if row.ref == "forum-gwent")
    return listed, show_group(at_day, "forum-gwent").row.chair, area.chair


def test_a_chair_from_june_is_not_chair_in_january(wales: Workspace) -> None:
    set_chair(wales, "forum-gwent", "Jeff Farrar", DateAsKnown(date(2013, 1, 1)))
    set_chair(wales, "forum-gwent", "Joyce Watson", JUNE)
    assert read_chairs(wales, "2014-01-28") == ("Jeff Farrar",) * 3
    assert read_chairs(wales, "2014-06-01") == ("Joyce Watson",) * 3
    assert (
        "Gwent Consultation Group on Human Trafficking, Chair, from 1 June 2014"
        in show_contact(wales, "joyce-watson").seats
    )


def test_a_group_without_a_chair_has_none_before_the_term(wales: Workspace) -> None:
    set_chair(wales, "forum-gwent", "Joyce Watson", JUNE)
    assert read_chairs(wales, "2014-01-28") == (None,) * 3


@pytest.mark.parametrize(("starts", "chairs"), [("2014-02-10", ["Jeff Farrar"]), ("2014-06-10", ["Joyce Watson"])])
def test_the_chair_on_the_day_of_a_meeting_is_invited(wales: Workspace, starts: str, chairs: list[str]) -> None:
    set_chair(wales, "forum-gwent", "Jeff Farrar", DateAsKnown(date(2013, 1, 1)))
    set_chair(wales, "forum-gwent", "Joyce Watson", JUNE)
    ref = add_meeting(wales, build_meeting_draft({"group": "forum-gwent", "starts": starts}, TODAY)).ref
    invitees = show_meeting(wales, ref).invitees
    assert [guest.name for guest in invitees if guest.role is InviteRole.CHAIR] == chairs
    assert "Joyce Watson" in chairs or "Joyce Watson" not in {guest.name for guest in invitees}


def test_a_chair_whose_term_has_ended_is_no_longer_shown(wales: Workspace) -> None:
    set_chair(wales, "forum-gwent", "Joyce Watson", DateAsKnown(date(2013, 1, 1)))
    end_seat(wales, "forum-gwent/joyce-watson", DateAsKnown(date(2014, 1, 31)))
    assert read_chairs(wales, "2014-01-31") == ("Joyce Watson",) * 3
    assert read_chairs(wales, "2014-02-01") == (None,) * 3


def test_a_chair_from_an_earlier_date_is_entered_later(wales: Workspace) -> None:
    set_chair(wales, "forum-gwent", "Joyce Watson", JUNE)
    set_chair(wales, "forum-gwent", "Jeff Farrar", DateAsKnown(date(2014, 2, 1)))
    assert read_chairs(wales, "2014-05-31") == ("Jeff Farrar",) * 3
    assert read_chairs(wales, "2014-07-01") == ("Joyce Watson",) * 3
    chairs = [(chair.name, chair.replaced) for chair in show_group(wales, "forum-gwent").chairs]
    assert chairs == [("Joyce Watson", False), ("Jeff Farrar", True)]
    with pytest.raises(Refused, match="from the same date"):
        set_chair(wales, "forum-gwent", "Mohammed Mehmet", JUNE)


def test_nobody_chairs_again_when_the_last_chair_ends(wales: Workspace) -> None:
    set_chair(wales, "forum-gwent", "Joyce Watson", DateAsKnown(date(2012, 2, 1)))
    set_chair(wales, "forum-gwent", "Jeff Farrar", DateAsKnown(date(2013, 2, 1)))
    end_seat(wales, "forum-gwent/jeff-farrar", DateAsKnown(date(2014, 1, 31)))
    assert read_chairs(wales, "2014-02-01") == (None,) * 3
    assert "Gwent Consultation Group on Human Trafficking, Chair" in show_contact(wales, "joyce-watson").passed
