"""A state machine of an office and two laptops that write concurrently and merge, compared with a model.

The model records what each writer had seen. Few records are used, so that many changes meet in one.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Collection, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ahtc_tui.domain.errors import AhtcError, Cancelled
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.domain.privacy.person_mentions import REMOVED
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.replication.own_changes import OWN_CHANGES
from ahtc_tui.services.replication.removal_guard import REMOVALS
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal import ledger as journal
from ahtc_tui.store.journal.chain import CHAIN_START, CHANGE_COLUMNS, StoredChange, chain_change, compute_digest
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.journal.replay import HELD
from ahtc_tui.store.privacy.erasure_register import hash_name
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.relations import DETAIL_TABLES
from tests.builders import (
    TODAY,
    edit_database_directly,
    forget_later_fields,
    list_schema_steps_back,
    make_party,
    query_rows,
)
from tests.store.lost_writes import check_writes

NAME = "Zebedee Quill"
LAPTOPS = ("a", "b", "hub")
LAPTOP_NAMES = st.sampled_from(LAPTOPS)
PAIRS = st.sampled_from([(one, other) for one in LAPTOPS for other in LAPTOPS if one != other])
RECORD_INDEX = st.integers(0, 1)
FIELDS = st.sampled_from([("parties", "email"), ("parties", "short"), ("people", "role"), ("people", "note")])
ADDRESSES = ("zebedee.quill@example.invalid", "zq@example.invalid")
VALUES = st.sampled_from(["one", "two", f"rings {NAME} often", *ADDRESSES])
COMPARED_TABLES = ("parties", "people")


class RewritesAccepted(dict[str, str]):
    """Answers of a person who accepts every part of every erasure, and the changes of former devices."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the answer to a question."""
        is_part = key.startswith("erasure-") and key.count("-") > 1
        return "theirs" if is_part or key == OWN_CHANGES else super().get(key, default)


ACCEPTING = ImportOptions(accept_erasures=True, answers=RewritesAccepted({REMOVALS: "theirs"}))


def copy_workspace(office: Path, folder: Path, device: str) -> Workspace:
    """Copy a workspace to another laptop, under another device id."""
    shutil.copytree(office, folder)
    edit_database_directly(folder / DATABASE, f"UPDATE setting SET value = '{device}' WHERE name = 'device'")
    return open_workspace(folder, TODAY)


def forge_chains(path: Path) -> None:
    """Compute every chain of a closed database again, as a peer does that alters its journal and hides it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS change_is_never_altered")
        compute_chains(connection)


def number_places(connection: sqlite3.Connection) -> None:
    """Close the gaps that deleted lines left in the chains of an open journal."""
    query = "SELECT device, id FROM change WHERE position NOT NULL ORDER BY device, position"
    for _device, lines in groupby(connection.execute(query).fetchall(), key=itemgetter(0)):
        places = [(place, key) for place, (_name, key) in enumerate(lines, 1)]
        connection.executemany("UPDATE change SET position = ? WHERE id = ?", places)


def compute_chains(connection: sqlite3.Connection) -> None:
    """Compute every chain of an open journal again."""
    heads: dict[object, bytes] = {}
    query = f"SELECT {CHANGE_COLUMNS} FROM change WHERE position NOT NULL ORDER BY device, position, id"
    for row in connection.execute(query).fetchall():
        change = StoredChange(*row)
        digest = compute_digest(change.salt, change.user, change.value) if change.salt else change.digest
        chain = chain_change(heads.get(change.device, CHAIN_START), change._replace(digest=digest))
        heads[change.device] = chain
        connection.execute("UPDATE change SET digest = ?, chain = ? WHERE id = ?", (digest, chain, change.id))


def step_schema_back(path: Path, schema: int, *statements: str) -> None:
    """Give a closed database an earlier schema; lines from before schema 20 do not commit to their step."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        find_guards = "SELECT name, sql FROM sqlite_master WHERE name GLOB 'change_is_never_*'"
        guards = dict(connection.execute(find_guards).fetchall())
        for guard in guards:
            connection.execute(f"DROP TRIGGER {guard}")
        forget_later_fields(connection, schema)
        connection.execute("UPDATE change SET purpose = NULL")
        number_places(connection)
        compute_chains(connection)
        for statement in guards.values():
            connection.execute(statement)
    edit_database_directly(path, *list_schema_steps_back(schema), *statements)


