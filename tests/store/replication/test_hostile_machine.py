"""Three laptops with backups, broken merges and a hostile peer: nothing is lost, and nobody can take anything away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from ahtc_tui.domain.contacts.model import ContactCard
from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.replication import merge
from ahtc_tui.services.replication.merge_report import MergeReport
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.journal import devices
from tests.store import hostile_laptops
from tests.store.border_mutants import keep_every_place
from tests.store.hostile_copy import DEEDS
from tests.store.hostile_laptops import HostileLaptops

pytestmark = pytest.mark.usefixtures("quick")
CASES = 50
"""Of 40 steps each in one part; --hypothesis-profile=nightly runs 2,000."""
FEW_CASES = 3
PARTS = max(4, settings().max_examples // CASES)


def run_part(part: int, cases: int = CASES, deeds: Sequence[str] = DEEDS) -> None:
    """Run a part; a failure is printed as it came, because shrinking it takes many minutes."""
    run_state_machine_as_test(
        seed(part)(type("Part", (HostileLaptops,), {"deeds": deeds})),
        settings=settings(
            max_examples=cases,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )


@pytest.mark.long
def test_a_hostile_peer_takes_nothing_away() -> None:
    run_part(PARTS, FEW_CASES)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hostile_peer_takes_nothing_away_in_many_cases(part: int) -> None:
    run_part(part)


def accept_erasures_unasked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(merge, "build_erasure_answer", lambda _options: lambda _key, _part="": True)


def merge_without_a_word(patch: pytest.MonkeyPatch) -> None:
    build_report = MergeReport.build_report

    def build_silent_report(report: MergeReport, *arguments: Any) -> MergeFileReport:
        return replace(build_report(report, *arguments), changed=(), questions=(), warnings=())

    patch.setattr(MergeReport, "build_report", build_silent_report)


def keep_the_device_of_a_backup(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(devices, "assign_new_device", lambda _cursor: "")


def commit_broken_merges(patch: pytest.MonkeyPatch) -> None:
    def commit(database: Database) -> None:
        if database.connection.in_transaction:
            database.connection.commit()

    patch.setattr(Database, "_roll_back", commit)


def show_words_of_nobody(patch: pytest.MonkeyPatch) -> None:
    """Show more words on the screen than are stored."""
    show_contact = contacts.show_contact

    def show_more(*arguments: Any) -> ContactCard:
        card = show_contact(*arguments)
        return replace(card, note=f"{card.note or ''} rewritten")

    patch.setattr(contacts, "show_contact", show_more)
    patch.setattr(hostile_laptops, "SCREEN_SAMPLE", 1)


def show_a_card_without_its_words(patch: pytest.MonkeyPatch) -> None:
    show_contact = contacts.show_contact

    def show_without_words(*arguments: Any) -> ContactCard:
        card = show_contact(*arguments)
        return replace(card, note=None, row=replace(card.row, role=None, short=None, email=None))

    patch.setattr(contacts, "show_contact", show_without_words)
    patch.setattr(hostile_laptops, "SCREEN_SAMPLE", 1)


MUTANTS: tuple[tuple[Callable[[pytest.MonkeyPatch], None], Sequence[str]], ...] = (
    (accept_erasures_unasked, DEEDS),
    (merge_without_a_word, DEEDS),
    (keep_the_device_of_a_backup, DEEDS),
    (commit_broken_merges, DEEDS),
    (keep_every_place, ("add_place",)),
    (show_words_of_nobody, ("forge", "repeat")),
    (show_a_card_without_its_words, ("forge", "repeat")),
)
"""Each with the deeds that it lets through."""


@pytest.mark.long
@pytest.mark.parametrize(("mutant", "deeds"), MUTANTS, ids=[mutant.__name__ for mutant, _deeds in MUTANTS])
def test_the_state_machine_detects_what_a_hostile_peer_may_not(
    mutant: Callable[[pytest.MonkeyPatch], None], deeds: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, ExceptionGroup, AhtcError)):
        run_part(0, deeds=deeds)
