"""Recommendations to the office, their documents and responses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, PaperMarking, Status, is_late
from ahtc_tui.domain.actions.paper_marking import add_marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import BilingualTitle, _
from ahtc_tui.domain.keys import RowKey


@dataclass(frozen=True, slots=True)
class DocumentRow(BilingualTitle):
    """A document that the office uses."""

    key: RowKey
    ref: str
    title: str
    body: str | None
    published_on: DateAsKnown | None
    reference: str | None
    recommendations: int
    note: str | None
    source: str | None
    answered: int = 0
    """Number of its recommendations with a response or an action."""
    later: bool = False
    """Whether it is later than the paper that the reference data come from."""
    awaited: bool = False
    """Whether it is not yet published and expected."""
    expected_on: DateAsKnown | None = None
    marking: PaperMarking | None = None
    title_cy: str | None = None

    @property
    def marked_title(self) -> str:
        """Shown title with the protective marking, where it has one."""
        return add_marking(self.shown_title, self.marking)

    def is_overdue(self, today: date) -> bool:
        """Return whether its expected day is past."""
        return self.awaited and self.expected_on is not None and self.expected_on.latest < today


@dataclass(frozen=True, slots=True)
class AnsweringAction(BilingualTitle):
    """An action that answers a recommendation, with what keeps it open."""

    ref: str
    title: str
    title_cy: str | None
    status: Status
    due: DateAsKnown | None
    lead: str | None
    closed_on: DateAsKnown | None

    def describe(self, today: date) -> str:
        """Return reference, state, due date and lead: "DP-07: in progress, due 30 June 2014, late, Bawso"."""
        due = self.due if self.status not in CLOSED_STATUSES else self.closed_on
        parts = [self.status.label.lower()]
        if due:
            parts.append(str(due) if self.status in CLOSED_STATUSES else _("due {day}").format(day=due))
        if is_late(self.status, self.due, today):
            parts.append(_("late"))
        parts.append(self.lead or _("no lead"))
        return f"{self.ref}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class RecommendationRow(BilingualTitle):
    """A recommendation with its response and actions."""

    key: RowKey
    ref: str
    title: str
    document: str
    document_ref: str
    part_of: str | None
    response: str | None
    owner: str | None
    objective: str | None
    whole_report: bool
    made_on: DateAsKnown | None
    actions: tuple[str, ...]
    """References of its actions."""
    source: str | None
    note: str | None = None
    later: bool = False
    """Whether it was made after the paper that the reference data come from."""
    evidence: str | None = None
    actions_done: int = 0
    """Number of its actions that are done or cancelled."""
    title_cy: str | None = None
    linked: tuple[AnsweringAction, ...] = ()
    """Its actions with their states."""

    def explain(self, today: date) -> list[str]:
        """Return why it is open or closed: its actions with their states, or that there are no actions."""
        return [action.describe(today) for action in self.linked] or [_("no action yet")]

    @property
    def is_answered(self) -> bool:
        """Whether it has a response or an action."""
        return bool(self.response or self.actions)

    @property
    def is_open(self) -> bool:
        """Whether it has no action or an open one. A response alone does not close it."""
        return not self.actions or self.actions_done < len(self.actions)


@dataclass(frozen=True, slots=True)
class RecommendationFilter:
    """Conditions of a list of recommendations, all of which must hold."""

    words: str = ""
    document: str = ""
    """Part of the document's reference, title or body."""
    open: bool = False
    without_action: bool = False
