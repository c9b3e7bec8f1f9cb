"""What a merge says: what came in, what changed, what stays, what is asked; and what was decided of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.case_data.detector import looks_like_case_data
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Added, Changed, FileReport, Question, Warned, Wishes
from ahtc_tui.domain.record_names import record_words
from ahtc_tui.domain.replication.conflicts import Why, conflict_field
from ahtc_tui.services.replication.conflicts import read_answer
from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.projection import live_records
from ahtc_tui.store.journal.queries import WITH_REF, Words
from ahtc_tui.store.journal.replay import DELETED, ROW, decode, fold
from ahtc_tui.store.privacy.erasure_register import erased_keys
from ahtc_tui.store.replication.conflict_resolution import OURS, decide
from ahtc_tui.store.replication.conflicts import Open, Reading
from ahtc_tui.store.replication.open_conflicts import everything
from ahtc_tui.store.replication.peer_database import records

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.projection import Row
    from ahtc_tui.store.replication.journal_merge import JournalMerge

REMOVALS = "removals"
"""The name of the question whether so much may go."""
MOST = 0.2
"""A file that would remove a larger part of what stands is asked about first."""
LONGEST = 20_000
"""Letters of a text that is read for case data."""
FEW = 3
"""So many records may always go."""


class MergeReport:
    """The report of one file; made within the transaction of its merge."""

    def __init__(self, workspace: Workspace, union: JournalMerge, path: Path, wishes: Wishes, take: str) -> None:
        """`take` decides what has no answer of its own; "" leaves it."""
        self._workspace, self._union, self._path, self._wishes, self._take = workspace, union, path, wishes, take
        self._reading = Reading(union.ledger.cursor)
        self._words: dict[str, Words] = {}

    def decided(self) -> list[Open]:
        """Write what was decided of the questions; returns those that are left."""
        left, touched = [], set()
        for one in self._open():
            answer = self._wishes.answers.get(one.shown.id, "") or self._by_rule(one)
            if answer in ("", "skip"):
                left.append(one)
                continue
            word, value = read_answer(self._workspace, self._union.ledger.cursor, one, answer)
            touched |= decide(self._union.ledger, self._union.tables, one, word, value)
        if touched:
            self._union.settle(touched)
        return left

    def _by_rule(self, one: Open) -> str:
        """What --take says of a question; it never writes over what was agreed."""
        return "" if one.shown.why is Why.AGREED and self._take != OURS else self._take

    def _open(self) -> list[Open]:
        """What is open of this file: in a record of which a line ever came from it."""
        union = self._union
        return [
            one
            for one in everything(self._reading)
            if one.row in union.before or self._reading.came_with(one, union.theirs)
        ]

    def removals(self) -> tuple[int, int]:
        """How many records that stood would be gone, and how many stood; 0 where so few go that nobody need ask."""
        union = self._union
        gone = came = 0
        for row, before in union.before.items():
            stood = before is not None and not before["deleted"]
            stands = not union.states[row].stored["deleted"]
            gone += stood and not stands
            came += stands and not stood
        return gone, live_records(union.ledger.cursor) + gone - came if gone > FEW else 0

    def question_of_removals(self, gone: int, stood: int) -> FileReport:
        """Nothing but the question whether so much may go."""
        reason = _("the file would remove {gone:,} of {all:,} records: that is more than a fifth")
        question = Question(
            REMOVALS, None, "removed", None, str(stood), str(stood - gone), reason.format(gone=gone, all=stood), ""
        )
        return FileReport(self._path, len(self._union.sides.there), (), (), stood, (question,), ())

    def file(self, left: list[Open]) -> FileReport:
        """The report."""
        union = self._union
        asked = {(one.row, one.field) for one in left} | {(("", b""), "")}
        erased = erased_keys(union.ledger.cursor)
        added: list[Added] = []
        changed: list[Changed] = []
        for row, before in sorted(union.before.items(), key=lambda one: one[0]):
            if row[1] in erased:
                continue
            stands = not union.states[row].stored["deleted"]
            if before is None or (before["deleted"] and row in union.again):
                added += [self._added(row)] if stands else []
            else:
                changed += self._changed(row, before, asked)
        touched = sum(before is not None for before in union.before.values())
        return FileReport(
            self._path,
            len(union.sides.there),
            tuple(added),
            tuple(sorted(changed, key=lambda one: (one.ref, one.field))),
            max(0, records(union.there) - touched),
            tuple(one.shown.as_question(self._cell(one)) for one in left),
            tuple(self._warnings()),
            kept=self._kept(asked),
        )

    def _cell(self, one: Open) -> str:
        """Who wrote theirs, and when."""
        said = one.shown.theirs_by
        return f"{said.user}, {said.at.day} {said.at:%b %Y}" if said else ""

    def _say(self, table: str, field: str, value: Any) -> str | None:
        if table not in self._words:
            self._words[table] = Words(self._union.ledger.cursor, table)
        said = value.hex() if isinstance(value, bytes) else value
        return self._words[table].of(field, said)

    def _added(self, row: Row) -> Added:
        values = self._union.states[row].stored
        ref, title = self._reading.label(row)
        kind = record_words(row[0], 1)
        usual = self._union.tables.columns(row[0]).defaults | {"deleted": 0}
        named = {
            name: self._say(row[0], name, value)
            for name, value in values.items()
            if name != "ref_key" and (name not in usual or usual[name] != value)
        }
        said = {name: value for name, value in named.items() if value is not None and name != "ref"}
        return Added(ref, kind, {"record": kind, **({"title": title} if title else {}), **said})

    def _changed(self, row: Row, before: dict[str, Any], asked: set[tuple[Row, str]]) -> Iterator[Changed]:
        after = self._union.states[row].stored
        ref, _title = self._reading.label(row)
        kind = record_words(row[0], 1)
        for name, was in before.items():
            field = DELETED if name == "deleted" else name
            if was == after[name] or (row, field) in asked:
                continue
            words = conflict_field(kind, field, own_ref=row[0] in WITH_REF)
            said = self._yes_or_no if field == DELETED else partial(self._say, row[0], name)
            yield Changed(ref, words, said(was), said(after[name]), kind)

    @staticmethod
    def _yes_or_no(value: Any) -> str:
        return _("yes") if value else _("no")

    def _kept(self, asked: set[tuple[Row, str]]) -> int:
        """Fields that only this side changed, and that stay as they are here."""
        here, there = (
            {((line.table, line.row), line.field) for line in lines if line.field != ROW} for lines in self._union.sides
        )
        made = {(line.table, line.row) for line in self._union.sides.here if line.field == ROW}
        apart = {line.id for line in self._union.sides.here}
        kept = 0
        for row, field in here - there - asked:
            if row in made:
                continue
            entries = row_changes(self._union.ledger.cursor, *row)
            before = fold([one for one in entries if one.id not in apart], [field]).values.get(field)
            kept += fold(entries, [field]).values.get(field) != before
        return kept

    def _warnings(self) -> Iterator[Warned]:
        union = self._union
        if union.same_device:
            yield Warned("", _("both copies went by one name: this one has a name of its own now"))
        if union.erased:
            yield Warned("", _("who was erased there is erased here as well: {n}").format(n=union.erased))
        for row, value in sorted(union.renamed.items()):
            ref, title = self._reading.label(row)
            reason = _('"{value}" was given on both laptops: "{title}" is {ref} now')
            if row[0] == "parties":
                reason += _("; `ahtc contacts duplicates` shows whether they are one")
            said = reason.format(value=value, title=title or record_words(row[0], 1), ref=ref)
            yield Warned(record_words(row[0], 1), said, ref)
        read: set[str] = set()
        for line in union.sides.there:
            for text in _texts(line.value, read):
                if seen := looks_like_case_data(text):
                    ref, _title = self._reading.label((line.table, line.row))
                    yield Warned(record_words(line.table, 1), _("looks like {reason}").format(reason=seen), ref)


def _texts(value: str | None, read: set[str]) -> Iterator[str]:
    """The texts of a line that were not read before; a whole document is for its own meeting to look at."""
    said = decode(value)
    for one in said.values() if isinstance(said, dict) else (said,):
        if isinstance(one, str) and len(one) < LONGEST and one not in read:
            read.add(one)
            yield one
