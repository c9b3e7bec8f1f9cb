"""No file for other people names an account or a device: documents print the post of who wrote."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.cli.exports.conftest import ACCOUNT, DEVICE, MEETING, Exports


def read_members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file with its name, and each file inside it where it is an archive."""
    yield name, data
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from read_members(f"{name}/{member}", archive.read(member))


def find_accounts(folder: Path) -> list[str]:
    """Return the files that name the account or the device; the full export holds the history on purpose."""
    return [
        name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "everything.zip"
        for name, data in read_members(path.name, path.read_bytes())
        if ACCOUNT.encode() in data or DEVICE.encode() in data
    ]


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", pytest.param("cy", marks=pytest.mark.long)])
def test_no_export_names_an_account_or_a_device(exports: Exports, language: str) -> None:
    folder = exports(language, "official")
    assert len(list(folder.rglob("*.*"))) > 30
    assert find_accounts(folder) == []


@pytest.mark.long
def test_the_search_finds_accounts_inside_archives(exports: Exports, tmp_path: Path) -> None:
    everything = exports("en", "official") / "everything.zip"
    (tmp_path / "copy.zip").write_bytes(everything.read_bytes())
    found = find_accounts(tmp_path)
    assert any(name.endswith("step.csv") or "step" in name for name in found), found


@pytest.mark.long
def test_an_amendment_without_a_known_post_is_by_the_secretariat(exports: Exports) -> None:
    text = (exports("en", "official") / "minutes-circulated.md").read_text(encoding="utf-8")
    assert "Secretariat, 31 December 2013: Recounted" in text
    assert MEETING in text
