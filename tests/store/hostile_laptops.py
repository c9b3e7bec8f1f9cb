"""The state machine of three laptops with backups, broken merges, answers to conflicts, and a hostile peer.

One seed drives the clock, the keys, the salts and the hostile peer; it is an argument of the first step, which a
failure prints.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.imports.report import ImportReport
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.services import history
from ahtc_tui.services.backup import make_backup
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.replication import conflicts
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.replication.merge_report import MergeReport
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal import devices, ledger
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.records.table_names import Table
from ahtc_tui.store.replication import peer_database
from tests.builders import TODAY, query_rows
from tests.store.hostile_copy import DEEDS, EVIL, make_hostile_copy
from tests.store.laptops import ACCEPTING, CLOCK, FIELDS, LAPTOP_NAMES, LAPTOPS, PAIRS, RECORD_INDEX, VALUES
from tests.store.seeded_world import World
from tests.store.undoing_laptops import PLACES, UndoingLaptops, is_shown, read_shown

SEEDS = st.integers(0, 2**32 - 1)
DAY = 86_400
UNLIMITED_PAGES = 2**32 - 2
PLACES_WITH_IDS = PLACES.replace("chain FROM", "chain, id FROM")
LINES = 'SELECT id, device, position, digest, chain, "user", value, salt FROM change'
BREAKS = (
    (peer_database, "insert_changes"),
    (TableWriter, "write_records"),
    (MergeReport, "build_report"),
    (ledger.Ledger, "finish"),
)
"""Where a merge breaks off: after the lines, after the rows, at its end, and after the search index."""


class BrokenOff(Exception):
    """A merge breaks off in the middle."""


class Backup(NamedTuple):
    """A backup of a laptop."""

    name: str
    path: Path


class HostileLaptops(UndoingLaptops):
    """The laptops of the machine with undo, with everything else that happens to them."""

    @initialize(seed=SEEDS)
    def open(self, seed: int) -> None:
        super().open()
        self.patch = pytest.MonkeyPatch()
        World(seed).install(self.patch)
        self.backups: list[Backup] = []
        self.replaced: list[Backup] = []
        """What a restore replaced, with the writes since the backup."""
        self.hostile_count = 0
        self.forged: set[RowKey] = set()
        self.written_places: dict[tuple[Any, ...], RowKey] = {}
        """Each line that a laptop wrote, by device and position in its chain."""

    def record_writes(self, name: str) -> None:
        self.note_lines(name, self.read_change_ids(self.workspaces[name]) - self.every_change)
        super().record_writes(name)

    def note_lines(self, name: str, written: Iterable[RowKey]) -> None:
        """No two lines are written at one place, also by a copy and the one that it replaced."""
        for line in written:
            query = "SELECT device, position FROM change WHERE id = ?"
            (place,) = query_rows(self.workspaces[name], query, line)
            assert self.written_places.setdefault(place, line) == line, "two lines were written at one place"

    @rule(days=st.sampled_from([-400, -1, 1, 400]))
    def jump_with_the_clock(self, days: int) -> None:
        CLOCK.offset += days * DAY

    @rule(name=LAPTOP_NAMES, place=st.integers(0, 9), answer=st.sampled_from(["ours", "theirs", "other", "both"]))
    def resolve(self, name: str, place: int, answer: str) -> None:
        office = self.workspaces[name]
        listed = conflicts.list_conflicts(office)
        if not listed:
            return
        before = read_shown(office)
        try:
            conflicts.resolve_conflict(office, listed[place % len(listed)].id, answer)
        except AhtcError:
            assert read_shown(office) == before
        else:
            assert listed[place % len(listed)].id not in {item.id for item in conflicts.list_conflicts(office)}
        self.record_writes(name)
        self.check_whole(office)

    @rule(pair=PAIRS, take=st.sampled_from(["ours", "theirs"]))
    def merge_and_take(self, pair: tuple[str, str], take: str) -> None:
        """Resolutions that a merge writes are writes of this laptop, which saw both sides."""
        name, peer_name = pair
        office, had = self.workspaces[name], self.change_ids[name]
        before = read_shown(office)
        imported = merge_file(office, self.workspaces[peer_name].database.path, ACCEPTING, take=take)
        assert read_shown(office) == before or self.erased or has_news(imported), "a merge was silent"
        peer_ids = self.read_change_ids(self.workspaces[peer_name])
        if self.remember_merge(name, before):
            new = self.change_ids[name] - had - peer_ids
            self.note_lines(name, new)
            self.seen_by_change |= dict.fromkeys(new, had | peer_ids | new)
        self.check_whole(office)

    @rule(pair=PAIRS, place=st.integers(0, len(BREAKS)))
    def break_a_merge(self, pair: tuple[str, str], place: int) -> None:
        """A merge that breaks off, or whose disk is full, leaves everything as it was."""
        office, path = self.workspaces[pair[0]], self.workspaces[pair[1]].database.path
        before, connection = self.read_whole(office), office.database.connection
        with pytest.MonkeyPatch.context() as patch:
            if place < len(BREAKS):
                break_after(patch, *BREAKS[place])
            else:
                connection.execute("PRAGMA max_page_count = 1")
            shown = read_shown(office)
            try:
                merge_file(office, path, ACCEPTING)
            except (BrokenOff, AhtcError):
                assert self.read_whole(office) == before, "a broken merge changed something"
            finally:
                connection.execute(f"PRAGMA max_page_count = {UNLIMITED_PAGES}")
        self.remember_merge(pair[0], shown)
        self.check_whole(office)

    @rule(name=LAPTOP_NAMES)
    def back_up(self, name: str) -> None:
        path = self.folder / f"backup-{len(self.backups)}.db"
        make_backup(self.workspaces[name], path)
        self.backups.append(Backup(name, path))

    @precondition(lambda self: self.backups)
    @rule(place=st.integers(0, 9))
    def restore_a_backup(self, place: int) -> None:
        self.take_back(self.backups[place % len(self.backups)])

    @rule(name=LAPTOP_NAMES, place=RECORD_INDEX, field=FIELDS, value=VALUES)
    def write_before_and_after_a_restore(self, name: str, place: int, field: tuple[Table, str], value: str) -> None:
        self.back_up(name)
        self.write_value(name, place, field, value)
        self.take_back(self.backups[-1])
        self.write_value(name, place, field, value)

    def take_back(self, backup: Backup) -> None:
        """Restore a backup; what it replaced is kept and merged again before the end."""
        name, path = backup
        self.workspaces[name].close()
        try:
            result = restore_backup(self.workspaces[name].root, path, TODAY)
        finally:
            self.workspaces[name] = open_workspace(self.workspaces[name].root, TODAY)
        assert result.done
        assert result.replaced_whole
        assert result.replaced
        self.replaced.append(Backup(name, result.replaced))
        self.change_ids[name] = self.read_change_ids(self.workspaces[name])
        self.every_change |= self.change_ids[name]
        self.check_whole(self.workspaces[name])

    @rule(
        name=LAPTOP_NAMES,
        victim=LAPTOP_NAMES,
        deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=4),
        hides=st.booleans(),
        encrypts=st.sampled_from([True, True, True, False]),
        seed=SEEDS,
        take=st.sampled_from(["", "", "ours", "theirs"]),
        undoes=st.booleans(),
    )
    def merge_a_hostile_copy(
        self,
        name: str,
        victim: str,
        deeds: list[str],
        hides: bool,
        encrypts: bool,
        seed: int,
        take: str,
        undoes: bool,
    ) -> None:
        """A hostile copy of a peer, or of the laptop itself, adds noise, visibly and undoably, and takes nothing away.

        Unless it computes the chains again, no line of a laptop comes in altered.
        """
        self.hostile_count += 1
        target = self.folder / f"{self.hostile_count}.evil"
        source = self.workspaces[victim].database.path
        copy = make_hostile_copy(source, target, deeds, hides=hides, encrypts=encrypts, seed=seed)
        self.forged |= copy.forged
        known, sent = read_lines(self.workspaces[name]), read_lines(self.workspaces[victim])
        self.meet_hostile_peer(
            name,
            lambda: merge_file(self.workspaces[name], copy.path, key=copy.key, take=take),
            copy.forged,
            undoes=undoes,
        )
        if not hides:
            came = read_lines(self.workspaces[name]).items() - known.items()
            altered = [key for key, line in came if line[-1] and sent.get(key, line) != line]
            assert not altered, "a line was altered on its way"

    def meet_hostile_peer(
        self, name: str, exchange: Callable[[], ImportReport], forged: Iterable[RowKey], *, undoes: bool
    ) -> None:
        """Merge or sync with a hostile peer, and check that it took nothing away."""
        office = self.workspaces[name]
        whole, before = self.read_whole(office), read_shown(office)
        lines, people = read_lines(office), read_people(office)
        try:
            imported = exchange()
        except AhtcError:
            assert self.read_whole(office) == whole, "a refused file changed something"
            return
        self.check_nothing_taken(office, lines, people)
        self.check_own_lines(office, forged)
        assert read_shown(office) == before or has_news(imported), "a hostile merge was silent"
        if self.remember_merge(name, before) and undoes:
            history.undo_step(office)
            assert read_shown(office) == before, "noise was not taken back"
            self.check_nothing_taken(office, lines, people)
            self.change_ids[name] = self.read_change_ids(office)
        self.check_whole(office)

    def check_nothing_taken(self, office: Workspace, lines: dict[Any, Any], people: set[Any]) -> None:
        assert lines.items() <= read_lines(office).items(), "a line of the journal was taken or altered"
        assert people <= read_people(office), "a record or a person was taken away"

    def check_own_lines(self, office: Workspace, forged: Iterable[RowKey]) -> None:
        with office.database.read() as cursor:
            own = set(devices.list_own_devices(cursor))
        lines = query_rows(office, "SELECT id, device FROM change")
        assert not [key for key, device in lines if device in own and key in forged], "a forged line is taken as own"

    def check_whole(self, office: Workspace) -> None:
        assert integrity_check.find_faults(office.database) == []

    def read_whole(self, office: Workspace) -> Any:
        """Return every row of the records, their history, and the settings."""
        tables = ("parties", "people", "change", "missing_change", "step", "erasure", "setting", "parked_line")
        return {table: sorted(query_rows(office, f"SELECT * FROM {table}"), key=repr) for table in tables}

    def is_poisoned(self) -> bool:
        """Whether a laptop took a forged line under the name of another, or two laptops differ at one place."""
        chains: dict[Any, bytes] = {}
        for office in self.workspaces.values():
            for device, position, place_chain, key in query_rows(office, PLACES_WITH_IDS):
                if chains.setdefault((device, position), place_chain) != place_chain:
                    return True
                if chains.setdefault(key, place_chain) != place_chain:
                    return True
            devices_by_line = query_rows(office, "SELECT id, device FROM change")
            if any(key in self.forged and not device.startswith(EVIL) for key, device in devices_by_line):
                return True
        return False

    def merge_all(self) -> None:
        """Merge what restores replaced; then all laptops converge, unless lines were forged under their names."""
        origins, named = self.find_origins(), set[str]()
        for name, path in self.replaced:
            named |= self.merge_and_list_refused(name, path)
            self.change_ids[name] = self.read_change_ids(self.workspaces[name])
        assert self.hostile_count or not self.is_poisoned(), "two laptops wrote different lines at one place"
        if not self.is_poisoned():
            super().merge_all()
            return
        own = dict(self.change_ids)
        for name in LAPTOPS:
            self.check_poisoned(name, own[name], origins, named)

    def merge_and_list_refused(self, name: str, path: Path) -> set[str]:
        """Merge a file, and return the devices of the lines that were refused."""
        report = merge_file(self.workspaces[name], path, ACCEPTING).files[0]
        assert isinstance(report, MergeFileReport)
        return {fault.device for fault in report.altered}

    def find_origins(self) -> dict[RowKey, set[str]]:
        """Return for each line its device, and that of the line that created its record."""
        query = """SELECT c.id, c.device, r.device FROM change c LEFT JOIN change r
 ON r.row_id = c.row_id AND r."table" = c."table" AND r.field = ?"""
        origins: dict[RowKey, set[str]] = {}
        paths = [office.database.path for office in self.workspaces.values()]
        for path in paths + [backup.path for backup in self.replaced]:
            with closing(sqlite3.connect(path)) as connection:
                for key, *line_devices in connection.execute(query, (ROW,)):
                    origins.setdefault(key, set()).update(line_devices)
        return origins

    def check_poisoned(
        self, name: str, own: frozenset[RowKey], origins: dict[RowKey, set[str]], named: set[str]
    ) -> None:
        """After merging the others, a laptop has all that it had, and named the device of what it refused.

        `named` are the devices that the merges of replaced files named.
        """
        office = self.workspaces[name]
        peers = [self.workspaces[peer].database.path for peer in LAPTOPS if peer != name]
        refused = named.union(*(self.merge_and_list_refused(name, path) for path in peers))
        self.check_whole(office)
        held = self.read_change_ids(office)
        writes = self.seen_by_change
        unnamed = [line for line in writes.keys() - held if origins.get(line, refused).isdisjoint(refused)]
        assert self.erased or not unnamed, "a write was refused without a word"
        assert self.erased or own <= held, "a laptop lost a line that it had"
        self.seen_by_change = {line: seen for line, seen in writes.items() if line in held}
        self.check_no_lost_writes(office)
        self.seen_by_change = writes

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            if hasattr(self, "patch"):
                self.patch.undo()


def break_after(patch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """Let a function do its work, and break off then."""
    run = getattr(owner, name)

    def run_and_break(*arguments: Any, **more: Any) -> None:
        run(*arguments, **more)
        raise BrokenOff

    patch.setattr(owner, name, run_and_break)


def read_lines(office: Workspace) -> dict[RowKey, tuple[Any, ...]]:
    """Return every line of the journal by id."""
    return {row[0]: row[1:] for row in query_rows(office, LINES)}


def read_people(office: Workspace) -> set[Any]:
    """Return every record that was not erased, also a removed one."""
    return set(query_rows(office, "SELECT id FROM parties WHERE ref NOT GLOB 'erased-*' UNION SELECT id FROM people"))


def has_news(imported: ImportReport) -> bool:
    (report,) = imported.files
    return not imported.applied or is_shown(report)
