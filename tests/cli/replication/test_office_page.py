"""docs/office.md sets up an office: its blocks run in order on a real PostgreSQL, each on its computer."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.opening import open_workspace
from tests.builders import TODAY
from tests.cli.promises import Captured
from tests.hubs import Server
from tests.shape.tree import ROOT
from tests.store.laptops import read_tables

PAGE = ROOT / "docs" / "office.md"
BLOCK = re.compile(r"^```(console|sql)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT_CODE_1 = "(exit code 1)"
HOST = "@hub.example.org/ahtc"
PASSPHRASE = "three unrelated words"
LAPTOPS = ("secretariat", "coordinator", "forum_notes", "scrutiny")


@dataclass
class Computers:
    """The server and the laptops: a folder each."""

    server: Server
    folder: Path
    capsys: Captured
    outputs: dict[str, str] = field(default_factory=dict)
    """The output of the last run of each command."""

    def run_block(self, kind: str, computer: str, text: str) -> None:
        """Run the SQL or the commands of a block; a command prints the lines that are shown below it."""
        if kind == "sql":
            self.server.run(text)
            return
        place = self.folder / computer
        place.mkdir(exist_ok=True)
        os.chdir(place)
        commands = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
        for command, *shown in (block.splitlines() for block in commands):
            output, code = self._run_command(command)
            self.outputs[command] = output
            assert code == (1 if EXIT_CODE_1 in shown else 0), f"{computer}: {command}: {output[-2000:]}"
            assert set(shown) - {EXIT_CODE_1} <= set(output.splitlines()), f"{command}: {output}"

    def _run_command(self, command: str) -> tuple[str, int]:
        host = f"@/ahtc?host={quote(self.server.socket, safe='')}"
        program, *words = (word.replace(HOST, host) for word in shlex.split(command))
        if program == "ahtc":
            self._bring_packs()
            code = run(words)
            captured = self.capsys.readouterr()
            return captured.out + captured.err, code
        environment = {**os.environ, "PGHOST": self.server.socket, "PGUSER": "postgres"}
        completed = subprocess.run(
            [self.server.programs / program, *words], env=environment, capture_output=True, text=True, check=False
        )
        return completed.stdout + completed.stderr, completed.returncode

    def _bring_packs(self) -> None:
        """Copy the packs of the first laptop to this one."""
        for path in (self.folder / LAPTOPS[0]).glob("*.ahtc"):
            if not Path(path.name).exists():
                shutil.copy(path, path.name)


@pytest.fixture
def computers(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Iterator[Computers]:
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    (tmp_path / "passphrase").chmod(0o600)
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.delenv("AHTC_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    yield Computers(server, tmp_path, capsys)
    server.run("DROP DATABASE IF EXISTS ahtc")


def read_blocks() -> list[tuple[str, str, str]]:
    """Return kind, computer and text of every block."""
    return [(kind, computer, text) for kind, computer, text in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]


@pytest.mark.long
def test_the_page_sets_up_an_office(computers: Computers) -> None:
    blocks = read_blocks()
    assert {computer for kind, computer, _text in blocks if kind == "console"} == {"server", *LAPTOPS}
    for kind, computer, text in blocks:
        computers.run_block(kind, computer, text)

    (titles,) = (output for command, output in computers.outputs.items() if command.endswith("actions list regional"))
    assert "Agree the dates of the regional fora" in titles
    assert "Send the leaflets to the regional forum" in titles
    tables = {}
    for laptop in ("secretariat", "forum_notes"):
        office = open_workspace(
            computers.folder / laptop / "office", TODAY, key=None if laptop == LAPTOPS[0] else PASSPHRASE
        )
        tables[laptop] = read_tables(office)
        office.close()
    assert tables["secretariat"] == tables["forum_notes"]
    assert computers.server.run("SELECT count(*) FROM change WHERE device LIKE 'Scrutiny%'", "ahtc") == [(0,)]
    assert computers.server.run("SELECT count(*) FROM change WHERE value LIKE '%Courier%'", "ahtc") == [(0,)]
