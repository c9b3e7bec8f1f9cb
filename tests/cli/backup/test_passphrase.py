"""`ahtc passphrase`, and how other commands get at one: a file, standard input, a terminal, never their own words."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pexpect
import pytest

from ahtc_tui.cli.main import run
from tests.cli.promises import Captured, code, data_of

PASSPHRASE, OTHER = "carreg afon lleuad", "o'r gorau, Siân"


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> object:
    """Says what comes on standard input."""

    def lines(*said: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in said)))

    return lines


@pytest.fixture
def locked(office: Path, feed: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    """The office under a passphrase, and a file that holds it."""
    feed(PASSPHRASE)  # type: ignore[operator]
    assert code("passphrase", "set", "--passphrase-stdin") == 0
    capsys.readouterr()
    feed()  # type: ignore[operator]
    file = tmp_path / "passphrase.txt"
    file.write_text(f"{PASSPHRASE}\r\n", encoding="utf-8")
    return file


def test_a_command_without_the_passphrase_says_how_to_give_it(locked: Path, capsys: Captured) -> None:
    for words in (("actions", "list"), ("check",), ("undo",), ("pack", "forum.ahtc"), ("passphrase", "remove")):
        assert code(*words) == 5
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        assert "AHTC_PASSPHRASE_FILE" in said.err
    assert code("--help") == code("paths") == 0


def test_a_file_gives_every_command_the_passphrase(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, tmp_path: Path
) -> None:
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(locked))
    assert len(data_of(capsys, "actions", "list")) == 28
    assert code("actions", "add", "Under a passphrase") == 0
    assert code("undo") == code("redo") == 0
    assert code("export", "actions", str(tmp_path / "log.xlsx")) == 0
    capsys.readouterr()
    assert data_of(capsys, "check")["whole"]
    assert {row["check"]: row["ok"] for row in data_of(capsys, "doctor")}["database"]
    assert code("doctor", "--repair") == 0


@pytest.mark.parametrize(
    ("held", "sentence"),
    [("something else", "passphrase is not right"), (None, "No such file"), (b"\xff\xfe", "no text in UTF-8")],
)
def test_a_file_that_is_no_good_is_one_sentence(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, held: str | bytes | None, sentence: str
) -> None:
    if isinstance(held, bytes):
        locked.write_bytes(held)
    elif held is None:
        locked.unlink()
    else:
        locked.write_text(held)
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(locked))
    assert code("today") == 5
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert sentence in said.err
    assert "something else" not in said.err


def test_change_takes_the_old_one_from_the_first_line_and_the_new_one_from_the_second(
    locked: Path, feed: object, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed("not the one", OTHER)  # type: ignore[operator]
    assert code("passphrase", "change", "--passphrase-stdin") == 5
    feed(PASSPHRASE, OTHER)  # type: ignore[operator]
    assert code("passphrase", "change", "--passphrase-stdin") == 0
    feed(PASSPHRASE)  # type: ignore[operator]
    assert code("passphrase", "remove", "--passphrase-stdin") == 5
    locked.write_text(OTHER, encoding="utf-8")
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(locked))
    feed(PASSPHRASE)  # type: ignore[operator]
    assert code("passphrase", "change", "--passphrase-stdin") == 0, "one line is the new one, where a file has the old"
    monkeypatch.delenv("AHTC_PASSPHRASE_FILE")
    feed(PASSPHRASE)  # type: ignore[operator]
    assert code("passphrase", "remove", "--passphrase-stdin") == 0
    assert code("actions", "list") == 0
    assert capsys.readouterr().err.count("passphrase") > 0


def test_what_cannot_be_a_passphrase_changes_nothing(office: Path, feed: object, capsys: Captured) -> None:
    before = (office / "data" / "ahtc.db").read_bytes()
    for lines in ((), ("",), ("short",)):
        feed(*lines)  # type: ignore[operator]
        assert code("passphrase", "set", "--passphrase-stdin") == 2
    assert code("passphrase", "set") == 2, "nobody is asked where there is no terminal"
    assert code("passphrase", "set", PASSPHRASE) == 2, "never among the words of a command"
    assert code("passphrase", "change") == code("passphrase", "remove") == 6
    assert PASSPHRASE not in capsys.readouterr().err.replace(f"unrecognized arguments: {PASSPHRASE}", "")
    assert (office / "data" / "ahtc.db").read_bytes() == before


def test_standard_input_that_is_no_text_is_one_sentence(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding="utf-8"))
    assert code("passphrase", "set", "--passphrase-stdin") == 2
    assert "cannot be read as text in UTF-8" in capsys.readouterr().err


def test_a_backup_that_cannot_be_taken_along_is_named(office: Path, feed: object, capsys: Captured) -> None:
    (office / "data" / "backups").mkdir()
    (office / "data" / "backups" / "older.db").write_bytes(b"x")
    feed(PASSPHRASE)  # type: ignore[operator]
    assert code("passphrase", "set", "--passphrase-stdin") == 0
    assert "data/backups/older.db" in capsys.readouterr().err


def test_backups_come_back_under_the_passphrase_whatever_they_had(
    locked: Path, office: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, feed: object
) -> None:
    database = office / "data" / "ahtc.db"
    encrypted, plain, archive = tmp_path / "encrypted.db", tmp_path / "plain.db", tmp_path / "office.zip"
    assert code("restore", str(locked), "--yes") == 5, "nobody can be asked"
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(locked))
    assert code("backup", str(encrypted)) == 0
    assert code("export", "everything", str(archive)) == 0
    assert code("actions", "add", "After the backup") == 0
    for made in (encrypted, plain):
        if made is plain:
            assert code("passphrase", "remove") == code("backup", str(plain)) == 0
            feed(PASSPHRASE)  # type: ignore[operator]
            assert code("passphrase", "set", "--passphrase-stdin") == 0
        assert code("restore", str(made), "--dry-run") == code("restore", str(made), "--yes") == 0
        assert not database.read_bytes().startswith(b"SQLite format 3")
        capsys.readouterr()
        assert len(data_of(capsys, "actions", "list")) == 28
        assert data_of(capsys, "check")["whole"]
    assert all(not kept.read_bytes().startswith(b"SQLite") for kept in (office / "data" / "backups").glob("*.db"))
    there = ("--workspace", str(tmp_path / "there"))
    assert code(*there, "init") == 0
    feed(PASSPHRASE)  # type: ignore[operator]
    assert code(*there, "passphrase", "set", "--passphrase-stdin") == 0
    assert code(*there, "import", "everything", str(archive)) == 0
    assert not (tmp_path / "there" / "data" / "ahtc.db").read_bytes().startswith(b"SQLite")
    capsys.readouterr()
    assert len(data_of(capsys, *there, "actions", "list")) == 28


def test_a_new_workspace_offers_a_passphrase_in_words_where_somebody_reads_them(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    assert code("--workspace", str(tmp_path / "first"), "init") == 0
    assert "`ahtc passphrase set`" in capsys.readouterr().err
    assert code("--workspace", str(tmp_path / "second"), "--quiet", "init") == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert code("--workspace", str(tmp_path / "third"), "init") == 0
    assert "passphrase" not in capsys.readouterr().err


class Terminal:
    """A command in a real terminal."""

    def __init__(self, root: Path, *words: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "AHTC_PASSPHRASE_FILE"}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "ahtc_tui", "--workspace", str(root), *words],
            env={**environment, "TERM": "xterm-256color"},
            encoding="utf-8",
            timeout=20,
            dimensions=(24, 80),
        )
        self.said = io.StringIO()
        self.child.logfile_read = self.said

    def answer(self, question: str, line: str) -> Terminal:
        """Wait for a question, and answer it."""
        self.child.expect_exact(question)
        self.child.sendline(line)
        return self

    def end(self) -> int | None:
        """Wait for the end; the exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        status: int | None = self.child.exitstatus
        return status


