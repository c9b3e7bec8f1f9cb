"""The clock and the random numbers of the laptops at the start, and of one case of a state machine."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest

from ahtc_tui.store.engine import creation
from ahtc_tui.store.journal import chain, devices, ledger
from tests.store.laptops import CLOCK

START_NS = 1_600_000_000 * 10**9
DAY_NS = 86_400 * 10**9


class World:
    """The clock and every random number of one case, from its seed."""

    def __init__(self, seed: int, now: int = START_NS) -> None:
        self.chance = random.Random(seed)
        self.now = now

    def time_ns(self) -> int:
        self.now += 1_000_000
        return self.now + CLOCK.offset * 1_000_000_000

    def create_key(self, nanoseconds: int | None = None) -> SimpleNamespace:
        self.now += 1_000_000
        moment = self.now if nanoseconds is None else nanoseconds
        return SimpleNamespace(bytes=(moment // 1_000_000).to_bytes(6) + self.chance.randbytes(10))

    def install(self, patch: pytest.MonkeyPatch) -> None:
        draw = self.chance.randbytes
        patch.setitem(vars(ledger), "time", SimpleNamespace(time_ns=self.time_ns))
        patch.setitem(vars(ledger), "uuid_utils", SimpleNamespace(uuid7=self.create_key))
        patch.setitem(vars(chain), "os", SimpleNamespace(urandom=draw))
        for module in (devices, creation):
            patch.setitem(vars(module), "secrets", SimpleNamespace(token_hex=lambda size: draw(size).hex()))
