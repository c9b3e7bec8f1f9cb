"""The folder for Windows is made from the zip of Python and the locked wheels for Windows."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ahtc_tui import __version__
from tests.install.test_build import built
from tests.shape.tree import ROOT

__all__ = ["built"]

SCRIPT = ROOT / "windows_folder.py"


def test_without_the_zip_one_sentence_says_what_to_download() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "AHTC_PYTHON_ZIP"}
    command = [sys.executable, str(SCRIPT), "ahtc.whl", "folder"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("AHTC_PYTHON_ZIP does not name a file. Download the embeddable package")


@pytest.mark.long
def test_the_folder_has_python_the_wheels_for_windows_and_every_hash(built: Path, tmp_path: Path) -> None:
    archive = tmp_path / "python-3.13.1-embed-amd64.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("python313._pth", "python313.zip\n.\n")
        opened.writestr("python.exe", "MZ")
    folder, wheel = tmp_path / "windows", built / "dist" / f"ahtc-{__version__}-py3-none-any.whl"
    environment = {**os.environ, "AHTC_PYTHON_ZIP": str(archive)}
    subprocess.run([sys.executable, str(SCRIPT), str(wheel), str(folder)], env=environment, check=True)
    lines = (folder / "manifest.txt").read_text(encoding="utf-8").splitlines()
    hashes = {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}
    assert hashes.pop(archive.name) == hashlib.sha256(archive.read_bytes()).hexdigest()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files - set(hashes) == {"manifest.txt"}
    assert (folder / "python" / "python313._pth").read_text(encoding="utf-8").splitlines()[-1] == "..\\packages"
    assert (folder / "ahtc.cmd").read_text(encoding="utf-8").startswith('@"%~dp0python\\python.exe" -m ahtc_tui')
    assert {name.rpartition(".")[2] for name in files} >= {"pyd"}
    assert not {name for name in files if name.endswith(".so")}
