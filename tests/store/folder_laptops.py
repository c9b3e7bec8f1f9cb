"""The state machine of three laptops with a folder as hub, whose files are cut, delayed, doubled, lost and altered."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from ahtc_tui.domain.errors import AhtcError, Cancelled
from ahtc_tui.domain.imports.report import ImportReport
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.folder_sync import sync_with_folder
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.engine.encryption import derive_key_of_salt
from ahtc_tui.store.hub import folder as folder_hub
from ahtc_tui.store.hub import laptop_file
from ahtc_tui.store.hub.connection import format_columns
from tests.builders import TODAY
from tests.store.hostile_copy import JOURNAL_DEEDS, make_hostile_copy
from tests.store.hostile_laptops import SEEDS, HostileLaptops
from tests.store.hub_laptops import ORDERS
from tests.store.laptops import ACCEPTING, COMPARED_TABLES, LAPTOP_NAMES, LAPTOPS, Laptops, read_conflicts, read_tables
from tests.store.undoing_laptops import read_shown

PASSPHRASE = "carreg afon lleuad"


def cut(file: Path, chance: random.Random) -> None:
    """Cut a file, as a copy that has not ended yet."""
    data = file.read_bytes()
    file.write_bytes(data[: chance.randrange(len(data))])


def delay(file: Path, _chance: random.Random) -> None:
    """Put the first part of a file in its place, as a folder that is copied late."""
    read = [item for item in laptop_file.list_files(file.parent) if item.path == file]
    for item in read[:1]:
        if item.parts:
            offset, length = item.parts[0]
            file.write_bytes(file.read_bytes()[: offset + length])


def double(file: Path, _chance: random.Random) -> None:
    shutil.copyfile(file, file.with_name(f"{file.stem} (conflicted copy){file.suffix}"))


def rename(file: Path, _chance: random.Random) -> None:
    file.rename(file.with_name(f"{file.stem}-1{file.suffix}"))


def lose(file: Path, _chance: random.Random) -> None:
    file.unlink()


def alter(file: Path, chance: random.Random) -> None:
    """Change one byte of a file."""
    data = bytearray(file.read_bytes())
    data[chance.randrange(len(data))] ^= 1 + chance.randrange(255)
    file.write_bytes(data)


TROUBLES: tuple[Callable[[Path, random.Random], None], ...] = (cut, delay, double, rename, lose, alter)
ENDS = st.sampled_from(["", "", "", "stopped", "died", "half"])


class Died(Exception):
    """The laptop dies before or while it writes its file."""


def sync(office: Workspace, folder: Path, end: str = "") -> ImportReport:
    """Sync, unless it is stopped, or the laptop dies before its file is written, or after half of it."""

    def die(*_arguments: Any) -> None:
        raise Died

    def write_half(stream: Any, _hasher: Any, part: bytes) -> None:
        stream.write(len(part).to_bytes(8, "big") + part[: len(part) // 2])
        stream.flush()
        raise Died

    with pytest.MonkeyPatch.context() as patch:
        if end == "died":
            patch.setattr(folder_hub, "send", die)
        if end == "half":
            patch.setattr(laptop_file, "_write_part", write_half)
        with run_as_job(RunningJob(is_stopped=end == "stopped")):
            return sync_with_folder(office, str(folder), PASSPHRASE, ACCEPTING)


class LaptopsWithFolder(Laptops):
    """The laptops of the merge machine, with a folder."""

    @initialize()
    def open(self) -> None:
        super().open()
        self.share = self.folder / "share"
        self.share.mkdir()

    @rule(name=LAPTOP_NAMES, end=ENDS)
    def go_to_the_folder(self, name: str, end: str) -> None:
        before = read_tables(self.workspaces[name], *COMPARED_TABLES)
        try:
            sync(self.workspaces[name], self.share, end)
        except Cancelled:
            assert read_tables(self.workspaces[name], *COMPARED_TABLES) == before
        except (Died, AhtcError):
            pass  # every file may be damaged
        self.change_ids[name] = self.read_change_ids(self.workspaces[name])

    @rule(place=st.integers(0, 9), trouble=st.sampled_from(TROUBLES), seed=SEEDS)
    def damage_a_file(self, place: int, trouble: Callable[[Path, random.Random], None], seed: int) -> None:
        if files := sorted(self.share.glob("*.ahtcsync")):
            trouble(files[place % len(files)], random.Random(seed))

    def merge_all(self) -> None:
        """Sync in every order, whatever was done to the files, and compare the results."""
        for office in self.workspaces.values():
            office.close()
        results: list[Any] = []
        for n, order in enumerate(ORDERS):
            share = shutil.copytree(self.share, self.folder / f"share-{n}")
            ends = [
                open_workspace(shutil.copytree(self.folder / name, self.folder / f"{name}-{n}"), TODAY)
                for name in LAPTOPS
            ]
            try:
                if not any(laptop_file.list_files(share)) or not has_readable_file(share):
                    shutil.rmtree(share)
                    share.mkdir()
                for turn in (*order, *order):
                    sync(ends[turn], share)
                results += [(read_tables(end), read_conflicts(end)) for end in ends]
                assert integrity_check.find_faults(ends[n].database) == []
                self.check_no_lost_writes(ends[n])
                self.check_erased_stay_erased(ends[n])
            finally:
                for end in ends:
                    end.close()
        assert all(result == results[0] for result in results)


def has_readable_file(share: Path) -> bool:
    """Return whether a part of a file is whole; without one the passphrase cannot be checked."""
    return any(file.parts for file in laptop_file.list_files(share))


class HostileFolder(HostileLaptops):
    """The laptops of the machine with a hostile peer, who has the passphrase and puts files into the folder."""

    @initialize(seed=SEEDS)
    def open(self, seed: int) -> None:
        super().open(seed)
        self.share = self.folder / "share"
        self.share.mkdir()

    @rule(name=LAPTOP_NAMES, undoes=st.booleans())
    def sync(self, name: str, undoes: bool) -> None:
        """Sync; erasures are accepted while there is no hostile file. A sync is one step."""
        office = self.workspaces[name]
        options = None if list(self.share.glob("evil*")) else ACCEPTING
        before = read_shown(office)
        if options is not None:
            sync_with_folder(office, str(self.share), PASSPHRASE, options)
            self.remember_merge(name, before)
            self.check_whole(office)
            return
        self.meet_hostile_peer(
            name, lambda: sync_with_folder(office, str(self.share), PASSPHRASE), frozenset(), undoes=undoes
        )

    @rule(
        victim=LAPTOP_NAMES,
        deeds=st.lists(st.sampled_from(JOURNAL_DEEDS), min_size=1, max_size=4),
        hides=st.booleans(),
        seed=SEEDS,
    )
    def put_a_hostile_file(self, victim: str, deeds: list[str], hides: bool, seed: int) -> None:
        self.hostile_count += 1
        target = self.folder / f"{self.hostile_count}.evil"
        copy = make_hostile_copy(
            self.workspaces[victim].database.path, target, deeds, hides=hides, encrypts=False, seed=seed
        )
        self.forged |= copy.forged
        self.altered |= copy.altered
        write_as_laptop_file(copy.path, self.share / f"evil-{self.hostile_count}.ahtcsync")


def write_as_laptop_file(database: Path, target: Path) -> None:
    """Write the journal of a plain database as the file of a laptop."""
    with closing(sqlite3.connect(database)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        rows = {
            table: connection.execute(f'SELECT {format_columns(table)} FROM "{table}"').fetchall()
            for table in folder_hub.JOURNAL_TABLES
        }
        query = "SELECT name, value FROM setting WHERE name IN (?, ?)"
        rows["setting"] = connection.execute(query, folder_hub.SENT_SETTINGS).fetchall()
    salt = next((file.salt for file in laptop_file.list_files(target.parent) if file.salt), bytes(range(16)))
    key = derive_key_of_salt(PASSPHRASE, salt)
    laptop_file.write_file(target, laptop_file.build_part(rows, key, database.parent))
