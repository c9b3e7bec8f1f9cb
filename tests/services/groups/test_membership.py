"""Tests of the overviews: missing members, areas without a forum, and own seats with their actions."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.groups.membership import SeatingState, SeatMatrix, build_columns
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.services.groups.closing import close_group
from ahtc_tui.services.groups.membership import build_forum_map, list_memberships, show_seat_matrix
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.groups.service import add_group, edit_group
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.services.groups.test_group_writing import make_group_draft


def find_sitting(matrix: SeatMatrix, organisation: str, group: str) -> SeatingState | None:
    """Return how an organisation has a seat on a group."""
    number = [column.ref for column in matrix.groups].index(group)
    row = next(row for row in matrix.rows if row.name == organisation)
    seat_cell = row.cells[number]
    return seat_cell.how if seat_cell else None


def test_bodies_of_paragraph_3_6_without_a_named_member_are_missing(wales: Workspace) -> None:
    seat_matrix = show_seat_matrix(wales)
    assert find_sitting(seat_matrix, "Gwent Police", "leadership-group") is SeatingState.SITS
    for force in ("Dyfed-Powys Police", "North Wales Police", "South Wales Police"):
        assert find_sitting(seat_matrix, force, "leadership-group") is SeatingState.MISSING
    assert find_sitting(seat_matrix, "South Wales Police", "forum-western-bay") is SeatingState.MISSING
    assert find_sitting(seat_matrix, "South Wales Police", "forum-gwent") is None
    boards = [
        row.name
        for row in seat_matrix.rows
        if find_sitting(seat_matrix, row.name, "leadership-group") is SeatingState.MISSING
    ]
    assert len([name for name in boards if "Health" in name]) == 7
    assert find_sitting(seat_matrix, "relevant Welsh Government departments", "forum-gwent") is SeatingState.UNNAMED
    assert find_sitting(seat_matrix, "health boards", "forum-gwent") is SeatingState.UNNAMED
    assert find_sitting(seat_matrix, "police", "jit-initiative") is SeatingState.UNNAMED


def test_a_unit_of_an_organisation_counts_as_the_organisation(wales: Workspace) -> None:
    seat_matrix = show_seat_matrix(wales)
    assert find_sitting(seat_matrix, "Welsh Government", "uk-strategy-board") is SeatingState.SITS
    assert "Violence Against Women and Domestic Abuse Team" not in [row.name for row in seat_matrix.rows]


def test_an_organisation_with_a_named_member_is_not_missing(wales: Workspace) -> None:
    before = len(list(show_seat_matrix(wales).find_missing()))
    give_seat(wales, "forum-gwent", "gwent-police", build_seat_draft({"person": "Jeff Farrar"}, TODAY))
    seat_matrix = show_seat_matrix(wales)
    assert find_sitting(seat_matrix, "Gwent Police", "forum-gwent") is SeatingState.SITS
    assert len(list(seat_matrix.find_missing())) == before - 1


def test_one_filled_seat_is_enough(wales: Workspace) -> None:
    give_seat(wales, "pslg", "denbighshire", build_seat_draft({"role": "observer"}, TODAY))
    row = next(row for row in show_seat_matrix(wales).rows if row.ref == "denbighshire")
    (seat_cell,) = [seat_cell for seat_cell in row.cells if seat_cell]
    assert (seat_cell.how, seat_cell.roles, seat_cell.people) == (
        SeatingState.SITS,
        (SeatRole.LEAD, SeatRole.OBSERVER),
        ("Mohammed Mehmet",),
    )


def test_a_filter_limits_the_groups(wales: Workspace) -> None:
    assert [column.ref for column in show_seat_matrix(wales, "idmg").groups] == ["idmg"]


def test_groups_of_wales_come_first_with_distinct_codes(wales: Workspace) -> None:
    groups = show_seat_matrix(wales).groups
    assert [column.ref for column in groups[:3]] == ["pslg", "leadership-group", "forum-cardiff"]
    assert len({column.code for column in groups}) == len(groups) == 22
    assert all(len(column.code) <= 4 for column in groups)


def test_groups_with_the_same_initials_get_distinct_codes(wales: Workspace) -> None:
    for name in ("Forum Gaol", "Forum Gower", "Of the and"):
        group = add_test_group(wales, name)
        give_seat(wales, group, "bawso", build_seat_draft({}, TODAY))
    codes = {column.ref: column.code for column in show_seat_matrix(wales).groups}
    assert [codes[ref] for ref in ("forum-gaol", "forum-gower", "forum-gwent")] == ["FG", "FG2", "FG3"]
    assert codes["of-the-and"] == "OF-T"
    assert build_columns(()) == ()


def add_test_group(wales: Workspace, name: str) -> str:
    """Add a group with this reference."""
    return add_group(wales, make_group_draft(name=name)).ref


def test_every_area_has_a_forum_until_one_closes(wales: Workspace) -> None:
    before = build_forum_map(wales)
    assert [area.area_ref for area in before.areas] == [
        "gwent",
        "cardiff",
        "south-wales",
        "western-bay",
        "north-wales",
        "dyfed-powys",
    ]
    assert before.areas_without_forum == ()
    assert before.areas[0].police == "Gwent Police"
    assert (before.areas[0].seats, before.areas[0].unnamed, len(before.areas[0].authorities)) == (3, 3, 5)
    assert len(before.outside) == 3
    close_group(wales, "forum-dyfed-powys")
    edit_group(wales, "forum-gwent", make_group_draft(chair="AHTC"))
    after = build_forum_map(wales)
    assert [area.area for area in after.areas_without_forum] == ["Dyfed-Powys"]
    assert (after.areas[-1].forum_ref, after.areas[-1].seats, after.areas[-1].state) == (None, 0, None)
    assert after.areas[0].chair == "Stephen Chapman"


def test_the_forum_map_shows_the_next_meeting(wales: Workspace) -> None:
    add_meeting(wales, build_meeting_draft({"group": "forum-gwent", "starts": "2014-02-04 10:00"}, TODAY))
    assert str(build_forum_map(wales).areas[0].next_meeting) == "4 February 2014"


def test_memberships_list_10_seats_with_the_minister_as_colleague(wales: Workspace) -> None:
    rows = list_memberships(wales)
    assert len(rows) == 10
    assert sum(row.group_kind in ("uk-board", "uk-group", "sub-group") for row in rows) == 6
    idmg = rows[0]
    assert (idmg.group_ref, idmg.role, idmg.holder) == ("idmg", SeatRole.ATTENDS, "Stephen Chapman")
    assert idmg.beside == ("Lesley Griffiths",)
    assert [action[:5] for action in idmg.actions] == ["DP-33"]
    assert (idmg.last_attended, idmg.attended, idmg.of) == (None, 0, 0)


def test_membership_dates_and_rates_come_from_the_meetings(wales: Workspace) -> None:
    past = [
        add_meeting(wales, build_meeting_draft({"group": "idmg", "starts": day}, TODAY)).ref
        for day in ("2013-06-03", "2013-11-04")
    ]
    set_attendance(wales, past[0], "AHTC", build_attendance_draft({"state": "present"}))
    set_attendance(wales, past[1], "AHTC", build_attendance_draft({"state": "apologies"}))
    coming = add_meeting(wales, build_meeting_draft({"group": "idmg", "starts": "2014-02-03"}, TODAY)).ref
    with wales.database.write("paper") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM meetings WHERE ref = ?", (coming,)).fetchone()
        ledger.add("papers", {"ref": "P1", "meeting": key, "title": "Progress", "due_on": "2014-01-27"})
    idmg = list_memberships(wales)[0]
    assert (str(idmg.last_attended), str(idmg.next_meeting)) == ("3 June 2013", "3 February 2014")
    assert (str(idmg.papers_due), idmg.attended, idmg.of) == ("27 January 2014", 1, 2)


def test_memberships_of_another_party_are_listed(wales: Workspace) -> None:
    assert [row.group_ref for row in list_memberships(wales, "jeff-farrar")] == ["leadership-group"]
    with pytest.raises(NotFound):
        list_memberships(wales, "nobody at all")


def test_the_local_authorities_of_a_forum_are_those_of_its_area(wales: Workspace) -> None:
    give_seat(wales, "forum-gwent", "Local authorities", build_seat_draft({}, TODAY), org_class=True)
    give_seat(wales, "leadership-group", "local authorities", build_seat_draft({}, TODAY), org_class=True)
    missing = [
        (group.ref, row.name)
        for group, row, cell in show_seat_matrix(wales).find_missing()
        if cell.how is SeatingState.MISSING
    ]
    councils = [name for ref, name in missing if ref == "forum-gwent" and name != "Gwent Police"]
    assert len(councils) == 5
    assert "Newport City Council" in councils
    assert len([name for ref, name in missing if ref == "leadership-group" and "Council" in name]) >= 20
