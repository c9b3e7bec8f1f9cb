"""Both locks install with an old and a new pip, although the index offers newer releases."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.install.conftest import run_in

pytestmark = pytest.mark.long

NEWER = ("coverage", "packaging", "textual")
"""Locked packages of which the local index offers a release that no lock names; `coverage` is asked for by an extra."""
METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 999.0\nProvides-Extra: toml\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files without a line of log for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Write nothing."""


@pytest.fixture
def newer_index(tmp_path: Path) -> Iterator[str]:
    """Address of a package index that offers version 999 of a few locked packages."""
    for name in NEWER:
        folder = tmp_path / "index" / name
        folder.mkdir(parents=True)
        wheel = folder / f"{name}-999.0-py3-none-any.whl"
        with ZipFile(wheel, "w") as archive:
            info = f"{name}-999.0.dist-info"
            archive.writestr(f"{info}/METADATA", METADATA.format(name=name))
            archive.writestr(f"{info}/WHEEL", WHEEL)
            archive.writestr(f"{info}/RECORD", "")
        (folder / "index.html").write_text(f'<!DOCTYPE html><a href="{wheel.name}">{wheel.name}</a>', encoding="utf-8")
    handler = functools.partial(QuietHandler, directory=str(tmp_path / "index"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.mark.parametrize("pip", ["bundled", "newest"])
@pytest.mark.parametrize("target", [".run", ".dev"])
def test_a_lock_installs_with_any_pip_although_newer_releases_exist(
    checkout: Path, newer_index: str, target: str, pip: str
) -> None:
    run_in(checkout, "make", ".venv/.venv")
    if pip == "newest":
        run_in(checkout, ".venv/bin/python", "-m", "pip", "install", "--quiet", "--upgrade", "pip")
    run_in(checkout, "make", f".venv/{target}", environment={"PIP_EXTRA_INDEX_URL": newer_index})

    run_in(checkout, ".venv/bin/python", "-m", "pip", "check")
    assert "999" not in run_in(checkout, ".venv/bin/python", "-m", "pip", "freeze")
    assert run_in(checkout, ".venv/bin/ahtc", "--version").startswith("ahtc ")


def test_the_local_index_offers_newer_releases_to_pip(checkout: Path, newer_index: str) -> None:
    """The index works: an install without the lock takes the release that it offers."""
    run_in(checkout, "make", ".venv/.venv")
    run_in(
        checkout,
        ".venv/bin/python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "coverage",
        environment={"PIP_EXTRA_INDEX_URL": newer_index},
    )
    assert "coverage==999.0" in run_in(checkout, ".venv/bin/python", "-m", "pip", "freeze")
