"""Files that are not workbooks, or that expand too far, are refused with one sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.files import input_guard
from ahtc_tui.formats.sheets import values
from ahtc_tui.formats.sheets.reader import read_book

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def assert_refused(path: Path, reason: str) -> None:
    """Check that the file is refused with the reason, in one sentence that contains its name."""
    with pytest.raises(BadFile, match=reason) as refusal:
        read_book(path, resolve_heading)
    assert refusal.value.exit_code == 4
    assert str(path) in str(refusal.value)


def create_zip(path: Path, **parts: bytes) -> Path:
    """Create a zip archive; in a name two underscores are a slash and one is a full stop."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return path


def create_workbook(path: Path) -> Path:
    """Create a workbook with one action."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Action"])
    sheet.append(["DP-01", "Train the staff"])
    book.save(path)
    return path


def test_anything_but_an_ordinary_file_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop.xlsx"
    loop.symlink_to(loop)
    for path in (tmp_path, loop, Path("/dev/null")):
        assert_refused(path, "is not a file|cannot be read")
    assert_refused(tmp_path / "none.xlsx", "There is no file")


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny_access(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = create_workbook(tmp_path / "log.xlsx")
    monkeypatch.setattr(Path, "open", deny_access)
    assert_refused(path, "cannot be read: Permission denied")


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word__document_xml": b"<w/>"}, "is damaged"),
        ({"readme_txt": b"x"}, "a zip archive without a workbook"),
        ({"xl__workbook_xml": b"no xml", "xl__sheet_xml": b""}, "is damaged"),
        ({"content_xml": b"no xml"}, "is damaged|contains no table"),
        (
            {"xl__workbook_xml": b"<workbook/>", "xl__sheet_xml": b" " * 20_000_000},
            "would expand to 19 MB",
        ),
    ],
)
def test_an_archive_without_a_workbook_is_refused(parts: dict[str, bytes], reason: str, tmp_path: Path) -> None:
    assert_refused(create_zip(tmp_path / "log.xlsx", **parts), reason)


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert_refused(path, "has a password. Save it without one")
    packed = create_workbook(tmp_path / "packed.xlsx")
    data = bytearray(packed.read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    packed.write_bytes(data)
    assert_refused(packed, "has a password. Save it without one")


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    path = create_workbook(tmp_path / "log.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    assert_refused(path, "is damaged")
    path.write_bytes(OLE + bytes(3000))
    assert_refused(path, "is damaged")


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = create_workbook(tmp_path / "log.xlsx")
    monkeypatch.setattr(values, "MAX_CELLS", 3)
    assert_refused(path, "more than 3 cells")
    with monkeypatch.context() as smaller:
        smaller.setattr(input_guard, "MAX_PART_BYTES", 100)
        assert_refused(path, "would expand to 0 MB")
    monkeypatch.setattr(input_guard, "MAX_PARTS", 2)
    assert_refused(path, "parts, too many for any workbook")
    monkeypatch.setattr(input_guard, "MAX_FILE_BYTES", 1024)
    assert_refused(path, "is larger than 0 MB")


def test_a_crashed_or_hanging_reader_gives_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = create_workbook(tmp_path / "log.xlsx")
    for number, body in enumerate(("import os; os.abort()", "while True: pass", "import sys; sys.stdout.write('!!')")):
        child = tmp_path / f"child{number}.py"
        child.write_text(body, encoding="utf-8")
        monkeypatch.setattr(values, "CHILD_SCRIPT", child)
        monkeypatch.setattr(values, "CPU_SECONDS", 0.5)
        assert_refused(path, "is damaged, or the cells need more time or memory")
