"""Tests of closing actions: proposal by the owner, closing by the group, and missing evidence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.actions.model import PartyRole, Status
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.dates.quarters import format_quarter_code
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.plan.changes_since import count_silent_quarters, group_updates_by_quarter
from ahtc_tui.services.actions.service import (
    close_action,
    edit_action,
    edit_actions,
    list_actions,
    propose_action,
    reopen_action,
    resolve_filter,
    show_action,
)
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, make_update, query_rows


def test_the_owner_proposes_and_the_group_closes_with_evidence(wales: Workspace) -> None:
    ref = make_action(wales).ref
    proposed = propose_action(wales, ref, "Letter of 3 December")
    assert (proposed.status, proposed.is_open, proposed.evidence) == (
        Status.PROPOSED_COMPLETE,
        True,
        "Letter of 3 December",
    )
    assert proposed.latest_update == "Letter of 3 December"
    [(meeting, day)] = query_rows(
        wales, "SELECT ref, day FROM meetings WHERE day < '2013-12-31' ORDER BY day DESC LIMIT 1"
    )
    closed = close_action(wales, ref, evidence="Minutes, item 4", meeting=meeting)
    card = show_action(wales, ref)
    assert card.closing_meeting == meeting
    assert card.row.evidence == "Letter of 3 December\nMinutes, item 4"
    assert closed.closed_on is not None
    assert closed.closed_on.stored_text == day
    assert reopen_action(wales, ref).closed_on is None
    assert show_action(wales, ref).closing_meeting is None


def test_repeated_evidence_is_stored_once(workspace: Workspace) -> None:
    ref = make_action(workspace, evidence="Letter").ref
    assert propose_action(workspace, ref, " Letter ").evidence == "Letter"
    undo_step(workspace)
    row = show_action(workspace, ref).row
    assert (row.status, row.latest_update) == (Status.PLANNED, None)
    assert propose_action(workspace, ref).latest_update == "Proposed as complete."


def test_extended_evidence_is_stored_once(workspace: Workspace) -> None:
    ref = make_action(workspace, evidence="Letter").ref
    assert close_action(workspace, ref, evidence="Letter\nMinutes, item 4").evidence == "Letter\nMinutes, item 4"


def test_a_given_closing_day_overrides_that_of_the_meeting(wales: Workspace) -> None:
    ref = make_action(wales).ref
    [(meeting,)] = query_rows(wales, "SELECT ref FROM meetings ORDER BY n LIMIT 1")
    closed = close_action(wales, ref, read_date("2013-11-11", TODAY), meeting=meeting)
    assert str(closed.closed_on) == "11 November 2013"


def test_closed_and_proposed_actions_cannot_be_proposed(workspace: Workspace) -> None:
    ref = make_action(workspace).ref
    propose_action(workspace, ref)
    with pytest.raises(Refused, match="The group closes it"):
        propose_action(workspace, ref)
    close_action(workspace, ref)
    with pytest.raises(Refused, match="closed already"):
        propose_action(workspace, ref)
    with pytest.raises(NotFound):
        close_action(workspace, make_action(workspace).ref, meeting="no-such-meeting")


def test_supporters_and_partners_are_edited_separately(wales: Workspace) -> None:
    ref = make_action(wales, support="Bawso", partners="New Pathways", partner_text="the health boards").ref
    edit_action(wales, ref, make_action_draft(partners="Bawso; New Pathways", support=""))
    card = show_action(wales, ref)
    assert card.parties == ((PartyRole.PARTNER, "New Pathways"), (PartyRole.PARTNER, "Bawso"))
    assert card.partner_text == "the health boards"


def test_an_update_of_a_duty_due_for_review_is_the_review(wales: Workspace) -> None:
    edit_action(wales, "DP-25", make_action_draft(review_on="30 nov 2013"))
    make_update(wales, "DP-25")
    assert str(show_action(wales, "DP-25").row.review_on) == "31 March 2014"
    undo_step(wales)
    assert str(show_action(wales, "DP-25").row.review_on) == "30 November 2013"


@pytest.mark.parametrize(("ref", "day"), [("DP-25", "31 March 2014"), ("DP-04", "None")])
def test_other_updates_do_not_move_the_review_date(wales: Workspace, ref: str, day: str) -> None:
    make_update(wales, ref)
    assert str(show_action(wales, ref).row.review_on) == day


def test_a_new_continuing_duty_is_reviewed_after_a_quarter_by_default(wales: Workspace) -> None:
    new = make_action(wales, status="continuing")
    assert str(new.review_on) == "31 March 2014"
    assert str(edit_action(wales, "DP-04", make_action_draft(status="continuing")).review_on) == "31 March 2014"
    draft = make_action_draft(status="continuing", review_on="15 jan 2014")
    assert str(edit_action(wales, "DP-05", draft).review_on) == "15 January 2014"


def test_actions_without_an_update_since_a_day_are_found(wales: Workspace) -> None:
    make_update(wales, "DP-04")
    silent = {row.ref for row in list_actions(wales, resolve_filter(wales, no_update_since="2013-12-31"))}
    everybody = {row.ref for row in list_actions(wales, resolve_filter(wales))}
    assert everybody - silent == {"DP-04"}
    assert {row.ref for row in list_actions(wales, resolve_filter(wales, no_update_since="2014-01-01"))} == everybody


def test_one_edit_moves_all_review_dates_and_no_duty_is_late(wales: Workspace) -> None:
    duties = [row.ref for row in list_actions(wales, resolve_filter(wales, continuing=True))]
    edit_actions(wales, duties, make_action_draft(review_on="june 2013"))
    rows = list_actions(wales, resolve_filter(wales, continuing=True))
    assert [str(row.review_on) for row in rows] == ["June 2013"] * 15
    assert not [row.ref for row in rows if row.is_late(TODAY)]
    undo_step(wales)
    assert {str(row.review_on) for row in list_actions(wales, resolve_filter(wales, continuing=True))} == {
        "31 March 2014"
    }


@pytest.mark.parametrize(
    ("raised", "today", "update_days", "quarters", "missing"),
    [
        (
            "2013-01-10",
            date(2013, 12, 31),
            ["2013-08-01", "2013-07-02"],
            ["2013-Q4", "2013-Q3", "2013-Q2", "2013-Q1"],
            3,
        ),
        ("2013-01-10", date(2013, 12, 30), [], ["2013-Q3", "2013-Q2", "2013-Q1"], 3),
        ("2013-11-10", date(2013, 12, 30), [], [], 0),
        ("2013-11-10", date(2013, 12, 30), ["2013-12-01"], ["2013-Q4"], 0),
    ],
)
def test_quarters_without_an_update_are_counted(
    workspace: Workspace, raised: str, today: date, update_days: list[str], quarters: list[str], missing: int
) -> None:
    ref = make_action(workspace, raised_on=raised).ref
    _add_updates(workspace, ref, update_days)
    update_periods = group_updates_by_quarter(show_action(workspace, ref), today)
    assert [format_quarter_code(period.end) for period in update_periods] == quarters
    assert count_silent_quarters(update_periods) == missing
    assert sum(len(period.updates) for period in update_periods) == len(update_days)


def test_no_update_is_due_after_closing_or_without_a_start(wales: Workspace) -> None:
    ref = make_action(wales, raised_on="2013-01-10").ref
    close_action(wales, ref, read_date("2013-08-01", TODAY))
    update_periods = group_updates_by_quarter(show_action(wales, ref), TODAY)
    assert [format_quarter_code(period.end) for period in update_periods] == ["2013-Q2", "2013-Q1"]
    assert group_updates_by_quarter(show_action(wales, "DP-04"), TODAY) == ()


def _add_updates(workspace: Workspace, ref: str, days: list[str]) -> None:
    with workspace.database.write("say") as ledger:
        [(key,)] = ledger.cursor.execute("SELECT id FROM actions WHERE ref = ?", (ref,)).fetchall()
        for day in days:
            ledger.add("updates", {"action": key, "said_on": day, "text": "As agreed."})


WITH_ONE_OFFICE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


@pytest.mark.parametrize("long", [1, 2, 3, 4, 6])
def test_a_dependency_cycle_of_any_length_is_refused_and_shown(workspace: Workspace, long: int) -> None:
    refs = [make_action(workspace, f"Action {number}").ref for number in range(long)]
    for ref, blocker in pairwise(refs):
        edit_action(workspace, ref, make_action_draft(blocked_by=blocker))
    with pytest.raises(Refused, match=" → ".join([refs[-1], *refs]) + r"\."):
        edit_action(workspace, refs[-1], make_action_draft(blocked_by=refs[0]))
    assert show_action(workspace, refs[-1]).blocked_by == ()


def test_removed_dependencies_are_not_part_of_a_cycle(workspace: Workspace) -> None:
    first, second, third = (make_action(workspace).ref for _number in range(3))
    edit_action(workspace, first, make_action_draft(blocked_by=second))
    edit_action(workspace, second, make_action_draft(blocked_by=third))
    edit_action(workspace, second, make_action_draft(blocked_by=""))
    edit_action(workspace, third, make_action_draft(blocked_by=first))
    edit_action(workspace, first, make_action_draft(blocked_by=""))
    edit_action(workspace, second, make_action_draft(blocked_by=third))
    with pytest.raises(Refused, match=f"{first} → {second} → {third} → {first}"):
        edit_action(workspace, first, make_action_draft(blocked_by=second))


EDITS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(["add", "add", "add", "only", "none"])),
    min_size=4,
    max_size=14,
)


@pytest.mark.long
@WITH_ONE_OFFICE
@given(EDITS)
def test_no_sequence_of_edits_creates_a_cycle(workspace: Workspace, edits: list[tuple[int, int, str]]) -> None:
    refs = [make_action(workspace, f"Action {number}").ref for number in range(5)]
    expected: dict[str, set[str]] = {ref: set() for ref in refs}
    for action, blocker, how in edits:
        more = set() if how == "none" else {refs[blocker]}
        blockers = expected[refs[action]] | more if how == "add" else more
        draft = make_action_draft(blocked_by=", ".join(sorted(blockers)))
        if _has_cycle({**expected, refs[action]: blockers}):
            with pytest.raises(Refused, match="depend on each other"):
                edit_action(workspace, refs[action], draft)
        else:
            edit_action(workspace, refs[action], draft)
            expected[refs[action]] = blockers
        assert not _has_cycle(_read_blockers(workspace, refs))
        assert _read_blockers(workspace, refs) == expected


def _read_blockers(workspace: Workspace, refs: list[str]) -> dict[str, set[str]]:
    """Return the blockers of each action as on its card."""
    return {ref: {line.split(" ", 1)[0] for line in show_action(workspace, ref).blocked_by} for ref in refs}


def _has_cycle(dependencies: dict[str, set[str]]) -> bool:
    """Return whether an action blocks itself: actions without blockers are removed until none is left to remove."""
    remaining = dict(dependencies)
    while free := [ref for ref, blockers in remaining.items() if not blockers & remaining.keys()]:
        for ref in free:
            del remaining[ref]
    return bool(remaining)


STEPS = st.lists(st.tuples(st.sampled_from(["close", "reopen", "undo"]), st.integers(0, 3)), min_size=1, max_size=7)


@WITH_ONE_OFFICE
@given(STEPS, st.sampled_from(["monthly", "2 weeks after done"]))
def test_closing_and_reopening_never_lose_or_repeat_an_instance(
    workspace: Workspace, steps: list[tuple[str, int]], how: str
) -> None:
    head = make_action(workspace, "Send the return", due="2013-12-31", repeat=how).ref
    taken: list[str] = []
    for step, number in steps:
        ref = head if number == 0 else f"{head}/{number + 1}"
        _run_step(workspace, step, ref, taken)
        rows = query_rows(
            workspace,
            "SELECT r.number, a.due, a.status IN ('done', 'cancelled') FROM recurrences r JOIN actions a ON"
            " a.id = r.action WHERE (a.ref = ? OR a.ref GLOB ?) AND NOT a.deleted AND NOT r.deleted ORDER BY r.number",
            head,
            f"{head}/*",
        )
        numbers, dues = [row[0] for row in rows], [row[1] for row in rows]
        assert numbers == list(range(1, len(rows) + 1))
        assert dues == sorted(set(dues)) or how != "monthly"
        assert any(not closed for _number, _due, closed in rows)


def _run_step(workspace: Workspace, step: str, ref: str, taken: list[str]) -> None:
    """Close or reopen an action, or undo the last step."""
    work: dict[str, Any] = {"close": close_action, "reopen": reopen_action}
    with suppress(NotFound, Refused):
        if step in work:
            work[step](workspace, ref)
            taken.append(ref)
        elif taken:
            undo_step(workspace)
            taken.pop()
