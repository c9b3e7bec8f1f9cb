"""Keys: derived once as SQLCipher derives them, and nothing of them on the screen, in the file or beside it."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.store.engine import encryption
from ahtc_tui.store.engine.creation import create
from ahtc_tui.store.engine.database import Database

PASSPHRASE = 'o\'r "gorau", Siân; ŵ — tŷ'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ahtc.db"
    create(made, PASSPHRASE)
    return made


def test_any_program_that_speaks_sqlcipher_opens_the_file_with_the_passphrase(path: Path) -> None:
    with closing(dbapi2.connect(str(path))) as other:
        other.execute(f"PRAGMA key = '{PASSPHRASE.replace(chr(39), chr(39) * 2)}'")
        assert other.execute("SELECT count(*) FROM actions").fetchone() == (0,)


def test_a_passphrase_is_the_same_however_a_machine_writes_its_accents(path: Path) -> None:
    import unicodedata

    Database(path, unicodedata.normalize("NFD", PASSPHRASE)).close()


def test_unlocking_takes_less_than_a_third_of_a_second_and_further_connections_nothing(path: Path) -> None:
    def seconds(open_it: object) -> float:
        began = time.process_time()
        open_it().close()  # type: ignore[operator]
        return time.process_time() - began

    database = Database(path, PASSPHRASE)
    unlock = min(seconds(lambda: Database(path, PASSPHRASE)) for _turn in range(3))
    further = min(seconds(database.reader) for _turn in range(5))
    database.close()
    assert unlock <= 0.3
    assert further <= 0.005
    assert further < unlock / 10


def test_a_reader_is_opened_without_deriving_anything(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Database(path, PASSPHRASE)) as database:
        monkeypatch.setattr("hashlib.pbkdf2_hmac", lambda *_given: pytest.fail("derived again"))
        monkeypatch.setattr(encryption, "_head", lambda _path: pytest.fail("the file was read by itself"))
        database.reader().close()


def test_nothing_of_a_passphrase_or_key_stands_in_the_file_or_is_shown(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with closing(Database(path, PASSPHRASE)) as database:
        raw = database.key or ""
        assert raw not in repr(database)
    with pytest.raises(StoreError, match="passphrase is not right") as wrong:
        Database(path, "something else")
    assert "something else" not in str(wrong.value)
    held = path.read_bytes()
    assert [said for said in (PASSPHRASE.encode(), raw[2:66].encode(), bytes.fromhex(raw[2:66])) if said in held] == []
    assert [one.name for one in path.parent.iterdir()] == ["ahtc.db"]
    assert capfd.readouterr() == ("", "")


def test_two_files_of_one_passphrase_have_different_keys(path: Path, tmp_path: Path) -> None:
    create(tmp_path / "second.db", PASSPHRASE)
    with closing(Database(path, PASSPHRASE)) as first, closing(Database(tmp_path / "second.db", PASSPHRASE)) as second:
        assert first.key != second.key


@pytest.mark.parametrize(
    ("name", "encrypted"), [("ahtc.db", True), ("plain.db", False), ("notes.txt", False), ("none", False), (".", False)]
)
def test_a_file_tells_whether_it_has_a_passphrase(path: Path, name: str, encrypted: bool) -> None:
    create(path.parent / "plain.db")
    (path.parent / "notes.txt").write_text("Minutes of the Leadership Group. " * 100)
    assert encryption.is_encrypted(path.parent / name) is encrypted
