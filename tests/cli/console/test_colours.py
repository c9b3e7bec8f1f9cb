"""Colour and pager on a terminal, and neither elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.promises import Captured, run_command

ESCAPE = "\x1b["
COMMAND = ["-m", "ahtc_tui", "--as-at", "2014-01-28", "actions", "list", "--all", "--limit", "40"]


def read_terminal(*words: str, **variables: str) -> str:
    """Return what a list of 40 actions prints on a terminal of 24 lines."""
    environment = {**os.environ, "TERM": "xterm", "PAGER": "sed 's/^/paged /'", "AHTC_LANG": "en", **variables}
    environment.pop("NO_COLOR" if "NO_COLOR" not in variables else "", None)
    command = [*COMMAND[:2], *words, *COMMAND[2:]]
    child = pexpect.spawn(sys.executable, command, env=environment, dimensions=(24, 100), encoding="utf-8", timeout=30)
    text: str = child.read()
    child.close()
    assert child.exitstatus == 0
    return text


@pytest.mark.terminal
def test_a_long_list_on_a_terminal_has_colours_and_a_pager(read_only_office: Path) -> None:
    text = read_terminal()
    assert "paged " in text
    assert f"{ESCAPE}1;31m" in text


@pytest.mark.sample(2)
@pytest.mark.terminal
@pytest.mark.parametrize(
    ("words", "variables"),
    [((), {"NO_COLOR": "1"}), (("--no-color",), {}), ((), {"TERM": "dumb"}), (("--quiet",), {"PAGER": "cat"})],
)
def test_a_person_can_do_without_them(
    read_only_office: Path, words: tuple[str, ...], variables: dict[str, str]
) -> None:
    text = read_terminal(*words, **variables)
    assert "paged " not in text
    assert (ESCAPE in text) is (variables == {"PAGER": "cat"})


@pytest.mark.terminal
def test_a_pager_that_does_not_exist_leaves_the_list(read_only_office: Path) -> None:
    assert "DP-07" in read_terminal(PAGER="no-such-pager-here")


def test_a_pipe_gets_neither_colour_nor_pager(read_only_office: Path, capsys: Captured) -> None:
    assert run_command("actions", "list", "--all") == 0
    assert ESCAPE not in capsys.readouterr().out
