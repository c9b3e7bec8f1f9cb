"""Texts that no file may contain: package registries, home folders, promises; and the contents of the locks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.shape.tree import ROOT, format_path, list_files

# Written in two halves, so that this file passes its own test.
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "proxy." + "golang", "conda." + "anaconda")
PROMISES = (
    "to" + "do:",
    "fix" + "me",
    "coming " + "soon",
    "in a future " + "version",
    "in a later " + "version",
    "will be " + "added",
    "not implemented " + "yet",
    "work in " + "progress:",
)
HOMES = re.compile(r"(?<![\w.{}])/(?:ro" + "ot|wo" + r"rk)/\w")
PINNED = re.compile(r"^([a-z0-9-]+)==([^ ;]+)", re.MULTILINE)


def test_no_file_names_a_registry_a_home_folder_or_a_promise() -> None:
    files = list(list_files())
    assert not [f"{format_path(path)}: {phrase}" for path in files for phrase in find_phrases(path)]
    assert len(files) > 1_000


def find_phrases(path: Path) -> list[str]:
    """Return the phrases of a file that no file may contain."""
    text = path.read_text(encoding="utf-8")
    lowered = text.lower()
    return [*(phrase for phrase in (*HOSTS, *PROMISES) if phrase in lowered), *HOMES.findall(text)]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_every_dependency(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = dict(PINNED.findall(text))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    dependencies = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    if "dev" in lock:
        dependencies += project["project"]["optional-dependencies"]["dev"]
    for requirement in map(Requirement, dependencies):
        name = requirement.name.lower().replace("_", "-")
        assert name in pins, f"{name} is not locked: make lock"
        assert requirement.specifier.contains(pins[name], prereleases=True), f"{name} {pins[name]}: make lock"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
