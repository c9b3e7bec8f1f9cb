"""A merge after a forum: 32 changes are taken, 17 local ones stay, 8 become questions, and one undo removes it all."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.replication.conflicts import ConflictQuestion
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication import conflicts
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal import ledger
from tests.builders import TODAY, make_action, make_action_draft, make_update, query_rows, read_live_rows
from tests.services.replication.merging import leave_office, merge_and_check, merge_both_ways
from tests.store.laptops import CLOCK, read_tables

DAY = 86_400
REFS = [f"DP-{n:02}" for n in range(1, 41)]


@pytest.fixture
def diverged(wales: Workspace) -> tuple[Workspace, Workspace]:
    """The office and a laptop: 40 titles written on the laptop, 25 fields in the office, 8 of them the same field."""
    peer = leave_office(wales, "there")
    for ref in REFS:
        actions.edit_action(peer, ref, make_action_draft(title=f"There {ref}"))
    for ref in REFS[:8]:
        actions.edit_action(wales, ref, make_action_draft(title=f"Here {ref}"))
    for ref in REFS[8:25]:
        actions.edit_action(wales, ref, make_action_draft(detail=f"Here {ref}"))
    return wales, peer


def test_undisputed_changes_are_merged_and_conflicts_are_asked(diverged: tuple[Workspace, Workspace]) -> None:
    local, peer = diverged
    report = merge_and_check(local, peer)
    titles = [changed for changed in report.changed if changed.field == "title"]
    assert (len(titles), report.kept, len(report.questions)) == (32, 19, 8)
    assert len(report.changed) == 2 * len(titles), "each new title leaves its Welsh empty"
    first = report.questions[0]
    assert (first.ref, first.field, first.ours, first.theirs) == ("DP-01", "title", "Here DP-01", "There DP-01")
    assert first.base == "Establish the Wales Anti Human Trafficking Leadership Group"
    assert {changed.ref for changed in report.changed} == set(REFS[8:])
    assert actions.show_action(local, "DP-09").row.title == "There DP-09"
    assert [hit.ref for hit in search_records(local, "There DP-40", 5)] == ["DP-40"]
    assert (report.added, report.warnings) == ((), ())


def test_a_dry_run_gives_the_same_report_and_writes_nothing(diverged: tuple[Workspace, Workspace]) -> None:
    local, peer = diverged
    before = local.database.path.read_bytes()
    report = merge_and_check(local, peer, apply=False)
    assert local.database.path.read_bytes() == before
    assert merge_and_check(local, peer) == report
    assert merge_and_check(local, peer).changed == ()


@pytest.mark.long
def test_a_merge_can_be_undone_after_a_restart_and_repeated(
    diverged: tuple[Workspace, Workspace],
) -> None:
    local, peer = diverged
    before = read_live_rows(local)
    first_report = merge_and_check(local, peer)
    after = read_live_rows(local)
    local.close()
    reopened = open_workspace(local.root, TODAY)
    assert history.undo_step(reopened) == "merge ahtc.db"
    assert read_live_rows(reopened) == before
    assert conflicts.list_conflicts(reopened) == []
    history.redo_step(reopened)
    assert read_live_rows(reopened) == after
    assert len(conflicts.list_conflicts(reopened)) == 8
    history.undo_step(reopened)
    report = merge_and_check(reopened, peer)
    assert (report.changed, len(report.questions)) == (first_report.changed, 8)
    assert {question.ours for question in report.questions} == {question.ours for question in first_report.questions}
    assert read_live_rows(reopened) == after
    history.undo_step(reopened)
    assert read_live_rows(reopened) == before
    reopened.close()


@pytest.mark.long
def test_writes_after_an_undone_merge_conflict_when_it_is_repeated(
    diverged: tuple[Workspace, Workspace],
) -> None:
    local, peer = diverged
    merge_and_check(local, peer)
    history.undo_step(local)
    actions.edit_action(local, "DP-40", make_action_draft(title="Put right meanwhile"))
    report = merge_and_check(local, peer)
    assert len(report.questions) == 9
    assert {("DP-40", "Put right meanwhile", "There DP-40")} <= {(q.ref, q.ours, q.theirs) for q in report.questions}


def test_undo_of_a_merge_is_refused_after_later_writes(diverged: tuple[Workspace, Workspace]) -> None:
    local, peer = diverged
    merge_and_check(local, peer)
    actions.edit_action(peer, "DP-30", make_action_draft(title="Once more"))
    actions.edit_action(local, "DP-31", make_action_draft(title="Here now"))
    merge_and_check(local, peer)
    history.undo_step(local)
    history.undo_step(local)
    history.undo_step(local)
    assert actions.show_action(local, "DP-31").row.title.startswith("Publish") is False
    assert not actions.show_action(local, "DP-30").row.title.startswith(("There", "Once"))


@pytest.mark.sample(2)
@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_all_conflicts_can_be_resolved_for_one_side(diverged: tuple[Workspace, Workspace], take: str) -> None:
    local, peer = diverged
    before = read_live_rows(local)
    report = merge_and_check(local, peer, take=take)
    assert report.questions == ()
    assert len(report.changed) == (64 if take == "ours" else 72)
    words = {"ours": "Here", "theirs": "There"}[take]
    assert actions.show_action(local, "DP-03").row.title == f"{words} DP-03"
    assert conflicts.list_conflicts(local) == []
    history.undo_step(local)
    assert read_live_rows(local) == before


def test_conflicts_are_resolved_during_the_merge_or_later(diverged: tuple[Workspace, Workspace]) -> None:
    local, peer = diverged
    question_ids = {question.ref: question.id for question in merge_and_check(local, peer, apply=False).questions}
    answers = {
        question_ids["DP-01"]: "theirs",
        question_ids["DP-02"]: "ours",
        question_ids["DP-03"]: "Said anew",
        question_ids["DP-04"]: "skip",
    }
    assert len(merge_and_check(local, peer, answers=answers).questions) == 5
    titles = [actions.show_action(local, f"DP-0{n}").row.title for n in (1, 2, 3)]
    assert titles == ["There DP-01", "Here DP-02", "Said anew"]
    assert len(merge_and_check(local, peer, answers={question_ids["DP-04"]: "theirs"}).questions) == 4
    assert actions.show_action(local, "DP-04").row.title == "There DP-04"


@pytest.mark.long
def test_merging_in_either_order_gives_the_same_tables(diverged: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    first, second = merge_both_ways(*diverged, tmp_path)
    ours, theirs = conflicts.list_conflicts(first), conflicts.list_conflicts(second)
    assert [(conflict.id, conflict.ours, conflict.theirs, conflict.shown) for conflict in ours] == [
        (conflict.id, conflict.theirs, conflict.ours, conflict.shown) for conflict in theirs
    ]


def test_a_resolution_is_one_change_and_can_be_undone(diverged: tuple[Workspace, Workspace]) -> None:
    local, peer = diverged
    merge_and_check(local, peer)
    conflict = conflicts.list_conflicts(local)[0]
    assert (
        conflict.kind,
        conflict.ours_by and conflict.ours_by.device != "there",
        conflict.theirs_by and conflict.theirs_by.device,
    ) == (
        "action",
        True,
        "there",
    )
    conflicts.resolve_conflict(local, conflict.id, "theirs")
    assert actions.show_action(local, "DP-01").row.title == "There DP-01"
    assert len(conflicts.list_conflicts(local)) == 7
    waiting = "SELECT count(*) FROM conflicting_record WHERE row_id = (SELECT id FROM actions WHERE ref = 'DP-01')"
    assert query_rows(local, waiting) == [(0,)]
    assert history.list_steps(local)[0].label == "resolve DP-01 title"
    history.undo_step(local)
    assert query_rows(local, waiting) == [(1,)]
    assert conflicts.list_conflicts(local)[0] == conflict
    with pytest.raises(NotFound, match="ahtc conflicts"):
        conflicts.resolve_conflict(local, "nosuch", "ours")


@pytest.mark.long
def test_a_resolution_reaches_the_other_laptop(diverged: tuple[Workspace, Workspace]) -> None:
    local, peer = diverged
    merge_and_check(local, peer)
    merge_and_check(peer, local)
    for conflict in conflicts.list_conflicts(local):
        conflicts.resolve_conflict(local, conflict.id, "ours")
    assert merge_and_check(peer, local).questions == ()
    assert conflicts.list_conflicts(peer) == []
    assert read_live_rows(peer) == read_live_rows(local)


def test_a_typed_value_is_parsed_like_in_a_form(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    for office, due, lead, status in (
        (wales, "2014-01-31", "bawso", "on_hold"),
        (peer, "2014-02-28", "new pathways", "continuing"),
    ):
        actions.edit_action(office, "DP-13", make_action_draft(due=due, lead=lead, status=status, reason="Agreed"))
    merge_and_check(wales, peer)
    conflicts_by_field = {
        conflict.field: conflict for conflict in conflicts.list_conflicts(wales) if conflict.ref == "DP-13"
    }
    assert (conflicts_by_field["due"].ours, conflicts_by_field["due"].theirs) == ("31 January 2014", "28 February 2014")
    assert (conflicts_by_field["lead"].ours, conflicts_by_field["lead"].theirs) == ("Bawso", "New Pathways")
    with pytest.raises(BadInput, match="is not allowed in that field"):
        conflicts.resolve_conflict(wales, conflicts_by_field["status"].id, "nonsense")
    conflicts.resolve_conflict(wales, conflicts_by_field["due"].id, "end mar")
    conflicts.resolve_conflict(wales, conflicts_by_field["lead"].id, "ahtc")
    conflicts.resolve_conflict(wales, conflicts_by_field["status"].id, "in_progress")
    row = actions.show_action(wales, "DP-13").row
    assert (str(row.due), row.lead_short, row.status) == ("end mar", "AHTC", "in_progress")


def test_a_removal_concurrent_with_an_edit_is_a_conflict(wales: Workspace, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    for office in (wales, peer):
        make_action(office, title=f"Made at {office.root.name}")
    key = actions.show_action(wales, "DP-20").row.key
    with wales.database.write("remove") as ledger:
        ledger.remove("actions", key)
    make_update(peer, "DP-20", "Went on.")
    merge_both_ways(wales, peer, tmp_path)
    merge_and_check(wales, peer)
    (conflict,) = [conflict for conflict in conflicts.list_conflicts(wales) if conflict.ref == "DP-20"]
    assert (conflict.field, conflict.ours, conflict.theirs) == ("removed", "removed", "not removed")
    assert actions.show_action(wales, "DP-20").updates[0].text == "Went on."
    conflicts.resolve_conflict(wales, conflict.id, "ours")
    with pytest.raises(NotFound):
        actions.show_action(wales, "DP-20")
    with pytest.raises(Refused):
        merge_and_check(wales, wales)


def edit_on_three_laptops(office: Workspace) -> list[Workspace]:
    """Write three titles of DP-03, merge both laptops into the office, and return the laptops."""
    away = [leave_office(office, name) for name in ("first", "second")]
    for workspace in (office, *away):
        actions.edit_action(workspace, "DP-03", make_action_draft(title=f"Said at {workspace.root.name}"))
    for workspace in away:
        merge_and_check(office, workspace)
    return away


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("answer", "title"),
    [("ours", "Said at office"), ("theirs", "Said at second"), ("other", "Said at first"), ("Typed", "Typed")],
)
def test_one_answer_replaces_all_of_three_concurrent_values(wales: Workspace, answer: str, title: str) -> None:
    away = edit_on_three_laptops(wales)
    (conflict,) = conflicts.list_conflicts(wales)
    assert [side.value for side in conflict.sides] == ["Said at office", "Said at second", "Said at first"]
    assert [side.local for side in conflict.sides] == [True, False, False]
    assert conflict.base == "Build links with statutory, devolved and non-governmental organisations"
    conflicts.resolve_conflict(wales, conflict.id, answer)
    assert conflicts.list_conflicts(wales) == []
    for office in away:
        merge_and_check(office, wales)
        assert conflicts.list_conflicts(office) == []
        assert actions.show_action(office, "DP-03").row.title == title
    history.undo_step(wales)
    assert conflicts.list_conflicts(wales) == [conflict]


@pytest.mark.sample(2)
@pytest.mark.parametrize(("answer", "kept", "dropped"), [("ours", "Here", "There"), ("theirs", "There", "Here")])
def test_a_conflict_decided_elsewhere_is_in_the_report(wales: Workspace, answer: str, kept: str, dropped: str) -> None:
    """Also where the decision keeps the value that is shown here."""
    peer = leave_office(wales, "there")
    actions.edit_action(wales, "DP-03", make_action_draft(title="Here"))
    actions.edit_action(peer, "DP-03", make_action_draft(title="There"))
    merge_and_check(wales, peer)
    away = leave_office(wales, "third")
    (conflict,) = conflicts.list_conflicts(away)
    conflicts.resolve_conflict(away, conflict.id, answer)
    report = merge_and_check(wales, away)
    assert [(item.ref, item.field, item.kept) for item in report.dropped] == [("DP-03", "title", kept)]
    assert [side.value for side in report.dropped[0].sides] == [dropped]
    assert merge_and_check(wales, away).dropped == ()


@pytest.mark.long
def test_an_answer_to_two_values_is_no_answer_once_there_is_a_third(wales: Workspace) -> None:
    away = [leave_office(wales, name) for name in ("first", "second")]
    for office in (wales, *away):
        actions.edit_action(office, "DP-03", make_action_draft(title=f"Said at {office.root.name}"))
    (question,) = merge_and_check(wales, away[0]).questions
    (later_question,) = merge_and_check(wales, away[1], answers={question.id: "ours"}).questions
    assert later_question.id != question.id
    with pytest.raises(NotFound):
        conflicts.resolve_conflict(wales, question.id, "ours")


def test_texts_are_merged_on_request_where_different_words_were_changed(wales: Workspace) -> None:
    text = "Forces report figures every quarter to the co-ordinator."
    actions.edit_action(wales, "DP-03", make_action_draft(detail=text, title="Figures of all four forces"))
    peer = leave_office(wales, "there")
    actions.edit_action(
        wales, "DP-03", make_action_draft(detail=text.replace("quarter", "month"), title="Figures of all five forces")
    )
    actions.edit_action(
        peer, "DP-03", make_action_draft(detail=f"{text} Gwent agreed.", title="Figures of all six forces")
    )
    merge_and_check(wales, peer)
    by_field = {conflict.field: conflict for conflict in conflicts.list_conflicts(wales)}
    assert by_field["title"].merged is None
    with pytest.raises(BadInput, match="DP-03 title cannot be merged"):
        conflicts.resolve_conflict(wales, by_field["title"].id, "merged")
    merged = text.replace("quarter", "month") + " Gwent agreed."
    assert by_field["detail"].merged == merged
    conflicts.resolve_conflict(wales, by_field["detail"].id, "merged")
    assert actions.show_action(wales, "DP-03").detail == merged


def test_values_that_an_answer_of_the_merge_replaces_are_listed(diverged: tuple[Workspace, Workspace]) -> None:
    local, peer = diverged
    report = merge_and_check(local, peer, take="theirs")
    assert isinstance(report, MergeFileReport)
    assert len(report.dropped) == 8
    first = report.dropped[0]
    assert (first.ref, first.field, first.kept) == ("DP-01", "title", "There DP-01")
    assert [(side.value, side.local) for side in first.sides] == [("Here DP-01", True)]


@pytest.mark.long
def test_a_question_of_a_merge_names_what_is_shown_until_it_is_answered(
    diverged: tuple[Workspace, Workspace],
) -> None:
    local, peer = diverged
    plan = merge_and_check(local, peer, apply=False).questions
    questions = merge_and_check(local, peer).questions
    assert plan == questions
    question = questions[0]
    assert isinstance(question, ConflictQuestion)
    assert question.shown == actions.show_action(local, "DP-01").row.title
    assert [(side.value, side.device) for side in question.sides[1:]] == [("There DP-01", "there")]


def test_clocks_that_jump_between_steps_decide_nothing(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person had seen is replaced, and nothing else, however far the clocks of two copies jump."""
    peer = leave_office(wales, "there")
    monkeypatch.setattr(CLOCK, "offset", 0)
    monkeypatch.setitem(vars(ledger), "time", CLOCK)
    for turn, days in enumerate((400, -800, 30, -1)):
        for office, other in ((wales, peer), (peer, wales)):
            CLOCK.offset += days * DAY if office is wales else -2 * days * DAY
            title = f"Turn {turn} on {office.root.name}"
            actions.edit_action(office, "DP-01", make_action_draft(title=title))
            merge_and_check(other, office)
            assert {actions.show_action(copy, "DP-01").row.title for copy in (wales, peer)} == {title}
            assert conflicts.list_conflicts(other) == []
    actions.edit_action(wales, "DP-01", make_action_draft(title="Here"))
    CLOCK.offset -= 1000 * DAY
    actions.edit_action(peer, "DP-01", make_action_draft(title="There"))
    before = read_live_rows(wales)
    merge_and_check(wales, peer)
    merge_and_check(peer, wales)
    for office in (wales, peer):
        (conflict,) = conflicts.list_conflicts(office)
        assert {conflict.ours, conflict.theirs} == {"Here", "There"}
    assert read_tables(wales) == read_tables(peer)
    history.undo_step(wales)
    assert read_live_rows(wales) == before
