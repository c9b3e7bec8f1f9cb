"""What the Today page tells the co-ordinator on a Monday."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.drafts.actions import action_draft
from ahtc_tui.domain.drafts.commissions import commission_draft
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.commissions.service import add_commission
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.today import today_view
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of it on the last day of 2013."""
    shutil.copytree(made, tmp_path / "desk")
    opened = open_workspace(tmp_path / "desk", today=DAY)
    yield opened
    opened.close()


def on(workspace: Workspace, day: date) -> Workspace:
    """The same workspace with another clock."""
    return Workspace(workspace.root, workspace.database, lambda: day)


def an_action(workspace: Workspace, ref: str, **values: str) -> bytes:
    """One more action."""
    with workspace.database.write("add") as ledger:
        return ledger.add("actions", {"ref": ref, "title": f"Action {ref}", "status": "in_progress", **values})


def test_she_sees_what_is_late_and_no_continuing_duty_among_it(workspace: Workspace) -> None:
    view = today_view(on(workspace, date(2014, 2, 1)), shown=None)
    assert [row.ref for row in view.late.rows] == ["DP-07"]
    assert view.late.total == 1
    assert all(row.status is not Status.CONTINUING for row in view.late.rows)


def test_a_continuing_duty_with_a_past_due_date_is_still_not_late(workspace: Workspace) -> None:
    an_action(workspace, "X-1", status="continuing", due="2013-01-01")
    assert today_view(workspace).late.total == 0


def test_on_its_own_day_an_action_is_due_and_not_late(workspace: Workspace) -> None:
    view = today_view(workspace)
    assert [row.ref for row in view.due_soon.rows] == ["DP-07"]
    assert view.late.total == 0


def test_the_fourteenth_day_is_soon_and_the_fifteenth_is_not(workspace: Workspace) -> None:
    an_action(workspace, "X-14", due="2014-01-14")
    an_action(workspace, "X-15", due="2014-01-15")
    assert [row.ref for row in today_view(workspace).due_soon.rows] == ["DP-07", "X-14"]


def test_the_fifteen_continuing_duties_are_looked_at_a_quarter_after_the_paper(workspace: Workspace) -> None:
    view = today_view(workspace)
    assert (view.awaiting_review.total, view.continuing, str(view.next_review)) == (0, 15, "31 March 2014")
    assert today_view(on(workspace, date(2014, 3, 31))).awaiting_review.total == 15


def test_those_whose_day_of_review_came_longest_ago_stand_first_and_those_without_one_last(
    workspace: Workspace,
) -> None:
    edit_action(workspace, "DP-03", action_draft({"review_on": ""}, DAY))
    edit_action(workspace, "DP-09", action_draft({"review_on": "end nov 2013"}, DAY))
    view = today_view(workspace)
    assert [row.ref for row in view.awaiting_review.rows] == ["DP-09", "DP-03"]


def test_a_long_list_shows_eight_and_says_how_many_there_are(workspace: Workspace) -> None:
    view = today_view(on(workspace, date(2014, 4, 1)))
    assert (len(view.awaiting_review.rows), view.awaiting_review.total) == (8, 15)


def test_what_owners_propose_as_complete_waits_for_the_group(workspace: Workspace) -> None:
    an_action(workspace, "X-1", status="proposed_complete")
    view = today_view(workspace)
    assert [row.ref for row in view.proposed_complete.rows] == ["X-1"]
    assert view.proposed_complete.total == 1


def test_the_lead_of_a_late_action_is_chased_until_there_is_an_update(workspace: Workspace) -> None:
    later = on(workspace, date(2014, 2, 1))
    (row,) = today_view(later).chase.rows
    assert (row.name, row.actions, row.late, row.refs) == ("University of Central Lancashire", 1, 1, ("DP-07",))
    with workspace.database.write("update") as ledger:
        key = ledger.cursor.execute("SELECT id FROM actions WHERE ref = 'DP-07'").fetchone()[0]
        ledger.add("updates", {"action": key, "said_on": "2014-01-18", "text": "Draft with the Minister"})
    assert today_view(later).chase.total == 0
    assert today_view(on(workspace, date(2014, 2, 2))).chase.total == 1


