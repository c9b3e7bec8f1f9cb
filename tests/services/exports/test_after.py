"""After a meeting: one folder for all that goes out, whole or not at all, and a sentence for what is left to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import agenda_draft
from ahtc_tui.domain.errors import NotFound, Refused, StoreError
from ahtc_tui.services.exports import post_meeting_pack
from ahtc_tui.services.exports.post_meeting_pack import after_to_folder, write_after
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace

NEXT = "LG-2014-01"


@pytest.fixture
def held(wales: Workspace) -> str:
    """A Leadership Group of today with two actions, one of them led by nobody; none is planned to follow."""
    draft = meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    minutes.add_item(wales, ref, agenda_draft({"title": "Training"}))
    for typed in ("a: agree dates @ahtc due end jan", "a: share"):
        minutes.add_line(wales, ref, typed, 1)
    return ref


def plan_the_next(wales: Workspace, **fields: str) -> None:
    """A meeting in March."""
    draft = meeting_draft({"group": "LG", "starts": "2014-03-11 10:00", **fields}, wales.today())
    assert meetings.add_meeting(wales, draft).ref == NEXT


def test_what_is_left_to_do_is_said_where_nothing_follows(wales: Workspace, held: str, tmp_path: Path) -> None:
    report = write_after(wales, held, tmp_path / "out")
    assert {path.name for path in report.folder.iterdir()} == {
        f"minutes-{held}.docx",
        f"action-log-{held}.xlsx",
        "chasers",
    }
    assert (report.next_meeting, report.chased) == (None, (f"{held}/01",))
    assert report.left[0] == "No next meeting is planned: there is nothing to invite to."
    assert f"{held}/02 is led by nobody: there is nobody to chase" in report.left


def test_the_next_meeting_is_in_the_folder_and_whoever_has_no_address_is_named(
    wales: Workspace, held: str, tmp_path: Path
) -> None:
    plan_the_next(wales)
    report = write_after(wales, held, tmp_path / "out")
    assert report.next_meeting == NEXT
    assert tmp_path / "out" / f"invite-{NEXT}.ics" in report.files
    assert report.left[0].startswith("No address, so tell by other means: ")
    again = write_after(wales, held, tmp_path / "out", force=True)
    assert tmp_path / "out" / f"invite-{NEXT}.ics" in again.files


def test_an_invitation_that_cannot_be_written_stops_nothing_and_is_told(
    wales: Workspace, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_the_next(wales)

    def refuse(*_arguments: object, **_more: object) -> None:
        raise Refused("nobody organises it")

    monkeypatch.setattr(post_meeting_pack, "invite_files", refuse)
    report = write_after(wales, held, tmp_path / "out")
    assert report.left[0] == "nobody organises it"
    assert not list((tmp_path / "out").glob("*.ics"))


def test_a_folder_that_holds_something_and_a_file_are_left_alone(wales: Workspace, held: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refused, match="holds something already"):
        write_after(wales, held, tmp_path / "out")
    with pytest.raises(Refused, match="is a file: give a folder"):
        write_after(wales, held, tmp_path / "file")
    with pytest.raises(StoreError, match="cannot be made: No such file"):
        write_after(wales, held, tmp_path / "none" / "such")
    with pytest.raises(NotFound):
        write_after(wales, "LG-1999-01", tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "office") == ["file", "out"]


def test_the_folder_is_gone_again_where_the_last_file_fails(
    wales: Workspace, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_the_next(wales)

    def full(*_arguments: object, **_more: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(post_meeting_pack, "write_chasers", full)
    with pytest.raises(StoreError):
        write_after(wales, held, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_of_its_own_among_the_exports_has_a_number_the_second_time(wales: Workspace, held: str) -> None:
    folders = [after_to_folder(wales, held).folder.name for _time in range(2)]
    assert folders == [f"after-{held}", f"after-{held}-2"]
