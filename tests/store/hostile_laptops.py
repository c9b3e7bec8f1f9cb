"""The state machine of three laptops with backups, broken merges, answers to conflicts, and a hostile peer.

One seed drives the clock, the keys, the salts and the hostile peer; it is an argument of the first step, which a
failure prints.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.imports.report import ImportOptions, ImportReport
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.person_mentions import ANONYMOUS_PERSON, FORMER_MEMBER
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.services import doctor, history
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
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.replication import peer_database
from tests.builders import TODAY, query_rows
from tests.store.hostile_copy import BESIDE_VALUES, DEEDS, EVIL, make_hostile_copy
from tests.store.laptops import (
    ACCEPTING,
    ADDRESSES,
    CLOCK,
    FIELDS,
    LAPTOP_NAMES,
    LAPTOPS,
    NAME,
    PAIRS,
    RECORD_INDEX,
    VALUES,
)
from tests.store.screen_words import Written, check_cards, read_cards, split_words
from tests.store.seeded_world import World
from tests.store.undoing_laptops import UndoingLaptops, is_shown, read_shown

SEEDS = st.integers(0, 2**32 - 1)
DAY = 86_400
SCREENS, SCREEN_SAMPLE = 2, 8
"""How many merges with a hostile peer a case looks at on the screen, in one of so many cases."""
UNLIMITED_PAGES = 2**32 - 2
LINES_WITH_PLACES = """SELECT device, position, chain, id FROM change WHERE position NOT NULL
 UNION ALL SELECT device, position, chain, id FROM missing_change WHERE position NOT NULL"""
WORDS = 'SELECT id, "table", row_id, field, value, user, salt FROM change'
WRITTEN = "SELECT id, value, parents FROM change WHERE salt NOT NULL"
STEPS = "SELECT id, wall_ms, seq, device, user, kind, reverses FROM step"
OWN = "device = (SELECT value FROM setting WHERE name = 'device')"
ACCEPTED_DEEDS = tuple(deed for deed in BESIDE_VALUES if deed not in ("erase_rows", "change_schema", "strip"))
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


class Words(NamedTuple):
    """What somebody wrote in a line."""

    table: str
    row_id: RowKey
    field: str
    value: str | None
    user: str


class Backup(NamedTuple):
    """A backup of a laptop."""

    name: str
    path: Path


class HostileLaptops(UndoingLaptops):
    """The laptops of the machine with undo, with everything else that happens to them."""

    deeds: ClassVar[Sequence[str]] = DEEDS
    """What hostile copies do."""

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
        self.forged_steps: set[RowKey] = set()
        self.altered: set[RowKey] = set()
        """Lines that a hostile copy wrote again under new hashes: the first form that a laptop meets stays there."""
        self.screens_left = SCREENS if seed % SCREEN_SAMPLE == 0 else 0
        """How often this case looks at the screen."""
        self.written: dict[RowKey, Written] = {}
        """The same with what the person had seen, as the check of the screen needs it."""
        self.words: dict[RowKey, Words] = {}
        """What an honest person wrote, by line."""
        self.steps: dict[RowKey, tuple[Any, ...]] = {}
        """The steps of honest people."""
        self.written_places: dict[tuple[Any, ...], RowKey] = {}
        """Each line that a laptop wrote, by device and position in its chain."""
        for name in LAPTOPS:
            self.note_words(name, "TRUE")

    def record_writes(self, name: str) -> None:
        self.note_lines(name, self.read_change_ids(self.workspaces[name]) - self.every_change)
        super().record_writes(name)

    def note_lines(self, name: str, written: Iterable[RowKey]) -> None:
        """No two lines are written at one place, also by a copy and the one that it replaced."""
        for line in written:
            query = "SELECT device, position FROM change WHERE id = ?"
            (place,) = query_rows(self.workspaces[name], query, line)
            assert self.written_places.setdefault(place, line) == line, "two lines were written at one place"
        self.note_words(name)

    def note_words(self, name: str, condition: str = OWN) -> None:
        """Remember what the laptop wrote under its device, and its steps."""
        for key, *words in query_rows(self.workspaces[name], f"{WORDS} WHERE {condition}"):
            if words[-1] is not None:
                self.words.setdefault(key, Words(*words[:-1]))
        for key, value, parents in query_rows(self.workspaces[name], f"{WRITTEN} AND {condition}"):
            self.written.setdefault(key, Written(value, parents))
        steps = query_rows(self.workspaces[name], f"{STEPS} WHERE {condition}")
        self.steps |= {key: tuple(rest) for key, *rest in steps if key not in self.steps}

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
        picks=st.lists(st.integers(0, 999), min_size=1, max_size=4),
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
        picks: list[int],
        hides: bool,
        encrypts: bool,
        seed: int,
        take: str,
        undoes: bool,
    ) -> None:
        """A hostile copy of a peer, or of the laptop itself, adds noise, visibly and undoably, and takes nothing away.

        Unless it computes the chains again, no line of a laptop comes in altered.
        """
        deeds = [self.deeds[pick % len(self.deeds)] for pick in picks]
        self.hostile_count += 1
        target = self.folder / f"{self.hostile_count}.evil"
        source = self.workspaces[victim].database.path
        copy = make_hostile_copy(source, target, deeds, hides=hides, encrypts=encrypts, seed=seed)
        self.forged |= copy.forged
        self.forged_steps |= copy.forged_steps
        self.altered |= copy.altered
        known, sent = read_lines(self.workspaces[name]), read_lines(self.workspaces[victim])
        self.meet_hostile_peer(
            name,
            lambda: merge_file(self.workspaces[name], copy.path, key=copy.key, take=take),
            copy.forged,
            undoes=undoes,
            refused="change_schema" in deeds,
        )
        if not hides:
            came = read_lines(self.workspaces[name]).items() - known.items()
            altered = [key for key, line in came if line[-1] and sent.get(key, line) != line]
            assert not altered, "a line was altered on its way"

    @rule(pair=PAIRS, picks=st.lists(st.integers(0, 999), max_size=2), seed=SEEDS, rarely=st.integers(0, 3))
    def accept_a_hostile_erasure(self, pair: tuple[str, str], picks: list[int], seed: int, rarely: int) -> None:
        """A person accepts the erasure of somebody; the copy adds ordinary words, rows and rewritten lines to it."""
        name, victim = pair
        if rarely or not self.is_known(name, self.rows[0]):
            return
        if not self.erased:
            self.erase(victim, 0)
        if not self.erased or self.is_known(victim, self.rows[0]):
            return
        self.hostile_count += 1
        deeds = ["spread", *(ACCEPTED_DEEDS[pick % len(ACCEPTED_DEEDS)] for pick in picks), "rewrite"]
        target = self.folder / f"{self.hostile_count}.evil"
        source = self.workspaces[victim].database.path
        copy = make_hostile_copy(source, target, deeds, hides=False, encrypts=True, seed=seed)
        self.forged |= copy.forged
        self.forged_steps |= copy.forged_steps
        office = self.workspaces[name]
        people = {row for row in read_people(office) if row[0] != self.rows[0]}
        try:
            merge_file(office, copy.path, ImportOptions(accept_erasures=True), key=copy.key)
        except AhtcError:
            return
        finally:
            self.change_ids[name] = self.read_change_ids(office)
            self.every_change |= self.change_ids[name]
        assert people <= read_people(office), "somebody else was taken away with an erased person"
        self.check_beside_values(office)
        self.check_whole(office)

    def check_beside_values(self, office: Workspace) -> None:
        """Every word on the screen and every step is what an honest person wrote, or under the name of the intruder."""
        about = (NAME.lower(), *ADDRESSES, "zebedee")
        for key, *columns in query_rows(office, WORDS):
            written, salt = self.words.get(key), columns.pop()
            if written is None or Words(*columns) == written or key in self.altered:
                continue
            value, user = columns[-2:]
            assert salt is None, "an honest line has other words"
            assert user in (written.user, ANONYMOUS_PERSON), "a line has another author"
            assert any(word in str(written.value).lower() for word in about), "words about nobody were redacted"
            assert split_words(value) <= split_words(written.value) | REPLACEMENTS, "a line has words that nobody wrote"
        for key, *rest in query_rows(office, STEPS):
            if (written_step := self.steps.get(key)) is not None and key not in self.altered:
                same = [left == right for left, right in zip(rest, written_step, strict=True)]
                same[3] = same[3] or rest[3] == ANONYMOUS_PERSON
                same[5] = same[5] or rest[5] is None
                assert all(same), "a step was altered"
        foreign = """SELECT c.id FROM change c JOIN step s ON s.id = c."transaction"
 WHERE (c.device, c.seq) <> (s.device, s.seq)"""
        assert query_rows(office, foreign) == [], "a line names the step of another laptop"
        own_steps = {key for (key,) in query_rows(office, f"SELECT id FROM ({devices.OWN_STEPS})")}
        assert not own_steps & self.forged_steps, "a forged step counts as one of this laptop"
        with office.database.read() as cursor:
            own = json.dumps(devices.list_own_ids(cursor))
        reversing = """SELECT 1 FROM step r JOIN step s ON s.id = r.reverses AND s.device <> r.device WHERE NOT
 (s.device IN (SELECT value FROM json_each(?1)) AND r.device IN (SELECT value FROM json_each(?1)))"""
        assert query_rows(office, reversing, own) == [], "somebody undid the step of another laptop"
        query = """SELECT c.id FROM change c WHERE c.purpose IS NULL AND EXISTS
 (SELECT 1 FROM change e WHERE e.device = c.device AND e.position < c.position AND e.purpose NOT NULL)"""
        assert query_rows(office, query) == [], "a line does not commit to its step"

    def check_gaps(self, office: Workspace, before: set[Any], imported: ImportReport) -> None:
        """Places that come in without their lines follow no unexplained rule: each is named at once and by check."""
        erased = {key for (key,) in query_rows(office, "SELECT row_id FROM erasure")}
        new = {row for row in read_places(office) - before if row[-1] not in erased}
        (report,) = imported.files
        assert isinstance(report, MergeFileReport)
        named = {fault.device for fault in report.altered} | {line.device for line in report.refused}
        is_asked = bool(report.erasures or report.questions or not imported.applied)
        assert is_asked or {row[0] for row in new} <= named, "a line was left out without a word"
        gaps = " ".join(doctor.find_gaps(office))
        assert all(str(device) in gaps for device, _position, _row in new), "check does not name a gap"

    def meet_hostile_peer(
        self,
        name: str,
        exchange: Callable[[], ImportReport],
        forged: Iterable[RowKey],
        *,
        undoes: bool,
        refused: bool = False,
    ) -> None:
        """Merge or sync with a hostile peer, and check that it took nothing away."""
        office = self.workspaces[name]
        places, step, stored = read_places(office), self.find_undo(name), self.read_stored(office)
        whole, before = self.read_whole(office), read_shown(office)
        lines, people = read_lines(office), read_people(office)
        try:
            imported = exchange()
        except AhtcError:
            assert self.read_whole(office) == whole, "a refused file changed something"
            return
        assert not refused, "a file with other tables was read"
        self.check_nothing_taken(office, lines, people)
        self.check_own_lines(office, forged)
        assert read_shown(office) == before or has_news(imported), "a hostile merge was silent"
        self.check_beside_values(office)
        self.check_gaps(office, places, imported)
        with office.database.read() as cursor:
            own_ids = devices.list_own_ids(cursor)
        came = [row for key, row in read_lines(office).items() if key not in lines]
        assert not {row[0] for row in came if row[0] in own_ids and row[3] == "intruder"}, (
            "a line of this laptop came in"
        )
        merged = self.remember_merge(name, before)
        is_resolution = bool(came) and {row[0] for row in came} <= {own_ids[0]}
        """Whether the file brought nothing, and `take` resolved what an earlier one had left open."""
        if not merged and not is_resolution:
            assert self.read_stored(office) == stored, "something was stored without a step"
            assert self.find_undo(name) == step, "undo offers the step of somebody else"
        if merged and undoes:
            history.undo_step(office)
            assert read_shown(office) == before, "noise was not taken back"
            assert read_places(office) <= places, "places were not taken back"
            self.check_nothing_taken(office, lines, people)
            self.change_ids[name] = self.read_change_ids(office)
        self.check_whole(office)
        if merged and self.screens_left:
            self.screens_left -= 1
            self.check_screen(office)

    def check_screen(self, office: Workspace) -> None:
        """The words that the screen draws are those that are stored, and that honest people wrote."""
        cards = read_cards(office, self.folder / "screen")
        check_cards(office, cards, self.written, self.forged | self.altered)

    def read_stored(self, office: Workspace) -> Any:
        """Return what a merge may store of a peer."""
        queries = ("SELECT id FROM change", "SELECT id FROM missing_change", "SELECT row_id FROM erasure")
        return [set(query_rows(office, query)) for query in queries]

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
            for device, position, place_chain, key in query_rows(office, LINES_WITH_PLACES):
                if chains.setdefault((device, position), place_chain) != place_chain:
                    return True
                if chains.setdefault(key, place_chain) != place_chain:
                    return True
            # An erasure leaves only the place of a forged line.
            devices_by_line = query_rows(
                office, "SELECT id, device FROM change UNION SELECT id, device FROM missing_change"
            )
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
        return {fault.device for fault in report.altered} | {line.device for line in report.refused}

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
        # A write that was undone with the merge below it is in no file.
        writes = {line: seen for line, seen in self.seen_by_change.items() if line in origins}
        unnamed = [line for line in writes.keys() - held if origins[line].isdisjoint(refused)]
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


REPLACEMENTS = split_words("a former member removed null person erased") | split_words(FORMER_MEMBER)


def read_places(office: Workspace) -> set[Any]:
    """Return the places without lines that the copy has."""
    return set(query_rows(office, "SELECT device, position, row_id FROM missing_change WHERE position NOT NULL"))


def read_lines(office: Workspace) -> dict[RowKey, tuple[Any, ...]]:
    """Return every line of the journal by id."""
    return {row[0]: row[1:] for row in query_rows(office, LINES)}


def read_people(office: Workspace) -> set[Any]:
    """Return every record that was not erased, also a removed one."""
    return set(query_rows(office, "SELECT id FROM parties WHERE ref NOT GLOB 'erased-*' UNION SELECT id FROM people"))


def has_news(imported: ImportReport) -> bool:
    (report,) = imported.files
    return not imported.applied or is_shown(report)
