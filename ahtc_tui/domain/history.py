"""Row classes of the history and of search results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ahtc_tui.domain.dates.formatting import format_local_moment
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import FIELD_NAMES, format_record_noun


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record that matches a search."""

    kind: str
    ref: str
    title: str
    snippet: str


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
class ReversibleStep:
    """The step that an undo or a redo would reverse."""

    key: RowKey
    label: str
    user: str
    at: datetime
    """UTC."""
    is_own: bool
    """Whether this window or command wrote it, not another process or an earlier start."""

    @property
    def origin(self) -> str:
        """Who wrote it, and when: "alex, 31 December 2013 at 10:32"."""
        return _("{user}, {moment}").format(user=self.user, moment=format_local_moment(self.at))


WHOLE_RECORD_FIELDS = {
    "added": gettext_noop("{record} added"),
    "removed": gettext_noop("{record} removed"),
    "restored": gettext_noop("{record} restored"),
    "held back": gettext_noop("{record} held back"),
    "let in": gettext_noop("{record} let in"),
}
"""Changes of a whole record, which have no former value."""


def format_change(change: ChangeRow) -> str:
    """Return a change in words after its step: "edit DP-21: due: 31 January 2014 → 28 February 2014"."""
    return f"{_format_step(change)}: {_format_outcome(change)}"


def _format_step(change: ChangeRow) -> str:
    if change.kind == "undo":
        return _("undo of {label}").format(label=change.step)
    return _("redo of {label}").format(label=change.step) if change.kind == "redo" else change.step


def _format_outcome(change: ChangeRow) -> str:
    noun = format_record_noun(change.record, 1)
    if change.field in WHOLE_RECORD_FIELDS:
        words = _(WHOLE_RECORD_FIELDS[change.field]).format(record=noun)
        return f"{words}: {change.new}" if change.new else words
    field = _(FIELD_NAMES.get(change.field, change.field.replace("_", " ")))
    return f"{f'{noun}, ' if change.is_part else ''}{field}: {change.old or '–'} → {change.new or '–'}"
