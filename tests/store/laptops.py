"""Two laptops and an office that write apart and meet: a machine that tries every mixture, through the real store.

Held against a model that knows what each of them had seen. Few records, because many hide what happens to one.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.imports.report import Cancelled
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.progress import Hooks
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal import ledger as journal
from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.record_state import standing
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW, heads_of
from ahtc_tui.store.privacy.erasure_register import mark
from ahtc_tui.store.records.columns import record_tables
from tests.builders import TODAY, a_party, ask, foreign_hand

NAME = "Zebedee Quill"
LAPTOPS = ("a", "b", "hub")
WHO = st.sampled_from(LAPTOPS)
PAIRS = st.sampled_from([(one, other) for one in LAPTOPS for other in LAPTOPS if one != other])
PLACE = st.integers(0, 1)
FIELDS = st.sampled_from([("parties", "email"), ("parties", "short"), ("people", "role"), ("people", "note")])
ADDRESSES = ("zebedee.quill@example.invalid", "zq@example.invalid")
VALUES = st.sampled_from(["one", "two", f"rings {NAME} often", *ADDRESSES])
WRITTEN = ("parties", "people")
Row = tuple[str, bytes]


def a_copy(office: Path, folder: Path, device: str) -> Workspace:
    """A copy of a workspace on another laptop, as a plain copy of the file under a device of its own."""
    shutil.copytree(office, folder)
    foreign_hand(folder / DATABASE, f"UPDATE setting SET value = '{device}' WHERE name = 'device'")
    return open_workspace(folder, TODAY)


def tables(office: Workspace, *names: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every record of some tables or of all, removed ones as well, local numbers too."""
    with office.database.read() as cursor:
        listed = names or record_tables(cursor)
        return {table: cursor.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in listed}


class Clock:
    """A clock that people set wrong."""

    jump = 0

    def time_ns(self) -> int:
        return time.time_ns() + self.jump * 1_000_000_000


CLOCK = Clock()


