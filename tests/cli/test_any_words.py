"""Random commands: a known exit code, one sentence, at most one step, a sound database."""

from __future__ import annotations

import argparse
import io
import json
import random
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.main import COMMANDS
from ahtc_tui.services.workspace import Workspace
from tests.builders import query_rows
from tests.cli.promises import Captured, run_command

LINES = 70
"""Number of commands for each seed."""
REFS = (
    *("DP-01", "dp 12", "DP-21", "LG-2014-01", "nrm-introduced", "leadership-group", "ahtc", "bawso", "spoc-gwent"),
    *("jeff-farrar", "ht-marac", "sio-training", "nrm-wales-2012", "greta-2012", "D-2013/1", "Gwent", "1", "2"),
)
WORDS = (
    *("2014-01-01", "end nov", "+2w", "2014-02-30", "99999999999w", "2013-12-10 10:00", "training", "a: do it @ahtc"),
    *(
        "",
        " ",
        "=1+1",
        "[/x]",
        "\x1b[31mred",
        "a\u202eb",
        "\U0001f600",
        "Siân ŵŷ",
        "x" * 20_000,
        "-5",
        "--",
        "-",
        "{0}",
    ),
    *("a\nb", "\udcff", "1e309", "½", "FREQ=DAILY;INTERVAL=0", "../../x", "out.xlsx", "out.md", "out.ics", "in.csv"),
)
FIELDS = ("title", "due", "status", "brag", "lead", "starts", "name", "email", "quorum", "value", "nosuch", "")
LONG = ("init", "demo")
"""Commands that are left out because they create a database, which is slow."""

Verb = tuple[tuple[str, ...], list[argparse.Action]]


def list_verbs() -> list[Verb]:
    """Return every command with its verbs and their arguments."""
    verbs = []
    for name, (module, _help) in COMMANDS.items():
        parser = CommandParser(prog=f"ahtc {name}")
        import_module(module).register(parser, name)
        verbs += list(_walk_verbs(parser, (name,)))
    return [verb for verb in verbs if verb[0][0] not in LONG]


def _walk_verbs(parser: CommandParser, path: tuple[str, ...]) -> Iterator[Verb]:
    parser.complete_arguments()
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for action in groups:
        for name, verb in action.choices.items():
            yield from _walk_verbs(verb, (*path, name))
    if not groups:
        yield path, [action for action in parser._actions if action.dest != "help"]


def build_line(dice: random.Random, verb: Verb) -> list[str]:
    """Return a random command line: few options, mostly values of the right kind."""
    path, actions = verb
    line = [*path]
    for action in actions:
        if not action.option_strings:
            count = {"?": dice.randint(0, 1), "*": dice.randint(0, 2)}.get(str(action.nargs), 1)
            line += [build_value(dice, action) for _each in range(count)]
        elif action.required or dice.random() < 0.15:
            values = [] if action.nargs == 0 else [f"={build_value(dice, action)}"]
            line.append("".join((action.option_strings[-1], *values)))
    return [*line, "--json"] if dice.random() < 0.3 else line


def build_value(dice: random.Random, action: argparse.Action) -> str:
    """Return a random value for an argument."""
    if action.choices and dice.random() < 0.9:
        return str(dice.choice(list(action.choices)))
    if action.dest == "fields":
        return f"{dice.choice(FIELDS)}={dice.choice((*REFS, *WORDS))}"
    return dice.choice(REFS if dice.random() < 0.6 else WORDS)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_random_words_exit_with_a_known_code_and_at_most_one_step(
    office: Path, wales: Workspace, seed: int, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    dice, known_verbs = random.Random(seed), list_verbs()
    assert run_command("meetings", "add", "--group=leadership-group", "--starts=2014-02-11 10:00") == 0
    (office / "in.csv").write_text("Ref,Action\nDP-12,Other words\n", encoding="utf-8")
    for _line in range(LINES):
        line = build_line(dice, dice.choice(known_verbs))
        [(before,)] = query_rows(wales, "SELECT count(*) FROM step")
        capsys.readouterr()
        exit_code = run_command(*line)
        captured, [(after,)] = capsys.readouterr(), query_rows(wales, "SELECT count(*) FROM step")
        assert exit_code in range(7), line
        assert "Internal error" not in captured.err, (line, captured.err)
        assert after - before <= (1 if exit_code < 2 else 0), line
        assert exit_code < 2 or captured.err.splitlines()[-1].startswith(("ahtc: ", '{"error": ')), line
        assert not set(captured.out + captured.err) & set("\x1b\u202e"), line
        if line[-1] == "--json" and "--" not in line:
            json.loads(captured.out if exit_code < 2 else captured.err)
    assert run_command("check") == 0
