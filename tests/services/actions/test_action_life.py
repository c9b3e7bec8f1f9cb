"""How actions end: proposed by the owner, closed by the group; and what is missing until then."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.actions.model import PartRole, Status
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.plan.action_updates import periods, without_update
from ahtc_tui.domain.plan.periods import quarter_code
from ahtc_tui.services.actions.service import (
    close_action,
    edit_action,
    edit_actions,
    find_filter,
    list_actions,
    propose_action,
    reopen_action,
    show_action,
)
from ahtc_tui.services.history import undo
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action, an_update, ask


def test_the_owner_proposes_and_the_group_closes_with_evidence(wales: Workspace) -> None:
    ref = an_action(wales).ref
    proposed = propose_action(wales, ref, "Letter of 3 December")
    assert (proposed.status, proposed.open, proposed.evidence) == (
        Status.PROPOSED_COMPLETE,
        True,
        "Letter of 3 December",
    )
    assert proposed.latest_update == "Letter of 3 December"
    [(meeting, day)] = ask(wales, "SELECT ref, day FROM meetings WHERE day < '2013-12-31' ORDER BY day DESC LIMIT 1")
    closed = close_action(wales, ref, evidence="Minutes, item 4", meeting=meeting)
    card = show_action(wales, ref)
    assert card.closing_meeting == meeting
    assert card.row.evidence == "Letter of 3 December\nMinutes, item 4"
    assert closed.closed_on is not None
    assert closed.closed_on.stored == day
    assert reopen_action(wales, ref).closed_on is None
    assert show_action(wales, ref).closing_meeting is None


def test_what_was_said_before_is_not_said_twice(workspace: Workspace) -> None:
    ref = an_action(workspace, evidence="Letter").ref
    assert propose_action(workspace, ref, " Letter ").evidence == "Letter"
    undo(workspace)
    row = show_action(workspace, ref).row
    assert (row.status, row.latest_update) == (Status.PLANNED, None)
    assert propose_action(workspace, ref).latest_update == "Proposed as complete."


def test_evidence_that_is_written_on_is_kept_once(workspace: Workspace) -> None:
    ref = an_action(workspace, evidence="Letter").ref
    assert close_action(workspace, ref, evidence="Letter\nMinutes, item 4").evidence == "Letter\nMinutes, item 4"


def test_a_day_that_is_given_goes_before_that_of_the_meeting(wales: Workspace) -> None:
    ref = an_action(wales).ref
    [(meeting,)] = ask(wales, "SELECT ref FROM meetings ORDER BY n LIMIT 1")
    closed = close_action(wales, ref, read_date("2013-11-11", TODAY), meeting=meeting)
    assert str(closed.closed_on) == "11 November 2013"


def test_what_is_closed_or_proposed_is_not_proposed_again(workspace: Workspace) -> None:
    ref = an_action(workspace).ref
    propose_action(workspace, ref)
    with pytest.raises(Refused, match="the group closes it"):
        propose_action(workspace, ref)
    close_action(workspace, ref)
    with pytest.raises(Refused, match="closed already"):
        propose_action(workspace, ref)
    with pytest.raises(NotFound):
        close_action(workspace, an_action(workspace).ref, meeting="no-such-meeting")


def test_supporters_and_partners_are_edited_apart(wales: Workspace) -> None:
    ref = an_action(wales, support="Bawso", partners="New Pathways", partner_text="the health boards").ref
    edit_action(wales, ref, a_draft(partners="Bawso; New Pathways", support=""))
    card = show_action(wales, ref)
    assert card.parties == ((PartRole.PARTNER, "New Pathways"), (PartRole.PARTNER, "Bawso"))
    assert card.partner_text == "the health boards"


def test_a_word_on_a_duty_whose_day_of_review_has_come_is_the_review(wales: Workspace) -> None:
    edit_action(wales, "DP-25", a_draft(review_on="30 nov 2013"))
    an_update(wales, "DP-25")
    assert str(show_action(wales, "DP-25").row.review_on) == "31 March 2014"
    undo(wales)
    assert str(show_action(wales, "DP-25").row.review_on) == "30 November 2013"


@pytest.mark.parametrize(("ref", "day"), [("DP-25", "31 March 2014"), ("DP-04", "None")])
def test_a_word_before_the_day_of_review_or_on_other_work_moves_no_day(wales: Workspace, ref: str, day: str) -> None:
    an_update(wales, ref)
    assert str(show_action(wales, ref).row.review_on) == day


def test_what_becomes_a_continuing_duty_is_looked_at_in_a_quarter_unless_another_day_is_said(wales: Workspace) -> None:
    new = an_action(wales, status="continuing")
    assert str(new.review_on) == "31 March 2014"
    assert str(edit_action(wales, "DP-04", a_draft(status="continuing")).review_on) == "31 March 2014"
    said = a_draft(status="continuing", review_on="15 jan 2014")
    assert str(edit_action(wales, "DP-05", said).review_on) == "15 January 2014"


def test_who_said_nothing_since_a_day_is_found(wales: Workspace) -> None:
    an_update(wales, "DP-04")
    silent = {row.ref for row in list_actions(wales, find_filter(wales, no_update_since="2013-12-31"))}
    everybody = {row.ref for row in list_actions(wales, find_filter(wales))}
    assert everybody - silent == {"DP-04"}
    assert {row.ref for row in list_actions(wales, find_filter(wales, no_update_since="2014-01-01"))} == everybody


def test_the_fifteen_duties_get_another_day_of_review_in_one_edit_and_are_never_late(wales: Workspace) -> None:
    duties = [row.ref for row in list_actions(wales, find_filter(wales, continuing=True))]
    edit_actions(wales, duties, a_draft(review_on="june 2013"))
    rows = list_actions(wales, find_filter(wales, continuing=True))
    assert [str(row.review_on) for row in rows] == ["June 2013"] * 15
    assert not [row.ref for row in rows if row.late(TODAY)]
    undo(wales)
    assert {str(row.review_on) for row in list_actions(wales, find_filter(wales, continuing=True))} == {"31 March 2014"}


@pytest.mark.parametrize(
    ("raised", "today", "said", "quarters", "missing"),
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
    workspace: Workspace, raised: str, today: date, said: list[str], quarters: list[str], missing: int
) -> None:
    ref = an_action(workspace, raised_on=raised).ref
    _say(workspace, ref, said)
    found = periods(show_action(workspace, ref), today)
    assert [quarter_code(one.end) for one in found] == quarters
    assert without_update(found) == missing
    assert sum(len(one.updates) for one in found) == len(said)


def test_nothing_is_owed_after_an_action_is_closed_nor_before_anything_is_known(wales: Workspace) -> None:
    ref = an_action(wales, raised_on="2013-01-10").ref
    close_action(wales, ref, read_date("2013-08-01", TODAY))
    found = periods(show_action(wales, ref), TODAY)
    assert [quarter_code(one.end) for one in found] == ["2013-Q2", "2013-Q1"]
    assert periods(show_action(wales, "DP-04"), TODAY) == ()


def _say(workspace: Workspace, ref: str, days: list[str]) -> None:
    with workspace.database.write("say") as ledger:
        [(key,)] = ledger.cursor.execute("SELECT id FROM actions WHERE ref = ?", (ref,)).fetchall()
        for day in days:
            ledger.add("updates", {"action": key, "said_on": day, "text": "As agreed."})


WITH_ONE_OFFICE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


@pytest.mark.parametrize("long", [1, 2, 3, 4, 6])
def test_a_loop_of_any_length_is_refused_and_shown_whole(workspace: Workspace, long: int) -> None:
    refs = [an_action(workspace, f"Action {number}").ref for number in range(long)]
    for waits, other in pairwise(refs):
        edit_action(workspace, waits, a_draft(blocked_by=other))
    with pytest.raises(Refused, match=" → ".join([refs[-1], *refs]) + r"\."):
        edit_action(workspace, refs[-1], a_draft(blocked_by=refs[0]))
    assert show_action(workspace, refs[-1]).blocked_by == ()


def test_what_waits_no_more_is_no_part_of_a_loop(workspace: Workspace) -> None:
    one, two, three = (an_action(workspace).ref for _number in range(3))
    edit_action(workspace, one, a_draft(blocked_by=two))
    edit_action(workspace, two, a_draft(blocked_by=three))
    edit_action(workspace, two, a_draft(blocked_by=""))
    edit_action(workspace, three, a_draft(blocked_by=one))
    edit_action(workspace, one, a_draft(blocked_by=""))
    edit_action(workspace, two, a_draft(blocked_by=three))
    with pytest.raises(Refused, match=f"{one} → {two} → {three} → {one}"):
        edit_action(workspace, one, a_draft(blocked_by=two))


EDITS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(["add", "add", "add", "only", "none"])),
    min_size=4,
    max_size=14,
)


@WITH_ONE_OFFICE
@given(EDITS)
def test_no_row_of_edits_ever_makes_a_loop(workspace: Workspace, edits: list[tuple[int, int, str]]) -> None:
    refs = [an_action(workspace, f"Action {number}").ref for number in range(5)]
    known: dict[str, set[str]] = {ref: set() for ref in refs}
    for at, other, how in edits:
        more = set() if how == "none" else {refs[other]}
        wanted = known[refs[at]] | more if how == "add" else more
        draft = a_draft(blocked_by=", ".join(sorted(wanted)))
        if _loops({**known, refs[at]: wanted}):
            with pytest.raises(Refused, match="loop"):
                edit_action(workspace, refs[at], draft)
        else:
            edit_action(workspace, refs[at], draft)
            known[refs[at]] = wanted
        assert not _loops(_waits(workspace, refs))
        assert _waits(workspace, refs) == known


def _waits(workspace: Workspace, refs: list[str]) -> dict[str, set[str]]:
    """What each of them waits for, as the card says."""
    return {ref: {line.split(" ", 1)[0] for line in show_action(workspace, ref).blocked_by} for ref in refs}


def _loops(waits: dict[str, set[str]]) -> bool:
    """Whether something waits for itself: what waits for nothing is taken away until nothing can be."""
    left = dict(waits)
    while free := [ref for ref, others in left.items() if not others & left.keys()]:
        for ref in free:
            del left[ref]
    return bool(left)


STEPS = st.lists(st.tuples(st.sampled_from(["close", "reopen", "undo"]), st.integers(0, 3)), min_size=1, max_size=7)


@WITH_ONE_OFFICE
@given(STEPS, st.sampled_from(["monthly", "2 weeks after done"]))
def test_closing_and_opening_never_lose_or_double_an_instance(
    workspace: Workspace, steps: list[tuple[str, int]], how: str
) -> None:
    head = an_action(workspace, "Send the return", due="2013-12-31", repeat=how).ref
    taken: list[str] = []
    for step, number in steps:
        ref = head if number == 0 else f"{head}/{number + 1}"
        _step(workspace, step, ref, taken)
        rows = ask(
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


def _step(workspace: Workspace, step: str, ref: str, taken: list[str]) -> None:
    """Close or open one of them, or take back the last of these steps."""
    work: dict[str, Any] = {"close": close_action, "reopen": reopen_action}
    with suppress(NotFound, Refused):
        if step in work:
            work[step](workspace, ref)
            taken.append(ref)
        elif taken:
            undo(workspace)
            taken.pop()