def read_tables(office: Workspace, *names: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of these tables, or of all, with removed records and local numbers."""
    with office.database.read() as cursor:
        listed = names or list_record_tables(cursor)
        return {table: cursor.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in listed}


def list_shared_addresses(office: Workspace) -> list[str]:
    """Return the addresses of the person that another contact has too: an erasure leaves them in texts."""
    addresses = (email for (email,) in query_rows(office, "SELECT email FROM parties"))
    return [address for address in addresses if address in ADDRESSES]


def read_end(office: Workspace, shared: Collection[str]) -> tuple[Any, Any]:
    """Return all rows and conflicts, with shared addresses redacted: not every laptop knows that they are shared."""

    def redact(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(redact, value))
        return REMOVED if isinstance(value, str) and any(address in value for address in shared) else value

    tables = {table: [redact(row) for row in rows] for table, rows in read_tables(office).items()}
    return tables, set(map(redact, read_conflicts(office)))


class Clock:
    """A clock that can be set wrong."""

    offset = 0

    def time_ns(self) -> int:
        return time.time_ns() + self.offset * 1_000_000_000


CLOCK = Clock()


class Laptops(RuleBasedStateMachine):
    """The work of all laptops, with what each writer had seen."""

    world: Path
    """A folder with the workspace of each laptop at the start."""

    merge_orders: Sequence[tuple[str, ...]] = tuple((*LAPTOPS[n:], *LAPTOPS[:n]) for n in range(len(LAPTOPS)))
    """The orders in which the files are merged at the end."""

    @initialize()
    def open(self) -> None:
        vars(journal)["time"] = CLOCK
        CLOCK.offset = 0
        self.folder = Path(mkdtemp(dir=self.world.parent)) / "round"
        shutil.copytree(self.world, self.folder)
        self.workspaces = {name: open_workspace(self.folder / name, TODAY) for name in LAPTOPS}
        self.rows = [query_rows(self.workspaces["a"], "SELECT id FROM parties WHERE name = ?", NAME)[0][0]]
        self.erased: set[RowKey] = set()
        self.seen_by_change: dict[RowKey, frozenset[RowKey]] = {}
        """By change, the changes that its laptop had when it was written."""
        self.change_ids = {name: self.read_change_ids(office) for name, office in self.workspaces.items()}
        self.snapshots: list[Path] = []

    @staticmethod
    def read_change_ids(office: Workspace) -> frozenset[RowKey]:
        return frozenset(key for (key,) in query_rows(office, "SELECT id FROM change"))

    def record_writes(self, name: str) -> None:
        before, after = self.change_ids[name], self.read_change_ids(self.workspaces[name])
        self.seen_by_change |= dict.fromkeys(after - before, before)
        self.change_ids[name] = after

    def exists(self, name: str, key: RowKey, table: Table = "parties") -> bool:
        return bool(query_rows(self.workspaces[name], f"SELECT 1 FROM {table} WHERE id = ? AND NOT deleted", key))

    def is_known(self, name: str, key: RowKey) -> bool:
        return bool(
            query_rows(self.workspaces[name], "SELECT 1 FROM parties WHERE id = ? AND ref NOT GLOB 'erased-*'", key)
        )

    @precondition(lambda self: len(self.rows) < 2)
    @rule(name=LAPTOP_NAMES)
    def create(self, name: str) -> None:
        self.rows.append(make_party(self.workspaces[name], "Second", f"second-{name}", kind="person"))
        self.record_writes(name)

    @rule(name=LAPTOP_NAMES, place=RECORD_INDEX, field=FIELDS, value=VALUES)
    def edit(self, name: str, place: int, field: tuple[Table, str], value: str) -> None:
        self.write_value(name, place, field, value)

    @rule(pair=PAIRS, place=RECORD_INDEX, field=FIELDS, value=VALUES)
    def remove_and_write_apart(self, pair: tuple[str, str], place: int, field: tuple[Table, str], value: str) -> None:
        self.remove_record(pair[0], place)
        self.write_value(pair[1], place, field, value)

    def write_value(self, name: str, index: int, field: tuple[Table, str], value: str) -> None:
        key = self.rows[index % len(self.rows)]
        if NAME in value and (key == self.rows[0] or not self.is_known(name, key=self.rows[0])):
            value = "three"  # names are written only about others while they are known
        if value in ADDRESSES and not self.may_write_address(name, key, field[1]):
            value = "four"
        if self.exists(name, key) and self.exists(name, key, field[0]):
            with self.workspaces[name].database.write("edit") as ledger:
                ledger.update(field[0], key, {field[1]: value})
            self.record_writes(name)

    def may_write_address(self, name: str, key: RowKey, field: str) -> bool:
        """An address belongs to one person, and may be written anywhere while that person is known."""
        return self.is_known(name, self.rows[0]) and field in (("email",) if key == self.rows[0] else ("role", "note"))

    @rule(name=LAPTOP_NAMES, place=RECORD_INDEX)
    def delete(self, name: str, place: int) -> None:
        self.remove_record(name, place)

    def remove_record(self, name: str, index: int) -> None:
        key = self.rows[index % len(self.rows)]
        if self.exists(name, key):
            with self.workspaces[name].database.write("delete") as ledger:
                ledger.remove("parties", key)
            self.record_writes(name)

    @rule(name=LAPTOP_NAMES, place=RECORD_INDEX)
    def restore(self, name: str, place: int) -> None:
        key = self.rows[place % len(self.rows)]
        if self.is_known(name, key) and not self.exists(name, key):
            with self.workspaces[name].database.write("restore") as ledger:
                ledger.restore("parties", key)
            self.record_writes(name)

    @rule(seconds=st.sampled_from([-20, 20]))
    def set_the_clock_wrong(self, seconds: int) -> None:
        CLOCK.offset += seconds

    @rule(pair=PAIRS, broken_off=st.sampled_from([False, False, True]))
    def merge_pair(self, pair: tuple[str, str], broken_off: bool) -> None:
        name, peer_name = pair
        before = read_tables(self.workspaces[name], *COMPARED_TABLES)
        try:
            with run_as_job(RunningJob(is_stopped=broken_off)):
                merge_file(self.workspaces[name], self.workspaces[peer_name].database.path, ACCEPTING)
        except Cancelled:
            assert read_tables(self.workspaces[name], *COMPARED_TABLES) == before
            assert self.read_change_ids(self.workspaces[name]) == self.change_ids[name]
        self.change_ids[name] = self.read_change_ids(self.workspaces[name])

    @rule(name=LAPTOP_NAMES)
    def leave_a_file(self, name: str) -> None:
        path = self.folder / f"{len(self.snapshots)}.ahtc"
        shutil.copy(self.workspaces[name].database.path, path)
        self.snapshots.append(path)

    @precondition(lambda self: self.snapshots)
    @rule(name=LAPTOP_NAMES, place=st.integers(0, 9))
    def find_an_old_file(self, name: str, place: int) -> None:
        merge_file(self.workspaces[name], self.snapshots[place % len(self.snapshots)], ACCEPTING)
        self.change_ids[name] = self.read_change_ids(self.workspaces[name])

    @precondition(lambda self: not self.erased)
    @rule(name=LAPTOP_NAMES, rarely=st.integers(0, 4))
    def erase(self, name: str, rarely: int) -> None:
        key = self.rows[0]
        if not rarely and self.is_known(name, key):
            refs = query_rows(self.workspaces[name], "SELECT ref FROM parties WHERE id = ?", key)
            try:
                erase_person(self.workspaces[name], refs[0][0] if self.exists(name, key) else NAME)
            except AhtcError:
                return
            self.erased.add(key)
            self.change_ids[name] = self.read_change_ids(self.workspaces[name])

    def teardown(self) -> None:
        if not hasattr(self, "workspaces"):
            return
        try:
            self.merge_all()
        finally:
            vars(journal)["time"] = time
            for office in self.workspaces.values():
                office.close()
            shutil.rmtree(self.folder.parent)

    def merge_all(self) -> None:
        """Merge the three files in several orders and compare the results."""
        for office in self.workspaces.values():
            office.close()
        ends = []
        for n, (first, *rest_of_laptops) in enumerate(self.merge_orders):
            shutil.copytree(self.folder / first, self.folder / f"end-{n}")
            office = open_workspace(self.folder / f"end-{n}", TODAY)
            for peer_name in rest_of_laptops:
                merge_file(office, self.folder / peer_name / DATABASE, ACCEPTING)
            ends.append(office)
        try:
            shared = {address for office in ends for address in list_shared_addresses(office)} if self.erased else set()
            first_end = read_end(ends[0], shared)
            for office in ends[1:]:
                assert read_end(office, shared) == first_end
            assert integrity_check.find_faults(ends[len(self.seen_by_change) % 3].database) == []
            for office in ends:
                self.check_no_lost_writes(office)
                self.check_erased_stay_erased(office)
                check_contact_rows(office)
        finally:
            for office in ends:
                office.close()

    def check_no_lost_writes(self, office: Workspace) -> None:
        check_writes(office, self.seen_by_change, is_erased=bool(self.erased))

    def check_erased_stay_erased(self, office: Workspace) -> None:
        if self.erased:
            texts = query_rows(office, "SELECT value FROM change UNION ALL SELECT name || ref FROM parties")
            assert not [value for (value,) in texts if value and "zebedee" in value.lower()]
            own = json.loads(query_rows(office, "SELECT marks FROM erasure WHERE row_id = ?", self.rows[0])[0][0])
            salt = query_rows(office, "SELECT value FROM setting WHERE name = 'erasure_salt'")[0][0]
            is_shared = ADDRESSES[1] in list_shared_addresses(office)
            if hash_name(ADDRESSES[1], parse_key(salt)) in own and not is_shared:
                assert not [value for (value,) in texts if value and ADDRESSES[1] in value]


def check_contact_rows(office: Workspace) -> None:
    """Check that each contact has its two rows, removed or not together."""
    for kind, table in DETAIL_TABLES.items():
        rows = f"(SELECT id, deleted FROM parties WHERE kind = '{kind}') p FULL JOIN {table} d ON d.id = p.id"
        assert query_rows(office, f"SELECT 1 FROM {rows} WHERE p.deleted IS NOT d.deleted") == [], kind


def read_conflicts(office: Workspace) -> set[tuple[str, RowKey, str, tuple[str, ...]]]:
    """Return every conflict with its values."""
    conflicts_found = set()
    with office.database.read() as cursor:
        tables = TableWriter(cursor)
        for table, key in cursor.execute('SELECT DISTINCT "table", row_id FROM change').fetchall():
            for field, values in tables.resolve_record((table, key)).state.conflicts.items():
                if field != HELD:
                    conflicts_found.add((table, key, field, tuple(sorted(map(json.dumps, values)))))
    return conflicts_found
