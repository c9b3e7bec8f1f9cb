"""The report of a merge: added and changed records, conflicts, warnings and resolved answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.case_data.detector import find_case_data
from ahtc_tui.domain.case_data.reporter import GENERATED_FIELDS
from ahtc_tui.domain.dates.calendar_names import format_short_month
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import AddedRecord, ChangedField, FileWarning, ImportOptions, Question
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.replication.conflicts import ConflictReason, name_conflict_field
from ahtc_tui.domain.replication.reports import DroppedValues, MergeFileReport, RefusedLine
from ahtc_tui.services.replication import erasure_items, own_changes
from ahtc_tui.services.replication.conflicts import read_answer
from ahtc_tui.services.replication.removal_guard import REMOVALS, build_removal_question
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.replay import DELETED, ROW, decode_value, replay_changes
from ahtc_tui.store.journal.value_formatter import ValueFormatter
from ahtc_tui.store.privacy.erasure_register import build_erased_test
from ahtc_tui.store.records.cursor import RecordKey, Table
from ahtc_tui.store.records.fields import DEVICE, read_setting
from ahtc_tui.store.records.relations import REFERENCED_TABLES, list_same_rows
from ahtc_tui.store.replication.conflict_resolution import BOTH, OURS, THEIRS, write_resolution
from ahtc_tui.store.replication.conflicts import ConflictReader, OpenConflict, list_open_conflicts
from ahtc_tui.store.replication.sync_log import count_records

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.chain import StoredChange
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.journal_merge import JournalMerge

LONGEST_CHECKED_TEXT = 20_000
"""Longer texts are not checked for case data."""


class MergeReport:
    """The report of one merge, built in its transaction."""

    def __init__(
        self, workspace: Workspace, merge: JournalMerge, path: Path, options: ImportOptions, take: str
    ) -> None:
        """`take` resolves conflicts without an answer; empty leaves them open. Create it before the merge runs."""
        self._workspace, self._merge, self._path, self._options, self._take = workspace, merge, path, options, take
        self._reader = ConflictReader(merge.ledger.cursor, iso_dates=options.iso_dates)
        self._formatters: dict[str, ValueFormatter] = {}
        self._dropped: list[DroppedValues] = []
        self._rows_before = merge.ledger.cursor.connection.total_changes
        self._open_before = list_open_conflicts(ConflictReader(merge.ledger.cursor, iso_dates=options.iso_dates))
        self._answered: set[tuple[RecordKey, str]] = set()

    def resolve_answers(self) -> list[OpenConflict]:
        """Write the answered resolutions; return the conflicts that remain."""
        unresolved, touched = [], set()
        for conflict in self._list_open():
            answer = self._options.answers.get(conflict.shown.id, "") or self._find_default_answer(conflict)
            if answer in ("", "skip"):
                unresolved.append(conflict)
                continue
            choice, value = read_answer(self._workspace, self._merge.ledger.cursor, conflict, answer)
            touched |= write_resolution(self._merge.ledger, self._merge.tables, conflict, choice, value)
            self._note_dropped(conflict, choice, value)
            self._answered.add((conflict.record, conflict.field))
        if touched:
            self._merge.write_resolved(touched)
        self._note_settled()
        return unresolved

    def _note_settled(self) -> None:
        """Remember what resolutions of the other copy replaced, also where they keep the value that is shown.

        Not after an erasure, which may have removed these values.
        """
        merge = self._merge
        if merge.has_erased:
            return
        for conflict in self._open_before:
            record, field = conflict.record, conflict.field
            if not field or record not in merge.previous or (record, field) in self._answered:
                continue
            if field not in {item.field for item in self._reader.list_record_conflicts(record)}:
                self._note_dropped(conflict, "", merge.projections[record].values.get(field))

    def _note_dropped(self, conflict: OpenConflict, choice: str, value: Any) -> None:
        """Remember the values that a resolution replaces."""
        if choice == BOTH:
            return
        kept = {OURS: conflict.ours, THEIRS: conflict.theirs}[choice].value if choice else value
        shown = conflict.shown
        sides = list(zip(conflict.sides, shown.sides, strict=True))
        kept_text = next((side.value for stored, side in sides if stored.value == kept), None)
        if kept_text is None:
            kept_text = self._format_value(conflict.record[0], conflict.field, kept)
        dropped = tuple(side for stored, side in sides if stored.value != kept)
        self._dropped.append(DroppedValues(shown.id, shown.ref, shown.field, kept_text, dropped))

    def _find_default_answer(self, conflict: OpenConflict) -> str:
        """Return the answer by `take`, which never overwrites agreed minutes."""
        return "" if conflict.shown.why is ConflictReason.AGREED and self._take != OURS else self._take

    def _list_open(self) -> list[OpenConflict]:
        """Return the open conflicts with a change of this peer."""
        merge = self._merge
        is_unchanged = merge.ledger.cursor.connection.total_changes == self._rows_before
        return [
            conflict
            for conflict in (self._open_before if is_unchanged else list_open_conflicts(self._reader))
            if conflict.record in merge.previous or self._reader.has_merged_change(conflict, merge.peer_ids)
        ]

    def build_removal_report(self) -> MergeFileReport | None:
        """Return a report with only the question about removals; None where they are few or were accepted."""
        merge = self._merge
        if self._options.answers.get(REMOVALS) == "theirs":
            return None
        question = build_removal_question(merge)
        if question is None:
            return None
        return MergeFileReport(
            self._path,
            len(merge.sides.peer),
            (),
            (),
            count_records(merge.peer),
            (question, *erasure_items.list_questions(merge, self._options)),
            (),
            erasures=erasure_items.list_incoming(merge),
            refused=self._list_refused(),
        )

    def _list_refused(self) -> tuple[RefusedLine, ...]:
        device = read_setting(self._merge.peer, DEVICE) or str(self._path)
        lines = [
            RefusedLine(line.device or device, line.line, line.table, line.field, line.reason)
            for line in self._merge.screening.refused
        ]
        return (*erasure_items.list_refused(self._merge.erasures, device), *lines)

    def build_report(self, unresolved: list[OpenConflict]) -> MergeFileReport:
        """Return the report of a merge with these conflicts left."""
        merge = self._merge
        cursor = merge.ledger.cursor
        open_fields = {(item.record, item.field) for item in unresolved}
        kept = [item.record for item in unresolved if item.field == DELETED]
        open_fields |= {(row, DELETED) for record in kept for row in list_same_rows(cursor, *record)}
        is_erased = build_erased_test(cursor)
        added: list[AddedRecord] = []
        changed: list[ChangedField] = []
        for record, before in sorted(merge.previous.items(), key=lambda item: item[0]):
            if is_erased(*record):
                continue
            if before is not None:
                changed += self._list_changed(record, before, open_fields)
            elif not merge.projections[record].values["deleted"]:
                added.append(self._build_added(record))
        touched = sum(before is not None for before in merge.previous.values())
        questions = [build_question(item) for item in unresolved]
        return MergeFileReport(
            self._path,
            len(merge.sides.peer),
            tuple(added),
            tuple(sorted(changed, key=lambda item: (item.ref, item.field))),
            max(0, count_records(merge.peer) - touched),
            (
                *questions,
                *erasure_items.list_questions(merge, self._options),
                *own_changes.list_questions(merge, self._options),
            ),
            tuple(self._list_warnings()),
            kept=self._count_kept(open_fields),
            dropped=tuple(self._dropped),
            erasures=erasure_items.list_incoming(merge),
            refused=self._list_refused(),
            altered=tuple(merge.faults),
        )

    def _format_value(self, table: Table, field: str, value: Any) -> str | None:
        if table not in self._formatters:
            cursor = self._merge.ledger.cursor
            self._formatters[table] = ValueFormatter(cursor, table, iso_dates=self._options.iso_dates)
        plain = value.hex() if isinstance(value, bytes) else value
        return self._formatters[table].format_value(field, plain)

    def _build_added(self, record: RecordKey) -> AddedRecord:
        values = self._merge.projections[record].values
        ref, title = self._reader.read_label(record)
        kind = format_record_noun(record[0], 1)
        defaults = self._merge.tables.read_columns(record[0]).defaults | {"deleted": 0}
        texts = {
            name: self._format_value(record[0], name, value)
            for name, value in values.items()
            if name != "ref_key" and (name not in defaults or defaults[name] != value)
        }
        present = {name: value for name, value in texts.items() if value is not None and name != "ref"}
        return AddedRecord(ref, kind, {"record": kind, **({"title": title} if title else {}), **present})

    def _list_changed(
        self, record: RecordKey, before: dict[str, Any], open_fields: set[tuple[RecordKey, str]]
    ) -> Iterator[ChangedField]:
        after = self._merge.projections[record].values
        differing = [name for name, old_value in before.items() if old_value != after[name]]
        ref = self._reader.read_label(record)[0] if differing else ""
        kind = format_record_noun(record[0], 1)
        for name in differing:
            old_value, field = before[name], DELETED if name == "deleted" else name
            if (record, field) in open_fields:
                continue
            field_name = name_conflict_field(record[0], field, own_ref=record[0] in REFERENCED_TABLES)
            format_value = self._format_yes_no if field == DELETED else partial(self._format_value, record[0], name)
            yield ChangedField(ref, field_name, format_value(old_value), format_value(after[name]), kind)

    @staticmethod
    def _format_yes_no(value: Any) -> str:
        return _("yes") if value else _("no")

    def _count_kept(self, open_fields: set[tuple[RecordKey, str]]) -> int:
        """Count the fields that only this side changed."""
        local_fields, peer_fields = (
            {((change.table, change.row_id), change.field) for change in changes} for changes in self._merge.sides
        )
        local_ids = {change.id for change in self._merge.sides.local}
        kept = 0
        for record, field in local_fields - peer_fields - open_fields:
            if field == ROW or (record, ROW) in local_fields:
                continue
            changes = read_changes(self._merge.ledger.cursor, *record)
            earlier = [change for change in changes if change.id not in local_ids]
            before, now = (replay_changes(known, [field]).values.get(field) for known in (earlier, changes))
            kept += now != before
        return kept

    def _list_renumbered(self) -> Iterator[FileWarning]:
        """Yield the records whose number another one had."""
        for record, numbers in sorted(self._merge.renumbered.items()):
            ref, title = self._reader.read_label(record)
            noun = format_record_noun(record[0], 1)
            reason = _('"{title}" is now item {current}, because two items had the number {former}')
            message = reason.format(title=title or noun, current=numbers.current, former=numbers.former)
            yield FileWarning(noun, message, ref)

    def _list_warnings(self) -> Iterator[FileWarning]:
        merge = self._merge
        for fault in merge.faults:
            yield FileWarning("", fault.format())
        if merge.erased_count:
            yield FileWarning(
                "",
                _("people erased on the other laptop are erased on this laptop as well: {n}").format(
                    n=merge.erased_count
                ),
            )
        for record, value in sorted(merge.renamed.items()):
            ref, title = self._reader.read_label(record)
            reason = _('"{value}" was used on both laptops, so "{title}" is now {ref}')
            if record[0] == "parties":
                reason += _("; `ahtc contacts duplicates` shows whether they are the same")
            message = reason.format(value=value, title=title or format_record_noun(record[0], 1), ref=ref)
            yield FileWarning(format_record_noun(record[0], 1), message, ref)
        yield from self._list_renumbered()
        read: set[str] = set()
        for change in merge.sides.peer:
            for text in _list_new_texts(change, read):
                if finding := find_case_data(text):
                    ref, _title = self._reader.read_label((change.table, change.row_id))
                    yield FileWarning(
                        format_record_noun(change.table, 1), _("looks like {reason}").format(reason=finding), ref
                    )


def list_waiting_questions(cursor: Cursor, options: ImportOptions) -> tuple[Question, ...]:
    """Return the questions about the open conflicts that merges of this copy brought."""
    reader = ConflictReader(cursor, iso_dates=options.iso_dates)
    return tuple(build_question(item) for item in list_open_conflicts(reader) if reader.has_merged_change(item))


def build_question(conflict: OpenConflict) -> Question:
    """Return the question about a conflict, with the author of the other value."""
    author = conflict.shown.theirs_by
    day = f"{author.at.day} {format_short_month(author.at.month)} {author.at.year}" if author else ""
    return conflict.shown.as_question(f"{author.user}, {day}" if author else "")


def _list_new_texts(change: StoredChange, read: set[str]) -> Iterator[str]:
    """Yield the short texts of a change that were not yielded before, without generated values."""
    decoded = decode_value(change.value)
    for name, text in (decoded if isinstance(decoded, dict) else {change.field: decoded}).items():
        if name in GENERATED_FIELDS or not isinstance(text, str):
            continue
        if len(text) < LONGEST_CHECKED_TEXT and text not in read:
            read.add(text)
            yield text