def test_a_late_action_without_a_lead_is_counted_and_nobody_is_invented(workspace: Workspace) -> None:
    an_action(workspace, "X-1", due="2013-12-01")
    view = today_view(workspace)
    assert view.no_lead == 1
    assert [row.refs for row in view.chase.rows] == [("DP-07",)]


def a_meeting(workspace: Workspace, ref: str, day: str, **values: str) -> bytes:
    """One more meeting."""
    with workspace.database.write("add") as ledger:
        return ledger.add("meetings", {"ref": ref, "title": ref, "day": day, "uid": ref, **values})


def test_the_next_meetings_say_what_they_want(workspace: Workspace) -> None:
    key = a_meeting(workspace, "ready", "2014-02-11", start_time="10:00", venue="Cathays Park")
    a_meeting(workspace, "bare", "2014-02-13")
    a_meeting(workspace, "off", "2014-02-12", state="cancelled")
    with workspace.database.write("agenda") as ledger:
        ledger.add("agenda_items", {"meeting": key, "position": 1, "title": "Welcome"})
    rows = {row.ref: row.missing for row in today_view(workspace).next_meetings.rows}
    assert rows == {"services-review-report": (), "ready": (), "bare": ("no agenda", "no time", "no place")}


def test_an_event_of_a_whole_day_wants_no_time(workspace: Workspace) -> None:
    conference = today_view(on(workspace, date(2013, 10, 10))).next_meetings.rows[0]
    assert (conference.ref, conference.missing) == ("ne-wales-conference-2013", ("no agenda",))


def test_only_five_of_the_next_meetings_are_shown(workspace: Workspace) -> None:
    for n in range(7):
        a_meeting(workspace, f"M-{n}", f"2014-03-0{n + 1}")
    view = today_view(workspace)
    assert (len(view.next_meetings.rows), view.next_meetings.total) == (5, 8)


def test_without_engagement_records_nobody_is_called_unspoken_to(workspace: Workspace) -> None:
    assert today_view(workspace).not_spoken_to.total == 0


def test_an_organisation_not_spoken_to_for_long_is_named_with_its_last_contact(workspace: Workspace) -> None:
    with workspace.database.write("engage") as ledger:
        for ref, day in (("bawso", "2013-06-12"), ("new-pathways", "2013-12-20")):
            party = ledger.cursor.execute("SELECT id FROM parties WHERE ref = ?", (ref,)).fetchone()[0]
            engagement = ledger.add("engagements", {"ref": ref, "held_on": day, "kind": "visit", "subject": "Talk"})
            ledger.add("engagement_parties", {"engagement": engagement, "party": party})
    (row,) = today_view(workspace).not_spoken_to.rows
    assert (row.ref, row.kind, row.days) == ("bawso", "visit", 202)


def test_she_can_ask_again_at_once(workspace: Workspace) -> None:
    today_view(workspace)
    an_action(workspace, "X-1", due="2013-12-01")
    assert today_view(workspace).late.total == 1


def a_paper(workspace: Workspace, due: str, **more: str) -> None:
    """A paper that somebody asked for."""
    fields = {"title": f"Due {due}", "asked_by": "CELG", "due": due, **more}
    add_commission(workspace, commission_draft(fields, DAY))


def test_a_paper_that_is_due_in_six_weeks_is_in_sight_until_it_is_sent(workspace: Workspace) -> None:
    for due in ("2014-02-12", "2014-02-11", "2013-12-30", "january 2014"):
        a_paper(workspace, due)
    a_paper(workspace, "2014-01-06", sent_on="2013-12-20")
    papers = today_view(workspace).papers
    assert [row.title for row in papers.rows] == ["Due 2013-12-30", "Due january 2014", "Due 2014-02-11"]
    assert [row.late(DAY) for row in papers.rows] == [True, False, False]
    assert papers.rows[0].asked_by == "Communities, Equality and Local Government Committee"
    assert today_view(workspace, shown=1).papers.total == 3
