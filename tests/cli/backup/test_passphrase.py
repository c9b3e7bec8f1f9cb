"""`ahtc passphrase`, and the sources of a passphrase: file, standard input, terminal."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import ModuleType

import pexpect
import pytest

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.main import run
from ahtc_tui.domain.i18n import Language
from tests.cli.promises import Captured, read_json, run_command

PASSPHRASE, OTHER = "carreg afon lleuad", "o'r gorau, Siân"


@pytest.fixture
def feed_stdin(monkeypatch: pytest.MonkeyPatch) -> object:
    """Return a function that replaces standard input by lines."""

    def set_lines(*texts: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in texts)))

    return set_lines


@pytest.fixture
def passphrase_file(
    office: Path, feed_stdin: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> Path:
    """Encrypt the database and return a file with its passphrase."""
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command("passphrase", "set", "--passphrase-stdin") == 0
    capsys.readouterr()
    feed_stdin()  # type: ignore[operator]
    file = tmp_path / "passphrase.txt"
    file.write_text(f"{PASSPHRASE}\r\n", encoding="utf-8")
    file.chmod(0o600)
    return file


@pytest.mark.skipif(os.name == "nt", reason="Windows files have no permission bits for other accounts")
def test_a_passphrase_file_that_others_can_read_is_reported(
    passphrase_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(passphrase_file))
    assert run_command("today") == 0
    assert "can read the passphrase" not in capsys.readouterr().err
    passphrase_file.chmod(0o640)
    assert run_command("today") == 0
    assert f"chmod 600 {passphrase_file}" in capsys.readouterr().err


@pytest.mark.long
def test_plain_copies_are_named_when_a_passphrase_is_set(
    office: Path, feed_stdin: object, tmp_path: Path, capsys: Captured
) -> None:
    assert run_command("backup", str(tmp_path / "stick.db")) == 0
    assert run_command("export", "actions", str(tmp_path / "log.csv")) == 0
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command("--quiet", "passphrase", "set", "--passphrase-stdin") == 0
    captured = capsys.readouterr().err
    assert "2 files are not encrypted" in captured
    assert f"  {tmp_path / 'stick.db'}\n  {tmp_path / 'log.csv'}\n" in captured


def test_a_command_without_the_passphrase_says_how_to_give_it(passphrase_file: Path, capsys: Captured) -> None:
    for words in (("actions", "list"), ("check",), ("undo",), ("pack", "forum.ahtc"), ("passphrase", "remove")):
        assert run_command(*words) == 5
        captured = capsys.readouterr()
        assert (captured.out, captured.err.count("\n")) == ("", 1)
        assert "AHTC_PASSPHRASE_FILE" in captured.err
    assert run_command("--help") == run_command("paths") == 0


def test_every_command_reads_the_passphrase_file(
    passphrase_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, tmp_path: Path
) -> None:
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(passphrase_file))
    assert len(read_json(capsys, "actions", "list")) == 28
    assert run_command("actions", "add", "Under a passphrase") == 0
    assert run_command("undo") == run_command("redo") == 0
    assert run_command("export", "actions", str(tmp_path / "log.xlsx")) == 0
    capsys.readouterr()
    assert read_json(capsys, "check")["whole"]
    assert {row["check"]: row["ok"] for row in read_json(capsys, "doctor")}["database"]
    assert run_command("doctor", "--repair") == 0


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("content", "sentence"),
    [("something else", "passphrase is wrong"), (None, "No such file"), (b"\xff\xfe", "not UTF-8 text")],
)
def test_an_unusable_passphrase_file_is_one_sentence(
    passphrase_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, content: str | bytes | None, sentence: str
) -> None:
    if isinstance(content, bytes):
        passphrase_file.write_bytes(content)
    elif content is None:
        passphrase_file.unlink()
    else:
        passphrase_file.write_text(content)
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(passphrase_file))
    assert run_command("today") == 5
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert sentence in captured.err
    assert "something else" not in captured.err


@pytest.mark.long
def test_change_reads_old_and_new_passphrase_from_stdin(
    passphrase_file: Path, feed_stdin: object, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed_stdin("not the one", OTHER)  # type: ignore[operator]
    assert run_command("passphrase", "change", "--passphrase-stdin") == 5
    feed_stdin(PASSPHRASE, OTHER)  # type: ignore[operator]
    assert run_command("passphrase", "change", "--passphrase-stdin") == 0
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command("passphrase", "remove", "--passphrase-stdin") == 5
    passphrase_file.write_text(OTHER, encoding="utf-8")
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(passphrase_file))
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command("passphrase", "change", "--passphrase-stdin") == 0, (
        "one line is the new one, where a file has the old"
    )
    monkeypatch.delenv("AHTC_PASSPHRASE_FILE")
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command("passphrase", "remove", "--passphrase-stdin") == 0
    assert run_command("actions", "list") == 0
    assert capsys.readouterr().err.count("passphrase") > 0


def test_an_invalid_passphrase_changes_nothing(office: Path, feed_stdin: object, capsys: Captured) -> None:
    before = (office / "data" / "ahtc.db").read_bytes()
    for lines in ((), ("",), ("short",)):
        feed_stdin(*lines)  # type: ignore[operator]
        assert run_command("passphrase", "set", "--passphrase-stdin") == 2
    assert run_command("passphrase", "set") == 2, "nobody is asked where there is no terminal"
    assert run_command("passphrase", "set", PASSPHRASE) == 2, "never among the words of a command"
    assert run_command("passphrase", "change") == run_command("passphrase", "remove") == 6
    assert PASSPHRASE not in capsys.readouterr().err.replace(f'"{PASSPHRASE}" is not part of this command', "")
    assert (office / "data" / "ahtc.db").read_bytes() == before


def test_standard_input_that_is_no_text_is_one_sentence(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding="utf-8"))
    assert run_command("passphrase", "set", "--passphrase-stdin") == 2
    assert "cannot be read as text in UTF-8" in capsys.readouterr().err


def test_a_backup_that_cannot_be_encrypted_is_named(office: Path, feed_stdin: object, capsys: Captured) -> None:
    (office / "data" / "backups").mkdir()
    (office / "data" / "backups" / "older.db").write_bytes(b"x")
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command("passphrase", "set", "--passphrase-stdin") == 0
    assert "data/backups/older.db" in capsys.readouterr().err


@pytest.mark.long
def test_restored_backups_have_the_passphrase_of_the_workspace(
    passphrase_file: Path,
    office: Path,
    tmp_path: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    feed_stdin: object,
) -> None:
    database = office / "data" / "ahtc.db"
    encrypted, plain, archive = tmp_path / "encrypted.db", tmp_path / "plain.db", tmp_path / "office.zip"
    assert run_command("restore", str(passphrase_file), "--yes") == 5, "nobody can be asked"
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(passphrase_file))
    assert run_command("backup", str(encrypted)) == 0
    assert run_command("export", "everything", str(archive)) == 0
    assert run_command("actions", "add", "After the backup") == 0
    for backup in (encrypted, plain):
        if backup is plain:
            assert run_command("passphrase", "remove") == run_command("backup", str(plain)) == 0
            feed_stdin(PASSPHRASE)  # type: ignore[operator]
            assert run_command("passphrase", "set", "--passphrase-stdin") == 0
        assert run_command("restore", str(backup), "--dry-run") == run_command("restore", str(backup), "--yes") == 0
        assert not database.read_bytes().startswith(b"SQLite format 3")
        capsys.readouterr()
        assert len(read_json(capsys, "actions", "list")) == 28
        assert read_json(capsys, "check")["whole"]
    assert all(not path.read_bytes().startswith(b"SQLite") for path in (office / "data" / "backups").glob("*.db"))
    workspace_flags = ("--workspace", str(tmp_path / "there"))
    assert run_command(*workspace_flags, "init") == 0
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command(*workspace_flags, "passphrase", "set", "--passphrase-stdin") == 0
    assert run_command(*workspace_flags, "import", "everything", str(archive)) == 0
    assert not (tmp_path / "there" / "data" / "ahtc.db").read_bytes().startswith(b"SQLite")
    capsys.readouterr()
    assert len(read_json(capsys, *workspace_flags, "actions", "list")) == 28


def test_init_mentions_the_passphrase_on_a_terminal(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    assert run_command("--workspace", str(tmp_path / "first"), "init") == 0
    assert "`ahtc passphrase set`" in capsys.readouterr().err
    assert run_command("--workspace", str(tmp_path / "second"), "--quiet", "init") == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run_command("--workspace", str(tmp_path / "third"), "init") == 0
    assert "passphrase" not in capsys.readouterr().err


class Terminal:
    """A command in a pseudo-terminal."""

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
        self.output = io.StringIO()
        self.child.logfile_read = self.output

    def answer_question(self, question: str, line: str) -> Terminal:
        """Wait for a question and type the answer."""
        self.child.expect_exact(question)
        self.child.sendline(line)
        return self

    def wait_for_exit(self) -> int | None:
        """Wait for the end of the command and return its exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        status: int | None = self.child.exitstatus
        return status


