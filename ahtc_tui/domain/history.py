"""Row classes of the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_local_moment
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import format_field, format_record_noun
from ahtc_tui.domain.text.step_labels import format_step_label

SHOWN_KINDS = 3
"""Kinds of record that the question about a merge names."""
SHOWN_DEVICES = 2
"""Devices that the question names."""

STEP_KINDS = {
    "do": pgettext_noop("kind of step", "do"),
    "undo": pgettext_noop("kind of step", "undo"),
    "redo": pgettext_noop("kind of step", "redo"),
    "load": pgettext_noop("kind of step", "load"),
    "erase": pgettext_noop("kind of step", "erase"),
}
"""Kinds of transaction in a list."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of one field of one record."""

    at: datetime
    """UTC."""
    user: str
    device: str
    step: str
    """Label of the transaction: "done DP-21"."""
    record: str
    """The kind of record: "action", "update"."""
    field: str
    """The column, or "added", "removed", "restored", "held back", "let in" for the whole record."""
    old: str | None
    new: str | None
    kind: str = "do"
    """Kind of the transaction: do, undo, redo, load or erase."""
    is_part: bool = False
    """Whether the record is a part of the one whose history is read, such as an update of an action."""
    joined_ref: str | None = None
    """The action merged or split with the one whose history is read, where the change is of that action."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One transaction of the journal: the result of one command, reversed by one undo."""

    at: datetime
    user: str
    label: str
    kind: str
    """do, undo, redo, load or erase."""
    changes: int


@dataclass(frozen=True, slots=True)
class MergedWork:
    """Records that leave this copy when a merge is undone."""

    devices: tuple[str, ...]
    """Where it comes from, most changes first."""
    leaving: tuple[tuple[str, int], ...]
    """Table and number of the records that leave, most records first; without parts of these records."""
    changed: int
    """Number of records that get their former values."""

    def format_question(self, at: datetime) -> str:
        """Return the question before the merge of this moment is undone."""
        question = _("Undo the merge from {devices} on {day}?")
        day = format_long_date(at.astimezone().date())
        return f"{question.format(devices=self._format_devices(), day=day)} {self.format_effect()}"

    def format_effect(self) -> str:
        """Return what leaves: "12 actions leave this laptop. They stay in that copy ..."."""
        kinds = [f"{count:,} {format_record_noun(table, count)}" for table, count in self.leaving[:SHOWN_KINDS]]
        total = sum(count for _table, count in self.leaving)
        if rest := sum(count for _table, count in self.leaving[SHOWN_KINDS:]):
            kinds.append(ngettext("{n} other record", "{n} other records", rest))
        sentences = []
        if kinds:
            records = ", ".join(kinds)
            sentences.append(
                ngettext("{records} leaves this laptop.", "{records} leave this laptop.", total, records=records)
            )
        if self.changed:
            sentences.append(ngettext("{n} record changes back.", "{n} records change back.", self.changed))
        sentence = ngettext(
            "It stays on the other laptop and comes back when you merge it again.",
            "They stay on the other laptop and come back when you merge it again.",
            total + self.changed,
        )
        sentences.append(sentence)
        return " ".join(sentences)

    def _format_devices(self) -> str:
        if len(self.devices) > SHOWN_DEVICES:
            others = len(self.devices) - SHOWN_DEVICES
            devices = ", ".join(self.devices[:SHOWN_DEVICES])
            return ngettext(
                "{devices} and {n} other laptop", "{devices} and {n} other laptops", others, devices=devices
            )
        return ", ".join(self.devices)


@dataclass(frozen=True, slots=True)
class ReversibleStep:
    """The step that an undo or a redo would reverse."""

    key: RowKey
    label: str
    user: str
    at: datetime
    """UTC."""
    is_own: bool
    """Whether this window or command wrote it, not another process or an earlier start."""
    merged_work: MergedWork | None = None
    """Records that leave this copy, where the step is a merge."""

    @property
    def origin(self) -> str:
        """Who wrote it, and when: "alex, 31 December 2013 at 10:32am"."""
        return _("{user}, {moment}").format(user=self.user, moment=format_local_moment(self.at))


WHOLE_RECORD_FIELDS = {
    "added": gettext_noop("{record} added"),
    "removed": gettext_noop("{record} removed"),
    "restored": gettext_noop("{record} restored"),
    "held back": gettext_noop("{record} held back"),
    "let in": gettext_noop("{record} accepted"),
}
"""Changes of a whole record, which have no former value."""


def format_change(change: ChangeRow) -> str:
    """Return a change in words after its step: "edit DP-21: due: 31 January 2014 → 28 February 2014"."""
    step = _format_step(change)
    return f"{step}: {_format_outcome(change, step)}"


def _format_step(change: ChangeRow) -> str:
    label = format_step_label(change.step)
    if change.kind == "undo":
        return _("undo of {label}").format(label=label)
    return _("redo of {label}").format(label=label) if change.kind == "redo" else label


def format_changed_field(change: ChangeRow) -> str:
    """Return the field of a change, or what happened to the whole record: "action added"."""
    if change.field in WHOLE_RECORD_FIELDS:
        return _(WHOLE_RECORD_FIELDS[change.field]).format(record=format_record_noun(change.record, 1))
    return format_field(change.field)


def _format_outcome(change: ChangeRow, step: str) -> str:
    """Return what changed; the record that was added or removed is not named where the step names it."""
    noun, words = format_record_noun(change.record, 1), format_changed_field(change)
    if change.field in WHOLE_RECORD_FIELDS:
        words = f"{words}: {change.new}" if change.new and not step.endswith(change.new) else words
        return f"{change.joined_ref}, {words}" if change.joined_ref else words
    names = "".join(f"{name}, " for name in (change.joined_ref, noun if change.is_part else None) if name)
    return f"{names}{words}: {change.old or '–'} → {change.new or '–'}"
