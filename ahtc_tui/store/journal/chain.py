"""The chain of each device: every change commits to its value and to the change before it.

`digest` commits to user and value under a random salt, so that it reveals neither once the salt is removed. `chain`
commits to the digest, to all other columns and to the previous change of the device. The columns repeat all of the step
but its label: a step that comes in is built from them. An erasure removes the salt and
keeps the digest; the chain can still be computed. A change that is removed leaves its place in `missing_change`.

The laptop that wrote a change commits to its redacted text by a further place (`confirm_redactions`), whose digest is
that of the text: a copy that never had the first words checks the redacted ones by it.
"""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor, Table, build_placeholders
from ahtc_tui.store.records.rows import select_row, select_rows

SALT_BYTES = 16
HASH_BYTES = 32
WITH_STEP = b"ahtc with step"
"""Tells hashes that commit to the step from those of changes from before, which no other columns can imitate."""
STEP_KEY = b"ahtc step key"
"""Tells hashes in keys of steps from all others."""
KEY_BYTES, TIME_BYTES = 16, 6
"""Bytes of a key, and those at its beginning with a time in milliseconds."""
UUID_VERSION, UUID_VARIANT = 0x80, 0x80
"""Bits of the seventh and of the ninth byte of a UUIDv8."""
CHAIN_START = bytes(HASH_BYTES)
"""Hash before the first change of a device."""

PLACE_COLUMNS = (
    'id, wall_ms, seq, device, "transaction", "table", row_id, field, parents, position, digest, chain, purpose'
)
"""The columns that a chain is computed from, and the chain."""
INSERT_PLACE = f"INSERT OR IGNORE INTO missing_change ({PLACE_COLUMNS}) VALUES ({build_placeholders(range(13))})"
KEEP_PLACES = f"INSERT OR IGNORE INTO missing_change ({PLACE_COLUMNS}) SELECT {PLACE_COLUMNS} FROM change"
"""Keeps the places of changes that are removed next; the caller appends the condition."""


class StoredChange(NamedTuple):
    """A row of the table `change`."""

    id: RowKey
    wall_ms: int
    seq: int
    device: str
    user: str
    transaction: RowKey
    table: Table
    row_id: RowKey
    field: str
    value: str | None
    parents: str
    position: int | None = None
    """Place in the chain of the device, from 1; None for a change that is older than the chains."""
    salt: bytes | None = None
    """None where an erasure removed the value or the user."""
    digest: bytes = b""
    chain: bytes = b""
    erased_by: RowKey | None = None
    """The erased person on whose account the salt was removed."""
    purpose: str | None = None
    """Kind of its step and the step that it reverses; None where the chain does not commit to the step."""


JOURNAL_ORDER = attrgetter("seq", "wall_ms", "id")
"""The place of a change in the journal."""
CHANGE_COLUMNS = ", ".join(f'"{name}"' for name in StoredChange._fields)
INSERT_CHANGE = f"INSERT INTO change ({CHANGE_COLUMNS}) VALUES ({build_placeholders(StoredChange._fields)})"

CONFIRMED = "_redacted"
"""The field of a place that commits to the redacted text of a change of the same device."""

LAST_PLACE = "SELECT position, chain FROM {} WHERE device = ?1 AND position > 0 ORDER BY position DESC LIMIT 1"
HEAD_QUERY = (
    f"SELECT * FROM ({LAST_PLACE.format('change')}) UNION ALL"
    f" SELECT * FROM ({LAST_PLACE.format('missing_change')}) ORDER BY position DESC LIMIT 1"
)


class StoredStep(NamedTuple):
    """A row of the table `step`."""

    id: RowKey
    wall_ms: int
    seq: int
    device: str
    user: str
    label: str
    kind: str
    reverses: RowKey | None


STEP_COLUMNS = ", ".join(f'"{name}"' for name in StoredStep._fields)


class ChangePlace(NamedTuple):
    """A row of the table `missing_change`: a change without user and value."""

    id: RowKey
    wall_ms: int
    seq: int
    device: str
    transaction: RowKey
    table: Table
    row_id: RowKey
    field: str
    parents: str
    position: int | None
    digest: bytes
    chain: bytes
    purpose: str | None = None


ChainedRow = StoredChange | ChangePlace
NewChange = tuple[RowKey, int, int, str, str, RowKey, Table, RowKey, str, str | None, str]
"""The columns of a change before those of the chain."""


class ChainHead(NamedTuple):
    """The last place of the chain of a device."""

    position: int
    chain: bytes


def format_purpose(kind: str, reverses: RowKey | None) -> str:
    """Return what a chain commits to of a step besides its columns that each of its changes repeats."""
    return kind if reverses is None else f"{kind} {reverses.hex()}"


@lru_cache(maxsize=4096)
def parse_purpose(purpose: str) -> tuple[str, RowKey | None]:
    """Return the kind of a step, and the key of the step that it reverses. Raises ValueError."""
    kind, _space, key = purpose.partition(" ")
    return kind, RowKey(bytes.fromhex(key)) if key else None


