"""Keys are derived once, as SQLCipher does, and are neither shown nor stored."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.store.engine import encryption
from ahtc_tui.store.engine.creation import create_database
from ahtc_tui.store.engine.database import Database

PASSPHRASE = 'o\'r "gorau", Siân; ŵ — tŷ'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    database_path = tmp_path / "ahtc.db"
    create_database(database_path, PASSPHRASE)
    return database_path


def test_other_sqlcipher_programs_open_the_file_with_the_passphrase(path: Path) -> None:
    with closing(dbapi2.connect(str(path))) as connection:
        connection.execute(f"PRAGMA key = '{PASSPHRASE.replace(chr(39), chr(39) * 2)}'")
        assert connection.execute("SELECT count(*) FROM actions").fetchone() == (0,)


def test_a_passphrase_is_the_same_however_a_machine_writes_its_accents(path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    with closing(Database(path, PASSPHRASE)) as database, closing(Database(path, decomposed)) as same:
        assert same.key == database.key


@pytest.mark.long
def test_key_derivation_is_fast_and_happens_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "_derive", vars(encryption)["_derive"].__wrapped__)

    def measure_seconds(open_database: Callable[[], Database]) -> float:
        began = time.process_time()
        open_database().close()
        return time.process_time() - began

    database = Database(path, PASSPHRASE)
    unlock = min(measure_seconds(lambda: Database(path, PASSPHRASE)) for _turn in range(3))
    further = min(measure_seconds(database.open_reader) for _turn in range(5))
    database.close()
    assert unlock <= 0.3
    assert further <= 0.005
    assert further < unlock / 10


def test_a_reader_is_opened_without_deriving_anything(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Database(path, PASSPHRASE)) as database:
        monkeypatch.setattr("hashlib.pbkdf2_hmac", lambda *_given: pytest.fail("derived again"))
        monkeypatch.setattr(encryption, "_read_head", lambda _path: pytest.fail("the file was read by itself"))
        with closing(database.open_reader()) as reader:
            assert reader.key == database.key


def test_passphrase_and_key_are_neither_stored_nor_shown(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with closing(Database(path, PASSPHRASE)) as database:
        raw = database.key or ""
        assert raw not in repr(database)
    with pytest.raises(StoreError, match="passphrase is wrong") as wrong:
        Database(path, "something else")
    assert "something else" not in str(wrong.value)
    content = path.read_bytes()
    assert [
        secret for secret in (PASSPHRASE.encode(), raw[2:66].encode(), bytes.fromhex(raw[2:66])) if secret in content
    ] == []
    assert [file.name for file in path.parent.iterdir()] == ["ahtc.db"]
    assert capfd.readouterr() == ("", "")


def test_a_new_file_has_as_many_rounds_as_the_machine_runs_in_the_time_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encryption, "measure_rounds", lambda: 700_000)
    create_database(tmp_path / "slow.db", PASSPHRASE)
    monkeypatch.setattr(encryption, "measure_rounds", lambda: pytest.fail("an existing file has its rounds"))
    Database(tmp_path / "slow.db", PASSPHRASE).close()
    salt = (tmp_path / "slow.db").read_bytes()[:16]
    rounds = encryption.read_rounds(salt)
    assert rounds == 640_000
    with closing(dbapi2.connect(str(tmp_path / "slow.db"))) as connection:
        connection.execute(f"PRAGMA key = '{PASSPHRASE.replace(chr(39), chr(39) * 2)}'")
        connection.execute(f"PRAGMA kdf_iter = {rounds}")
        assert connection.execute("SELECT count(*) FROM actions").fetchone() == (0,), "other programs open it"


def test_rounds_are_never_fewer_than_those_of_sqlcipher() -> None:
    assert encryption.measure_rounds(seconds=0) == 256_000
    assert encryption.measure_rounds(seconds=60) > 256_000
    assert encryption.read_rounds(encryption.create_salt(256_000)) == 256_000
    assert encryption.read_rounds(b"ahk\x01" + bytes(12)) == 256_000, "a hostile file does not weaken a key"
    assert encryption.read_rounds(encryption.create_salt(10**9)) == 255 * 64_000, "nor take minutes to open"


def test_two_files_of_one_passphrase_have_different_keys(path: Path, tmp_path: Path) -> None:
    create_database(tmp_path / "second.db", PASSPHRASE)
    with closing(Database(path, PASSPHRASE)) as first, closing(Database(tmp_path / "second.db", PASSPHRASE)) as second:
        assert first.key != second.key


@pytest.mark.sample(5)
@pytest.mark.parametrize(
    ("name", "encrypted"), [("ahtc.db", True), ("plain.db", False), ("notes.txt", False), ("none", False), (".", False)]
)
def test_encrypted_files_are_recognized(path: Path, name: str, encrypted: bool) -> None:
    create_database(path.parent / "plain.db")
    (path.parent / "notes.txt").write_text("Minutes of the Leadership Group. " * 100)
    assert encryption.is_encrypted(path.parent / name) is encrypted
