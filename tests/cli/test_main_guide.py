"""The guide is true: every example in it runs on the Wales 2013 data and shows what the guide shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ahtc_tui.services.workspace import make_workspace

GUIDE = Path(__file__).parents[2] / "docs" / "guide.md"
LEFT = "(exit code 1)"
"""Shown below a command that leaves something for a person to decide."""
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections() -> dict[str, list[tuple[str, list[str]]]]:
    """Heading to its examples: each a command and the lines that the guide shows below it."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for section in re.split(r"^#+ ", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        examples: list[tuple[str, list[str]]] = []
        for block in CONSOLE.findall(section):
            for line in block.splitlines():
                if line.startswith("$ "):
                    examples.append((line[2:], []))
                else:
                    examples[-1][1].append(line)
        if examples:
            found[section.partition("\n")[0]] = examples
    return found


SECTIONS = sections()


@pytest.fixture(scope="module")
def wales(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database file of the Wales 2013 data."""
    return make_workspace(tmp_path_factory.mktemp("wales"), "wales-2013").read_bytes()


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_examples_of_the_guide_run(heading: str, wales: bytes, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ahtc.db").write_bytes(wales)
    for command, shown in SECTIONS[heading]:
        program, *words = shlex.split(command)
        assert program == "ahtc"
        done = subprocess.run(
            [sys.executable, "-m", "ahtc_tui", "--as-at", "2014-01-28", *words],
            cwd=tmp_path,
            env={name: value for name, value in os.environ.items() if name != "AHTC_WORKSPACE"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        expected = 1 if LEFT in shown else 0
        assert done.returncode == expected, f"{command}: {done.stderr[-2000:]}"
        assert done.stdout or done.stderr, f"{command} says nothing"
        assert set(shown) - {LEFT} <= set(done.stdout.splitlines()), command
