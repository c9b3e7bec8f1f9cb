"""Ways to break the border of a merge: each takes something of another copy that no hash checked here covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.services.replication import merge
from ahtc_tui.store.engine import foreign_file
from ahtc_tui.store.journal import chain_check
from ahtc_tui.store.journal.chain import ChangePlace, StoredChange, StoredStep, compute_redacted_digest
from ahtc_tui.store.privacy.erasure import without_guards
from ahtc_tui.store.replication import journal_merge, line_screening
from ahtc_tui.store.replication.incoming_erasures import ROWS
from ahtc_tui.store.replication.journal_merge import REWRITTEN, JournalMerge


def take_rewritten_texts(patch: pytest.MonkeyPatch) -> None:
    """Take the peer's text wherever the peer says that an erasure removed something."""
    apply_erasures = JournalMerge._apply_erasures

    def apply_and_adopt(merge: JournalMerge) -> None:
        apply_erasures(merge)
        cursor = merge.ledger.cursor
        query = "SELECT value, user, erased_by, id FROM change WHERE erased_by NOT NULL AND json_valid(value)"
        rows = merge.peer.execute(query).fetchall()
        statement = "UPDATE change SET value = ?, user = ?, salt = NULL, erased_by = ? WHERE id = ? AND salt NOT NULL"
        with without_guards(cursor):
            cursor.executemany(statement, rows)
        query = 'SELECT DISTINCT "table", row_id FROM change WHERE id = ?'
        records = {cursor.execute(query, row[-1:]).fetchone() for row in rows}
        merge.resolve_records(merge._remember(records))

    patch.setattr(JournalMerge, "_apply_erasures", apply_and_adopt)


def redact_every_word_of_a_peer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(merge, "build_erasure_answer", lambda options: lambda _key, _part="": options.accept_erasures)


def take_changes_that_were_rewritten_before(patch: pytest.MonkeyPatch) -> None:
    def accept(options: ImportOptions) -> Callable[..., bool]:
        return lambda _key, part="": options.accept_erasures or part == REWRITTEN

    patch.setattr(merge, "build_erasure_answer", accept)


def take_texts_that_any_laptop_confirms(patch: pytest.MonkeyPatch) -> None:
    def find(merge: JournalMerge, change: StoredChange, salt: bytes) -> ChangePlace | None:
        digest = compute_redacted_digest(salt, change)
        return next((place for (_device, known), place in merge.chains.confirmed.items() if known == digest), None)

    patch.setattr(JournalMerge, "_find_confirmation", find)


def keep_every_place(patch: pytest.MonkeyPatch) -> None:
    run = JournalMerge.run

    def run_and_keep(merge: JournalMerge) -> None:
        run(merge)
        chain_check.keep_places(merge.ledger.cursor, merge.chains.missing)

    patch.setattr(JournalMerge, "run", run_and_keep)


def name_no_gap(patch: pytest.MonkeyPatch) -> None:
    for module in (journal_merge, chain_check):
        patch.setattr(module, "find_withheld", lambda *_arguments: [])


def trust_the_steps_of_a_peer(patch: pytest.MonkeyPatch) -> None:
    def build(screening: Any, change: StoredChange) -> None:
        for row in line_screening._read_step(screening._peer, change.transaction):
            screening._steps[row.id] = row

    patch.setattr(line_screening._StepScreening, "_build", build)
    patch.setattr(line_screening._StepScreening, "find_fault", lambda _screening, _change: None)


def let_others_undo_the_steps_of_this_copy(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(line_screening._StepScreening, "_may_reverse", lambda _screening, _step, _needed: True)


def let_third_laptops_be_undone(patch: pytest.MonkeyPatch) -> None:
    def may_reverse(screening: Any, step: StoredStep, _needed: set[RowKey]) -> bool:
        found = line_screening._read_step(screening._local, step.reverses or NO_KEY)
        return not (found and found[0].device in screening._own_devices)

    patch.setattr(line_screening._StepScreening, "_may_reverse", may_reverse)


def accept_steps_of_any_key(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(chain_check, "is_step_key", lambda *_columns: True)


def let_lines_name_the_steps_of_others(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(line_screening._StepScreening, "find_fault", lambda _screening, _change: None)


def accept_lines_under_the_own_device(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(chain_check, "list_own_devices", lambda _cursor: set())


def accept_hashes_of_the_former_rule(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(chain_check, "_is_downgraded", lambda _row, *, covers_steps: False)


def read_any_schema(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(foreign_file, "_refuse_other_schema", lambda *_arguments: None)


def accept_rows_of_a_peer(patch: pytest.MonkeyPatch) -> None:
    def accept(options: ImportOptions) -> Callable[..., bool]:
        return lambda _key, part="": options.accept_erasures and part in ("", ROWS)

    patch.setattr(merge, "build_erasure_answer", accept)


def follow_no_chain_of_a_peer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(chain_check, "find_chain_faults", lambda _cursor: [])
