"""Who is missing where, which area has no forum, and our own seats with what was promised there."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.groups import seat_draft
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import attendance_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.groups.membership import SeatMatrix, Sitting, columns_of
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.services.groups.membership import forum_map, matrix, memberships
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.groups.service import edit_group
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.services.groups.test_group_writing import draft


def cell(found: SeatMatrix, organisation: str, group: str) -> Sitting | None:
    """How an organisation sits on a group."""
    number = [column.ref for column in found.groups].index(group)
    row = next(row for row in found.rows if row.name == organisation)
    one = row.cells[number]
    return one.how if one else None


def test_police_and_health_boards_of_paragraph_3_6_are_missing_where_nobody_is_named(wales: Workspace) -> None:
    found = matrix(wales)
    assert cell(found, "Gwent Police", "leadership-group") is Sitting.SITS
    for force in ("Dyfed-Powys Police", "North Wales Police", "South Wales Police"):
        assert cell(found, force, "leadership-group") is Sitting.MISSING
    assert cell(found, "South Wales Police", "forum-western-bay") is Sitting.MISSING
    assert cell(found, "South Wales Police", "forum-gwent") is None
    boards = [row.name for row in found.rows if cell(found, row.name, "leadership-group") is Sitting.MISSING]
    assert len([name for name in boards if "Health" in name]) == 7
    assert cell(found, "relevant Welsh Government departments", "forum-gwent") is Sitting.UNNAMED
    assert cell(found, "health boards", "forum-gwent") is Sitting.UNNAMED
    assert cell(found, "police", "jit-initiative") is Sitting.UNNAMED


def test_a_unit_of_the_government_counts_as_the_government(wales: Workspace) -> None:
    found = matrix(wales)
    assert cell(found, "Welsh Government", "uk-strategy-board") is Sitting.SITS
    assert "Violence Against Women and Domestic Abuse Team" not in [row.name for row in found.rows]


def test_whoever_is_named_is_no_longer_missing(wales: Workspace) -> None:
    before = len(list(matrix(wales).missing()))
    give_seat(wales, "forum-gwent", "gwent-police", seat_draft({"person": "Jeff Farrar"}, TODAY))
    found = matrix(wales)
    assert cell(found, "Gwent Police", "forum-gwent") is Sitting.SITS
    assert len(list(found.missing())) == before - 1


def test_one_seat_that_somebody_fills_is_enough(wales: Workspace) -> None:
    give_seat(wales, "pslg", "denbighshire", seat_draft({"role": "observer"}, TODAY))
    row = next(row for row in matrix(wales).rows if row.ref == "denbighshire")
    (one,) = [one for one in row.cells if one]
    assert (one.how, one.roles, one.people) == (
        Sitting.SITS,
        (SeatRole.LEAD, SeatRole.OBSERVER),
        ("Mohammed Mehmet",),
    )


def test_words_leave_the_other_groups_out(wales: Workspace) -> None:
    assert [column.ref for column in matrix(wales, "idmg").groups] == ["idmg"]


def test_the_groups_of_wales_come_first_each_under_letters_of_its_own(wales: Workspace) -> None:
    groups = matrix(wales).groups
    assert [column.ref for column in groups[:3]] == ["pslg", "leadership-group", "forum-cardiff"]
    assert len({column.code for column in groups}) == len(groups) == 22
    assert all(len(column.code) <= 4 for column in groups)


def test_two_groups_with_the_same_letters_are_told_apart(wales: Workspace) -> None:
    for name in ("Forum Gaol", "Forum Gower", "Of the and"):
        group = add(wales, name)
        give_seat(wales, group, "bawso", seat_draft({}, TODAY))
    codes = {column.ref: column.code for column in matrix(wales).groups}
    assert [codes[ref] for ref in ("forum-gaol", "forum-gower", "forum-gwent")] == ["FG", "FG2", "FG3"]
    assert codes["of-the-and"] == "OF-T"
    assert columns_of(()) == ()


def add(wales: Workspace, name: str) -> str:
    """A group, by its reference."""
    from ahtc_tui.services.groups.service import add_group

    return add_group(wales, draft(name=name)).ref


def test_every_area_has_a_forum_until_one_closes(wales: Workspace) -> None:
    found = forum_map(wales)
    assert [area.area_ref for area in found.areas] == [
        "gwent",
        "cardiff",
        "south-wales",
        "western-bay",
        "north-wales",
        "dyfed-powys",
    ]
    assert found.without == ()
    assert found.areas[0].police == "Gwent Police"
    assert (found.areas[0].seats, found.areas[0].unnamed, len(found.areas[0].authorities)) == (3, 3, 5)
    assert len(found.outside) == 3
    edit_group(wales, "forum-dyfed-powys", draft(state="closed"))
    edit_group(wales, "forum-gwent", draft(chair="AHTC"))
    after = forum_map(wales)
    assert [area.area for area in after.without] == ["Dyfed-Powys"]
    assert (after.areas[-1].forum_ref, after.areas[-1].seats, after.areas[-1].state) == (None, 0, None)
    assert after.areas[0].chair == "Stephen Chapman"


def test_the_map_knows_the_next_meeting(wales: Workspace) -> None:
    add_meeting(wales, meeting_draft({"group": "forum-gwent", "starts": "2014-02-04 10:00"}, TODAY))
    assert str(forum_map(wales).areas[0].next_meeting) == "4 February 2014"


def test_we_have_10_seats_7_on_uk_groups_and_the_minister_beside_us(wales: Workspace) -> None:
    found = memberships(wales)
    assert len(found) == 10
    assert sum(one.group_kind in ("uk-board", "uk-group", "sub-group") for one in found) == 7
    idmg = found[0]
    assert (idmg.group_ref, idmg.role, idmg.holder) == ("idmg", SeatRole.ATTENDS, "Stephen Chapman")
    assert idmg.beside == ("Lesley Griffiths",)
    assert [said[:5] for said in idmg.actions] == ["DP-33"]
    assert (idmg.last_attended, idmg.attended, idmg.of) == (None, 0, 0)


def test_last_attended_next_date_papers_and_the_rate_come_from_the_meetings(wales: Workspace) -> None:
    past = [
        add_meeting(wales, meeting_draft({"group": "idmg", "starts": day}, TODAY)).ref
        for day in ("2013-06-03", "2013-11-04")
    ]
    set_attendance(wales, past[0], "AHTC", attendance_draft({"state": "present"}))
    set_attendance(wales, past[1], "AHTC", attendance_draft({"state": "apologies"}))
    coming = add_meeting(wales, meeting_draft({"group": "idmg", "starts": "2014-02-03"}, TODAY)).ref
    with wales.database.write("paper") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM meetings WHERE ref = ?", (coming,)).fetchone()
        ledger.add("papers", {"ref": "P1", "meeting": key, "title": "Progress", "due_on": "2014-01-27"})
    idmg = memberships(wales)[0]
    assert (str(idmg.last_attended), str(idmg.next_meeting)) == ("3 June 2013", "3 February 2014")
    assert (str(idmg.papers_due), idmg.attended, idmg.of) == ("27 January 2014", 1, 2)


def test_another_post_has_its_own_seats_and_nobody_has_none(wales: Workspace) -> None:
    assert [one.group_ref for one in memberships(wales, "jeff-farrar")] == ["leadership-group"]
    with pytest.raises(NotFound):
        memberships(wales, "nobody at all")


def test_the_local_authorities_of_a_forum_are_those_of_its_area(wales: Workspace) -> None:
    give_seat(wales, "forum-gwent", "Local authorities", seat_draft({}, TODAY), org_class=True)
    give_seat(wales, "leadership-group", "local authorities", seat_draft({}, TODAY), org_class=True)
    missing = [(group.ref, row.name) for group, row, cell in matrix(wales).missing() if cell.how is Sitting.MISSING]
    councils = [name for ref, name in missing if ref == "forum-gwent" and name != "Gwent Police"]
    assert len(councils) == 5
    assert "Newport City Council" in councils
    assert len([name for ref, name in missing if ref == "leadership-group" and "Council" in name]) >= 20
