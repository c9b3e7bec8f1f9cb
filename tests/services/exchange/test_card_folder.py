"""A folder of cards: what is written, and what comes back from other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.services.contacts.service import edit_contact, show_contact
from ahtc_tui.services.exports.exchange_folders import export_cards
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, read_live_rows
from tests.services.exchange.folders import (
    add_officer,
    find_file,
    import_cards,
    list_files,
    read_line,
    replace_text,
)

MAIL = "officer@example.org"
NEW_MAIL = "duty@example.org"


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path) -> Path:
    """A folder with one person."""
    add_officer(workspace, phone="029 2000 0001")
    export_cards(workspace, tmp_path / "cards")
    return tmp_path / "cards"


def edit(office: Workspace, **fields: str) -> None:
    edit_contact(office, "contact-officer", build_contact_draft(fields, TODAY))


def read(office: Workspace) -> tuple[str, str | None, str | None]:
    row = show_contact(office, "contact-officer").row
    return row.name, row.email, row.phone


def test_a_change_there_is_taken_and_one_undo_reverts_it(workspace: Workspace, folder: Path) -> None:
    before = read_live_rows(workspace)
    replace_text(find_file(folder, MAIL), (MAIL, NEW_MAIL), ("FN:Contact officer", "FN:Duty officer"))
    report = import_cards(workspace, folder)
    assert {(each.field, each.now) for each in report.changed} == {("email", NEW_MAIL), ("name", "Duty officer")}
    assert read(workspace) == ("Duty officer", NEW_MAIL, "029 2000 0001")
    undo_step(workspace)
    assert read_live_rows(workspace) == before


def test_changes_on_both_sides_meet(workspace: Workspace, folder: Path) -> None:
    edit(workspace, phone="029 2000 0002")
    replace_text(find_file(folder, MAIL), (MAIL, NEW_MAIL))
    report = import_cards(workspace, folder)
    assert ([each.field for each in report.changed], report.kept, report.questions) == (["email"], 1, ())
    assert export_cards(workspace, folder).written == 1
    assert read_line(find_file(folder, NEW_MAIL), "TEL").endswith("029 2000 0002")
    assert import_cards(workspace, folder).unchanged == 1


@pytest.mark.parametrize("answer", ["ours", "theirs"])
def test_a_field_changed_here_and_there_is_a_question(workspace: Workspace, folder: Path, answer: str) -> None:
    edit(workspace, email="post@example.org")
    replace_text(find_file(folder, MAIL), (MAIL, NEW_MAIL))
    (question,) = import_cards(workspace, folder).questions
    assert (question.ours, question.theirs) == ("post@example.org", NEW_MAIL)
    import_cards(workspace, folder, {question.id: answer})
    export_cards(workspace, folder)
    email = NEW_MAIL if answer == "theirs" else "post@example.org"
    assert read(workspace)[1] == email
    assert find_file(folder, email)


@pytest.mark.parametrize(("answer", "email"), [("ours", MAIL), ("theirs", None)])
def test_a_value_removed_there_is_a_question(
    workspace: Workspace, folder: Path, answer: str, email: str | None
) -> None:
    path = find_file(folder, MAIL)
    path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if not line.startswith(b"EMAIL")))
    (question,) = import_cards(workspace, folder).questions
    assert read(workspace)[1] == MAIL
    import_cards(workspace, folder, {question.id: answer})
    assert read(workspace)[1] == email
    export_cards(workspace, folder)
    assert ("EMAIL" in next(folder.glob("*.vcf")).read_text()) == (email is not None)


def test_what_others_added_to_a_card_is_kept(workspace: Workspace, folder: Path) -> None:
    extra = "END:VCARD\r\n"
    kept = "GEO:geo:51.48,-3.18\r\nitem1.ADR:;;1 High Street;Cardiff;;;\r\nX-NICK:Duty\r\n"
    replace_text(find_file(folder, MAIL), (extra, kept + extra))
    report = import_cards(workspace, folder)
    assert (report.changed, report.questions) == ((), ())
    assert export_cards(workspace, folder).written == 0
    edit(workspace, email=NEW_MAIL)
    assert export_cards(workspace, folder).written == 1
    text = find_file(folder, NEW_MAIL).read_text()
    assert MAIL not in text
    assert all(part in text for part in ("GEO:geo:51.48,-3.18", "item1.ADR:;;1 High Street", "X-NICK:Duty"))


def test_a_card_removed_there_never_removes_the_person(workspace: Workspace, folder: Path) -> None:
    before = read_live_rows(workspace)
    find_file(folder, MAIL).unlink()
    (question,) = import_cards(workspace, folder).questions
    assert (question.field, question.ref) == ("file", "contact-officer")
    assert read_live_rows(workspace) == before
    assert export_cards(workspace, folder).written == 0
    import_cards(workspace, folder, {question.id: "ours"})
    assert export_cards(workspace, folder).written == 1


def test_a_new_card_there_becomes_a_person(workspace: Workspace, folder: Path) -> None:
    card = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:phone-1\r\nFN:Ward sister\r\nEMAIL:ward@example.org\r\nEND:VCARD\r\n"
    (folder / "new.vcf").write_text(card)
    (added,) = import_cards(workspace, folder).added
    names = set(list_files(folder))
    assert export_cards(workspace, folder).written == 0
    edit_contact(workspace, str(added.ref), build_contact_draft({"phone": "029 2000 0003"}, TODAY))
    export_cards(workspace, folder)
    assert set(list_files(folder)) == names
    assert "UID:phone-1" in (folder / "new.vcf").read_text()


def test_the_card_of_an_erased_person_leaves_the_folder(workspace: Workspace, folder: Path) -> None:
    erase_person(workspace, "contact-officer")
    assert export_cards(workspace, folder).removed == 1
    assert list_files(folder) == {}
    assert MAIL not in (folder / ".ahtc-cards.json").read_text()


def test_the_record_of_the_last_exchange_holds_names_as_they_are_written(workspace: Workspace, folder: Path) -> None:
    add_officer(workspace, "Siân Ŵyn", email="sian@example.org")
    export_cards(workspace, folder)
    assert "Siân Ŵyn" in (folder / ".ahtc-cards.json").read_text("utf-8")
    (folder / "latin.vcf").write_bytes(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:l\r\nFN:Zoë\r\nEND:VCARD\r\n".encode("latin-1")
    )
    assert len(import_cards(workspace, folder).added) == 1
    assert import_cards(workspace, folder).unchanged == 3


def test_every_contact_of_the_office_comes_back_unchanged(wales: Workspace, tmp_path: Path) -> None:
    before = read_live_rows(wales)
    count = export_cards(wales, tmp_path / "out").written
    for path in (tmp_path / "out").glob("*.vcf"):
        replace_text(path, ("PRODID:-//ahtc//", "PRODID:-//phone//"))
    report = import_cards(wales, tmp_path / "out")
    assert (len(report.changed), len(report.questions), report.unchanged) == (0, 0, count)
    assert read_live_rows(wales) == before
    assert export_cards(wales, tmp_path / "out").written == 0
