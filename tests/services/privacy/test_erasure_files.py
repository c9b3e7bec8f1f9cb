"""Erasing a person: files of the workspace that contain the name."""

from __future__ import annotations

import shutil
import time
import zipfile
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path, PurePath

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.privacy.person_mentions import PersonMentions
from ahtc_tui.formats.files.text_extraction import read_body_text
from ahtc_tui.services.contacts.service import add_contact, edit_contact, show_contact
from ahtc_tui.services.privacy import erasure_files
from ahtc_tui.services.privacy.erasure import erase_person, preview_erasure
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_party
from tests.formats.received_documents.word_markup import build_word_part, paragraph, run


def add_person(office: Workspace, name: str = "Gwen Quillfeather", **fields: str) -> str:
    return add_contact(office, build_contact_draft({"name": name, "kind": "person", **fields}, TODAY)).ref


def test_files_with_the_name_are_listed_and_removed_on_request(wales: Workspace) -> None:
    ref = add_person(wales)
    (wales.exports / "list.txt").write_text("for Gwen\nQuillfeather", encoding="utf-16")
    (wales.exports / "gwen-quillfeather.ics").write_text("empty", encoding="utf-8")
    (wales.exports / "other.txt").write_text("Gwen Price", encoding="utf-8")
    (wales.root / "templates").mkdir()
    (wales.root / "templates" / "minutes.md").write_text("Gwen Quillfeather", encoding="utf-8")
    shutil.make_archive(str(wales.exports / "all"), "zip", wales.root / "templates")
    named = ("exports/all.zip", "exports/gwen-quillfeather.ics", "exports/list.txt", "templates/minutes.md")
    assert preview_erasure(wales, ref).files == named
    assert erase_person(wales, ref).files == named
    repeated = erase_person(wales, "Gwen QUILLFEATHER", exports=True)
    assert (repeated.removed, repeated.files) == (named[:3], named[3:])
    assert [path.name for path in wales.exports.iterdir()] == ["other.txt"]


@pytest.mark.long
def test_a_repeated_erasure_removes_files_with_the_surname_or_a_given_word(wales: Workspace) -> None:
    erase_person(wales, add_person(wales))
    make_party(wales, "Eleri Rees", "eleri", kind="person")
    texts = {"a": "Ms Quillfeather", "b": "Present: Quillfeather, Rees", "c": "Eleri Rees", "d": "The Magpie spoke"}
    for name, text in texts.items():
        (wales.exports / f"{name}.txt").write_text(text, encoding="utf-8")
    repeated = erase_person(wales, "Gwen Quillfeather", also=["Magpie"], exports=True)
    assert repeated.removed == ("exports/a.txt", "exports/b.txt", "exports/d.txt")
    erase_person(wales, add_person(wales, "Gareth Rees"))
    assert erase_person(wales, "Gareth Rees", exports=True).removed == (), "another person has the surname"


