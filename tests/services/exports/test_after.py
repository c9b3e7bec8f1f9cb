"""Export after a meeting: all files or none, and the remaining tasks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import NotFound, Refused, StoreError
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.domain.settings.parser import OfficeSettings
from ahtc_tui.formats.libreoffice import conversion
from ahtc_tui.services.contacts.service import edit_contact
from ahtc_tui.services.exports import post_meeting_pack
from ahtc_tui.services.exports.meeting_pack import write_meeting_pack
from ahtc_tui.services.exports.post_meeting_pack import write_post_meeting_pack, write_post_pack_to_folder
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_line, release_minutes

NEXT = "LG-2014-01"
GROUP = "Wales Anti Human Trafficking Leadership Group"


@pytest.fixture
def held(wales: Workspace) -> str:
    """A Leadership Group of today with a released note and two actions, one without a lead, and no next meeting."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    add_item(wales, ref, build_agenda_draft({"title": "Training"}))
    for typed in ("a: agree dates @bawso due end jan", "a: share"):
        make_line(wales, ref, typed, 1)
    release_minutes(wales, ref, "note")
    return ref


def add_next_meeting(wales: Workspace, **fields: str) -> None:
    """Add a meeting in March."""
    draft = build_meeting_draft({"group": "LG", "starts": "2014-03-11 10:00", **fields}, wales.today())
    assert meetings.add_meeting(wales, draft).ref == NEXT


def test_remaining_tasks_are_listed_without_a_next_meeting(wales: Workspace, held: str, tmp_path: Path) -> None:
    report = write_post_meeting_pack(wales, held, tmp_path / "out")
    assert {path.name for path in report.folder.iterdir()} == {
        f"2013-12-31 Minutes, {GROUP}.docx",
        f"2013-12-31 Minutes, {GROUP}.html",
        f"2013-12-31 Note of the meeting, {GROUP}.docx",
        f"2013-12-31 Action log, {GROUP}.xlsx",
        "Chasers",
    }
    assert (report.next_meeting, report.chased) == (None, (f"{held}/01",))
    assert report.left[0] == "No next meeting is planned, so no invitation was saved."
    assert f"{held}/02 has no lead, so nobody can be chased" in report.left


def test_the_next_invitation_is_written_and_missing_addresses_named(
    wales: Workspace, held: str, tmp_path: Path
) -> None:
    add_next_meeting(wales)
    report = write_post_meeting_pack(wales, held, tmp_path / "out")
    assert report.next_meeting == NEXT
    entry = tmp_path / "out" / f"2014-03-11 Calendar entry, {GROUP}.ics"
    assert entry in report.files
    assert report.left[0].startswith("There is a calendar entry, not an invitation. Nobody invited")
    assert report.left[1].startswith("No email address, so contact in another way: ")
    second_report = write_post_meeting_pack(wales, held, tmp_path / "out", force=True)
    assert entry in second_report.files


def test_an_office_with_an_address_writes_an_invitation_to_those_who_have_one(
    wales: Workspace, held: str, tmp_path: Path
) -> None:
    add_next_meeting(wales)
    edit_contact(wales, "Jeff Farrar", build_contact_draft({"email": "chief@example.org"}, TODAY))
    office = replace(wales, office=OfficeSettings("Our office", email="office@example.org"))
    report = write_post_meeting_pack(office, held, tmp_path / "out")
    (invitation,) = (path for path in report.files if path.suffix == ".ics")
    assert invitation.name == f"2014-03-11 Invitation, {GROUP}.ics"
    assert b"chief@example.org" in invitation.read_bytes()


@pytest.mark.long
def test_the_progress_of_a_pack_never_exceeds_its_files(wales: Workspace, held: str, tmp_path: Path) -> None:
    add_next_meeting(wales)
    for write_pack, ref in ((write_post_meeting_pack, held), (write_meeting_pack, NEXT)):
        job = RunningJob()
        with run_as_job(job):
            report = write_pack(wales, ref, tmp_path / ref)
        assert len(report.files) == job.done
        assert job.done <= job.total <= job.done + 1


