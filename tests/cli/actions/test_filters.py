"""Filter words on the command line: every list and export reads them in one way, and names what is not understood."""

from __future__ import annotations

import csv
import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.promises import Captured, run_command

AS_AT = ("--as-at", "2014-01-28")


def list_refs(capsys: Captured, line: str) -> set[str]:
    assert run_command(*AS_AT, *shlex.split(line), "--json") == 0, line
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return {row["ref"] for row in rows}


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("@bawso", "--lead bawso"),
        ("lead:bawso", "--lead bawso"),
        ("obj:1", "--objective 1"),
        ("is:late", "--late"),
        ("!late", "--late"),
        ("is:continuing", "--continuing"),
        ("is:closed", "--closed"),
        ("is:late @ahtc", "--late --lead ahtc"),
        ("'due<30 nov 2014'", "--due-before '30 nov 2014'"),
        ("due<30 nov 2014", "--due-before '30 nov 2014'"),
        ("'#leadership-group'", "--group leadership-group"),
        ("status:done OR status:cancelled", "--closed"),
    ],
)
def test_a_word_selects_what_the_option_selects(office: Path, capsys: Captured, words: str, flags: str) -> None:
    assert list_refs(capsys, f"actions list {words}") == list_refs(capsys, f"actions list {flags}")


def test_a_minus_excludes(office: Path, capsys: Captured) -> None:
    everything = list_refs(capsys, "actions list")
    training = list_refs(capsys, "actions list training")
    assert training
    assert list_refs(capsys, "actions list -training") == everything - training
    assert list_refs(capsys, "actions list --limit 0 -training") == everything - training
    assert list_refs(capsys, "actions list training OR @bawso -police") == list_refs(
        capsys, "actions list training"
    ) | list_refs(capsys, "actions list @bawso -police")


@pytest.mark.parametrize("words", ["@-", "-training", "is:continuing @ahtc", "obj:-", "training OR @bawso"])
def test_an_export_reads_the_words_of_the_list(office: Path, capsys: Captured, tmp_path: Path, words: str) -> None:
    expected = list_refs(capsys, f"actions list {words}")
    for number, line in enumerate((f"{words} --force", f"--force {words}")):
        target = tmp_path / f"{number}.csv"
        assert run_command(*AS_AT, "export", "actions", str(target), *shlex.split(line)) in (0, 1)
        with target.open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        assert {row["Ref"] for row in rows} == expected


def test_words_may_follow_an_option_after_the_file(office: Path, capsys: Captured, tmp_path: Path) -> None:
    assert run_command(*AS_AT, "export", "actions", str(tmp_path / "n.json"), "--late", "@ucl") in (0, 1)
    capsys.readouterr()
    assert list_refs(capsys, "actions list --late @ucl") == list_refs(capsys, "actions list is:late lead:ucl") != set()


LISTS = (
    "actions list", "export actions n.csv", "export deadlines n.ics", "export returns n", "actions view V",
    "contacts list", "contacts list-save L", "export contacts n.csv", "meetings list", "decisions list", "groups list",
    "groups seats leadership-group",
    "groups matrix", "evidence list", "evidence pages", "practice list", "practice matrix", "practice session list",
    "recommendations list", "recommendations documents", "commissions list", "export matrix n.xlsx",
    "export evidence n.xlsx", "export decisions n.xlsx",
)  # fmt: skip


@pytest.mark.sample(3)
@pytest.mark.parametrize("line", LISTS)
@pytest.mark.parametrize(
    ("words", "part"), [("nonsense:thing", '"nonsense:"'), ("police OR", "OR needs"), ('"police', "quotation mark")]
)
def test_every_list_names_what_it_does_not_understand(
    office: Path, capsys: Captured, line: str, words: str, part: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command(*AS_AT, "--workspace", str(office), *line.split(), words) == 2
    captured = capsys.readouterr()
    assert part in captured.err
    assert (captured.out, captured.err.count("\n"), list(tmp_path.glob("n*"))) == ("", 1, [])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("actions list '!foo'", '"!foo" is not a condition'),
        ("actions list 'due<blah'", '"due<blah" needs a date'),
        ("actions list status:nope", '"status:nope" is not a condition'),
        ("actions list @nobody-like-this", 'No contact or group is called "nobody-like-this"'),
        ("actions list @bawsoo", "Did you mean Bawso?"),
        ("actions list '#nowhere'", 'No group is called "nowhere"'),
        ("actions list obj:99", 'There is no objective "99"'),
        ("actions list kind:post", '"kind:" filters contacts, not actions'),
        ("contacts list @ahtc", '"@" filters actions, groups, practices, recommendations, not contacts'),
        ("contacts list +nolist", 'no circulation list "nolist"'),
        (
            "meetings list is:late",
            '"is:" filters actions, decisions, groups, recommendations, commissions, promises, not meetings',
        ),
        ("evidence pages '#gwent'", "not these records"),
        ("actions list --lead -training", "--lead: it needs a value"),
        ("actions list -x", '"-x" is not part of this command'),
        ("actions show -foo", "REF"),
    ],
)
def test_a_wrong_word_is_exit_code_2_with_its_name(office: Path, capsys: Captured, line: str, sentence: str) -> None:
    assert run_command(*AS_AT, *shlex.split(line)) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.out == ""


def test_a_view_is_narrowed_by_words(office: Path, capsys: Captured) -> None:
    assert run_command(*AS_AT, "actions", "view", "Training", "training") == 0
    capsys.readouterr()
    assert list_refs(capsys, "actions list --view Training @ahtc") == list_refs(capsys, "actions list training @ahtc")
