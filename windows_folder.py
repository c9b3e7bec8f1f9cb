"""Makes the folder for computers with Windows: Python, the libraries, the program, `ahtc.cmd` and a list of hashes.

    AHTC_PYTHON_ZIP=python-3.13.1-embed-amd64.zip python windows_folder.py WHEEL FOLDER

The zip is the embeddable package from python.org, which the builder of the folder downloads and checks. The libraries
are those of requirements.lock, as wheels for Windows with their hashes. Nothing of the folder was run on Windows.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent
VARIABLE = "AHTC_PYTHON_ZIP"
COMMAND = '@"%~dp0python\\python.exe" -m ahtc_tui %*\r\n'
MANIFEST = "manifest.txt"


def main(wheel: str, folder: str) -> int:
    """Make the folder and return 0, or 1 with a sentence."""
    archive = Path(os.environ.get(VARIABLE, ""))
    if not archive.is_file():
        sys.stderr.write(
            f"{VARIABLE} does not name a file. Download the embeddable package of Python for Windows (64-bit) from"
            f" python.org, check its hash, and run: make windows-folder {VARIABLE}=python-3.13.1-embed-amd64.zip\n"
        )
        return 1
    target = Path(folder)
    shutil.rmtree(target, ignore_errors=True)
    version = unpack_python(archive, target / "python")
    install_packages(target / "packages", version, Path(wheel))
    (target / "ahtc.cmd").write_bytes(COMMAND.encode())
    (target / MANIFEST).write_text("".join(list_hashes(target, archive)), encoding="utf-8")
    sys.stdout.write(f"{target}: for Python {version}. {MANIFEST} has the hash of every file.\n")
    return 0


def unpack_python(archive: Path, target: Path) -> str:
    """Unpack Python, let it find the packages beside it, and return its version, such as "3.13"."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    (path_file,) = target.glob("python3*._pth")
    path_file.write_text(f"{path_file.stem}.zip\n.\n..\\packages\n", encoding="utf-8")
    return re.sub(r"python3(\d+)", r"3.\1", path_file.stem)


def install_packages(target: Path, version: str, wheel: Path) -> None:
    """Install the locked libraries and the program as files for Windows; nothing is compiled or run."""
    folders = (str(Path(sys.executable).parent), os.environ.get("PATH", ""))
    uv = shutil.which("uv", path=os.pathsep.join(folders)) or "uv"
    common = ["--quiet", "--target", str(target), "--python-platform", "windows", "--python-version", version]
    only_wheels = ["--no-deps", "--only-binary", ":all:"]
    lock = ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
    for sources in (lock, [str(wheel)]):
        subprocess.run([uv, "pip", "install", *common, *only_wheels, *sources], check=True)
    shutil.rmtree(target / "bin", ignore_errors=True)  # start scripts of this system
    (target / ".lock").unlink(missing_ok=True)


def list_hashes(target: Path, archive: Path) -> list[str]:
    """Return a line for the zip and for each file: its SHA-256 and its name."""
    files = sorted(path for path in target.rglob("*") if path.is_file() and path.name != MANIFEST)
    names = [(archive.name, archive), *((path.relative_to(target).as_posix(), path) for path in files)]
    return [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in names]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
