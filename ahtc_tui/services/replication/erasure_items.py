"""Incoming erasures as items of a merge: the answer to each, its report, and the question about a pending one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportOptions, Question
from ahtc_tui.domain.privacy.data_protection import ErasureEffect, build_table_counts
from ahtc_tui.domain.replication.reports import IncomingErasure, RefusedLine

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.store.replication.incoming_erasures import ErasurePlan, PersonToErase

FIELD = "erasure"
"""The field of a question about an erasure."""


def build_question_id(key: RowKey) -> str:
    """Return the id of the question about the erasure of a person."""
    return f"{FIELD}-{key.hex()[-12:]}"


def build_erasure_answer(options: ImportOptions) -> Callable[[RowKey], bool]:
    """Return a function that says whether a person accepted the erasure with a key."""
    return lambda key: options.accept_erasures or options.answers.get(build_question_id(key)) == "theirs"


def list_incoming(plan: ErasurePlan) -> tuple[IncomingErasure, ...]:
    """Return the items of a merge, accepted or not."""
    return tuple(_build_item(item) for item in plan.all_items)


def _build_item(item: PersonToErase) -> IncomingErasure:
    day, counts = item.rows[0].erased_on, build_table_counts(item.counts)
    return IncomingErasure(
        build_question_id(item.key), item.ref or None, item.name or None, day, item.is_accepted, counts
    )


def list_refused(plan: ErasurePlan, device: str) -> list[RefusedLine]:
    """Return the invalid erasures. `device` is the one that the other copy belongs to."""
    return [
        RefusedLine(device, None, FIELD, key.hex() if isinstance(key, bytes) else ascii(key), _(reason))
        for key, reason in plan.refused
    ]


def list_questions(plan: ErasurePlan, options: ImportOptions) -> Iterator[Question]:
    """Yield a question for each pending erasure, unless the answer is to keep the person."""
    for item in plan.pending:
        question_id = build_question_id(item.key)
        if options.answers.get(question_id) == "ours":
            continue
        day = format_long_date(date.fromisoformat(item.rows[0].erased_on))
        reason = _format_reason(plan, item, day)
        name = item.name or _("nobody in this copy")
        theirs = _("erased on {day}").format(day=day)
        yield Question(question_id, item.ref or None, FIELD, None, _("kept"), theirs, reason, "", name)


def _format_reason(plan: ErasurePlan, item: PersonToErase, day: str) -> str:
    """Return what the other copy erased, and what would go here."""
    gone = sum(n for (_table, effect), n in item.counts.items() if effect is ErasureEffect.DROPPED)
    changed = sum(n for (_table, effect), n in item.counts.items() if effect is not ErasureEffect.DROPPED)
    effects = _("here this removes {gone:,} records and rewrites {changed:,}").format(gone=gone, changed=changed)
    if item is plan.remaining_rows:
        sentence = _("records that were removed with a person erased in the other copy; {effects}")
    elif item.has_further_hashes:
        return _("further names or addresses of a person erased on {day}; they would be removed here").format(day=day)
    elif not item.name:
        return _("a person who is not in this copy was erased in the other copy on {day}").format(day=day)
    else:
        sentence = _("{name} ({ref}) was erased in the other copy on {day}; {effects}")
    return sentence.format(name=item.name, ref=item.ref, day=day, effects=effects)
