"""One key each: what goes out lands under a free name, and says what a person still has to do."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.services.exports.report_menu import OUT, returns_out, send_out
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import an_action


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("actions", "action-log-2013-12-31.xlsx"),
        ("decisions", "decisions-2013-12-31.xlsx"),
        ("contacts", "contacts-2013-12-31.xlsx"),
        ("attendance", "attendance-2013-12-31.xlsx"),
        ("calendar", "meetings-2013-12-31.ics"),
    ],
)
def test_each_file_is_written_beside_the_one_of_the_same_day(wales: Workspace, kind: str, name: str) -> None:
    add_meeting(wales, meeting_draft({"group": "LG", "starts": "2014-03-11 10:00"}, wales.today()))
    first, second = send_out(wales, kind), send_out(wales, kind)
    assert first.files[0] == wales.exports / name
    assert second.files[0] != first.files[0]
    assert all(path.stat().st_size for path in (*first.files, *second.files))
    assert f"exports/{second.files[0].name}" in second.said
    assert not first.undo


def test_chasers_say_who_has_no_address_and_what_was_chased_of_late(busy: Workspace) -> None:
    made = send_out(busy, "chasers")
    assert made.undo
    assert "chased in" in made.said
    assert any("has no address" in sentence for sentence in made.left)
    assert any("led by nobody" in sentence for sentence in made.left)
    again = send_out(busy, "chasers")
    assert again.said == "There is nobody to chase now."
    assert any("left out" in sentence for sentence in again.left)


def test_nothing_to_send_makes_no_folder(workspace: Workspace) -> None:
    assert send_out(workspace, "returns").said == "There is nothing to send."
    assert list(workspace.exports.iterdir()) == []
    with pytest.raises(Refused):
        send_out(workspace, "calendar")


def test_some_actions_alone_go_out(wales: Workspace) -> None:
    made = returns_out(wales, ActionFilter(), ("DP-25", "DP-08"))
    assert "2 actions in 2 workbooks" in made.said
    assert "DP-08: led by nobody, in no-lead-2013-12-31.xlsx for the office" in made.left
    assert returns_out(wales, ActionFilter(words="nobody says this")).files == ()


def test_the_mode_offers_what_there_is() -> None:
    from ahtc_tui.tui.reports.list import Way, ways

    offered = {way.name for way in ways() if isinstance(way, Way)}
    assert set(OUT) <= offered


def test_returns_name_the_folder_of_the_day(workspace: Workspace) -> None:
    an_action(workspace)
    assert {send_out(workspace, "returns").files[0].parent.name for _time in range(2)} == {
        "returns-2013-12-31",
        "returns-2013-12-31-2",
    }
