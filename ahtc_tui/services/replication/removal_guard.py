"""The guard of a merge: a file that removes a large share of the records, or of one kind, asks first."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.store.journal.projection import count_live_people, count_live_records
from ahtc_tui.store.journal.replay import DELETED, ROW
from ahtc_tui.store.records.cursor import RecordKey
from ahtc_tui.store.records.relations import PARENT_OF
from ahtc_tui.store.replication.journal_merge import PERSON, JournalMerge

REMOVALS = "removals"
"""The id of the question about many removals."""
REMOVAL_SHARE = 0.2
"""Share of the records of one kind that a file may remove without a question."""
FREE_REMOVALS = 3
"""Number of records of one kind that may be removed without a question, unless they are all."""
SMALLEST_KIND = 2
"""Number of records from which the removal of all of a kind is a question."""


class KindRemovals(NamedTuple):
    """Removals of one kind of record by a merge."""

    table: str
    removed: int
    """Removed records, without parts that were removed with their record."""
    total: int
    """Records before the merge."""

    @property
    def is_excessive(self) -> bool:
        """Whether a person must confirm them."""
        return self.removed > max(FREE_REMOVALS, self.total * REMOVAL_SHARE) or (
            self.removed == self.total >= SMALLEST_KIND
        )


def build_removal_question(merge: JournalMerge) -> Question | None:
    """Return the question about the removals of a merge; None where they are few.

    Removals by a rule of this merge, such as those of duplicates, are not counted; accepted erasures are.
    """
    written = {(change.table, change.row_id) for change in merge.sides.peer if change.field in (DELETED, ROW)}
    removed: set[RecordKey] = set()
    growth = Counter[str]()
    for record, before in merge.previous.items():
        existed = before is not None and not before["deleted"]
        exists = not merge.projections[record].values["deleted"]
        growth[record[0]] += exists - existed
        if existed and not exists and record in written:
            removed.add(record)
    removed = {record for record in removed if not merge.has_duplicate(record)}
    erased = merge.erased_records
    if not removed and not erased:
        return None
    independent = Counter[str](record[0] for record in removed if not _is_removed_with_whole(record, merge, removed))
    independent += erased
    live = count_live_records(merge.ledger.cursor)
    totals: dict[str, int] = {table: n - growth[table] + erased[table] for table, n in live.items()}
    totals[PERSON] = count_live_people(merge.ledger.cursor) + erased[PERSON]
    kinds = [KindRemovals(table, independent[table], totals[table]) for table in sorted(independent)]
    excessive = [kind for kind in kinds if kind.is_excessive]
    every_kind = KindRemovals("", len(removed) + erased.total(), sum(totals.values()) - totals[PERSON])
    if not excessive and not every_kind.removed > max(FREE_REMOVALS, every_kind.total * REMOVAL_SHARE):
        return None
    return _build_question(excessive or [every_kind])


def _is_removed_with_whole(record: RecordKey, merge: JournalMerge, removed: set[RecordKey]) -> bool:
    """Return whether a record is part of another one that is removed as well; a group is not part of its contact."""
    table, column = PARENT_OF.get(record[0], (None, ""))
    values = merge.previous[record]
    return bool(table and values and column != "id" and (table, values[column]) in removed)


def _build_question(kinds: list[KindRemovals]) -> Question:
    counts = [
        _("{removed:,} of {total:,} {records}").format(
            removed=kind.removed,
            total=kind.total,
            records=format_record_noun(kind.table, kind.total) if kind.table else _("records"),
        )
        for kind in kinds
    ]
    reason = _("the file would remove {counts}, more than a fifth or all of a kind")
    total = sum(kind.total for kind in kinds)
    remaining = total - sum(kind.removed for kind in kinds)
    sentence = reason.format(counts=", ".join(counts))
    return Question(REMOVALS, None, "removed", None, str(total), str(remaining), sentence, "")
