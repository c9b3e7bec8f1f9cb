"""Completion in shells: commands, options, values and references, and the help from the same parsers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from argparse import _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from ahtc_tui.cli.completion import SHELLS
from ahtc_tui.cli.console.environment import VARIABLES
from ahtc_tui.cli.console.examples import list_examples
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.main import COMMANDS, build_command_tree, build_parser
from ahtc_tui.domain.i18n import Language, use_language
from tests.cli.promises import Captured, run_command
from tests.clients.programs import find_program
from tests.shape.tree import PACKAGE, list_python_files


def list_completions(folder: Path, line: str) -> list[str]:
    """Return what a shell shows for a typed line, as it asks for it; a message is a failure."""
    answer = folder / "completions"
    request = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_IFS": "\n"}
    variables = {**os.environ, **request, "_ARGCOMPLETE_STDOUT_FILENAME": str(answer), "AHTC_LANG": "en"}
    result = subprocess.run([sys.executable, "-m", "ahtc_tui"], env=variables, capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("", "")
    return [word.strip() for word in answer.read_text(encoding="utf-8").splitlines()]


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("ahtc act", "actions"),
        ("ahtc actions what", "whatif"),
        ("ahtc actions list --stat", "--status"),
        ("ahtc export actions x.csv --marking official-", "official-sensitive"),
        ("ahtc actions show DP-07", "DP-07"),
        ("ahtc actions done DP-01,DP-07", "DP-01,DP-07"),
        ("ahtc actions list --group leader", "leadership-group"),
        ("ahtc meetings show nrm-i", "nrm-introduced"),
        ("ahtc actions list @baws", "@bawso"),
        ("ahtc actions list is:bl", "is:blocked"),
    ],
)
def test_a_typed_line_is_completed(read_only_office: Path, tmp_path: Path, line: str, word: str) -> None:
    assert word in list_completions(tmp_path, line)


def test_a_workspace_is_named_on_the_line(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AHTC_WORKSPACE", str(tmp_path / "nowhere"))
    assert list_completions(tmp_path, "ahtc actions show DP-07") == []
    assert list_completions(tmp_path, f"ahtc --workspace {office} actions show DP-07") == ["DP-07"]


@pytest.mark.sample(3)
@pytest.mark.parametrize("content", [b"", b"not a database" * 400, None])
def test_a_broken_workspace_gives_no_completions_and_no_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    (tmp_path / "data").mkdir()
    if content is not None:
        (tmp_path / "data" / "ahtc.db").write_bytes(content)
    monkeypatch.setenv("AHTC_WORKSPACE", str(tmp_path))
    assert list_completions(tmp_path, "ahtc actions show D") == []
    assert list_completions(tmp_path, "ahtc actions show 'D") == []


def test_a_completion_imports_no_heavy_library(read_only_office: Path, tmp_path: Path) -> None:
    line = "ahtc actions show DP-07"
    command = [sys.executable, "-X", "importtime", "-m", "ahtc_tui"]
    request = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    variables = {**os.environ, **request, "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "completions")}
    result = subprocess.run(command, env=variables, capture_output=True, text=True)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in result.stderr.splitlines()}
    assert "argcomplete" in imported
    heavy = {"textual", "sqlmodel", "sqlalchemy", "openpyxl", "icalendar", "alembic", "pydantic", "pendulum"}
    assert imported & heavy == set()


SETUP = {
    "bash": (["--norc", "--noprofile", "-i"], 'eval "$(ahtc completion bash)"'),
    "zsh": (["-f", "-i"], 'autoload -U compinit; compinit -u; eval "$(ahtc completion zsh)"'),
    "fish": (["--no-config", "-i"], "ahtc completion fish | source"),
}


@pytest.mark.sample(3)
@pytest.mark.terminal
@pytest.mark.clients
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes_a_reference(office: Path, tmp_path: Path, shell: str) -> None:
    program = find_program(shell, f"apt-get install {shell}")
    arguments, setup = SETUP[shell]
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{scripts}:{os.environ['PATH']}", "HOME": str(tmp_path), "TERM": "xterm"}
    child = pexpect.spawn(str(program), arguments, env=environment, encoding="utf-8", timeout=40, dimensions=(30, 200))
    try:
        child.sendline(f"{setup}; echo rea''dy")
        child.expect("ready\r\n")
        child.send("ahtc --lang en actions show DP-0")
        child.send("7\t")
        child.send("--js\t")
        child.expect("--json")
        child.send("\r")
        child.expect('"ref": "DP-07"')
    finally:
        child.close(force=True)


def list_verbs(parser: CommandParser) -> Iterator[CommandParser]:
    """Yield the parsers of a command that take arguments: its own, or those of its verbs."""
    parser.describe_arguments()
    verbs = [action for action in parser._actions if isinstance(action, _SubParsersAction)]
    if not verbs:
        yield parser
    for action in verbs:
        for verb in dict.fromkeys(action.choices.values()):
            yield from list_verbs(verb)


@pytest.fixture(scope="module", params=list(Language)[:2])
def verbs(request: pytest.FixtureRequest) -> list[CommandParser]:
    """The parsers of all verbs in one language."""
    with use_language(request.param):
        return [verb for name in COMMANDS for verb in list_verbs(build_parser(name))]


def test_every_argument_of_every_verb_is_described(verbs: list[CommandParser]) -> None:
    arguments = ((verb.prog, action) for verb in verbs for action in verb._actions)
    assert [f"{prog} {action.option_strings or action.dest}" for prog, action in arguments if not action.help] == []


def test_every_verb_has_an_example(verbs: list[CommandParser]) -> None:
    assert [verb.prog for verb in verbs if not list_examples(verb.prog)] == []


def test_the_fields_of_an_edit_are_listed_with_their_meaning(capsys: Captured) -> None:
    assert run_command("actions", "edit", "--help") == 0
    page = capsys.readouterr().out
    assert re.search(r"^  due +the due date, like 30 nov 2013", page, re.MULTILINE)
    assert re.search(r"^  blocked_by +references of the actions", page, re.MULTILINE)
    assert "  ahtc actions edit DP-01,DP-02 lead=AHTC --dry-run\n" in page
    assert re.search(r"^  marking +the protective marking: official, official-sensitive$", page, re.MULTILINE)
    assert run_command("decisions", "edit", "--help") == 0
    page = capsys.readouterr().out
    assert re.search(
        r"^  status +the status: proposed, agreed, superseded, implemented, rejected, withdrawn$", page, re.MULTILINE
    )


def test_every_variable_of_the_program_is_listed() -> None:
    texts = [path.read_text(encoding="utf-8") for path in list_python_files(PACKAGE)]
    variables = {name for text in texts for name in re.findall(r'"(AHTC_[A-Z_]+)"', text)}
    assert variables <= set(VARIABLES)


@pytest.mark.clients
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_man_page_is_printed_without_a_warning(tmp_path: Path, capsys: Captured, language: str) -> None:
    man = find_program("man", "apt-get install man-db groff")
    assert run_command("--lang", language, "man") == 0
    page = tmp_path / "ahtc.1"
    page.write_text(capsys.readouterr().out, encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "100"}
    result = subprocess.run(
        [man, "--warnings", "-l", page], env=environment, capture_output=True, text=True, check=True
    )
    assert result.stderr == ""
    assert "ahtc actions whatif REF +3w" in result.stdout
    assert all(f"ahtc {name}" in result.stdout for name in COMMANDS)


def test_the_tree_of_commands_has_the_arguments_of_named_commands_only() -> None:
    with use_language(Language.EN):
        tree = build_command_tree(["search"])
    (commands,) = (action for action in tree._actions if isinstance(action, _SubParsersAction))
    assert set(commands.choices) == set(COMMANDS)
    assert "--limit" in commands.choices["search"].flags
    assert "--limit" not in commands.choices["history"].flags