@pytest.mark.terminal
def test_a_person_at_a_terminal_is_asked_without_echo(office: Path) -> None:
    short = Terminal(office, "passphrase", "set").answer("New passphrase: ", "short")
    assert short.end() == 2
    other = Terminal(office, "passphrase", "set").answer("New passphrase: ", PASSPHRASE).answer("once more: ", OTHER)
    assert other.end() == 2
    assert "are not the same" in other.said.getvalue()
    made = (
        Terminal(office, "passphrase", "set").answer("New passphrase: ", PASSPHRASE).answer("once more: ", PASSPHRASE)
    )
    assert made.end() == 0
    listed = Terminal(office, "actions", "list", "--limit", "3").answer("Passphrase of ", "a slip of the hand")
    listed.answer("Passphrase of ", PASSPHRASE)
    assert listed.end() == 0
    assert "passphrase is not right" in listed.said.getvalue()
    assert "DP-" in listed.said.getvalue()
    screen = Terminal(office, "--as-at", "2013-12-31").answer("Passphrase of ", PASSPHRASE)
    screen.child.expect_exact("31 December 2013")
    screen.child.send("q")
    assert screen.end() == 0
    lost = Terminal(office, "today")
    for _try in range(3):
        lost.answer("Passphrase of ", "not this one")
    assert lost.end() == 5
    gone = Terminal(office, "today")
    gone.child.expect_exact("Passphrase of ")
    gone.child.sendeof()
    assert gone.end() == 2
    for terminal in (other, made, listed, screen, lost, gone):
        assert PASSPHRASE not in terminal.said.getvalue()
        assert "ERROR CORE" not in terminal.said.getvalue()


def test_the_command_line_never_shows_a_key(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ahtc_tui.cli.console.context import Context

    context = Context(None, None, False, "en")
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(locked))
    with context.workspace():
        pass
    [key] = context.keys.values()
    assert key not in repr(context)
    assert run(["actions", "list", "--limit", "1"]) == 0
