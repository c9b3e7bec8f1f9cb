"""The check before publication: shared, withheld with reasons, and what is left to resolve."""

from __future__ import annotations

import json

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.drafts.agenda import build_paper_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.documents.publication_check import check_meeting
from ahtc_tui.services.meetings import papers
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A held meeting with apologies for a reason, and two papers of which one is withheld."""
    draft = {"group": "LG", "starts": "2013-11-12 10:00", "link": "https://example.org/join"}
    ref = add_meeting(wales, build_meeting_draft(draft, wales.today())).ref
    add_item(wales, ref, build_agenda_draft({"title": "Welcome"}))
    set_attendance(wales, ref, "Bawso", build_attendance_draft({"state": "apologies", "reason": "Illness"}))
    for title in ("Costs", "Courses"):
        papers.add_paper(wales, ref, build_paper_draft({"title": title}, wales.today()))
    papers.withhold_paper(wales, ref, "P1", "Commercial in confidence")
    return ref


def test_a_withheld_paper_has_the_reason_that_is_printed_and_an_undecided_paper_is_left(
    wales: Workspace, meeting: str
) -> None:
    check = check_meeting(wales, meeting)
    costs, courses = check.papers
    assert costs.reason == "Paper not published as it contains information relating to commercial interests."
    assert (costs.is_undecided, courses.is_undecided) == (False, True)
    assert not check.ready
    assert check.problems.endswith("the minutes are not agreed; 1 paper to decide on")


def test_what_the_published_copy_leaves_out_is_listed_with_its_reason(wales: Workspace, meeting: str) -> None:
    withheld = {part.part: part.reason for part in check_meeting(wales, meeting).withheld}
    assert withheld == {
        "Names of people who do not hold public office": "personal data; their post is printed",
        "Reasons for apologies (1)": "given for the chair alone",
        "Link to join the meeting": "for members only",
    }


def test_agreed_minutes_with_decided_papers_are_ready(
    wales: Workspace, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--workspace", str(wales.root), "--as-at", "2013-12-31", "meetings", "publication", meeting]
    assert run([*command, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["ready"] is False
    papers.publish_paper(wales, meeting, "P2")
    lifecycle.set_state(wales, meeting, MinutesState.AGREED)
    assert check_meeting(wales, meeting).problems == "2 texts without Welsh"
    for number, welsh in (("P1", "Costau"), ("P2", "Cyrsiau")):
        queue.translate_text(wales, f"{meeting}/{number}", "title", welsh)
    assert check_meeting(wales, meeting).ready
    assert run(command) == 0
    text = capsys.readouterr().out
    assert text.splitlines()[0].endswith(": can be published")
    assert f"{meeting}/P2  Courses" in text.partition("Shared")[2].partition("Withheld")[0]


def test_minutes_of_a_meeting_that_is_marked_higher_are_not_ready(wales: Workspace) -> None:
    draft = {"group": "LG", "starts": "2013-11-12 10:00", "marking": "official-sensitive"}
    ref = add_meeting(wales, build_meeting_draft(draft, wales.today())).ref
    lifecycle.set_state(wales, ref, MinutesState.AGREED)
    check = check_meeting(wales, ref)
    assert (check.problems, check.ready) == ("", False)
    assert "The whole copy" in [part.part for part in check.withheld]


def test_a_cancelled_meeting_is_refused(wales: Workspace, meeting: str) -> None:
    cancel_meeting(wales, meeting)
    with pytest.raises(Refused, match="cancelled"):
        check_meeting(wales, meeting)
