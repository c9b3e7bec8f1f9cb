"""Tests of calendar files and draft emails: their content, meetings left out, and guests without an address."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput, Refused, StoreError
from ahtc_tui.services.meetings.calendar_files import write_invitation_files
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, edit_meeting
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


@pytest.fixture
def refs(wales: Workspace) -> list[str]:
    """Two future meetings of the Four Nations Officials' Group, where only the AHTC has an address."""
    drafts = [build_meeting_draft({"group": "four-nations-officials", "starts": day}, DAY) for day in DAYS]
    return [add_meeting(wales, draft).ref for draft in drafts]


DAYS = ("2014-01-14 10:00", "2014-07-15 10:00")


def test_publishing_all_meetings_reports_those_left_out(wales: Workspace, tmp_path: Path) -> None:
    report = write_invitation_files(wales, tmp_path / "all.ics", all_meetings=True)
    assert (tmp_path / "all.ics").read_bytes().count(b"BEGIN:VEVENT") == len(report.meetings) == 3
    assert len(report.left_out) == 8
    assert 'has no date, only "June 2013"' in next(
        left.reason for left in report.left_out if left.ref == "ukhtc-visit-2013-06"
    )


def test_a_request_lists_who_has_no_address(wales: Workspace, refs: list[str], tmp_path: Path) -> None:
    report = write_invitation_files(wales, tmp_path / "one.ics", meeting=refs[0].lower(), method="request")
    text = (tmp_path / "one.ics").read_text(encoding="utf-8")
    assert "METHOD:REQUEST" in text
    assert text.count("ATTENDEE") == 1
    assert len(report.without_address) == 5
    assert {guest.ref for guest in report.without_address} == {refs[0]}


def test_a_second_export_of_the_same_record_is_the_same_file(wales: Workspace, refs: list[str], tmp_path: Path) -> None:
    for name in ("a.ics", "b.ics"):
        write_invitation_files(wales, tmp_path / name, meeting=refs[0])
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


def test_a_moved_meeting_keeps_its_uid_and_raises_its_sequence(
    wales: Workspace, refs: list[str], tmp_path: Path
) -> None:
    write_invitation_files(wales, tmp_path / "a.ics", meeting=refs[0], method="request")
    edit_meeting(wales, refs[0], build_meeting_draft({"starts": "2014-01-15 10:00"}, DAY))
    write_invitation_files(wales, tmp_path / "b.ics", meeting=refs[0], method="request")
    before, after = ((tmp_path / name).read_text(encoding="utf-8").splitlines() for name in ("a.ics", "b.ics"))
    assert [line for line in before if line.startswith("UID")] == [line for line in after if line.startswith("UID")]
    assert "SEQUENCE:0" in before
    assert "SEQUENCE:1" in after


def test_invitations_carry_the_requested_marking(wales: Workspace, refs: list[str], tmp_path: Path) -> None:
    for name in ("invite.ics", "invite.eml"):
        write_invitation_files(
            wales, tmp_path / name, meeting=refs[0], method="request", marking=Marking.OFFICIAL_SENSITIVE
        )
        text = (tmp_path / name).read_text()
        assert "OFFICIAL-SENSITIVE" in text
        assert "OFFICIAL\\n" not in text
    assert "CLASS:CONFIDENTIAL" in (tmp_path / "invite.ics").read_text()


def test_cancelling_a_confirmed_meeting_gives_advice(wales: Workspace, refs: list[str], tmp_path: Path) -> None:
    report = write_invitation_files(wales, tmp_path / "a.ics", meeting=refs[0], method="cancel")
    sentence = f"{refs[0]} is not cancelled in the database. To cancel it, run `ahtc meetings cancel {refs[0]}`."
    assert report.advice == (sentence,)
    cancel_meeting(wales, refs[0])
    assert write_invitation_files(wales, tmp_path / "b.ics", meeting=refs[0], method="cancel").advice == ()


def test_several_requests_are_drafts_in_a_folder(wales: Workspace, refs: list[str], tmp_path: Path) -> None:
    report = write_invitation_files(wales, tmp_path / "drafts", group="four-nations-officials", method="request")
    assert sorted(path.name for path in (tmp_path / "drafts").iterdir()) == [f"{ref}.eml" for ref in refs]
    assert report.meetings == tuple(refs)
    assert b"X-Unsent: 1" in report.files[0].read_bytes()


def test_of_many_meetings_only_the_cancelled_ones_are_written(
    wales: Workspace, refs: list[str], tmp_path: Path
) -> None:
    cancel_meeting(wales, refs[1])
    report = write_invitation_files(wales, tmp_path / "drafts", group="four-nations-officials", method="cancel")
    assert report.meetings == (refs[1],)
    assert [(left.ref, left.reason) for left in report.left_out] == [(refs[0], f"{refs[0]} is not cancelled.")]


def test_several_requests_in_one_calendar_file_are_refused(wales: Workspace, refs: list[str], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds one meeting, not 13"):
        write_invitation_files(wales, tmp_path / "all.ics", all_meetings=True, method="request")
    assert not (tmp_path / "all.ics").exists()


def test_an_existing_file_is_overwritten_only_with_force(wales: Workspace, refs: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / f"{refs[1]}.eml").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="exists already"):
        write_invitation_files(wales, folder, group="four-nations-officials", method="request")
    assert [path.name for path in folder.iterdir()] == [f"{refs[1]}.eml"]
    write_invitation_files(wales, folder, group="four-nations-officials", method="request", force=True)
    assert len(list(folder.iterdir())) == 2


def test_a_reference_with_a_slash_stays_inside_the_folder(wales: Workspace, refs: list[str], tmp_path: Path) -> None:
    with wales.database.write("rename") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM meetings WHERE ref = ?", (refs[0],)).fetchone()
        ledger.update("meetings", key, {"ref": "../LG:2014/01"})
    report = write_invitation_files(wales, tmp_path / "drafts", meeting="../LG:2014/01", method="request")
    assert [path.resolve().parent for path in report.files] == [(tmp_path / "drafts").resolve()]


def test_a_meeting_without_a_day_is_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has no date"):
        write_invitation_files(wales, tmp_path / "one.ics", meeting="ukhtc-visit-2013-06")


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("a.ics", {}, "Choose one meeting"),
        ("a.ics", {"all_meetings": True, "method": "reply"}, "is not a method"),
        ("a.pdf", {"all_meetings": True}, "is not a .ics file"),
        ("folder", {"all_meetings": True}, "A folder is for draft emails"),
    ],
)
def test_invalid_options_are_refused_in_one_sentence(
    wales: Workspace, tmp_path: Path, name: str, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        write_invitation_files(wales, tmp_path / name, **options)


def test_a_missing_folder_is_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        write_invitation_files(wales, tmp_path / "gone" / "a.ics", all_meetings=True)
