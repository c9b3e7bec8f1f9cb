"""Row classes and states of the register of promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.fields.model import CardRow, build_row
from ahtc_tui.domain.i18n import BilingualText, BilingualTitle, _, gettext_noop
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.meetings.kinds import DecisionStatus
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.domain.welsh.model import name_other_language


class PromiseStatus(LabelledEnum):
    """How a promise ended."""

    OPEN = "open", gettext_noop("not yet kept")
    KEPT = "kept", gettext_noop("kept")
    NOT_KEPT = "not_kept", gettext_noop("not kept")
    WITHDRAWN = "withdrawn", gettext_noop("withdrawn")


@dataclass(frozen=True, slots=True)
class PromiseOutcome(BilingualTitle):
    """An action, decision or paper that followed from a promise, with its state."""

    kind: str
    ref: str
    title: str
    title_cy: str | None
    status: str
    on: DateAsKnown | None
    """Day on which the action was closed, the decision made, or the paper is due."""


DONE = (Status.DONE.value, DecisionStatus.IMPLEMENTED.value, "published")
"""States of actions, decisions and papers that nothing more follows from."""


@dataclass(frozen=True, slots=True)
class Promise(BilingualText):
    """An entry of the register of promises."""

    ref: str
    text: str
    text_cy: str | None
    by: str | None
    """Party that promised."""
    by_ref: str | None
    to: str | None
    """Party that it was promised to."""
    to_ref: str | None
    on: DateAsKnown | None
    """Date of the promise, by default the date of its meeting or contact."""
    meeting: str | None
    contact: str | None
    """Reference of the logged contact in which it was made."""
    due: DateAsKnown | None
    status: PromiseStatus
    outcome: str | None
    closed_on: DateAsKnown | None
    source: str | None
    note: str | None
    became: tuple[PromiseOutcome, ...] = ()
    key: RowKey = NO_KEY

    @property
    def is_carried_out(self) -> bool:
        """Whether all that followed from an open promise is done, so that it can be marked as kept."""
        is_done = bool(self.became) and all(outcome.status in DONE for outcome in self.became)
        return self.status is PromiseStatus.OPEN and is_done

    def is_late(self, today: date) -> bool:
        """Return whether it is open after its due date, and not carried out."""
        is_due = self.due is not None and self.due.latest < today
        return self.status is PromiseStatus.OPEN and is_due and not self.is_carried_out


PAPER_STATES = {"published": gettext_noop("published"), "not published": gettext_noop("not published")}


def format_outcome(outcome: PromiseOutcome) -> str:
    """Return the reference and the state of a record that followed from a promise: "DP-50 done 3 June 2015"."""
    labels = {"action": Status, "decision": DecisionStatus}
    enum = labels.get(outcome.kind)
    label = enum(outcome.status).label if enum else _(PAPER_STATES[outcome.status])
    return " ".join(str(part) for part in (outcome.ref, label.lower(), outcome.on) if part)


def format_status(promise: Promise, today: date) -> str:
    """Return what became of a promise on one line: its state, and the records that followed."""
    label = _("carried out") if promise.is_carried_out else promise.status.label
    state = _("late") if promise.is_late(today) else label
    return "; ".join((state, *map(format_outcome, promise.became)))


def build_promise_rows(row: Promise) -> Iterator[CardRow]:
    """Yield the facts of a promise, as the screen and the command line show them."""
    yield build_row(*name_other_language(row.text, row.text_cy))
    yield build_row(_("Status"), row.status)
    yield build_row(_("Promised by"), row.by)
    yield build_row(_("Promised to"), row.to)
    yield build_row(_("Promised on"), row.on)
    yield build_row(_("Meeting"), row.meeting)
    yield build_row(_("Contact"), row.contact)
    yield build_row(_("Due"), row.due)
    yield build_row(_("Closed"), row.closed_on)
    yield build_row(_("Outcome"), row.outcome)
    yield build_row(_("Note"), row.note)
    yield build_row(_("Source"), format_source(row.source))
