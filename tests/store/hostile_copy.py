"""A copy of a laptop's file in the hands of somebody who alters its journal."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.engine.copies import copy_database
from ahtc_tui.store.journal.chain import (
    CHANGE_COLUMNS,
    INSERT_CHANGE,
    INSERT_PLACE,
    KEEP_PLACES,
    ChangePlace,
    StoredChange,
    chain_change,
    compute_digest,
    derive_step_key,
    format_purpose,
    read_head,
)
from ahtc_tui.store.journal.replay import DELETED
from ahtc_tui.store.privacy.erasure_register import hash_name
from tests.store.laptops import compute_chains

GUARDS = ("change_is_never_altered", "change_is_never_removed")
RAW_KEY = f"x'{'11' * 32}{'22' * 16}'"
"""The key of an encrypted copy: the check of a plain file against its own tables does not see into it."""
EVIL = "evil"
"""What the device ids of hostile copies begin with."""
TEXT_FIELDS = (("parties", "email"), ("parties", "short"), ("people", "role"), ("people", "note"))
PLAUSIBLE_MARKS = json.dumps(["ab" * 16])
ADD_ERASURES = "INSERT OR IGNORE INTO erasure SELECT DISTINCT row_id, '2026-01-01', 'noise', ?"
JUNK = (
    {"wall_ms": 2**62},
    {"seq": 2**63 - 1},
    {"value": "true"},
    {"value": '["a list"]'},
    {"value": "[" * 5000 + "]" * 5000},
    {"parents": '["junk"]'},
    {"field": "no_such_field"},
    {"table": "no_such_table"},
    {"row_id": b"short"},
)
"""Columns of lines that no ahtc writes."""
OLDER_KEYS = 0.2
"""Share of forged steps whose keys commit to nothing, as those of earlier versions."""


ORDINARY_WORDS = ("one", "two", "three", "four", "Second", "often", "rings", "Anything")
ERASURE = ("row_id", "erased_on", "ground", "marks")
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n WHERE i < 0"
SCHEMAS = (
    ("DROP TABLE erasure", f"CREATE VIEW erasure AS {ENDLESS.format(', '.join(f'i AS {name}' for name in ERASURE))}"),
    (
        "ALTER TABLE missing_change RENAME TO hidden_change",
        "CREATE VIEW missing_change AS SELECT * FROM hidden_change WHERE 0",
    ),
    ("CREATE TRIGGER noise AFTER INSERT ON setting BEGIN DELETE FROM change; END",),
    ("CREATE TABLE noise (text VARCHAR)",),
)


class HostileCopy(NamedTuple):
    """A hostile file to merge, and what it holds that no honest laptop wrote."""

    path: Path
    key: str | None
    forged: frozenset[RowKey]
    """Ids of the lines that were added."""
    forged_steps: frozenset[RowKey] = frozenset()
    altered: frozenset[RowKey] = frozenset()
    """Ids of lines whose words were altered under new hashes, and of steps whose lines were."""


class Forger:
    """Alters the journal in an open file; every choice follows the seed."""

    def __init__(self, connection: sqlite3.Connection, device: str, chance: random.Random) -> None:
        self.connection, self.device, self.chance = connection, device, chance
        self.forged: set[RowKey] = set()
        self.forged_steps: set[RowKey] = set()
        self.altered: set[RowKey] = set()

    def has_table(self, name: str) -> bool:
        return bool(self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone())

    def read_lines(self, condition: str = "TRUE") -> list[StoredChange]:
        query = (
            f"SELECT {CHANGE_COLUMNS} FROM change WHERE position NOT NULL AND {condition} ORDER BY device, position, id"
        )
        return [StoredChange(*row) for row in self.connection.execute(query)]

    def choose_line(self) -> StoredChange | None:
        lines = self.read_lines()
        return self.chance.choice(lines) if lines else None

    def choose_device(self) -> str:
        """Return the device of the hostile copy, or that of another laptop."""
        devices = sorted({line.device for line in self.read_lines()})
        return self.chance.choice([self.device, self.device, *devices])

    def add_line(
        self, line: StoredChange, device: str, kind: str = "do", reverses: RowKey | None = None, **columns: Any
    ) -> None:
        """Add a line and its step, which may reverse another, at the end of the chain of a device."""
        key = RowKey(self.chance.randbytes(16))
        seq, last = self.connection.execute("SELECT max(seq) + 1, max(wall_ms) FROM step WHERE seq < 1e9").fetchone()
        head = read_head(self.connection.cursor(), device)
        values = {"id": key, "device": device, "seq": seq, "wall_ms": last, "user": "intruder"}
        values |= {"position": head.position + 1, "salt": self.chance.randbytes(16)}
        values |= {"purpose": format_purpose(kind, reverses)} | columns
        added = line._replace(**({"transaction": self.choose_step_key(last, line._replace(**values))} | values))
        added = added._replace(digest=compute_digest(added.salt or b"", added.user, added.value))
        added = added._replace(chain=chain_change(head.chain, added))
        self.connection.execute(
            "INSERT OR IGNORE INTO step VALUES (?, ?, ?, ?, 'intruder', 'noise', ?, ?)",
            (added.transaction, last, seq, device, kind, reverses),
        )
        self.connection.execute(INSERT_CHANGE, added)
        self.forged.add(key)
        if "transaction" not in columns:
            self.forged_steps.add(added.transaction)

    def choose_step_key(self, moment: int, line: StoredChange) -> RowKey:
        """Return a key for the step of a line, as this or as an earlier version writes it."""
        key = self.chance.randbytes(16)
        if self.chance.random() < OLDER_KEYS:
            return RowKey(key[:6] + bytes([0x70 | key[6] & 0x0F]) + key[7:])
        return derive_step_key(moment, line.wall_ms, line.seq, line.device, line.purpose)

    def list_parents(self, line: StoredChange) -> str:
        """Return what a line of that record claims to have seen: all, something or nothing."""
        query = 'SELECT lower(hex(id)) FROM change WHERE "table" = ? AND row_id = ? ORDER BY id'
        keys = [key for (key,) in self.connection.execute(query, (line.table, line.row_id))]
        return json.dumps(keys[: self.chance.choice((0, len(keys), len(keys), self.chance.randint(0, len(keys))))])

    def alter(self) -> None:
        """Give a line another value or another author."""
        if line := self.choose_line():
            column, value = self.chance.choice([("value", '"altered"'), ("user", "another"), ("parents", "[]")])
            self.connection.execute(f'UPDATE change SET "{column}" = ? WHERE id = ?', (value, line.id))
            self.altered |= {line.id, line.transaction}

    def forge(self) -> None:
        """Write a value, under its own device or that of another laptop."""
        if line := self.choose_line():
            if line.table not in ("parties", "people"):
                return
            table, field = self.chance.choice([item for item in TEXT_FIELDS if item[0] == line.table])
            value = json.dumps(self.chance.choice(("noise", "zq@example.invalid", None)))
            parents = self.list_parents(line)
            columns: dict[str, Any] = {"table": table, "field": field, "value": value, "parents": parents}
            self.add_line(line, self.choose_device(), **columns)

    def remove(self) -> None:
        """Remove a record, as if everything about it had been seen."""
        if line := self.choose_line():
            columns: dict[str, Any] = {"field": DELETED, "value": "true", "parents": self.list_parents(line)}
            self.add_line(line, self.choose_device(), **columns)

    def repeat(self) -> None:
        """Write a line once more, at the end of a chain."""
        if line := self.choose_line():
            self.add_line(line, self.choose_device())

    def drop(self) -> None:
        """Leave out some lines."""
        for line in self.chance.sample(lines := self.read_lines(), k=min(len(lines), self.chance.choice((1, 1, 4)))):
            self.connection.execute("DELETE FROM change WHERE id = ?", (line.id,))

    def hide(self) -> None:
        """Leave out a line and keep its place in the chain, as an erasure does."""
        if line := self.choose_line():
            self.connection.execute(f"{KEEP_PLACES} WHERE id = ?", (line.id,))
            self.connection.execute("DELETE FROM change WHERE id = ?", (line.id,))

    def reorder(self) -> None:
        """Exchange the places of two lines."""
        lines = self.read_lines()
        if len(lines) > 1:
            left, right = self.chance.sample(lines, k=2)
            for line, other in ((left, right), (right, left)):
                self.altered.add(line.transaction)
                columns = (other.device, other.position, line.id)
                self.connection.execute("UPDATE change SET device = ?, position = ? WHERE id = ?", columns)

    def redact(self) -> None:
        """Remove the words of a line, as an erasure does."""
        if line := self.choose_line():
            values = (self.chance.choice((line.row_id, bytes(16))), line.id)
            self.connection.execute("UPDATE change SET value = NULL, salt = NULL, erased_by = ? WHERE id = ?", values)

    def erase(self) -> None:
        """Add erasures of everything, with junk or plausible hashes or as parts of a person."""
        marks = self.chance.choice(("[]", '["00"]', PLAUSIBLE_MARKS, "junk"))
        self.connection.execute(f"{ADD_ERASURES} FROM change", (marks,))

    def erase_a_person(self) -> None:
        """Add an erasure in the form that ahtc writes."""
        people = [line for line in self.read_lines() if line.table in ("parties", "people")]
        if people:
            values = (PLAUSIBLE_MARKS, self.chance.choice(people).row_id)
            self.connection.execute(f"{ADD_ERASURES} FROM change WHERE row_id = ?", values)

    def spread(self) -> None:
        """Add the hashes of ordinary words to every erasure of a person."""
        if not self.has_table("setting"):
            return
        ((salt,),) = self.connection.execute("SELECT value FROM setting WHERE name = 'erasure_salt'")
        marks = [hash_name(word, bytes.fromhex(salt)) for word in ORDINARY_WORDS]
        query = "SELECT row_id, marks FROM erasure WHERE marks <> '[]'"
        for key, known in self.connection.execute(query).fetchall():
            with suppress(ValueError):
                values = (json.dumps([*json.loads(known), *marks]), key)
                self.connection.execute("UPDATE erasure SET marks = ? WHERE row_id = ?", values)

    def rewrite(self) -> None:
        """Give lines any text and any author, as if somebody who was erased had been named in them."""
        erased = self.connection.execute("SELECT row_id FROM erasure WHERE marks <> '[]'").fetchall()
        lines = [line for line in self.read_lines() if line.field not in ("_row", DELETED)]
        if not erased:
            return
        value = self.chance.choice(('"rewritten"', "no JSON", "[" * 5000))
        for line in self.chance.sample(lines, k=min(len(lines), 3)):
            values = (value, self.chance.choice(erased)[0], line.id)
            self.connection.execute(
                "UPDATE change SET value = ?, user = 'another', salt = NULL, erased_by = ? WHERE id = ?", values
            )

    def erase_rows(self) -> None:
        """Count every record to the erased persons."""
        self.connection.execute(f"{ADD_ERASURES} FROM change", ("[]",))

    def add_place(self) -> None:
        """Add a place without a line at the next position of a device."""
        if line := self.choose_line():
            head = read_head(self.connection.cursor(), line.device)
            values = {name: getattr(line, name) for name in ChangePlace._fields}
            values |= {"id": self.chance.randbytes(16), "position": head.position + 1}
            place = ChangePlace(**values)
            self.connection.execute(INSERT_PLACE, place._replace(chain=chain_change(head.chain, place)))

    def add_steps(self) -> None:
        """Write steps that undid or redid something, under its own device or that of another laptop."""
        device = self.choose_device()
        for _repetition in range(self.chance.choice((1, 5))):
            if line := self.choose_line():
                reverses = self.chance.choice((None, line.transaction))
                kind = self.chance.choice(("undo", "redo"))
                self.add_line(line, device, kind, reverses, value='"noise"', field=self.choose_field(line))

    def choose_field(self, line: StoredChange) -> str:
        fields = [field for table, field in TEXT_FIELDS if table == line.table]
        return self.chance.choice(fields) if fields else line.field

    def name_a_step(self) -> None:
        """Write a line that names the step of another laptop."""
        if (line := self.choose_line()) and line.table in ("parties", "people"):
            columns: dict[str, Any] = {"field": self.choose_field(line), "value": '"noise"'}
            columns["parents"] = self.list_parents(line)
            place: dict[str, Any] = {"transaction": line.transaction, "seq": line.seq, "wall_ms": line.wall_ms}
            self.add_line(line, self.device, **place, **columns)

    def alter_steps(self) -> None:
        """Give steps another kind, author and time."""
        values = self.chance.choice(("kind = 'load'", "user = 'another'", "wall_ms = 7", "reverses = id"))
        self.connection.execute(f"UPDATE step SET {values}")

    def downgrade(self) -> None:
        """Write a line that does not commit to its step, with hashes of the former rule."""
        if (line := self.choose_line()) and line.table in ("parties", "people"):
            columns: dict[str, Any] = {"field": self.choose_field(line), "value": '"noise"', "parents": "[]"}
            columns["purpose"] = None
            self.add_line(line, self.choose_device(), **columns)

    def strip(self) -> None:
        """Remove what lines commit to of their steps."""
        self.connection.execute("UPDATE change SET purpose = NULL")

    def change_schema(self) -> None:
        """Put a view in the place of a table, or add a trigger or a table."""
        if self.has_table("setting"):
            for statement in self.chance.choice(SCHEMAS):
                self.connection.execute(statement)

    def change_settings(self) -> None:
        """Claim to be the copy itself, with its devices and counters."""
        if self.has_table("setting"):
            former = json.dumps([[line.device, 2**40] for line in self.read_lines()[:1]])
            self.connection.execute("INSERT OR REPLACE INTO setting VALUES ('former_devices', ?)", (former,))
            self.connection.execute("INSERT OR REPLACE INTO setting VALUES ('closed_devices', '[\"a\", \"b\"]')")
            self.connection.execute("INSERT OR REPLACE INTO counter VALUES ('DP-', 9000000000)")

    def write_junk(self) -> None:
        """Write a line that no ahtc writes."""
        if line := self.choose_line():
            self.add_line(line, self.choose_device(), **self.chance.choice(JUNK))

    def run(self, deed: str) -> None:
        deeds: dict[str, Callable[[], None]] = {name: getattr(self, name) for name in DEEDS}
        deeds[deed]()


CHANGE_SCHEMA = "change_schema"
BESIDE_VALUES = (
    "spread",
    "rewrite",
    "erase_rows",
    "add_place",
    "add_steps",
    "name_a_step",
    "alter_steps",
    "downgrade",
    "strip",
    CHANGE_SCHEMA,
    "change_settings",
)
"""What a hostile copy writes beside the values: erasures, places, steps, schema and settings."""
DEEDS = (
    *BESIDE_VALUES,
    "alter",
    "forge",
    "remove",
    "repeat",
    "drop",
    "hide",
    "reorder",
    "redact",
    "erase",
    "erase_a_person",
    "write_junk",
)
JOURNAL_DEEDS = tuple(deed for deed in DEEDS if deed not in ("change_schema", "change_settings"))
"""Those that alter the journal alone."""


def alter_journal(
    connection: sqlite3.Connection, device: str, deeds: Collection[str], *, hides: bool, seed: int
) -> Forger:
    """Alter an open journal as a device, and return who did it, with the ids of the lines that were added.

    `hides` computes all chains again.
    """
    forger = Forger(connection, device, random.Random(seed))
    others = [deed for deed in deeds if deed != CHANGE_SCHEMA]
    # Last and once: nothing can be written to a view.
    for deed in [*others, *({CHANGE_SCHEMA} & set(deeds))]:
        if not (hides and deed == "strip"):  # with new hashes these are other lines under the name of their device
            forger.run(deed)
    if hides:
        compute_chains(connection)
    return forger


def make_hostile_copy(
    source: Path, target: Path, deeds: Collection[str], *, hides: bool, encrypts: bool, seed: int
) -> HostileCopy:
    """Copy a database and alter its journal; `hides` computes all chains again, `encrypts` hides its tables."""
    shutil.copyfile(source, target)
    device = f"{EVIL}-{target.stem}"
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for guard in GUARDS:
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        forger = alter_journal(connection, device, deeds, hides=hides, seed=seed)
        connection.execute("UPDATE setting SET value = ? WHERE name = 'device'", (device,))
        connection.execute("COMMIT")
    known = frozenset(forger.forged), frozenset(forger.forged_steps), frozenset(forger.altered if hides else ())
    if not encrypts:
        return HostileCopy(target, None, *known)
    encrypted = target.with_suffix(".pack")
    encrypted.touch()
    copy_database(target, None, encrypted, RAW_KEY)
    return HostileCopy(encrypted, RAW_KEY, *known)
