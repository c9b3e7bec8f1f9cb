"""What came back from a forum: 32 changes go in, 17 of ours stay, 8 are asked, and one undo takes all of it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication import conflicts
from ahtc_tui.services.search import find
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action, an_update, live_rows
from tests.services.replication.merging import both_ways, laptop, merged

REFS = [f"DP-{n:02}" for n in range(1, 41)]


@pytest.fixture
def apart(wales: Workspace) -> tuple[Workspace, Workspace]:
    """The office and a laptop: 40 titles written there, 25 fields here, 8 of them on the same field."""
    there = laptop(wales, "there")
    for ref in REFS:
        actions.edit_action(there, ref, a_draft(title=f"There {ref}"))
    for ref in REFS[:8]:
        actions.edit_action(wales, ref, a_draft(title=f"Here {ref}"))
    for ref in REFS[8:25]:
        actions.edit_action(wales, ref, a_draft(detail=f"Here {ref}"))
    return wales, there


def test_what_nobody_contradicts_goes_in_and_what_both_wrote_is_asked(apart: tuple[Workspace, Workspace]) -> None:
    here, there = apart
    report = merged(here, there)
    assert (len(report.changed), report.kept, len(report.questions)) == (32, 17, 8)
    first = report.questions[0]
    assert (first.ref, first.field, first.ours, first.theirs) == ("DP-01", "title", "Here DP-01", "There DP-01")
    assert first.base == "Establish the Wales Anti Human Trafficking Leadership Group"
    assert {one.ref for one in report.changed} == set(REFS[8:])
    assert actions.show_action(here, "DP-09").row.title == "There DP-09"
    assert [hit.ref for hit in find(here, "There DP-40", 5)] == ["DP-40"]
    assert (report.added, report.warnings) == ((), ())


def test_a_dry_run_says_exactly_what_would_be_and_writes_nothing(apart: tuple[Workspace, Workspace]) -> None:
    here, there = apart
    before = here.database.path.read_bytes()
    said = merged(here, there, apply=False)
    assert here.database.path.read_bytes() == before
    assert merged(here, there) == said
    assert merged(here, there).changed == ()


def test_one_undo_takes_it_back_after_a_restart_as_well_and_the_file_can_be_merged_again(
    apart: tuple[Workspace, Workspace],
) -> None:
    here, there = apart
    before = live_rows(here)
    said = merged(here, there)
    after = live_rows(here)
    here.close()
    again = open_workspace(here.root, TODAY)
    assert history.undo(again) == "merge ahtc.db"
    assert live_rows(again) == before
    assert conflicts.list_conflicts(again) == []
    history.redo(again)
    assert live_rows(again) == after
    assert len(conflicts.list_conflicts(again)) == 8
    history.undo(again)
    report = merged(again, there)
    assert (len(report.changed), len(report.questions)) == (32, 8)
    assert {one.ours for one in report.questions} == {one.ours for one in said.questions}
    assert live_rows(again) == after
    history.undo(again)
    assert live_rows(again) == before
    again.close()


def test_what_was_written_after_an_undo_is_asked_about_when_the_file_comes_again(
    apart: tuple[Workspace, Workspace],
) -> None:
    here, there = apart
    merged(here, there)
    history.undo(here)
    actions.edit_action(here, "DP-40", a_draft(title="Put right meanwhile"))
    report = merged(here, there)
    assert len(report.questions) == 9
    assert {("DP-40", "Put right meanwhile", "There DP-40")} <= {(q.ref, q.ours, q.theirs) for q in report.questions}


def test_an_undo_stops_where_something_was_written_since(apart: tuple[Workspace, Workspace]) -> None:
    here, there = apart
    merged(here, there)
    actions.edit_action(there, "DP-30", a_draft(title="Once more"))
    actions.edit_action(here, "DP-31", a_draft(title="Here now"))
    merged(here, there)
    history.undo(here)
    history.undo(here)
    history.undo(here)
    assert actions.show_action(here, "DP-31").row.title.startswith("Publish") is False
    assert not actions.show_action(here, "DP-30").row.title.startswith(("There", "Once"))


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_every_question_can_be_settled_for_one_side(apart: tuple[Workspace, Workspace], take: str) -> None:
    here, there = apart
    before = live_rows(here)
    report = merged(here, there, take=take)
    assert report.questions == ()
    assert len(report.changed) == (32 if take == "ours" else 40)
    words = {"ours": "Here", "theirs": "There"}[take]
    assert actions.show_action(here, "DP-03").row.title == f"{words} DP-03"
    assert conflicts.list_conflicts(here) == []
    history.undo(here)
    assert live_rows(here) == before


def test_questions_are_answered_one_by_one_at_once_or_later(apart: tuple[Workspace, Workspace]) -> None:
    here, there = apart
    asked = {one.ref: one.id for one in merged(here, there, apply=False).questions}
    answers = {asked["DP-01"]: "theirs", asked["DP-02"]: "ours", asked["DP-03"]: "Said anew", asked["DP-04"]: "skip"}
    assert len(merged(here, there, answers=answers).questions) == 5
    titles = [actions.show_action(here, f"DP-0{n}").row.title for n in (1, 2, 3)]
    assert titles == ["There DP-01", "Here DP-02", "Said anew"]
    assert len(merged(here, there, answers={asked["DP-04"]: "theirs"}).questions) == 4
    assert actions.show_action(here, "DP-04").row.title == "There DP-04"


def test_both_laptops_come_to_the_same_whichever_file_is_first(
    apart: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    first, second = both_ways(*apart, tmp_path)
    ours, theirs = conflicts.list_conflicts(first), conflicts.list_conflicts(second)
    assert [(one.id, one.ours, one.theirs, one.shown) for one in ours] == [
        (one.id, one.theirs, one.ours, one.shown) for one in theirs
    ]


def test_a_conflict_is_decided_in_one_line_and_one_undo_opens_it_again(apart: tuple[Workspace, Workspace]) -> None:
    here, there = apart
    merged(here, there)
    one = conflicts.list_conflicts(here)[0]
    assert (one.kind, one.ours_by and one.ours_by.device != "there", one.theirs_by and one.theirs_by.device) == (
        "action",
        True,
        "there",
    )
    conflicts.resolve(here, one.id, "theirs")
    assert actions.show_action(here, "DP-01").row.title == "There DP-01"
    assert len(conflicts.list_conflicts(here)) == 7
    assert history.list_steps(here)[0].label == "resolve DP-01 title"
    history.undo(here)
    assert conflicts.list_conflicts(here)[0] == one
    with pytest.raises(NotFound, match="ahtc conflicts"):
        conflicts.resolve(here, "nosuch", "ours")


def test_a_decision_reaches_the_other_laptop(apart: tuple[Workspace, Workspace]) -> None:
    here, there = apart
    merged(here, there)
    merged(there, here)
    for one in conflicts.list_conflicts(here):
        conflicts.resolve(here, one.id, "ours")
    assert merged(there, here).questions == ()
    assert conflicts.list_conflicts(there) == []
    assert live_rows(there) == live_rows(here)


def test_another_value_is_read_as_it_is_typed_anywhere(wales: Workspace) -> None:
    there = laptop(wales, "there")
    for office, due, lead, status in (
        (wales, "2014-01-31", "bawso", "on_hold"),
        (there, "2014-02-28", "new pathways", "continuing"),
    ):
        actions.edit_action(office, "DP-13", a_draft(due=due, lead=lead, status=status, reason="Agreed"))
    merged(wales, there)
    found = {one.field: one for one in conflicts.list_conflicts(wales) if one.ref == "DP-13"}
    assert (found["due"].ours, found["due"].theirs) == ("31 January 2014", "28 February 2014")
    assert (found["lead"].ours, found["lead"].theirs) == ("Bawso", "New Pathways")
    with pytest.raises(BadInput, match="cannot stand there"):
        conflicts.resolve(wales, found["status"].id, "nonsense")
    conflicts.resolve(wales, found["due"].id, "end mar")
    conflicts.resolve(wales, found["lead"].id, "ahtc")
    conflicts.resolve(wales, found["status"].id, "in_progress")
    row = actions.show_action(wales, "DP-13").row
    assert (str(row.due), row.lead_short, row.status) == ("end mar", "AHTC", "in_progress")


def test_a_removal_that_had_not_seen_an_edit_waits_for_a_person(wales: Workspace, tmp_path: Path) -> None:
    there = laptop(wales, "there")
    for office in (wales, there):
        an_action(office, title=f"Made at {office.root.name}")
    key = actions.show_action(wales, "DP-20").row.key
    with wales.database.write("remove") as ledger:
        ledger.remove("actions", key)
    an_update(there, "DP-20", "Went on.")
    both_ways(wales, there, tmp_path)
    merged(wales, there)
    (one,) = [one for one in conflicts.list_conflicts(wales) if one.ref == "DP-20"]
    assert (one.field, one.ours, one.theirs) == ("removed", "removed", "kept")
    assert actions.show_action(wales, "DP-20").updates[0].text == "Went on."
    conflicts.resolve(wales, one.id, "ours")
    with pytest.raises(NotFound):
        actions.show_action(wales, "DP-20")
    with pytest.raises(Refused):
        merged(wales, wales)


def test_of_three_who_wrote_one_field_each_is_shown_before_it_is_replaced(wales: Workspace) -> None:
    away = [laptop(wales, name) for name in ("first", "second")]
    for office in (wales, *away):
        actions.edit_action(office, "DP-03", a_draft(title=f"Said at {office.root.name}"))
    for office in away:
        merged(wales, office)
    seen = set()
    while found := conflicts.list_conflicts(wales):
        seen |= {found[0].ours, found[0].theirs}
        conflicts.resolve(wales, found[0].id, "ours")
    assert seen == {"Said at office", "Said at first", "Said at second"}
    assert actions.show_action(wales, "DP-03").row.title == "Said at office"
    for office in away:
        merged(office, wales)
        assert conflicts.list_conflicts(office) == []
