"""Verification of the chains of a journal, alone or against the local journal before a merge."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.chains import ChainFault, ChainFaultKind
from ahtc_tui.store.journal.chain import (
    CHAIN_START,
    CHANGE_COLUMNS,
    CONFIRMED,
    INSERT_PLACE,
    JOURNAL_ORDER,
    PLACE_COLUMNS,
    ChainedRow,
    ChangePlace,
    StoredChange,
    chain_change,
    compute_digest,
    is_step_key,
    read_journal,
)
from ahtc_tui.store.journal.devices import OWN_STEPS, list_own_devices, read_lineage
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_rows

FIRST_HASHED_STEP = (
    "SELECT position FROM change WHERE device = ? AND position > 0 AND purpose NOT NULL ORDER BY position LIMIT 1"
)
LAST_POSITION = 2**63
KEY_TEXT = re.compile(r"[0-9a-f]{32}")
MALFORMED = (TypeError, ValueError)
"""What hashing raises for values of other types than those of a journal."""


class KnownChains(NamedTuple):
    """What a copy knows of the chains: its own are the measure of those that come in."""

    chain_by_id: dict[RowKey, bytes]
    """Of every change and every place."""
    changes: set[RowKey]
    """Ids of the changes that are there, not only their places."""
    places: dict[str, dict[int, bytes]]
    """Chain by device and position."""
    first_seq: dict[str, int]
    """By device, the sequence number of the first change in its chain."""
    first_hashed_step: dict[str, int]
    """By device, the first position from which its chain commits to the steps."""
    has_unchained: bool
    erased_people: set[RowKey]
    has_erasures: bool
    own_devices: frozenset[str]
    """Devices under which only this copy writes."""
    former_devices: Mapping[str, int]
    """Number of the last step of this copy by former device; the copy that a restore replaced may have written more."""
    own_steps: frozenset[RowKey]
    """The steps of this copy, if it has former devices; an undo may have taken back their lines after a sync."""


NOTHING_KNOWN = KnownChains({}, set(), {}, {}, {}, True, set(), False, frozenset(), {}, frozenset())


def read_known_chains(cursor: Cursor) -> KnownChains:
    """Read the chains of the local journal.

    A place without its line counts where a line follows it, or where an erasure explains it. Any other gives way.
    """
    own_devices = frozenset(list_own_devices(cursor))
    former = {device: last for device, last in read_lineage(cursor) if device not in own_devices}
    steps = frozenset(select_column(cursor, f"SELECT id FROM ({OWN_STEPS})")) if former else frozenset()
    known = KnownChains({}, set(), {}, {}, {}, False, *_read_erasures(cursor), own_devices, former, steps)
    lines = cursor.execute("SELECT id, device, position, seq, chain FROM change")
    has_unchained = _add_places(known, lines)
    known.changes.update(known.chain_by_id)
    last = {device: max(places, default=0) for device, places in known.places.items()}
    query = "SELECT id, device, position, seq, chain, row_id NOT IN (SELECT row_id FROM erasure) FROM missing_change"
    places = [
        (key, device, position, seq, chain)
        for key, device, position, seq, chain, is_withheld in cursor.execute(query)
        if not (is_withheld and position is not None and position > last.get(device, 0))
    ]
    has_unchained = _add_places(known, places) or has_unchained
    for device in known.places:
        if hashed := cursor.execute(FIRST_HASHED_STEP, (device,)).fetchone():
            known.first_hashed_step[device] = hashed[0]
    return known._replace(has_unchained=has_unchained)


def _add_places(known: KnownChains, rows: Iterable[tuple[RowKey, str, int | None, int, bytes]]) -> bool:
    """Add these places; return whether one is older than the chains."""
    has_unchained = False
    for key, device, position, seq, chain in rows:
        known.chain_by_id[key] = chain
        places = known.places.setdefault(device, {})
        if position is None:
            has_unchained = True
            continue
        places[position] = chain
        if position == 1:
            known.first_seq[device] = seq
    return has_unchained


def read_verified_rows(cursor: Cursor) -> dict[RowKey, StoredChange]:
    """Return the changes of the local journal by id."""
    return {change.id: change for change in read_journal(cursor)}


def _read_erasures(cursor: Cursor) -> tuple[set[RowKey], bool]:
    rows = cursor.execute("SELECT row_id, marks FROM erasure").fetchall()
    return {key for key, marks in rows if marks != "[]"}, bool(rows)


@dataclass
class ChainCheck:
    """The check of a journal: what of it holds and is not known yet, and what is refused."""

    known: KnownChains
    read_known_records: Callable[[], set[RowKey]]
    """Returns the keys of the records that the copy has."""
    verified_rows: Mapping[RowKey, StoredChange] = field(default_factory=dict)
    """Changes that were checked before, by id. A row that is equal in all columns is not checked again."""
    accepted: list[StoredChange] = field(default_factory=list)
    """Changes that are not known, in journal order."""
    places: list[ChangePlace] = field(default_factory=list)
    """Places that are not known, of changes that are refused."""
    missing: list[ChangePlace] = field(default_factory=list)
    """Places that are not known, of changes that the other copy does not have."""
    dependent: list[StoredChange] = field(default_factory=list)
    """Changes that hold, but whose record, or one that they refer to, was added by a refused change."""
    rewritten: list[StoredChange] = field(default_factory=list)
    """Changes that are not known, and whose text the other copy replaced for an erasure that is known here."""
    confirmed: dict[tuple[str, bytes], ChangePlace] = field(default_factory=dict)
    """By device and digest, the places that commit to redacted texts for an erasure that is known here."""
    offered: list[StoredChange] = field(default_factory=list)
    """Changes that are not known, under a former device of this copy. A person decides whether it wrote them."""
    takes_offered: bool = False
    """Whether a person took the changes under former devices of this copy."""
    diverging: dict[str, int] = field(default_factory=dict)
    """By device, the first position at which the other copy has another change."""
    keeps_lines: bool = True
    """Whether accepted changes and places are listed; otherwise only the faults are."""
    _faults: dict[tuple[str, ChainFaultKind], ChainFault] = field(default_factory=dict)
    _refused_records: set[str] = field(default_factory=set)

    @property
    def faults(self) -> list[ChainFault]:
        """The first refused line of each device and reason."""
        return list(self._faults.values())

    def run(self, cursor: Cursor, changes: Sequence[StoredChange]) -> None:
        """Check the changes of a journal, device by device, except those that were verified before.

        The chain is followed past these by what the copy knows of it. `cursor` reads the places of missing changes.
        """
        rows: list[ChainedRow] = [change for change in changes if self.verified_rows.get(change.id) != change]
        present = {change.id for change in changes}
        places = select_rows(cursor, ChangePlace, f"SELECT {PLACE_COLUMNS} FROM missing_change")
        rows += [place for place in places if place.id not in present]
        chained = [row for row in rows if row.position is not None]
        chained.sort(key=lambda row: (str(row.device), row.position if type(row.position) is int else -1))
        chain_starts = dict(self.known.first_seq)
        for device, group in groupby(chained, key=lambda row: row.device):
            lines = list(group)
            if lines[0].position == 1 and type(lines[0].seq) is int:
                chain_starts.setdefault(device, lines[0].seq)
            self._check_chain(device, lines)
        for row in rows:
            if row.position is None:
                self._check_unchained(row, chain_starts)
        if self._faults:
            self._leave_out_dependent()
        self.accepted.sort(key=JOURNAL_ORDER)

    def run_stored(self, cursor: Cursor) -> None:
        """Check the journal of a database line by line, without holding it in memory."""
        starts = "SELECT device, seq FROM {} WHERE position = 1 AND typeof(seq) = 'integer'"
        chain_starts = dict(
            cursor.execute(f"{starts.format('missing_change')} UNION ALL {starts.format('change')}").fetchall()
        )
        devices = cursor.execute("SELECT device FROM change UNION SELECT device FROM missing_change").fetchall()
        for (device,) in devices:
            self._check_chain(device, _read_chain(cursor, device))
        for row in _read_unchained(cursor):
            self._check_unchained(row, chain_starts)

    def _check_chain(self, device: str, rows: Iterable[ChainedRow]) -> None:
        """Follow the chain of a device; after a line that breaks it nothing more of the device is accepted."""
        local = self.known.places.get(device, {})
        previous, last, broken = CHAIN_START, 0, None
        first_covered, covers_steps = self.known.first_hashed_step.get(device, LAST_POSITION), False
        for row in rows:
            position = row.position
            if type(position) is not int or position <= last:
                fault = self._refuse(row, broken.reason if broken else ChainFaultKind.ALTERED)
                broken = broken or fault
                continue
            local_chain = local.get(position)
            if position > last + 1:
                before = local.get(position - 1)
                if before is None and broken is None:
                    broken = self._refuse(row, ChainFaultKind.MISSING, line=last + 1)
                    last = position
                    continue
                previous = before or previous
            last = position
            if broken:
                if row.id not in self.known.chain_by_id:
                    self._refuse(row, broken.reason)
                continue
            # A chain that commits to steps from one place on does so at all later places.
            covers_steps = covers_steps or row.purpose is not None or position > first_covered
            is_intact = _is_chained(previous, row) and not _is_downgraded(row, covers_steps=covers_steps)
            previous = local_chain or row.chain
            if not is_intact:
                fault = self._refuse(row, ChainFaultKind.ALTERED)
                broken = None if local_chain else fault
            elif local_chain not in (None, row.chain) or self._is_elsewhere(row):
                self.diverging.setdefault(device, position)
                broken = self._refuse(row, ChainFaultKind.FORKED)
            elif local_chain is None and self._names_this_copy(row):
                broken = self._refuse(row, ChainFaultKind.FORGED)
            else:
                self._check_row(row, is_known=local_chain is not None)

    def _check_row(self, row: ChainedRow, *, is_known: bool) -> None:
        """Check a row whose place holds; a person decides about new ones under a former device of this copy."""
        if is_known or self.takes_offered or row.device not in self.known.former_devices:
            self._check_content(row)
        elif isinstance(row, StoredChange):
            self.offered.append(row)

    def _names_this_copy(self, row: ChainedRow) -> bool:
        """Return whether an unknown row claims that this copy wrote it, which has its lines, or at least their step."""
        last = self.known.former_devices.get(row.device)
        is_later = last is None or (type(row.seq) is int and row.seq > last)
        return row.device in self.known.own_devices or not (is_later or row.transaction in self.known.own_steps)

    def _is_elsewhere(self, row: ChainedRow) -> bool:
        """Return whether this copy has a line with the same id at another place: one of the two was forged."""
        return self.known.chain_by_id.get(row.id, row.chain) != row.chain

    def _check_content(self, row: ChainedRow) -> None:
        """Accept a change whose place holds, unless its value is not the one that it commits to."""
        is_known = row.id in self.known.changes
        if isinstance(row, ChangePlace):
            if row.field == CONFIRMED and row.row_id in self.known.erased_people:
                self.confirmed[row.device, row.digest] = row
            if row.id not in self.known.chain_by_id and self.keeps_lines:
                self.missing.append(row)
            return
        if row.salt is None and not is_known and row.erased_by in self.known.erased_people and self.keeps_lines:
            self.rewritten.append(row)
            return
        reason = self._find_content_fault(row, is_known=is_known)
        if reason:
            self._refuse(row, reason)
            if not is_known and self.keeps_lines:
                self.places.append(place_of(row))
        elif not is_known and self.keeps_lines:
            self.accepted.append(row)

    def _find_content_fault(self, row: StoredChange, *, is_known: bool) -> ChainFaultKind | None:
        if row.salt is None:
            covered = is_known or row.erased_by in self.known.erased_people
            return None if covered else ChainFaultKind.REDACTED
        return None if _is_committed(row) else ChainFaultKind.ALTERED

    def _check_unchained(self, row: ChainedRow, chain_starts: dict[str, int]) -> None:
        """Check a change from before the chains; it commits to itself alone."""
        known_chain = self.known.chain_by_id.get(row.id)
        if known_chain is not None and known_chain == row.chain:
            self._check_content(row)
        elif known_chain is not None:
            # Copies that were migrated with different erasures have different texts: each keeps its own.
            if not self.known.has_erasures or row.id not in self.known.changes:
                self._refuse(row, ChainFaultKind.ALTERED)
        elif not _is_chained(CHAIN_START, row):
            self._refuse(row, ChainFaultKind.ALTERED)
        elif self._names_this_copy(row):
            self._refuse(row, ChainFaultKind.FORGED)
        elif not self.known.has_unchained or row.seq > chain_starts.get(row.device, row.seq):
            self._refuse(row, ChainFaultKind.UNCHAINED)
        else:
            self._check_content(row)

    def _refuse(self, row: ChainedRow, reason: ChainFaultKind, line: int | None = None) -> ChainFault:
        """Note a refused row, and return the first of its device for the same reason."""
        if row.field == ROW and row.id not in self.known.changes:
            self._refused_records.add(str(row.row_id.hex()) if isinstance(row.row_id, bytes) else "")
        device = str(row.device)
        first = self._faults.get((device, reason))
        if first:
            fault = replace(first, count=first.count + 1)
        else:
            number = line or row.position or row.seq
            fault = ChainFault(device, number if type(number) is int else 0, reason, 1)
        self._faults[device, reason] = fault
        return fault

    def _leave_out_dependent(self) -> None:
        """Leave out changes of refused records, and of records that refer to them."""
        known_records = self.read_known_records()
        while True:
            created = {change.row_id for change in self.accepted if change.field == ROW} | known_records
            missing = self._refused_records - {key.hex() for key in created}
            orphans = {
                change.id
                for change in self.accepted
                if change.row_id not in created or not missing.isdisjoint(KEY_TEXT.findall(str(change.value)))
            }
            if not orphans:
                return
            left_out = [change for change in self.accepted if change.id in orphans]
            self._refused_records |= {change.row_id.hex() for change in left_out if change.field == ROW}
            self.accepted = [change for change in self.accepted if change.id not in orphans]
            self.dependent += left_out


def place_of(change: StoredChange) -> ChangePlace:
    """Return the place of a change, without user and value."""
    values = change._asdict()
    return ChangePlace(*(values[name] for name in ChangePlace._fields))


def keep_places(cursor: Cursor, places: Iterable[ChangePlace]) -> None:
    """Store the places of changes that do not come in, so that the chain can be followed past them."""
    cursor.executemany(INSERT_PLACE, [place for place in places if place.position is not None])


def forget_places(cursor: Cursor) -> None:
    """Delete the places of changes that are in the journal now, and those that gave way to another change."""
    cursor.execute("DELETE FROM missing_change WHERE id IN (SELECT id FROM change)")
    cursor.execute(
        "DELETE FROM missing_change WHERE EXISTS (SELECT 1 FROM change c"
        " WHERE c.device = missing_change.device AND c.position = missing_change.position)"
    )


def find_withheld(
    cursor: Cursor, erased: Collection[RowKey], keys: Collection[RowKey] | None = None
) -> list[ChainFault]:
    """Return the places of a journal, or of these, that no erasure explains; consecutive ones are one fault.

    `erased` are the records that were erased in this copy.
    """
    query = """SELECT id, row_id, device, position FROM missing_change WHERE typeof(position) = 'integer'
 AND id NOT IN (SELECT id FROM change) ORDER BY device, position"""
    faults: list[ChainFault] = []
    for key, row_id, device, position in cursor.execute(query):
        if row_id in erased or not (keys is None or key in keys):
            continue
        last = faults[-1] if faults else None
        if last and (last.device, last.line + last.count) == (device, position):
            faults[-1] = replace(last, count=last.count + 1)
        else:
            faults.append(ChainFault(str(device), position, ChainFaultKind.WITHHELD))
    return faults


def find_chain_faults(cursor: Cursor) -> list[ChainFault]:
    """Return the lines of a journal that do not hold by themselves."""
    people, _has_erasures = _read_erasures(cursor)
    check = ChainCheck(NOTHING_KNOWN._replace(erased_people=people), set, keeps_lines=False)
    check.run_stored(cursor)
    altered = {fault.device for fault in check.faults if fault.reason is ChainFaultKind.ALTERED}
    return [*check.faults, *(fault for fault in _find_step_faults(cursor) if fault.device not in altered)]


def _find_step_faults(cursor: Cursor) -> list[ChainFault]:
    """Return the first change of each device whose step is not the one that the change commits to."""
    query = """SELECT c.device, min(c.position), count(*) FROM change c JOIN step s ON s.id = c."transaction"
 WHERE c.purpose NOT NULL AND NOT (c.device = s.device AND c.seq = s.seq AND c.wall_ms = s.wall_ms
 AND (c.user = s.user OR c.salt IS NULL)
 AND (c.purpose = s.kind || iif(s.reverses IS NULL, '', ' ' || lower(hex(s.reverses)))
 OR (s.reverses IS NULL AND c.purpose GLOB s.kind || ' *'))) GROUP BY c.device"""
    rows = cursor.execute(query).fetchall()
    return [ChainFault(str(device), line, ChainFaultKind.ALTERED, count) for device, line, count in rows]


def _read_chain(cursor: Cursor, device: str) -> Iterator[ChainedRow]:
    """Yield changes and places of a device by position, first those whose position is not a number."""
    for is_number in (False, True):
        condition = f"device = ? AND position IS NOT NULL AND (typeof(position) = 'integer') = {is_number:d}"
        changes = cursor.connection.cursor()
        changes.execute(f"SELECT {CHANGE_COLUMNS} FROM change WHERE {condition} ORDER BY position", (device,))
        places = cursor.connection.cursor()
        places.execute(
            f"SELECT {PLACE_COLUMNS} FROM missing_change WHERE {condition} AND id NOT IN (SELECT id FROM change)"
            " ORDER BY position",
            (device,),
        )
        streams: list[Iterator[ChainedRow]] = [map(StoredChange._make, changes), map(ChangePlace._make, places)]
        if is_number:
            yield from merge(*streams, key=attrgetter("position"))
        else:
            yield from (row for stream in streams for row in stream)


def _read_unchained(cursor: Cursor) -> Iterator[ChainedRow]:
    changes, places = cursor.connection.cursor(), cursor.connection.cursor()
    changes.execute(f"SELECT {CHANGE_COLUMNS} FROM change WHERE position IS NULL")
    yield from map(StoredChange._make, changes)
    places.execute(
        f"SELECT {PLACE_COLUMNS} FROM missing_change WHERE position IS NULL AND id NOT IN (SELECT id FROM change)"
    )
    yield from map(ChangePlace._make, places)


def _is_chained(previous: bytes, row: ChainedRow) -> bool:
    try:
        return (
            type(row.seq) is type(row.wall_ms) is int
            and chain_change(previous, row) == row.chain
            and is_step_key(row.transaction, row.wall_ms, row.seq, row.device, row.purpose)
        )
    except MALFORMED:
        return False


def _is_downgraded(row: ChainedRow, *, covers_steps: bool) -> bool:
    """Return whether a row does not commit to its step, although its chain does from here on."""
    return covers_steps and row.purpose is None


def _is_committed(change: StoredChange) -> bool:
    try:
        return change.salt is not None and compute_digest(change.salt, change.user, change.value) == change.digest
    except MALFORMED:
        return False
