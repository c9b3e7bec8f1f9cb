"""Exports of the reports mode: free names, and the remaining tasks."""

from __future__ import annotations

import shutil

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, read_action_filter
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.exports.report_menu import FILE_MAKERS, make_files, make_returns
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.reports.screen import ReportEntry, list_reports
from tests.builders import TODAY, make_action


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("actions", "2013-12-31 Action log.xlsx"),
        ("decisions", "2013-12-31 Decision register.xlsx"),
        ("contacts", "2013-12-31 Contacts.xlsx"),
        ("attendance", "2013-12-31 Attendance.xlsx"),
        ("invites", "meetings-2013-12-31.ics"),
    ],
)
def test_each_file_gets_a_free_name_of_the_day(wales: Workspace, kind: str, name: str) -> None:
    add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-03-11 10:00"}, wales.today()))
    first, second = make_files(wales, kind), make_files(wales, kind)
    assert first.files[0] == wales.exports / name
    assert second.files[0] != first.files[0]
    assert all(path.stat().st_size for path in (*first.files, *second.files))
    assert f"exports/{second.files[0].name}" in second.text
    assert not first.undo


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("kind", "english", "welsh"),
    [
        ("returns", "2013-12-31 Returns", "2013-12-31 Ffurflenni"),
        ("chasers", "2013-12-31 Chasers", "2013-12-31 Nodiadau atgoffa"),
        ("actions", "2013-12-31 Action log.xlsx", "2013-12-31 Log gweithredu.xlsx"),
        ("decisions", "2013-12-31 Decision register.xlsx", "2013-12-31 Cofrestr penderfyniadau.xlsx"),
        ("contacts", "2013-12-31 Contacts.xlsx", "2013-12-31 Cysylltiadau.xlsx"),
        ("attendance", "2013-12-31 Attendance.xlsx", "2013-12-31 Presenoldeb.xlsx"),
        ("dashboard", "2013-12-31 Dashboard.html", "2013-12-31 Dangosfwrdd.html"),
        ("transparency", "transparency-2013-12-31.csv", "transparency-2013-12-31.csv"),
        ("everything", "everything-2013-12-31.zip", "everything-2013-12-31.zip"),
    ],
)
def test_what_people_open_is_named_in_the_language_of_files(
    busy: Workspace, kind: str, english: str, welsh: str
) -> None:
    for language, name in ((Language.EN, english), (Language.CY, welsh), (Language.BOTH, welsh)):
        with use_language(language):
            FILE_MAKERS[kind](busy)
        assert name in {path.name for path in busy.exports.iterdir()}
        for path in busy.exports.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if kind == "chasers":
            undo_step(busy)


def test_chasers_report_missing_addresses_and_recent_chases(busy: Workspace) -> None:
    result = make_files(busy, "chasers")
    assert result.undo
    assert "chased in" in result.text
    assert any("has no address" in sentence for sentence in result.tasks)
    assert any("has no lead" in sentence for sentence in result.tasks)
    second_result = make_files(busy, "chasers")
    assert second_result.text == "There is no one to chase now."
    assert any("left out" in sentence for sentence in second_result.tasks)


def test_nothing_to_send_makes_no_folder(workspace: Workspace) -> None:
    assert make_files(workspace, "returns").text == "Nothing to send."
    assert list(workspace.exports.iterdir()) == []
    with pytest.raises(Refused):
        make_files(workspace, "invites")


def test_selected_actions_are_sent(wales: Workspace) -> None:
    result = make_returns(wales, ActionFilter(), ("DP-25", "DP-08"))
    assert "2 actions in 2 workbooks" in result.text
    assert (
        "Without a lead, so in 2013-12-31 Action return, actions without a lead.xlsx for the office: DP-08"
        in result.tasks
    )
    assert make_returns(wales, read_action_filter("nobody says this", today=TODAY)).files == ()


def test_the_reports_mode_lists_every_export() -> None:
    offered = {way.name for way in list_reports() if isinstance(way, ReportEntry)}
    assert set(FILE_MAKERS) <= offered


def test_returns_go_into_a_folder_of_the_day(workspace: Workspace) -> None:
    make_action(workspace)
    assert {make_files(workspace, "returns").files[0].parent.name for _time in range(2)} == {
        "2013-12-31 Returns",
        "2013-12-31 Returns-2",
    }
