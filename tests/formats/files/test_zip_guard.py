"""Files that are no workbook, or that would fill the memory: one sentence each, at once."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.returns.readers import field_of
from ahtc_tui.formats.files import input_guard
from ahtc_tui.formats.sheets import values
from ahtc_tui.formats.sheets.reader import read_book

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path: Path, reason: str) -> None:
    """The file is refused with this reason in one sentence that names it."""
    with pytest.raises(BadFile, match=reason) as refusal:
        read_book(path, field_of)
    assert refusal.value.exit_code == 4
    assert str(path) in str(refusal.value)


def a_zip(path: Path, **parts: bytes) -> Path:
    """A zip archive; two underscores in a name are a slash, one a full stop."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), data)
    return path


def a_book(path: Path) -> Path:
    """A workbook with one action."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Action"])
    sheet.append(["DP-01", "Train the staff"])
    book.save(path)
    return path


def test_what_is_no_ordinary_file_is_named(tmp_path: Path) -> None:
    loop = tmp_path / "loop.xlsx"
    loop.symlink_to(loop)
    for path in (tmp_path, loop, Path("/dev/null")):
        refused(path, "is not a file|cannot be read")
    refused(tmp_path / "none.xlsx", "There is no file")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_given: object, **_also: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = a_book(tmp_path / "log.xlsx")
    monkeypatch.setattr(Path, "open", forbidden)
    refused(path, "cannot be read: Permission denied")


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word__document_xml": b"<w/>"}, "is a Word document"),
        ({"readme_txt": b"x"}, "a zip archive without a workbook"),
        ({"xl__workbook_xml": b"no xml", "xl__sheet_xml": b""}, "is damaged"),
        ({"content_xml": b"no xml"}, "is damaged|holds no table"),
        (
            {"xl__workbook_xml": b"<workbook/>", "xl__sheet_xml": b" " * 20_000_000},
            "would unfold to 19 MB",
        ),
    ],
)
def test_an_archive_that_is_no_workbook_is_refused(parts: dict[str, bytes], reason: str, tmp_path: Path) -> None:
    refused(a_zip(tmp_path / "log.xlsx", **parts), reason)


def test_a_workbook_with_a_password_says_how_to_send_it(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    refused(path, "has a password: save it without one")
    packed = a_book(tmp_path / "packed.xlsx")
    data = bytearray(packed.read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    packed.write_bytes(data)
    refused(packed, "has a password: save it without one")


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = a_book(tmp_path / "log.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    refused(path, "is damaged")
    path.write_bytes(OLE + bytes(3000))
    refused(path, "is damaged")


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_book(tmp_path / "log.xlsx")
    monkeypatch.setattr(values, "MOST_CELLS", 3)
    refused(path, "more than 3 cells")
    with monkeypatch.context() as smaller:
        smaller.setattr(input_guard, "LARGEST_PART", 100)
        refused(path, "would unfold to 0 MB")
    monkeypatch.setattr(input_guard, "MOST_PARTS", 2)
    refused(path, "parts: that is no ordinary workbook")
    monkeypatch.setattr(input_guard, "LARGEST", 1024)
    refused(path, "is larger than 0 MB")


def test_a_reader_that_dies_or_hangs_ends_as_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_book(tmp_path / "log.xlsx")
    for number, body in enumerate(("import os; os.abort()", "while True: pass", "import sys; sys.stdout.write('!!')")):
        child = tmp_path / f"child{number}.py"
        child.write_text(body, encoding="utf-8")
        monkeypatch.setattr(values, "CHILD", child)
        monkeypatch.setattr(values, "SECONDS", 0.1)
        refused(path, "is damaged, or its cells need more time or memory")
