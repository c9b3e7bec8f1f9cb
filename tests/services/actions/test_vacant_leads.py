"""An action of a post that nobody holds says so, and is chased at the address of the post."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.services.actions.service import close_action, list_actions, show_action
from ahtc_tui.services.contacts.appointments import Appointment, appoint_holder, vacate_post
from ahtc_tui.services.exports.chasers import write_chasers
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, set_clock

POST = "Single Point of Contact, Gwent Police"


@pytest.fixture
def ref(wales: Workspace) -> str:
    """A late action of a post that was vacated at the end of November 2013."""
    appoint_holder(wales, "First Holder", "spoc-gwent", Appointment(read_date("2012-01-01", TODAY)), create_person=True)
    vacate_post(wales, "spoc-gwent", read_date("2013-11-30", TODAY))
    return make_action(wales, "Agree dates", lead="spoc-gwent", due="2013-12-01").ref


def test_a_late_action_of_a_vacated_post_is_shown_as_vacant(wales: Workspace, ref: str) -> None:
    row = show_action(wales, ref).row
    assert (row.lead_vacant, row.lead_with_holder) == (True, f"{POST} (vacant)")
    assert "vacant: SPOC Gwent" in {row.lead_label for row in list_actions(wales, ActionFilter(late=True))}
    view = show_today(wales)
    assert [row.lead_vacant for row in view.late.rows if row.ref == ref] == [True]
    assert [lead.vacant for lead in view.chase.rows if lead.ref == "spoc-gwent"] == [True]


def test_a_post_is_vacant_only_while_nobody_holds_it(wales: Workspace, ref: str) -> None:
    assert not show_action(set_clock(wales, "2013-11-30"), ref).row.lead_vacant
    unnamed = make_action(wales, "Holders never recorded", lead="spoc-south-wales").ref
    assert not show_action(wales, unnamed).row.lead_vacant
    close_action(wales, ref)
    assert not show_action(wales, ref).row.lead_vacant


def test_a_vacated_post_is_not_chased_as_if_somebody_held_it(wales: Workspace, ref: str, tmp_path: Path) -> None:
    report = write_chasers(wales, tmp_path / "chasers", "spoc-gwent")
    assert report.files == ()
    assert [(left.ref, "vacant" in left.reason) for left in report.left_out if left.ref == ref] == [(ref, True)]
