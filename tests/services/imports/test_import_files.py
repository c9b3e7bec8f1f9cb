"""Detection of the kind of imported files: by ending, content and headings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import AhtcError, BadFile, BadInput
from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.services.imports.dispatch import (
    ImportKind,
    ImportRequest,
    apply_import,
    build_answer_error,
    detect_kind,
    detect_kind_of_files,
    list_folder,
    parse_path,
    plan_import,
)
from ahtc_tui.services.workspace import Workspace
from tests.builders import read_live_rows

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A Post\r\nEND:VCARD\r\n"
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("log.csv", "Ref,Action\n", ImportKind.ACTIONS),
        ("return.xlsx", "PK", ImportKind.ACTIONS),
        ("people.vcf", "", ImportKind.CONTACTS),
        ("people.txt", CARD, ImportKind.CONTACTS),
        ("work.ics", CALENDAR.format(method="PUBLISH"), ImportKind.MEETINGS),
        ("work.txt", CALENDAR.format(method="PUBLISH"), ImportKind.MEETINGS),
        ("answer.ics", CALENDAR.format(method="REPLY"), ImportKind.REPLIES),
        ("answer.eml", "Subject: Accepted", ImportKind.REPLIES),
    ],
)
def test_a_file_is_detected_by_ending_and_content(tmp_path: Path, name: str, text: str, kind: ImportKind) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert detect_kind(tmp_path / name) is kind
    assert kind.label


def test_a_vcard_in_utf_16_is_detected(tmp_path: Path) -> None:
    (tmp_path / "people.dat").write_text(CARD, encoding="utf-16")
    assert detect_kind(tmp_path / "people.dat") is ImportKind.CONTACTS


def test_files_of_several_kinds_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "c.vcf"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert detect_kind_of_files(workspace, [tmp_path / "a.csv", tmp_path / "b.csv"]) is ImportKind.ACTIONS
    with pytest.raises(BadFile, match=r"several kinds.*a.csv: actions, c.vcf: contacts"):
        detect_kind_of_files(workspace, [tmp_path / "a.csv", tmp_path / "c.vcf"])
    for unusable in ([], [tmp_path / "nothing.csv"]):
        with pytest.raises(BadFile):
            detect_kind_of_files(workspace, unusable)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.ics", ImportKind.MEETINGS), ("a.vcf", ImportKind.CONTACTS), ("a.VCF", ImportKind.CONTACTS)]
)
def test_a_folder_of_another_program_has_the_kind_of_its_files(tmp_path: Path, name: str, kind: ImportKind) -> None:
    for file in (name, ".ahtc-calendars.json", "displayname"):
        (tmp_path / file).write_text("", encoding="utf-8")
    assert detect_kind(tmp_path) is kind


@pytest.mark.parametrize("names", [(), ("a.csv",), ("a.ics", "b.vcf"), (".hidden.ics",)])
def test_a_folder_without_one_kind_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(BadFile, match=r"as a whole. It may contain only \.ics or only \.vcf files"):
        detect_kind(tmp_path)


def test_files_are_first_looked_for_where_they_come_in(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace.exports / "log.csv").write_text("x")
    monkeypatch.chdir(workspace.exports)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for variable in ("XDG_DOWNLOAD_DIR", "XDG_DOCUMENTS_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    assert list_folder(workspace).folder == tmp_path
    for name in ("Documents", "Downloads"):
        (tmp_path / name).mkdir()
        assert list_folder(workspace).folder == tmp_path / name
    started_in = tmp_path / "old office"
    started_in.mkdir()
    monkeypatch.chdir(started_in)
    assert list_folder(workspace).folder == tmp_path / "Downloads"
    (started_in / "log.csv").write_text("x")
    assert list_folder(workspace).folder == started_in
    (workspace.root / "returns").mkdir()
    assert list_folder(workspace).folder == workspace.root / "returns"
    assert list_folder(workspace, last_folder=str(tmp_path)).folder == tmp_path
    assert list_folder(workspace, last_folder=str(tmp_path / "gone")).folder == workspace.root / "returns"


def test_a_folder_lists_importable_files_newest_first(workspace: Workspace) -> None:
    inbox = workspace.root / "returns"
    inbox.mkdir()
    for age, name in enumerate(("new.xlsx", "old.CSV", ".hidden.csv", "~$new.xlsx", "picture.png")):
        (inbox / name).write_text("x")
        os.utime(inbox / name, (1_000_000 - age, 1_000_000 - age))
    (inbox / "more").mkdir()
    (inbox / "gone.csv").symlink_to(inbox / "nowhere")
    listing = list_folder(workspace)
    assert listing.folder == inbox
    assert [entry.path.name for entry in listing.entries] == ["more", "new.xlsx", "old.CSV", "gone.csv"]
    assert [entry.changed_at is None for entry in listing.entries] == [False, False, False, True]
    with pytest.raises(BadFile, match="cannot be read"):
        list_folder(workspace, inbox / "new.xlsx")


def test_typed_quoted_and_dropped_paths_are_parsed(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a log.csv"
    file.write_text("")
    for typed_path in (str(file), f" '{file}' ", f'"{file}"\n', f"file://{tmp_path}/a%20log.csv"):
        assert parse_path(workspace, typed_path) == file
    for typed_path in (" ", str(tmp_path / "other")):
        with pytest.raises(BadInput):
            parse_path(workspace, typed_path)


def test_a_sheet_of_people_is_imported_as_contacts(workspace: Workspace, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("First name,Surname,Email\nA,Post,a@example.invalid\n", encoding="utf-8")
    kind, report = plan_import(workspace, ImportRequest(ImportKind.ACTIONS, (people,)))
    assert kind is ImportKind.CONTACTS
    assert report.files[0].added[0].values["email"] == "a@example.invalid"
    log = tmp_path / "log.csv"
    log.write_text("Ref,Action\nA1,Write to the boards\n", encoding="utf-8")
    assert plan_import(workspace, ImportRequest(ImportKind.ACTIONS, (log,)))[0] is ImportKind.ACTIONS
    odd = tmp_path / "odd.csv"
    odd.write_text("Weight,Height\n1,2\n", encoding="utf-8")
    with pytest.raises(BadFile, match=r'odd\.csv has no table of actions.*Its columns are "Weight", "Height"'):
        plan_import(workspace, ImportRequest(ImportKind.ACTIONS, (odd,)))


@pytest.mark.parametrize(
    ("name", "text", "kind", "table"),
    [
        ("log.csv", "Ref,Action\nA1,Write to the boards\n", ImportKind.ACTIONS, "actions"),
        ("people.vcf", CARD, ImportKind.CONTACTS, "parties"),
        (
            "work.ics",
            CALENDAR.format(method="PUBLISH").replace(
                "UID:a", "UID:a\r\nDTSTART:20140311T100000Z\r\nSUMMARY:A meeting"
            ),
            ImportKind.MEETINGS,
            "meetings",
        ),
    ],
)
def test_planning_writes_nothing_and_applying_is_one_step(
    workspace: Workspace, tmp_path: Path, name: str, text: str, kind: ImportKind, table: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    request, before = ImportRequest(kind, (tmp_path / name,)), read_live_rows(workspace)
    plan_import(workspace, request)
    apply_import(workspace, request, ImportOptions(TakeMode.NONE))
    assert read_live_rows(workspace) == before
    assert apply_import(workspace, request).applied
    assert len(read_live_rows(workspace)[table]) == len(before[table]) + 1


def test_answers_to_invitations_are_dispatched(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "answer.ics"
    lines = ("UID:a", "DTSTAMP:20131201T090000Z", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.invalid")
    file.write_text(CALENDAR.format(method="REPLY").replace("UID:a", "\r\n".join(lines)), encoding="utf-8", newline="")
    _kind, report = plan_import(workspace, ImportRequest(detect_kind(file), (file,)))
    assert report.open_question_count == 1


def test_an_invalid_answer_has_a_sentence() -> None:
    assert isinstance(build_answer_error("x"), AhtcError)
    assert '"x" does not answer this question' in str(build_answer_error("x"))