def test_a_refused_invitation_is_reported(
    wales: Workspace, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_next_meeting(wales)

    def raise_refused(*_arguments: object, **_more: object) -> None:
        raise Refused("nobody organises it")

    monkeypatch.setattr(post_meeting_pack, "write_invitation_files", raise_refused)
    report = write_post_meeting_pack(wales, held, tmp_path / "out")
    assert report.left[0] == "nobody organises it"
    assert not list((tmp_path / "out").glob("*.ics"))


def test_a_used_folder_and_a_file_are_refused(wales: Workspace, held: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refused, match="is not empty"):
        write_post_meeting_pack(wales, held, tmp_path / "out")
    with pytest.raises(Refused, match="is a file, not a folder"):
        write_post_meeting_pack(wales, held, tmp_path / "file")
    with pytest.raises(StoreError, match="No such file"):
        write_post_meeting_pack(wales, held, tmp_path / "none" / "such")
    with pytest.raises(NotFound):
        write_post_meeting_pack(wales, "LG-1999-01", tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "office") == ["file", "out"]


def test_the_folder_is_removed_when_the_last_file_fails(
    wales: Workspace, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_next_meeting(wales)

    def raise_disk_full(*_arguments: object, **_more: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(post_meeting_pack, "write_chasers", raise_disk_full)
    with pytest.raises(StoreError):
        write_post_meeting_pack(wales, held, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_minutes_are_a_document_a_page_and_a_mail_to_those_invited(wales: Workspace, held: str, tmp_path: Path) -> None:
    without_mail = write_post_meeting_pack(wales, held, tmp_path / "none")
    assert f"Nobody invited to {held} has an email address." in without_mail.left
    edit_contact(wales, "Jeff Farrar", build_contact_draft({"email": "chief@example.org"}, wales.today()))
    report = write_post_meeting_pack(wales, held, tmp_path / "out")
    assert {path.suffix for path in report.files if " Minutes," in path.name} == {".docx", ".html", ".eml"}
    assert "chief@example.org" in (tmp_path / "out" / f"2013-12-31 Minutes, {GROUP}.eml").read_text(encoding="utf-8")


@pytest.mark.long
def test_minutes_as_pdf_are_written_where_libreoffice_is_installed(
    wales: Workspace, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_pdf(_source: Path, target: Path, _name: str) -> None:
        target.write_bytes(b"%PDF-1.7")

    monkeypatch.setattr(conversion, "convert_file", write_pdf)
    for is_installed in (True, False):
        monkeypatch.setattr(post_meeting_pack, "can_convert", lambda installed=is_installed: installed)
        report = write_post_pack_to_folder(wales, held)
        assert (report.folder / f"2013-12-31 Minutes, {GROUP}.pdf").exists() is is_installed


@pytest.mark.long
def test_a_second_folder_of_a_meeting_is_numbered(wales: Workspace, held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post_meeting_pack, "can_convert", lambda: False)
    folders = [write_post_pack_to_folder(wales, held).folder.name for _time in range(2)]
    assert folders == [f"2013-12-31 After the meeting, {GROUP}", f"2013-12-31 After the meeting, {GROUP}-2"]


@pytest.mark.long
def test_a_note_that_changed_after_its_release_is_left_out(wales: Workspace, held: str, tmp_path: Path) -> None:
    make_line(wales, held, "d: Call 029 2012 3456")
    report = write_post_meeting_pack(wales, held, tmp_path / "out")
    assert tmp_path / "out" / f"2013-12-31 Note of the meeting, {GROUP}.docx" not in report.files
    assert not (tmp_path / "out" / f"2013-12-31 Note of the meeting, {GROUP}.docx").exists()
    assert [task for task in report.left if "1 passage changed since release 1" in task]


@pytest.mark.long
def test_texts_without_welsh_in_the_note_are_counted(wales: Workspace, held: str, tmp_path: Path) -> None:
    make_line(wales, held, "d: Adopt the course")
    release_minutes(wales, held, "note")
    report = write_post_meeting_pack(wales, held, tmp_path / "out")
    assert "The note has 1 passage without Welsh." in report.left


@pytest.mark.long
def test_files_are_named_in_the_language_of_files(wales: Workspace, held: str, tmp_path: Path) -> None:
    with use_language(Language.CY):
        report = write_post_meeting_pack(wales, held, tmp_path / "out")
    group = "Grŵp Arwain Atal Masnachu mewn Pobl"
    assert [path.name for path in report.files[:4]] == [
        f"2013-12-31 Cofnodion, {group}.docx",
        f"2013-12-31 Cofnodion, {group}.html",
        f"2013-12-31 Nodyn o'r cyfarfod, {group}.docx",
        f"2013-12-31 Log gweithredu, {group}.xlsx",
    ]
    assert [path.name for path in report.files[4:]] == ["2013-12-31 Eich camau gweithredu, Bawso.docx"]


def test_a_lead_with_a_recent_letter_is_named(wales: Workspace, held: str, tmp_path: Path) -> None:
    write_post_meeting_pack(wales, held, tmp_path / "first")
    report = write_post_meeting_pack(wales, held, tmp_path / "second")
    assert report.chased == ()
    assert report.notes == (
        f"Bawso was chased about {held}/01 on 31 December 2013 and is not chased again for seven days",
    )
