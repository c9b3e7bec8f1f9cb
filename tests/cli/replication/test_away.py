"""`ahtc pack` and `ahtc open-pack`, and the references created in an opened pack."""

from __future__ import annotations

import io
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.services.workspace import DATABASE
from ahtc_tui.store.engine.database import Database
from tests.cli.promises import Captured, read_json, run_command

PASSPHRASE = "carreg afon lleuad"

MINTS = (
    "actions add|Agree dates",
    "meetings add|Forum|--group|leadership-group|--starts|2014-02-11 10:00|--minutes|60",
    "meetings add|--group|north-wales-forum|--starts|2014-01-06 10:00|--minutes|90|--repeat|FREQ=MONTHLY;COUNT=3",
    "meetings agenda|{meeting}|--add|Training",
    "meetings minute|{meeting}|--item|1|a: agree dates @ahtc due end jan",
    "meetings minute|{meeting}|--item|1|d: the course is adopted",
    "meetings papers|{meeting}|--add|Courses held",
    "actions add|Of the meeting|--meeting|{meeting}",
    "decisions add|The network meets twice a year|--group|leadership-group",
    "groups add|Training Board|--kind|sub-group",
    "groups seat|cross-party-group|bawso|--role|member|--from|2014-01-01",
    "groups seat|cross-party-group|A charity|--class",
    "contacts add|Post of a test|--kind|post",
    "contacts engage|bawso|Awareness week|--on|2013-06-12|--follow-up|Send the slides",
    "practice session|add|sio-training|--on|5 nov 2013|--people|Gwent Police=12",
    "evidence add|NRM referrals|--value|1156|--unit|referrals|--period|2012|--source|a test",
    "evidence data-set|add|Referrals|--tier|primary",
    "evidence page|add|Human trafficking",
    "recommendations document|add|A report",
    "recommendations add|Train the boards|--document|seed-paper",
    "plan milestone|add|Courses held|--objective|6|--due|end of march 2014",
    "plan version|2",
)
"""A command for each kind of reference; `|` separates the arguments."""