def test_files_are_searched_without_the_write_lock(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = add_person(wales)
    searches = []

    def find_files(root: Path, _mentions: PersonMentions) -> tuple[Path, ...]:
        searches.append(wales.database.connection.in_transaction)
        return (root / "exports" / "list.txt",)

    wales.exports.joinpath("list.txt").write_text("Gwen Quillfeather", encoding="utf-8")
    monkeypatch.setattr(erasure_files, "find_files", find_files)
    assert preview_erasure(wales, ref).files == ("exports/list.txt",)
    assert erase_person(wales, ref, exports=True).removed == ("exports/list.txt",)
    assert searches == [False, False]


def test_a_name_added_during_the_search_is_searched_as_well(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = add_person(wales)
    wales.exports.joinpath("list.txt").write_text("Gwen Magpie", encoding="utf-8")
    search_files = erasure_files.find_files

    def find_files(root: Path, mentions: PersonMentions) -> tuple[Path, ...]:
        paths = search_files(root, mentions)
        if not wales.database.connection.in_transaction:
            edit_contact(wales, ref, build_contact_draft({"name": "Gwen Magpie"}, TODAY))
        return paths

    monkeypatch.setattr(erasure_files, "find_files", find_files)
    assert erase_person(wales, ref).files == ("exports/list.txt",)


@pytest.mark.parametrize("part", ["word/document.xml", "word/document2.xml"])
def test_a_word_file_is_rewritten_and_not_emptied(part: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(file := BytesIO(), "w") as archive:
        archive.writestr("_rels/.rels", f'<R><Relationship Type="{kind}" Target="/{part}"/></R>')
        archive.writestr(part, build_word_part(paragraph(run("Gwen Quill"), run("feather spoke."))))
    rewritten = erasure_files.rewrite_stored_file(
        b64encode(file.getvalue()).decode(), lambda text: text.replace("Gwen Quillfeather", "A former member")
    )
    assert read_body_text(PurePath("paper.docx"), b64decode(rewritten)).strip() == "A former member spoke."


@pytest.mark.parametrize("ending", ["txt", "docx"])
def test_a_file_of_100_kb_of_blanks_is_searched_within_a_second(wales: Workspace, ending: str) -> None:
    ref = add_person(wales, phone="029 2099 1122")
    path, blanks = wales.exports / f"handover.{ending}", " " * 100_000
    if ending == "docx":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", f"<w:p>{blanks}{'<' * 100_000}Gwen Quillfeather</w:p>")
    else:
        path.write_text(f"{blanks}Gwen Quillfeather", encoding="utf-8")
    start = time.process_time()
    files = erasure_files.find_files(wales.root, PersonMentions(("Gwen Quillfeather",), phones=("029 2099 1122",)))
    assert time.process_time() - start < 1
    assert files == (path,)
    assert preview_erasure(wales, ref).files == (f"exports/handover.{ending}",)


@pytest.mark.long
def test_an_archive_of_archives_or_with_huge_contents_is_not_unpacked(wales: Workspace) -> None:
    data = b"Gwen Quillfeather"
    for depth in range(6):
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{depth}.zip" if depth else "list.txt", data)
        data = buffer.getvalue()
    wales.exports.joinpath("deep.zip").write_bytes(data)
    with zipfile.ZipFile(wales.exports / "huge.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.txt", b"Gwen Quillfeather" + bytes(erasure_files.LARGEST))
    start = time.process_time()
    assert preview_erasure(wales, add_person(wales)).files == ()
    assert time.process_time() - start < 5


def test_nobody_is_erased_where_a_file_cannot_be_removed(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = add_person(wales)
    (wales.exports / "list.txt").write_text("Gwen Quillfeather", encoding="utf-8")

    def raise_permission_error(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", raise_permission_error)
        with pytest.raises(StoreError, match=r"list\.txt cannot be removed"):
            erase_person(wales, ref, exports=True)
    assert show_contact(wales, ref).row.ref == ref


def test_unreadable_exports_do_not_stop_the_preview(wales: Workspace) -> None:
    ref = add_person(wales)
    (wales.exports / "odd.eml").write_bytes(
        b"Content-Type: text/plain; charset=no-such\n\nGwen=20Quill\xff\n--\x00\xff"
    )
    broken = shutil.make_archive(str(wales.exports / "broken"), "zip", wales.exports)
    data = bytearray(Path(broken).read_bytes())
    data[30:60] = b"\x00" * 30
    Path(broken).write_bytes(data)
    assert preview_erasure(wales, ref).files == ()


def test_lower_case_word_in_a_file_is_not_taken_for_the_name(wales: Workspace) -> None:
    erase_person(wales, add_person(wales, "Hope"))
    for name, text in (("plan.txt", "We hope so."), ("list.txt", "Present: Hope")):
        (wales.exports / name).write_text(text, encoding="utf-8")
    assert erase_person(wales, "Hope", exports=True).removed == ("exports/list.txt",)
    assert [path.name for path in wales.exports.iterdir()] == ["plan.txt"]
