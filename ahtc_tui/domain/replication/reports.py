"""Reports of merges and syncs."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.domain.privacy.data_protection import ErasedRow, TableCount
from ahtc_tui.domain.replication.chains import ChainFault
from ahtc_tui.domain.replication.conflicts import ConflictSide


@dataclass(frozen=True, slots=True)
class DroppedValues:
    """The values that an answer of this merge replaced."""

    id: str
    """Id of the conflict."""
    ref: str
    field: str
    kept: str | None
    """Value that applies now."""
    sides: tuple[ConflictSide, ...]
    """The values that it replaced, with their authors."""


@dataclass(frozen=True, slots=True)
class IncomingErasure:
    """A person whom another copy erased, and what the erasure removes here."""

    id: str
    """The id of the question about it."""
    ref: str | None
    name: str | None
    """None where this copy has no record of the person, or erased them before."""
    on: str
    """The day, ISO 8601."""
    accepted: bool
    records: tuple[TableCount, ...]
    words: tuple[str, ...] = ()
    """Words of this copy that only the other copy counts to the person."""
    passages: tuple[ErasedRow, ...] = ()
    """Every passage that these words would change here; of changes that come in rewritten, their texts."""

    @property
    def needs_own_answer(self) -> bool:
        """Whether it is a part of an erasure, which `--accept-erasures` does not accept: its id ends with that part."""
        return self.id.count("-") > 1


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of another journal that is not taken, or an erasure that is not valid."""

    device: str
    line: int | None
    """Its place in the chain of the device; for a line from before the chains the number of its step, for an erasure
    None.
    """
    table: str
    field: str
    reason: str
    """A sentence."""


@dataclass(frozen=True, slots=True)
class MergeFileReport(FileReport):
    """What a merge brought in, dropped, refused and erased."""

    dropped: tuple[DroppedValues, ...] = ()
    """Values replaced by answers or by `--take`."""
    erasures: tuple[IncomingErasure, ...] = ()
    """Erasures of the other copy that are new here, accepted or not."""
    refused: tuple[RefusedLine, ...] = ()
    altered: tuple[ChainFault, ...] = ()
    """Lines that were left out, because the chain of their device does not hold; a warning names each."""

    @property
    def erased_count(self) -> int:
        """Number of accepted erasures."""
        return sum(erasure.accepted for erasure in self.erasures)


@dataclass(frozen=True, slots=True)
class SyncReport(MergeFileReport):
    """Result of a synchronisation with the office hub."""

    sent: int = 0
    """Number of journal changes that were sent to the hub."""
    sent_erasures: int = 0
    """Number of people whose erasure was sent to the hub."""
    held: int = 0
    """Number of journal changes that the hub lacks and this login may not send; a warning names the reason."""
    held_erasures: int = 0
    """Number of erasures that this login may not carry out on the hub; a warning says who may."""

    @property
    def is_held_back(self) -> bool:
        """Whether something stays on this laptop because of the rights of its login."""
        return bool(self.held or self.held_erasures)


@dataclass(frozen=True, slots=True)
class HubLogin:
    """A login of the server, and the highest of the hub's roles that it has."""

    login: str
    role: str


@dataclass(frozen=True, slots=True)
class HubLaptop:
    """A laptop of which the hub has lines, or that is registered."""

    laptop: str
    login: str | None
    """The login that may send its lines; None for a laptop that never synced itself."""
    lines: int


@dataclass(frozen=True, slots=True)
class HubOverview:
    """Version, roles, logins and laptops of a hub, as `ahtc hub show` prints them."""

    hub: str
    """Host and database."""
    version: str
    """Number of its newest migration."""
    has_roles: bool
    """Whether `ahtc hub setup` created its roles."""
    in_use: bool
    """Whether an office has synced with it."""
    logins: tuple[HubLogin, ...]
    laptops: tuple[HubLaptop, ...]
