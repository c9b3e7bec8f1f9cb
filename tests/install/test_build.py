"""A release: the same bytes from every build, with the bill of materials and everything that a build needs."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from ahtc_tui import __version__
from tests.shape.tree import ROOT

BUILT = ("ahtc_tui", "docs", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "hatch_build.py", "pyproject.toml")


def copy_sources(folder: Path) -> Path:
    """Copy what a build reads, without compiled files."""
    folder.mkdir()
    for name in BUILT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(source, folder / name)
    return folder


def build_archives(folder: Path, umask: int) -> dict[str, str]:
    """Run `make build`; return the digest of each archive."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "VENV"))}
    subprocess.run(
        ["make", "build", f"VENV={sys.prefix}", f"--old-file={sys.prefix}/.dev"],
        cwd=folder,
        env={**variables, "SOURCE_DATE_EPOCH": "1790000000"},
        umask=umask,
        check=True,
        capture_output=True,
    )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "dist").iterdir())}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with both archives in `dist`."""
    folder = copy_sources(tmp_path_factory.mktemp("first") / "checkout")
    build_archives(folder, umask=0o022)
    return folder


@pytest.mark.long
def test_two_builds_are_equal_byte_for_byte(built: Path, tmp_path: Path) -> None:
    """The second build has another folder, other times and other modes of its files."""
    second = copy_sources(tmp_path / "another folder")
    for path in second.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(path.stat().st_mode & ~(stat.S_IRWXG | stat.S_IRWXO))
    digests = build_archives(second, umask=0o077)
    assert set(digests) == {f"ahtc-{__version__}-py3-none-any.whl", f"ahtc-{__version__}.tar.gz"}
    assert digests == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((built / "dist").iterdir())
    }


@pytest.mark.long
def test_the_wheel_carries_the_bill_of_materials_and_the_scripts_of_the_hub(built: Path) -> None:
    (wheel,) = (built / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert (
            archive.read(f"ahtc-{__version__}.dist-info/sboms/sbom.cdx.json")
            == (ROOT / "docs/sbom.cdx.json").read_bytes()
        )
    assert "ahtc_tui/locale/cy/LC_MESSAGES/ahtc.mo" in names
    scripts = ROOT / "ahtc_tui/store/hub_schema/scripts"
    assert {path.relative_to(ROOT).as_posix() for path in scripts.rglob("*.py")} <= set(names)


@pytest.mark.long
def test_the_source_archive_holds_what_a_build_needs_and_nothing_of_a_workspace(built: Path) -> None:
    (archive_path,) = (built / "dist").glob("*.tar.gz")
    with tarfile.open(archive_path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "hatch_build.py", "docs/sbom.cdx.json", "LICENSE"} <= names
    assert not [name for name in names if name.startswith(("data/", "exports/", "tests/"))]