@pytest.fixture
def pack_file(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    """A pack of the office; AHTC_PASSPHRASE_FILE names its passphrase."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
    assert run_command("pack", str(tmp_path / "forum.ahtc"), "--passphrase-stdin") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'forum.ahtc'}\n"
    (tmp_path / "passphrase.txt").write_text(PASSPHRASE)
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(tmp_path / "passphrase.txt"))
    return tmp_path / "forum.ahtc"


def read_references(root: Path) -> set[str]:
    """Return every reference in a workspace."""
    with closing(Database(root / DATABASE, PASSPHRASE)) as database, database.read() as cursor:
        tables = cursor.execute(
            "SELECT name FROM sqlite_master m WHERE type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name)"
            " WHERE name = 'ref') AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'deleted')"
        ).fetchall()
        return {ref for (table,) in tables for (ref,) in cursor.execute(f"SELECT ref FROM {table}")}


@pytest.mark.long
def test_references_made_in_a_pack_have_the_device_suffix(pack_file: Path, tmp_path: Path, capsys: Captured) -> None:
    laptop = tmp_path / "laptop"
    report = read_json(capsys, "open-pack", str(pack_file), str(laptop), "--device", "Wrexham")
    letters = report["letters"]
    assert re.fullmatch("A[A-Z]{2}", letters)
    before = read_references(laptop)
    meeting = ""
    for mint in MINTS:
        words = [word.format(meeting=meeting) for word in mint.replace(" ", "|", 1).split("|")]
        assert run_command("--workspace", str(laptop), "--as-at", "2013-12-31", *words) in (0, 1), (
            mint,
            capsys.readouterr(),
        )
        output = capsys.readouterr().out
        meeting = meeting or (output.split()[0] if mint.startswith("meetings add") else "")
    new = read_references(laptop) - before
    assert len(new) >= len(MINTS)
    assert meeting == f"LG-2014-01{letters}"
    lettered = re.compile(rf".*[0-9]{letters}|.*\.{letters.lower()}")
    assert [ref for ref in new if not lettered.fullmatch(ref)] == []
    assert read_json(capsys, "--workspace", str(laptop), "check")["whole"]


@pytest.mark.long
def test_a_suffixed_reference_is_listed_sorted_found_and_exported(
    pack_file: Path, tmp_path: Path, capsys: Captured
) -> None:
    laptop = tmp_path / "laptop"
    workspace_flags = ("--workspace", str(laptop))
    letters = read_json(capsys, "open-pack", str(pack_file), str(laptop))["letters"]
    for title in ("Agree dates", "Agree rooms"):
        assert run_command(*workspace_flags, "actions", "add", title) == 0
    capsys.readouterr()
    refs = [row["ref"] for row in read_json(capsys, *workspace_flags, "actions", "list", "--sort", "ref")]
    assert refs[-2:] == [f"DP-45{letters}", f"DP-46{letters}"]
    assert read_json(capsys, *workspace_flags, "actions", "show", f"dp45{letters.lower()}")["ref"] == refs[-2]
    assert read_json(capsys, *workspace_flags, "search", f"DP-45{letters}")[0]["ref"] == refs[-2]
    assert run_command(*workspace_flags, "export", "returns", str(tmp_path / "returns")) in (0, 1)
    assert run_command(*workspace_flags, "export", "actions", str(tmp_path / "log.xlsx")) == 0
    capsys.readouterr()
    plan = read_json(capsys, *workspace_flags, "import", "actions", str(tmp_path / "log.xlsx"), "--dry-run")
    assert [plan[part] for part in ("added", "changed", "questions")] == [[], [], []]


def test_pack_refusals_are_one_sentence(pack_file: Path, office: Path, tmp_path: Path, capsys: Captured) -> None:
    refused = {
        ("pack", str(pack_file)): 6,
        ("pack", str(tmp_path / "forum.zip")): 2,
        ("pack", str(tmp_path / "nowhere" / "forum.ahtc")): 5,
        ("pack",): 2,
        ("open-pack", str(pack_file)): 2,
        ("open-pack", str(pack_file), str(office)): 6,
        ("open-pack", str(tmp_path / "none.ahtc"), str(tmp_path / "laptop")): 4,
        ("open-pack", str(office / "data" / "ahtc.db"), str(tmp_path / "laptop")): 4,
    }
    for words, expected in refused.items():
        assert run_command(*words) == expected, words
        captured = capsys.readouterr()
        assert (captured.out, captured.err.count("\n")) == ("", 1), words
    (tmp_path / "passphrase.txt").write_text("short")
    assert run_command("pack", str(tmp_path / "second.ahtc")) == 2
    (tmp_path / "passphrase.txt").write_text("not the passphrase")
    assert run_command("open-pack", str(pack_file), str(tmp_path / "laptop")) == 4
    assert "passphrase is wrong" in capsys.readouterr().err
    assert not (tmp_path / "laptop").exists()


@pytest.mark.sample(4)
@pytest.mark.parametrize("content", ["text", "empty", "half", "plain"])
def test_a_file_that_is_no_pack_is_refused_without_asking(
    pack_file: Path, office: Path, tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    contents = {
        "text": b"a letter",
        "empty": b"",
        "half": pack_file.read_bytes()[:50_000],
        "plain": (office / "data" / "ahtc.db").read_bytes(),
    }
    (tmp_path / "brought.ahtc").write_bytes(contents[content])
    monkeypatch.delenv("AHTC_PASSPHRASE_FILE")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run_command("open-pack", str(tmp_path / "brought.ahtc"), str(tmp_path / "laptop")) == 4
    assert "is not a pack" in capsys.readouterr().err
    assert not (tmp_path / "laptop").exists()


def test_a_pack_needs_a_passphrase(office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.delenv("AHTC_PASSPHRASE_FILE", raising=False)
    assert run_command("pack", "forum.ahtc") == 2
    assert "--passphrase-stdin" in capsys.readouterr().err
    assert not (office / "forum.ahtc").exists()


def test_an_opened_pack_can_be_decrypted(pack_file: Path, tmp_path: Path) -> None:
    assert run_command("open-pack", str(pack_file), str(tmp_path / "laptop")) == 0
    assert run_command("--workspace", str(tmp_path / "laptop"), "passphrase", "remove") == 0
    with closing(sqlite3.connect(tmp_path / "laptop" / DATABASE)) as any_sqlite:
        assert any_sqlite.execute("SELECT count(*) FROM actions").fetchone() == (44,)
        assert any_sqlite.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'pack_%'").fetchone() == (0,)
