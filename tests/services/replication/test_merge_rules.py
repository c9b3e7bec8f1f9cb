"""Conflicts beyond one field: equal references, the same action twice, agreed minutes, parts of removed records."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
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
from ahtc_tui.store.records.cursor import Table
from tests.builders import (
    make_action,
    make_action_draft,
    make_line,
    make_minuted_meeting,
    make_party,
    make_update,
    query_rows,
    read_live_rows,
    remove_record,
)
from tests.services.replication.merging import leave_office, merge_and_check, merge_both_ways
from tests.store.laptops import read_tables


def test_of_two_records_with_one_reference_the_first_keeps_it(wales: Workspace, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    first, second = make_action(wales, title="Made in the office"), make_action(peer, title="Made at the forum")
    assert first.ref == second.ref == "DP-45"
    before = read_live_rows(wales)
    end_workspace, _other = merge_both_ways(wales, peer, tmp_path)
    refs = {
        row.title: row.ref
        for row in actions.list_actions(end_workspace, ActionFilter(ActionScope.ALL))
        if row.ref.startswith("DP-45")
    }
    assert refs == {"Made in the office": "DP-45", "Made at the forum": f"DP-45-{second.key.hex()[-4:]}"}
    report = merge_and_check(wales, peer)
    assert [warning.ref for warning in report.warnings] == [refs["Made at the forum"]]
    assert make_action(wales).ref == "DP-46"
    for _step in range(2):
        history.undo_step(wales)
    assert read_live_rows(wales) == before
    assert [end_workspace.ref for end_workspace in merge_and_check(wales, peer).added] == [refs["Made at the forum"]]


def test_counters_take_the_higher_number(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    for _n in range(3):
        key = make_action(peer).key
    remove_record(peer, "actions", key)
    merge_and_check(wales, peer)
    assert make_action(wales).ref == "DP-48"


def test_a_person_added_on_both_laptops_is_kept_twice_with_a_warning(wales: Workspace, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    for office in (wales, peer):
        make_party(office, "SPOC Bangor", "spoc-bangor", kind="person")
    merge_both_ways(wales, peer, tmp_path)
    (warning,) = merge_and_check(wales, peer).warnings
    assert "ahtc contacts duplicates" in warning.reason
    assert query_rows(wales, "SELECT count(*) FROM parties WHERE name = 'SPOC Bangor' AND NOT deleted") == [(2,)]


@pytest.fixture
def forum(wales: Workspace) -> tuple[Workspace, Workspace, str]:
    """A meeting with minutes, and a second laptop with a copy of them."""
    ref = make_minuted_meeting(wales)
    return wales, leave_office(wales, "there"), ref


def test_minutes_of_two_note_takers_are_merged_by_item(forum: tuple[Workspace, Workspace, str], tmp_path: Path) -> None:
    local, peer, ref = forum
    for office, words in ((local, "office"), (peer, "forum")):
        for item in (1, 2):
            make_line(office, ref, f"n: note of the {words}", item)
    ends = merge_both_ways(local, peer, tmp_path)
    shown = [[(line.item, line.text) for line in meetings.show_meeting(end, ref).lines] for end in ends]
    assert shown[0] == shown[1]
    assert shown[0][-2:] == [(2, "note of the office"), (2, "note of the forum")]


def test_an_action_minuted_twice_is_a_conflict_that_keeps_both_texts(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    local, peer, ref = forum
    make_line(local, ref, "a: send the leaflet to every health board @jeff due end feb", 2)
    make_line(peer, ref, "a: send every health board the leaflets by e-mail @bawso", 2)
    make_line(peer, ref, "a: book a room in Wrexham @bawso", 2)
    ends = merge_both_ways(local, peer, tmp_path)
    for end in ends:
        (conflict,) = conflicts.list_conflicts(end)
        assert conflict.why == "twice"
        assert {conflict.ours, conflict.theirs} == {
            "send the leaflet to every health board",
            "send every health board the leaflets by e-mail",
        }
    before = read_live_rows(ends[0])
    (conflict,) = conflicts.list_conflicts(ends[0])
    conflicts.resolve_conflict(ends[0], conflict.id, "both")
    assert conflicts.list_conflicts(ends[0]) == []
    open_pairs = "SELECT count(*) FROM duplicate_pair WHERE resolved_by IS NULL"
    assert query_rows(ends[0], open_pairs) == [(0,)]
    assert read_live_rows(ends[0]) == before
    history.undo_step(ends[0])
    assert query_rows(ends[0], open_pairs) == [(1,)]
    conflicts.resolve_conflict(ends[0], conflict.id, "ours")
    kept = next(
        row for row in actions.list_actions(ends[0], ActionFilter(ActionScope.ALL)) if row.title == conflict.ours
    )
    assert f"Also minuted as: {conflict.theirs}" in (actions.show_action(ends[0], kept.ref).detail or "")
    lines = [line for line in meetings.show_meeting(ends[0], ref).lines if line.action == kept.ref]
    assert [line.text for line in lines] == [conflict.ours, conflict.theirs]
    history.undo_step(ends[0])
    assert read_live_rows(ends[0]) == before


def record_attendance(office: Workspace, ref: str, party: str, state: str) -> None:
    set_attendance(office, ref, party, build_attendance_draft({"state": state}))


def test_attendance_recorded_on_both_laptops_is_one_record(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    local, peer, ref = forum
    for office in (local, peer):
        record_attendance(office, ref, "bawso", "present")
    record_attendance(local, ref, "new-pathways", "present")
    record_attendance(peer, ref, "new-pathways", "apologies")
    for end in merge_both_ways(local, peer, tmp_path):
        names = [row.name for row in meetings.show_meeting(end, ref).attendance]
        assert names.count("Bawso") == 1
        assert names.count("New Pathways") == 2
        (conflict,) = conflicts.list_conflicts(end)
        assert (conflict.ref, conflict.kind, conflict.why) == (ref, "attendance", "twice")
        conflicts.resolve_conflict(end, conflict.id, "ours")
        assert [row.name for row in meetings.show_meeting(end, ref).attendance].count("New Pathways") == 1


@pytest.mark.sample(2)
@pytest.mark.parametrize("agreed_here", [True, False])
def test_agreed_minutes_win_over_concurrent_edits(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path, agreed_here: bool
) -> None:
    local, peer, ref = forum
    office, away = (local, peer) if agreed_here else (peer, local)
    line = meetings.show_meeting(away, ref).lines[0]
    minutes.edit_line(away, ref, line.key, "three courses")
    make_line(away, ref, "n: said after it was over", 1)
    agreed = meetings.show_meeting(office, ref).lines
    lifecycle.set_state(office, ref, MinutesState.AGREED)
    merge_both_ways(local, peer, tmp_path)
    merge_and_check(local, peer)
    assert meetings.show_meeting(local, ref).lines == agreed
    open_conflicts = conflicts.list_conflicts(local)
    assert [(conflict.ref, conflict.why) for conflict in open_conflicts] == [(ref, "agreed")] * 2
    assert {"three courses", "said after it was over"} <= {conflict.theirs for conflict in open_conflicts} | {
        conflict.ours for conflict in open_conflicts
    }
    for conflict in open_conflicts:
        with pytest.raises(Refused, match="agreed and locked"):
            conflicts.resolve_conflict(local, conflict.id, "theirs")
    lifecycle.set_state(local, ref, MinutesState.CIRCULATED)
    added = next(
        conflict for conflict in conflicts.list_conflicts(local) if conflict.theirs == "said after it was over"
    )
    conflicts.resolve_conflict(local, added.id, "theirs")
    assert "said after it was over" in [line.text for line in meetings.show_meeting(local, ref).lines]
    for conflict in conflicts.list_conflicts(local):
        conflicts.resolve_conflict(local, conflict.id, "ours")
    assert conflicts.list_conflicts(local) == []


def test_a_removed_meeting_with_new_minutes_is_kept_in_conflict(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    local, peer, ref = forum
    (key,) = query_rows(local, "SELECT id FROM meetings WHERE ref = ?", ref)[0]
    remove_record(local, "meetings", key)
    make_line(peer, ref, "n: it was held after all", 1)
    merge_both_ways(local, peer, tmp_path)
    merge_and_check(local, peer)
    assert "it was held after all" in [line.text for line in meetings.show_meeting(local, ref).lines]
    (conflict,) = conflicts.list_conflicts(local)
    assert (conflict.ref, conflict.field, conflict.why, conflict.ours, conflict.theirs) == (
        ref,
        "removed",
        "removed",
        "removed",
        "not removed",
    )
    conflicts.resolve_conflict(local, conflict.id, "theirs")
    assert conflicts.list_conflicts(local) == []


def test_two_concurrent_moves_raise_the_sequence_above_both(wales: Workspace, tmp_path: Path) -> None:
    ref = meetings.add_meeting(
        wales, build_meeting_draft({"group": "LG", "starts": "2014-02-10 10:00"}, wales.today())
    ).ref
    peer = leave_office(wales, "there")
    for office, starts in ((wales, "2014-02-11 10:00"), (peer, "2014-02-12 10:00")):
        meetings.edit_meeting(office, ref, build_meeting_draft({"starts": starts}, office.today()))
    for end in merge_both_ways(wales, peer, tmp_path):
        assert meetings.show_meeting(end, ref).row.sequence == 2
        assert {conflict.field for conflict in conflicts.list_conflicts(end)} >= {"day"}


@pytest.mark.parametrize("in_merge", [False, True])
@pytest.mark.parametrize("answer", ["ours", "theirs", "1 april 2014"])
def test_a_due_date_moved_on_both_laptops_slipped_once_when_it_is_decided(
    wales: Workspace, answer: str, in_merge: bool
) -> None:
    ref = make_action(wales, due=read_iso_date("2014-01-10")).ref
    peer = leave_office(wales, "there")
    for office, due in ((wales, "2014-02-10"), (peer, "2014-03-10")):
        actions.edit_action(office, ref, make_action_draft(due=read_iso_date(due)))
    merge_and_check(wales, peer)
    (conflict_id,) = [conflict.id for conflict in conflicts.list_conflicts(wales) if conflict.field == "due"]
    if in_merge:
        history.undo_step(wales)
        merge_and_check(wales, peer, answers={conflict_id: answer})
    else:
        conflicts.resolve_conflict(wales, conflict_id, answer)
    card = actions.show_action(wales, ref)
    assert [slip.to_due for slip in card.slips] == [card.row.due]
    assert conflicts.list_conflicts(wales) == []


def test_of_two_exclusive_columns_one_is_kept(wales: Workspace, tmp_path: Path) -> None:
    with wales.database.write("attend") as ledger:
        meeting = query_rows(wales, "SELECT id FROM meetings LIMIT 1")[0][0]
        key = ledger.add("attendances", {"meeting": meeting, "words": "somebody from Bawso", "state": "present"})
    party = query_rows(wales, "SELECT id FROM parties WHERE ref = 'bawso'")[0][0]
    peer = leave_office(wales, "there")
    with wales.database.write("who it was") as ledger:
        ledger.update("attendances", key, {"party": party, "words": None})
    with peer.database.write("better words") as ledger:
        ledger.update("attendances", key, {"words": "the director of Bawso"})
    for end in merge_both_ways(wales, peer, tmp_path):
        assert query_rows(end, "SELECT words FROM attendances WHERE id = ? AND party IS NOT NULL", key) == [(None,)]
        (conflict,) = conflicts.list_conflicts(end)
        conflicts.resolve_conflict(end, conflict.id, "the director of Bawso")
        assert query_rows(end, "SELECT words, party FROM attendances WHERE id = ?", key) == [
            ("the director of Bawso", None)
        ]


def test_updates_of_two_laptops_keep_their_order(wales: Workspace, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    make_update(wales, "DP-01", "Written here.")
    make_update(peer, "DP-01", "Written there.")
    actions.edit_action(peer, "DP-01", make_action_draft(title="Other words"))
    for end in merge_both_ways(wales, peer, tmp_path):
        texts = {update.text for update in actions.show_action(end, "DP-01").updates}
        assert {"Written here.", "Written there."} <= texts
        assert conflicts.list_conflicts(end) == []


@pytest.mark.long
def test_two_note_takers_merge_in_either_order(forum: tuple[Workspace, Workspace, str], tmp_path: Path) -> None:
    office, first, ref = forum
    second = leave_office(office, "second")
    for number, each in enumerate((office, first, second)):
        make_line(each, ref, "a: send the leaflet to every health board @jeff", 2)
        make_line(each, ref, f"n: note {number}", 1)
        make_line(each, ref, f"d: decided at {number}", 1)
        record_attendance(each, ref, "bawso", "present")
        record_attendance(each, ref, "new-pathways", "apologies" if number == 2 else "present")
        actions.edit_action(each, "DP-13", make_action_draft(title=f"Said by {number}", lead="bawso"))
        meetings.edit_meeting(each, ref, build_meeting_draft({"venue": f"Room {number}"}, each.today()))
        make_party(each, "SPOC Bangor", "spoc-bangor", kind="person")
    lifecycle.set_state(first, ref, MinutesState.AGREED)
    ends = []
    for name, files in (("one", (first, second)), ("two", (second, first))):
        shutil.copytree(office.root, tmp_path / name)
        end = open_workspace(tmp_path / name, office.today())
        for file in files:
            merge_and_check(end, file)
        ends.append(end)
    assert read_tables(ends[0]) == read_tables(ends[1])
    conflicts_by_end = [conflicts.list_conflicts(end) for end in ends]
    assert {conflict.id for conflict in conflicts_by_end[0]} == {conflict.id for conflict in conflicts_by_end[1]}
    assert len(conflicts_by_end[0]) >= 5
    merge_and_check(ends[0], ends[1])
    merge_and_check(ends[1], ends[0])
    assert read_tables(ends[0]) == read_tables(ends[1])


def test_a_recurring_action_closed_on_both_laptops_recurs_once(
    forum: tuple[Workspace, Workspace, str], tmp_path: Path
) -> None:
    wales, _there, meeting = forum
    first = make_action(
        wales,
        title="Send the return",
        lead="AHTC",
        support="Bawso",
        due="2013-12-31",
        meeting=meeting,
        repeat="quarterly",
    )
    with wales.database.write("area") as ledger:
        (area,) = query_rows(wales, "SELECT id FROM areas WHERE name = 'Gwent'")[0]
        ledger.add("action_areas", {"action": first.key, "area": area})
    peer = leave_office(wales, "third")
    for office in (wales, peer):
        actions.close_action(office, first.ref)
    for end in merge_both_ways(wales, peer, tmp_path):
        card = actions.show_action(end, f"{first.ref}/2")
        assert (card.row.lead_short, card.row.support, card.areas) == ("AHTC", ("Bawso",), ("Gwent",))
        assert card.repeats == "every 3 months"
        assert [conflict.why for conflict in conflicts.list_conflicts(end)] == []
        assert len([row for row in actions.list_actions(end, ActionFilter()) if row.title == "Send the return"]) == 1
        actions.edit_action(end, f"{first.ref}/2", make_action_draft(repeat=""))
        assert actions.show_action(end, f"{first.ref}/2").repeats is None


@pytest.mark.long
def test_a_removal_concurrent_with_a_new_part_is_a_conflict_in_any_order(wales: Workspace, tmp_path: Path) -> None:
    first, second, third = (leave_office(wales, name) for name in ("first", "second", "third"))
    (key,) = query_rows(wales, "SELECT id FROM actions WHERE ref = 'DP-20'")[0]
    remove_record(first, "actions", key)
    make_update(third, "DP-20", "Went on.")
    with third.database.write("remove and bring back") as ledger:
        ledger.remove("actions", key)
        ledger.restore("actions", key)
    merge_and_check(second, third)
    remove_record(third, "actions", key)
    ends = []
    for n, (local, *peers) in enumerate(((second, first, third), (first, third, second), (third, second, first))):
        shutil.copytree(local.root, tmp_path / f"end-{n}")
        end = open_workspace(tmp_path / f"end-{n}", wales.today())
        for peer in peers:
            merge_and_check(end, peer)
        ends.append(end)
    assert read_tables(ends[0]) == read_tables(ends[1]) == read_tables(ends[2])
    for end in ends:
        assert [each.field for each in conflicts.list_conflicts(end) if each.ref == "DP-20"] == ["removed"]


def test_a_removed_paper_with_a_new_paragraph_is_kept_in_conflict(wales: Workspace, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    [(paper,)] = query_rows(wales, "SELECT id FROM commissions")
    [(question,)] = query_rows(wales, "SELECT id FROM commission_questions WHERE number = 1")
    with wales.database.write("remove") as ledger:
        ledger.remove("commission_questions", question)
        ledger.remove("commissions", paper)
    with peer.database.write("add") as ledger:
        ledger.add("paragraphs", {"question": question, "number": 99, "text": "Written at the forum."})
    for end in merge_both_ways(wales, peer, tmp_path):
        assert query_rows(end, "SELECT deleted FROM commissions") == [(0,)]
        assert query_rows(end, "SELECT deleted FROM commission_questions WHERE number = 1") == [(0,)]
        assert {conflict.ref for conflict in conflicts.list_conflicts(end)} == {"celg-4-31-13"}


PARTY_EDITS = [("parties", {"short": "ZQ"}), ("people", {"note": "Rings on Mondays"})]


def remove_and_edit_a_person(wales: Workspace, table: Table, values: dict[str, str]) -> tuple[Workspace, Workspace]:
    """Return a laptop that removed a person, and one that edited one of the two rows at the same time."""
    key = make_party(wales, "Zebedee Quill", "zebedee-quill", kind="person")
    removing, editing = leave_office(wales, "removing"), leave_office(wales, "editing")
    with removing.database.write("remove") as ledger:
        ledger.remove("parties", key)
    with editing.database.write("edit") as ledger:
        ledger.update(table, key, values)
    return removing, editing


def read_removals(office: Workspace) -> list[tuple[int, int]]:
    """Return for the party and the row of the person whether they are removed."""
    query = "SELECT p.deleted, o.deleted FROM parties p JOIN people o ON o.id = p.id WHERE p.name = 'Zebedee Quill'"
    return query_rows(office, query)


@pytest.mark.sample(2)
@pytest.mark.parametrize(("table", "values"), PARTY_EDITS)
def test_a_removed_person_who_was_edited_is_kept_with_the_party(
    wales: Workspace, tmp_path: Path, table: Table, values: dict[str, str]
) -> None:
    removing, editing = remove_and_edit_a_person(wales, table, values)
    for end in merge_both_ways(removing, editing, tmp_path):
        assert read_removals(end) == [(0, 0)]
        assert [(item.ref, item.field) for item in conflicts.list_conflicts(end)] == [("zebedee-quill", "removed")]


@pytest.mark.sample(4)
@pytest.mark.parametrize(("table", "values"), PARTY_EDITS)
@pytest.mark.parametrize(("answer", "removal"), [("ours", 1), ("theirs", 0)])
def test_a_decision_on_a_removed_person_is_also_for_the_party(
    wales: Workspace, table: Table, values: dict[str, str], answer: str, removal: int
) -> None:
    removing, editing = remove_and_edit_a_person(wales, table, values)
    report = merge_and_check(removing, editing)
    assert not any(change.field.endswith("removed") for change in report.changed)
    (conflict,) = conflicts.list_conflicts(removing)
    conflicts.resolve_conflict(removing, conflict.id, answer)
    assert read_removals(removing) == [(removal, removal)]
    assert conflicts.list_conflicts(removing) == []
    merge_and_check(editing, removing)
    assert read_removals(editing) == [(removal, removal)]
    history.undo_step(removing)
    assert read_removals(removing) == [(0, 0)]
