"""What a single field cannot show: one reference twice, one action twice, agreed minutes, parts of what was removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import attendance_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication import conflicts
from ahtc_tui.services.workspace import Workspace
from tests.builders import a_draft, a_minuted_meeting, a_party, an_action, an_update, ask, live_rows, remove
from tests.services.replication.merging import both_ways, laptop, merged
from tests.store.laptops import tables


def test_a_reference_that_both_laptops_gave_stays_with_the_first_and_both_records_are_kept(
    wales: Workspace, tmp_path: Path
) -> None:
    there = laptop(wales, "there")
    first, second = an_action(wales, title="Made in the office"), an_action(there, title="Made at the forum")
    assert first.ref == second.ref == "DP-45"
    before = live_rows(wales)
    one, _other = both_ways(wales, there, tmp_path)
    found = {
        row.title: row.ref for row in actions.list_actions(one, ActionFilter(Which.ALL)) if row.ref.startswith("DP-45")
    }
    assert found == {"Made in the office": "DP-45", "Made at the forum": f"DP-45-{second.key.hex()[-4:]}"}
    report = merged(wales, there)
    assert [warning.ref for warning in report.warnings] == [found["Made at the forum"]]
    assert an_action(wales).ref == "DP-46"
    for _step in range(2):
        history.undo(wales)
    assert live_rows(wales) == before
    assert [one.ref for one in merged(wales, there).added] == [found["Made at the forum"]]


def test_the_last_number_given_is_that_of_whoever_gave_more(wales: Workspace) -> None:
    there = laptop(wales, "there")
    for _n in range(3):
        key = an_action(there).key
    remove(there, "actions", key)
    merged(wales, there)
    assert an_action(wales).ref == "DP-48"


def test_the_same_person_made_on_both_laptops_is_kept_twice_and_pointed_out(wales: Workspace, tmp_path: Path) -> None:
    there = laptop(wales, "there")
    for office in (wales, there):
        a_party(office, "SPOC Bangor", "spoc-bangor", kind="person")
    both_ways(wales, there, tmp_path)
    (warning,) = merged(wales, there).warnings
    assert "ahtc contacts duplicates" in warning.reason
    assert ask(wales, "SELECT count(*) FROM parties WHERE name = 'SPOC Bangor' AND NOT deleted") == [(2,)]


@pytest.fixture
def forum(wales: Workspace) -> tuple[Workspace, Workspace, str]:
    """A meeting with minutes, and a second laptop that has them as well."""
    ref = a_minuted_meeting(wales)
    return wales, laptop(wales, "there"), ref


def test_minutes_of_two_note_takers_come_together_by_item(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    here, there, ref = forum
    for office, words in ((here, "office"), (there, "forum")):
        for item in (1, 2):
            minutes.add_line(office, ref, f"n: note of the {words}", item)
    ends = both_ways(here, there, tmp_path)
    shown = [[(line.item, line.text) for line in meetings.show_meeting(end, ref).lines] for end in ends]
    assert shown[0] == shown[1]
    assert shown[0][-2:] == [(2, "note of the office"), (2, "note of the forum")]


def test_the_same_action_minuted_twice_is_asked_and_both_texts_are_kept(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    here, there, ref = forum
    minutes.add_line(here, ref, "a: send the leaflet to every health board @jeff due end feb", 2)
    minutes.add_line(there, ref, "a: send every health board the leaflets by e-mail @bawso", 2)
    minutes.add_line(there, ref, "a: book a room in Wrexham @bawso", 2)
    ends = both_ways(here, there, tmp_path)
    for end in ends:
        (one,) = conflicts.list_conflicts(end)
        assert one.why == "twice"
        assert {one.ours, one.theirs} == {
            "send the leaflet to every health board",
            "send every health board the leaflets by e-mail",
        }
    before = live_rows(ends[0])
    (one,) = conflicts.list_conflicts(ends[0])
    conflicts.resolve(ends[0], one.id, "both")
    assert conflicts.list_conflicts(ends[0]) == []
    assert live_rows(ends[0]) == before
    history.undo(ends[0])
    conflicts.resolve(ends[0], one.id, "ours")
    kept = next(row for row in actions.list_actions(ends[0], ActionFilter(Which.ALL)) if row.title == one.ours)
    assert f"Also minuted as: {one.theirs}" in (actions.show_action(ends[0], kept.ref).detail or "")
    lines = [line for line in meetings.show_meeting(ends[0], ref).lines if line.action == kept.ref]
    assert [line.text for line in lines] == [one.ours, one.theirs]
    history.undo(ends[0])
    assert live_rows(ends[0]) == before


def tick(office: Workspace, ref: str, who: str, state: str) -> None:
    set_attendance(office, ref, who, attendance_draft({"state": state}))


def test_who_is_ticked_as_present_on_both_laptops_is_present_once(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    here, there, ref = forum
    for office in (here, there):
        tick(office, ref, "bawso", "present")
    tick(here, ref, "new-pathways", "present")
    tick(there, ref, "new-pathways", "apologies")
    for end in both_ways(here, there, tmp_path):
        names = [row.name for row in meetings.show_meeting(end, ref).attendance]
        assert names.count("Bawso") == 1
        assert names.count("New Pathways") == 2
        (one,) = conflicts.list_conflicts(end)
        assert (one.ref, one.kind, one.why) == (ref, "attendance", "twice")
        conflicts.resolve(end, one.id, "ours")
        assert [row.name for row in meetings.show_meeting(end, ref).attendance].count("New Pathways") == 1


@pytest.mark.parametrize("agreed_here", [True, False])
def test_what_was_written_while_the_minutes_were_agreed_waits_and_the_agreed_words_stand(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path, agreed_here: bool
) -> None:
    here, there, ref = forum
    office, away = (here, there) if agreed_here else (there, here)
    line = meetings.show_meeting(away, ref).lines[0]
    minutes.edit_line(away, ref, line.key, "three courses")
    minutes.add_line(away, ref, "n: said after it was over", 1)
    agreed = meetings.show_meeting(office, ref).lines
    lifecycle.set_state(office, ref, MinutesState.AGREED)
    both_ways(here, there, tmp_path)
    merged(here, there)
    assert meetings.show_meeting(here, ref).lines == agreed
    found = conflicts.list_conflicts(here)
    assert [(one.ref, one.why) for one in found] == [(ref, "agreed")] * 2
    assert {"three courses", "said after it was over"} <= {one.theirs for one in found} | {one.ours for one in found}
    for one in found:
        with pytest.raises(Refused, match="agreed and locked"):
            conflicts.resolve(here, one.id, "theirs")
    lifecycle.set_state(here, ref, MinutesState.CIRCULATED)
    added = next(one for one in conflicts.list_conflicts(here) if one.theirs == "said after it was over")
    conflicts.resolve(here, added.id, "theirs")
    assert "said after it was over" in [line.text for line in meetings.show_meeting(here, ref).lines]
    for one in conflicts.list_conflicts(here):
        conflicts.resolve(here, one.id, "ours")
    assert conflicts.list_conflicts(here) == []


def test_a_meeting_that_was_removed_comes_back_in_question_where_its_minutes_went_on(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    here, there, ref = forum
    (key,) = ask(here, "SELECT id FROM meetings WHERE ref = ?", ref)[0]
    remove(here, "meetings", key)
    minutes.add_line(there, ref, "n: it was held after all", 1)
    both_ways(here, there, tmp_path)
    merged(here, there)
    assert "it was held after all" in [line.text for line in meetings.show_meeting(here, ref).lines]
    (one,) = conflicts.list_conflicts(here)
    assert (one.ref, one.field, one.why, one.ours, one.theirs) == (ref, "removed", "removed", "removed", "kept")
    conflicts.resolve(here, one.id, "theirs")
    assert conflicts.list_conflicts(here) == []


def test_two_moves_of_one_meeting_get_a_number_above_both(wales: Workspace, tmp_path: Path) -> None:
    ref = meetings.add_meeting(wales, meeting_draft({"group": "LG", "starts": "2014-02-10 10:00"}, wales.today())).ref
    there = laptop(wales, "there")
    for office, starts in ((wales, "2014-02-11 10:00"), (there, "2014-02-12 10:00")):
        meetings.edit_meeting(office, ref, meeting_draft({"starts": starts}, office.today()))
    for end in both_ways(wales, there, tmp_path):
        assert meetings.show_meeting(end, ref).row.sequence == 2
        assert {one.field for one in conflicts.list_conflicts(end)} >= {"day"}


def test_a_deputy_and_a_name_for_one_chair_leave_one_of_them(wales: Workspace, tmp_path: Path) -> None:
    with wales.database.write("attend") as ledger:
        meeting = ask(wales, "SELECT id FROM meetings LIMIT 1")[0][0]
        key = ledger.add("attendances", {"meeting": meeting, "words": "somebody from Bawso", "state": "present"})
    party = ask(wales, "SELECT id FROM parties WHERE ref = 'bawso'")[0][0]
    there = laptop(wales, "there")
    with wales.database.write("who it was") as ledger:
        ledger.change("attendances", key, {"party": party, "words": None})
    with there.database.write("better words") as ledger:
        ledger.change("attendances", key, {"words": "the director of Bawso"})
    for end in both_ways(wales, there, tmp_path):
        assert ask(end, "SELECT words FROM attendances WHERE id = ? AND party IS NOT NULL", key) == [(None,)]
        (one,) = conflicts.list_conflicts(end)
        conflicts.resolve(end, one.id, "the director of Bawso")
        assert ask(end, "SELECT words, party FROM attendances WHERE id = ?", key) == [("the director of Bawso", None)]


def test_an_update_on_each_laptop_stays_in_the_order_of_writing(wales: Workspace, tmp_path: Path) -> None:
    there = laptop(wales, "there")
    an_update(wales, "DP-01", "Written here.")
    an_update(there, "DP-01", "Written there.")
    actions.edit_action(there, "DP-01", a_draft(title="Other words"))
    for end in both_ways(wales, there, tmp_path):
        said = {update.text for update in actions.show_action(end, "DP-01").updates}
        assert {"Written here.", "Written there."} <= said
        assert conflicts.list_conflicts(end) == []


def test_two_note_takers_come_home_in_either_order(forum: tuple[Workspace, Workspace, str], tmp_path: Path) -> None:
    office, first, ref = forum
    second = laptop(office, "second")
    for number, each in enumerate((office, first, second)):
        minutes.add_line(each, ref, "a: send the leaflet to every health board @jeff", 2)
        minutes.add_line(each, ref, f"n: note {number}", 1)
        minutes.add_line(each, ref, f"d: decided at {number}", 1)
        tick(each, ref, "bawso", "present")
        tick(each, ref, "new-pathways", "apologies" if number == 2 else "present")
        actions.edit_action(each, "DP-13", a_draft(title=f"Said by {number}", lead="bawso"))
        meetings.edit_meeting(each, ref, meeting_draft({"venue": f"Room {number}"}, each.today()))
        a_party(each, "SPOC Bangor", "spoc-bangor", kind="person")
    lifecycle.set_state(first, ref, MinutesState.AGREED)
    ends = []
    for name, files in (("one", (first, second)), ("two", (second, first))):
        shutil.copytree(office.root, tmp_path / name)
        end = open_workspace(tmp_path / name, office.today())
        for file in files:
            merged(end, file)
        ends.append(end)
    assert tables(ends[0]) == tables(ends[1])
    found = [conflicts.list_conflicts(end) for end in ends]
    assert {one.id for one in found[0]} == {one.id for one in found[1]}
    assert len(found[0]) >= 5
    merged(ends[0], ends[1])
    merged(ends[1], ends[0])
    assert tables(ends[0]) == tables(ends[1])


def test_an_action_that_comes_again_and_was_done_on_both_laptops_comes_again_once(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    wales, _there, meeting = forum
    first = an_action(
        wales,
        title="Send the return",
        lead="AHTC",
        support="Bawso",
        due="2013-12-31",
        meeting=meeting,
        repeat="quarterly",
    )
    with wales.database.write("area") as ledger:
        (area,) = ask(wales, "SELECT id FROM areas WHERE name = 'Gwent'")[0]
        ledger.add("action_areas", {"action": first.key, "area": area})
    there = laptop(wales, "third")
    for office in (wales, there):
        actions.close_action(office, first.ref)
    for end in both_ways(wales, there, tmp_path):
        card = actions.show_action(end, f"{first.ref}/2")
        assert (card.row.lead_short, card.row.support, card.areas) == ("AHTC", ("Bawso",), ("Gwent",))
        assert card.repeats == "every 3 months"
        assert [one.why for one in conflicts.list_conflicts(end)] == []
        assert len([row for row in actions.list_actions(end, ActionFilter()) if row.title == "Send the return"]) == 1
        actions.edit_action(end, f"{first.ref}/2", a_draft(repeat=""))
        assert actions.show_action(end, f"{first.ref}/2").repeats is None


def test_a_removal_that_did_not_see_a_part_is_asked_about_whichever_of_three_laptops_comes_first(
    wales: Workspace, tmp_path: Path
) -> None:
    first, second, third = (laptop(wales, name) for name in ("first", "second", "third"))
    (key,) = ask(wales, "SELECT id FROM actions WHERE ref = 'DP-20'")[0]
    remove(first, "actions", key)
    an_update(third, "DP-20", "Went on.")
    with third.database.write("remove and bring back") as ledger:
        ledger.remove("actions", key)
        ledger.restore("actions", key)
    merged(second, third)
    remove(third, "actions", key)
    ends = []
    for name, (one, *others) in (
        ("one", (second, first, third)),
        ("two", (first, third, second)),
        ("three", (third, second, first)),
    ):
        shutil.copytree(one.root, tmp_path / f"end-{name}")
        end = open_workspace(tmp_path / f"end-{name}", wales.today())
        for other in others:
            merged(end, other)
        ends.append(end)
    assert tables(ends[0]) == tables(ends[1]) == tables(ends[2])
    for end in ends:
        assert [one.field for one in conflicts.list_conflicts(end) if one.ref == "DP-20"] == ["removed"]