def derive_step_key(moment: int, wall_ms: int, seq: int, device: str, purpose: str | None) -> RowKey:
    """Return the key of a step: a UUIDv8 that begins with a time in milliseconds, and commits to the step.

    No other step has it, so that a change which names the step of another laptop shows that by itself.
    """
    start = moment.to_bytes(TIME_BYTES)
    text = f"{wall_ms}:{seq}:{len(device)}:{device}{purpose}"
    rest = bytearray(blake2b(start + text.encode(), digest_size=KEY_BYTES - TIME_BYTES, person=STEP_KEY).digest())
    rest[0], rest[2] = UUID_VERSION | rest[0] & 0x0F, UUID_VARIANT | rest[2] & 0x3F
    return RowKey(start + rest)


@lru_cache(maxsize=64)
def is_step_key(key: RowKey, wall_ms: int, seq: int, device: str, purpose: str | None) -> bool:
    """Return whether the key of a step may be that of a step with these columns. Older keys commit to nothing."""
    if len(key) != KEY_BYTES or key[6] & 0xF0 != UUID_VERSION or key[8] & 0xC0 != UUID_VARIANT:
        return True
    return key == derive_step_key(int.from_bytes(key[:TIME_BYTES]), wall_ms, seq, device, purpose)


def read_journal(cursor: Cursor) -> list[StoredChange]:
    """Return every change in the order of storing."""
    return select_rows(cursor, StoredChange, f"SELECT {CHANGE_COLUMNS} FROM change")


def compute_digest(salt: bytes, user: str, value: str | None) -> bytes:
    """Return the commitment to user and value."""
    # The length keeps apart users and values whose joined texts are equal.
    text = f"{len(user)}:{user}" if value is None else f"{len(user)}:{user}={value}"
    return blake2b(salt + text.encode(), digest_size=HASH_BYTES).digest()


def compute_redacted_digest(office_salt: bytes, change: StoredChange) -> bytes:
    """Return the commitment to the redacted user and value of a change, as guessable as the hashes of the register."""
    salt = blake2b(change.id, key=office_salt, digest_size=SALT_BYTES).digest()
    return compute_digest(salt, change.user, change.value)


def chain_change(previous: bytes, change: ChainedRow) -> bytes:
    """Return the chain of a stored change, or of its place, after `previous`. Raises TypeError, ValueError."""
    names = _join_texts(change.device, change.table, change.field)
    purpose, person = ("", b"") if change.purpose is None else (change.purpose, WITH_STEP)
    text = f"{change.wall_ms}:{change.seq}:{change.position}:{names}{change.parents}{purpose}"
    # The digest stands for user and value, so that the chain can still be checked after an erasure.
    hashed = b"".join((previous, change.id, change.transaction, change.row_id, change.digest, text.encode()))
    # `person` keeps apart chains with and without the step: no input of one gives the hash of the other.
    return blake2b(hashed, digest_size=HASH_BYTES, person=person).digest()


def read_head(cursor: Cursor, device: str) -> ChainHead:
    """Return the last place of the chain of a device."""
    return select_row(cursor, ChainHead, HEAD_QUERY, (device,)) or ChainHead(0, CHAIN_START)


def append_changes(head: ChainHead, changes: list[NewChange], purpose: str) -> list[tuple[Any, ...]]:
    """Return new changes of one step as rows, with their places in the chain of its device after `head`.

    The hashes are those of `compute_digest` and `chain_change`; texts that many changes share are built once.
    """
    # One system call for the salts of all changes of a step.
    salts = os.urandom(SALT_BYTES * len(changes))
    position, previous = head
    ends: dict[tuple[int, int, str, str, str], tuple[str, str]] = {}
    rows: list[tuple[Any, ...]] = []
    for change in changes:
        key, wall_ms, seq, device, user, step, table, row_id, field, value, parents = change
        ends_key = (wall_ms, seq, device, table, field)
        if ends_key not in ends:
            ends[ends_key] = (f"{wall_ms}:{seq}:", f":{_join_texts(device, table, field)}")
        start, end = ends[ends_key]
        offset = len(rows) * SALT_BYTES
        salt = salts[offset : offset + SALT_BYTES]
        position += 1
        digest = compute_digest(salt, user, value)
        place = f"{start}{position}{end}{parents}{purpose}".encode()
        hashed = previous + key + step + row_id + digest + place
        previous = blake2b(hashed, digest_size=HASH_BYTES, person=WITH_STEP).digest()
        rows.append((*change, position, salt, digest, previous, None, purpose))
    return rows


@lru_cache(maxsize=4096)
def _join_texts(device: str, table: str, field: str) -> str:
    return f"{len(device)}:{device}{len(table)}:{table}{len(field)}:{field}"


def commit_unchained(change: StoredChange, office_salt: bytes) -> StoredChange:
    """Return a change that is older than the chains with the hashes that every copy computes alike.

    Its salt follows from its id and the salt of the office. Its chain commits to itself alone: copies that differ by an
    erasure or by the changes they have still agree on the rest.
    """
    salt = blake2b(change.id, key=office_salt, digest_size=SALT_BYTES).digest()
    # Not chained to the change before it: two copies may have different changes before it.
    digest = compute_digest(salt, change.user, change.value)
    # The key of the step may commit to the purpose, which a change from before the chains does not have.
    committed = StoredChange(*change[:11], None, salt, digest, purpose=change.purpose)
    return committed._replace(chain=chain_change(CHAIN_START, committed))