class Laptops(RuleBasedStateMachine):
    """Everybody's work, with what each writer had seen."""

    world: Path
    """A folder with the workspace of each laptop, as it leaves the office."""

    @initialize()
    def open(self) -> None:
        vars(journal)["time"] = CLOCK
        CLOCK.jump = 0
        self.folder = Path(mkdtemp(dir=self.world.parent)) / "round"
        shutil.copytree(self.world, self.folder)
        self.all = {name: open_workspace(self.folder / name, TODAY) for name in LAPTOPS}
        self.rows = [ask(self.all["a"], "SELECT id FROM parties WHERE name = ?", NAME)[0][0]]
        self.erased: set[bytes] = set()
        self.seen: dict[bytes, frozenset[bytes]] = {}
        """Every line that was written since to what its laptop had then."""
        self.lines = {name: self.ids(office) for name, office in self.all.items()}
        self.snapshots: list[Path] = []

    @staticmethod
    def ids(office: Workspace) -> frozenset[bytes]:
        return frozenset(key for (key,) in ask(office, "SELECT id FROM change"))

    def wrote(self, who: str) -> None:
        before, after = self.lines[who], self.ids(self.all[who])
        self.seen |= dict.fromkeys(after - before, before)
        self.lines[who] = after

    def stands(self, who: str, key: bytes) -> bool:
        return bool(ask(self.all[who], "SELECT 1 FROM parties WHERE id = ? AND NOT deleted", key))

    def knows(self, who: str, key: bytes) -> bool:
        return bool(ask(self.all[who], "SELECT 1 FROM parties WHERE id = ? AND ref NOT GLOB 'erased-*'", key))

    @precondition(lambda self: len(self.rows) < 2)
    @rule(who=WHO)
    def create(self, who: str) -> None:
        self.rows.append(a_party(self.all[who], "Second", f"second-{who}", kind="person"))
        self.wrote(who)

    @rule(who=WHO, place=PLACE, field=FIELDS, value=VALUES)
    def edit(self, who: str, place: int, field: tuple[str, str], value: str) -> None:
        self.write(who, place, field, value)

    @rule(pair=PAIRS, place=PLACE, field=FIELDS, value=VALUES)
    def remove_and_write_apart(self, pair: tuple[str, str], place: int, field: tuple[str, str], value: str) -> None:
        self.remove(pair[0], place)
        self.write(pair[1], place, field, value)

    def write(self, who: str, place: int, field: tuple[str, str], value: str) -> None:
        key = self.rows[place % len(self.rows)]
        if NAME in value and (key == self.rows[0] or not self.knows(who, key=self.rows[0])):
            value = "three"  # a name is written about somebody else; who types an erased one has it anew
        if value in ADDRESSES and not self.may_say(who, key, field[1]):
            value = "four"
        if self.stands(who, key):
            with self.all[who].database.write("edit") as ledger:
                ledger.change(field[0], key, {field[1]: value})
            self.wrote(who)

    def may_say(self, who: str, key: bytes, field: str) -> bool:
        """An address is that of one person alone, and may be written about anywhere while that person is known."""
        return self.knows(who, self.rows[0]) and field in (("email",) if key == self.rows[0] else ("role", "note"))

    @rule(who=WHO, place=PLACE)
    def delete(self, who: str, place: int) -> None:
        self.remove(who, place)

    def remove(self, who: str, place: int) -> None:
        key = self.rows[place % len(self.rows)]
        if self.stands(who, key):
            with self.all[who].database.write("delete") as ledger:
                ledger.remove("parties", key)
            self.wrote(who)

    @rule(who=WHO, place=PLACE)
    def restore(self, who: str, place: int) -> None:
        key = self.rows[place % len(self.rows)]
        if self.knows(who, key) and not self.stands(who, key):
            with self.all[who].database.write("restore") as ledger:
                ledger.restore("parties", key)
            self.wrote(who)

    @rule(seconds=st.sampled_from([-20, 20]))
    def set_the_clock_wrong(self, seconds: int) -> None:
        CLOCK.jump += seconds

    @rule(pair=PAIRS, broken_off=st.sampled_from([False, False, True]))
    def meet(self, pair: tuple[str, str], broken_off: bool) -> None:
        who, other = pair
        before = tables(self.all[who], *WRITTEN)
        try:
            merge_file(self.all[who], self.all[other].database.path, hooks=Hooks(cancelled=lambda: broken_off))
        except Cancelled:
            assert tables(self.all[who], *WRITTEN) == before
            assert self.ids(self.all[who]) == self.lines[who]
        self.lines[who] = self.ids(self.all[who])

    @rule(who=WHO)
    def leave_a_file(self, who: str) -> None:
        path = self.folder / f"{len(self.snapshots)}.ahtc"
        shutil.copy(self.all[who].database.path, path)
        self.snapshots.append(path)

    @precondition(lambda self: self.snapshots)
    @rule(who=WHO, place=st.integers(0, 9))
    def find_an_old_file(self, who: str, place: int) -> None:
        merge_file(self.all[who], self.snapshots[place % len(self.snapshots)])
        self.lines[who] = self.ids(self.all[who])

    @precondition(lambda self: not self.erased)
    @rule(who=WHO, rarely=st.integers(0, 4))
    def erase(self, who: str, rarely: int) -> None:
        key = self.rows[0]
        if not rarely and self.knows(who, key):
            refs = ask(self.all[who], "SELECT ref FROM parties WHERE id = ?", key)
            try:
                erase_person(self.all[who], refs[0][0] if self.stands(who, key) else NAME)
            except AhtcError:
                return
            self.erased.add(key)
            self.lines[who] = self.ids(self.all[who])

    def teardown(self) -> None:
        if not hasattr(self, "all"):
            return
        try:
            self.meet_at_last()
        finally:
            vars(journal)["time"] = time
            for office in self.all.values():
                office.close()
            shutil.rmtree(self.folder.parent)

    def meet_at_last(self) -> None:
        """Whichever of three files is opened first, and in whatever order the others come: the same office."""
        for office in self.all.values():
            office.close()
        ends = []
        for n in range(3):
            first, *others = (*LAPTOPS[n:], *LAPTOPS[:n])
            shutil.copytree(self.folder / first, self.folder / f"end-{n}")
            office = open_workspace(self.folder / f"end-{n}", TODAY)
            for other in others:
                merge_file(office, self.folder / other / DATABASE)
            ends.append(office)
        try:
            assert tables(ends[0]) == tables(ends[1]) == tables(ends[2])
            assert flags(ends[0]) == flags(ends[1]) == flags(ends[2])
            assert integrity_check.faults(ends[len(self.seen) % 3].database) == []
            for office in ends:
                self.nothing_vanished(office)
                self.nobody_comes_back(office)
        finally:
            for office in ends:
                office.close()

    def nothing_vanished(self, office: Workspace) -> None:
        """Every acknowledged write is shown, or flagged, or was seen by the write that replaced it."""
        gone = {key for (key,) in ask(office, "SELECT row_id FROM erasure")}
        there = {
            line[0]: line[1:] for line in ask(office, 'SELECT id, "table", row_id, field, value, parents FROM change')
        }
        for line, _seen in self.seen.items():
            if line not in there:
                assert self.erased, "a write is not there"
                continue
            table, key, field, value, _parents = there[line]
            if key not in gone and field not in (ROW, DELETED):
                self.is_accounted_for(office, (table, key), line, field, json.loads(value), there)

    def is_accounted_for(
        self, office: Workspace, row: Row, line: bytes, field: str, value: Any, there: dict[bytes, Any]
    ) -> None:
        with office.database.read() as cursor:
            entries = row_changes(cursor, *row)
            now = cursor.execute(f'SELECT "{field}", deleted FROM "{row[0]}" WHERE id = ?', (row[1],)).fetchone()
        folded = standing(row[0], entries)
        replacing = [one for one in entries if line in one.parents and one.field == field]
        for one in replacing:
            assert line in self.seen.get(one.id, {line}), "a write replaced what it had not seen"
        if not replacing:
            assert line in [one.id for one, _value in heads_of(entries, field)]
            assert now[0] == value or value in folded.conflicts.get(field, ())
        if now[1]:
            removals = [one for one in entries if one.field == DELETED and one.value]
            assert any(line in self.seen.get(one.id, {line}) for one in removals), "a removal hid what it had not seen"

    def nobody_comes_back(self, office: Workspace) -> None:
        if self.erased:
            said = ask(office, "SELECT value FROM change UNION ALL SELECT name || ref FROM parties")
            assert not [value for (value,) in said if value and "zebedee" in value.lower()]
            own = json.loads(ask(office, "SELECT marks FROM erasure WHERE row_id = ?", self.rows[0])[0][0])
            salt = ask(office, "SELECT value FROM setting WHERE name = 'erasure_salt'")[0][0]
            if mark(ADDRESSES[1], bytes.fromhex(salt)) in own:
                assert not [value for (value,) in said if value and ADDRESSES[1] in value]


def flags(office: Workspace) -> set[tuple[str, bytes, str, tuple[str, ...]]]:
    """What is in conflict, and between what."""
    found = set()
    with office.database.read() as cursor:
        for table, key in cursor.execute('SELECT DISTINCT "table", row_id FROM change').fetchall():
            for field, values in standing(table, row_changes(cursor, table, key)).conflicts.items():
                if field != HELD:
                    found.add((table, key, field, tuple(sorted(map(json.dumps, values)))))
    return found