@pytest.mark.long
@pytest.mark.terminal
def test_the_terminal_asks_for_the_passphrase_without_echo(office: Path) -> None:
    short = Terminal(office, "passphrase", "set").answer_question("New passphrase: ", "short")
    assert short.wait_for_exit() == 2
    mismatch = (
        Terminal(office, "passphrase", "set")
        .answer_question("New passphrase: ", PASSPHRASE)
        .answer_question("Repeat the passphrase: ", OTHER)
    )
    assert mismatch.wait_for_exit() == 2
    assert "are not the same" in mismatch.output.getvalue()
    encrypted = (
        Terminal(office, "passphrase", "set")
        .answer_question("New passphrase: ", PASSPHRASE)
        .answer_question("Repeat the passphrase: ", PASSPHRASE)
    )
    assert encrypted.wait_for_exit() == 0
    listed = Terminal(office, "actions", "list", "--limit", "3").answer_question("Passphrase of ", "a slip of the hand")
    listed.answer_question("Passphrase of ", PASSPHRASE)
    assert listed.wait_for_exit() == 0
    assert "passphrase is wrong" in listed.output.getvalue()
    assert "DP-" in listed.output.getvalue()
    screen = Terminal(office, "--as-at", "2013-12-31").answer_question("Passphrase of ", PASSPHRASE)
    screen.child.expect_exact("31 December 2013")
    screen.child.send("q")
    assert screen.wait_for_exit() == 0
    lost = Terminal(office, "today")
    for _try in range(3):
        lost.answer_question("Passphrase of ", "not this one")
    assert lost.wait_for_exit() == 5
    ended = Terminal(office, "today")
    ended.child.expect_exact("Passphrase of ")
    ended.child.sendeof()
    assert ended.wait_for_exit() == 2
    for terminal in (mismatch, encrypted, listed, screen, lost, ended):
        assert PASSPHRASE not in terminal.output.getvalue()
        assert "ERROR CORE" not in terminal.output.getvalue()


