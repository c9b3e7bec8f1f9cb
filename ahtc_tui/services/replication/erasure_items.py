"""Incoming erasures as items of a merge: the answer to each, its report, and the question about a pending one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportOptions, Question
from ahtc_tui.domain.privacy.data_protection import ErasedRow, ErasureEffect, build_table_counts
from ahtc_tui.domain.replication.reports import IncomingErasure, RefusedLine
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.store.privacy.erasure_register import list_erased
from ahtc_tui.store.replication.erased_names import NAMES
from ahtc_tui.store.replication.incoming_erasures import ROWS
from ahtc_tui.store.replication.journal_merge import REWRITTEN

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.store.replication.incoming_erasures import ErasureAnswer, ErasurePlan, PersonToErase
    from ahtc_tui.store.replication.journal_merge import JournalMerge

FIELD = "erasure"
"""The field of a question about an erasure."""
LONGEST_PASSAGE = 100


def build_question_id(key: RowKey, part: str = "") -> str:
    """Return the id of the question about the erasure of a person, or about a part of it."""
    return f"{FIELD}-{key.hex()[-12:]}" + (f"-{part}" if part else "")


def build_erasure_answer(options: ImportOptions) -> ErasureAnswer:
    """Return a function that says whether a person accepted an erasure, or a part of it.

    `--accept-erasures` accepts the persons, with what this copy itself finds of them. Each part needs its own answer.
    """

    def accepts(key: RowKey, part: str = "", /) -> bool:
        is_accepted = options.answers.get(build_question_id(key, part)) == "theirs"
        return is_accepted or (options.accept_erasures and not part)

    return accepts


def list_incoming(merge: JournalMerge) -> tuple[IncomingErasure, ...]:
    """Return the items of a merge, accepted or not."""
    return tuple(item for item, _reason in _list_items(merge))


def list_questions(merge: JournalMerge, options: ImportOptions) -> Iterator[Question]:
    """Yield a question for each pending item, unless the answer is to keep what is here."""
    for item, reason in _list_items(merge):
        if item.accepted or options.answers.get(item.id) == "ours":
            continue
        day = format_long_date(date.fromisoformat(item.on))
        name = item.name or _("nobody on this laptop")
        theirs = _("erased on {date}").format(date=day)
        yield Question(item.id, item.ref, FIELD, None, _("not removed"), theirs, reason, "", name)


def _list_items(merge: JournalMerge) -> Iterator[tuple[IncomingErasure, str]]:
    """Yield the items of a merge, each with the reason of its question."""
    plan = merge.erasures
    for person in plan.all_items:
        row, counts = person.rows[0], build_table_counts(person.counts)
        part = ROWS if person is plan.remaining_rows else ""
        key = build_question_id(person.key, part)
        item = IncomingErasure(key, person.ref or None, person.name or None, row.erased_on, person.is_accepted, counts)
        yield item, _format_reason(plan, person)
    for names in merge.further_names:
        key = build_question_id(names.key, NAMES)
        passages = tuple(names.passages)
        item = IncomingErasure(key, None, None, names.person.erased_on, names.is_accepted, (), names.words, passages)
        yield item, _format_names_reason(item)
    days = {person.key: person.erased_on for person in list_erased(merge.ledger.cursor)}
    for rewritten in merge.rewritten:
        key = build_question_id(rewritten.key, REWRITTEN)
        texts = tuple(ErasedRow(str(c.table), str(c.field), "", str(c.value)) for c in rewritten.changes)
        item = IncomingErasure(key, None, None, days[rewritten.key], rewritten.is_accepted, (), (), texts)
        yield item, _format_rewritten_reason(item)


def list_refused(plan: ErasurePlan, device: str) -> list[RefusedLine]:
    """Return the invalid erasures. `device` is the one that the other copy belongs to."""
    return [
        RefusedLine(device, None, FIELD, key.hex() if isinstance(key, bytes) else ascii(key), _(reason))
        for key, reason in plan.refused
    ]


def _format_reason(plan: ErasurePlan, item: PersonToErase) -> str:
    """Return what the other copy erased, and what would go here."""
    day = format_long_date(date.fromisoformat(item.rows[0].erased_on))
    gone = sum(n for (_table, effect), n in item.counts.items() if effect is ErasureEffect.DROPPED)
    changed = sum(n for (_table, effect), n in item.counts.items() if effect is not ErasureEffect.DROPPED)
    effects = _("on this laptop this removes {gone:,} records and rewrites {changed:,}").format(
        gone=gone, changed=changed
    )
    if item is plan.remaining_rows:
        sentence = _("records linked to erased people only on the other laptop; {effects}")
    elif item is plan.destroyed:
        sentence = _("records destroyed by the other laptop under its retention schedule on {day}; {effects}")
    elif not item.name:
        return _("the other laptop erased a person on {date}, and this laptop does not have this person").format(
            date=day
        )
    else:
        sentence = _("{name} ({ref}) was erased on the other laptop on {day}; {effects}")
    return sentence.format(name=item.name, ref=item.ref, day=day, effects=effects)


def _format_names_reason(item: IncomingErasure) -> str:
    """Return the words in clear, and a line for each passage with what would change in it."""
    words = ", ".join(f'"{escape_controls(word)}"' for word in item.words)
    sentence = _(
        "only the other copy treats these words as naming a person erased on {day}: {words}; these "
        "passages would change:{texts}"
    )
    day = format_long_date(date.fromisoformat(item.on))
    changes = (escape_controls(f'"{row.former_excerpt}" > "{row.excerpt}"') for row in item.passages)
    texts = ";".join(f"\n  {change}" for change in dict.fromkeys(changes))
    return sentence.format(day=day, words=words, texts=texts)


def _format_rewritten_reason(item: IncomingErasure) -> str:
    """Return the texts that this copy cannot check."""
    sentence = _(
        "another laptop rewrote these changes for a person erased on {day}, and this laptop cannot check them. They "
        "come in by themselves after their own laptop has accepted the erasure: {texts}"
    )
    day = format_long_date(date.fromisoformat(item.on))
    return sentence.format(day=day, texts="; ".join(f'"{_shorten(row.after)}"' for row in item.passages))


def _shorten(text: str) -> str:
    """Return a text on one line, cut where it is long: --json has it whole."""
    plain = escape_controls(" ".join(text.split()))
    return plain if len(plain) <= LONGEST_PASSAGE else f"{plain[:LONGEST_PASSAGE]}…"