def test_the_command_line_never_shows_a_key(passphrase_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = Context(None, None, False, Language.EN)
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(passphrase_file))
    with context.open_workspace():
        pass
    [key] = context.keys.values()
    assert key not in repr(context)
    assert run(["actions", "list", "--limit", "1"]) == 0


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring in memory in place of the optional package."""
    entries: dict[tuple[str, str], str] = {}
    errors = ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    package = ModuleType("keyring")
    package.get_password = lambda *account: entries.get(account)  # type: ignore[attr-defined]
    package.set_password = lambda *values: entries.update({values[:2]: values[2]})  # type: ignore[attr-defined]
    package.delete_password = lambda *account: entries.pop(account)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", package)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return entries


def test_the_keyring_is_used_only_where_the_settings_say_so(
    passphrase_file: Path, office: Path, feed_stdin: object, keyring: dict[tuple[str, str], str], capsys: Captured
) -> None:
    feed_stdin("something else")  # type: ignore[operator]
    assert run_command("passphrase", "remember", "--passphrase-stdin") == 5
    assert keyring == {}
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command("passphrase", "remember", "--passphrase-stdin") == 0
    assert keyring == {("ahtc", str(office.resolve())): PASSPHRASE}
    assert run_command("today") == 5
    (office / "ahtc.toml").write_text("keyring = true\n", encoding="utf-8")
    assert run_command("today") == 0
    keyring["ahtc", str(office.resolve())] = OTHER
    capsys.readouterr()
    assert run_command("today") == 5
    assert "passphrase is wrong" in capsys.readouterr().err
    assert run_command("passphrase", "forget") == 0
    assert keyring == {}
    assert run_command("passphrase", "forget") == 0
    assert "no passphrase for this workspace" in capsys.readouterr().err


def test_a_missing_keyring_is_one_sentence(
    passphrase_file: Path, office: Path, feed_stdin: object, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    (office / "ahtc.toml").write_text("keyring = true\n", encoding="utf-8")
    feed_stdin(PASSPHRASE)  # type: ignore[operator]
    assert run_command("passphrase", "remember", "--passphrase-stdin") == 5
    assert 'pip install "ahtc[keyring]"' in capsys.readouterr().err
    assert run_command("today") == 5
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(passphrase_file))
    assert run_command("today") == 0
